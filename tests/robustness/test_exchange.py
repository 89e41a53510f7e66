"""A folder of results under kills and under two writers: one run or the other, or it is said."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from stratlint.outputs import MARKER, marker_of, mixture, write_results

WRITER = """
import os, sys
from pathlib import Path
from stratlint.outputs import write_results
folder, name, times, inside = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "1"
folder.mkdir(exist_ok=True)
if inside:
    os.chdir(folder)
print("begins", flush=True)
for number in range(times):
    text = f"{name} {number} " * 5_000
    write_results(folder, {f"pages/{n}.csv": text for n in range(number % 3, 20)})
"""


def _begin(folder: Path, name: str, times: int, *, inside: bool) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(times), str(int(inside))],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def _is_one_run(folder: Path) -> bool:
    marker = marker_of(folder)
    if marker is None:
        return not any(p.is_file() and p.suffix == ".csv" for p in folder.rglob("*"))
    held = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and p.name != MARKER and not p.name.startswith(".stratlint-")
    }
    return held == marker.files


@pytest.mark.slow
@pytest.mark.parametrize("inside", [False, True], ids=["exchanged", "file by file"])
def test_a_kill_leaves_one_run_or_says_that_there_are_two(tmp_path: Path, inside: bool) -> None:
    folder, chance = tmp_path / "out", random.Random(2008)
    mine = "a person's own notes"
    said = 0
    folder.mkdir()
    (folder / "notes.md").write_text(mine, encoding="utf-8")
    for number in range(12):
        process = _begin(folder, f"run {number}", 10_000, inside=inside)
        time.sleep(chance.uniform(0.0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        assert (folder / "notes.md").read_text(encoding="utf-8") == mine
        (folder / "notes.md").unlink()
        whole = _is_one_run(folder)
        (folder / "notes.md").write_text(mine, encoding="utf-8")
        told = mixture(folder) is not None
        said += told
        assert whole or told
        assert inside or not told, "an exchange never mixes"
    write_results(folder, {"pages/last.csv": "whole again"})
    assert mixture(folder) is None
    sys.stderr.write(f"{said} of 12 kills left a mixture that was said\n")


@pytest.mark.slow
def test_two_writers_leave_the_files_of_one(tmp_path: Path) -> None:
    for pair in range(6):  # `make endurance` runs forty pairs of whole audits
        folder = tmp_path / f"out-{pair}"
        both = [_begin(folder, name, 4, inside=pair % 2 == 1) for name in ("one", "two")]
        assert [process.wait(60) for process in both] == [0, 0]
        assert _is_one_run(folder), pair
        assert mixture(folder) is None


def test_what_a_person_saves_while_a_run_writes_is_not_lost(tmp_path: Path) -> None:
    """New files, and one saved anew by renaming, as editors do, at any moment of an exchange."""
    folder = tmp_path / "out"
    text = "a line of a table\n" * 2_000
    write_results(folder, {f"{n}.csv": text for n in range(20)})
    saved, ended = 0, threading.Event()

    def save() -> None:
        nonlocal saved
        while not ended.is_set():
            (tmp_path / "draft").write_text(str(saved), encoding="utf-8")
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(tmp_path / "draft", folder / f"note-{saved}.md")
                (tmp_path / "draft").replace(folder / "notes.md")
                saved += 1
            time.sleep(0.002)

    person = threading.Thread(target=save)
    person.start()
    try:
        for number in range(15):
            write_results(folder, {f"{n}.csv": f"{number}\n{text}" for n in range(20)})
    finally:
        ended.set()
        person.join()
    assert saved > 10
    assert {f"note-{n}.md" for n in range(saved)} <= {p.name for p in folder.iterdir()}
    assert (folder / "notes.md").read_text(encoding="utf-8") == str(saved - 1)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".stratlint")] == []


def test_what_came_late_to_a_killed_run_is_brought_over_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_results(folder, {"a.csv": "1"})
    left = tmp_path / ".stratlint-out.abc"
    shutil.copytree(folder, left)
    (left / "late.md").write_text("mine", encoding="utf-8")
    os.utime(left, (0, 0))
    write_results(folder, {"a.csv": "2"})
    assert (folder / "late.md").read_text(encoding="utf-8") == "mine"
    assert (folder / "a.csv").read_text(encoding="utf-8") == "2"
    assert not left.exists()
