"""Marks in a file that set findings aside: what they name, and the text that they are about.

In Markdown and HTML a mark is an HTML comment. In plain text, which has no comments, it stands
on a line of its own and is no part of what is read. In Word and PDF it is a comment on the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from stratlint.documents.spots import line_starts
from stratlint.records import Mark, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from stratlint.records import Block, Document, Span

_MARK = re.compile(r"<!--\s*stratlint[\s:-]+(.{0,2000}?)-->", re.DOTALL | re.IGNORECASE)
_LINE = re.compile(r"\s*<!--\s*stratlint[\s:-]+[^\n]{0,2000}?-->\s*", re.IGNORECASE)
_NOTE = re.compile(r"^[ \t]*stratlint[ \t:-]+", re.MULTILINE | re.IGNORECASE)
_LONGEST = 2_000
"""Characters of a comment that are read as a mark, as those of a mark in a text."""
_ENDED = re.compile(r"</(?:p|h[1-6]|li|t[dhr]|[uod]l|d[td]|div|table|section)>\s*$", re.IGNORECASE)
_FORMS = ("ignore", "ignore-start", "ignore-end", "ignore-file")
_MOST = 1_000
"""Marks of one document that are heeded. A person writes a dozen; a file with more is no text."""
_SHORTEST = 3
"""Characters of a reason, as in the ignore file."""
_SHAPE = "<!-- {} -->"

Place = tuple[int, int]
"""A line and a column of the file, both from 1; in a file without lines an offset of its text."""


class Comment(NamedTuple):
    """A comment on a Word or PDF file, with the spans of the text that it is about.

    ``where`` says where it stands; ``missed`` why it is about nothing, where that is so.
    """

    text: str
    where: str
    spans: tuple[Span, ...]
    missed: str = ""


class _Written(NamedTuple):
    """A mark as it stands in the file; ``apart`` where it follows a paragraph that has ended.

    A comment is about ``spans``, from ``place`` to ``last``; ``line`` is its number in the file.
    """

    place: Place
    form: str
    rules: tuple[str, ...]
    reason: str
    fault: str = ""
    apart: bool = False
    line: int = 0
    where: str = ""
    shape: str = _SHAPE
    spans: tuple[Span, ...] | None = None
    last: Place | None = None


class _Stretch(NamedTuple):
    """A block by the places in the file of its first and its last character."""

    first: Place
    last: Place
    block: int


def is_mark_line(line: str) -> bool:
    """Whether a line of plain text is a mark and nothing else."""
    return "<!--" in line and _LINE.fullmatch(line) is not None


def marks_of(document: Document, source: str, code: Collection[int] = ()) -> tuple[Mark, ...]:
    """The marks of a document, each with the spans of its text that it is about.

    ``source`` is the text of the file; a mark on a line of ``code`` is shown, not meant.
    """
    if _MARK.search(source) is None:
        return ()
    written = [mark for mark in _written(source) if mark.place[0] not in code]
    return _matched(document, written, sorted(_stretches(document)))


def marks_in(document: Document, comments: Iterable[Comment]) -> tuple[Mark, ...]:
    """The marks among the comments on a Word or PDF file; each is about the text it is tied to."""
    written = list(islice(_commented(comments), _MOST + 1))
    if not written:
        return ()
    blocks = enumerate(document.blocks)
    return _matched(document, written, [_Stretch((b.start, 0), (b.end, 0), i) for i, b in blocks])


def _matched(
    document: Document, written: Sequence[_Written], stretches: Sequence[_Stretch]
) -> tuple[Mark, ...]:
    places = [mark.place for mark in written]
    found: list[Mark] = []
    opened: dict[str, _Written] = {}
    for mark in written[:_MOST]:
        if mark.fault:
            found.append(_told(mark, mark.fault))
        elif mark.form == "ignore-start":
            found += _begin(mark, opened)
        elif mark.form == "ignore-end":
            found += _end(mark, opened, document, stretches)
        elif mark.form == "ignore-file":
            found.append(_about(mark, mark.rules, whole=True))
        else:
            spans = mark.spans or _joined(document, _next(mark, document, stretches, places))
            fault = "" if spans else "no text follows that it could be about"
            found.append(_about(mark, mark.rules, spans=spans, fault=fault))
    for rule, start in opened.items():
        spans = _between(document, stretches, start.place, None)
        close = start.shape.format("stratlint ignore-end")
        fault = f"never ends, so it holds to the last line: close it with {close}"
        found.append(_about(start, (rule,), spans=spans, fault=fault))
    if len(written) > _MOST:
        found.append(
            _told(written[_MOST], f"more than {_MOST} marks: this and later ones are not heeded")
        )
    return tuple(sorted(found, key=lambda mark: (mark.line, mark.rules)))


def _written(source: str) -> Iterator[_Written]:
    starts = line_starts(source)
    for match in _MARK.finditer(source):
        if source[match.start() - 1 : match.start()] == "`":
            # Quoted as code: somebody explains marks.
            continue
        line = bisect_right(starts, match.start())
        place = (line, match.start() - starts[line - 1] + 1)
        ended = _ENDED.search(source, max(0, match.start() - 100), match.start()) is not None
        yield _read(match.group(1), place, line, f"line {line}")._replace(apart=ended)


def _commented(comments: Iterable[Comment]) -> Iterator[_Written]:
    """Each line of a comment that begins as a mark does, with what follows up to the next."""
    number = 0
    for comment in sorted(comments, key=lambda c: c.spans[:1]):
        starts = [*islice(_NOTE.finditer(comment.text), _MOST + 1)]
        ends = [m.start() for m in starts[1:]] + [len(comment.text)] * bool(starts)
        for start, end in zip(starts, ends, strict=True):
            words = comment.text[start.end() : min(end, start.end() + _LONGEST)]
            mark = _read(words, (-1, 0), number + 1, comment.where, shape="'{}'")
            if mark.form not in _FORMS and _closest(mark.form) is None:
                # Somebody writes about stratlint.
                continue
            number += 1
            if mark.form != "ignore-file" and not comment.spans:
                mark = mark._replace(fault=mark.fault or comment.missed)
            elif comment.spans:
                first, last = comment.spans[0][0], comment.spans[-1][1]
                mark = mark._replace(
                    # A stretch begins and ends with the text of its comments.
                    place=(first, -1),
                    last=(last, 0),
                    spans=comment.spans,
                )
            yield mark


def _read(words: str, place: Place, line: int, where: str, shape: str = _SHAPE) -> _Written:
    """The words of a mark behind the name: its form, its rules and its reason."""
    head, colon, reason = " ".join(words.split()).partition(":")
    form, *rules = re.split(r"[\s,]+", head.strip()) or [""]
    form, reason = form.lower(), reason.strip()
    rules = list(dict.fromkeys(filter(None, rules)))
    fault = _fault(form, rules, reason, shape, given=bool(colon))
    return _Written(place, form, tuple(rules), reason, fault, line=line, where=where, shape=shape)


def _closest(form: str) -> str | None:
    # What reads YAML takes a tenth of a second to load, and no other part of reading needs it.
    from stratlint.knowledge.yamlfile import nearest

    return nearest(form, _FORMS)


def _fault(form: str, rules: Sequence[str], reason: str, shape: str, *, given: bool) -> str:
    """What is wrong with the words of a mark, so that it cannot count; empty where nothing is."""
    how = f"write {shape.format('stratlint ignore SB005: why')}"
    if form not in _FORMS:
        close = _closest(form)
        hint = f"; did you mean '{close}'?" if close else f" (there are {', '.join(_FORMS)})"
        return f"'{form}' is no mark of stratlint{hint}"
    if form == "ignore-end":
        return ""
    if not rules:
        return f"names no rule, so it sets nothing aside: {how}"
    if len(reason) < _SHORTEST:
        said = f"the reason '{reason}' says too little" if given and reason else "gives no reason"
        return f"{said}, so it sets nothing aside: {how}"
    return ""


def _about(
    mark: _Written,
    rules: tuple[str, ...],
    *,
    spans: tuple[Span, ...] = (),
    whole: bool = False,
    fault: str = "",
) -> Mark:
    return Mark(
        line=mark.line, rules=rules, reason=mark.reason, spans=spans, whole=whole, fault=fault,
        where=mark.where,
    )  # fmt: skip


def _told(mark: _Written, fault: str) -> Mark:
    """A mark that sets nothing aside, and why."""
    return Mark(line=mark.line, rules=(), reason=mark.reason, fault=fault, where=mark.where)


def _stretches(document: Document) -> Iterator[_Stretch]:
    for index, block in enumerate(document.blocks):
        first = document.position_at(block.start)
        last = document.position_at(max(block.start, block.end - 1))
        if first is not None and last is not None:
            yield _Stretch(first, max(first, last), index)


def _next(
    mark: _Written, document: Document, stretches: Sequence[_Stretch], marks: Sequence[Place]
) -> list[int]:
    """The block that a mark stands in or behind on its line, else the one that follows.

    A page may be one line: there it is the one that follows, where the one before has ended.
    A list or a table that follows is one block, as its author sees it, up to the next mark.
    """
    place = mark.place
    number = bisect_right(stretches, place, key=lambda s: s.first)
    following = stretches[number:]
    between = mark.apart and bool(following) and following[0].first[0] == place[0]
    if number and not between:
        before = stretches[number - 1]
        if place[0] <= before.last[0]:
            return [before.block]
    if not following:
        return []
    found = [following[0].block]
    role = document.blocks[following[0].block].role
    if role not in (Role.LIST_ITEM, Role.TABLE_ROW):
        return found
    bound = next((other for other in marks if other > following[0].first), None)
    for stretch in following[1:]:
        block = document.blocks[stretch.block]
        if not _goes_on(document.blocks[found[-1]], block):
            break
        if bound is not None and stretch.first > bound:
            break
        found.append(stretch.block)
    return found


def _goes_on(block: Block, following: Block) -> bool:
    """Whether two blocks that follow each other are of one list or one table."""
    same_table = block.header == following.header
    return block.role is following.role and (block.role is Role.LIST_ITEM or same_table)


def _begin(mark: _Written, opened: dict[str, _Written]) -> Iterator[Mark]:
    for rule in mark.rules:
        if rule in opened:
            fault = f"{rule} is set aside already, by the 'ignore-start' at {opened[rule].where}"
            yield _told(mark, fault)
        else:
            opened[rule] = mark


def _end(
    mark: _Written,
    opened: dict[str, _Written],
    document: Document,
    stretches: Sequence[_Stretch],
) -> Iterator[Mark]:
    rules = mark.rules or tuple(opened)
    if not rules:
        yield _told(mark, "'ignore-end' ends nothing: no 'ignore-start' is above it")
    for rule in rules:
        start = opened.pop(rule, None)
        if start is None:
            yield _told(
                mark, f"'ignore-end {rule}' ends nothing: no 'ignore-start {rule}' is above"
            )
        else:
            spans = _between(document, stretches, start.place, mark.last or mark.place)
            yield _about(start, (rule,), spans=spans)


def _between(
    document: Document, stretches: Sequence[_Stretch], start: Place, end: Place | None
) -> tuple[Span, ...]:
    return _joined(
        document,
        [s.block for s in stretches if start < s.first and (end is None or s.first < end)],
    )


def _joined(document: Document, indexes: Sequence[int]) -> tuple[Span, ...]:
    """The spans of blocks, those that follow each other as one."""
    spans: list[tuple[int, int, int]] = []
    for index in sorted(indexes):
        block = document.blocks[index]
        if spans and spans[-1][2] == index - 1:
            spans[-1] = (spans[-1][0], block.end, index)
        else:
            spans.append((block.start, block.end, index))
    return tuple((start, end) for start, end, _ in spans)
