"""Kill an audit at random moments: the output is the old one or the new one, never a half."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stratlint.workers.cache import Cache

OLD = "Our priority sectors are tourism and food and drink. We will support tourism.\n"
NEW = "We will invest in aerospace. Marine engineering is a priority for the region.\n"


def command(folder: Path, out: Path) -> list[str]:
    audit = [sys.executable, "-m", "stratlint", "audit", str(folder), "-o", str(out)]
    return [*audit, "--fail-on", "never", "-j", "1"]


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def finished(out: Path) -> dict[str, bytes]:
    return {n: d for n, d in written(out).items() if not n.endswith(".part")}


def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(3):
        (folder / f"plan-{number}-2007.txt").write_text(OLD * (number + 1), encoding="utf-8")
    return folder


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "STRATLINT_CACHE_DIR": str(tmp_path / "cache"), "OMP_NUM_THREADS": "1"}


@pytest.mark.slow
def test_a_killed_audit_leaves_the_old_output_or_the_new(tmp_path: Path) -> None:
    """Two audits that share a cache begin; the output of one is what the killed ones find."""
    folder, out = corpus(tmp_path), tmp_path / "out"
    own = environment(tmp_path)
    start = time.monotonic()
    both = [
        subprocess.Popen(command(folder, each), env=own, stdout=subprocess.DEVNULL)
        for each in (out, tmp_path / "another")
    ]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    took = (time.monotonic() - start) / 2
    old = written(out)
    assert written(tmp_path / "another").keys() == old.keys()
    with Cache(tmp_path / "cache" / "analyses.sqlite3") as cache:
        assert cache.info().entries >= 3
    for number in range(3):
        (folder / f"plan-{number}-2007.txt").write_text(NEW * (number + 1), encoding="utf-8")
    fresh = tmp_path / "fresh"
    fresh_env = {**own, "STRATLINT_CACHE_DIR": str(tmp_path / "cache-2")}
    subprocess.run(command(folder, fresh), env=fresh_env, check=True, capture_output=True)
    new = written(fresh)
    chance = random.Random(2008)
    for _ in range(3):  # `make endurance` kills a hundred
        process = subprocess.Popen(
            command(folder, out), env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, took))
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        assert finished(out) in (old, new)
    with Cache(tmp_path / "cache" / "analyses.sqlite3") as cache:
        cache.put("probe", b"still usable")
        assert cache.get("probe") == b"still usable"
        check = sqlite3.connect(cache.path).execute("PRAGMA integrity_check").fetchone()
        assert check == ("ok",)
    subprocess.run(command(folder, out), env=own, check=True, capture_output=True)
    assert finished(out) == new


def _entries(cache: Path) -> int:
    if not cache.exists():
        return 0
    with Cache(cache) as kept:
        return kept.info().entries


@pytest.mark.slow
def test_ctrl_c_ends_with_130_and_leaves_no_worker(tmp_path: Path) -> None:
    folder, out = corpus(tmp_path), tmp_path / "out"
    # A document that takes long, so that the signal arrives while a worker reads it: the others,
    # which are read before it, are kept by then.
    (folder / "the-long-2007.txt").write_text("tourism, " * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        command(folder, out),
        env=environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    kept, end = tmp_path / "cache" / "analyses.sqlite3", time.monotonic() + 60
    while not _entries(kept) and time.monotonic() < end:
        time.sleep(0.05)
    assert process.poll() is None, "it ended before the signal"
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert not out.exists() or not finished(out)
    gone = time.monotonic() + 20
    while time.monotonic() < gone:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)
    pytest.fail("a worker outlives the audit")
