"""Who may ask what of the page: this machine's own browser, after the first secret address.

The page listens on the loopback unless it is given a token, and that alone protects nothing: any
site open in the same browser can send requests there. So the name that a browser asks for is
checked (a foreign name that leads here is refused), a secret in the first address becomes a cookie
that no other site may use, every change must come from our own page and carry its token, and sizes
are bounded.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

NAMES = ("127.0.0.1", "localhost")
"""What this machine calls itself; any other name that leads here is somebody's trick."""
_OPEN_IT = (
    "Open the address that 'stratlint serve' printed; it holds the key. "
    "It serves once: start the page again for a new one."
)
_ASK_FOR_IT = "Ask whoever started this page for its whole address, with '/?key=' and the key."
_PLAIN_PORT = 80
_SAFE = frozenset({"GET", "HEAD"})
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: browsers then send the origin of a form as null.
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


class TooLarge(HTTPException):
    """A request body is over its limit."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"The upload is over {most // 1_000_000} MB. Put a smaller file in.")


class Guard:
    """An ASGI application around another that lets through what may be asked.

    ``port`` is where the page is asked for, by the names of this machine alone. ``key`` is the
    secret of the first address: it serves once, for whoever starts the page. ``most`` bounds the
    bytes of one request. ``address`` is where people other than this machine's ask for the page,
    through a proxy with its own sign-in (``https://drafts.example.org``) or straight from the
    network: then that name alone is answered to, and the key lets in everyone who has it.
    """

    def __init__(
        self, app: App, *, port: int, key: str, most: int, address: str | None = None
    ) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in NAMES)
        if port == _PLAIN_PORT:  # browsers leave this one out of Host and Origin
            self._hosts |= frozenset(NAMES)
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._is_shared = address is not None
        self._address = address
        self._is_secure = False
        if address is not None:
            self._is_secure = address.startswith("https://")
            self._hosts = frozenset({address.partition("://")[2]})
            self._origins = frozenset({address})
        # Browsers send a cookie to every port of a name: a second page must not overwrite ours.
        self.cookie = f"stratlint-{port}"
        self._key: str | None = key
        self._session = secrets.token_urlsafe(32)
        self.csrf = secrets.token_urlsafe(32)
        self.reading = secrets.token_urlsafe(32)
        """What a notebook shows instead of the cookie: it reads tables and changes nothing."""
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with headers that keep the page to itself."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        target = scope.get("raw_path", b"") + scope.get("query_string", b"")
        if not target.isascii():
            # Browsers write other letters as %xx. Whoever does not makes addresses that no
            # library below can read.
            plain = PlainTextResponse("An address has plain letters and %xx alone.", 400)
            await plain(scope, receive, _with_headers(send))
            return
        request = Request(scope)
        refusal = self._refusal(request)
        sender = _with_headers(send)
        if refusal is not None:
            await refusal(scope, receive, sender)
            return
        scope["csrf"], scope["reading"] = self.csrf, self.reading
        scope["address"] = self._address or str(request.base_url).rstrip("/")
        await self._app(scope, self._bounded(receive), sender)

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("This page answers to its own address alone.", 421)
        cookie = request.cookies.get(self.cookie, "")
        known = hmac.compare_digest(cookie.encode(), self._session.encode())
        given = request.query_params.get("key")
        if given is not None and request.method == "GET":
            return RedirectResponse("/", 303) if known else self._enter(given)
        if not known and not self._reads_tables(request):
            return PlainTextResponse(_ASK_FOR_IT if self._is_shared else _OPEN_IT, 403)
        if request.method not in _SAFE and not self._is_ours(request):
            return PlainTextResponse("A change must come from this page itself.", 403)
        length = request.headers.get("content-length", "0")
        if not re.fullmatch(r"[0-9]{1,15}", length) or int(length) > self._most:
            return PlainTextResponse(TooLarge(self._most).detail, 413)
        return None

    def _enter(self, given: str) -> Response:
        """Take the key for a cookie, once."""
        if self._key is None or not hmac.compare_digest(given.encode(), self._key.encode()):
            remedy = "Ask for the one in force." if self._is_shared else "Start the page again."
            return PlainTextResponse(f"This key is not in force. {remedy}", 403)
        if not self._is_shared:
            self._key = None
        entered = RedirectResponse("/", 303)
        entered.set_cookie(
            self.cookie,
            self._session,
            httponly=True,
            samesite="strict",
            path="/",
            secure=self._is_secure,
        )
        return entered

    def _reads_tables(self, request: Request) -> bool:
        """Whether a program of this person asks for a table, and no more."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        return (
            request.method in _SAFE
            and request.url.path.startswith("/api/")
            and kind.lower() == "bearer"
            and hmac.compare_digest(given.strip().encode(), self.reading.encode())
        )

    def _is_ours(self, request: Request) -> bool:
        """Whether a change comes from our own page, as browsers say of each request."""
        origin = request.headers.get("origin")
        if origin is not None:
            return origin.lower() in self._origins
        return request.headers.get("sec-fetch-site") == "same-origin"

    def _bounded(self, receive: Receive) -> Receive:
        """Count what comes in: a length that is not given, or wrong, holds nobody to anything."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise TooLarge(self._most)
            return message

        return counted


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.setdefault("headers", [])
            there = {name.lower() for name, _ in headers}
            for name, value in {**_HEADERS, "content-security-policy": _POLICY}.items():
                if name.encode() not in there:
                    headers.append((name.encode(), value.encode()))
        await send(message)

    return sender
