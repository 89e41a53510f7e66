"""Analyses kept between runs: one SQLite file in the user's cache directory.

The file is in write-ahead mode, so two processes may use it at once and a kill at any moment
leaves it whole. A value is a compressed record with a checksum over key and record;
nothing in it is ever executed. A cache that is damaged or cannot be written costs time, never a
result.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stratlint.records import Record
from stratlint.resources import cache_dir

MAX_BYTES = 1_000_000_000
"""Above this the least recently used entries go."""

T = TypeVar("T")

_EVICT_TO = 0.8
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  key TEXT PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL, used REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_used ON entries (used, size);
"""


_CHECK = 16
_FORM = 2
"""The form in which values are kept: a file of another is emptied."""


def _checksum(key: str, value: bytes) -> bytes:
    """What tells a value that was damaged, or that is another key's."""
    return hashlib.blake2b(key.encode() + b"\0" + value, digest_size=_CHECK).digest()


def packed(key: str, value: bytes) -> bytes:
    """A value as it is kept: compressed, with its checksum before it."""
    return _checksum(key, value) + zlib.compress(value, 1)


def unpacked(key: str, data: bytes) -> bytes | None:
    """The value again; None where it was damaged or is another key's."""
    try:
        value = zlib.decompress(data[_CHECK:])
    except zlib.error:
        return None
    return value if data[:_CHECK] == _checksum(key, value) else None


class CacheInfo(Record):
    """What the cache holds."""

    path: str
    entries: int
    size: int
    limit: int


def default_path() -> Path:
    """The file in the folder of what is kept between runs."""
    return cache_dir() / "analyses.sqlite3"


class Cache:
    """Values by key. Every method is safe to call when the file is missing or damaged."""

    def __init__(self, path: Path | None = None, *, max_bytes: int = MAX_BYTES) -> None:
        self.path = path or default_path()
        self.max_bytes = max_bytes
        self.dropped = 0
        """Damaged values that were found and dropped."""
        self._connection: sqlite3.Connection | None = None
        self._broken = False

    def get(self, key: str) -> bytes | None:
        """The value of a key, or None."""

        def look(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE entries SET used = ? WHERE key = ?", (time.time(), key))
            # A value of another type is damaged; nothing has the checksum of nothing.
            return row[0] if isinstance(row[0], bytes) else b""

        data = self._guarded(look, None)
        if data is None:
            return None
        value = unpacked(key, data)
        if value is None:
            self.drop(key)
        return value

    def drop(self, key: str) -> None:
        """Forget a value that turned out to be damaged."""
        self.dropped += 1
        self._guarded(
            lambda connection: connection.execute("DELETE FROM entries WHERE key = ?", (key,)),
            None,
        )

    def put(self, key: str, value: bytes) -> None:
        """Keep a value, and make room when there is too much."""
        data = packed(key, value)
        if len(data) > self.max_bytes * _EVICT_TO:
            return

        def keep(connection: sqlite3.Connection) -> None:
            row = (key, data, len(data), time.time())
            connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", row)
            self._evict(connection)

        self._guarded(keep, None)

    def clear(self) -> int:
        """Forget everything. Returns the number of entries that there were."""

        def forget(connection: sqlite3.Connection) -> int:
            count = int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
            connection.execute("DELETE FROM entries")
            connection.execute("VACUUM")
            return count

        return self._guarded(forget, 0)

    def info(self) -> CacheInfo:
        """Entries and bytes held."""

        def count(connection: sqlite3.Connection) -> tuple[int, int]:
            row = connection.execute("SELECT count(*), sum(size) FROM entries").fetchone()
            return int(row[0]), int(row[1] or 0)

        entries, size = self._guarded(count, (0, 0))
        return CacheInfo(path=str(self.path), entries=entries, size=size, limit=self.max_bytes)

    def close(self) -> None:
        """Close the file. The cache may be used again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _evict(self, connection: sqlite3.Connection) -> None:
        total = int(connection.execute("SELECT sum(size) FROM entries").fetchone()[0] or 0)
        if total <= self.max_bytes:
            return
        excess = total - int(self.max_bytes * _EVICT_TO)
        gone: list[tuple[str]] = []
        for key, size in connection.execute("SELECT key, size FROM entries ORDER BY used, key"):
            if excess <= 0:
                break
            gone.append((key,))
            excess -= size
        connection.executemany("DELETE FROM entries WHERE key = ?", gone)

    def _guarded(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """The action's answer; a damaged file is begun anew, an unusable one left alone."""
        if self._broken:
            return otherwise
        try:
            if self._connection is None:
                self._connection = self._open()
            return action(self._connection)
        except sqlite3.OperationalError as error:
            self.close()
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
                # Another table under the name of ours.
                self._remove()
            else:
                # Locked for very long, read-only, or no room: go on without.
                self._broken = True
        except (sqlite3.DatabaseError, TypeError, ValueError, OverflowError):
            # The last three: a column holds what nobody put there.
            self.close()
            self._remove()
        return otherwise

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from None
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _FORM:
            # Another version of stratlint kept values in another form.
            connection.execute("DROP TABLE IF EXISTS entries")
            connection.execute(f"PRAGMA user_version = {_FORM}")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        return connection

    def _remove(self) -> None:
        self.dropped += 1
        try:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError:
            self._broken = True
