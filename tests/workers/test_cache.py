from __future__ import annotations

import contextlib
import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest

from stratlint.workers.cache import Cache


def test_keeps_and_forgets(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite3") as cache:
        assert cache.get("a") is None
        cache.put("a", b"value" * 100)
        assert cache.get("a") == b"value" * 100
        assert cache.info().entries == 1
        assert cache.clear() == 1
        assert cache.get("a") is None


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite3", max_bytes=10_000) as cache:
        for name in "abc":
            cache.put(name, os.urandom(3_000))
        assert cache.get("a") is not None
        cache.put("d", os.urandom(3_000))
        assert cache.get("b") is None
        assert cache.get("a") is not None
        assert cache.get("d") is not None
        assert cache.info().size <= 10_000


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    path.write_bytes(b"this is no database" * 500)
    with Cache(path) as cache:
        assert cache.get("a") is None
        cache.put("a", b"1")
        assert cache.get("a") == b"1"


def test_a_damaged_value_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    with Cache(path) as cache:
        cache.put("a", b"1")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE entries SET value = x'00'")
    with Cache(path) as cache:
        assert cache.get("a") is None


DAMAGES = {
    "a value is text": "UPDATE entries SET value = 'text'",
    "a value is a number": "UPDATE entries SET value = 12",
    "a value is nothing": "UPDATE entries SET value = zeroblob(0)",
    "a size is a word": "UPDATE entries SET size = 'large'",
    "a size is beyond numbers": "UPDATE entries SET size = 9e999",
    "a time is a word": "UPDATE entries SET used = 'then'",
    "another table": "DROP TABLE entries; CREATE TABLE entries (other INTEGER)",
    "no table": "DROP TABLE entries; CREATE VIEW entries AS SELECT 1 AS key",
}


@pytest.mark.parametrize("what", DAMAGES)
def test_any_damage_is_dropped_and_the_cache_goes_on(tmp_path: Path, what: str) -> None:
    path = tmp_path / "c.sqlite3"
    with Cache(path) as cache:
        cache.put("a", b"1")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(DAMAGES[what])
    with Cache(path, max_bytes=200) as cache:
        assert cache.get("a") in (None, b"1")
        for _ in range(2):
            cache.put("b", b"2")
            cache.put("c", os.urandom(100))
            cache.info()
        cache.put("b", b"2")
    # What was damaged is gone: the next run keeps and finds.
    with Cache(path) as cache:
        cache.put("d", b"4")
        assert cache.get("d") == b"4"
        assert cache.get("a") in (None, b"1")


def test_a_folder_in_the_place_of_the_file_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite3").mkdir()
    with Cache(tmp_path / "c.sqlite3") as cache:
        cache.put("a", b"1")
        assert cache.get("a") is None


def test_a_folder_that_cannot_be_made_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache(tmp_path / "file" / "c.sqlite3") as cache:
        cache.put("a", b"1")
        assert cache.get("a") is None


def _fill(path: Path, name: str) -> None:
    with Cache(path) as cache:
        for n in range(50):
            cache.put(f"{name}{n}", name.encode() * n)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(path, name)) for name in "xy"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with Cache(path) as cache:
        assert cache.info().entries == 100
        assert cache.get("y7") == b"y" * 7
