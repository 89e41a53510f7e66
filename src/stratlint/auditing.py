"""A whole audit: read, analyse, compare, check; one result that every reporter reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint._version import __version__
from stratlint.analysis import MODULES, Task, analyse_file, decode, file_hash
from stratlint.cache import Cache
from stratlint.documents import ReadOptions
from stratlint.errors import UnreadableInput, UsageError
from stratlint.execution import WorkerPool, run_all
from stratlint.judgement import judgement_key, keep_judgement, known_judgement
from stratlint.knowledge.version import knowledge_version
from stratlint.records import (
    AuditResult,
    DocumentAnalysis,
    NotRead,
    Passage,
    Record,
    RunInfo,
    Sector,
)

if TYPE_CHECKING:
    from stratlint.corpus import Corpus, Entry
    from stratlint.evidence import Evidence
    from stratlint.rules.engine import RuleOutcome
    from stratlint.rules.rule import Rule
    from stratlint.settings import Settings

Tick = Callable[[str], None]

_PACKAGES = ("pdfplumber", "pypdfium2", "spacy", "scikit-learn", "numpy", "scipy", "pandas")


class ReadResult(Record):
    """Documents analysed, in the order of the corpus, and those that could not be read."""

    analyses: tuple[DocumentAnalysis, ...]
    not_read: tuple[NotRead, ...]


def audit_corpus(
    corpus: Corpus,
    settings: Settings,
    *,
    executor: Executor | None = None,
    tick: Tick = lambda _name: None,
    only_document: str | None = None,
) -> AuditResult:
    """Audit a corpus.

    ``executor`` overrides the worker processes of this machine. ``tick`` is called with the
    name of each document that is done. With ``only_document`` (a source name) findings are
    about that document only. Raises UsageError or FileFault for faults in rules or tables;
    a document that cannot be read is in the result's ``not_read``.
    """
    from stratlint.evidence import load_evidence

    rules = rules_in_force(settings, corpus.rules)
    evidence = load_evidence(corpus.evidence)
    done = read_entries(corpus.entries, settings, executor=executor, tick=tick)
    corpus, done = _recognise_regions(corpus, done, settings, executor)
    roles = {entry.source: entry.role for entry in corpus.entries}
    analyses = tuple(a for a in done.analyses if roles[a.document.source] == "strategy")
    sources = tuple(a.document for a in done.analyses if roles[a.document.source] == "source")
    key = judgement_key(corpus, settings, done.analyses, rules, only_document)
    result = known_judgement(key, analyses) if settings.cache else None
    if result is None:
        result = judge(
            analyses, sources, rules=rules, evidence=evidence, only_document=only_document
        )
        if settings.cache:
            keep_judgement(key, result)
    return complete(result, corpus, settings, done)


def _recognise_regions(
    corpus: Corpus, done: ReadResult, settings: Settings, executor: Executor | None
) -> tuple[Corpus, ReadResult]:
    """Where only a file name told of a region, and none that is known, ask the text.

    A text whose region is recognised is analysed again: whose places are its own depends on it.
    """
    from stratlint.knowledge.places import load_places
    from stratlint.language.places import guess_region

    known = set(load_places().region_names())
    unsure = {e.source: e for e in corpus.entries if e.region_guessed and e.region not in known}
    changed: dict[str, Entry] = {}
    warnings: list[str] = []
    for document in (a.document for a in done.analyses if a.document.source in unsure):
        entry = unsure[document.source]
        region, why = guess_region(document, named=entry.region)
        if region:
            changed[entry.source] = msgspec.structs.replace(entry, region=region)
            warnings.append(f"{entry.source}: region recognised as {region} ({why})")
        else:
            warnings.append(
                f"{entry.source}: no known region recognised ({why}); called '{entry.region}' "
                "after its file, so there may be no official figures"
            )
    again = read_entries(tuple(changed.values()), settings, executor=executor)
    anew = {a.document.source: a for a in again.analyses}
    for item in again.not_read:
        # It was read once: it keeps its first analysis and its name, and the fault is said.
        del changed[item.source]
        warnings.append(f"{item.source}: could not be read again for its region ({item.reason})")
    analyses = tuple(anew.get(a.document.source, a) for a in done.analyses)
    entries = tuple(changed.get(e.source, e) for e in corpus.entries)
    return (
        msgspec.structs.replace(corpus, entries=entries, warnings=(*corpus.warnings, *warnings)),
        msgspec.structs.replace(done, analyses=analyses),
    )


def complete(
    result: AuditResult, corpus: Corpus, settings: Settings, done: ReadResult
) -> AuditResult:
    """A judged result with what is known of the run: title, inputs, settings, files."""
    from stratlint.knowledge.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    return msgspec.structs.replace(
        result,
        title=corpus.title,
        not_read=done.not_read,
        sectors=tuple(
            Sector(id=s.id, name=s.name, sic2007=tuple(s.sic2007)) for s in taxonomy.sectors
        ),
        run=run_info(settings, done, corpus),
        warnings=corpus.warnings + _year_warnings(result.analyses),
        files={entry.source: str(entry.path) for entry in corpus.entries},
    )


def rules_in_force(
    settings: Settings, manifest_rules: dict[str, Any] | None = None
) -> tuple[Rule, ...]:
    """The rules with what the manifest changes, then what the settings change.

    Raises FileFault for a fault in a rule file, UsageError for one in an override.
    """
    from pydantic import ValidationError

    from stratlint.rules import load_rules
    from stratlint.rules.overrides import RuleOverrides

    merged = {**(manifest_rules or {})}
    merged |= {
        k: v.model_dump(by_alias=True, exclude_unset=True) for k, v in settings.rules.items()
    }
    try:
        overrides = RuleOverrides(
            rules=merged,
            preview=settings.preview,
            select=settings.select,
            ignore=settings.ignore,
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"rules: {where}: {fault['msg']}") from None
    folders = [Path(folder) for folder in settings.rules_dirs]
    return load_rules(folders, overrides)


def judge(
    analyses: Sequence[DocumentAnalysis],
    sources: Sequence[Any],
    *,
    rules: Sequence[Rule],
    evidence: Evidence,
    only_document: str | None = None,
    passages: Sequence[Passage] | None = None,
) -> AuditResult:
    """Compare documents that are already analysed and run the rules on them.

    ``passages`` are shared passages that are known already; None finds them in the texts.
    """
    from stratlint.comparison import compare
    from stratlint.knowledge.places import load_places
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.priorities import with_salience
    from stratlint.rules import RuleContext, rule_cards, run_rules

    taxonomy = load_taxonomy()
    weighed = with_salience(tuple(analyses))
    years = [(a.document.region, evidence_year(a, evidence)) for a in weighed if a.document.region]
    quotients = evidence.quotients(years, taxonomy.sectors)
    structures = {region: evidence.structure(region, year) for region, year in years}
    comparison = None
    if weighed:
        comparison = compare(
            weighed,
            sources=tuple(sources),
            quotients=quotients,
            structures={region: shares for region, shares in structures.items() if shares},
            passages=passages,
        )
    outcome: RuleOutcome = run_rules(
        rules,
        RuleContext(
            analyses=weighed,
            taxonomy=taxonomy,
            gazetteer=load_places(),
            comparison=comparison,
            quotients=quotients,
            sources=tuple(sources),
        ),
        only_document=only_document,
    )
    return AuditResult(
        title="",
        analyses=weighed,
        comparison=comparison,
        findings=outcome.findings,
        profiles=outcome.profiles,
        passed=outcome.passed,
        not_run=outcome.not_run,
        not_read=(),
        rules=rule_cards(rules),
        sectors=(),
        sources=evidence.notes,
        run=RunInfo(version=__version__, knowledge=knowledge_version(), settings={}, inputs={}),
    )


def evidence_year(analysis: DocumentAnalysis, evidence: Evidence) -> int:
    """The document's year, or the tables' latest where the document does not tell."""
    latest = max((table.years[-1] for table in evidence.tables), default=2021)
    return analysis.document.year or latest


def _year_warnings(analyses: Iterable[DocumentAnalysis]) -> tuple[str, ...]:
    return tuple(
        f"{a.document.source}: no year is known, so the latest figures are used"
        for a in analyses
        if a.document.year is None
    )


def read_entries(
    entries: Sequence[Entry],
    settings: Settings,
    *,
    executor: Executor | None = None,
    tick: Tick = lambda _name: None,
) -> ReadResult:
    """Analyse documents: from the cache where nothing changed, otherwise by workers."""
    tasks: dict[str, Task] = {}
    not_read: dict[str, NotRead] = {}
    found: dict[str, DocumentAnalysis] = {}
    for entry in entries:
        try:
            tasks[entry.source] = _task(entry, settings)
        except UnreadableInput as error:
            not_read[entry.source] = _not_read(entry.source, error)
            tick(entry.source)
    cache = Cache() if settings.cache else None
    try:
        todo = []
        for source, task in tasks.items():
            known = cache.get(task.key()) if cache else None
            if known is None:
                todo.append(task)
            else:
                found[source] = decode(known)
                tick(source)
        for task, data, fault in _work(todo, settings, executor):
            source = task.options.source or task.path
            if fault is not None:
                not_read[source] = _not_read(source, fault)
            elif data is not None:
                found[source] = decode(data)
                if cache:
                    cache.put(task.key(), data)
            tick(source)
    finally:
        if cache:
            cache.close()
    order = [entry.source for entry in entries]
    return ReadResult(
        analyses=tuple(found[source] for source in order if source in found),
        not_read=tuple(not_read[source] for source in order if source in not_read),
    )


def _work(
    tasks: Sequence[Task], settings: Settings, executor: Executor | None
) -> Iterable[tuple[Task, bytes | None, UnreadableInput | None]]:
    if not tasks:
        return
    jobs = min(settings.effective_jobs, len(tasks))
    own = executor is None
    pool = executor or WorkerPool(
        jobs,
        seconds=settings.limits.seconds,
        memory_mb=settings.limits.memory_mb,
        preload=MODULES,
    )
    try:
        for outcome in run_all(analyse_file, tasks, pool, workers=jobs):
            error = outcome.error
            if error is not None and not isinstance(error, UnreadableInput):
                raise error
            yield outcome.item, outcome.result, error
    finally:
        if own:
            pool.shutdown(wait=True, cancel_futures=True)


def _task(entry: Entry, settings: Settings) -> Task:
    limits = settings.limits
    return Task(
        path=str(entry.path),
        sha256=file_hash(entry.path, max_bytes=limits.max_bytes),
        options=ReadOptions(
            reader=settings.reader,
            repair=settings.repair,
            ocr=settings.ocr,
            max_pages=limits.max_pages,
            max_characters=limits.max_characters,
            source=entry.source,
        ),
        region=entry.region,
        title=entry.title,
        year=entry.year,
        spacy_model=settings.spacy_model,
        plain=entry.role == "source",
    )


def _not_read(source: str, error: UnreadableInput) -> NotRead:
    # Readers begin with the file's name, for whoever reads one file; here it stands beside.
    reason = error.message.removeprefix(f"{Path(source).name}: ")
    return NotRead(source=source, code=error.code, reason=reason)


def run_info(settings: Settings, done: ReadResult, corpus: Corpus) -> RunInfo:
    """Versions, settings and input hashes: what another person needs to repeat the run."""
    inputs = {a.document.source: a.document.sha256 for a in done.analyses}
    for table in corpus.evidence:
        inputs[f"evidence/{table.name}"] = file_hash(table, max_bytes=10**10)
    kept = settings.model_dump(mode="json", by_alias=True, exclude={"jobs", "cache"})
    return RunInfo(
        version=__version__,
        knowledge=knowledge_version(),
        settings=kept,
        inputs=dict(sorted(inputs.items())),
        packages={name: version(name) for name in _PACKAGES},
    )
