"""Work on a Dask cluster: the same function, another executor. Needs ``stratlint[dask]``."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from stratlint.errors import UsageError


def _gone(status: str, address: str) -> str:
    """What is to be said where the client has given its scheduler up, empty where it has not."""
    return f"the Dask scheduler at {address} is gone" if status in ("closing", "closed") else ""


@contextmanager
def dask_executor(address: str, *, timeout: float = 20.0) -> Iterator[Executor]:
    """An executor on the cluster whose scheduler is at ``address`` (``tcp://host:8786``).

    Workers must see the documents under the same paths and have the same stratlint. A task
    whose worker dies is given to another by the scheduler as often as its setting
    ``allowed-failures`` says (Dask's own default is three times), then once more with no other
    task beside it, then reported. Raises
    UsageError when Dask is not installed or the scheduler does not answer within ``timeout``
    seconds.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--dask needs Dask: pip install 'stratlint[dask]'") from None
    try:
        client = Client(address, timeout=timeout, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {address}: {error}") from None
    try:
        # Pure functions of their arguments: a lost result may simply be made again.
        executor = client.get_executor(retries=1, pure=False)  # type: ignore[no-untyped-call]
        # Futures of a client that gave its scheduler up may never end: who waits asks this.
        executor.gone = lambda: _gone(client.status, address)
        yield executor
    finally:
        client.close()  # type: ignore[no-untyped-call]
