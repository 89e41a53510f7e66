"""findings.json: everything that was found, in a versioned schema."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, Literal

import msgspec

from stratlint.errors import shown
from stratlint.records import (
    AuditResult,
    Basis,
    CheckPassed,
    Finding,
    NotRead,
    Profile,
    Quotation,
    Record,
    RuleCard,
    RuleNotRun,
    SourceNote,
)
from stratlint.reporting.hygiene import printable
from stratlint.reporting.index import Index
from stratlint.reporting.stretch import placed, placed_finding
from stratlint.resources import data_dir

SCHEMA_VERSION = "1"


class PriorityEntry(Record):
    """A priority with the location quotient that stands beside it."""

    sector: str
    sector_name: str
    rank: int
    basis: Basis
    score: float
    mentions: int
    evidence: tuple[Quotation, ...]
    lq: float | None
    lq_source: str | None
    lq_year: int | None


class DocumentEntry(Record):
    """A document that was read, and its priorities."""

    source: str
    sha256: str
    region: str | None
    title: str | None
    year: int | None
    pages: int
    file: str | None
    warnings: tuple[str, ...]
    priorities: tuple[PriorityEntry, ...]


class FindingsFile(Record):
    """The whole file. ``schema_version`` changes when a field changes its meaning."""

    schema_version: Literal["1"]
    tool: Literal["stratlint"]
    version: str
    knowledge: str
    title: str
    documents: tuple[DocumentEntry, ...]
    findings: tuple[Finding, ...]
    profiles: tuple[Profile, ...]
    passed: tuple[CheckPassed, ...]
    not_run: tuple[RuleNotRun, ...]
    not_read: tuple[NotRead, ...]
    rules: tuple[RuleCard, ...]
    sources: tuple[SourceNote, ...]
    warnings: tuple[str, ...]


def findings_file(result: AuditResult) -> FindingsFile:
    """The file as a record."""
    index = Index(result)
    return FindingsFile(
        schema_version="1",
        tool="stratlint",
        version=result.run.version,
        knowledge=result.run.knowledge,
        title=result.title,
        documents=tuple(_document(index, n) for n in range(len(result.analyses))),
        findings=tuple(placed_finding(index, f) for f in (*index.live, *index.suppressed)),
        profiles=tuple(
            msgspec.structs.replace(p, quotations=placed(index, p.quotations))
            for p in result.profiles
        ),
        passed=result.passed,
        not_run=result.not_run,
        not_read=result.not_read,
        rules=result.rules,
        sources=result.sources,
        warnings=result.warnings,
    )


def _document(index: Index, number: int) -> DocumentEntry:
    analysis = index.result.analyses[number]
    document = analysis.document
    entries = []
    for priority in analysis.priorities:
        quotient = index.quotient(analysis, priority.sector)
        entries.append(
            PriorityEntry(
                sector=priority.sector,
                sector_name=index.result.sector_name(priority.sector),
                rank=priority.rank,
                basis=priority.basis,
                score=priority.score,
                mentions=priority.mentions,
                evidence=placed(index, priority.evidence),
                lq=quotient.value if quotient else None,
                lq_source=f"{quotient.source}, {quotient.measure}" if quotient else None,
                lq_year=quotient.year if quotient else None,
            )
        )
    return DocumentEntry(
        source=document.source,
        sha256=document.sha256,
        region=document.region,
        title=document.title,
        year=document.year,
        pages=len(document.pages),
        file=shown(file) if (file := index.result.files.get(document.source)) else None,
        warnings=tuple(f"{w.code}: {w.message}" for w in document.warnings),
        priorities=tuple(entries),
    )


def clean(value: Any) -> Any:
    """Builtins with every string made printable: a lone surrogate is no JSON."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(str(key)): clean(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(entry) for entry in value]
    return value


def dump(value: Any, indent: int | None = 1) -> str:
    """JSON text of a record, non-finite numbers as null, ending in a newline."""
    packed = msgspec.json.encode(clean(msgspec.to_builtins(value)))
    text = (msgspec.json.format(packed, indent=indent) if indent else packed).decode()
    # Legal in JSON, and yet line ends to many readers of JSON Lines.
    return text.replace("\u2028", r"\u2028").replace("\u2029", r"\u2029") + "\n"


def render(result: AuditResult) -> str:
    """findings.json. Quotation spans count characters (code points) of the document's text."""
    return dump(findings_file(result))


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of findings.json, made from the records themselves."""
    made = msgspec.json.schema(FindingsFile)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://stratlint.readthedocs.io/schema/findings-{SCHEMA_VERSION}.json",
        "title": "stratlint findings",
    }
    plain: dict[str, Any] = _plain(made)
    return head | plain


def _plain(part: Any) -> Any:
    """A part of a schema, its descriptions without the indentation that Python 3.13 drops."""
    if isinstance(part, list):
        return [_plain(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    return {
        key: cleandoc(inner) if key == "description" and isinstance(inner, str) else _plain(inner)
        for key, inner in part.items()
    }


def schema_text() -> str:
    """The schema that ships with stratlint, ``reports/schema/findings-1.json``."""
    path = data_dir("reports") / "schema" / f"findings-{SCHEMA_VERSION}.json"
    return path.read_text(encoding="utf-8")
