"""Shared passages for a terminal: each once, with all of its holders and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.reporting.hygiene import terminal
from stratlint.reporting.terminal.pen import Pen

if TYPE_CHECKING:
    from stratlint.comparison.passages.find import Found
    from stratlint.records import Holding, Passage

_SHOWN = 320
"""Characters of a passage that are shown: half of them from its end."""


def render(found: Found, documents: int, *, colour: bool = False, width: int = 88) -> str:
    """The counts by pair, then every passage; empty where there is none."""
    if not found.passages:
        return ""
    pen = Pen(colour=colour, width=width)
    _summary(pen, found, documents)
    for number, passage in enumerate(found.passages, start=1):
        pen.line()
        _passage(pen, number, passage)
    return pen.text()


def _summary(pen: Pen, found: Found, documents: int) -> None:
    passages = found.passages
    counts = [
        f"{sum(p.kind == kind for p in passages)} {kind}"
        for kind in sorted({p.kind for p in passages})
    ]
    noun = "passage" if len(passages) == 1 else "passages"
    said = f"{len(passages)} shared {noun} in {documents} documents: {', '.join(counts)}"
    pen.line(said, "bold")
    pairs: dict[tuple[str, str], list[int]] = {}
    for item in found.alignments:
        pairs.setdefault((item.a, item.b), []).append(item.words)
    for (a, b), words in sorted(pairs.items(), key=lambda pair: (-sum(pair[1]), pair[0])):
        noun = "passage" if len(words) == 1 else "passages"
        shared = f"{len(words)} {noun}, {sum(words)} words"
        pen.line(f"{terminal(a)} – {terminal(b)}: {shared}", indent=2, hang=2)


def _passage(pen: Pen, number: int, passage: Passage) -> None:
    if passage.joint:
        names = ", ".join(terminal(holding.document) for holding in passage.holdings)
        pen.line(f"{number}. One text, adopted jointly or copied whole: {names}", "bold")
        return
    marks = [passage.kind.value, f"{passage.words} words"]
    if passage.template:
        marks.append("everyone's template")
    if passage.setting != "body":
        marks.append(f"in {passage.setting}")
    pen.line(f"{number}. {', '.join(marks)}", "bold")
    origin = next((h for h in passage.holdings if h.document == passage.source), None)
    for holding in passage.holdings:
        quotation = holding.quotation
        notes = [str(holding.year)] if holding.year else []
        notes += _origin_notes(passage, holding, origin)
        note = f" ({', '.join(notes)})" if notes else ""
        label = f"{holding.document}, {quotation.where}{note}"
        pen.line(terminal(label), indent=3, hang=2)
        pen.line(f"“{_clipped(terminal(quotation.text))}”", "dim", indent=6)


def _origin_notes(passage: Passage, holding: Holding, origin: Holding | None) -> list[str]:
    """What a holder's line says of where the text comes from."""
    if origin is None:
        return []
    if holding is origin:
        return ["source" if holding.role == "source" else "likely source"]
    if passage.template or passage.setting != "body":
        return []
    named = "named" if holding.attributed else "not named"
    return [f"from {origin.document}, {origin.quotation.where}, {named} here"]


def _clipped(text: str) -> str:
    """Beginning and end of a long passage, cut between words; its own marks are not doubled."""
    text = text.strip().strip('“”"').strip()
    if len(text) <= _SHOWN:
        return text
    half = _SHOWN // 2
    head, tail = text[:half].rpartition(" ")[0], text[-half:].partition(" ")[2]
    return f"{head or text[:half]} … {tail or text[-half:]}"
