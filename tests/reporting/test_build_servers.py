"""JUnit, GitHub annotations and GraphML."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from stratlint.records import AuditResult, Severity
from stratlint.reporting import render


@pytest.mark.parametrize("kind", ["result", "hostile", "empty"])
def test_junit_counts_agree_with_its_cases(kind: str, request: pytest.FixtureRequest) -> None:
    root = ET.fromstring(str(render(request.getfixturevalue(kind), "junit")).encode())
    cases = list(root.iter("testcase"))
    assert int(root.get("tests", "0")) == len(cases)
    failures = [c for c in cases if c.find("failure") is not None]
    assert int(root.get("failures", "0")) == len(failures)


def test_junit_fails_on_warnings_and_not_on_notes(result: AuditResult) -> None:
    root = ET.fromstring(str(render(result, "junit")))
    failed = {
        c.get("name", "").split()[0] for c in root.iter("testcase") if c.find("failure") is not None
    }
    grave = {
        f.rule for f in result.findings if not f.suppressed and f.severity is not Severity.INFO
    }
    assert failed == grave
    skipped = [c for c in root.iter("testcase") if c.find("skipped") is not None]
    assert len(skipped) == len(result.not_run)
    assert len(list(root.iter("error"))) == len(result.not_read)


def test_github_annotations_cannot_be_injected(hostile: AuditResult) -> None:
    lines = str(render(hostile, "github")).splitlines()
    live = sum(f.suppressed is None for f in hostile.findings)
    assert len(lines) == live + len(hostile.not_read)
    for line in lines:
        assert line.startswith(("::error ", "::warning ", "::notice "))
        assert line[2:].count("::") >= 1
        properties = line[2:].split("::")[0]
        assert properties.count("title=") == 1


def test_the_similarity_network_has_every_pair(result: AuditResult) -> None:
    data = render(result, "graphml")
    assert isinstance(data, bytes)
    graph = nx.read_graphml(io.BytesIO(data))
    assert result.comparison is not None
    assert graph.number_of_nodes() == 9
    assert graph.number_of_edges() == len(result.comparison.similarities) == 36
    pair = result.comparison.similarities[0]
    assert graph.edges["north-east", "north-west"]["jaccard"] == pair.jaccard


def test_the_network_of_places_counts_names(hostile: AuditResult) -> None:
    data = render(hostile, "graphml-places")
    assert isinstance(data, bytes)
    graph = nx.read_graphml(io.BytesIO(data))
    total = sum(d["weight"] for _, _, d in graph.edges(data=True))
    assert total == sum(len(a.places) for a in hostile.analyses)
