"""A whole audit: read, analyse, compare, check; one result that every reporter reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint._version import __version__
from stratlint.errors import UsageError
from stratlint.knowledge.version import knowledge_version
from stratlint.records import AuditResult, DocumentAnalysis, RunInfo, Sector
from stratlint.run.analyse import ReadResult, read_entries, without, workers
from stratlint.run.analysis import file_hash
from stratlint.run.figures import evidence_of
from stratlint.run.judge import Known, judge, judge_each
from stratlint.run.judgement import judgement_key, keep_judgement, known_judgement
from stratlint.run.regions import (
    recognise_regions,
    spelt_as_measured,
    without_earlier,
    without_figures,
)

if TYPE_CHECKING:
    from stratlint.rules.rule import Rule
    from stratlint.run.corpus import Corpus
    from stratlint.run.settings import Settings

Tick = Callable[[str], None]

_PACKAGES = ("pdfplumber", "pypdfium2", "spacy", "scikit-learn", "numpy", "scipy", "pandas")


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
    about that document only, and other strategies of its region are left out. Raises UsageError
    or FileFault for faults in rules or tables; a document that cannot be read is in the result's
    ``not_read``.
    """
    rules = rules_in_force(settings, corpus.rules)
    evidence = evidence_of(corpus.evidence, settings, executor=executor)
    known: Known = {}
    given_up: set[str] = set()
    with workers(settings, executor) as pool:
        corpus, done = _read(
            corpus, evidence.regions, settings, pool, tick=tick, only_document=only_document
        )
        roles = {entry.source: entry.role for entry in corpus.entries}
        analyses = tuple(a for a in done.analyses if roles[a.document.source] == "strategy")
        key = judgement_key(corpus, settings, done.analyses, rules, only_document)
        result = known_judgement(key, analyses) if settings.cache else None
        if result is None:
            judged = judge_each(
                [a for a in analyses if only_document in (None, a.document.source)],
                rules=rules,
                evidence=evidence,
                executor=pool,
                jobs=settings.effective_jobs,
            )
            known, done = judged.known, without(done, judged.not_read)
            given_up = {item.source for item in judged.not_read}
            analyses = tuple(a for a in analyses if a.document.source not in given_up)
    # The workers are gone before the comparison takes its memory.
    if result is None:
        result = judge(
            analyses,
            tuple(a.document for a in done.analyses if roles[a.document.source] == "source"),
            rules=rules,
            evidence=evidence,
            only_document=only_document,
            known=known,
        )
        # What was given up may be judged another time: it is no property of the inputs.
        if settings.cache and not given_up:
            keep_judgement(key, result)
    return complete(result, corpus, settings, done)


def _read(
    corpus: Corpus,
    measured: Sequence[str],
    settings: Settings,
    executor: Executor,
    *,
    tick: Tick,
    only_document: str | None,
) -> tuple[Corpus, ReadResult]:
    """The documents of a corpus analysed, once their regions are known and found in tables."""
    corpus = spelt_as_measured(corpus, measured)
    done = read_entries(corpus.entries, settings, executor=executor, tick=tick)
    corpus, done = recognise_regions(corpus, done, settings, executor)
    if only_document is not None:
        return without_earlier(corpus, done, only_document)
    told = corpus.warnings + without_figures(corpus, measured)
    return msgspec.structs.replace(corpus, warnings=told), done


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
        warnings=(*corpus.warnings, *_year_warnings(result.analyses)),
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
            pack=settings.pack,
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


def _year_warnings(analyses: Iterable[DocumentAnalysis]) -> Iterator[str]:
    """A word on each year that is not known, or only guessed."""
    for document in (a.document for a in analyses):
        if document.year is None:
            yield f"{document.source}: no year is known, so the latest figures are used"
        for guess in document.guesses:
            if guess.field == "year":
                yield f"{document.source}: {guess}"


def run_info(settings: Settings, done: ReadResult, corpus: Corpus) -> RunInfo:
    """Versions, settings and input hashes: what another person needs to repeat the run."""
    inputs = {a.document.source: a.document.sha256 for a in done.analyses}
    names = [table.name for table in corpus.evidence]
    for table in corpus.evidence:
        # Tables of one name in two folders are told apart by their folders.
        place = table.name if names.count(table.name) == 1 else f"{table.parent.name}/{table.name}"
        inputs[f"evidence/{place}"] = file_hash(table, max_bytes=10**10)
    kept = settings.model_dump(mode="json", by_alias=True, exclude={"jobs", "cache"})
    return RunInfo(
        version=__version__,
        knowledge=knowledge_version(),
        settings=kept,
        inputs=dict(sorted(inputs.items())),
        packages={name: version(name) for name in _PACKAGES},
    )
