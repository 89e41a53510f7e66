"""One run: its settings, its workers, what is kept between runs, and who hears of progress.

A run is driven step by step: each step of this package is a function from records to records
that takes the run beside them. Steps do their work through :meth:`Run.each` (many items, by
workers within limits) and keep what they made through :meth:`Run.kept`; nothing else looks
into the cache.
"""

from __future__ import annotations

import hashlib
import platform
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from pydantic import BaseModel

from stratlint.errors import StratlintError, UnreadableInput
from stratlint.knowledge.lists import find_lists, lists_in_force
from stratlint.knowledge.places import places_folder
from stratlint.knowledge.taxonomy import sectors_folder
from stratlint.knowledge.version import folder_hash, knowledge_version
from stratlint.records import Document, NotRead, Record
from stratlint.workers.cache import Cache
from stratlint.workers.execution import Outcome, run_all
from stratlint.workers.pool import WorkerPool
from stratlint.workers.store import Part, Store, StoreFault, Task, light, make_part

if TYPE_CHECKING:
    from stratlint.comparison.passages.work import Work
    from stratlint.run.settings import Settings

T = TypeVar("T")
ItemT = TypeVar("ItemT")

PRELOAD = ("stratlint.run.preload",)
"""What a worker needs; imported once, before workers are forked."""

PACKAGES = ("pdfplumber", "pypdfium2", "spacy", "scikit-learn", "numpy", "scipy", "pandas")
"""Libraries that a result depends on most; run.json names their versions."""

_READERS = (*PACKAGES, "pdfminer.six", "python-docx", "lxml", "beautifulsoup4", "markdown-it-py")
"""Libraries whose version is part of every key."""


class Progress(Record):
    """A piece of work that is done: ``item`` is the ``done``-th of ``total`` in this step."""

    step: str
    item: str
    done: int
    total: int


class Stopped(StratlintError):
    """Somebody stopped the run; nothing was left half-done."""

    def __init__(self, message: str = "the run was stopped", *, code: str = "stopped") -> None:
        super().__init__(message, code=code)


