"""Worker processes of this machine, every task held to a wall-clock and a memory limit.

Unlike the standard library's process pool, a worker that dies or takes too long takes only its
own task with it.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from multiprocessing.connection import wait as wait_for
from typing import ParamSpec, TypeVar

from stratlint.errors import UnreadableInput
from stratlint.workers.worker import Task, Worker

ResultT = TypeVar("ResultT")
P = ParamSpec("P")

TRIES = 2
"""A task whose worker is lost is tried again once, then reported."""

STARTING = 60.0
"""Seconds that a worker may take to start, which are not a document's."""

WORN = 100
"""Tasks after which a worker makes room for a new one: libraries keep a little of each text."""


class WorkerPool(Executor):
    """Processes that hold each task to limits.

    ``seconds`` is the wall-clock limit of a task and ``memory_mb`` what it may add to the
    worker's address space. A task over its time has its worker killed and a new one started.
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
            self._context.set_forkserver_preload(list(preload))
        self.jobs = max(1, jobs)
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._queue: deque[Task] = deque()
        self._workers: list[Worker] = []
        self._lock = threading.Lock()
        self._ours, self._wake = multiprocessing.Pipe(duplex=False)
        self._closing = False
        self._thread: threading.Thread | None = None

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        """Queue a task. Raises RuntimeError after shutdown."""
        with self._lock:
            if self._closing:
                raise RuntimeError("the pool is shut down")
            task = Task((fn, args, kwargs))
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
        try:
            while True:
                self._assign()
                busy = [worker for worker in self._workers if worker.task is not None]
                with self._lock:
                    if self._closing and not busy and not self._queue:
                        return
                nearest = min((worker.deadline for worker in busy), default=float("inf"))
                timeout = None if nearest == float("inf") else max(0.0, nearest - time.monotonic())
                ready = wait_for([self._ours, *(w.pipe for w in busy)], timeout)
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
            if task.tries == 0 and not task.future.set_running_or_notify_cancel():
                continue
            worker = idle or self._start()
            task.tries += 1
            worker.task = task
            starting = 0.0 if worker.ready else STARTING
            worker.deadline = time.monotonic() + starting + self._seconds
            try:
                worker.pipe.send(task.call)
            except (BrokenPipeError, ConnectionError):
                self._bury(worker)

    def _start(self) -> Worker:
        worker = Worker(self._context, self._memory_mb)
        self._workers.append(worker)
        return worker

    def _collect(self, worker: Worker) -> None:
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

    def _bury(self, worker: Worker) -> None:
        """A worker died: its task is tried once more, elsewhere, then reported."""
        task = worker.task
        self._workers.remove(worker)
        worker.stop()
        if task is None:
            return
        with self._lock:
            closing = self._closing
            if task.tries < TRIES and not closing:
                self._queue.appendleft(task)
                return
        how = worker.ending()
        if worker.aborted:
            how += f", as when more than {self._memory_mb:,} MB are asked for"
        reason = f"the process that read it ended {TRIES} times ({how})"
        task.future.set_exception(UnreadableInput(reason, code="lost-worker"))

    def _expire(self, worker: Worker) -> None:
        task = worker.task
        assert task is not None
        self._workers.remove(worker)
        worker.stop()
        reason = f"took longer than {self._seconds:g} seconds (raise with --max-seconds)"
        task.future.set_exception(UnreadableInput(reason, code="timeout"))
