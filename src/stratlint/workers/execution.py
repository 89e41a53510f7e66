"""Do work on many documents: any ``concurrent.futures.Executor``, results as they come.

:class:`stratlint.workers.pool.WorkerPool` is the executor for one machine; a Dask client's
``get_executor()`` serves in its place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, Literal, ParamSpec, TypeAlias, TypeVar

from stratlint.errors import StratlintError, UnreadableInput, UsageError
from stratlint.workers.pool import LostWorker

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")
P = ParamSpec("P")

TRIES = 2
"""A task whose worker is lost is tried again once, then reported. Only here: an executor that
tries again by itself (a Dask scheduler) does so besides."""

WINDOW = 4
"""Tasks submitted ahead for each worker: enough to keep it busy, few enough to hold."""

_PATIENCE = 0.5
"""Seconds between two looks at whether somebody stopped the run."""

_LOST = ("CommClosedError", "FutureCancelledError", "FuturesCancelledError")
_GIVEN_UP = "KilledWorker"
"""A Dask scheduler has tried the task again by itself before it says so. It blames every task
that a dead worker held, so each of them is tried once more with no other beside it."""

Retry: TypeAlias = Literal["", "again", "alone"]
"""Whether a lost task is tried once more, and with others beside it or with none."""


class Outcome(Generic[ItemT, ResultT]):
    """What became of one item: a result, or the error that stands in its place."""

    __slots__ = ("error", "item", "result")

    def __init__(
        self, item: ItemT, result: ResultT | None = None, error: StratlintError | None = None
    ) -> None:
        self.item = item
        self.result = result
        self.error = error


def run_all(
    function: Callable[[Any], ResultT],
    items: Iterable[ItemT],
    executor: Executor,
    *,
    workers: int = 1,
    charge: Callable[[ItemT], Any] | None = None,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Outcome[ItemT, ResultT]]:
    """Apply a function to every item, yielding outcomes in the order in which they finish.

    ``charge`` makes of an item what the function is given, when it is its turn. An error of one
    item becomes its outcome and stops nothing. Whatever is pending is cancelled when the caller
    stops early (Ctrl-C), or ``check``, which is called now and then, raises.
    """
    waiting: deque[tuple[ItemT, int]] = deque()
    suspects: deque[tuple[ItemT, int]] = deque()
    fresh = iter(items)
    gone: Callable[[], str] = getattr(executor, "gone", str)
    running: dict[Future[ResultT], tuple[ItemT, int]] = {}

    def submit(item: ItemT) -> Future[ResultT]:
        return executor.submit(function, item if charge is None else charge(item))

    try:
        while True:
            while len(running) < max(1, workers) * WINDOW:
                # Items are taken one by one: each may be large, and made on demand.
                entry = waiting.popleft() if waiting else next(((i, 1) for i in fresh), None)
                if entry is None:
                    break
                running[submit(entry[0])] = entry
            if not running and suspects:
                # One by one: what killed a worker may have been the task beside this one.
                entry = suspects.popleft()
                running[submit(entry[0])] = entry
            if not running:
                return
            done, _ = wait(running, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            check()
            if not done and (word := gone()):
                raise UsageError(word)
            for future in done:
                item, tries = running.pop(future)
                outcome, retry = _outcome(future, item, tries)
                if retry:
                    queue = suspects if retry == "alone" else waiting
                    queue.append((item, tries + 1))
                else:
                    yield outcome
    finally:
        # Who is gone can cancel nothing, and says so in a traceback for each.
        if running and not gone():
            for future in running:
                future.cancel()


def _outcome(
    future: Future[ResultT], item: ItemT, tries: int
) -> tuple[Outcome[ItemT, ResultT], Retry]:
    left = tries < TRIES
    try:
        result = future.result()
        if isinstance(result, StratlintError):
            return Outcome(item, error=result), ""
        return Outcome(item, result=result), ""
    except StratlintError as error:
        return Outcome(item, error=error), ""
    except (LostWorker, CancelledError, BrokenProcessPool, ConnectionError) as error:
        return _lost(item, error), "again" if left else ""
    except Exception as error:
        if type(error).__name__ in _LOST:
            return _lost(item, error), "again" if left else ""
        if type(error).__name__ == _GIVEN_UP:
            return _lost(item, error), "alone" if left else ""
        seen = f"{type(error).__name__}: {error}"
        fault = UnreadableInput(f"unexpected fault ({seen})", code="damaged")
        return Outcome(item, error=fault), ""


def _lost(item: ItemT, error: BaseException) -> Outcome[ItemT, Any]:
    how = str(error) if isinstance(error, LostWorker) else type(error).__name__
    reason = f"the process that worked on it ended {TRIES} times ({how})"
    return Outcome(item, error=UnreadableInput(reason, code="lost-worker"))


class InlineExecutor(Executor):
    """Runs each task at once, in this process, without limits."""

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        """Run the function now; its error, if any, is in the future."""
        future: Future[ResultT] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
