"""Two versions of a document, or two saved runs, set against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from stratlint.errors import FileFault
from stratlint.knowledge.files import file_bytes
from stratlint.records import DocumentAnalysis, Finding
from stratlint.reporting.formats.jsonfile import (
    DocumentEntry,
    FindingsFile,
    PriorityEntry,
    findings_file,
)
from stratlint.versions.changes import Difference, FindingChange, PriorityChange
from stratlint.versions.kepttext import KeptText

if TYPE_CHECKING:
    from stratlint.records import AuditResult


def load_findings(path: Path) -> FindingsFile:
    """A saved ``findings.json``. Raises FileFault when it is none."""
    data = file_bytes(path)
    try:
        return msgspec.json.decode(data, type=FindingsFile)
    except msgspec.DecodeError as error:
        message = f"is no findings.json of this version of stratlint ({error})"
        raise FileFault(message, path=str(path)) from None


def one_document(result: AuditResult, source: str) -> FindingsFile:
    """The findings of a check as a saved file holds them, the draft alone."""
    whole = findings_file(result)
    return msgspec.structs.replace(
        whole,
        documents=tuple(d for d in whole.documents if d.source == source),
        findings=tuple(f for f in whole.findings if f.document == source),
    )


def compare_versions(
    old: FindingsFile,
    new: FindingsFile,
    *,
    names: tuple[str, str] = ("old", "new"),
    texts: tuple[DocumentAnalysis, DocumentAnalysis] | None = None,
) -> Difference:
    """What changed from one version to the next.

    ``texts`` are the two documents where they are at hand; then the text that the new version
    shares with the old one is measured, and each finding says whether its words were kept.
    Findings that somebody set aside count as neither.
    """
    shared = _shared_regions(old.documents) | _shared_regions(new.documents)
    before, after = _by_name(old.documents, shared), _by_name(new.documents, shared)
    lone = len(before) == len(after) == 1
    # Two drafts of one strategy are compared though file and title may have changed.
    pairs = (
        [(next(iter(before)), next(iter(after)))]
        if lone
        else [(name, name) for name in before if name in after]
    )
    kept = KeptText(*(a.document for a in texts)) if texts else None
    was, now = _keyed(old, before, lone=lone), _keyed(new, after, lone=lone)
    known, present = {key for key, _ in was}, {key for key, _ in now}
    changes = [(key, _finding(f, kept, new=True)) for key, f in now]
    return Difference(
        old=names[0],
        new=names[1],
        documents_added=() if lone else tuple(n for n in after if n not in before),
        documents_dropped=() if lone else tuple(n for n in before if n not in after),
        priorities=tuple(
            change
            for a, b in pairs
            for change in _priorities(b, before[a].priorities, after[b].priorities)
        ),
        new_findings=tuple(c for key, c in changes if key not in known),
        fixed=tuple(_finding(f, kept, new=False) for key, f in was if key not in present),
        still=tuple(c for key, c in changes if key in known),
        text=kept.change if kept else None,
    )


def _shared_regions(documents: Iterable[DocumentEntry]) -> set[str]:
    """Regions with more than one document: there a region's name tells nobody which is meant."""
    counts = Counter(document.region for document in documents)
    return {region for region, number in counts.items() if region and number > 1}


def _by_name(documents: Iterable[DocumentEntry], shared: set[str]) -> dict[str, DocumentEntry]:
    """Documents by the name that pairs them: the region, or the source where that is shared."""
    found: dict[str, DocumentEntry] = {}
    for document in documents:
        region = document.region if document.region not in shared else None
        name = region or document.source
        found[name if name not in found else document.source] = document
    return found


_Key: TypeAlias = "tuple[str, str, str | None]"


def _keyed(
    file: FindingsFile, documents: Mapping[str, DocumentEntry], *, lone: bool
) -> list[tuple[_Key, Finding]]:
    """Findings that nobody set aside, each with what it is recognised by in the other version.

    That is rule, fingerprint and the paired document's name: two documents of one region may
    have a finding of one fingerprint. A lone document may be called otherwise in the other.
    """
    names = {document.source: "" if lone else name for name, document in documents.items()}
    return [
        ((f.rule, f.fingerprint, names.get(f.document, f.document) if f.document else None), f)
        for f in file.findings
        if f.suppressed is None
    ]


def _priorities(
    document: str, old: Sequence[PriorityEntry], new: Sequence[PriorityEntry]
) -> list[PriorityChange]:
    before = {p.sector: p for p in old}
    after = {p.sector: p for p in new}
    found = []
    for sector in dict.fromkeys([*after, *before]):
        was, now = before.get(sector), after.get(sector)
        change = "re-ranked"
        if was is None:
            change = "added"
        elif now is None:
            change = "dropped"
        elif was.rank == now.rank:
            change = "unchanged"
        either = now or was
        assert either is not None
        found.append(
            PriorityChange(
                document=document,
                sector=sector,
                sector_name=either.sector_name,
                change=change,
                old_rank=was.rank if was else None,
                new_rank=now.rank if now else None,
            )
        )
    return found


def _finding(finding: Finding, kept: KeptText | None, *, new: bool) -> FindingChange:
    own = next(iter(finding.own_quotations), None)
    if kept is None or own is None:
        return FindingChange(finding=finding)
    return FindingChange(finding=finding, kept_text=kept.is_kept(own.start, own.end, new=new))
