"""Make text from documents safe to show: it is hostile input wherever it goes."""

from __future__ import annotations

import re

from stratlint.records import Quotation, Span
from stratlint.text.quoting import QUOTATION_LIMIT

# What neither HTML nor XML 1.0 may hold: controls, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Marks that reorder or hide text; a terminal has no element to isolate them with.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def printable(text: str) -> str:
    """The text with every character that a file format forbids shown as U+FFFD.

    One character is replaced by one, so that marks keep their places.
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text on one line, white space collapsed, safe to print."""
    return " ".join(printable(text).split())


def terminal(text: str) -> str:
    """One line for a terminal: no escape sequences and nothing that reorders what is read."""
    return _INVISIBLE.sub("", one_line(text))


def guard_formula(text: str) -> str:
    """Text that a spreadsheet shows and never runs.

    A cell that begins with ``=``, ``+``, ``-``, ``@``, tab or return gets an apostrophe before
    it (OWASP, CSV injection); full-width forms are treated alike, as some programs do.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def excerpt(quotation: Quotation, limit: int = QUOTATION_LIMIT) -> tuple[str, tuple[Span, ...]]:
    """The quotation's words near its marks, at most ``limit`` characters, and the marks in it.

    Cuts fall between words and show an ellipsis.
    """
    text, marks = quotation.text, tuple(sorted(quotation.marks))
    if len(text) <= limit:
        return text, _within(marks, 0, len(text), 0)
    first = marks[0][0] if marks else 0
    start = max(0, min(first - limit // 3, len(text) - limit))
    end = min(len(text), start + limit)
    if start > 0:
        space = text.find(" ", start, end)
        start = space + 1 if 0 <= space < first else start
    if end < len(text):
        space = text.rfind(" ", start + limit // 2, end)
        end = space if space > 0 else end
    lead = "…" if start else ""
    tail = "…" if end < len(text) else ""
    return f"{lead}{text[start:end]}{tail}", _within(marks, start, end, len(lead))


def _within(marks: tuple[Span, ...], start: int, end: int, lead: int) -> tuple[Span, ...]:
    """Marks clipped to a cut, moved into it, and made not to overlap."""
    kept: list[Span] = []
    reached = start
    for first, last in marks:
        first, last = max(first, reached), min(last, end)
        if first < last:
            kept.append((first - start + lead, last - start + lead))
            reached = last
    return tuple(kept)
