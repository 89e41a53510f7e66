"""GraphML: the network of similar documents and the network of places, for Gephi and others."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from stratlint.records import AuditResult
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index

if TYPE_CHECKING:
    import networkx as nx


def similarity(result: AuditResult) -> bytes:
    """Documents as nodes; every pair that was compared as an edge with its measures."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(name=one_line(result.title))
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
    return _write(graph)


def places(result: AuditResult) -> bytes:
    """Which document names which place, and how often; edges run from document to place."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(name=one_line(result.title))
    index = Index(result)
    for analysis in index.ordered:
        document = f"document:{index.slug(analysis.document.source)}"
        graph.add_node(document, label=index.label(analysis.document.source), kind="document")
        for place in sorted(analysis.places, key=lambda p: (p.kind, p.name, p.start)):
            name = one_line(place.name)
            node = f"place:{place.kind}:{name}"
            graph.add_node(node, label=name, kind=place.kind, region=one_line(place.region or ""))
            count = graph.get_edge_data(document, node, {"weight": 0})["weight"]
            inside = place.region is not None and place.region == analysis.document.region
            graph.add_edge(document, node, weight=count + 1, own_region=inside)
    return _write(graph)


def _write(graph: nx.Graph[str]) -> bytes:
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()
