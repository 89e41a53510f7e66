"""A comparison for a terminal: pairs, fit to evidence, keywords, each with what it means."""

from __future__ import annotations

from collections.abc import Mapping

from stratlint.evidence.marks import KEYS
from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.records import Comparison, Fit
from stratlint.reporting.hygiene import terminal
from stratlint.reporting.terminal.pen import Pen

_PAIR_COLUMNS = f"{'Jaccard':>8}{'overlap':>8}{'z':>7}{'p':>7}{'adj.':>7}{'text':>6}{'JSD':>6}"
_MARKS = "".join(f"{f'>{key}':>6}" for key in KEYS)
_FIT_COLUMNS = f"{'chosen':>7}{'measured':>9}{_MARKS}{'own':>6}{'any':>6}"


def render(
    comparison: Comparison,
    names: Mapping[str, str],
    *,
    keywords: int = 8,
    colour: bool = False,
    width: int = 88,
) -> str:
    """Everything that was compared. ``names`` are the documents' names by their sources."""
    pen = Pen(colour=colour, width=width)
    _pairs(pen, comparison, names, width)
    _fits(pen, comparison, names, width)
    if keywords:
        _keywords(pen, comparison, names, keywords)
    _facts(pen, comparison)
    return pen.text()


def _row(pen: Pen, name: str, columns: str, width: int) -> None:
    """A line of a table; a name that the columns leave no room for has lines of its own.

    Cut off, it would not tell documents apart whose names differ at the end.
    """
    room = max(16, width - len(columns))
    name = terminal(name)
    if len(name) > room:
        pen.line(name, hang=2)
        name = ""
    pen.lines.append(f"{name:{room}}{columns}")


def _pairs(pen: Pen, comparison: Comparison, names: Mapping[str, str], width: int) -> None:
    pen.line("Pairs, the most alike in priorities first", "bold")
    pen.line(
        "Jaccard: shared priorities over all that the two have; overlap: over the smaller list. "
        "z, p: shared priorities against 999 shuffles that keep how many each strategy chose and "
        "how often each sector was chosen; adj.: p for all pairs together (Benjamini and "
        "Hochberg). text: likeness of wording, names masked. JSD: difference of wording, from 0 "
        "(none) to 1.",
        "dim",
    )
    _row(pen, "", _PAIR_COLUMNS, width)
    for s in sorted(comparison.similarities, key=lambda s: (-s.jaccard, -s.z, s.a, s.b)):
        columns = f"{s.jaccard:8.2f}{s.overlap:8.2f}{s.z:7.2f}{s.p:7.3f}{s.p_adjusted:7.3f}"
        columns += f"{s.text:6.2f}{s.jensen_shannon:6.2f}"
        _row(pen, f"{names[s.a]} – {names[s.b]}", columns, width)


def _fits(pen: Pen, comparison: Comparison, names: Mapping[str, str], width: int) -> None:
    pen.line()
    pen.line("Priorities beside evidence", "bold")
    pen.line(
        "chosen: priorities; measured: those with a location quotient, reliable or not; "
        f"{', '.join(f'>{cut}' for cut in KEYS)}: share of the measured above that mark. "
        "own: distance of the wording from the other documents' centre; any: share of it that "
        "could stand in another document, names masked.",
        "dim",
    )
    _row(pen, "", _FIT_COLUMNS, width)
    sectors = {s.id: s.name for s in load_taxonomy().sectors}
    for fit in comparison.fits:
        _row(pen, names[fit.document], _fit_columns(fit), width)
        if fit.ignored:
            strong = "; ".join(sectors.get(s, s) for s in fit.ignored)
            pen.line(f"strong here and no priority: {strong}", indent=4, hang=2)


def _fit_columns(fit: Fit) -> str:
    shares = [f"{fit.shares[cut]:.0%}" if fit.measured else "–" for cut in KEYS]
    own = "–" if fit.distinctiveness is None else f"{fit.distinctiveness:.2f}"
    anyone = "–" if fit.interchangeability is None else f"{fit.interchangeability:.0%}"
    text = f"{fit.priorities:7}{fit.measured:9}"
    return text + "".join(f"{value:>6}" for value in (*shares, own, anyone))


def _keywords(pen: Pen, comparison: Comparison, names: Mapping[str, str], most: int) -> None:
    pen.line()
    pen.line("Words that mark each document off", "bold")
    pen.line("times here / in the others, and the strength of the difference (z)", "dim")
    for name in comparison.order:
        found = [k for k in comparison.keywords if k.document == name][:most]
        words = ", ".join(f"{k.word} {k.count}/{k.reference_count} {k.z:.1f}" for k in found)
        pen.line(terminal(f"{names[name]}: {words or '–'}"), hang=2)


def _facts(pen: Pen, comparison: Comparison) -> None:
    facts = comparison.statistics
    passages = len(comparison.passages)
    pen.line()
    pen.line(
        f"{passages} shared passage{'' if passages == 1 else 's'}, "
        f"{facts.get('passages.template', 0):.0f} of them everyone's template."
    )
    if "interchangeability.traced" in facts:
        pen.line(
            f"With names masked, {facts['interchangeability.traced']:.0%} of "
            f"{facts['interchangeability.chapters']:.0f} chapters were traced to their document "
            f"(chance {facts['interchangeability.chance']:.0%})."
        )
    if "mantel.r" in facts:
        pen.line(
            f"Structure against priorities: Mantel r {facts['mantel.r']:.2f}, "
            f"p {facts['mantel.p']:.3f}, {facts['mantel.regions']:.0f} regions."
        )
