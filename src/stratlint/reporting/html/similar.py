"""Similarity of documents: a table to read, a heatmap to scan, a network to see groups."""

from __future__ import annotations

import math

from stratlint.records import Record, Similarity
from stratlint.reporting.index import Index

SIZE = 440
_RADIUS = 130
_LINE = 16
"""Letters of a label beyond which it takes two lines: more of them leave a phone's screen."""
MOST_DOCUMENTS = 60
"""A heatmap or a circle of more can be neither read nor loaded: those with most in common stay."""
MOST_PAIRS = 500
"""Pairs in the table, the most unusual first; similarity.graphml and the tables hold the rest."""


class Pair(Record):
    """Two documents, every measure as printed."""

    a: str
    b: str
    jaccard: str
    overlap: str
    z: str
    p: str
    corrected: str
    text: str
    jensen_shannon: str
    passages: int
    words: int
    unusual: bool


class Heat(Record):
    """One cell of the heatmap: the value as printed and the step that it falls in."""

    text: str
    bin: str
    kind: str


class Node(Record):
    """A document on the circle, and where its label goes."""

    label: str
    lines: tuple[str, ...]
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


class Edge(Record):
    """A line between two nodes; ``kind`` is ``claims`` or ``passages``."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str
    width: str


class Network(Record):
    """Nodes on a circle in the order of likeness, so that it is drawn alike every time."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Similar(Record):
    """Everything that the section shows, of ``total`` pairs of ``documents`` documents."""

    total: int
    documents: int
    labels: tuple[str, ...]
    heat: tuple[tuple[str, tuple[Heat | None, ...]], ...]
    pairs: tuple[Pair, ...]
    network: Network


def similar(index: Index) -> Similar | None:
    """The section's view, or None when nothing was compared."""
    comparison = index.result.comparison
    if comparison is None or not comparison.similarities:
        return None
    shared = _shared_words(index)
    found: dict[tuple[str, str], Similarity] = {}
    for s in comparison.similarities:
        found[s.a, s.b] = found[s.b, s.a] = s
    sources = _shown(index, found, shared)
    keyed = {
        (x, y): found.get((x, y)) or found.get((_name(index, x), _name(index, y)))
        for x in sources
        for y in sources
        if x != y
    }
    return Similar(
        total=int(comparison.statistics.get("pairs", len(comparison.similarities))),
        documents=len(index.ordered),
        labels=tuple(index.label(s) for s in sources),
        heat=tuple(
            (index.label(x), tuple(_heat(keyed, x, y, i, j) for j, y in enumerate(sources)))
            for i, x in enumerate(sources)
        ),
        pairs=_pairs(index, shared),
        network=_network(index, sources, keyed, shared),
    )


def _shown(
    index: Index,
    found: dict[tuple[str, str], Similarity],
    shared: dict[frozenset[str], tuple[int, int]],
) -> tuple[str, ...]:
    """Documents of the heatmap and the network, in the order of likeness."""
    sources = tuple(a.document.source for a in index.ordered)
    if len(sources) <= MOST_DOCUMENTS:
        return sources
    words = dict.fromkeys(sources, 0)
    alike = dict.fromkeys(sources, 0.0)
    for names, (_, count) in shared.items():
        for name in names & words.keys():
            words[name] += count
    for (name, _), pair in found.items():
        if name in alike and index.unusual(pair):
            alike[name] = max(alike[name], pair.z)
    best = sorted(sources, key=lambda s: (-words[s], -alike[s], s))[:MOST_DOCUMENTS]
    return tuple(source for source in sources if source in set(best))


def _name(index: Index, source: str) -> str:
    analysis = index.analysis(source)
    return analysis.name if analysis else source


def _shared_words(index: Index) -> dict[frozenset[str], tuple[int, int]]:
    """Passages and words that two documents share, apart from everyone's template."""
    comparison = index.result.comparison
    found: dict[frozenset[str], tuple[int, int]] = {}
    for passage in comparison.passages if comparison else ():
        if passage.template:
            continue
        holders = sorted({h.document for h in passage.holdings if h.role != "source"})
        for i, a in enumerate(holders):
            for b in holders[i + 1 :]:
                number, words = found.get(frozenset((a, b)), (0, 0))
                found[frozenset((a, b))] = (number + 1, words + passage.copied)
    return found


