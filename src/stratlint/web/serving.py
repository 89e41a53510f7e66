"""Start the page, say its address, end it cleanly."""

from __future__ import annotations

import contextlib
import re
import secrets
import signal
import socket
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from stratlint.errors import UsageError, shown
from stratlint.web.app import make_app
from stratlint.web.desk import Desk
from stratlint.web.guard import Guard

if TYPE_CHECKING:
    from stratlint.run.settings import SettingsInForce

HOST = "127.0.0.1"
_ORIGIN = re.compile(r"(?P<scheme>https?)://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?")
_OVERHEAD = 1_000_000
"""Bytes of a form beside its file."""


def serve(
    load: Callable[[], SettingsInForce],
    corpus: Path | None,
    *,
    port: int,
    open_page: bool,
    keep: bool,
    most: int,
    tell: Callable[[str], None],
    behind: str | None = None,
) -> None:
    """Serve the page until it is stopped.

    ``load`` gives the settings in force, which the page may change; ``behind`` is the address of
    a proxy in front. Raises UsageError for a port that is taken and for an address that is none.
    """
    behind = _origin(behind) if behind is not None else None
    given = load()
    for word in given.words:
        tell(word)
    listening = _listen(port)
    port = listening.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="stratlint-desk-"))
    desk = Desk(folder, given.settings, corpus, load)
    desk.warm_up()
    key = secrets.token_urlsafe(24)
    app = guarded(desk, port=port, key=key, most=most, address=behind)
    address = f"{behind or f'http://{HOST}:{port}'}/?key={key}"
    tell(f"Open {address}")
    if behind is None:
        tell("It is for this machine's browser alone; Ctrl-C ends it.")
    else:
        tell(f"A proxy with sign-in passes {behind} on to {HOST}:{port}; Ctrl-C ends it.")
    if open_page:
        webbrowser.open(address)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=2,  # a page that follows its draft keeps its connection open
    )
    server = uvicorn.Server(config)
    try:
        with _ended_by_signals(server), contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    finally:
        desk.close(keep=keep)
        listening.close()
        if keep:
            tell(f"The drafts are kept in {folder}")


@contextlib.contextmanager
def _ended_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Let a closed terminal and a plain kill end the page as Ctrl-C does, its files removed."""

    def end(*_: object) -> None:
        server.should_exit = True

    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {kind: signal.signal(kind, end) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def guarded(desk: Desk, *, port: int, key: str, most: int, address: str | None = None) -> Guard:
    """The application behind its guard."""
    app = make_app(desk, most=most)
    return Guard(app, port=port, key=key, most=most + _OVERHEAD, address=address)


def _origin(address: str) -> str:
    """The address of a proxy as browsers send it for an origin. Raises UsageError."""
    found = _ORIGIN.fullmatch(address.rstrip("/").lower())
    if found is None:
        raise UsageError(
            f"'{shown(address)}' is no address of a proxy: "
            "https://drafts.example.org, without a path"
        )
    plain = {"http": ":80", "https": ":443"}[found["scheme"]]
    return found.group().removesuffix(plain)  # browsers leave the usual port out


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError(
            f"port {port} cannot be had ({error.strerror}): give another, --port 0"
        ) from None
    return listening
