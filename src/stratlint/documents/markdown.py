"""Markdown to pieces: CommonMark with tables and footnotes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.html.file import html_pieces
from stratlint.documents.repair.mend import NOTE_MARK
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from stratlint.documents.pieces import Piece

_FENCE = re.compile(r" {0,3}(```|~~~)")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_MARKER = re.compile(r"\[\^([^\]\s<>]{1,60})\]")
_INDENTED = re.compile(r"(?: {4}|\t)")


def markdown_pieces(text: str) -> tuple[list[Piece], str | None]:
    """The blocks of a Markdown file, its footnotes at the end, and its first heading."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    body, notes = _without_notes(_without_front_matter(text))
    parser.add_render_rule("text", _text)
    # What the body defines for its links, its notes may use.
    known: dict[str, Any] = {"labels": notes.keys()}
    rendered = parser.render(body, known)
    foot = "".join(parser.render(note, known) for note in notes.values())
    pieces, _ = html_pieces(
        f"<html><body>{rendered}<section class=footnotes>{foot}</section></body></html>"
    )
    first = next((p.text for p in pieces if p.role is Role.HEADING), None)
    return pieces, first and first.replace(NOTE_MARK, "")


def _text(
    _: object, tokens: Sequence[Token], index: int, _options: object, known: dict[str, Any]
) -> str:
    """Running text with its markers of notes raised; one without a note is a number, or stays."""

    def raised(match: re.Match[str]) -> str:
        label = match.group(1)
        is_marker = label.isdecimal() or label.casefold() in known["labels"]
        return "<sup>*</sup>" if is_marker else match.group()

    return _MARKER.sub(raised, html.escape(tokens[index].content))


def _without_front_matter(text: str) -> str:
    match = re.match(r"---\r?\n.*?\r?\n---\r?\n", text, re.DOTALL)
    return text[match.end() :] if match else text


def _without_notes(text: str) -> tuple[str, dict[str, str]]:
    """A text without the definitions of its footnotes, and these by their labels.

    A definition goes on until a blank line, and behind it in lines that are indented.
    """
    body: list[str] = []
    notes: dict[str, list[str]] = {}
    note: list[str] | None = None
    fenced, blank = False, False
    for line in text.splitlines(keepends=True):
        begun = None if fenced else _NOTE.match(line)
        if begun:
            note = notes.setdefault(begun.group(1).casefold(), [])
            note.append(line[begun.end() :])
        elif note is not None and (not line.strip() or not blank or _INDENTED.match(line)):
            note.append(_INDENTED.sub("", line, count=1) if _INDENTED.match(line) else line)
        else:
            note = None
            fenced ^= _FENCE.match(line) is not None
            body.append(line)
        blank = not line.strip()
    return "".join(body), {label: "".join(lines) for label, lines in notes.items()}
