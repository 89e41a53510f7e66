"""Audit results that several tests read and none changes."""

from __future__ import annotations

import pytest

from stratlint.records import AuditResult, RunInfo
from tests.reporting.made import made_result


@pytest.fixture(scope="session")
def result() -> AuditResult:
    """Nine regions, ninety findings."""
    return made_result()


@pytest.fixture(scope="session")
def hostile() -> AuditResult:
    """The same with hostile words wherever a document or a person could put them."""
    return made_result(hostile=True)


@pytest.fixture(scope="session")
def empty() -> AuditResult:
    """A run in which nothing could be read."""
    return AuditResult(
        title="Nothing",
        analyses=(),
        comparison=None,
        findings=(),
        profiles=(),
        passed=(),
        not_run=(),
        not_read=(),
        rules=(),
        sectors=(),
        sources=(),
        run=RunInfo(version="0", knowledge="k", settings={}, inputs={}),
    )
