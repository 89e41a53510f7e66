"""Work on a Dask cluster: the same functions, another executor. Needs ``stratlint[dask]``."""

from __future__ import annotations

import gc
import importlib
import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from stratlint.errors import UsageError


class _Watch:
    """Whether there is still somebody who works: asked while nothing comes back."""

    def __init__(self, client: Any, address: str, patience: float) -> None:
        self.client, self.address, self.patience = client, address, patience
        self.alone_since: float | None = None
        """When it was first seen that there is no worker, None while there is one."""

    def __call__(self) -> str:
        """What is to be said where nobody works any more, empty where somebody does."""
        if self.client.status in ("closing", "closed"):
            return f"the Dask scheduler at {self.address} is gone"
        try:
            workers = self.client.sync(
                self.client.scheduler.ncores, workers=None, callback_timeout=5
            )
        except (OSError, TimeoutError):
            return ""  # the client tries to reach its scheduler again, and closes where it cannot
        if workers:
            self.alone_since = None
            return ""
        now = time.monotonic()
        if self.alone_since is None:
            self.alone_since = now
        if now - self.alone_since < self.patience:
            return ""
        return (
            f"the Dask scheduler at {self.address} has had no worker for {self.patience:g} "
            "seconds: start workers, and give the same command again"
        )


def _preloading(base: type, modules: Sequence[str]) -> Any:
    """A plugin with which every worker, now or later, loads modules before its first task."""

    class Preload(base):  # type: ignore[misc]
        name = "stratlint-preload"

        def setup(self, worker: object) -> None:  # noqa: ARG002 - given by Dask
            for module in modules:
                importlib.import_module(module)

    return Preload()


@contextmanager
def dask_executor(
    address: str,
    *,
    timeout: float = 20.0,
    patience: float = 120.0,
    preload: Sequence[str] = (),
) -> Iterator[Executor]:
    """An executor on the cluster whose scheduler is at ``address`` (``tcp://host:8786``).

    Workers have the same stratlint, and load what ``preload`` names when they come. Without a
    store that they share with this process they must see the documents under the same paths. A task
    whose worker dies is given to another by the scheduler as often as its setting
    ``allowed-failures`` says (Dask's own default is three times), then once more with no other
    task beside it, then reported. Where there has been no worker at all for ``patience`` seconds,
    the run ends in words. Raises UsageError when Dask is not installed or the scheduler does not
    answer within ``timeout`` seconds.
    """
    try:
        from distributed import Client, WorkerPlugin
    except ImportError:
        raise UsageError("--dask needs Dask: pip install 'stratlint[dask]'") from None
    try:
        client = Client(address, timeout=timeout, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {address}: {error}") from None
    # What breaks is told here, in words: Dask would print its own traceback beside them, and
    # asyncio that of a message of Dask's for which nobody waits any more.
    told = {log: log.level for log in map(logging.getLogger, ("distributed", "asyncio"))}
    for log in told:
        log.setLevel(logging.CRITICAL)
    try:
        # Pure functions of their arguments: a lost result may simply be made again.
        executor = client.get_executor(retries=1, pure=False)  # type: ignore[no-untyped-call]
        # Futures of a client that gave its scheduler up may never end: who waits asks this.
        executor.gone = _Watch(client, address, patience)
        # Tasks are given out by what the cluster has, not by the cores of this machine.
        executor.workers = max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
        if preload:
            client.register_plugin(_preloading(WorkerPlugin, preload))
        yield executor
    finally:
        client.close()  # type: ignore[no-untyped-call]
        gc.collect()  # such a message speaks when it is collected
        for log, level in told.items():
            log.setLevel(level)
