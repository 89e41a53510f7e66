"""Plain text: blocks found without touching a character, and a mended text on request."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stratlint.documents.assemble import TextBuilder
from stratlint.documents.marks import is_mark_line
from stratlint.documents.pdf.blocks import BULLET, NUMBERED
from stratlint.documents.repair.mend import Mender
from stratlint.records import Block, Page, Role

if TYPE_CHECKING:
    from stratlint.records import Span

_FUSED = re.compile(
    r"(?<=[^\W\d_]{2}[.,;:”’\"')\]])(?P<after>\d{1,3})(?=\s|$)"
    r"|(?<=[^\W\d_]{3})(?P<word>\d{1,3})(?=[\s.,;:)]|$)"
)
_ENOUGH = 3
_JUMP = 4


def drop_fused_marks(blocks: list[list[str]]) -> list[list[str]]:
    """Blocks of lines without fused note markers ('clusters.6', 'Triangle’8').

    Digits count as markers only where they run through the text as a sequence that rises
    from a small number: 'Horizon2020' or 'Area51' alone never do.
    """
    found = [
        (b, line, m.start(), m.end(), int(m.group()))
        for b, block in enumerate(blocks)
        for line, text in enumerate(block)
        for m in _FUSED.finditer(text)
    ]
    markers = _rising([number for *_, number in found])
    if len(markers) < _ENOUGH:
        return blocks
    result = [list(block) for block in blocks]
    for index in sorted(markers, reverse=True):
        b, line, start, end, _ = found[index]
        result[b][line] = result[b][line][:start] + result[b][line][end:]
    return result


def _rising(numbers: list[int]) -> set[int]:
    """Indexes of the longest run that starts low and rises by at most a few each time."""
    best: list[list[int]] = []
    for i, number in enumerate(numbers):
        chain: list[int] = [i] if number <= _JUMP else []
        for j in range(max(0, i - 40), i):
            if (
                best[j]
                and 0 < number - numbers[best[j][-1]] <= _JUMP
                and len(best[j]) >= len(chain)
            ):
                chain = [*best[j], i]
        best.append(chain)
    longest: list[int] = []
    for chain in best:
        if len(chain) > len(longest):
            longest = chain
    return set(longest)


_LINE = re.compile(r"[^\n\f\r]*(?:\r\n|[\n\f\r]|$)")
_END = re.compile(r"[.!?:;,][\"'”’)\]]*\d{0,3}\s*$")
_NOTE = re.compile(r"\s*\[?(\d{1,3})[.\])]\s+\S")
_NOTES_HEADING = re.compile(
    r"\s*(?:end\s?notes?|foot\s?notes?|notes|references)\s*$", re.IGNORECASE
)
_OPENERS = frozenset(
    "the a an in by until this these it there although but however as for through when while "
    "to at our we they their with".split()
)
_WRAPPED = 160
_CHAPTER = re.compile(r"(\d{1,2})\.?\s+[A-Z]")
_SECTION = re.compile(r"\d{1,2}\.\d{1,2}\.?\s")
_CHAPTERS, _TITLE, _OPENING = 3, 12, 3
"""Lines by themselves that make a run of chapters ('3. Our priorities'), words of one, and blocks
of a title page, behind which a heading is no chapter that holds them."""
MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""Byte order marks with which text may begin; that of UTF-32 begins with that of UTF-16."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MOSTLY = 0.25
"""Share of characters beyond ASCII that no western language comes near, and Russian is beyond."""


@dataclass(slots=True)
class _Chunk:
    """Lines of one block, as spans of the file's text without their line ends.

    ``number`` is the number of the first of them in the file.
    """

    role: Role
    lines: list[Span]
    page: int
    level: int | None = None
    number: int = 1


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file and, where the encoding had to be guessed, its name."""
    for mark in MARKS:
        if data.startswith(mark):
            return data.decode("utf-16" if len(mark) == 2 else "utf-32", "replace"), None
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    text = _windows(data)
    if text is not None:
        return text, "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return data.decode("cp1252", "replace"), "cp1252"
    return str(best), best.encoding


