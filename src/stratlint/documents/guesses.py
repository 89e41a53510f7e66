"""The title and the year of a document: what its file says, else what its pages print.

What is guessed is said with its reason: ``year 2021, from "adopted July 2021" on page 2``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.records import Guess, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Block, Document

_NO_TITLE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|indd|pdf|qxd|pub|pptx?)\b|^document\d*$|^slide \d|^layout",
    re.IGNORECASE,
)


def sane_title(title: str | None) -> str | None:
    """The title of the file's metadata, unless a program made it up."""
    text = " ".join((title or "").split())
    sane = len(text) > 5 and " " in text and not _NO_TITLE.search(text)
    return text if sane and not _NO_HEADING_TITLE.search(text) else None


_NO_HEADING_TITLE = re.compile(
    r"^(?:\w )?(?:(?:table of )?contents\b|foreword\b|preface\b|executive summary\b|"
    r"inhoud(?:sopgave)?\b|inhalt|sommaire|table des mati|"
    r"sis[äa]ll|sisukord|(?:annex(?:e|es)?|appendix|appendices|bijlagen?|anhang|liite|lisa)\b|"
    r"(?:acknowledge?ments?|colophon|colofon|list of (?:figures|tables)|disclaimer)\b)",
    re.IGNORECASE,
)
_DROP_CAP = re.compile(r"^[B-HJ-Z] (?=[A-Z])")
"""A large initial that is read as a word of its own: 'S Outstanding', 'T Table of Contents'."""


def is_title(text: str) -> bool:
    """Whether a heading can be a document's title: no contents list, annex or torn line."""
    letters = sum(character.isalpha() for character in text)
    return letters > 2 and not _NO_HEADING_TITLE.search(text) and not _DROP_CAP.search(text)


def written_title(blocks: Sequence[Block], text: str) -> str | None:
    """The title as the first pages print it.

    The heading of the highest level on them; where the cover has none that can be read, as its
    title is drawn or set in torn initials, the lines above the ISBN in the imprint.
    """
    early = [
        b
        for b in blocks
        if b.role is Role.HEADING and b.page < _FIRST_PAGES and is_title(text[b.start : b.end])
    ]
    top = min(early, key=lambda b: (b.level or 9, b.start), default=None)
    if top is None or top.page > 0:
        imprint = _imprint_title(blocks, text)
        if imprint:
            return imprint
    if top is None:
        return None
    title = text[top.start : top.end]
    below = [b for b in early if b.page == top.page and b.start > top.start]
    if title.endswith(":") and below:
        return f"{title} {text[below[0].start : below[0].end]}"
    return title


_FIRST_PAGES = 3
_NUMBERED = re.compile(r"\bIS[BS]N(?![A-Za-z])")
_IMPRINT = re.compile(
    r"\bIS[BS]N(?![a-z])|©|\bcopyright\b|\bpublish|\bpublication\b|\bprinted\b|\bseries\b|\bedit(?:or|ed)\b|"
    r"\blayout\b|\bphoto|@|\bwww\.|https?:",
    re.IGNORECASE,
)


def _imprint_title(blocks: Sequence[Block], text: str) -> str | None:
    """The one or two lines that open a page with an ISBN or ISSN."""
    for page in range(_FIRST_PAGES):
        lines = [text[b.start : b.end] for b in blocks if b.page == page and b.role in _PRINTED]
        # A spread has the list of contents beside the imprint.
        lines = [line for line in lines if not _NO_HEADING_TITLE.search(line)]
        if not any(_NUMBERED.search(line) for line in lines):
            continue
        title = list(takewhile(_is_title_line, lines))
        if 1 <= len(title) <= 2 and len(title) < len(lines):
            return ": ".join(title)
    return None


_PRINTED = (Role.HEADING, Role.PARAGRAPH)


def _is_title_line(line: str) -> bool:
    short = len(line.split()) <= 14 and line[:1].isupper() and not line.endswith((".", ","))
    return short and is_title(line) and not _IMPRINT.search(line)


# ---------------------------------------------------------------------------------- the year

