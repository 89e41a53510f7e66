"""Lists that choose, refuse or report: by what leads into them, by labels, by what follows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.language.commitment.layout import label, layout, said_by
from stratlint.language.commitment.lists import listings, named_in_cell
from stratlint.language.commitment.reading import BODY, CHOICE, LABEL, LEAST, PLAIN_MARKS, Opening
from stratlint.language.commitment.reading import wordings as reading_wordings
from stratlint.language.commitment.short import SHORT
from stratlint.records import Form, Polarity, Voice
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stratlint.language.commitment.lists import Listing
    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.reading import Entry, Raw, Reading

BARE, SHARE = 8, 0.6
"""Words of an item that is little but a name, and share of such items in a list of sectors."""
_COUNTS = {word: n for n, word in enumerate("one two three four five six".split(), 1)}


class Words(WordFile):
    """``rules/language/commitment/listed.yaml``."""

    struck: Wordings
    denies: Wordings
    aims: Wordings
    speaks: Wordings
    tells: Wordings
    asks: Wordings
    only: Wordings
    ordinals: tuple[str, ...]


_wordings = words_of("commitment/listed", Words)
_TICK = re.compile(r"[✓✔☑✅]")


def lists(reading: Reading) -> Iterator[Raw]:
    """The declarations of a document's lists, and of lines that begin with labels."""
    chosen = False
    for listing in listings(reading.outline):
        found = list(_of_list(reading, listing, first=not chosen))
        chosen = chosen or any(raw.declaration.chooses for raw in found)
        yield from found
    yield from _labelled_lines(reading)


def _of_list(reading: Reading, listing: Listing, *, first: bool) -> Iterator[Raw]:
    labelled = list(_labelled(reading, listing.items))
    if labelled:
        yield from _by_labels(reading, labelled, listing.end, listing.ended_by)
        return
    counts = bool(listing.items[0].count)
    entries = [(item, reading.named(item)) for item in listing.items]
    if not counts and not any(group for _, group in entries):
        return
    opening, part = _leads(reading, listing)
    if counts and opening is not None:
        last = _last_of(reading, listing)
        entries = reading.entries(listing.items, last, opening.number, kinds=False)
    if not any(group for _, group in entries):
        return
    back = taken_back(reading, listing.items[-1])
    form = listing.form
    if back is not None and (opening is None or opening.polarity not in CHOICE):
        opening = back[0]
    if opening is None or opening.polarity in (Polarity.SUPPORT, Polarity.STRENGTH):
        opening = _intended(reading, listing, entries, first=first) or opening
    if opening is None and listing.lead is not None:
        opening, form = _aimed(reading, listing.lead), Form.OBJECTIVES
    if opening is None:
        return
    most = back[1] if back is not None else None
    kept: list[Entry] = []
    dropped: list[Entry] = []
    ticked = any(_TICK.search(_line(reading, item)) for item in listing.items)
    for place, (item, group) in enumerate(entries):
        out = _is_out(reading, item, group, ticked=ticked) or (most or place + 1) <= place
        (dropped if out else kept).append((item, group))
    extent = (listing.items[0].start, listing.end)
    # A list of which few items name a sector is a list of something else.
    filled = [(item, group) for item, group in kept if group]
    sure = opening.sure and len(filled) * 2 >= len(kept)
    if filled:
        yield reading.declare(
            opening._replace(sure=sure), form, filled, part, extent, listing.ended_by
        )
    left = [(item, group) for item, group in dropped if group]
    if left and opening.polarity is Polarity.CHOSEN:
        refused = opening._replace(polarity=Polarity.REFUSED, number=None)
        yield reading.declare(refused, form, left, part, extent, listing.ended_by)


def _last_of(reading: Reading, listing: Listing) -> int:
    """The index of the last part below the last item of a list."""
    index = listing.items[-1].index
    for part in reading.outline.parts[index + 1 : index + 1 + BODY]:
        if part.kind != "text" or part.title is not None:
            break
        index = part.index
    return index


# What leads into a list ------------------------------------------------------------------------


