from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.atomic import write_atomically, write_together


def test_replaces_a_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.html"
    write_atomically(target, "old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["report.html"]


def test_a_fault_in_one_of_several_changes_none(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", "old a")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        write_together({tmp_path / "a.txt": "new a", tmp_path / "file" / "b.txt": "new b"})
    assert (tmp_path / "a.txt").read_text() == "old a"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "file"]


def test_the_file_is_readable_by_the_group(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").stat().st_mode & 0o040