_YEAR = re.compile(r"(?<![\d.,£€$/–-])(19[89]\d|20[0-4]\d)(?![\d%]|[.,]\d)")
_NAME_YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|easter)"
)
_DATED = re.compile(rf"\b{_MONTH}\.?,?\s*(?:and\s+{_MONTH}\s+)?$", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:[-–—/]|to|until|through)\s*(?:(?:19|20)?\d\d)\b", re.IGNORECASE)

# 'Adopted July 2021', '© 2009', 'Consultation draft, May 2014': what a document says of itself.
_ISSUED = re.compile(
    r"(?:\badopted\b|\bpublished\b|\bpublication\b|\bapproved\b|\bendorsed\b|\bissued\b|"
    r"\breleased\b|\blaunched\b|\bratified\b|\bsigned off\b|\brevised\b|\brevision\b|"
    r"\bupdated\b|\bversion\b|\bdraft\b|\bedition\b|\bprinted\b|\bdated?\b|"
    r"\bagreed\b|\bsubmi(?:tted|ssion)\b|\bcopyright\b|©|\(c\)|\bISBN\b)[^.;!?\n]{0,90}$",
    re.IGNORECASE,
)
# A horizon or a target: 'by 2020', 'Vision 2030', 'between now and 2026', 'will be reviewed in'.
_AHEAD = re.compile(
    r"(?:(?:19|20)\d\d\s*[-–—/]\s*|\b(?:by|to|until|till|towards?|beyond|before|after|through|"
    r"up to|vision|horizon|target|plan period|end of|end-|agenda|from|since|during|than|around|"
    r"prior to)\s*(?:the (?:year|end of)\s*)?|\b(?:will|shall|is to|are to|due|expected|planned|"
    r"aims?|reviews?|reviewed|next)\b[^.;!?\n]{0,60})$",
    re.IGNORECASE,
)
# An event, a law or a statistic has a year of its own.
_EVENT_BEFORE = re.compile(
    r"\b(?:act|regulations?|order|directive|census|olympics?|games|cup|expo|white paper|"
    r"framework|nppf|budget|review|treaty|agreement|index|survey|statistics|data|figures|"
    r"estimates?|prices|source|baseline|in|late|early|mid|of|founded|built|established|"
    r"opened|closed|began|started|signed|won)\b[^.;!?\n\w]{0,3}$",
    re.IGNORECASE,
)
_EVENT_AFTER = re.compile(
    r"^[^.;!?\n\w]{0,3}(?:census|act\b|regulations?|olympics?|games|world|cup|prices|data|"
    r"figures|estimates?|baseline|target|jobs|homes|dwellings|people|places|hectares|new\b|"
    r"firms|businesses|units|pupils|students|vision)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:met|heard|visited|held|interviewed|consulted|was|were|is|are|has|have|had|ceased)\b",
    re.IGNORECASE,
)
"""Words of a sentence that tells what happened in a year."""

_COVER = 400
"""Characters of the cover: what is dated there is the document."""
_OPENING = 4_000
"""Characters in which a year by itself or in a heading may be the document's."""
_LOOKED_AT = 20_000
"""Characters of the first pages in which a document says its date."""
_PAGES = 4
_SHORT = 8
"""Words of a line that can be a date of publication; a sentence tells of other years too."""
_AHEAD_OF_TEXT = 3
"""Years that a document's date may lie behind the last year that its text tells of.

Statistics are one to three years old when they are printed; a year further on is a horizon.
Set on the dates of ten modelled strategies and thirty local plans: 2 takes documents for
horizons whose newest figure is a census, 5 takes 'Plan 2020' of 2015 for a document of 2020.
"""

_LONG = 3_000
"""Characters of a text that tells of past years where it tells of any; below, a title is taken."""

# How sure a document's date is, by how it stands there.
_SAYS_SO, _STANDS_ALONE, _IN_TITLE, _BEGINS = 4, 3, 2, 1
_SURE = {_SAYS_SO: "high", _STANDS_ALONE: "medium", _IN_TITLE: "medium", _BEGINS: "low"}


class _Date(NamedTuple):
    """A year that may be the document's, where it stands and how it is said."""

    kind: int
    year: int
    start: int
    words: str


