"""A machine that refuses: full disks, no home, no temporary space, folders nobody may write."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stratlint.outputs import mixture
from tests.made import NORTH_EAST, SOUTH_WEST
from tests.robustness.endurance import files
from tests.robustness.misuse import _be_nobody_special

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux"),
]


LIMITS = ("--max-seconds", "7")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return _laid(tmp_path)


def _laid(parent: Path) -> Path:
    folder = parent / "corpus"
    folder.mkdir()
    for name, text in (("north.md", NORTH_EAST), ("south.md", SOUTH_WEST)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, its result and its cache: what one sound run leaves."""
    home = tmp_path_factory.mktemp("audited")
    assert _run(_laid(home), *LIMITS).returncode == 0
    return home


def _run(
    corpus: Path,
    *more: str,
    before: Callable[[], None] | None = None,
    environment: dict[str, str | None] | None = None,
    out: Path | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stratlint", "audit", str(corpus), "--fail-on", "never"]
    command += ["-o", str(out or corpus.parent / "out"), "-j", "1", *more]
    own = {"STRATLINT_CACHE_DIR": str(corpus.parent / "cache"), **(environment or {})}
    merged = {**os.environ, **own}
    return subprocess.run(
        command,
        env={name: value for name, value in merged.items() if value is not None},
        preexec_fn=before,
        capture_output=True,
        text=True,
        timeout=300,
        cwd=cwd or corpus.parent,
    )


def _is_told(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode in (2, 3), done.stderr
    assert "Traceback" not in done.stderr
    assert any(word in done.stderr for word in words), done.stderr


def test_a_disk_that_is_full_leaves_the_old_result(audited: Path, tmp_path: Path) -> None:
    """No file may grow beyond a size: by that the system refuses as a full disk does."""
    home = tmp_path / "home"
    shutil.copytree(audited, home, symlinks=True)
    corpus, out = home / "corpus", home / "out"
    old = files(out)
    assert old
    (corpus / "north.md").write_text(SOUTH_WEST, encoding="utf-8")
    told = 0
    for size in (500, 50_000):  # nothing can be kept; no page of a report can be written

        def full(size: int = size) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        done = _run(corpus, before=full)
        if done.returncode != 0:
            told += 1
            _is_told(done, "File too large", "No space left")
            assert files(out) == old
        assert mixture(out) is None
        assert not list(out.parent.glob(".stratlint-*"))
    assert told == 2
    assert _run(corpus).returncode == 0
    assert files(out) != old


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_small_disk_runs_full_in_words(audited: Path, small_disk: Path) -> None:
    corpus = audited / "corpus"
    for extra in range(4):
        done = _run(corpus, "--format", "xlsx", *LIMITS, out=small_disk / "out")
        if done.returncode:
            _is_told(done, "No space left")
            assert not (small_disk / "out" / "run.json").exists()
        assert not list(small_disk.glob("*/.stratlint-*.part"))
        room = os.statvfs(small_disk)
        (small_disk / f"filler-{extra}").write_bytes(b"x" * (room.f_bavail * room.f_frsize // 2))
    assert done.returncode == 2, "the disk was never full"
    # The cache on a full disk costs time alone.
    own: dict[str, str | None] = {"STRATLINT_CACHE_DIR": str(small_disk / "cache")}
    assert _run(corpus, environment=own, out=audited / "beside").returncode == 0


def test_no_home_no_cache_no_temporary_space(audited: Path, tmp_path: Path) -> None:
    corpus, out = audited / "corpus", audited / "elsewhere"
    wanted = files(audited / "out")
    # What is missing for the cache and what is missing for all else go together.
    worlds: dict[str, dict[str, str | None]] = {
        "no home, and no names of anything": {
            **dict.fromkeys(("HOME", "XDG_CACHE_HOME", "STRATLINT_CACHE_DIR")),
            "PATH": None,
            "USER": None,
            "LANG": None,
            "LC_ALL": "C",
        },
        "a home that is not there": {"HOME": "/no/such/home", "STRATLINT_CACHE_DIR": None},
        "a home that is a file, no temporary folder": {
            "HOME": "/etc/hostname",
            "STRATLINT_CACHE_DIR": None,
            "TMPDIR": "/no/such/folder",
        },
        "a cache and a temporary folder that are files": {
            "STRATLINT_CACHE_DIR": str(corpus / "north.md"),
            "TMPDIR": str(corpus / "north.md"),
        },
    }
    for name, environment in worlds.items():
        shutil.rmtree(out, ignore_errors=True)
        # Root's home is known to the system without HOME: what is written there is removed.
        own: dict[str, str | None] = {"XDG_CACHE_HOME": str(tmp_path / "x"), **environment}
        done = _run(corpus, *LIMITS, environment=own, out=out)
        assert done.returncode == 0, (name, done.stderr)
        assert "Traceback" not in done.stderr, name
        assert files(out) == wanted, name


def test_folders_that_nobody_may_write_are_told(corpus: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    try:
        done = _run(corpus, before=_be_nobody_special, out=locked / "out", cwd=locked)
        _is_told(done, "Permission denied")
        # All may be locked but where the result goes: nothing is kept, and all is said.
        own: dict[str, str | None] = {"STRATLINT_CACHE_DIR": str(locked / "cache")}
        corpus.chmod(0o555)
        done = _run(corpus, before=_be_nobody_special, environment=own, cwd=locked)
        assert done.returncode == 0, done.stderr
    finally:
        corpus.chmod(0o755)


def test_a_run_that_is_stopped_and_goes_on_loses_nothing(audited: Path, tmp_path: Path) -> None:
    """Twice, each time for longer than one document may take."""
    corpus, out = audited / "corpus", audited / "stopped"
    command = [sys.executable, "-m", "stratlint", "audit", str(corpus), "--fail-on", "never"]
    process = subprocess.Popen(
        [*command, "-o", str(out), "-j", "1", *LIMITS],
        env={**os.environ, "STRATLINT_CACHE_DIR": str(tmp_path / "cache-2")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    for wait in (0.7, 1.5):
        time.sleep(wait)
        assert process.poll() is None, "it ended before it could be stopped"
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(8.5)
        os.killpg(process.pid, signal.SIGCONT)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert files(out) == files(audited / "out")
