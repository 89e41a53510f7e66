"""One worker process: how it starts, what it may take, what it does until its pipe closes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

from stratlint.errors import StratlintError, UnreadableInput


class Task:
    """A call, what becomes of it, and how often it was begun."""

    __slots__ = ("call", "future", "tries")

    def __init__(self, call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> None:
        self.call = call
        self.future: Future[Any] = Future()
        self.tries = 0


class Worker:
    """One process and our end of the pipe to it."""

    def __init__(self, context: Any, memory_mb: int) -> None:
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, memory_mb), daemon=True)
        with _main_hidden():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
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
