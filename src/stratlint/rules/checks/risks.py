"""Risks that a plan names and does not answer: a list, a table or a sentence of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Role, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import count
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_TITLE = re.compile(
    r"\b(?:risks?|dangers|hazards?|(?:could|might|may|can) (?:go wrong|go awry|fail)|"
    r"if we are wrong)\b",
    re.IGNORECASE,
)
"""Titles of chapters on what may go wrong."""
_OTHER_TITLE = re.compile(
    r"\b(?:flood\w*|at[- ]risk|risk (?:capital|finance|sharing|assessment of)|of (?:poverty|"
    r"flooding)|health|heritage|fire)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\W*(?:\d[\d.]*\W+)?(?:note on |main |key |principal |the )?(?:risks?(?: register)?|hazards|"
    r"dangers)\W*",
    re.IGNORECASE,
)
"""A line that is a title of risks and no more, though the layout does not show it as one."""
_TITLE_WORDS = 8
"""Words of a line that may be a title, though the layout does not show it as one."""
_REACH = 60
"""Blocks below a title that are read: a chapter on risks is a page, and a text may have many."""
_NEAR = 8
"""Sentences of the same paragraph in which an answer may stand."""
_FIRST = 3
"""Words of a longer title among which it says so."""
_PROSE = 6
"""Sentences up to which a chapter tells one risk in each."""
_NAMED = re.compile(
    r"\b(?:risks?|hazards?)(?: to (?:the|this|our) \w+)?(?: noted| identified)?(?:\s+(?:are|"
    r"include)"
    r"\b|\s*:)",
    re.IGNORECASE,
)
"""'The principal risks are', 'Risks noted:'."""
_ANNOUNCED = re.compile(
    r"\b(?:considered|see|seen|noted|named|face) \w+ (?:risks|hazards)\b", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\b(?:mitigat\w+|responses?|contingenc\w+|fallback|insured|provision for|reserves? of|"
    r"register|"
    r"(?:an|the|its|named|with) owners?\b(?! of)|annex|appendix|early warning|watch\w*|waits?|"
    r"phas(?:ed|ing)|is kept|in place|half replaced|fund exists|joint work|action plan|"
    r"let it go)\b|"
    r"\b(?:we|board|council|partnership|authority|agency|lep|partners|officers|programme|cabinet|"
    r"county|task group|committee)\b[^.;]{0,40}\b(?:will|would|shall|has agreed|have agreed|can)\b",
    re.IGNORECASE,
)
"""Words by which a risk is met, watched for, or given to somebody."""
_SURE = re.compile(
    r"^\W*(?:if|should)\b[^.]{4,},|\btask force|\bin that (?:case|event)\b|\btherefore\b|"
    r"\bbest (?:defence|answer)\b|\bto be met\b|\bshould (?:this|that|it)\b|"
    r"\bif (?:so|it|this|that|they) (?:does|do|happens?|is|are|comes?|fails?)\b|[.:;] then\b|"
    r"\b(?:each|all|every risk)[^.;]{0,20} owned by\b|\bhas an owner\b|\bmitigat\w+|"
    r"\b(?:risk )?register\b",
    re.IGNORECASE,
)
"""'If credit stays shut, the theatre waits': risk and answer in one."""
_NO_ANSWER = re.compile(
    r"\b(?:publish\w*|review\w*|statement|reports?|reported|meets?|members|chair\w*|constitut\w+|"
    r"accountable body|business cases?)\b",
    re.IGNORECASE,
)
"""What a chapter on risks says besides, which answers none of them."""
_BLANK = re.compile(
    r"(?:monitor\w*(?: closely)?|accept(?:ed)?|tolerate|watch|noted|tb[cda]|n/?a|none|on-?going|"
    r"[–—-]+|)",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"\b(?:mitigat\w+|responses?|actions?|measures?|how (?:met|managed)|what (?:we|is)|comment|"
    r"controls?|answers?|treatment|management|contingency|owner|plan|approach|reply)\b",
    re.IGNORECASE,
)
_GRADES = re.compile(
    r"\b(?:likelihood|probability|impact|effect|rating|severity|score|chance|level)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\W*(?:[\dA-Z]\.?)*\d?[.)]?\s")
_BEFORE = re.compile(
    r"\b(?:governance|money|delivery|funding|monitoring|management)\b[^?]*\brisks?\b", re.IGNORECASE
)
_RISKY = re.compile(
    r"\b(?:may|might|could|would|can|loss|los[et]|losing|delays?|delayed|fail\w*|falls?|falling|"
    r"cuts?|clos\w+|"
    r"shortages?|depend\w*|rises?|rising|inflation|refus\w+|withdr\w+|slow\w*|late|uncertain\w*|"
    r"drop\w*|"
    r"declin\w+|competition|absence|turnover|overruns?|down|lack\w*|not|no longer|reduc\w+|"
    r"change\w*|"
    r"inadequate|insufficient|weak\w*|poor|risks?|likelihood|probab\w+|exposed?|exposure|"
    r"go (?:back|elsewhere)|"
    r"recession|foreign|one (?:large|single|customer|buyer|order|employer|firm)|downturn|brexit|"
    r"drought|flood\w*)\b",
    re.IGNORECASE,
)
"""What a sentence that tells a risk says; one without it, in a page on risks, tells the answer."""
_FRAGMENT = re.compile(r"\W*(?:that|if|an?|the)?\b(?:\W*[\w’'-]+){1,9}\W*", re.IGNORECASE)
"""A few words that name a risk: 'Officer leaves (again).'"""
_SECOND = re.compile(
    r";|\b(?:so|because)\b|, (?:and|but) (?:we|the \w+) (?:will|has|have|is|are)\b"
)
"""What begins a second half of a sentence, in which an answer may stand."""
_PARTS = re.compile(r",(?: and)?| and ")
_STOPS = re.compile(r";(?: and)?")
_WANTED = re.compile(
    r"\b(?:a|an) (?:fund|network|grant|helpline)\b|\b(?:training|advice|insurance)\b", re.IGNORECASE
)


class Options(Editable):
    """``risks_at_least`` are named, and ``unanswered_at_least`` of them have no answer."""

    risks_at_least: int = Field(default=3, ge=2)
    unanswered_at_least: float = Field(default=0.75, gt=0, le=1)


class Risks(Record, frozen=True):
    """Risks that stand together: how many, and the words and places of those without an answer."""

    number: int
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def _run(options: Options, view: View, _world: World) -> Iterator[Hit]:
    for risks in (*_tabled(view), *_under_titles(view), *_in_sentences(view)):
        left = len(risks.words)
        if risks.number < options.risks_at_least or left < options.risks_at_least - 1:
            continue
        if left < options.unanswered_at_least * risks.number:
            continue
        index = view.sentence_at(risks.spans[0][0])
        match = Match(
            start=risks.spans[0][0], end=risks.spans[0][1], sentence=index or 0, phrase="risks"
        )
        if is_anothers(view, match):
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "risks": count(risks.number, "risk"),
                "left": "none" if left == risks.number else f"only {risks.number - left}",
                "words": cut(risks.words[0].strip(" •–—-*·.;"), 70),
            },
            quotations=tuple(view.quote(*span) for span in dict.fromkeys(risks.spans[:3])),
            subject="risks",
            weight=left,
        )
        return


def _tabled(view: View) -> Iterator[Risks]:
    """Tables of risks with nothing, or next to nothing, in the place of an answer."""
    for table in tables_of(view):
        label = table.heads[0] if table.heads else ""
        if not re.search(r"\b(?:risk|hazard)s?\b", label, re.IGNORECASE) or _OTHER_TITLE.search(
            label
        ):
            continue
        places = [n for n, head in enumerate(table.heads) if n and _RESPONSE.search(head)]
        graded = any(_GRADES.search(head) for head in table.heads[1:])
        if not places and not (graded and _only_grades(table)):
            continue
        left = [
            row
            for row in table.rows
            if all(
                _BLANK.fullmatch(row.cells[n].text) if n < len(row.cells) else True for n in places
            )
        ]
        yield Risks(
            number=len(table.rows),
            words=tuple(row.label for row in left),
            spans=tuple((row.cells[0].start, row.cells[-1].end) for row in left if row.cells),
        )


def _only_grades(table: Table) -> bool:
    """Whether no other cell says more than a grade: 'High', '3', 'Red'."""
    return all(len(c.text.split()) <= 3 for row in table.rows for c in row.cells[1:])


def _under_titles(view: View) -> Iterator[Risks]:
    """Lists and sentences below a title that speaks of risks."""
    blocks = view.document.blocks
    for index, block in enumerate(blocks):
        title = view.document.block_text(index)
        short = block.role is Role.HEADING or (
            block.role in (Role.PARAGRAPH, Role.LIST_ITEM) and _ALONE.fullmatch(title) is not None
        )
        if not short or not _TITLE.search(title) or _OTHER_TITLE.search(title):
            continue
        items: list[int] = []
        texts: list[int] = []
        for number in range(index + 1, min(len(blocks), index + _REACH)):
            role = blocks[number].role
            if role is Role.HEADING or (role is Role.TABLE_ROW) or _is_title(view, number):
                break
            (items if role is Role.LIST_ITEM else texts).append(number)
        said = [s for n in texts for s in view.of_block(n)]
        if items and any(_answered(view.text(s)) and not _NAMED.search(view.text(s)) for s in said):
            continue
        if items:
            yield _of_blocks(view, items)
        elif block.role is Role.HEADING and (_is_of_risks(title) or _announces(view, said)):
            yield _of_sentences(view, said)


def _is_of_risks(title: str) -> bool:
    """Whether a title speaks of risks first: 'Governance, money and risk' tells more before."""
    words = _NUMBER.sub("", title).split()
    return _TITLE.search(" ".join(words[: _FIRST + 2])) is not None and not _BEFORE.search(title)


def _announces(view: View, sentences: list[int]) -> bool:
    return any(_ANNOUNCED.search(view.text(s)) for s in sentences)


def _is_title(view: View, number: int) -> bool:
    """Whether a block of a list is the title of another: '25. MONITORING'."""
    text = view.document.block_text(number)
    return text.isupper() and len(text.split()) <= _TITLE_WORDS


def _of_blocks(view: View, items: list[int]) -> Risks:
    blocks = view.document.blocks
    texts = [(view.document.block_text(n), (blocks[n].start, blocks[n].end)) for n in items]
    # What is offered against risks is no risk: 'a helpline for farmers'.
    if any(_WANTED.search(text) for text, _ in texts):
        return Risks(number=0, words=(), spans=())
    left = [(t, span) for t, span in texts if not _answered(t)]
    return Risks(
        number=len(texts), words=tuple(t for t, _ in left), spans=tuple(s for _, s in left)
    )


def _of_sentences(view: View, sentences: list[int]) -> Risks:
    """Risks that are told one to a sentence; all of them, or none, have an answer."""
    announced = [s for s in sentences if _ANNOUNCED.search(view.text(s))]
    if announced:
        sentences = [s for s in sentences if s > announced[0]]
    if any(_NAMED.search(view.text(s)) or _answered(view.text(s)) for s in sentences):
        return Risks(number=0, words=(), spans=())
    named = [s for s in sentences if not _NO_ANSWER.search(view.text(s))]
    if len(named) > 1 and any(_may_answer(view.text(s)) for s in named):
        return Risks(number=0, words=(), spans=())
    # A page on risks argues about them: it is no list told in sentences.
    if len(named) > _PROSE:
        return Risks(number=0, words=(), spans=())
    spans = [(view.analysis.sentences[s].start, view.analysis.sentences[s].end) for s in named]
    if len(named) == 1:
        parts = tuple(p.strip() for p in _STOPS.split(view.text(named[0])) if p.strip())
        return Risks(number=len(parts), words=parts, spans=tuple(spans))
    return Risks(number=len(named), words=tuple(view.text(s) for s in named), spans=tuple(spans))


def _may_answer(text: str) -> bool:
    """Whether a sentence on a page of risks may tell an answer in words of its own."""
    if _FRAGMENT.fullmatch(text) or text.startswith("That "):
        return False
    return _RISKY.search(text) is None or _SECOND.search(text) is not None


def _in_sentences(view: View) -> Iterator[Risks]:
    """Sentences that name several risks, with no answer in what stands around."""
    for index in view.holding(_NAMED):
        sentence, text = view.analysis.sentences[index], view.text(index)
        found = _NAMED.search(text)
        if found is None or view.setting(index) not in ("paragraph", "list_item"):
            continue
        # 'Recognising that the risks are growing' names none.
        if len(text[: found.start()].split()) > _FIRST + 2:
            continue
        last = min(len(view.analysis.sentences), index + _NEAR + 1)
        near = (s for s in range(max(0, index - _NEAR), last) if s != index)
        around = [s for s in near if view.analysis.sentences[s].block == sentence.block]
        tail = text[found.end() :]
        if (
            any(_answered(view.text(s)) for s in around)
            or _answered(text)
            or _OTHER_TITLE.search(text[: found.end()])
        ):
            continue
        # Semicolons part what has commas in it.
        cut_at = _STOPS if ";" in tail else _PARTS
        parts = [p.strip(" :") for p in cut_at.split(tail) if len(p.strip(" :")) > 3]
        yield Risks(
            number=len(parts),
            words=tuple(parts),
            spans=((sentence.start, sentence.end),),
        )


def _answered(text: str) -> bool:
    """Whether a risk is told with its answer; a review or a report is none."""
    if _SURE.search(text):
        return True
    return _ANSWER.search(text) is not None and not _NO_ANSWER.search(text)


CHECK = Check(
    name="unanswered-risks",
    level="document",
    options=Options,
    holes={"risks": "4 risks", "left": "none", "words": "Orders for the yard are reduced"},
    run=_run,
    doc="Risks that are named, in a list, a table or a sentence, with no answer to them.",
)
