"""What a run makes, kept where many machines find it: a folder or bucket that fsspec can open.

A part is the bytes that one step made of one item, under the key of all that it depends on: the
same bytes and keys as in the cache of one machine, so that whatever is in a store was made whole,
and a run that was cut off is taken up where it ended. Parts are MessagePack of frozen records and
not tables: an analysis is nested, is always read whole, and is never searched by a column.
"""

from __future__ import annotations

import contextlib
import importlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import msgspec

from stratlint.errors import StratlintError, UsageError
from stratlint.records import Document, Record
from stratlint.workers.cache import packed, unpacked

T = TypeVar("T")

TRIES = 6
"""How often the store is asked before it counts as gone, with a pause that doubles."""
PAUSE = 0.1
"""Seconds of the first pause: 6 tries wait 3 s in all, which outlasts a server's 'slow down'."""
HELD = 200_000_000
"""Bytes of parts that a process holds: what a worker made or fetched it is likely to need again."""
LARGE = 100_000
"""Answers of more bytes are not sent to the driver, which fetches what it needs."""

_FINAL = (PermissionError, NotADirectoryError, IsADirectoryError, ImportError, ValueError)
"""Faults that no further try would mend."""


class StoreFault(UsageError):
    """A store that does not answer, or that may not be used."""

    def __init__(self, message: str, *, code: str = "store") -> None:
        super().__init__(message, code=code)


class Store:
    """Parts by key, in the folder or bucket at ``url`` (``s3://bucket/folder``, ``file:///…``).

    It has the methods of a :class:`~stratlint.workers.cache.Cache`, and serves in its place.
    Nothing in it is ever executed, and a part that was damaged counts as missing. Options of the
    store (an end point, a profile) come from the environment, as fsspec takes them. Raises
    StoreFault where it cannot be used.
    """

    def __init__(self, url: str, *, tries: int = TRIES, pause: float = PAUSE) -> None:
        self.url = url
        self.dropped = 0
        """Damaged values that were found and dropped."""
        self._tries, self._pause = tries, pause
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        try:
            fsspec = importlib.import_module("fsspec")
        except ImportError:
            raise StoreFault("--store needs fsspec: pip install 'stratlint[dask]'") from None
        try:
            self._files, self._root = fsspec.core.url_to_fs(url)
        except ImportError as error:
            raise StoreFault(f"{url}: {error}") from None
        except (ValueError, OSError) as error:
            raise StoreFault(f"{url}: no store can be opened there: {error}") from None

    def get(self, key: str) -> bytes | None:
        """The value of a key, or None."""
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        path = self._path(key)
        try:
            data = self._patiently(lambda: self._files.cat_file(path))
        except FileNotFoundError:
            return None
        value = unpacked(key, data)
        if value is None:
            self.drop(key)
            return None
        self._hold(key, value)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value."""
        path = self._path(key)
        data = packed(key, value)
        try:
            self._patiently(lambda: self._written(path, data))
        except FileNotFoundError as error:
            raise StoreFault(f"{self.url}: there is no such bucket or folder: {error}") from None
        self._hold(key, value)

    def probe(self) -> None:
        """Write a word, so that a store that cannot be used says so before any work is done."""
        self.put("probe word", b"stratlint")

    def has(self, key: str) -> bool:
        """Whether there is a value, without fetching it."""
        return key in self._held or bool(
            self._patiently(lambda: self._files.exists(self._path(key)))
        )

    def drop(self, key: str) -> None:
        """Forget a value that turned out to be damaged."""
        self.dropped += 1
        self._size -= len(self._held.pop(key, b""))
        # Another process may have been faster.
        with contextlib.suppress(FileNotFoundError):
            self._patiently(lambda: self._files.rm_file(self._path(key)))

    def close(self) -> None:
        """Let go of what is held; the store may be used again."""
        self._held.clear()
        self._size = 0

    def _path(self, key: str) -> str:
        step, _, rest = key.partition(" ")
        return "/".join((self._root, step, rest[:2], rest.replace(" ", "-")))

    def _written(self, path: str, data: bytes) -> None:
        if "file" in _protocols(self._files):
            # A bucket has no folders, and shows an object when all of it is there.
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            own = f"{path}.{threading.get_native_id()}-{time.monotonic_ns()}"
            self._files.pipe_file(own, data)
            self._files.mv(own, path)
        else:
            self._files.pipe_file(path, data)

    def _hold(self, key: str, value: bytes) -> None:
        self._size += len(value) - len(self._held.pop(key, b""))
        self._held[key] = value
        while self._size > HELD:
            self._size -= len(self._held.popitem(last=False)[1])

    def _patiently(self, ask: Callable[[], T]) -> T:
        """The answer of a store that may fail now and then."""
        pause = self._pause
        for left in reversed(range(self._tries)):
            try:
                return ask()
            except FileNotFoundError:
                raise
            except _FINAL as error:
                raise StoreFault(f"{self.url}: may not be used: {_said(error)}") from None
            except Exception as error:
                # Each store has errors of its own, and most of them pass.
                if not left:
                    raise StoreFault(
                        f"{self.url}: does not answer ({_said(error)}); what was made is kept "
                        "there: run the same command again"
                    ) from None
                time.sleep(pause)
                pause *= 2
        raise AssertionError("a store is asked once at least")


def _protocols(files: Any) -> tuple[str, ...]:
    found = files.protocol
    return (found,) if isinstance(found, str) else tuple(found)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


class Part(Record):
    """A document or an analysis as it travels to a worker: where it is kept, and no more.

    ``said`` is the document without its text, as it is by now: with region, title and year.
    """

    url: str
    key: str
    said: bytes


HEAVY = ("text", "pages", "blocks", "outline", "notes", "marks")
"""Fields of a document that its reader alone fills, and nearly all its bytes."""
_EMPTY: dict[str, Any] = {"text": "", **dict.fromkeys(HEAVY[1:], ())}
_DOCUMENT = msgspec.msgpack.Decoder(Document)


def light(document: Document) -> bytes:
    """A document without its text, for :attr:`Part.said`."""
    return msgspec.msgpack.encode(msgspec.structs.replace(document, **_EMPTY))


def received(sent: bytes | Part) -> Document:
    """A document that was sent to a worker. Raises StoreFault where its part is gone."""
    if isinstance(sent, bytes):
        return _DOCUMENT.decode(sent)
    whole = _DOCUMENT.decode(fetched(sent.url, sent.key))
    said = _DOCUMENT.decode(sent.said)
    return msgspec.structs.replace(said, **{name: getattr(whole, name) for name in HEAVY})


def fetched(url: str, key: str) -> bytes:
    """The bytes of a part, from this process where it holds them."""
    data = store_at(url).get(key)
    if data is None:
        raise StoreFault(f"{url}: a part that was kept there is gone: {key}")
    return data


@cache
def store_at(url: str) -> Store:
    """The store of this process at an address."""
    return Store(url)


class Task(Record):
    """What a worker of a cluster does for one item: it keeps what it made, and says so."""

    url: str
    key: str | None
    function: Callable[[Any], bytes]
    charge: Any


_ONE = threading.RLock()
"""A worker may have several threads; lists in force and models are a process's."""


def make_part(task: Task) -> bytes | StratlintError:
    """The work of a worker: its answer where that is small, else nothing.

    What cannot be done is an answer too: a scheduler would try again what fails.
    """
    try:
        with _ONE:
            data = task.function(task.charge)
            if task.key is None:
                return data
            store_at(task.url).put(task.key, data)
    except StratlintError as error:
        return error
    return data if len(data) <= LARGE else b""
