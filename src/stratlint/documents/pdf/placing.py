"""Words whose place on the page is not their place in the text.

Drop capitals, watermarks, lines from right to left, and what is typed into forms.
"""

from __future__ import annotations

import re
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from stratlint.documents.pdf.words import RIGHT_TO_LEFT
from stratlint.documents.repair.lexicon import frequency, is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.documents.pdf.segments import Segment
    from stratlint.documents.pdf.words import RawPage, Word
    from stratlint.records import BBox

_INITIAL = re.compile(r"[\"'“‘(«]{0,2}[^\W\d_a-zß-ÿ]$")
_LARGER = 1.45
"""How much larger than the text an initial is: one of two lines is 1.8 to 2.4 times as large."""
_WORDS_OF_ONE = frozenset("AIO")
_DISPLAY = 18.0
"""Points of type from which lines are a title, not text."""
_CAPITAL = 0.72
"""Height of a capital in sizes of its type, in most fonts."""
_MARK = 1.8
"""How much larger than the text a watermark is."""
_CROSSED = 3
"""Words that must stand upon a large one before it is a watermark: titles touch one or two."""
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_LABEL_GAP = 160.0
"""Points between a field of a form and the label that stands before it."""


def place_words(page: RawPage) -> None:
    """Put right what a page's words say of their place, before lines are made of them."""
    words = page.words
    if len(words) >= 6:
        usual = median(w.size for w in words)
        if any(w.size >= _LARGER * usual for w in words):
            _join_initials(page, usual)
            _take_watermarks(page, usual)
    _mark_right_to_left(page.words)


def _join_initials(page: RawPage, usual: float) -> None:
    """Give drop capitals to the words that they begin.

    The lines beside one begin where it does, as far as paragraphs go.
    """
    gone: set[int] = set()
    for initial in page.words:
        if initial.size < _LARGER * usual or initial.turn or not _INITIAL.match(initial.text):
            continue
        lines = _lines_beside(initial, page.words)
        if not lines:
            continue
        first = lines[0]
        if len(lines) == 1:
            # A large letter on the line itself: the rest of its word touches it.
            on_line = abs(first.base - initial.base) <= 0.1 * initial.size
            if not on_line or first.x0 - initial.x1 > 0.3 * first.size or not first.text.islower():
                continue
        else:
            high = initial.base - _CAPITAL * initial.size
            level = abs(high - (first.base - _CAPITAL * first.size)) <= 0.7 * first.size
            if not level or abs(lines[-1].base - initial.base) > 0.5 * first.size:
                continue
        for line in _begun_by(initial, lines):
            line.text = _begun(initial.text, line.text)
        first.glued, first.space = False, "\n"
        for line in lines:
            line.x0 = min(line.x0, initial.x0)
        gone.add(id(initial))
    if gone:
        page.words = [w for w in page.words if id(w) not in gone]


def _lines_beside(initial: Word, words: Sequence[Word]) -> list[Word]:
    """The first words of the lines to the right of a large letter, from the top."""
    top = initial.base - 0.95 * initial.size
    beside = [
        w
        for w in words
        if not w.turn
        and w.size <= initial.size / 1.3
        and top < w.base <= initial.base + 0.4 * w.size
        and -0.4 * w.size <= w.x0 - initial.x1 <= 1.6 * w.size
    ]
    beside.sort(key=lambda w: (w.base, w.x0))
    lines: list[Word] = []
    for word in beside:
        if not lines or word.base - lines[-1].base > 0.5 * word.size:
            lines.append(word)
    return lines


def _begun_by(initial: Word, lines: Sequence[Word]) -> Sequence[Word]:
    """The lines that an initial belongs to: the first, or each word of a title set in a block."""
    display = all(w.size >= _DISPLAY and w.text.islower() for w in lines)
    whole = all(is_word(initial.text + w.text) for w in lines[1:])
    return lines if display and whole else lines[:1]


def _begun(initial: str, word: str) -> str:
    """A word with its initial, or a word of one letter and the next word."""
    bare = word.rstrip(".,;:!?’'\"”)")
    if initial[-1] in _WORDS_OF_ONE and frequency(bare) > frequency(initial[-1] + bare):
        return f"{initial} {word}"
    return initial + word


def _take_watermarks(page: RawPage, usual: float) -> None:
    """Set large words aside on which the lines of the text stand."""
    large = [w for w in page.words if w.size >= _MARK * usual and len(w.text) > 1]
    if not large:
        return
    marks: list[Word] = []
    for word in large:
        x0, top, x1, bottom = _ink(word)
        upon = 0
        for other in page.words:
            if other.size > word.size / 1.5:
                continue
            middle = other.base - 0.3 * other.size if not other.turn else other.top
            if top < middle < bottom and other.x0 < x1 and other.x1 > x0:
                upon += 1
        if upon >= _CROSSED:
            marks.append(word)
    if not marks:
        return
    like = {(round(w.size, 1), w.turn, id(w.font)) for w in marks}
    away = {
        id(w)
        for w in large
        if (round(w.size, 1), w.turn, id(w.font)) in like
        and any(abs(w.base - m.base) < 0.3 * m.size for m in marks)
    }
    page.aside += [w for w in page.words if id(w) in away]
    page.words = [w for w in page.words if id(w) not in away]


def _ink(word: Word) -> BBox:
    """Where the letters of a word stand, without the room above and below them."""
    if word.turn in (0, RIGHT_TO_LEFT):
        return word.x0, word.base - 0.65 * word.size, word.x1, word.base
    return word.x0, word.top, word.x1, word.bottom


def _mark_right_to_left(words: list[Word]) -> None:
    """Turn lines of Hebrew or Arabic, with the numbers and names in them, to their direction."""
    if not _RTL.search("".join([w.text for w in words])):
        return
    for _, run in groupby(words, key=lambda w: (round(w.base / 2), w.turn)):
        line = list(run)
        if line[0].turn:
            continue
        letters = sum(len(w.text) for w in line)
        if 2 * sum(len(_RTL.findall(w.text)) for w in line) > letters:
            for word in line:
                word.turn = RIGHT_TO_LEFT


def join_fields(segments: list[Segment], fields: Sequence[BBox]) -> list[Segment]:
    """Put what is typed into a field behind the label that stands before it, on one line."""
    rest = list(segments)
    for x0, top, x1, bottom in fields:
        typed = [
            s
            for s in rest
            if x0 - 2 <= (s.x0 + s.x1) / 2 <= x1 + 2
            and top - 2 <= s.base - 0.3 * s.size <= bottom + 2
            and not s.turn
        ]
        if not typed:
            continue
        typed.sort(key=lambda s: (s.base, s.x0))
        label = _label(rest, typed[0], (x0, top, x1, bottom))
        head = label or typed[0]
        following = typed if label is not None else typed[1:]
        head.text = " ".join([head.text, *(s.text for s in following)])
        head.x1, head.last = max(s.x1 for s in (head, *typed)), typed[-1].last
        taken = {id(s) for s in following}
        rest = [s for s in rest if id(s) not in taken]
    return rest


def _label(segments: Sequence[Segment], typed: Segment, field: BBox) -> Segment | None:
    x0, top, _, bottom = field
    near = [
        s
        for s in segments
        if s is not typed
        and not s.turn
        and s.table is None
        and -2 <= x0 - s.x1 <= _LABEL_GAP
        and top - s.size <= s.base <= bottom + 0.5 * s.size
    ]
    return max(near, key=lambda s: (s.x1, -abs(s.base - typed.base)), default=None)
