"""Worker processes of this machine, every task held to a wall-clock and a memory limit.

Unlike the standard library's process pool, a worker that dies or takes too long takes only its
own task with it. Each worker has a pipe of its own, so that one that is killed in the middle of a
word spoils nobody else's; and workers do not run the caller's main module, so that a script
without a guard, a prompt and a notebook may start them.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from stratlint.errors import StratlintError, UnreadableInput

ResultT = TypeVar("ResultT")
P = ParamSpec("P")

STARTING = 60.0
"""Seconds that a worker may take to start, which are not a document's."""

_PIECE, _ASLEEP = 1.0, 3.0
"""Seconds of waiting in one piece, and how much later than asked we may wake on a busy machine:
whoever wakes later was stopped, as all that runs here. The price: so much more for a document."""

WORN = 100
"""Tasks after which a worker makes room for a new one: libraries keep a little of each text."""


class LostWorker(Exception):
    """The process that worked on a task ended before it answered; the message says how."""


class WorkerPool(Executor):
    """Processes that hold each task to limits.

    ``seconds`` is the wall-clock limit of a task and ``memory_mb`` what it may add to the
    worker's address space. A task over its time has its worker killed and a new one started; one
    whose worker dies ends with :class:`LostWorker`, and whoever gave it may try it again.
    ``preload`` names modules to import once, before workers are forked from them.
    """

    def __init__(
        self,
        jobs: int,
        *,
        seconds: float = 120.0,
        memory_mb: int = 2048,
        preload: Sequence[str] = (),
    ) -> None:
        method = "forkserver" if sys.platform != "win32" else "spawn"
        self._context = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["stratlint.workers.forked", *preload])
        self.jobs = max(1, jobs)
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._queue: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()
        self._ours, self._wake = multiprocessing.Pipe(duplex=False)
        self._closing = False
        self._thread: threading.Thread | None = None
        self._due = 0.0

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        """Queue a task. Raises RuntimeError after shutdown."""
        with self._lock:
            if self._closing:
                raise RuntimeError("the pool is shut down")
            task = _Task((fn, args, kwargs))
            self._queue.append(task)
            if self._thread is None:
                self._thread = threading.Thread(target=self._manage, daemon=True)
                self._thread.start()
            self._wake.send_bytes(b"+")
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, after the queue is done unless ``cancel_futures``."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            if cancel_futures:
                for task in self._queue:
                    task.future.cancel()
                self._queue.clear()
                for worker in self._workers:
                    worker.process.kill()
            if self._thread is not None:
                self._wake.send_bytes(b".")
        if wait and self._thread is not None:
            self._thread.join()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.shutdown(wait=True, cancel_futures=kind is not None)

    def _manage(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # Ctrl-C is the main thread's. The fork server, which this thread starts, inherits it:
            # one that is interrupted while it loads would end with a traceback of its own. The
            # tracker is started before, because that lets the signal through again.
            with contextlib.suppress(OSError):
                resource_tracker.ensure_running()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            while True:
                self._assign()
                busy = [worker for worker in self._workers if worker.task is not None]
                with self._lock:
                    if self._closing and not busy and not self._queue:
                        return
                ready = wait_for(
                    [self._ours, *(w.pipe for w in busy)], self._patience(busy) if busy else None
                )
                self._forgive(busy)
                if self._ours in ready:
                    self._ours.recv_bytes()
                for worker in busy:
                    if worker.pipe in ready:
                        self._collect(worker)
                    elif time.monotonic() >= worker.deadline:
                        self._expire(worker)
        finally:
            for worker in self._workers:
                worker.stop()
            self._workers.clear()

    def _patience(self, busy: Sequence[_Worker]) -> float:
        """How long to wait for an answer: to the nearest deadline, in short pieces."""
        now = time.monotonic()
        patience = max(0.0, min(_PIECE, min(worker.deadline for worker in busy) - now))
        self._due = now + patience
        return patience

    def _forgive(self, busy: Sequence[_Worker]) -> None:
        """Give back the time in which nothing ran: the machine slept, or somebody stopped us."""
        lost = time.monotonic() - self._due if busy else 0.0
        if lost > _ASLEEP:
            for worker in busy:
                worker.deadline += lost

    def _assign(self) -> None:
        """Give waiting tasks to idle workers, starting workers as they are needed."""
        while True:
            with self._lock:
                if not self._queue:
                    return
                idle = next((w for w in self._workers if w.task is None), None)
                if idle is None and len(self._workers) >= self.jobs:
                    return
                task = self._queue.popleft()
            if not task.future.set_running_or_notify_cancel():
                continue
            try:
                worker = idle or self._start()
            except (EOFError, OSError) as error:
                how = f"no process could be started: {type(error).__name__}"
                task.future.set_exception(LostWorker(how))
                continue
            worker.task = task
            starting = 0.0 if worker.ready else STARTING
            worker.deadline = time.monotonic() + starting + self._seconds
            try:
                worker.pipe.send(task.call)
            except (BrokenPipeError, ConnectionError):
                self._bury(worker)

    def _start(self) -> _Worker:
        worker = _Worker(self._context, self._memory_mb)
        self._workers.append(worker)
        return worker

    def _collect(self, worker: _Worker) -> None:
        task = worker.task
        assert task is not None
        try:
            answer = worker.pipe.recv()
        except (EOFError, ConnectionError):
            self._bury(worker)
            return
        if answer is None:
            worker.ready = True
            worker.deadline = time.monotonic() + self._seconds
            return
        good, value = answer
        worker.task, worker.deadline = None, float("inf")
        worker.done += 1
        if worker.done >= WORN:
            self._workers.remove(worker)
            worker.stop()
        if good:
            task.future.set_result(value)
        else:
            task.future.set_exception(value)

    def _bury(self, worker: _Worker) -> None:
        """A worker died, and its task with it."""
        task = worker.task
        self._workers.remove(worker)
        worker.stop()
        if task is None:
            return
        how = worker.ending()
        if worker.aborted:
            how += f", as when more than {self._memory_mb:,} MB are asked for"
        task.future.set_exception(LostWorker(how))

    def _expire(self, worker: _Worker) -> None:
        task = worker.task
        assert task is not None
        self._workers.remove(worker)
        worker.stop()
        reason = f"took longer than {self._seconds:g} seconds (raise with --max-seconds)"
        task.future.set_exception(UnreadableInput(reason, code="timeout"))


class _Task:
    """A call, and what becomes of it."""

    __slots__ = ("call", "future")

    def __init__(self, call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> None:
        self.call = call
        self.future: Future[Any] = Future()


class _Worker:
    """One process and our end of the pipe to it."""

    def __init__(self, context: Any, memory_mb: int) -> None:
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, memory_mb), daemon=True)
        with _main_hidden():
            self.process.start()
        theirs.close()
        self.task: _Task | None = None
        self.done = 0
        self.ready = False
        self.deadline = float("inf")

    def stop(self) -> None:
        """End the process at once, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    @property
    def aborted(self) -> bool:
        """Whether a library gave up by itself, which it does where it is refused memory."""
        return bool(self.process.exitcode == -signal.SIGABRT)

    def ending(self) -> str:
        """How the process ended: the signal's name, or its exit code."""
        code = self.process.exitcode
        if code is not None and code < 0:
            return signal.Signals(-code).name
        return f"exit code {code}"


