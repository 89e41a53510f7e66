"""A difference as a person reads it in a terminal."""

from __future__ import annotations

from stratlint.reporting.hygiene import terminal
from stratlint.reporting.terminal.pen import Pen, finding_line
from stratlint.reporting.words import count
from stratlint.versions.changes import Difference, FindingChange, TextChange

_FRESH = 15
"""Sections with fewer new words than this are not listed."""
_SIGNS = {"added": "+", "dropped": "-", "re-ranked": "~"}
_KEPT = {True: " [quotes text that both versions have]", False: " [quotes changed text]", None: ""}


def render(found: Difference, *, colour: bool = False, width: int = 88) -> str:
    """Priorities, findings and text, in this order; what is new stands first."""
    pen = Pen(colour=colour, width=width)
    pen.line(f"{terminal(found.old)} → {terminal(found.new)}", "bold")
    pen.line()
    for name in found.documents_added:
        pen.line(f"Document added: {terminal(name)}")
    for name in found.documents_dropped:
        pen.line(f"Document dropped: {terminal(name)}")
    _priorities(pen, found)
    pen.line()
    counts = (len(found.new_findings), len(found.fixed), len(found.still))
    pen.line("Findings: {} new, {} fixed, {} still there".format(*counts), "bold")
    _findings(pen, "New", found.new_findings)
    _findings(pen, "Fixed", found.fixed)
    _findings(pen, "Still there", found.still)
    if found.text is not None:
        _text(pen, found.text)
    return pen.text()


def _priorities(pen: Pen, found: Difference) -> None:
    total = len(found.priorities)
    same = sum(c.change == "unchanged" for c in found.priorities)
    head = "Priorities: no change" if same == total else "Priorities"
    pen.line(head + (f" ({same} of {total} at the same rank)" if total else " (none)"), "bold")
    several = len({c.document for c in found.priorities}) > 1
    for change in found.priorities:
        if change.change == "unchanged":
            continue
        where = f"{terminal(change.document)}: " if several else ""
        rank = {
            "added": f"rank {change.new_rank}",
            "dropped": f"was rank {change.old_rank}",
        }.get(change.change, f"rank {change.old_rank} → {change.new_rank}")
        sector = terminal(change.sector_name)
        pen.line(f"{_SIGNS[change.change]} {where}{sector} ({rank})", indent=2, hang=2)


def _findings(pen: Pen, title: str, changes: tuple[FindingChange, ...]) -> None:
    if not changes:
        return
    pen.line()
    pen.line(f"{title} ({len(changes)})", "bold")
    for change in changes:
        note = f"{_KEPT[change.kept_text]} · {change.finding.fingerprint}"
        finding_line(pen, change.finding, note)


def _text(pen: Pen, text: TextChange) -> None:
    gone = text.old_words - text.old_kept
    pen.line()
    pen.line("Text", "bold")
    pen.line(
        f"{text.kept:,} of {count(text.new_words, 'word')} ({text.share:.0%}) stand in the old "
        f"version; {count(gone, 'word')} of the old one {'is' if gone == 1 else 'are'} gone.",
        indent=2,
    )
    fresh = [s for s in text.sections if s.words - s.kept >= _FRESH]
    if fresh:
        pen.line("New or rewritten:", indent=2)
    for section in fresh:
        heading = terminal(section.heading) or "Before the first heading"
        words = f"{section.words - section.kept} of {count(section.words, 'word')}"
        pen.line(f"p. {section.page_label} {heading}: {words}", indent=4, hang=2)
