"""Headings, titles and numbered aims that choose: 'Our clusters', 'Mission 2: …'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stratlint.language.commitment.layout import layout
from stratlint.language.commitment.reading import CHOICE, LEAST, NUMBERS, QUOTED, Opening
from stratlint.records import Form, Polarity, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.layout import layout
    from stratlint.language.commitment.outline import Part
from stratlint.language.commitment.reading import Entry, Raw, Reading
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/commitment/headed.yaml``."""

    aims: frozenset[str]
    aim: ExactWordings
    kinds: Wordings
    offered: Wordings
    choices: tuple[str, ...]
    chapters: tuple[str, ...]
    reference: Wordings


_wordings = words_of("commitment/headed", Words)
_SHORT = 7
"""Words of a heading over sectors that is a mere name: 'Sector invitations'."""
_FIRST = 4
"""Words before its sector in a heading that undertakes something for it."""


def headings(reading: Reading) -> Iterator[Raw]:
    """The declarations that headings make of what stands below them, or of what they count."""
    for part in reading.outline.parts:
        if part.kind == "heading":
            yield from _of_heading(reading, part)
    yield from _series(reading)
    yield from _urged(reading)
    yield from _referred(reading)


def _of_heading(reading: Reading, heading: Part) -> Iterator[Raw]:
    """The headings or the titles that a heading governs."""
    below = reading.below.get(heading.index, [])
    end = reading.inside(heading)
    children = _kept(reading, [p for p in below if p.kind == "heading"])
    titled = [p for p in below if p.kind == "text"]
    if not children and not titled:
        children, end = _beside(reading, heading)
    for parts, form in ((children, Form.HEADINGS), (titled, Form.RUN_IN_HEADINGS)):
        # Most headings stand over no sector, and what they say is not asked then.
        if not parts or not reading.has_hit(parts[0].start, reading.outline.parts[end].end):
            continue
        said = reading.announced(heading, parts) or reading.opening(heading)
        if form is Form.HEADINGS and (said is None or said.polarity is Polarity.SUPPORT):
            said = _offered(reading, heading, children) or said
        if said is None or said.polarity not in CHOICE:
            continue
        kinds = _wordings().kinds.search(reading.outline.words(heading)) is not None
        entries = [(p, g) for p, g in reading.entries(parts, end, said.number, kinds=kinds) if g]
        if not entries or (len(entries) < LEAST and len(entries) < len(parts)):
            continue
        extent = (heading.start, reading.outline.parts[end].end)
        yield reading.declare(said, form, entries, heading, extent, _ended(reading, end))
        return


def _kept(reading: Reading, children: list[Part]) -> list[Part]:
    """Headings up to one that leaves out what follows: plain text has no levels to end it."""
    for place, part in enumerate(children):
        if layout().section(reading.outline.words(part)) == "out":
            return children[: place + 1]
    return children


def _beside(reading: Reading, heading: Part) -> tuple[list[Part], int]:
    """The headings that a heading governs where all have one level, and the last part below them.

    Plain text has no levels: there the headings that follow and name a sector each are those.
    """
    parts = reading.outline.parts
    if reading.outline.document.reader != "text" or heading.mark == "number":
        return [], heading.index
    found: list[Part] = []
    end = heading.index
    for index in range(heading.index + 1, len(parts)):
        part = parts[index]
        if part.kind != "heading" or part.under != heading.under:
            continue
        words = reading.outline.words(part)
        if not reading.named_title(part) or len(words.split()) > _SHORT or reading.opening(part):
            break
        found.append(part)
        end = reading.inside(part)
    return (found, end) if len(found) >= LEAST else ([], heading.index)


def _offered(reading: Reading, heading: Part, children: Sequence[Part]) -> Opening | None:
    """What a heading says that only names what stands under it: 'Sector invitations'.

    In 22 documents read by two people all of the sectors that such headings, or headings that
    choose, stood over were what the document chose; half of the headings below it must name one.
    """
    words = reading.outline.words(heading)
    named = sum(bool(reading.named_title(part)) for part in children)
    if (
        len(words.split()) > _SHORT
        or named < max(LEAST, len(children) / 2)
        or not (_wordings().offered.search(words) and layout().offers.search(words))
        or layout().section(words)
        or layout().is_figure(words.lower())
    ):
        return None
    return Opening(Polarity.CHOSEN, Voice.OWN, (heading.start, heading.end))