def _heat(
    keyed: dict[tuple[str, str], Similarity | None], x: str, y: str, i: int, j: int
) -> Heat | None:
    """Below the diagonal shared priorities, above it wording."""
    pair = keyed.get((x, y))
    if pair is None:
        return None
    value = round(pair.jaccard if j < i else pair.text, 2)
    return Heat(text=f"{value:.2f}", bin=f"s{_step(value)}", kind="claims" if j < i else "wording")


def _step(value: float) -> int:
    return sum(value >= edge for edge in (0.2, 0.4, 0.6, 0.8))


def _pairs(index: Index, shared: dict[frozenset[str], tuple[int, int]]) -> tuple[Pair, ...]:
    comparison = index.result.comparison
    made = []
    ranked = sorted(
        comparison.similarities if comparison else (), key=lambda s: (s.p, -s.z, s.a, s.b)
    )
    for s in ranked[:MOST_PAIRS]:
        first, second = index.analysis(s.a), index.analysis(s.b)
        key = frozenset(a.document.source for a in (first, second) if a is not None)
        passages, words = shared.get(key, (0, 0))
        made.append(
            Pair(
                a=index.label(s.a),
                b=index.label(s.b),
                jaccard=f"{s.jaccard:.2f}",
                overlap=f"{s.overlap:.2f}",
                z=f"{s.z:+.1f}".replace("-", "−"),
                p=_chance(s.p),
                corrected=_chance(s.p_adjusted),
                text=f"{s.text:.2f}",
                jensen_shannon=f"{s.jensen_shannon:.2f}",
                passages=passages,
                words=words,
                unusual=index.unusual(s),
            )
        )
    return tuple(made)


def _chance(p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _network(
    index: Index,
    sources: tuple[str, ...],
    keyed: dict[tuple[str, str], Similarity | None],
    shared: dict[frozenset[str], tuple[int, int]],
) -> Network:
    nodes = [_node(index.label(s), i, len(sources)) for i, s in enumerate(sources)]
    edges: list[Edge] = []
    for i, x in enumerate(sources):
        for j in range(i + 1, len(sources)):
            y = sources[j]
            pair = keyed.get((x, y))
            number, words = shared.get(frozenset((x, y)), (0, 0))
            if number:
                width = "w1" if words < 100 else "w2" if words < 300 else "w3"
                edges.append(_edge(nodes[i], nodes[j], "passages", width))
            if pair is not None and index.unusual(pair):
                edges.append(_edge(nodes[i], nodes[j], "claims", "w1"))
    return Network(nodes=tuple(nodes), edges=tuple(edges))


def _node(label: str, i: int, n: int) -> Node:
    angle = 2 * math.pi * i / n - math.pi / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    middle = SIZE / 2
    anchor = "middle" if abs(cosine) < 0.2 else "start" if cosine > 0 else "end"
    return Node(
        label=label,
        lines=_lines(label),
        x=round(middle + _RADIUS * cosine, 1),
        y=round(middle + _RADIUS * sine, 1),
        label_x=round(middle + (_RADIUS + 14) * cosine, 1),
        label_y=round(middle + (_RADIUS + 24) * sine + 6, 1),
        anchor=anchor,
    )


def _lines(label: str) -> tuple[str, ...]:
    """A label in one line, or parted at the space nearest to its middle."""
    spaces = [at for at, letter in enumerate(label) if letter == " "]
    if len(label) <= _LINE or not spaces:
        return (label,)
    at = min(spaces, key=lambda space: abs(space - len(label) / 2))
    return label[:at], label[at + 1 :]


def _edge(a: Node, b: Node, kind: str, width: str) -> Edge:
    return Edge(x1=a.x, y1=a.y, x2=b.x, y2=b.y, kind=kind, width=width)
