"""Whole audits killed, run in pairs, and over damaged caches: ``make endurance``.

    python -m tests.robustness.endurance [--kills 100] [--pairs 40] [--damages 60] [--seed 2008]

Each part says what it did and what was lost, stale or mixed without a word; all three must be 0.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from stratlint.outputs import MARKER, mixture

OWN = "a person's own notes"
_SENTENCES = (
    "We will invest in aerospace.",
    "Tourism is a priority for the region.",
    "We will support food and drink in every market town.",
    "Marine engineering is one of our key sectors.",
    "Life sciences and digital industries are our strengths.",
)


class Place:
    """A corpus whose texts change, a folder of results with a file of a person, and a cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus, self.out = folder / "corpus", folder / "out"
        self.corpus.mkdir(parents=True)
        self.out.mkdir()

    def write(self, version: int) -> None:
        """Give every document the text of a version."""
        for number in range(3):
            chance = random.Random(f"{version} {number}")
            text = " ".join(chance.choices(_SENTENCES, k=12))
            (self.corpus / f"plan-{number}-2007.md").write_text(f"# Plan {number}\n\n{text}\n")

    def begin(
        self, out: Path | None = None, *, cache: str = "cache", cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Begin an audit."""
        command = [sys.executable, "-m", "stratlint", "audit", str(self.corpus)]
        command += ["-o", str(out or self.out), "--fail-on", "never", "-j", "1"]
        own = {"STRATLINT_CACHE_DIR": str(self.folder / cache), "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(
            command,
            env={**os.environ, **own},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=cwd or self.folder,
        )

    def fresh(self, out: Path | None = None) -> dict[str, bytes]:
        """What an audit says that finds nothing kept; links in it are relative to its folder."""
        out = out or self.folder / "fresh"
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(self.folder / "no-cache", ignore_errors=True)
        process = self.begin(out, cache="no-cache")
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return files(out)


def files(folder: Path) -> dict[str, bytes]:
    """What a reader of a folder of results finds: all but what is being written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".stratlint-") and path.name != "own.txt"
    }


def kills(folder: Path, count: int, seed: int) -> Counter[str]:
    """Kill audits at moments drawn from a seed; every second folder cannot be exchanged."""
    place, chance = Place(folder), random.Random(seed)
    told: Counter[str] = Counter()
    for version in (0, -1):
        # The second time, with new texts and a warm disk, tells how long one takes.
        place.write(version)
        begun = time.monotonic()
        process = place.begin()
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        took = time.monotonic() - begun
    (place.out / "own.txt").write_text(OWN, encoding="utf-8")
    old = files(place.out)
    new: dict[str, bytes] | None = None
    number, attempts = 0, 0
    while number < count and attempts < 4 * count:
        attempts += 1
        if new is None:
            # A new version: until one run writes its result, the old one must be there.
            place.write(attempts)
            new = place.fresh()
        inputs = files(place.corpus)
        # A folder in which the run itself stands is written file by file.
        process = place.begin(cwd=place.out if attempts % 2 else None)
        # The last tenth of the time is where the files are written: half of the kills are there.
        low, high = (0.7, 1.0) if attempts % 4 < 2 else (0.02, 1.0)
        begun = time.monotonic()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(took * chance.uniform(low, high))
        if process.returncode is not None:
            # No kill: the machine is less busy, or all was known. What it took is the measure.
            told["ended before the kill"] += 1
            took = time.monotonic() - begun
        number += process.returncode is None
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        there = files(place.out)
        told["lost"] += files(place.corpus) != inputs
        told["lost"] += (place.out / "own.txt").read_text("utf-8") != OWN
        if there == new:
            told["left the new run"] += 1
            old, new = there, None
        elif there == old:
            told["left the old run"] += 1
        elif mixture(place.out) is not None:
            told["mixed and said"] += 1
        else:
            told["mixed without a word"] += 1
        if new is not None and attempts % 5 == 0:
            begun = time.monotonic()
            process = place.begin()
            _, said = process.communicate(timeout=300)
            told["could not go on"] += process.returncode != 0
            told["stale"] += files(place.out) != new
            told["compared with fresh"] += 1
            took = time.monotonic() - begun
            old, new = new, None
    told["kills"] = number
    return told


def pairs(folder: Path, count: int) -> Counter[str]:
    """Two audits of different corpora at once into one folder: it is one run's, whole."""
    told: Counter[str] = Counter()
    one, two = Place(folder / "one"), Place(folder / "two")
    wanted = []
    for version, place in enumerate((one, two)):
        place.write(version)
        wanted.append(place.fresh(folder / "fresh"))
    for number in range(count):
        out = folder / f"out-{number}" if number % 2 else folder / "shared"
        out.mkdir(exist_ok=True)
        both = [place.begin(out) for place in (one, two)]
        if number % 3 == 0:
            time.sleep(random.Random(number).uniform(0, 0.3))
        said = [process.communicate(timeout=300)[1] for process in both]
        told["pairs"] += 1
        told["failed"] += any(process.returncode != 0 for process in both)
        told["a traceback"] += any(b"Traceback" in word for word in said)
        there = files(out)
        told["of one run"] += there in wanted
        told["mixed without a word"] += there not in wanted and mixture(out) is None
        left = [p for p in out.parent.glob(".stratlint-*") if p.name != MARKER]
        told["left beside it"] += len(left)
    return told


