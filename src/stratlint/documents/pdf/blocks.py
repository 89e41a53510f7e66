"""Lines to blocks: where a paragraph, heading or item ends, and which go on over a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from stratlint.documents.pdf.segments import BULLETS, PRIVATE_BULLETS
from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.segments import Segment
    from stratlint.documents.pdf.style import Style

BULLET = re.compile(
    rf"(?:``\s*|[{BULLETS}{''.join(sorted(PRIVATE_BULLETS))}]\s*|[–—o*§\-]\s+)(?=\S)"
)
NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})\)|(?:\d{1,2}|[a-z]|[ivx]{1,5})\.)\s+(?=\S)"
)
LEADER = re.compile(r"(?:[.…_·]\s?){4}[.…_·\s]{0,400}[\divxl]{0,5}\s*$")
"""The dots and the page number at the end of an entry of a list of contents."""
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\d{0,3}$")


class Draft(msgspec.Struct):
    """A block before its text is mended: lines of one role, in reading order."""

    role: Role
    lines: list[Segment]
    level: int | None = None
    leaf: int = 0
    indent: float = 0.0
    row: list[list[Segment]] | None = None
    header: bool = False
    closed: bool = False
    label: str = ""
    table: int | None = None

    @property
    def first(self) -> Segment:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Segment:
        """Its last line."""
        return self.lines[-1]

    @property
    def size(self) -> float:
        """Type size of most of its text."""
        return max(self.lines, key=lambda s: len(s.text)).size

    @property
    def raw(self) -> str:
        """Its text as printed, lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


def has_leader(text: str) -> bool:
    """Whether a line ends as an entry of a list of contents does."""
    end = text[-200:]
    dotted = ".." in end or ". ." in end or "…" in end or "__" in end or "··" in end
    return dotted and bool(LEADER.search(end))


def split_blocks(lines: Sequence[Segment], style: Style, leaf: int) -> list[Draft]:
    """Cut a column's lines into blocks; every block is a paragraph or a list item so far."""
    drafts: list[Draft] = []
    for i, line in enumerate(lines):
        if line.table is not None:
            drafts += _table_rows(line, leaf)
            continue
        previous = lines[i - 1] if i else None
        fresh = previous is None or previous.table is not None
        if fresh or _breaks(lines, i, style, drafts[-1]):
            drafts.append(Draft(_first_role(line), [line], leaf=leaf))
            if len(line.cells) > 1 and "\t" in line.text:
                drafts[-1].role = Role.TABLE_ROW
        else:
            drafts[-1].lines.append(line)
    return drafts


def _table_rows(place: Segment, leaf: int) -> list[Draft]:
    """One block for each row of a table that holds text; a first row of labels is its header."""
    grid = place.table
    rows = [r for r in (grid.lines if grid is not None else ()) if any(r)]
    drafts = [
        Draft(Role.TABLE_ROW, [line for cell in row for line in cell], leaf=leaf, row=row)
        for row in rows
    ]
    if len(drafts) > 1 and _is_header(rows[0], rows[1]):
        drafts[0].header = True
    for draft in drafts:
        draft.table = id(grid)
    return drafts


def _is_header(first: list[list[Segment]], second: list[list[Segment]]) -> bool:
    filled = [cell for cell in first if cell]
    if len(filled) < 2:
        return False
    text = [" ".join(line.text for line in cell) for cell in filled]
    if any(len(t) > 70 or t[:1].isdigit() for t in text):
        return False
    bold = all(line.bold for cell in filled for line in cell)
    return bold or not any(line.bold for cell in second for line in cell)


def starts_item(text: str) -> bool:
    """Whether a line opens with a bullet or a number of a list."""
    return bool(BULLET.match(text) or NUMBERED.match(text))


def _first_role(line: Segment) -> Role:
    return Role.LIST_ITEM if starts_item(line.text) else Role.PARAGRAPH


def _breaks(lines: Sequence[Segment], i: int, style: Style, block: Draft) -> bool:
    """Whether line ``i`` opens a new block."""
    line, previous = lines[i], lines[i - 1]
    if _size_changes(previous, line):
        return True
    if _weight_changes(previous, line) and not _hangs(line, block):
        return True
    step = line.base - previous.base
    usual = style.step(max(line.size, previous.size))
    if step > 1.22 * usual + 0.5 or step < -0.5 * line.size:
        return True
    if starts_item(line.text) and _is_new_item(line, previous, block):
        return True
    if block.role is Role.LIST_ITEM and line.x0 < block.first.x0 - 0.5 * line.size:
        return True
    if line.leading_mark and line.size <= 0.93 * style.body:
        return True
    if has_leader(previous.text):
        return True
    if "\t" in previous.text or "\t" in line.text:
        return True
    if _ends_early(previous, line):
        return True
    hanging = block.role is Role.LIST_ITEM and len(block.lines) == 1
    return not hanging and _indented(lines, i)


