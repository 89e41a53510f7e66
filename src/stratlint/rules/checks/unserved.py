"""What a plan wants or was told and does nothing about: a target, or a need, without a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.targets import targets_in
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.quoting import cut

_DOING = re.compile(
    r"\b(?:will|shall|would|[’']ll|to be (?!found)|fund\w*|programmes?|schemes?|projects?|grants?|"
    r"invest\w*|provid\w+|support\w*|build\w*|open\w*|train\w*|pilot\w*|loans?|lend\w*|pays?|"
    r"budget\w*|set aside|allocat\w+|commission\w*|agreement|service|centre|academy|scheme|is for|"
    r"goes (?:to|into|on)|spend\w*|campaign|actions?|measures?)\b|[£€$]\s?\d",
    re.IGNORECASE,
)
"""Words by which a sentence tells of something done: wide, for a measure that is missed makes a
false finding and one that is taken too many only a silence."""
_DESCRIBES = re.compile(
    r"\b(?:fell|rose|has fallen|has risen|have fallen|stood at|stands at|lag\w*|below the|"
    r"was (?:wound up|closed)|were lost|ended in|told us|asked (?:for|that)|said (?:that|they)|"
    r"respondents|consultees|on time|previous|last strategy|first strategy)\b",
    re.IGNORECASE,
)
_NEED = r"(?:obstacle|barrier|problem|concern|worry|request|demand|complaint|need|reason|weakness)"
_FIRST = re.compile(
    rf"\b(?:most (?:often|frequent(?:ly)?|mentioned|common(?:ly)?|keenly)|"
    rf"(?:greatest|great|biggest|chief|main|first|foremost|number one|commonest) (?:\w+ )?{_NEED}|"
    r"above all|again and again|evidence is overwhelming|top of (?:the|their) list|by a distance|"
    r"more (?:often|than any ?thing)|no (?:barrier|matter|subject|issue|"
    r"complaint)\b[^.]{0,20}\bmore|"
    r"put\b[^.]{0,40}\bfirst|named\b[^.]{0,40}\bfirst|without (?:progress|it|this|which)\b)",
    re.IGNORECASE,
)
"""Words by which a need stands before all others."""
_SAID_BY = re.compile(
    r"\b(?:firms?|employers?|business(?:es)?|compan(?:y|ies)|respondents?|residents?|young|people|"
    r"folk|parents|growers?|farmers?|consultees?|responses?|survey\w*|workshops?|interview\w*|"
    r"roadshows?|focus groups?|evenings?|meetings?|cards?|told|asked|mentioned|raised|said|reason|"
    r"leave|left|weakness|obstacle|barrier)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:is|are|was|were) (?:answered|met|addressed)|\bin (?:answer|response)|\btherefore\b|"
    r"\bso (?:we|the)\b|\b(?:will|shall) (?!be (?:lost|needed))|\bdecided\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:programmes?|schemes?|funds?|funded|funding|allocat\w+|operators?|contracts?|work with|"
    r"support\w*|advisers?|grants?|through|by means of|visits? (?:to|and)|put to us|"
    r"spatial strategy|"
    r"(?:local|core|structure) (?:plans?|strategy)|government['’]s|national (?:target|aim))\b",
    re.IGNORECASE,
)
"""Words by which a target tells its own measure."""
_SCHEME = re.compile(
    r"\b(?:vouchers?|programmes?|schemes?|funds?|cent(?:re|er)s?|training|projects?|grants?|hubs?|"
    r"academy|academies|schools?|networks?|support|phase|parks?|works|collaborative|services?|"
    r"loans?|"
    r"units|quay|halls?|campus|institute|laborator\w+)\b",
    re.IGNORECASE,
)
"""Labels of rows that are things to be done."""
_OF_SCHEMES = re.compile(
    r"\b(?:action|project|scheme|programme|lead\b|cost|funding)", re.IGNORECASE
)
_NEAR = 2
"""Sentences of a paragraph before that of a need, which say what it is."""
_SHOWN = 90


class Place(Record, frozen=True):
    """Where a target or a need stands: its sentences, and the span that names it."""

    sentences: tuple[int, ...]
    span: Span


class Group(Editable):
    """One thing: by which words it is ``named``, and by which words a measure for it goes."""

    what: str
    named: tuple[PhraseText, ...] = Field(min_length=1)
    served_by: tuple[PhraseText, ...] = Field(min_length=1)


class Options(Editable):
    """``groups`` of words; ``of``: results that are to be reached, or needs that come first."""

    of: Literal["targets", "needs"] = "targets"
    groups: tuple[Group, ...] = Field(min_length=1)
    doings_at_least: int = Field(default=4, ge=1)
    """A text that tells of fewer things to be done leaves them to another paper."""


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    named = [view.by_sentence(phrase_set(group.named)) for group in options.groups]
    anything = frozenset(s for held in named for s in held)
    places = list((_targets if options.of == "targets" else _needs)(view, anything))
    if not places:
        return
    paid = _paid(view)
    own = {s for place in places for s in place.sentences}
    for group, held in zip(options.groups, named, strict=True):
        at = [s for place in places for s in place.sentences if _names(place, held.get(s, ()))]
        at = list(dict.fromkeys(at))
        if not at:
            continue
        served = view.by_sentence(phrase_set(group.served_by)).keys() - own
        if any(_is_doing(view, s, paid) for s in served):
            continue
        every = range(len(view.analysis.sentences))
        if sum(_is_doing(view, s, paid) for s in every) < options.doings_at_least:
            return
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"what": group.what, "words": cut(view.text(at[0]).strip(" •–-"), _SHOWN)},
            quotations=tuple(view.quote_sentence(s) for s in at[:2]),
            subject=group.what,
        )


def _names(place: Place, matches: Iterable[Match]) -> bool:
    return any(place.span[0] <= m.start and m.end <= place.span[1] for m in matches)


def _targets(view: View, named: frozenset[int]) -> Iterator[Place]:
    """The clauses of each target that says no more; of a table, its rows one by one."""
    targets = targets_in(view, sorted(named))
    told = {target.span[0] for target in targets}
    for target in targets:
        index = view.sentence_at(target.span[0])
        if index is None or view.setting(index) == "table_row":
            continue
        # 'We will fund a programme that helps firms to export' is target and measure in one.
        if not _MEASURE.search(view.document.text[slice(*target.span)]):
            yield Place(sentences=(index,), span=target.span)
    for table in tables_of(view):
        of_results = any(c.start in told for row in table.rows for c in row.cells)
        if of_results and not _is_of_schemes(table.heads):
            for row in table.rows:
                # What a row is about is its label; a further cell may tell what is done for it.
                start = view.document.blocks[row.block].start
                if any(c.value is not None for c in row.cells[1:]):
                    rows = tuple(view.of_block(row.block))
                    yield Place(sentences=rows, span=(start, row.cells[1].start))


def _needs(view: View, named: frozenset[int]) -> Iterator[Place]:
    """Sentences that say what is needed first; where one does not name it, those around it."""
    for index in view.holding(_FIRST):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence, text = view.analysis.sentences[index], view.text(index)
        if not _FIRST.search(text) or not _SAID_BY.search(text) or _ANSWERED.search(text):
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase="need")
        if is_anothers(view, match) and "told" not in text:
            continue
        near = tuple(s for s in view.of_block(sentence.block) if 0 <= index - s <= _NEAR)
        block = view.document.blocks[sentence.block]
        yield Place(sentences=(index,) if index in named else near, span=(block.start, block.end))


def _paid(view: View) -> frozenset[int]:
    """Blocks that are rows of money or of things to be done."""
    return frozenset(
        row.block
        for table in tables_of(view)
        for row in table.rows
        if any(cell.money for cell in row.cells)
        or _is_of_schemes(table.heads)
        or _SCHEME.search(row.label)
    )


def _is_doing(view: View, index: int, paid: frozenset[int]) -> bool:
    """Whether a sentence, an item or a row tells of something that is done or paid for."""
    setting = view.setting(index)
    if setting == "table_row":
        return view.analysis.sentences[index].block in paid
    if setting not in ("paragraph", "list_item", "footnote"):
        return False
    if view.search(_DESCRIBES, index):
        return False
    return setting == "list_item" or view.search(_DOING, index) is not None


def _is_of_schemes(heads: tuple[str, ...]) -> bool:
    return _OF_SCHEMES.search(" ".join(heads)) is not None


CHECK = Check(
    name="unserved",
    level="document",
    options=Options,
    holes={"what": "exports", "words": "Firms exporting 57 115"},
    run=_run,
    doc="A target, or a need that comes first, for which nothing in the text is done.",
)
