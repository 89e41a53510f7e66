"""A page to talk to: the application behind its guard, and a browser's way of asking it."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from stratlint.run.settings import Settings

pytest.importorskip("starlette", reason="needs the extra web: pip install 'stratlint[web]'")

from stratlint.web.desk import Desk
from stratlint.web.guard import Guard
from stratlint.web.serving import guarded

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
KEY = "the-first-key"


class Page:
    """The page as a browser sees it after the first address was opened."""

    def __init__(self, app: Guard, desk: Desk) -> None:
        self.app = app
        self.desk = desk
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=BASE,
            follow_redirects=True,
        )

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Any request at all."""
        return asyncio.run(self.client.request(method, path, **more))

    def enter(self) -> Page:
        """Open the first address."""
        assert self.get("/", params={"key": KEY}).status_code == 200
        return self

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Ask for an address."""
        return self.ask("GET", path, **more)

    def send(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """Send a form of ours."""
        data = {"csrf": self.app.csrf, **(fields or {})}
        headers = {"origin": BASE, **more.pop("headers", {})}
        return self.ask("POST", path, data=data, headers=headers, **more)

    def put(self, name: str, data: bytes, **fields: Any) -> str:
        """Put a draft in; its address."""
        answer = self.send("/drafts", fields, files={"file": (name, data)})
        assert answer.status_code == 200, answer.text
        return str(answer.url.path)

    def done(self, address: str, seconds: float = 120) -> str:
        """The page of a draft once it has been checked."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = self.get(address)
            assert answer.status_code == 200, answer.text
            if 'id="progress"' not in answer.text:
                return str(answer.text)
            time.sleep(0.1)
        raise AssertionError(f"not checked in {seconds} seconds")

    def fingerprints(self, address: str) -> list[str]:
        """The findings that can be set aside on a draft's page."""
        form = re.compile(r'/aside".*?name="fingerprint" value="([0-9a-f]{16})"')
        return form.findall(self.done(address))


Open = Callable[..., Page]


@pytest.fixture
def open_page(tmp_path: Path) -> Iterator[Open]:
    """Make pages over a corpus, entered unless told otherwise; closed after the test."""
    made: list[Page] = []

    def make(corpus: Path | None = None, *, most: int = 5_000_000, **settings: Any) -> Page:
        folder = tmp_path / f"desk-{len(made)}"
        folder.mkdir()
        desk = Desk(folder, Settings.model_validate({"jobs": 2, **settings}), corpus)
        page = Page(guarded(desk, port=PORT, key=KEY, most=most), desk)
        made.append(page)
        return page.enter()

    yield make
    for page in made:
        page.desk.close(keep=False)
        assert not page.desk.folder.exists()


@pytest.fixture
def own_corpus(made_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the made corpus that a test may write into."""
    return shutil.copytree(made_corpus, tmp_path / "own-corpus")
