"""Markdown to pieces: CommonMark with tables and footnotes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.html.file import LINE, html_pieces
from stratlint.documents.repair.mend import NOTE_MARK
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from stratlint.documents.pieces import Piece
    from stratlint.records import ReadWarning

_FENCE = re.compile(r" {0,3}(```|~~~)")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_MARKER = re.compile(r"\[\^([^\]\s<>]{1,60})\]")
_DEEPEST = 150
"""Blocks within blocks, of which a list takes two: what stands deeper is lost by the parser."""
_INLINE = 20
"""Emphasis and links within each other; each further one costs a text of brackets dear."""
_OPENING = re.compile(r"(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]))+|[ \t]+")
_MARKS = re.compile(r">|[-+*][ \t]+|\d{1,9}[.)][ \t]+|[ \t]+")
_WIDEST = 60
"""Marks and columns at the head of a line that are kept: deeper ones lie on that level."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_INDENTED = re.compile(r"(?: {4}|\t)")

_TITLE = re.compile(r"^title:[ \t]*(\S.*)$", re.MULTILINE | re.IGNORECASE)


def markdown_pieces(
    text: str,
) -> tuple[list[Piece], str | None, list[ReadWarning], frozenset[int]]:
    """The blocks of a Markdown file with footnotes at the end, its title, warnings.

    The title is that of the front matter, else the first heading. Last, the lines of the file
    that are shown as code.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.before("block", "deep-blocks", lambda s: _nest(s, _DEEPEST))
    parser.core.ruler.before("inline", "shallow-text", lambda s: _nest(s, _INLINE))
    below, line, title = _without_front_matter(text)
    body, notes = _without_notes(below, line)
    parser.add_render_rule("text", _text)
    # The lines of a paragraph are kept: a list that was written without marks has no other sign.
    parser.add_render_rule("softbreak", lambda *_: "<br>")
    # What the body defines for its links, its notes may use.
    known: dict[str, Any] = {"labels": notes.keys(), "code": set()}
    rendered = _rendered(parser, body, known)
    foot = "".join(_rendered(parser, note, known) for note in notes.values())
    pieces, _, warnings = html_pieces(
        f"<html><body>{rendered}<section class=footnotes>{foot}</section></body></html>"
    )
    first = title or next((p.text for p in pieces if p.role is Role.HEADING), None)
    title = first and first.replace(NOTE_MARK, "")
    return pieces, title, warnings, frozenset(known["code"])


class _Lines:
    """Lines of a file, each with its number there."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers: list[int] = []

    def add(self, line: str, number: int) -> None:
        """Append a line."""
        self.lines.append(line)
        self.numbers.append(number)


def _nest(state: StateCore, most: int) -> None:
    """Set how deep the next step of the parser goes."""
    state.md.options["maxNesting"] = most


def _rendered(parser: MarkdownIt, source: _Lines, known: dict[str, Any]) -> str:
    """HTML in which each block says on which line of the file it begins."""
    tokens = parser.parse("".join(source.lines), known)
    for token in tokens:
        if token.map is not None and token.map[0] < len(source.numbers):
            token.attrSet(LINE, str(source.numbers[token.map[0]]))
        if token.map is not None and token.type in ("fence", "code_block"):
            known["code"].update(source.numbers[token.map[0] : token.map[1]])
    html: str = parser.renderer.render(tokens, parser.options, known)
    return html


def _text(
    _: object, tokens: Sequence[Token], index: int, _options: object, known: dict[str, Any]
) -> str:
    """Running text with its markers of notes raised; one without a note is a number, or stays."""

    def raised(match: re.Match[str]) -> str:
        label = match.group(1)
        is_marker = label.isdecimal() or label.casefold() in known["labels"]
        return "<sup>*</sup>" if is_marker else match.group()

    return _MARKER.sub(raised, html.escape(tokens[index].content))


def _shallow(line: str) -> str:
    """A line that stands no deeper than the parser can follow."""
    opening = _OPENING.match(line)
    if opening is None or opening.end() <= _WIDEST:
        return line
    kept, width = [], 0
    for mark in _MARKS.findall(opening.group()):
        if width + len(mark) > _WIDEST:
            break
        kept.append(mark)
        width += len(mark)
    if not kept:
        kept = [" " * _WIDEST]
    return "".join(kept) + line[opening.end() :]


def _without_front_matter(text: str) -> tuple[str, int, str | None]:
    """The text below its front matter, the line on which it begins, and the title given above."""
    match = re.match(r"---\r?\n.*?\r?\n---\r?\n", text, re.DOTALL)
    if match is None:
        return text, 1, None
    title = _TITLE.search(match.group())
    given = title.group(1).strip().strip("\"'").strip() if title else ""
    return text[match.end() :], match.group().count("\n") + 1, given or None


def _without_notes(text: str, first: int) -> tuple[_Lines, dict[str, _Lines]]:
    """A text without the definitions of its footnotes, and these by their labels.

    A definition goes on until a blank line, and behind it in lines that are indented.
    """
    body = _Lines()
    notes: dict[str, _Lines] = {}
    note: _Lines | None = None
    fenced, blank = False, False
    for number, line in enumerate(_LINE.findall(text), first):
        begun = None if fenced else _NOTE.match(line)
        if begun:
            note = notes.setdefault(begun.group(1).casefold(), _Lines())
            note.add(line[begun.end() :], number)
        elif note is not None and (not line.strip() or not blank or _INDENTED.match(line)):
            held = _INDENTED.sub("", line, count=1) if _INDENTED.match(line) else line
            note.add(held, number)
        else:
            note = None
            fenced ^= _FENCE.match(line) is not None
            body.add(_shallow(line), number)
        blank = not line.strip()
    return body, notes