def _leads(reading: Reading, listing: Listing) -> tuple[Opening | None, Part]:
    """What leads into a list: its lead-in, or the heading above where that only points."""
    lead, first = listing.lead, listing.items[0]
    above = reading.above(first)
    if first.count and len(listing.items) >= LEAST:
        counted = reading.announced(above, listing.items)
        if counted is not None and counted.number is not None:
            return counted, lead or first
    opening = reading.opening(lead)
    if opening is not None and lead is not None:
        return opening, lead
    if lead is None or lead.kind == "heading" or _only_points(reading, lead) or first.count:
        heading = lead if lead is not None and lead.kind == "heading" else above
        opening = reading.opening(heading)
        if opening is not None and heading is not None:
            return opening, heading
    return None, first


def _only_points(reading: Reading, lead: Part) -> bool:
    """Whether a lead-in says nothing of its own: 'They are:', 'These are as follows:'."""
    words = reading.outline.words(lead)
    return len(words.split()) <= LABEL and reading_wordings().back.match(words) is not None


def _intended(
    reading: Reading, listing: Listing, entries: Sequence[Entry], *, first: bool
) -> Opening | None:
    """What a lead-in without a word of choice says of bare names by its tense.

    In a short text the ``first`` list is the choice unless its lead-in tells of something else.
    """
    lead = listing.lead
    if lead is None or lead.kind == "heading":
        return None
    bare = [
        item
        for item, group in entries
        if group and len(reading.text[item.start : item.end].split()) <= BARE
    ]
    if len(bare) < max(LEAST, SHARE * len(entries)):
        return None
    spans = list(reading.spans(lead))
    start = spans[-1][0] if spans else lead.start
    words = reading.text[start : lead.end]
    known = layout()
    asks = words.rstrip().endswith("?")
    if asks and not (first and len(reading.sentences) <= SHORT and _wordings().asks.match(words)):
        return None
    if known.reports.search(words) or words.rstrip().endswith("."):
        return None
    if not (asks or known.intends.search(words)) and not (
        words.rstrip().endswith((":", "–", "—"))
        and (_wordings().speaks.search(words) or (first and len(reading.sentences) <= SHORT))
        and not _wordings().tells.search(words)
    ):
        return None
    polarity = Polarity.REFUSED if _wordings().denies.search(words) else Polarity.CHOSEN
    return Opening(polarity, Voice.OWN, (start, lead.end), sure=False)


def _aimed(reading: Reading, lead: Part) -> Opening | None:
    """What a lead-in of aims says of the sectors of each."""
    words = reading.outline.words(lead)
    if len(words.split()) > 2 * LABEL or not _wordings().aims.match(words):
        return None
    return Opening(Polarity.CHOSEN, Voice.OWN, (lead.start, lead.end), sure=False)


def taken_back(reading: Reading, last: Part) -> tuple[Opening, int | None] | None:
    """What the text behind a list says of it: 'All four have been adopted.'

    With it comes how many of the first it is said of, where it is not said of all.
    """
    following = reading.outline.parts[last.index + 1 : last.index + 2]
    if not following or following[0].kind != "text":
        return None
    for statement in reading.said(following[0]):
        found = reading_wordings().back.match(reading.text, statement.start)
        if statement.members or found is None:
            return None
        polarity = Polarity(statement.polarity)
        if polarity in CHOICE:
            opening = Opening(polarity, Voice(statement.voice), (statement.start, statement.end))
            return opening, _COUNTS.get((found["first"] or "").lower())
    return None


def _line(reading: Reading, item: Part) -> str:
    """The line of an item, with the marks around it."""
    end = reading.text.find("\n", item.end)
    begin = reading.text.rfind("\n", 0, item.start) + 1
    return reading.text[begin : end if end >= 0 else len(reading.text)]


def _is_out(reading: Reading, item: Part, group: Sequence[int], *, ticked: bool) -> bool:
    """Whether an item of a list is refused: struck out, not ticked, or in so many words."""
    line = _line(reading, item)
    if _wordings().struck.search(line) or (ticked and not _TICK.search(line)):
        return True
    refused = {
        hit
        for s in reading.said(item)
        if s.polarity == "refused" and s.sure and s.voice in ("own", "adopted")
        for hit in s.members
    }
    return bool(group) and set(group) <= refused