class Run:
    """Settings, workers, cache and progress of one run; a context manager that ends them.

    ``executor`` replaces the worker processes of this machine, and ``store`` the cache: with both
    workers fetch what they need from the store and keep there what they make. ``tell`` is called
    with each :class:`Progress`, in the thread that drives the run. ``stop`` may be called from
    another thread; the step that runs then raises Stopped.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        executor: Executor | None = None,
        store: Store | None = None,
        tell: Callable[[Progress], None] = lambda _progress: None,
    ) -> None:
        self.settings = settings
        self.given = executor
        self.far = store if executor is not None else None
        """The store that workers share with this process, where they do."""
        self._parts: dict[tuple[str, str, str], str] = {}
        self.tell = tell
        self._pool: WorkerPool | None = None
        self._cache: Cache | Store | None = store or (Cache() if settings.cache else None)
        self._stopped = threading.Event()
        self._asked: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        self._work: Work | None = None
        self.lists = find_lists(settings.sectors, settings.places)
        self._in_force = lists_in_force(self.lists)

    def __enter__(self) -> Run:
        if isinstance(self._cache, Store):
            self._cache.probe()
        self._in_force.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=kind is not None)
            self._pool = None
        if self._cache is not None:
            self._cache.close()
        self._in_force.__exit__(None, None, None)

    @property
    def executor(self) -> Executor:
        """The executor that was given, or processes of this machine, made when first asked for."""
        if self.given is not None:
            return self.given
        if self._pool is None:
            limits = self.settings.limits
            self._pool = WorkerPool(
                self.settings.effective_jobs,
                seconds=limits.seconds,
                memory_mb=limits.memory_mb,
                preload=PRELOAD,
            )
        return self._pool

    def release(self) -> None:
        """End the worker processes, before a step that takes much memory here."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def stop(self) -> None:
        """Stop the run: the step that works now raises Stopped, and workers are ended."""
        self._stopped.set()
        pool = self._pool
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def check(self) -> None:
        """Raise Stopped where the run was stopped: called between pieces of work."""
        if self._stopped.is_set():
            raise Stopped

    def kept(self, key: str, kind: type[T], make: Callable[[], T]) -> T:
        """What an earlier run made under this key, else what ``make`` makes now."""
        self.check()
        decode = msgspec.msgpack.Decoder(kind).decode
        found = self._find(key, decode)
        step = key.partition(" ")[0]
        self._asked[step] += 1
        self._known[step] += found is not None
        if found is None:
            found = make()
            self._keep(key, msgspec.msgpack.encode(found))
        return found

    def each(
        self,
        step: str,
        function: Callable[[Any], bytes],
        items: Sequence[ItemT],
        decode: Callable[[bytes], T],
        *,
        key: Callable[[ItemT], str | None],
        name: Callable[[ItemT], str],
        charge: Callable[[ItemT], Any] = lambda item: item,
        executor: Executor | None = None,
    ) -> Iterator[Outcome[ItemT, T]]:
        """What ``function`` makes of each item, by workers, as it comes; kept by ``key``.

        ``charge`` makes of an item what a worker is sent, when it is its turn: it may be large.
        A key of None is not kept. What one document cannot do within limits is its outcome's
        error and stops nothing; any other error is raised.
        """
        done = 0

        def tell(item: ItemT) -> None:
            nonlocal done
            done += 1
            self.tell(Progress(step=step, item=name(item), done=done, total=len(items)))

        keys = {id(item): key(item) for item in items}
        todo: list[ItemT] = []
        for item in items:
            self.check()
            own = keys[id(item)]
            found = self._find(own, decode) if own is not None else None
            self._asked[step] += 1
            self._known[step] += found is not None
            if found is None:
                todo.append(item)
                continue
            tell(item)
            yield Outcome(item, found)
        if not todo:
            return
        chosen, far = executor or self.executor, self.far
        work: Callable[[Any], Any] = function if far is None else make_part
        outcomes = run_all(
            work,
            todo,
            chosen,
            workers=getattr(chosen, "workers", self.settings.effective_jobs),
            charge=charge
            if far is None
            else lambda item: Task(
                url=far.url, key=keys[id(item)], function=function, charge=charge(item)
            ),
            check=self.check,
        )
        for outcome in outcomes:
            self.check()
            item, error, own = outcome.item, outcome.error, keys[id(outcome.item)]
            tell(item)
            if outcome.result is None:
                if error is not None and not isinstance(error, UnreadableInput):
                    raise error
                yield Outcome(item, error=error)
                continue
            yield Outcome(item, self._made(outcome.result, own, decode))

    def _made(self, data: bytes, own: str | None, decode: Callable[[bytes], T]) -> T:
        """What a worker made; it is kept here, or by the worker itself where both share a store."""
        if own is None or self.far is None:
            if own is not None:
                self._keep(own, data)
            return decode(data)
        made = decode(data) if data else self._find(own, decode)
        if made is None:
            raise StoreFault(f"{self.far.url}: a part that was kept there is gone: {own}")
        return made

    def remember(self, step: str, document: Document, key: str | None) -> None:
        """Where the part is kept that a step made of a document."""
        if key is not None and self.far is not None:
            self._parts[step, document.sha256, document.source] = key

    def part(self, step: str, document: Document) -> Part | None:
        """What a worker is sent for what a step made of a document; None sends the bytes."""
        own = self._parts.get((step, document.sha256, document.source))
        if own is None or self.far is None:
            return None
        return Part(url=self.far.url, key=own, said=light(document))

    def sent(self, document: Document) -> bytes | Part:
        """A document as a worker is sent it, see :func:`~stratlint.workers.store.received`."""
        return self.part("read", document) or msgspec.msgpack.encode(document)

    def aligner(self) -> Work:
        """Aligns pairs of texts by the run's workers; what it finds is kept for each pair."""
        from stratlint.comparison.passages.spread import Spread
        from stratlint.comparison.passages.work import Work

        spread = None
        if self.far is not None:
            spread = Spread(
                self._answers, key, lambda d: self.part("read", d), self.far, self.lists
            )
        self._work = Work(
            self.executor,
            jobs=self.settings.effective_jobs,
            cache=self._cache,
            check=self.check,
            spread=spread,
        )
        return self._work

    def _answers(
        self,
        step: str,
        function: Callable[[Any], bytes],
        items: Sequence[tuple[str, Any]],
        decode: Callable[[bytes], T],
    ) -> Iterator[tuple[int, T]]:
        """What ``function`` makes of charges by workers, by number; each item is a key and one."""
        outcomes = self.each(
            step,
            function,
            list(enumerate(items)),
            decode,
            key=lambda item: item[1][0],
            name=lambda item: f"{item[0] + 1}",
            charge=lambda item: item[1][1],
        )
        for outcome in outcomes:
            if outcome.result is None:
                raise outcome.error or Stopped()
            yield outcome.item[0], outcome.result

    def _find(self, key: str, decode: Callable[[bytes], T]) -> T | None:
        data = self._cache.get(key) if self._cache is not None else None
        if self._cache is None or data is None:
            return None
        try:
            return decode(data)
        except (msgspec.DecodeError, ValueError):
            # Whole bytes that are no such record: somebody else's, or a fault of ours.
            self._cache.drop(key)
            return None

    def _keep(self, key: str, data: bytes) -> None:
        if self._cache is not None:
            self._cache.put(key, data)

    def words(self) -> tuple[str, ...]:
        """What a person should know of the run itself."""
        dropped = self._cache.dropped if self._cache is not None else 0
        if not dropped:
            return self._reused()
        rows = "one damaged entry" if dropped == 1 else f"{dropped} damaged entries"
        return (*self._reused(), f"cache: {rows} dropped and made anew")

    def _reused(self) -> tuple[str, ...]:
        """What was known from an earlier run, where that is something."""
        known, asked = self._known["analyse"], self._asked["analyse"]
        if not known:
            return ()
        parts = [f"{known:,} of {asked:,} documents"]
        if self._known["judgement"]:
            parts.append("all that is said of them together")
        elif self._work is not None and self._work.reused:
            pairs = self._work.reused + self._work.made
            parts.append(f"{self._work.reused:,} of {pairs:,} pairs of them")
        elif self._known["tile"]:
            parts.append(
                f"{self._known['tile']:,} of {self._asked['tile']:,} groups of their pairs"
            )
        return (f"known from an earlier run: {' and '.join(parts)}",)


