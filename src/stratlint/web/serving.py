"""Start the page, say its address, end it cleanly."""

from __future__ import annotations

import contextlib
import errno
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
from stratlint.web.guard import NAMES, Guard

if TYPE_CHECKING:
    from stratlint.run.settings import SettingsInForce

HOST = "127.0.0.1"
_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?"
)
_SHORTEST_TOKEN = 20
"""Characters of a token at least: random ones of this length are beyond guessing over a network."""
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
    host: str = HOST,
    token: str | None = None,
) -> None:
    """Serve the page until it is stopped.

    ``load`` gives the settings in force, which the page may change; ``behind`` is the address of
    a proxy in front. ``host`` is where it listens: anywhere but on the loopback it wants a
    ``token``, which lets in whoever has it. Raises UsageError for a port that is taken, for an
    address that is none, and for a host without a token.
    """
    behind = _origin(behind) if behind is not None else None
    is_open = host not in NAMES
    if is_open:
        _must_be_kept(host, token, behind)
    elif token is not None:
        raise UsageError(
            "a token (--token, STRATLINT_TOKEN) is for --host: on this machine alone the page "
            "makes a key of its own"
        )
    given = load()
    for word in given.words:
        tell(word)
    listening = _listen(port, host if is_open else HOST)
    port = listening.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="stratlint-desk-"))
    desk = Desk(folder, given.settings, corpus, load)
    desk.warm_up()
    key = token or secrets.token_urlsafe(24)
    name = f"[{host}]" if ":" in host else host.lower()
    seen_at = behind or (_origin(f"http://{name}:{port}") if is_open else None)
    app = guarded(desk, port=port, key=key, most=most, address=seen_at)
    address = f"{seen_at or f'http://{HOST}:{port}'}/?key={key}"
    # A token that somebody gave is not written into a terminal or a log.
    tell(f"Open {address if token is None else address.replace(token, 'TOKEN')}")
    if is_open:
        tell(
            f"Whoever reaches {host} and has the token sees and changes all drafts, and what goes "
            "over the network is not encrypted; Ctrl-C ends it."
        )
    elif behind is None:
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


def _must_be_kept(host: str, token: str | None, behind: str | None) -> None:
    """Refuse to listen beyond this machine without what keeps others out."""
    if behind is not None:
        raise UsageError("--behind listens on this machine alone: leave --host out")
    if host in ("0.0.0.0", "::", "*", ""):  # noqa: S104 - refused, not bound
        raise UsageError(
            f"'{shown(host)}' is every address of this machine: give the one that others use, so "
            "that the page can refuse all other names"
        )
    if token is None:
        raise UsageError(
            f"--host {shown(host)} lets other machines in: give a --token too, which each of them "
            "must show (or set STRATLINT_TOKEN)"
        )
    if len(token) < _SHORTEST_TOKEN or not re.fullmatch(r"[A-Za-z0-9._~-]+", token):
        raise UsageError(
            f"a token has at least {_SHORTEST_TOKEN} letters, digits and . _ ~ -, at random: "
            'python -c "import secrets; print(secrets.token_urlsafe())"'
        )


def _listen(port: int, host: str) -> socket.socket:
    try:
        (family, kind, _, _, where), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UsageError(f"'{shown(host)}' is no address or name of this machine") from None
    listening = socket.socket(family, kind)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(where)
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(f"'{shown(host)}' is no address or name of this machine") from None
        raise UsageError(
            f"port {port} cannot be had ({error.strerror}): give another, --port 0"
        ) from None
    return listening