# Labels ----------------------------------------------------------------------------------------


def _labelled(
    reading: Reading, parts: Sequence[Part]
) -> Iterator[tuple[Part, int, Polarity | None, tuple[int, ...]]]:
    """Parts that each begin with a label: where it ends, what it says, what stands behind it.

    Nothing where no label chooses, or where the parts are not labelled throughout.
    """
    found = []
    for part in parts:
        stop = reading.text.find(":", part.start, part.end)
        words = reading.text[part.start : stop] if stop > 0 else ""
        if part.mark not in PLAIN_MARKS:
            # 'Tier 1: a and b': the mark of the item is its label.
            stop, words = part.start - 1, f"{part.mark} {part.count[-1]}"
        if not words or len(words.split()) > LABEL:
            return
        group = named_in_cell(reading.text, stop + 1, part.end, reading.hits, reading.starts)
        found.append((part, stop, said_by(label(words)), group))
    if any(polarity is Polarity.CHOSEN for _, _, polarity, _ in found) and len(found) >= LEAST:
        yield from found


def _labelled_lines(reading: Reading) -> Iterator[Raw]:
    """Lines of one paragraph that begin with labels: 'Now: a.' above 'Not in this plan: b.'"""
    by_block: dict[int, list[Part]] = {}
    for part in reading.outline.parts:
        if part.kind == "text" and not part.mark:
            by_block.setdefault(part.block, []).append(part)
    for parts in by_block.values():
        if len(parts) >= LEAST:
            labelled = list(_labelled(reading, parts))
            if labelled:
                yield from _by_labels(
                    reading, labelled, parts[-1].end, "the last line that has a label"
                )


def _by_labels(
    reading: Reading,
    labelled: Sequence[tuple[Part, int, Polarity | None, tuple[int, ...]]],
    end: int,
    ended_by: str,
) -> Iterator[Raw]:
    """What labels say of what stands behind each, and what the text after them says of them."""
    settled = _named_after(reading, labelled)
    extent = (labelled[0][0].start, end)
    for place, (part, stop, polarity, group) in enumerate(labelled):
        said = settled.get(place, polarity)
        if said is not None and group:
            span = (reading.outline.document.blocks[part.block].start, max(part.start, stop))
            span = (part.start, stop) if stop > part.start else span
            opening = Opening(said, Voice.OWN, span, tier=place + 1)
            entries: list[Entry] = [(part, (hit,)) for hit in group]
            yield reading.declare(opening, Form.BULLETS, entries, part, extent, ended_by)


def _name(reading: Reading, part: Part, stop: int) -> str:
    if part.mark not in PLAIN_MARKS:
        return f"{part.mark} {part.count[-1]}"
    return label(reading.text[part.start : stop])


def _named_after(
    reading: Reading,
    labelled: Sequence[tuple[Part, int, Polarity | None, tuple[int, ...]]],
) -> dict[int, Polarity]:
    """What a sentence behind labelled items says of some of them, by their labels or places.

    'Gold and silver sectors each get a manager.' 'Only the first class are priorities.'
    """
    index = labelled[-1][0].index
    following = reading.outline.parts[index + 1 : index + 2]
    if not following or following[0].kind != "text":
        return {}
    found: dict[int, Polarity] = {}
    for start, end in reading.spans(following[0]):
        words = reading.text[start:end].lower()
        named = [
            place
            for place, (part, stop, _, _) in enumerate(labelled)
            if re.search(rf"\b{re.escape(_name(reading, part, stop))}\b", words)
            or (place < len(_wordings().ordinals) and f"{_wordings().ordinals[place]} " in words)
        ]
        chooses = any(
            s.polarity == "chosen" for s in reading.said(following[0]) if s.start == start
        ) or re.search(r"\b(?:receive|get|have|given)\b", words)
        if named and chooses and not _wordings().denies.search(words):
            found |= dict.fromkeys(named, Polarity.CHOSEN)
            if _wordings().only.search(words):
                others = set(range(len(labelled))) - set(named)
                found |= dict.fromkeys(others, Polarity.REFUSED)
    return found
