"""Success that is to be measured by what has no value: measures without a figure, or put off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Role
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.figurewords import STATISTIC
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.quoting import cut

_HEADING = re.compile(
    r"\b(?:monitor\w*|measur\w+|evaluat\w+|indicators?|progress|performance|success|results?|"
    r"outcomes?|how (?:we|you|it) (?:shall|will)|(?:shall|will) (?:know|be judged)|keeping count|"
    r"reporting|review|accountab\w+|scorecard|dashboard)\b",
    re.IGNORECASE,
)
"""Headings of chapters that say how success will be told."""
_MEASURED = re.compile(
    r"\b(?:measures?|indicators?|metrics|kpis?|following will be (?:measured|monitored|tracked|"
    r"counted)|"
    r"(?:will|shall|to be|are) (?:measured?|monitor(?:ed)?|track(?:ed)?)|we will (?:measure|"
    r"track|count)|"
    r"success will (?:look|mean|be)|success looks)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[£€$]\s?\d|\d(?:\.\d+)?\s?(?:%|per cent)|\bfrom \d|\bto \d{2,}|\d[\d,]* (?:to|in|by) |"
    r"\(\d[\d,.]*|\bone in \w+|\bhalve|\bdouble|\b(?:half|third|quarter) of\b",
    re.IGNORECASE,
)
"""A figure beside a measure, today's or the one that is wanted."""
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_AGES = re.compile(
    r"\baged? \d+\S*|\b\d+[–-]\d+\b|\bper [\d,]+|\blevel \d|\bnvq ?\d|(?:section|chapter|table|"
    r"annex) \d+",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:annex|appendix|table|overleaf|dashboard at|set out in (?:section|chapter|part)|"
    r"published (?:separately|alongside)|separate document|accompanying|each (?:has|with) (?:a|"
    r"its)|"
    r"baselines? (?:is|are|was|were)|against (?:a|the|its|their) baselines?)\b",
    re.IGNORECASE,
)
_VALUED = re.compile(
    r"\b(?:baseline|base|target|now|today|current|latest|actual|ambition)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""Heads of the columns of a table of measures that have values."""
_WANTED = re.compile(r"\btarget|\bbaseline|\bambition", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:measure|indicator|outcome|target|kpi|metric|result|objective|output)", re.IGNORECASE
)
_SHOWN = 60


class Options(Editable):
    """``deferred`` are words by which measures, baselines or targets are put off."""

    deferred: tuple[PhraseText, ...] = ()
    measures_at_least: int = Field(default=3, ge=1)
    """Measures that are named without a figure; one or two may be asides."""


def _run(options: Options, view: View, _world: World) -> Iterator[Hit]:
    if _has_values(view):
        return
    yield from _deferred(options, view)
    yield from _named_only(options, view)


def _has_values(view: View) -> bool:
    """Whether a table gives measures with their values, wherever it stands."""
    for table in tables_of(view):
        heads = [head for head in table.heads[1:] if _VALUED.search(head)]
        numbers = [row for row in table.rows if any(c.value is not None for c in row.cells[1:])]
        labelled = any(_LABEL.search(head) for head in table.heads[:2])
        wanted = any(_WANTED.search(head) for head in table.heads)
        if len(numbers) >= 2 and ((labelled and heads) or wanted):
            return True
    return False


def _deferred(options: Options, view: View) -> Iterator[Hit]:
    skip = ("heading", "quotation", "contents", "references", "running_head", "caption", "footnote")
    for match in view.find(phrase_set(options.deferred), skip):
        if is_anothers(view, match):
            continue
        yield _hit(view, match)


def _named_only(options: Options, view: View) -> Iterator[Hit]:
    """Chapters on how success is told that name measures and give no figure at all."""
    for index, block in enumerate(view.document.blocks):
        if block.role is not Role.HEADING or not _HEADING.search(view.document.block_text(index)):
            continue
        under = [s for s in view.under(index) if view.setting(s) in ("paragraph", "list_item")]
        texts = [_AGES.sub(" ", view.text(s)) for s in under]
        said = " ".join(texts)
        told = [s for s, text in zip(under, texts, strict=True) if _MEASURED.search(text)]
        if not told or _ELSEWHERE.search(said) or any(_valued(text) for text in texts):
            continue
        if _measures(view, under, told) < options.measures_at_least:
            continue
        sentence = view.analysis.sentences[told[0]]
        match = Match(start=sentence.start, end=sentence.end, sentence=told[0], phrase="named")
        if not is_anothers(view, match):
            yield _hit(view, match)


def _valued(text: str) -> bool:
    """Whether a sentence gives a value: 'five meetings' and years are none."""
    plain = _YEARS.sub(" ", text)
    return _VALUE.search(plain) is not None or (
        STATISTIC.search(plain) is not None and re.search(r"\d", plain) is not None
    )


def _measures(view: View, under: list[int], told: list[int]) -> int:
    """How many measures a chapter names: items of its list, or parts of the sentence."""
    items = sum(view.setting(s) == "list_item" for s in under)
    parts = max(
        1 + len(re.findall(r"[,;] | and ", re.split(r"\b(?:are|:|by|through)\b", view.text(s))[-1]))
        for s in told
    )
    return max(items, parts)


def _hit(view: View, match: Match) -> Hit:
    return Hit(
        document=view.source,
        region=view.region,
        holes={"words": cut(view.document.text[match.start : match.end], _SHOWN)},
        quotations=(view.quote(match.start, match.end),),
    )


CHECK = Check(
    name="measures-without-values",
    level="document",
    options=Options,
    holes={"words": "indicators will be agreed"},
    run=_run,
    doc="A text that says how success is told and gives no value of any measure, or puts it off.",
)