def _windows(data: bytes) -> str | None:
    """The text as a Windows program of western Europe writes it, unless it cannot be that.

    Asked first: a detector that weighs all encodings reads the pound signs of a short English
    text as one or another letter. What is mostly other than ASCII is left to the detector.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = sum(map(len, _NOT_ASCII.findall(text)))
    return None if "\0" in text or foreign > _MOSTLY * len(text) else text


def plain_document(text: str, *, repair: bool) -> tuple[str, int, tuple[Block, ...], list[Page]]:
    """Text, end of the body, blocks and pages (parted by form feeds).

    Without repair the text is the one given and every span is an offset into it.
    """
    chunks = _chunks(text)
    pages = [Page(index=i, label=str(i + 1)) for i in range(text.count("\f") + 1)]
    if not repair:
        spans = [(c.lines[0][0], c.lines[-1][1]) for c in chunks]
        return text, len(text), _linked(chunks, spans), pages
    mender = Mender([text[a:b] for c in chunks for a, b in c.lines], repair=True)
    body = [c for c in chunks if c.role.is_body]
    notes = [c for c in chunks if not c.role.is_body]
    lines = drop_fused_marks([[text[a:b] for a, b in c.lines] for c in body])
    builder = TextBuilder()
    spans = []
    for chunk, raw in zip(body, lines, strict=True):
        bullet = chunk.role is Role.LIST_ITEM
        spans.append(_write(builder, mender.texts(raw, bullet=bullet)))
    body_end = builder.length
    for chunk in notes:
        raw = [text[a:b] for a, b in chunk.lines]
        spans.append(_write(builder, mender.texts(raw, bullet=False)))
    return builder.text, body_end, _linked([*body, *notes], spans), pages


def _write(builder: TextBuilder, texts: list[str]) -> Span:
    builder.part()
    start = builder.write("".join(texts))
    return start, builder.length


def _linked(chunks: list[_Chunk], spans: list[Span]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    heading: int | None = None
    lead: int | None = None
    for index, (chunk, (start, end)) in enumerate(zip(chunks, spans, strict=True)):
        blocks.append(
            Block(
                role=chunk.role,
                page=chunk.page,
                start=start,
                end=end,
                level=chunk.level,
                heading=heading if chunk.role.is_body else None,
                lead_in=lead if chunk.role is Role.LIST_ITEM else None,
                line=chunk.number,
            )
        )
        if chunk.role is Role.HEADING:
            heading, lead = index, None
        elif chunk.role is Role.PARAGRAPH:
            lead = index
    return tuple(blocks)


def _chunks(text: str) -> list[_Chunk]:
    lines = [m.span() for m in _LINE.finditer(text) if m.end() > m.start()]
    lengths = sorted(len(text[a:b].rstrip()) for a, b in lines if text[a:b].strip())
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    chunks: list[_Chunk] = []
    page, open_chunk = 0, False
    number = 1
    for a, b in lines:
        line = text[a:b]
        # A mark that sets findings aside parts blocks as a blank line does.
        stripped = "" if is_mark_line(line) else line.strip()
        if stripped:
            begin = a + len(line) - len(line.lstrip())
            span = (begin, begin + len(stripped))
            if open_chunk and not _begins(text, chunks[-1], span, width):
                chunks[-1].lines.append(span)
            else:
                item = BULLET.match(stripped) or NUMBERED.match(stripped)
                role = Role.LIST_ITEM if item else Role.PARAGRAPH
                chunks.append(_Chunk(role, [span], page, 1 if item else None, number))
        open_chunk = bool(stripped) and width <= _WRAPPED
        page += line.count("\f")
        number += line.count("\n")
    _assign(text, chunks)
    return chunks


def _begins(text: str, chunk: _Chunk, span: Span, width: int) -> bool:
    """Whether a line opens a new block although no blank line stands before it."""
    line = text[span[0] : span[1]]
    previous = text[chunk.lines[-1][0] : chunk.lines[-1][1]]
    if BULLET.match(line) and line[0] not in "-–—o*§":
        return True
    if (BULLET.match(line) or NUMBERED.match(line)) and chunk.role is Role.LIST_ITEM:
        return True
    first = line.split(None, 1)[0]
    fits = len(previous) + 1 + len(first) <= width
    if (BULLET.match(line) or NUMBERED.match(line)) and (fits or previous.endswith(":")):
        return True
    if not line[:1].isupper():
        return False
    if _END.search(previous):
        return fits and len(previous) < width / 2
    # 'The', 'Until' … in capitals after an unfinished line: the line above was a heading.
    return fits or (len(chunk.lines) <= 2 and first.lower() in _OPENERS)


def _chapters(text: str, chunks: list[_Chunk]) -> dict[int, int]:
    """The numbered lines that entitle chapters, by themselves and with text below: their levels.

    They count from 1 without a gap, and no lead-in with a colon stands before the first. Where a
    heading stands right before the first ('Four things we will do'), they are its sections.
    """
    runs: list[list[int]] = [[]]
    for i, chunk in enumerate(chunks[:-1]):
        raw = text[chunk.lines[0][0] : chunk.lines[-1][1]]
        found = _CHAPTER.match(raw)
        alone = chunk.role is Role.LIST_ITEM and len(chunk.lines) == 1
        if not (found and alone) or chunks[i + 1].role is Role.LIST_ITEM:
            continue
        if _END.search(raw) or len(raw.split()) > _TITLE:
            continue
        if int(found[1]) == 1:
            before = text[slice(*chunks[i - 1].lines[-1])] if i else ""
            runs.append([] if before.rstrip().endswith(":") else [i])
        elif int(found[1]) == len(runs[-1]) + 1 and runs[-1]:
            runs[-1].append(i)
    levels: dict[int, int] = {}
    for run in runs:
        if len(run) >= _CHAPTERS:
            above = chunks[run[0] - 1 : run[0]] if run[0] > _OPENING else []
            raw = text[above[0].lines[0][0] : above[0].lines[-1][1]] if above else ""
            below = above and _is_heading(raw, above[0], chunks[run[0] : run[0] + 1])
            levels |= dict.fromkeys(run, 3 if below else 2)
    return levels


def _assign(text: str, chunks: list[_Chunk]) -> None:
    in_notes = False
    chapters = _chapters(text, chunks)
    for i, chunk in enumerate(chunks):
        raw = text[chunk.lines[0][0] : chunk.lines[-1][1]]
        if i in chapters and not in_notes:
            chunk.role, chunk.level = Role.HEADING, chapters[i]
            continue
        if chunk.role is Role.LIST_ITEM and in_notes and _NOTE.match(raw):
            chunk.role, chunk.level = Role.FOOTNOTE, None
            continue
        if chunk.role is Role.PARAGRAPH and _is_heading(raw, chunk, chunks[i + 1 : i + 2]):
            section = 3 if chapters and _SECTION.match(raw) else 2
            chunk.role, chunk.level = Role.HEADING, 1 if i == 0 else section
            in_notes = bool(_NOTES_HEADING.match(raw))
        elif in_notes and _NOTE.match(raw):
            chunk.role = Role.FOOTNOTE
        elif raw.startswith(("“", '"')) and raw.rstrip().endswith(("”", '"')) and len(raw) > 60:
            chunk.role = Role.QUOTATION


def _is_heading(raw: str, chunk: _Chunk, following: list[_Chunk]) -> bool:
    words = raw.split()
    if len(chunk.lines) > 3 or len(words) > 18 or not following:
        return False
    if _END.search(raw) and not raw.rstrip().endswith("?"):
        return False
    return words[0][:1].isupper() or words[0][:1].isdigit()