@contextlib.contextmanager
def _main_hidden() -> Iterator[None]:
    """Start a worker without the caller's main module.

    A worker would otherwise run the script that called it anew, which takes a guard in every
    script and fails at a prompt. Tasks are functions of importable modules, so it is no loss.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(pipe: Connection, memory_mb: int) -> None:
    """A worker's life: say None, then take a call, answer (good, value), until the pipe closes."""
    # Ctrl-C goes to the whole group; the parent decides what becomes of us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    _limit_memory(memory_mb)
    with contextlib.suppress(BrokenPipeError, ConnectionError):
        pipe.send(None)
    while True:
        try:
            function, args, kwargs = pipe.recv()
        except (EOFError, ConnectionError):
            return
        answer: tuple[bool, object]
        try:
            answer = (True, function(*args, **kwargs))
        except MemoryError:
            reason = f"needs more than {memory_mb:,} MB of memory (raise with --max-memory-mb)"
            answer = (False, UnreadableInput(reason, code="memory"))
        except StratlintError as error:
            answer = (False, error)
        except Exception as error:
            seen = f"{type(error).__name__}: {error}"
            answer = (False, UnreadableInput(f"unexpected fault ({seen})", code="damaged"))
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionError):
            return
        # The next document begins without what is left of this one in cycles.
        del function, args, kwargs, answer
        gc.collect()


def _limit_memory(memory_mb: int) -> None:
    """Bound what this process may add to its address space, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - not a file
            held = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return
    bound = held + memory_mb * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > bound:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _die_with_parent() -> None:
    """End this process when the one that it was forked from ends.

    A worker sees its pipe closed only between tasks; one that hangs in a file for ever would
    outlive a killed run. The fork server lives while somebody holds the other end of its pipe:
    a worker is given it to start processes of its own, and has no use for it.
    """
    from multiprocessing import forkserver

    held = getattr(forkserver._forkserver, "_forkserver_alive_fd", None)
    if held is not None:
        with contextlib.suppress(OSError):
            os.close(held)
        forkserver._forkserver._forkserver_alive_fd = None  # type: ignore[attr-defined]
    if not sys.platform.startswith("linux"):
        threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


_PR_SET_PDEATHSIG = 1


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(1)
