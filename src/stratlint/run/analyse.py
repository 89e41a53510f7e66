"""Many documents read and analysed: from the cache where nothing changed, else by workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from stratlint.documents import ReadOptions
from stratlint.errors import UnreadableInput
from stratlint.records import DocumentAnalysis, NotRead, Record
from stratlint.run.analysis import MODULES, Task, analyse_file, decode, file_hash
from stratlint.workers.cache import Cache
from stratlint.workers.execution import run_all
from stratlint.workers.pool import WorkerPool

if TYPE_CHECKING:
    from stratlint.run.corpus import Entry
    from stratlint.run.settings import Settings

Tick = Callable[[str], None]


class ReadResult(Record):
    """Documents analysed, in the order of the corpus, and those that could not be read."""

    analyses: tuple[DocumentAnalysis, ...]
    not_read: tuple[NotRead, ...]


def without(done: ReadResult, given_up: Sequence[NotRead]) -> ReadResult:
    """The result with some documents among those that were not read."""
    gone = {item.source for item in given_up}
    return ReadResult(
        analyses=tuple(a for a in done.analyses if a.document.source not in gone),
        not_read=(*done.not_read, *given_up),
    )


def workers(
    settings: Settings, executor: Executor | None = None
) -> AbstractContextManager[Executor]:
    """An executor for a whole run: the one that is given, or processes of this machine.

    Processes start when the first task comes, so a run that finds all in the cache has none.
    """
    if executor is not None:
        return nullcontext(executor)
    return WorkerPool(
        settings.effective_jobs,
        seconds=settings.limits.seconds,
        memory_mb=settings.limits.memory_mb,
        preload=MODULES,
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
    with workers(settings, executor) as pool:
        for outcome in run_all(analyse_file, tasks, pool, workers=settings.effective_jobs):
            error = outcome.error
            if error is not None and not isinstance(error, UnreadableInput):
                raise error
            yield outcome.item, outcome.result, error


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
        kind=entry.kind or settings.kind,
        spacy_model=settings.spacy_model,
        plain=entry.role == "source",
    )


def _not_read(source: str, error: UnreadableInput) -> NotRead:
    return NotRead(source=source, code=error.code, reason=error.message)