def key(step: str, **reads: Any) -> str:
    """The key of what a step makes: everything that it reads, and what reads it.

    ``reads`` are values as :func:`plain` takes them; files stand as their :func:`file_hash`,
    folders as their :func:`folder_hash`. Our code, all that ships in ``rules/``, and the
    versions of the libraries and of Python are part of every key.
    """
    inputs = {
        "by": _tools(),
        "knowledge": knowledge_version(),
        "lists": [folder and folder_hash(folder) for folder in (sectors_folder(), places_folder())],
        "reads": plain(reads),
    }
    return f"{step} {hashlib.sha256(msgspec.json.encode(inputs, order='sorted')).hexdigest()}"


@cache
def _tools() -> str:
    """What reads and judges besides our own code."""
    libraries = [f"{name} {_version(name)}" for name in _READERS]
    return "\n".join([f"python {platform.python_version()}", *libraries])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def plain(value: Any) -> Any:
    """A value as JSON can hold it: the same in every process.

    ``repr`` is not: the order of a set depends on the process. A function is shown by its name;
    its code is under the version of the knowledge.
    """
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    elif isinstance(value, msgspec.Struct):
        value = msgspec.structs.asdict(value)
    elif is_dataclass(value) and not isinstance(value, type):
        value = {entry.name: getattr(value, entry.name) for entry in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(entry) for entry in value), key=repr)
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, Path):
        # A path says nothing of what is in it; who reads a file hands in its hash.
        return value.name
    return value if isinstance(value, (int, float, type(None))) else str(value)


def file_hash(path: Path, *, max_bytes: int = 10**10) -> str:
    """SHA-256 of a file. Raises UnreadableInput when it is missing, empty or too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableInput("is a folder, not a document", code="wrong-type")
        if not path.is_file():
            raise UnreadableInput("is a pipe or a device, not a document", code="wrong-type")
        if size == 0:
            raise UnreadableInput("the file is empty", code="empty")
        if size > max_bytes:
            raise UnreadableInput(
                f"{size:,} bytes, over the limit of {max_bytes:,} (raise with --max-bytes)",
                code="too-much-text",
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise UnreadableInput("there is no such file", code="missing") from None
    except OSError as error:
        raise UnreadableInput(f"cannot be opened: {error.strerror}", code="damaged") from None
    except ValueError as error:
        # A NUL in a name that a manifest gives.
        raise UnreadableInput(f"cannot be opened: {error}", code="missing") from None


def not_read(source: str, error: StratlintError, before: str = "") -> NotRead:
    """An input among those that could not be read; ``before`` says how far it came."""
    return NotRead(source=source, code=error.code, reason=before + error.message)
