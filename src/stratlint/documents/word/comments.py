"""Comments and bookmarks of a Word file that are marks, and the paragraphs that they are tied to.

A bookmark's name says all that it says: letters, digits and '_', 40 of them. Comments are taken
out before a document is published; a bookmark may stay.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from stratlint.documents.marks import Comment
from stratlint.documents.pieces import in_order
from stratlint.documents.word.styles import W
from stratlint.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.documents.pieces import Piece
    from stratlint.records import Document

_BOOKMARK = re.compile(
    r"_?stratlint_(ignore(?:_(?:file|start|end))?)((?:_[a-z]{2,4}\d{2,4})*)(?:_(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPH, _TEXT = f"{W}p", f"{W}t"
_OPENS = {f"{W}commentRangeStart": "comment", f"{W}bookmarkStart": "bookmark"}
_CLOSES = {f"{W}commentRangeEnd": "comment", f"{W}bookmarkEnd": "bookmark"}
_POINT = f"{W}commentReference"
_MOST = 50_000
"""Comments and bookmarks that are looked at: converters tie a bookmark to each heading."""
_MARKS = 1_001
"""Those kept: one more than the marks of a document that are heeded, so that more are told."""
_QUOTED = 6
"""Words by which a person finds the paragraph of a comment."""
_NONE: frozenset[int] = frozenset()


class Anchors:
    """Comments and bookmarks that may be marks, by number, and the paragraphs that each touches.

    Without any, nothing is walked through.
    """

    def __init__(self, comments: Any | None, body: Any) -> None:
        self.texts: list[tuple[str, str]] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._at: dict[Any, frozenset[int]] = {}
        found = comments.iter(f"{W}comment") if comments is not None else ()
        for comment in islice(found, _MOST):
            self._add("comment", comment.get(f"{W}id") or "", _text_of(comment))
        for start in islice(body.iter(f"{W}bookmarkStart"), _MOST):
            match = _BOOKMARK.fullmatch(start.get(f"{W}name") or "")
            if match is not None:
                rules = " ".join(match[2].upper().split("_")).strip()
                reason = (match[3] or "").replace("_", " ").strip()
                words = f"stratlint {match[1].replace('_', '-')} {rules}: {reason}"
                self._add("bookmark", start.get(f"{W}id") or "", words)
        self.walk(body)

    def at(self, element: Any) -> frozenset[int]:
        """The numbers of those that touch a paragraph, or one in a row or a note."""
        if not self._at or element.tag == _PARAGRAPH:
            return self._at.get(element, _NONE)
        return _NONE.union(*(self._at.get(p, _NONE) for p in element.iter(_PARAGRAPH)))

    def _add(self, kind: str, identifier: str, text: str) -> None:
        if len(self.texts) < _MARKS and "stratlint" in text.lower():
            self._numbers[kind, identifier] = len(self.texts)
            self.texts.append((kind, text))

    def walk(self, part: Any) -> None:
        """Note at each paragraph of the body or a note which of them are tied to its words."""
        opened: frozenset[int] = _NONE
        begun: set[int] = set()
        if not self._numbers:
            return
        for element in part.iter(_PARAGRAPH, _TEXT, _POINT, *_OPENS, *_CLOSES):
            kind = _OPENS.get(element.tag) or _CLOSES.get(element.tag) or "comment"
            number = self._numbers.get((kind, element.get(f"{W}id") or ""), -1)
            if element.tag == _TEXT:
                if opened and (element.text or "").strip():
                    self._touch(element, opened)
            elif number < 0:
                continue
            elif element.tag in _OPENS:
                opened |= {number}
                begun.add(number)
            elif element.tag in _CLOSES:
                opened -= {number}
            elif number not in begun:
                self._touch(element, frozenset({number}))

    def _touch(self, element: Any, numbers: frozenset[int]) -> None:
        paragraph = next(element.iterancestors(_PARAGRAPH), None)
        if paragraph is not None:
            known = self._at.get(paragraph)
            # One set is shared by all that nothing begins or ends in.
            if known is None or known is numbers:
                self._at[paragraph] = numbers
            else:
                self._at[paragraph] = known | numbers


def _text_of(comment: Any) -> str:
    paragraphs = ("".join(t.text or "" for t in p.iter(_TEXT)) for p in comment.iter(_PARAGRAPH))
    return "\n".join(paragraphs)


def comments_of(
    document: Document, pieces: Sequence[Piece], texts: Sequence[tuple[str, str]]
) -> Iterator[Comment]:
    """The comments of a Word file with the text of their paragraphs, the first to the last."""
    ends: dict[int, tuple[int, int]] = {}
    before: frozenset[int] = _NONE
    for index, piece in enumerate(in_order(pieces)):
        if piece.comments is not before:
            # A set that many blocks share is looked at where they end.
            ends |= {n: (ends[n][0], index - 1) for n in before}
            ends |= {n: (ends.get(n, (index, 0))[0], index) for n in piece.comments}
            before = piece.comments
    ends |= {n: (ends[n][0], len(document.blocks) - 1) for n in before}
    for number, (kind, text) in enumerate(texts):
        if number not in ends:
            missed = "no text of the document that is read is tied to it"
            yield Comment(text, kind, (), missed)
            continue
        first, last = (document.blocks[index] for index in ends[number])
        words = document.block_text(ends[number][0]).split()
        quoted = " ".join(words[:_QUOTED]) + (" …" if len(words) > _QUOTED else "")
        page = f", page {document.page_at(first.start).label}" if document.paged else ""
        where = f'{kind} on "{shown(quoted)}"{page}'
        yield Comment(text, where, ((first.start, last.end),))
