from __future__ import annotations

import os
import subprocess
import sys
import threading
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


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    real = tmp_path / "real" / "report.html"
    write_atomically(real, "old")
    link = tmp_path / "report.html"
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert [p.name for p in real.parent.iterdir()] == ["report.html"]
    leading_nowhere = tmp_path / "later.html"
    leading_nowhere.symlink_to(tmp_path / "later" / "report.html")
    write_atomically(leading_nowhere, "made")
    assert leading_nowhere.is_symlink()
    assert (tmp_path / "later" / "report.html").read_text() == "made"
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(OSError, match="loop"):
        write_atomically(loop, "x")
    assert loop.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_atomically(pipe, "through the pipe")
    reader.join(10)
    assert heard == [b"through the pipe"]
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no descriptors with names here")
def test_standard_output_is_added_to_whatever_it_is(tmp_path: Path) -> None:
    # By a link of our own: a fault here, met by root, would replace the machine's.
    link = tmp_path / "out"
    link.symlink_to("/dev/stdout")
    write = "import sys; from pathlib import Path; from stratlint.atomic import write_atomically; "
    write += "write_atomically(Path(sys.argv[1]), 'new\\n')"
    command = [sys.executable, "-c", write, str(link)]
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stdout == b"new\n"
    log = tmp_path / "log"
    log.write_text("old\n")
    with log.open("ab") as file:
        subprocess.run(command, stdout=file, check=True)
    assert log.read_text() == "old\nnew\n"
    assert link.is_symlink()
