"""From pairs to passages: every holder of the same text in one cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stratlint.records import Alignment, Span

SAME_SPAN = 0.5
"""Two spans of one document are the same passage from this share of the longer of them."""
INSIDE = 0.8
"""A passage is part of another from this share of it within the other."""
NEAR = 200
"""The most characters between the two halves of a passage whose middle was changed."""
JOINT = 0.8
"""Two documents are one plan adopted twice from this share of the text of each."""


class Cluster(NamedTuple):
    """The spans that hold one passage, by document, and the alignments that say so."""

    spans: dict[str, Span]
    alignments: tuple[Alignment, ...]


class Groups:
    """Disjoint sets over numbers (Tarjan 1975)."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        """The representative of an item's set."""
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, a: int, b: int) -> None:
        """Make two sets one."""
        low, high = sorted((self.find(a), self.find(b)))
        self.parent[high] = low


def cluster(alignments: Sequence[Alignment]) -> list[Cluster]:
    """Alignments whose spans coincide in some document, joined over all documents.

    Single linkage over spans: where A–B and B–C name the same stretch of B, all three hold
    one passage. Each document's span is the union of its spans in the cluster; where it holds
    the passage more than once, far apart, of those at one place.
    """
    ends: dict[str, list[tuple[int, int, int]]] = {}
    for number, item in enumerate(alignments):
        ends.setdefault(item.a, []).append((item.a_start, item.a_end, number))
        ends.setdefault(item.b, []).append((item.b_start, item.b_end, number))
    groups = Groups(len(alignments))
    for spans in ends.values():
        _join_same(sorted(spans), groups)
    members: dict[int, list[Alignment]] = {}
    for number, item in enumerate(alignments):
        members.setdefault(groups.find(number), []).append(item)
    return [_cluster(items) for items in members.values()]


def _join_same(spans: list[tuple[int, int, int]], groups: Groups) -> None:
    """Join alignments that name the same span of one document (a sweep from left to right)."""
    open_spans: list[tuple[int, int, int]] = []
    for start, end, number in spans:
        open_spans = [item for item in open_spans if item[1] > start]
        for other_start, other_end, other in open_spans:
            common = min(end, other_end) - max(start, other_start)
            if common >= SAME_SPAN * max(end - start, other_end - other_start):
                groups.join(number, other)
        open_spans.append((start, end, number))


def _cluster(items: list[Alignment]) -> Cluster:
    spans: dict[str, list[Span]] = {}
    for item in items:
        spans.setdefault(item.a, []).append((item.a_start, item.a_end))
        spans.setdefault(item.b, []).append((item.b_start, item.b_end))
    places = {name: _place(spans[name]) for name in sorted(spans)}
    return Cluster(places, tuple(items))


def _place(spans: list[Span]) -> Span:
    """Where a document holds a passage: of several places that which most alignments name."""
    spans.sort()
    places: list[tuple[int, int, int]] = []
    for start, end in spans:
        if places and start <= places[-1][1] + NEAR:
            low, high, count = places[-1]
            places[-1] = (low, max(high, end), count + 1)
        else:
            places.append((start, end, 1))
    start, end, _ = max(places, key=lambda p: (p[2], p[1] - p[0], -p[0]))
    return start, end


def absorb(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Clusters without those that are a part of another with the same holders or more.

    Where one holder changed the middle of a passage, its two halves align on their own; the
    halves that lie within the whole elsewhere are the same passage.
    """
    by_document: dict[str, list[int]] = {}
    order = sorted(range(len(clusters)), key=lambda n: (-_length(clusters[n]), n))
    kept: dict[int, Cluster] = {}
    for number in order:
        part = clusters[number]
        first = next(iter(part.spans))
        whole = next(
            (n for n in by_document.get(first, []) if _is_part(part, kept[n])),
            None,
        )
        if whole is not None:
            if _is_near(part, kept[whole]):
                kept[whole] = _cluster([*kept[whole].alignments, *part.alignments])
            continue
        kept[number] = part
        for name in part.spans:
            by_document.setdefault(name, []).append(number)
    return [kept[number] for number in sorted(kept)]


def _length(found: Cluster) -> int:
    return max(end - start for start, end in found.spans.values())


def _is_part(part: Cluster, whole: Cluster) -> bool:
    if not part.spans.keys() <= whole.spans.keys():
        return False
    inside = 0
    for name, (start, end) in part.spans.items():
        low, high = whole.spans[name]
        inside += min(end, high) - max(start, low) >= INSIDE * (end - start)
    return 2 * inside > len(part.spans)


def _is_near(part: Cluster, whole: Cluster) -> bool:
    """Whether a part can be shown with the whole in one quotation of each holder."""
    return all(
        max(start, whole.spans[name][0]) - min(end, whole.spans[name][1]) <= NEAR
        for name, (start, end) in part.spans.items()
    )


def joint_documents(
    alignments: Sequence[Alignment],
    lengths: dict[str, int],
    equal: Iterable[tuple[str, str]] = (),
) -> list[tuple[str, ...]]:
    """Groups of documents that are, for the most part, one text.

    ``lengths`` are the documents' body lengths in characters, ``equal`` are pairs known to be one
    text, whatever could be aligned. A plan that several councils adopt together is one document,
    and not a thousand copied passages.
    """
    by_pair: dict[tuple[str, str], list[Alignment]] = {}
    for item in alignments:
        by_pair.setdefault((item.a, item.b), []).append(item)
    names = sorted(lengths)
    number = {name: index for index, name in enumerate(names)}
    groups = Groups(len(names))
    for (a, b), items in by_pair.items():
        first = _covered([(i.a_start, i.a_end) for i in items]) / max(1, lengths[a])
        second = _covered([(i.b_start, i.b_end) for i in items]) / max(1, lengths[b])
        if min(first, second) >= JOINT:
            groups.join(number[a], number[b])
    for a, b in equal:
        groups.join(number[a], number[b])
    members: dict[int, list[str]] = {}
    for name in names:
        members.setdefault(groups.find(number[name]), []).append(name)
    return [tuple(group) for group in members.values() if len(group) > 1]


def _covered(spans: list[Span]) -> int:
    total, end = 0, 0
    for start, stop in sorted(spans):
        start = max(start, end)
        if stop > start:
            total += stop - start
            end = stop
    return total
