"""File names are bytes that anybody chose: nothing is lost, and all are shown on one line."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.errors import shown

TEXT = """# A plan for Cornwall

2007

Our priority sectors are tourism, aerospace and food and drink. We will invest in tourism.
"""
NAMES = [
    b"caf\xe9.md",
    b"two\n::warning::lines.md",
    b"esc\x1b[31m\x07.md",
    "rtl\u202egnp.md".encode(),
    b"back\\x41slash.md",
    "decomposed-I\u0302le.md".encode(),
    "composed-\u00cele.md".encode(),
]
SHOWN = [
    r"caf\xe9.md",
    r"two\x0a::warning::lines.md",
    r"esc\x1b[31m\x07.md",
    r"rtl\u202egnp.md",
    r"back\\x41slash.md",
    "decomposed-I\u0302le.md",
    "composed-\u00cele.md",
]
ODD = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2028"} - {"\n", "\t"}

linux = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")


def test_a_name_is_shown_on_one_line_and_two_never_look_alike() -> None:
    assert [shown(os.fsdecode(name)) for name in NAMES] == SHOWN
    assert shown(os.fsdecode(b"\xff")) != shown(r"\xff")
    assert shown("plain name-é.pdf") == "plain name-é.pdf"


@linux
def test_an_audit_loses_no_document_by_its_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "c", tmp_path / "out"
    folder.mkdir()
    for name in NAMES:
        (folder / os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    (folder / os.fsdecode(b"damaged\xff\x1b.pdf")).write_bytes(b"no PDF")
    formats = ["sarif", "github", "junit", "markdown", "jsonl", "text", "xlsx", "graphml"]
    more = [part for name in formats for part in ("--format", name)]
    assert main(["audit", str(folder), "-o", str(out), "-j", "1", "--no-cache", *more]) == 3
    said = capfd.readouterr()
    assert not ODD & set(said.out + said.err)
    assert r"not read: damaged\xff\x1b.pdf: is not a PDF file inside" in said.err
    found = json.loads((out / "findings.json").read_bytes())
    assert sorted(d["source"] for d in found["documents"]) == sorted(SHOWN)
    for path in out.rglob("*.*"):
        if path.suffix not in {".xlsx", ".png"}:
            assert not ODD & set(path.read_text(encoding="utf-8")), path.name
    for line in (out / "annotations.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith(("::warning ", "::notice ", "::error ")), line


@linux
@pytest.mark.parametrize("name", NAMES, ids=SHOWN)
def test_every_command_takes_any_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: bytes
) -> None:
    draft = tmp_path / os.fsdecode(name)
    draft.write_text(TEXT, encoding="utf-8")
    other = tmp_path / "other.md"
    other.write_text(TEXT.replace("tourism", "biotechnology"), encoding="utf-8")
    for arguments in (
        ["check", str(draft), "--format", "json", "--fail-on", "never"],
        ["check", str(draft), "--format", "github", "--fail-on", "never"],
        ["diff", str(draft), str(other), "--fail-on", "never"],
        ["extract", str(draft)],
        ["explain", str(draft)],
        ["passages", str(draft), str(other)],
        ["compare", str(draft), str(other)],
        ["label", str(draft)],
        ["profile", str(tmp_path), "-o", str(tmp_path / "p.json"), "--force"],
        ["init", str(tmp_path), "--force"],
        ["validate", str(tmp_path / "manifest.yaml")],
    ):
        # A manifest is UTF-8: it cannot name such a file, and 'init' says so.
        lost = arguments[0] == "init" and not name.isascii() and b"\xe9" in name
        assert main(arguments) == (3 if lost else 0), arguments[0]
        said = capfd.readouterr()
        assert not ODD & set(said.out + said.err), arguments[0]