def _hangs(line: Segment, block: Draft) -> bool:
    """Whether a line stands under the text of a bulleted item rather than under its bullet."""
    bulleted = block.role is Role.LIST_ITEM and BULLET.match(block.first.text) is not None
    return bulleted and line.x0 > block.first.x0 + 1.0


def _size_changes(previous: Segment, line: Segment) -> bool:
    return abs(line.size - previous.size) > 0.07 * max(line.size, previous.size)


def _weight_changes(previous: Segment, line: Segment) -> bool:
    if line.bold != previous.bold:
        # A bold lead-in may fill the whole first line: only a line that ends early parts,
        # and not even that where the sentence goes on in small letters.
        if (
            previous.bold
            and line.text[:1].islower()
            and not _SENTENCE_END.search(previous.text[-8:])
        ):
            return False
        return not _fills(previous, line) or bool(_SENTENCE_END.search(previous.text[-8:].strip()))
    return False


def _fills(previous: Segment, line: Segment) -> bool:
    """Whether the next line's first word would not have fitted on the line before it."""
    room = previous.column[1] - previous.x1
    return room <= _first_word_width(line) + 0.9 * line.size


def _is_new_item(line: Segment, previous: Segment, block: Draft) -> bool:
    """A wrapped line may begin with a dash or with '2.': only where lists begin is it an item."""
    if BULLET.match(line.text) and line.text[0] not in "-–—o*":
        return True
    if block.role is Role.LIST_ITEM and abs(line.x0 - block.first.x0) < 0.6 * line.size:
        return True
    hanging = line.x0 - previous.x0
    if _ends_early(previous, line):
        return True
    return block.role is not Role.LIST_ITEM and abs(hanging) > 0.5 * line.size


def _first_word_width(line: Segment) -> float:
    word = line.text.split(None, 1)[0] if line.text.strip() else ""
    return line.width * len(word) / max(1, len(line.text))


def _ends_early(previous: Segment, line: Segment) -> bool:
    """Whether the next line's first word would have fitted on the line before it."""
    room = previous.column[1] - previous.x1
    if room <= _first_word_width(line) + 0.9 * line.size:
        return False
    text = previous.text.rstrip()
    opens = line.text.lstrip("“\"'‘(")[:1]
    if opens.islower() and not _SENTENCE_END.search(text[-8:]):
        return False
    if _SENTENCE_END.search(text[-8:]):
        return room > _first_word_width(line) + 1.6 * line.size
    return room > 0.33 * (previous.column[1] - previous.column[0])


def _indented(lines: Sequence[Segment], i: int) -> bool:
    """A first-line indent: this line starts further in than the one before and the next."""
    line, previous = lines[i], lines[i - 1]
    indent = line.x0 - previous.x0
    if not 0.6 * line.size <= indent <= 4 * line.size:
        return False
    if i + 1 < len(lines):
        following = lines[i + 1]
        back = line.x0 - following.x0
        same = abs(following.base - line.base - (line.base - previous.base)) < 0.3 * line.size
        if same and back < 0.4 * line.size:
            return bool(_SENTENCE_END.search(previous.text[-8:].rstrip()))
    return not line.text[:1].islower()


_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*\d{0,3}$")
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\d{0,3}$")
_FLOWING = (Role.PARAGRAPH, Role.LIST_ITEM)


def join_flow(drafts: list[Draft]) -> list[Draft]:
    """Join blocks of running text that a column's or a page's end has cut.

    A block runs on when it stops without the end of a sentence and the text goes on in small
    letters, or when its last line is full and the type is the same. Captions, quotations,
    tables and notes that stand between are stepped over.
    """
    joined: list[Draft] = []
    for draft in drafts:
        target = _open_block(joined, draft)
        if target is None:
            joined.append(draft)
        else:
            target.lines.extend(draft.lines)
            target.leaf = draft.leaf
    return joined


def _open_block(joined: list[Draft], draft: Draft) -> Draft | None:
    """The block that this one continues, if any."""
    if draft.role not in _FLOWING or starts_item(draft.raw):
        return None
    for candidate in reversed(joined[-6:]):
        if candidate.role is Role.HEADING:
            return None
        if candidate.role in _FLOWING:
            return candidate if _continues(candidate, draft) else None
    return None


def _continues(above: Draft, below: Draft) -> bool:
    if above.leaf == below.leaf or abs(above.size - below.size) > 0.06 * above.size:
        return False
    if below.first.page - above.last.page > 1:
        return False
    text, following = above.raw.rstrip(), below.raw.lstrip()
    if not text or not following:
        return False
    hyphenated = text.endswith(("-", "‐", "\u00ad"))
    small = following.lstrip("“‘\"'(")[:1].islower()
    if hyphenated and small:
        return True
    if _SENTENCE.search(text) or text.endswith((":", ";")):
        return False
    if small:
        return True
    last = above.last
    full = last.x1 >= last.column[1] - 4.0 * last.size
    return full and len(text) > 40 and above.first.bold == below.first.bold
