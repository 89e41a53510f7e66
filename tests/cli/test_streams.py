"""What reaches a terminal, a pipe and a closed stream."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stratlint.cli import main

WILD = (
    "# A plan\n\nTourism \x1b[31mred\x1b[0m \x1b]0;title\x07 and \u202eacirema\u202c \x9b1m here.\n"
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, pseudo-terminals, FIFOs")


@pytest.fixture
def wild(tmp_path: Path) -> Path:
    path = tmp_path / "wild.txt"
    path.write_bytes(WILD.encode())
    return path


def _run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "stratlint", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "{f}"],
        ["extract", "{f}", "--format", "json"],
        ["explain", "{f}", "--json"],
        ["label", "{f}"],
        ["check", "{f}", "--format", "json", "--fail-on", "never"],
        ["diff", "{f}", "{f}", "--format", "json", "--fail-on", "never"],
    ],
    ids=lambda a: " ".join(a),
)
def test_no_control_character_of_a_document_leaves(
    wild: Path, capfd: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main([part.format(f=wild) for part in arguments]) == 0
    out = capfd.readouterr().out
    assert not set(out) & {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\t"}
    if "json" in arguments or "--json" in arguments:
        assert "\u202e" not in out
        json.loads(out)


@pytest.mark.parametrize("form", ["text", "json"])
def test_settings_are_shown_without_what_drives_a_terminal(
    capfd: pytest.CaptureFixture[str], form: str
) -> None:
    assert main(["config", "--select", "\x1b[31m\u202e\x9b", "--format", form]) == 0
    out = capfd.readouterr().out
    assert not set(out) & set("\x1b\u202e\x9b")
    assert "u202e" in out


@linux
def test_a_terminal_gets_no_character_that_turns_its_lines(wild: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "stratlint", "extract", str(wild)]
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    assert process.wait(60) == 0
    assert b"\x1b" not in said
    assert "\u202e".encode() not in said
    assert rb"\u202eacirema\u202c" in said


@linux
def test_closed_and_full_streams_end_in_a_word(tmp_path: Path) -> None:
    shell = f"{sys.executable} -m stratlint"
    closed = subprocess.run(
        ["sh", "-c", f"{shell} rule SB003 >&-"], capture_output=True, timeout=120
    )
    assert (closed.returncode, closed.stdout) == (2, b"")
    assert b"standard output is closed" in closed.stderr
    full = subprocess.run(
        ["sh", "-c", f"{shell} rule SB003 >/dev/full"], capture_output=True, timeout=120
    )
    assert full.returncode == 2
    assert b"No space left" in full.stderr
    assert b"Traceback" not in closed.stderr + full.stderr
    assert b"Exception ignored" not in closed.stderr + full.stderr
    mute = subprocess.run(
        ["sh", "-c", f"{shell} extract nothing.pdf >&- 2>&-"], capture_output=True, timeout=120
    )
    assert mute.returncode in (2, 3)
    gone = subprocess.run(
        ["bash", "-c", f"{shell} rule --all | head -c 10; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        timeout=120,
    )
    assert gone.stdout.endswith(b"0\n")
    assert gone.stderr == b""


@linux
@pytest.mark.slow
def test_a_pipe_is_no_document_and_a_killed_reader_leaves_nothing(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.txt"
    os.mkfifo(fifo)
    done = _run("extract", str(fifo))
    assert done.returncode == 3
    assert b"is a pipe or a device" in done.stderr
    # A file that turns into a pipe once it was looked at: the worker hangs, the parent is killed.
    code = (
        "import sys, time\n"
        "from stratlint.workers.pool import WorkerPool\n"
        "from pathlib import Path\n"
        "pool = WorkerPool(1)\n"
        "pool.submit(Path.read_bytes, Path(sys.argv[1]))\n"
        "print('hangs', flush=True)\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(fifo)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(2)
    process.kill()
    process.wait(10)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("a worker outlives the run that was killed")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", ""], "the name is empty"),
        (["check", "x.md", "--against", ""], "the name is empty"),
        (["check", "x.md", "-o", ""], "the name is empty"),
        (["check", "{f}", "--select", "SB", "--ignore", "SB"], "no rule is left to run"),
        (["check", "{f}", "--max-memory-mb", "999999999999999"], "limits.memory_mb"),
        (["check", "{f}", "--max-seconds", "inf"], "not a finite number"),
        (["check", "{f}", "--max-seconds", "nan"], "not a finite number"),
        (["check", "{f}", "--max-pages", "99999999999999999999"], "limits.max_pages"),
        (["check", "{f}", "-j", "999999999"], "jobs"),
        (["extract", "{f}", "--max-bytes", "999999999999999999999"], "limits.max_bytes"),
        (["audit", "a\x1b[31mb"], r"\x1b[31m"),
        (["extract", "{f}", "--nonsense\x1b[31m"], r"\x1b[31m"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_wrong_uses_are_told_before_anything_is_read(
    wild: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main([part.format(f=wild) if "{f}" in part else part for part in arguments]) == 2
    out, err = capfd.readouterr()
    assert said in err
    assert out == ""
    assert "\x1b" not in err
