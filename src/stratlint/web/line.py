"""The line: checks that wait, and the one that runs; everybody's place is known.

One check runs at a time, in a thread that drives a :class:`~stratlint.run.run.Run`: its workers
use the machine's cores already, and what a second one held at the same time would double the
memory. Whatever a browser does meanwhile, the state stays here.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from stratlint.errors import StratlintError, UsageError
from stratlint.run.run import Progress, Run, Stopped

if TYPE_CHECKING:
    from stratlint.run.settings import Settings


class Stage(StrEnum):
    """How far a task has come."""

    NEW = "not begun"
    QUEUED = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "not read"
    CANCELLED = "cancelled"


@dataclass(eq=False, kw_only=True)
class Task:
    """What is done in the line, as a browser sees it."""

    stage: Stage = Stage.NEW
    progress: Progress | None = None
    fault: str = ""
    run: Run | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it waits or works."""
        return self.stage in (Stage.QUEUED, Stage.WORKING)


TaskT = TypeVar("TaskT", bound=Task)


class Line:
    """Tasks one after another."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._waiting: list[Task] = []

    def seen(self, tasks: Iterable[TaskT]) -> list[tuple[TaskT, int]]:
        """Tasks as they are at one moment, each with how many are done before it.

        The line goes on while a page is made of them: of a task that was asked twice a page would
        say that it works and then that it has ended.
        """
        with self._lock:
            place = {id(task): n for n, task in enumerate(self._waiting)}
            return [(copy.copy(task), place.get(id(task), 0)) for task in tasks]

    def still(self) -> AbstractContextManager[object]:
        """Hold the line, so that several changes of a task are seen together or not at all."""
        return self._lock

    def add(
        self,
        task: Task,
        work: Callable[[Run], object],
        words: Callable[[StratlintError], str] = lambda error: error.message,
    ) -> None:
        """Put a task at the end; ``words`` makes of an error what is said of it.

        Raises UsageError for a task that is in the line already.
        """
        with self._lock:
            must_rest(task)
            task.stage, task.fault, task.progress = Stage.QUEUED, "", None
            self._waiting.append(task)
            self._thread.submit(self._work, task, work, words)

    def cancel(self, task: Task) -> None:
        """Take a task out of the line, or stop it."""
        with self._lock:
            if task.stage is Stage.QUEUED:
                task.stage = Stage.CANCELLED
                self._waiting = [other for other in self._waiting if other is not task]
            elif task.stage is Stage.WORKING and task.run is not None:
                # Whatever the check says after this, it says because it was stopped.
                task.stage = Stage.CANCELLED
                task.run.stop()

    def close(self) -> None:
        """End: nothing waits any more. Tasks are cancelled before."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _work(
        self, task: Task, work: Callable[[Run], object], words: Callable[[StratlintError], str]
    ) -> None:
        def tell(progress: Progress) -> None:
            task.progress = progress

        with self._lock:
            if task not in self._waiting or task.stage is not Stage.QUEUED:
                return
            task.run, task.stage = Run(self._settings(), tell=tell), Stage.WORKING
        try:
            with task.run as run:
                work(run)
            self._end(task, Stage.DONE)
        except Stopped:
            self._end(task, Stage.CANCELLED)
        except StratlintError as error:
            self._end(task, Stage.FAILED, words(error))
        except Exception as error:  # a fault of ours must not stop the line
            seen = type(error).__name__
            self._end(task, Stage.FAILED, f"stratlint failed ({seen}); please report it")

    def _end(self, task: Task, stage: Stage, fault: str = "") -> None:
        with self._lock:
            if task.stage is Stage.WORKING:
                task.stage, task.fault = stage, fault
            task.run = None
            # One of its places: it may have been cancelled and put in anew meanwhile.
            if task in self._waiting:
                self._waiting.remove(task)


def must_rest(task: Task) -> None:
    """Raise UsageError for a task that waits or works."""
    if task.is_busy:
        raise UsageError("this is being checked: wait for it, or cancel the check first")
