"""Who may ask what of the page: this machine's own browser, after the first secret address.

The page listens on the loopback, and that alone protects nothing: any site open in the same
browser can send requests there. So the name that a browser asks for is checked (a foreign name
that leads here is refused), a secret in the first address becomes a cookie that no other site may
use, every change must come from our own page and carry its token, and sizes are bounded.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "stratlint"
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


class TooLarge(Exception):
    """A request body is over its limit."""


class Guard:
    """An ASGI application around another that lets through what may be asked.

    ``hosts`` are the names and ports by which the page may be asked for. ``key`` is the secret
    of the first address: it serves once, for whoever starts the page. ``most`` bounds the bytes
    of one request.
    """

    def __init__(self, app: App, *, hosts: frozenset[str], key: str, most: int) -> None:
        self._app = app
        self._hosts = hosts
        self._key: str | None = key
        self._session = secrets.token_urlsafe(32)
        self.csrf = secrets.token_urlsafe(32)
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with headers that keep the page to itself."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        sender = _with_headers(send)
        if refusal is not None:
            await refusal(scope, receive, sender)
            return
        scope["csrf"] = self.csrf
        try:
            await self._app(scope, self._bounded(receive), sender)
        except TooLarge:
            said = f"The upload is over {self._most // 1_000_000} MB. Put a smaller file in."
            await PlainTextResponse(said, status_code=413)(scope, receive, sender)

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("This page answers to its own address alone.", 421)
        given = request.query_params.get("key")
        if given is not None and request.method == "GET":
            return self._enter(given)
        cookie = request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(cookie.encode(), self._session.encode()):
            return PlainTextResponse(
                "Open the address that 'stratlint serve' printed; it holds the key. "
                "It serves once: start the page again for a new one.",
                403,
            )
        if request.method not in _SAFE and not self._is_ours(request):
            return PlainTextResponse("A change must come from this page itself.", 403)
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._most:
            return PlainTextResponse(
                f"The upload is over {self._most // 1_000_000} MB. Put a smaller file in.", 413
            )
        return None

    def _enter(self, given: str) -> Response:
        """Take the key for a cookie, once."""
        if self._key is None or not hmac.compare_digest(given.encode(), self._key.encode()):
            return PlainTextResponse("This key is not in force. Start the page again.", 403)
        self._key = None
        entered = RedirectResponse("/", 303)
        entered.set_cookie(COOKIE, self._session, httponly=True, samesite="strict", path="/")
        return entered

    def _is_ours(self, request: Request) -> bool:
        """Whether a change comes from our own page, as browsers say of each request."""
        origin = request.headers.get("origin")
        if origin is not None:
            return origin.lower() in {f"http://{host}" for host in self._hosts}
        return request.headers.get("sec-fetch-site") == "same-origin"

    def _bounded(self, receive: Receive) -> Receive:
        """Count what comes in: a length that is not given, or wrong, holds nobody to anything."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise TooLarge
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