def damages(folder: Path, count: int, seed: int) -> Counter[str]:
    """Damage the cache in ways drawn from a seed: the next run says what a fresh one says."""
    told: Counter[str] = Counter()
    place, chance = Place(folder), random.Random(seed)
    place.write(0)
    process = place.begin()
    process.communicate(timeout=300)
    fresh = place.fresh()
    cache = next((folder / "cache").glob("*.sqlite3"))
    with contextlib.closing(sqlite3.connect(cache)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    whole = cache.read_bytes()
    for number in range(count):
        for beside in cache.parent.glob(f"{cache.name}*"):
            beside.rmdir() if beside.is_dir() else beside.unlink()
        cache.write_bytes(whole)
        how = _DAMAGES[number % len(_DAMAGES)]
        how(cache, chance)
        process = place.begin()
        _, said = process.communicate(timeout=300)
        told["damages"] += 1
        told["failed"] += process.returncode != 0
        told["a traceback"] += b"Traceback" in said
        told["stale"] += files(place.out) != fresh
        told["said"] += b"cache" in said.lower() or b"kept" in said.lower()
    return told


def _flip(cache: Path, chance: random.Random) -> None:
    data = bytearray(cache.read_bytes())
    for _ in range(chance.randint(1, 200)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    cache.write_bytes(data)


def _cut(cache: Path, chance: random.Random) -> None:
    data = cache.read_bytes()
    cache.write_bytes(data[: chance.randrange(len(data))])


def _noise(cache: Path, chance: random.Random) -> None:
    cache.write_bytes(chance.randbytes(chance.randint(0, 50_000)))


def _rows(cache: Path, chance: random.Random, change: str) -> None:
    with contextlib.closing(sqlite3.connect(cache)) as base:
        table, columns = _table(base)
        rows = base.execute(f"SELECT {columns[0]}, {columns[1]} FROM {table}").fetchall()
        values = [value for _, value in rows]
        if change == "exchange":
            chance.shuffle(values)
        for (row, value), other in zip(rows, values, strict=True):
            if change == "exchange":
                new = other
            elif change == "cut":
                new = value[: chance.randrange(len(value) or 1)]
            elif change == "flip":
                changed = bytearray(value)
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
                new = bytes(changed)
            else:
                new = None if change == "none" else "text"
            base.execute(
                f"UPDATE OR IGNORE {table} SET {columns[1]} = ? WHERE {columns[0]} = ?", (new, row)
            )
        base.commit()


def _table(base: sqlite3.Connection) -> tuple[str, list[str]]:
    """The table of entries, and its columns: the key first, then the value."""
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = [row[1] for row in base.execute(f"PRAGMA table_info({name})")]
        kinds = [row[2] for row in base.execute(f"PRAGMA table_info({name})")]
        if "BLOB" in kinds:
            return name, [columns[0], columns[kinds.index("BLOB")]]
    raise AssertionError("no table of entries")


def _schema(cache: Path, _chance: random.Random) -> None:
    with contextlib.closing(sqlite3.connect(cache)) as base:
        table, _ = _table(base)
        base.execute(f"DROP TABLE {table}")
        base.execute(f"CREATE TABLE {table} (other INTEGER)")
        base.commit()


def _folder(cache: Path, _chance: random.Random) -> None:
    cache.unlink()
    cache.mkdir()


_DAMAGES = (
    _flip,
    _cut,
    _noise,
    lambda cache, chance: _rows(cache, chance, "exchange"),
    lambda cache, chance: _rows(cache, chance, "cut"),
    lambda cache, chance: _rows(cache, chance, "flip"),
    lambda cache, chance: _rows(cache, chance, "text"),
    lambda cache, chance: _rows(cache, chance, "none"),
    _schema,
    _folder,
)
BAD = ("lost", "stale", "mixed without a word", "failed", "could not go on", "a traceback")


def main() -> int:
    """Run the parts; the number of things that must not be, at most 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--damages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=2008)
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        parts: dict[str, Callable[[], Counter[str]]] = {
            "kills": lambda: kills(folder / "kills", options.kills, options.seed),
            "pairs": lambda: pairs(folder / "pairs", options.pairs),
            "damages": lambda: damages(folder / "damages", options.damages, options.seed),
        }
        for name, part in parts.items():
            if not getattr(options, name):
                continue
            found = part()
            bad += sum(found[what] for what in BAD)
            words = ", ".join(f"{count} {what}" for what, count in found.items())
            sys.stdout.write(f"{name}: {words}\n")
            sys.stdout.flush()
    return min(1, bad)


if __name__ == "__main__":
    sys.exit(main())