def guess_year(document: Document) -> Guess | None:
    """The year in which a document was issued, with the words that say so, or None.

    What it says of itself ('adopted July 2021') goes before a date that stands alone on the
    first pages, that before a year of its title and that before the first year of a span. A
    horizon ('Plan 2035'), a target ('by 2010'), an event and a law are none of these. A year in
    the file's name counts where the text has no date of its own and speaks of years near it.
    """
    dates = list(_dates(document))
    newest = _newest_past(document)
    if newest is not None:
        # What a document says of itself needs no other year to agree with it.
        # A span begins when its plan does, and its end is what lies ahead.
        sure = (_SAYS_SO, _BEGINS)
        dates = [d for d in dates if d.kind in sure or d.year <= newest + _AHEAD_OF_TEXT]
    elif document.body_end > _LONG:
        dates = [d for d in dates if d.kind != _IN_TITLE]
    best = max((d.kind for d in dates), default=0)
    found = [d for d in dates if d.kind == best]
    if found:
        # 'First published 2010, revised 2012': the last of what it says; of others the first.
        date = max(found, key=lambda d: (d.year, -d.start)) if best == _SAYS_SO else found[0]
        page = f" on page {document.page_at(date.start).label}" if document.paged else ""
        return Guess(
            field="year",
            value=str(date.year),
            reason=f'from "{date.words}"{page}',
            confidence=_SURE[best],
        )
    named = year_of_name(document.source)
    if named is not None and newest is not None and named - _AHEAD_OF_TEXT <= newest <= named:
        return Guess(
            field="year",
            value=str(named),
            reason=f"from the file's name; the last year that the text tells of is {newest}",
            confidence="low",
        )
    return None


def with_guesses(document: Document) -> Document:
    """A document that was just read, with what it seems to be: year, and reasons for both."""
    year = None if document.year else guess_year(document)
    guesses = [guess for guess in (_title_guess(document), year) if guess is not None]
    return msgspec.structs.replace(
        document, year=int(year.value) if year else document.year, guesses=tuple(guesses)
    )


def without_guesses(document: Document, *fields: str) -> Document:
    """The document once a person has said what ``fields`` are."""
    kept = tuple(guess for guess in document.guesses if guess.field not in fields)
    return msgspec.structs.replace(document, guesses=kept)


def _title_guess(document: Document) -> Guess | None:
    if not document.title:
        return None
    for block in document.blocks:
        if block.page >= _PAGES:
            break
        if document.title.startswith(document.text[block.start : block.end]):
            where = f"page {document.page_at(block.start).label}" if document.paged else "the text"
            return Guess("title", document.title, f"as {where} prints it", "medium")
    return Guess("title", document.title, "as the file's properties say", "medium")


def year_of_name(name: str) -> int | None:
    """A year from 1980 to 2049 in a file's name; the first of several."""
    found = _NAME_YEAR.search(name)
    return int(found.group()) if found else None


def _dates(document: Document) -> Iterator[_Date]:
    """Every year of the first pages that may be the document's, in order."""
    for block in document.blocks:
        if block.page >= _PAGES or block.start >= _LOOKED_AT or block.role not in _DATED_ROLES:
            continue
        at = block.start
        for line in document.text[block.start : block.end].split("\n"):
            for match in _YEAR.finditer(line):
                kind = _kind(line, match, cover=at + match.start() < _COVER)
                if kind == _SAYS_SO or (kind and at < _OPENING):
                    words = _words_around(line, match)
                    yield _Date(kind, int(match.group()), at + match.start(), words)
            at += len(line) + 1
    # A title from the file's properties stands on no page.
    title = document.title or ""
    for match in _YEAR.finditer(title) if title not in document.text else ():
        kind = _kind(title, match, cover=True)
        if kind:
            yield _Date(kind, int(match.group()), 0, _words_around(title, match))


_DATED_ROLES = (Role.HEADING, Role.PARAGRAPH)
"""A table, a caption, a list and a note have years of their own."""