def _ended(reading: Reading, last: int) -> str:
    """What ends a section whose last part is given."""
    if last + 1 >= len(reading.outline.parts):
        return "the end of the text"
    words = reading.outline.words(reading.outline.parts[last + 1])
    return f"the heading “{words[:QUOTED]}”"


def _series(reading: Reading) -> Iterator[Raw]:
    """Headings, titles or lines that count aims: 'Mission 1: …', 'Objective 2: …'."""
    series: dict[tuple[int | None, str], list[Part]] = {}
    for part in reading.outline.parts:
        label, _ = reading.outline.label(part)
        if label in _wordings().aims or _wordings().aim.fullmatch(label):
            series.setdefault((_under(reading, part, label), label), []).append(part)
    for (_, label), parts in series.items():
        entries = [(p, g) for p in parts if (g := reading.named_title(p))]
        if not entries or len(parts) < LEAST:
            continue
        first = parts[0]
        begin = reading.outline.document.blocks[first.block].start
        opening = Opening(
            Polarity.CHOSEN,
            Voice.OWN,
            (begin, max(begin, reading.outline.label(first)[1])),
            sure=label in _wordings().choices,
        )
        extent = (first.start, parts[-1].end)
        yield reading.declare(
            opening, Form.OBJECTIVES, entries, first, extent, "the last of its numbers"
        )


def _under(reading: Reading, part: Part, label: str) -> int | None:
    """The heading over an aim; not the first of its own count, which plain text takes for it."""
    above = reading.above(part)
    return (
        above.under
        if above is not None and reading.outline.label(above)[0] == label
        else part.under
    )


def _urged(reading: Reading) -> Iterator[Raw]:
    """Headings side by side that each undertake something for a sector: 'Accelerate tourism'."""
    rows: dict[int | None, list[Entry]] = {}
    for part in reading.outline.parts:
        if part.kind == "heading" and layout().urges.match(reading.text, part.start):
            hits = reading.named_title(part)
            above = reading.above(part)
            urged = above is not None and layout().urges.match(reading.text, above.start)
            under = above.under if above is not None and urged else part.under
            if hits and _before(reading, part, hits) <= _FIRST:
                rows.setdefault(under, []).append((part, hits))
    for entries in rows.values():
        if len(entries) < LEAST:
            continue
        first, last = entries[0][0], entries[-1][0]
        opening = Opening(Polarity.CHOSEN, Voice.OWN, (first.start, first.end))
        extent = (first.start, last.end)
        yield reading.declare(
            opening, Form.OBJECTIVES, entries, first, extent, "the last heading of its kind"
        )


def _referred(reading: Reading) -> Iterator[Raw]:
    """Chapters that a sentence counts by what they are: 'the four specialisms of chapter 3'."""
    chapters = {
        p.count: p
        for p in reading.outline.parts
        if p.kind == "heading" and p.mark in _wordings().chapters
    }
    for found in _wordings().reference.finditer(reading.text) if chapters else ():
        heading = chapters.get(tuple(int(n) for n in found["where"].split(".")))
        if heading is None or reading.opening(heading) is not None:
            continue
        parts = [p for p in reading.below.get(heading.index, []) if p.kind == "heading"]
        if len(parts) != NUMBERS.get(found["number"].lower()):
            continue
        end = reading.inside(heading)
        entries = [(p, g) for p, g in reading.entries(parts, end, len(parts), kinds=True) if g]
        opening = Opening(Polarity.CHOSEN, Voice.OWN, found.span(), number=len(parts))
        extent = (heading.start, reading.outline.parts[end].end)
        if entries:
            yield reading.declare(
                opening, Form.HEADINGS, entries, heading, extent, _ended(reading, end)
            )


def _before(reading: Reading, part: Part, hits: Sequence[int]) -> int:
    return len(reading.text[part.start : reading.hits[hits[0]].start].split())
