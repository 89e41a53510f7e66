"""GraphML: the network of similar documents and the network of places, for Gephi and others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from stratlint.records import AuditResult
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index

Value = str | int | float | bool
_TYPES: Mapping[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def similarity(result: AuditResult) -> bytes:
    """Documents as nodes; every pair that was compared as an edge with its measures."""
    graph = _Graph(result.title, directed=False)
    index = Index(result)
    for analysis in index.ordered:
        graph.add_node(
            index.slug(analysis.document.source),
            label=index.label(analysis.document.source),
            document=one_line(analysis.document.source),
            year=analysis.document.year or 0,
            priorities=len(analysis.priorities),
            findings=len(index.findings(analysis)),
        )
    comparison = result.comparison
    for pair in comparison.similarities if comparison else ():
        if index.analysis(pair.a) is None or index.analysis(pair.b) is None:
            continue
        graph.add_edge(
            index.slug(pair.a),
            index.slug(pair.b),
            weight=float(pair.jaccard),
            jaccard=float(pair.jaccard),
            overlap=float(pair.overlap),
            z=float(pair.z),
            p=float(pair.p),
            text=float(pair.text),
            jensen_shannon=float(pair.jensen_shannon),
        )
    return graph.write()


def places(result: AuditResult) -> bytes:
    """Which document names which place, and how often; edges run from document to place."""
    graph = _Graph(result.title, directed=True)
    index = Index(result)
    for analysis in index.ordered:
        document = f"document:{index.slug(analysis.document.source)}"
        graph.add_node(document, label=index.label(analysis.document.source), kind="document")
        for place in sorted(analysis.places, key=lambda p: (p.kind, p.name, p.start)):
            name = one_line(place.name)
            node = f"place:{place.kind}:{name}"
            graph.add_node(node, label=name, kind=place.kind, region=one_line(place.region or ""))
            count = int(graph.edge(document, node).get("weight", 0))
            inside = place.region is not None and place.region == analysis.document.region
            graph.add_edge(document, node, weight=count + 1, own_region=inside)
    return graph.write()


class _Graph:
    """Nodes and edges with typed attributes, in the order in which they come."""

    def __init__(self, title: str, *, directed: bool) -> None:
        self._title = one_line(title)
        self._direction = "directed" if directed else "undirected"
        self._nodes: dict[str, dict[str, Value]] = {}
        self._edges: dict[tuple[str, str], dict[str, Value]] = {}

    def add_node(self, node: str, **values: Value) -> None:
        """Add a node, or values to one that is there."""
        self._nodes.setdefault(node, {}).update(values)

    def add_edge(self, a: str, b: str, **values: Value) -> None:
        """Add an edge, or replace the values of one that is there."""
        self._edges[a, b] = values

    def edge(self, a: str, b: str) -> Mapping[str, Value]:
        """The values of an edge; none where there is no such edge."""
        return self._edges.get((a, b), {})

    def write(self) -> bytes:
        """The graph as a GraphML file."""
        root = ET.Element("graphml", xmlns=_NAMESPACE)
        keys = {
            **_keys(root, "node", self._nodes.values()),
            **_keys(root, "edge", self._edges.values()),
        }
        graph = ET.SubElement(root, "graph", edgedefault=self._direction, id=self._title)
        for node, values in self._nodes.items():
            _data(ET.SubElement(graph, "node", id=node), "node", values, keys)
        for (a, b), values in self._edges.items():
            _data(ET.SubElement(graph, "edge", source=a, target=b), "edge", values, keys)
        ET.indent(root)
        written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return written


def _keys(
    root: ET.Element, domain: str, rows: Iterable[Mapping[str, Value]]
) -> dict[tuple[str, str], str]:
    """Declare each attribute once and give its identifier by domain and name."""
    keys: dict[tuple[str, str], str] = {}
    for name, value in (item for row in rows for item in row.items()):
        if (domain, name) not in keys:
            keys[domain, name] = f"{domain}-{name}"
            declared = {"id": f"{domain}-{name}", "for": domain, "attr.name": name}
            ET.SubElement(root, "key", {**declared, "attr.type": _TYPES[type(value)]})
    return keys


def _data(
    element: ET.Element,
    domain: str,
    values: Mapping[str, Value],
    keys: Mapping[tuple[str, str], str],
) -> None:
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        ET.SubElement(element, "data", key=keys[domain, name]).text = text
