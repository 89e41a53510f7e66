"""Lines for a terminal: wrapped to its width, and coloured only when a person is watching."""

from __future__ import annotations

import textwrap

from stratlint.records import Finding, Severity
from stratlint.reporting.hygiene import terminal
from stratlint.reporting.words import sentence

_COLOURS = {"error": "31;1", "warning": "33;1", "info": "36;1", "bold": "1", "dim": "2"}
SEVERITY_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What a person reads for each severity."""


class Pen:
    """Writes wrapped lines; paints them when asked to."""

    def __init__(self, *, colour: bool = False, width: int = 88) -> None:
        self._colour = colour
        self._width = max(40, width)
        self.lines: list[str] = []

    def paint(self, text: str, style: str) -> str:
        """The text in a style: a severity, ``bold`` or ``dim``."""
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self._colour and text else text

    def line(
        self, text: str = "", style: str | None = None, indent: int = 0, hang: int = 0
    ) -> None:
        """One line, wrapped before it is painted, so that codes do not count as width.

        ``hang`` is how much further the lines after the first are indented.
        """
        wrapped = self._wrapped(text, indent, hang)
        self.lines += [self.paint(row, style) if style else row for row in wrapped or [""]]

    def labelled(self, label: str, style: str, text: str, indent: int = 0, hang: int = 0) -> None:
        """A line of which only the label that it begins with is painted."""
        rows = self._wrapped(f"{label} {text}", indent, hang)
        before, rest = rows[0][:indent], rows[0][indent + len(label) :]
        self.lines += [f"{before}{self.paint(label, style)}{rest}", *rows[1:]]

    def _wrapped(self, text: str, indent: int, hang: int) -> list[str]:
        first, later = " " * indent, " " * (indent + hang)
        return textwrap.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def text(self) -> str:
        """Everything written, with one line end at the end."""
        return "\n".join(self.lines).rstrip("\n") + "\n"


def finding_line(pen: Pen, finding: Finding, note: str = "") -> None:
    """A finding in a paragraph: severity, rule, page and message, then a note on it."""
    page = f" {terminal(finding.where)}" if finding.where else ""
    text = f"{finding.rule}{page}: {sentence(terminal(finding.message))}"
    label = SEVERITY_WORDS[finding.severity]
    pen.labelled(label, finding.severity.value, f"{text}{note}", indent=2, hang=4)