def _kind(line: str, match: re.Match[str], *, cover: bool) -> int:
    """How a year stands in its line: 0 where it is none of the document."""
    sentence = _SENTENCE.split(line[: match.start()])[-1]
    after = line[match.end() :]
    dated = bool(_DATED.search(sentence))
    undated = _DATED.sub("", sentence) if dated else sentence
    if _EVENT_AFTER.match(after) or _AHEAD.search(undated):
        return 0
    length = len(sentence.split()) + len(_SENTENCE.split(after)[0].split())
    short = length <= _SHORT
    bare = (short or cover) and not _TELLS.search(sentence)
    if _ISSUED.search(sentence) and (bare or _OF_ITSELF.match(sentence)):
        # 'Published figures from 2003': it is not the document that is dated.
        elsewhere = re.search(r"\b(?:from|since|in response|which|that)\b", sentence)
        return 0 if elsewhere else _SAYS_SO
    if dated and _THIS_ISSUED.match(after):
        return _SAYS_SO
    last = not after.strip(" .)|")
    if dated and not _TELLS.search(sentence) and (short or (cover and last)):
        return _SAYS_SO if last else _STANDS_ALONE
    if dated or _EVENT_BEFORE.search(sentence):
        return 0
    if _SPAN.match(after) and length <= 2 * _SHORT and not _TELLS.search(sentence):
        return _BEGINS
    if not short:
        return 0
    return _STANDS_ALONE if length <= 2 else _IN_TITLE


_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_OF_ITSELF = re.compile(
    r"\W*(?:(?:first |last |re-?)?(?:adopted|published|approved|endorsed|issued|launched|revised|"
    r"updated|printed|submitted)\b|©|\(c\)|copyright\b|version\b|draft\b|edition\b|dated?\b|"
    r"(?:in )?this (?:plan|strategy|document|report|edition|version|framework|prospectus|draft)\b)",
    re.IGNORECASE,
)
"""A long sentence dates its document only where it begins with it."""
_THIS_ISSUED = re.compile(
    r",?\s*(?:this|the present) \w+ (?:\w+ )?was "
    r"(?:adopted|approved|published|agreed|issued|launched)",
    re.IGNORECASE,
)
"""'In March 2011 this plan was adopted.'"""


def _words_around(line: str, match: re.Match[str]) -> str:
    """The few words that end with the year, as a reason quotes them."""
    before = line[: match.start()].split()
    return " ".join([*before[-4:], match.group()])


_PAST_YEAR = re.compile(
    r"((?:19[5-9]|20[0-4])\d)\b(?!\s*(?:target|[-–—]|to\b|and\b))", re.IGNORECASE
)
_BEFORE_YEAR = re.compile(
    rf"\b(?:in|since|during|between|and|of|year|census|{_MONTH})\s+\Z", re.IGNORECASE
)
_LEAD = 24
"""Characters before a year that hold the word that leads up to it: the longest has nine."""
_PAST_VERB = re.compile(
    r"\b(?:was|were|had|rose|fell|grew|saw|stood|made|became|employed|opened|closed|agreed|"
    r"began|published|adopted|increased|decreased|declined|reached|has been|have been)\b",
    re.IGNORECASE,
)


def _newest_past(document: Document) -> int | None:
    """The last year of which the text tells as past; None where it tells of none."""
    told: Counter[int] = Counter()
    body = document.body
    # Years are found first, then what leads up to them: few words of a text are years.
    for match in _PAST_YEAR.finditer(body):
        year, end = match.span()
        lead = body[max(0, year - _LEAD) : year]
        before = _BEFORE_YEAR.search(lead) if lead[-1:].isspace() else None
        if before is None:
            continue
        start = year - len(lead) + before.start()
        sentence = _SENTENCE.split(body[max(0, start - 120) : start])[-1]
        if not _AHEAD.search(sentence) and _PAST_VERB.search(sentence + body[start : end + 80]):
            told[int(match.group(1))] += 1
    twice = max((year for year, times in told.items() if times > 1), default=None)
    once = max(told, default=None)
    # A year told once may be a horizon that was read as past: it counts near one told twice.
    if twice is None or once is None or once <= twice + _AHEAD_OF_TEXT + 2:
        return once
    return twice
