"""A whole audit, step by step; what each finds is put together once, at the end."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec

from stratlint._version import __version__
from stratlint.knowledge.version import knowledge_version
from stratlint.records import AuditResult, NotRead, Record, RunInfo, Sector
from stratlint.run.analyse import analyse
from stratlint.run.corpus import Corpus
from stratlint.run.figures import table_hashes
from stratlint.run.judge import Ground, Prepared, ground_of, judge
from stratlint.run.read import read_documents
from stratlint.run.regions import identify, titled, without_figures
from stratlint.run.run import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stratlint.records import Document, DocumentAnalysis
    from stratlint.run.run import Run


class Gathered(Record):
    """The documents of a corpus, read, analysed and identified, and what could not be.

    ``analyses`` are of the strategies.
    """

    corpus: Corpus
    documents: tuple[Document, ...]
    analyses: tuple[DocumentAnalysis, ...] = ()
    not_read: tuple[NotRead, ...] = ()

    def by_role(self, role: str) -> tuple[Document, ...]:
        """The strategies, or the sources."""
        roles = {entry.source: entry.role for entry in self.corpus.entries}
        return tuple(d for d in self.documents if roles[d.source] == role)


def audit(corpus: Corpus, run: Run) -> AuditResult:
    """Audit a corpus.

    Raises UsageError or
    FileFault for faults in rules or tables; a document that cannot be read is in the result's
    ``not_read``.
    """
    ground = ground_of(corpus, run)
    gathered = gather(corpus, ground, run)
    told = without_figures(gathered.corpus, ground.evidence.regions)
    corpus = msgspec.structs.replace(gathered.corpus, warnings=(*gathered.corpus.warnings, *told))
    gathered = msgspec.structs.replace(gathered, corpus=corpus)
    return conclude(gathered, prepare(gathered), ground, run)


def gather(corpus: Corpus, ground: Ground, run: Run) -> Gathered:
    """Read the documents of a corpus, analyse the strategies, and find out what each is.

    Analysis goes first, as a region is recognised by the places that it finds. What limits keep
    from it joins what could not be read.
    """
    read = read_documents(corpus.entries, run)
    entries = {entry.source: entry for entry in corpus.entries}
    strategies = [
        titled(entries[d.source], d) for d in read.documents if entries[d.source].role == "strategy"
    ]
    kinds = {entry.source: entry.kind for entry in corpus.entries}
    analysed = analyse(strategies, run, kinds=kinds)
    gone = {fault.source for fault in analysed.not_read}
    left = [d for d in read.documents if d.source not in gone]
    places = {a.document.source: a.places for a in analysed.analyses}
    corpus, documents = identify(corpus, left, ground.evidence.regions, run, places)
    known = {document.source: document for document in documents}
    return Gathered(
        corpus=corpus,
        documents=documents,
        analyses=tuple(
            msgspec.structs.replace(a, document=known[a.document.source]) for a in analysed.analyses
        ),
        not_read=(*read.not_read, *analysed.not_read),
    )


def prepare(gathered: Gathered) -> Prepared:
    """What was gathered, as it is judged."""
    return Prepared(
        analyses=gathered.analyses,
        sources=gathered.by_role("source"),
        subject=gathered.corpus.subject,
    )


def conclude(gathered: Gathered, prepared: Prepared, ground: Ground, run: Run) -> AuditResult:
    """Judge what is prepared, and put the result together."""
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.rules import rule_cards

    judged = judge(prepared, ground, run)
    gathered = _without(gathered, judged.not_read)
    corpus, found = gathered.corpus, judged.judgement
    return AuditResult(
        title=corpus.title,
        subject=corpus.subject,
        analyses=judged.analyses,
        comparison=found.comparison,
        findings=found.findings,
        profiles=found.profiles,
        passed=found.passed,
        not_run=found.not_run,
        not_read=gathered.not_read,
        rules=rule_cards(ground.rules),
        sectors=tuple(
            Sector(id=s.id, name=s.name, sic2007=tuple(s.sic2007)) for s in load_taxonomy().sectors
        ),
        sources=found.figures.notes,
        areas=found.figures.areas,
        run=run_info(gathered, run),
        warnings=(
            *corpus.warnings,
            *_years(a.document for a in judged.analyses),
            *found.figures.warnings,
        ),
        files={entry.source: str(entry.path) for entry in corpus.entries},
    )


def run_info(gathered: Gathered, run: Run) -> RunInfo:
    """Versions, settings and input hashes: what another person needs to repeat the run."""
    inputs = {document.source: document.sha256 for document in gathered.documents}
    inputs |= table_hashes(gathered.corpus.evidence)
    return RunInfo(
        version=__version__,
        knowledge=knowledge_version(),
        settings=run.settings.model_dump(mode="json", by_alias=True, exclude={"jobs", "cache"}),
        inputs=dict(sorted(inputs.items())),
        packages={name: version(name) for name in PACKAGES},
    )


def _without(gathered: Gathered, faults: tuple[NotRead, ...]) -> Gathered:
    """The same with some documents among those that could not be read."""
    gone = {fault.source for fault in faults}
    return Gathered(
        corpus=gathered.corpus,
        documents=tuple(d for d in gathered.documents if d.source not in gone),
        analyses=tuple(a for a in gathered.analyses if a.document.source not in gone),
        not_read=(*gathered.not_read, *faults),
    )


def _years(documents: Iterable[Document]) -> Iterator[str]:
    """A word on each year that is not known, or only guessed."""
    for document in documents:
        if document.year is None:
            yield f"{document.source}: no year is known, so the latest figures are used"
        for guess in document.guesses:
            if guess.field == "year":
                yield f"{document.source}: {guess}"
