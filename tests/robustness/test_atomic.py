"""Files are written whole, or not at all, and a killed run's leftovers go away."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from stratlint import atomic


def _left(folder: Path, age: float) -> Path:
    path = folder / ".stratlint-report.html.abc.part"
    path.write_text("half", encoding="utf-8")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    left = _left(tmp_path, 2 * atomic.STALE)
    atomic.write_atomically(tmp_path / "report.html", "whole")
    assert not left.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_what_another_run_is_writing_stays(tmp_path: Path) -> None:
    left = _left(tmp_path, 10)
    other = tmp_path / ".bashrc.part"
    other.write_text("not ours", encoding="utf-8")
    os.utime(other, (0, 0))
    atomic.write_atomically(tmp_path / "report.html", "whole")
    assert left.exists()
    assert other.exists()


def test_a_fault_leaves_every_old_file(tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.write_text("old", encoding="utf-8")
    blocked = tmp_path / "b.csv"
    blocked.mkdir()
    (blocked / "inside").write_text("x", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        atomic.write_together({old: "new", tmp_path / "c.csv": "\ud800"})
    assert old.read_text(encoding="utf-8") == "old"
    with pytest.raises(OSError, match=r"b\.csv|directory"):
        atomic.write_together({blocked: "new", old: "new"})
    assert old.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "b.csv"]
