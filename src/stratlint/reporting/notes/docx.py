"""Findings as comments in a Word file, at the sentences they are about."""

from __future__ import annotations

import copy
import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.errors import UsageError
from stratlint.records import Document, Quotation
from stratlint.reporting.notes.annotate import AUTHOR, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"^(?:[•▪◦‣·–-]\s+)+")
_PLAIN = {f"{_W}{name}" for name in ("rPr", "t")}
_FEWEST = 4


class _Paragraph(NamedTuple):
    """A paragraph's runs, its words with white space folded, and where each character stands.

    ``places`` maps a character of ``text`` to (index of its run, offset in the run).
    """

    runs: list[Any]
    text: str
    places: list[tuple[int, int]]
    before: int


def annotated_docx(data: bytes, notes: Sequence[Note], document: Document) -> bytes:
    """A copy of a Word file with a comment at the words of each finding.

    What is missing from the whole document is said at the first words of the text. Raises
    UsageError when the file has no words to comment on.
    """
    import docx

    word = docx.Document(io.BytesIO(data))
    writer = _Writer(word, document)
    for note in notes:
        writer.comment(note)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Finds the words of quotations in a Word file and comments on them."""

    def __init__(self, word: Any, document: Document) -> None:
        self.word = word
        self.document = document
        self.elements = [
            p
            for p in word.element.body.iter(f"{_W}p")
            if not any(_is_unread(a) for a in p.iterancestors()) and _paragraph(p, 0).text.strip()
        ]
        if not self.elements:
            raise UsageError("the Word file has no text to comment on")
        self.total = sum(len(_paragraph(p, 0).text) for p in self.elements)

    def comment(self, note: Note) -> None:
        """The whole comment at the finding's first place, short ones at the others.

        Where none of its words are found it stands at the beginning.
        """
        lines = list(note.lines)
        said: set[tuple[int, int]] = set()
        for place in note.places:
            runs = self._runs(place) if (place.start, place.end) not in said else []
            if runs:
                self._add(runs, lines if not said else [lines[0], f"Here too: {lines[1]}"])
                said.add((place.start, place.end))
        if said:
            return
        if note.places:
            lines.insert(2, f"About: “{_fold(note.places[0].text)}”")
        first = _paragraph(self.elements[0], 0)
        self._add(first.runs, lines)

    def _add(self, runs: list[Any], lines: Sequence[str]) -> None:
        from docx.text.run import Run

        outside = _outside(runs)
        wrapped = [Run(run, self.word._body) for run in (outside[0], outside[-1])]
        comment = self.word.add_comment(wrapped, text=lines[0], author=AUTHOR, initials="sl")
        for line in lines[1:]:
            comment.add_paragraph(line)

    def _runs(self, place: Quotation) -> list[Any]:
        """The runs of a quotation's words, split so that they hold nothing else."""
        text = _BULLET.sub("", _fold(self.document.text[place.start : place.end]))
        words = text.split(" ")
        # A long quotation may run over paragraphs: its beginning will do.
        starts = [" ".join(words[:n]) for n in (12, 8, _FEWEST) if len(words) > n]
        for wanted in (text, *self._cells(place), *starts):
            found = self._find(wanted, place.start)
            if found is not None:
                return _isolated(*found)
        return []

    def _cells(self, place: Quotation) -> list[str]:
        """The cells of a quoted table row, the longest first: a row is no paragraph of Word's."""
        index = self.document.block_at(place.start)
        cells = self.document.blocks[index].cells if index is not None else ()
        texts = [_fold(self.document.text[a:b]) for a, b in cells if b > place.start]
        return sorted(filter(None, texts), key=lambda text: (-len(text), text))

    def _find(self, wanted: str, offset: int) -> tuple[_Paragraph, int, int] | None:
        """Where words stand; of several places the one that stands as far into the text."""
        target = offset / max(1, self.document.body_end)
        best: tuple[float, _Paragraph, int] | None = None
        before = 0
        for element in self.elements:
            paragraph = _paragraph(element, before)
            at = paragraph.text.find(wanted)
            while at >= 0:
                distance = abs((before + at) / max(1, self.total) - target)
                if best is None or distance < best[0]:
                    best = (distance, paragraph, at)
                at = paragraph.text.find(wanted, at + 1)
            before += len(paragraph.text)
        if best is None:
            return None
        return best[1], best[2], best[2] + len(wanted)


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _paragraph(element: Any, before: int) -> _Paragraph:
    """A paragraph as it is read: deleted text and text boxes left out, insertions and links in."""
    runs = [run for run in element.iter(f"{_W}r") if _is_of(run, element)]
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for number, run in enumerate(runs):
        for offset, character in enumerate(_run_text(run)):
            # As the reader of documents writes them: one hyphen for the three.
            folded = (
                " " if character.isspace() else "-" if character in "\u2010\u2011" else character
            )
            if folded == " " and (not characters or characters[-1] == " "):
                continue
            characters.append(folded)
            places.append((number, offset))
    return _Paragraph(runs, "".join(characters), places, before)


def _is_of(run: Any, paragraph: Any) -> bool:
    """Whether a run is read with a paragraph, and not with one in a text box that hangs on it."""
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            return True
        if ancestor.tag == f"{_W}p" or _is_unread(ancestor):
            return False
    return False


def _is_unread(element: Any) -> bool:
    """Whether the reader leaves an element out: deleted, or drawn by older programs only."""
    return element.tag in (f"{_W}del", f"{_W}moveFrom") or element.tag.endswith("}Fallback")


def _outside(runs: list[Any]) -> list[Any]:
    """The runs to comment on: Word has no comments in text boxes, but at what they hang on."""
    outermost = list(runs[0].iterancestors(f"{_W}p"))[-1]
    if _is_of(runs[0], outermost):
        return runs
    return _paragraph(outermost, 0).runs


def _run_text(run: Any) -> str:
    parts: list[str] = []
    for child in run:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
    return "".join(parts)


def _isolated(paragraph: _Paragraph, start: int, end: int) -> list[Any]:
    """The runs that hold exactly some characters; runs of plain text are split for it."""
    first, low = paragraph.places[start]
    last, high = paragraph.places[end - 1]
    runs = paragraph.runs
    # The end first: splitting there moves nothing that stands before it.
    closing = runs[last]
    _split(closing, high + 1)
    second = _split(runs[first], low)
    # Not 'or': the truth of an element is whether it has children.
    opening = runs[first] if second is None else second
    if first == last:
        return [opening]
    return [opening, *runs[first + 1 : last + 1]]


def _split(run: Any, at: int) -> Any | None:
    """Part a run of plain text before a character; returns the new second run, if any."""
    text = _run_text(run)
    if not 0 < at < len(text) or any(child.tag not in _PLAIN for child in run):
        return None
    second = copy.deepcopy(run)
    _set_text(run, text[:at])
    _set_text(second, text[at:])
    run.addnext(second)
    return second


def _set_text(run: Any, text: str) -> None:
    for child in list(run):
        if child.tag == f"{_W}t":
            run.remove(child)
    element = run.makeelement(f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    element.text = text
    run.append(element)
