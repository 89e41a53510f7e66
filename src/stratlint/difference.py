"""Two versions of a document, or two saved runs: what changed in priorities and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.errors import FileFault
from stratlint.records import Document, DocumentAnalysis, Finding, Record, Role
from stratlint.reporting.jsonfile import DocumentEntry, FindingsFile, PriorityEntry, findings_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stratlint.comparison.tokens import Flags
    from stratlint.records import AuditResult

RUN = 6
"""A word is kept from the old version where it stands in a run of six that is there too."""


class PriorityChange(Record):
    """A sector that is a priority in either version.

    ``change`` is ``added``, ``dropped``, ``re-ranked`` or ``unchanged``.
    """

    document: str
    sector: str
    sector_name: str
    change: str
    old_rank: int | None
    new_rank: int | None


class SectionChange(Record):
    """Words of one section of the new version, and how many stand in the old one."""

    heading: str
    page_label: str
    words: int
    kept: int


class TextChange(Record):
    """Text of the new version against the old: words, and those in runs that both have."""

    old_words: int
    new_words: int
    kept: int
    old_kept: int
    sections: tuple[SectionChange, ...]

    @property
    def share(self) -> float:
        """Share of the new text that stands in the old version."""
        return self.kept / self.new_words if self.new_words else 0.0


class FindingChange(Record):
    """A finding of either version.

    ``kept_text`` says whether the words it quotes stand in both versions; None where there is
    no text to compare, or the finding quotes none.
    """

    finding: Finding
    kept_text: bool | None = None


class Difference(Record):
    """Everything that changed. Findings are matched by fingerprint, documents by region."""

    old: str
    new: str
    documents_added: tuple[str, ...]
    documents_dropped: tuple[str, ...]
    priorities: tuple[PriorityChange, ...]
    new_findings: tuple[FindingChange, ...]
    fixed: tuple[FindingChange, ...]
    still: tuple[FindingChange, ...]
    text: TextChange | None = None


def load_findings(path: Path) -> FindingsFile:
    """A saved ``findings.json``. Raises FileFault when it is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=FindingsFile)
    except msgspec.DecodeError as error:
        message = f"is no findings.json of this version of stratlint ({error})"
        raise FileFault(message, path=str(path)) from None
    except OSError as error:
        raise FileFault(f"cannot be read: {error.strerror}", path=str(path)) from None


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
    before, after = _by_name(old.documents), _by_name(new.documents)
    lone = len(before) == len(after) == 1
    # Two drafts of one strategy are compared though file and title may have changed.
    pairs = (
        [(next(iter(before)), next(iter(after)))]
        if lone
        else [(name, name) for name in before if name in after]
    )
    kept = _kept_words(*(a.document for a in texts)) if texts else None
    known = {_key(f) for f in _live(old)}
    present = {_key(f) for f in _live(new)}
    changes = [_finding(f, kept, new=True) for f in _live(new)]
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
        new_findings=tuple(c for c in changes if _key(c.finding) not in known),
        fixed=tuple(_finding(f, kept, new=False) for f in _live(old) if _key(f) not in present),
        still=tuple(c for c in changes if _key(c.finding) in known),
        text=kept.change if kept else None,
    )


def _by_name(documents: Iterable[DocumentEntry]) -> dict[str, DocumentEntry]:
    found: dict[str, DocumentEntry] = {}
    for document in documents:
        name = document.region or document.source
        found[name if name not in found else document.source] = document
    return found


def _live(file: FindingsFile) -> list[Finding]:
    return [finding for finding in file.findings if finding.suppressed is None]


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.fingerprint


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


# --- text --------------------------------------------------------------------------------


class _Kept:
    """Which characters of either version stand in the other."""

    def __init__(self, old: Document, new: Document) -> None:
        import numpy as np

        from stratlint.comparison.tokens import grams, tokenise

        first, second = tokenise(old.body), tokenise(new.body)
        runs, others = grams(first.key, RUN), grams(second.key, RUN)
        self.old_kept = _covered(np.isin(runs, others), len(first))
        self.new_kept = _covered(np.isin(others, runs), len(second))
        self.old_starts: NDArray[np.int64] = first.start
        self.new_starts: NDArray[np.int64] = second.start
        self.change = TextChange(
            old_words=len(first),
            new_words=len(second),
            kept=int(self.new_kept.sum()),
            old_kept=int(self.old_kept.sum()),
            sections=tuple(self._sections(new)),
        )

    def is_kept(self, start: int, end: int, *, new: bool) -> bool | None:
        """Whether most words of a span of one version stand in the other."""
        import numpy as np

        starts, kept = (self.new_starts, self.new_kept) if new else (self.old_starts, self.old_kept)
        low, high = np.searchsorted(starts, [start, end]).tolist()
        return bool(kept[low:high].mean() >= 0.5) if high > low else None

    def _sections(self, document: Document) -> Iterable[SectionChange]:
        import numpy as np

        spans: dict[int | None, list[int]] = {}
        for index, block in enumerate(document.blocks):
            if block.start >= document.body_end or block.role is Role.CONTENTS:
                continue
            heading = index if block.role is Role.HEADING else block.heading
            low, high = np.searchsorted(self.new_starts, [block.start, block.end]).tolist()
            row = spans.setdefault(heading, [0, 0, block.start])
            row[0] += high - low
            row[1] += int(self.new_kept[low:high].sum())
        for heading, (words, kept, start) in spans.items():
            title = document.block_text(heading) if heading is not None else ""
            yield SectionChange(
                heading=" ".join(title.split()),
                page_label=document.page_at(start).label,
                words=words,
                kept=kept,
            )


def _kept_words(old: Document, new: Document) -> _Kept:
    return _Kept(old, new)


def _covered(hits: Flags, size: int) -> Flags:
    import numpy as np

    covered: Flags = np.zeros(size, dtype=bool)
    for offset in range(RUN if hits.size else 0):
        covered[offset : offset + hits.size] |= hits
    return covered


def _finding(finding: Finding, kept: _Kept | None, *, new: bool) -> FindingChange:
    own = next((q for q in finding.quotations if q.document == finding.document), None)
    if kept is None or own is None:
        return FindingChange(finding=finding)
    return FindingChange(finding=finding, kept_text=kept.is_kept(own.start, own.end, new=new))
