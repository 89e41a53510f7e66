"""Parts in stores that fsspec opens, among them one that fails now and then."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest

from stratlint.workers.store import Store, StoreFault

fsspec = pytest.importorskip("fsspec")
from fsspec.implementations.memory import MemoryFileSystem  # noqa: E402 - after the skip


class Unsteady(MemoryFileSystem):  # type: ignore[misc]
    """A store in memory whose every second answer is a fault, or every answer once ``gone``."""

    protocol = ("unsteady",)
    store: ClassVar[dict[str, Any]] = {}
    calls = count()
    gone = False

    def _falter(self) -> None:
        if self.gone or next(self.calls) % 2 == 0:
            raise ConnectionResetError("slow down")

    def cat_file(self, path: str, start: Any = None, end: Any = None, **more: Any) -> bytes:
        self._falter()
        found: bytes = super().cat_file(path, start, end, **more)
        return found

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **more: Any) -> None:
        self._falter()
        super().pipe_file(path, value, mode, **more)


fsspec.register_implementation("unsteady", Unsteady, clobber=True)


@pytest.fixture(params=["memory", "file", "unsteady"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder in each kind of store."""
    where = tmp_path if request.param == "file" else f"/{tmp_path.name}"
    return f"{request.param}://{where}"


def test_a_part_that_was_put_is_there_for_every_process(address: str) -> None:
    one = Store(address, pause=0)
    assert one.get("read abc") is None
    assert not one.has("read abc")
    one.put("read abc", b"bytes")
    other = Store(address, pause=0)
    assert other.has("read abc")
    assert other.get("read abc") == b"bytes"
    other.drop("read abc")
    assert Store(address, pause=0).get("read abc") is None


def test_a_damaged_part_counts_as_missing_and_goes(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path}")
    store.put("read abc", b"bytes")
    (part,) = (path for path in tmp_path.rglob("*") if path.is_file())
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    fresh = Store(f"file://{tmp_path}")
    assert fresh.get("read abc") is None
    assert fresh.dropped == 1
    assert not part.exists()


def test_a_part_under_another_key_is_not_taken(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path}")
    store.put("read abc", b"bytes")
    (part,) = (path for path in tmp_path.rglob("*") if path.is_file())
    part.rename(part.with_name("abd"))
    assert Store(f"file://{tmp_path}").get("read abd") is None


def test_a_store_that_is_gone_says_that_what_was_made_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Store("unsteady:///gone", tries=3, pause=0)
    monkeypatch.setattr(Unsteady, "gone", True)
    with pytest.raises(StoreFault, match=r"does not answer .*slow down.* run the same command"):
        store.put("read abc", b"bytes")


def test_a_store_that_is_none_is_told_by_its_name() -> None:
    with pytest.raises(StoreFault, match="nosuch"):
        Store("nosuch://bucket")


def test_no_more_is_held_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("stratlint.workers.store.HELD", 250)
    store = Store(f"file://{tmp_path}")
    for number in range(4):
        store.put(f"read {number}", bytes(100))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    assert [store.get(f"read {number}") is not None for number in range(4)] == [
        False,
        False,
        True,
        True,
    ]
