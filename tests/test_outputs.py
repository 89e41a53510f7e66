"""No command writes onto what it reads, or over what it did not write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.errors import UsageError
from stratlint.outputs import (
    MARKER,
    is_ours,
    marker_of,
    mixture,
    refuse_folder,
    write_output,
    write_results,
)

TEXT = "# A plan for Cornwall\n\nOur priority sectors are tourism and aerospace.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("london.md", "wales.md"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    return folder


INPUTS = [
    ["check", "{a}", "-o", "{a}"],
    ["check", "{a}", "-o", "{link}"],
    ["check", "{a}", "-o", "{hard}"],
    ["check", "{a}", "--against", "{corpus}", "-o", "{b}"],
    ["extract", "{a}", "-o", "{a}"],
    ["diff", "{a}", "{b}", "-o", "{a}"],
    ["diff", "{a}", "{b}", "-o", "{b}"],
    ["label", "{a}", "-o", "{a}"],
    ["passages", "{a}", "{b}", "-o", "{a}"],
    ["passages", "{a}", "--source", "{b}", "-o", "{b}"],
    ["passages", "{corpus}", "-o", "{b}"],
    ["compare", "{a}", "{b}", "-o", "{b}"],
    ["explain", "{a}", "-o", "{a}"],
    ["profile", "{corpus}", "-o", "{a}"],
    ["audit", "{corpus}", "-o", "{corpus}"],
    ["audit", "{corpus}", "-o", "{corpus}/."],
    ["config", "--template", "-o", "{settings}"],
    ["audit", "{corpus}", "-o", "{out}", "--write-baseline", "{a}"],
]


@pytest.mark.parametrize("arguments", INPUTS, ids=" ".join)
@pytest.mark.parametrize("force", [False, True])
def test_no_input_is_written_onto(
    corpus: Path, tmp_path: Path, arguments: list[str], force: bool
) -> None:
    if force and "config" in arguments:
        pytest.skip("--force replaces a settings file, which is no input of 'config'")
    a, b = corpus / "london.md", corpus / "wales.md"
    link, hard = tmp_path / "link.md", tmp_path / "hard.md"
    link.symlink_to(a)
    os.link(a, hard)
    settings = tmp_path / "own.yaml"
    settings.write_text("fail_on: warning  # mine\n", encoding="utf-8")
    names = {"a": a, "b": b, "corpus": corpus, "link": link, "hard": hard, "settings": settings}
    names["out"] = tmp_path / "out"
    before = {path: path.read_bytes() for path in (a, b, settings)}
    given = [part.format(**names) for part in arguments]
    assert main([*given, *(["--force"] if force else [])]) == 2
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(p.name for p in corpus.iterdir()) == ["london.md", "wales.md"]


def test_an_output_is_written_again_and_a_stranger_s_file_is_not(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "text.txt"
    extract = ["extract", str(corpus / "london.md"), "-o", str(target)]
    assert main(extract) == 0
    assert main(extract) == 0
    target.write_text("my own notes", encoding="utf-8")
    assert main(extract) == 2
    assert "stratlint did not write it" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "my own notes"
    assert main([*extract, "--force"]) == 0
    assert "Cornwall" in target.read_text(encoding="utf-8")


def test_what_is_known_of_outputs_outlives_the_process(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_output(target, "one")
    from stratlint import outputs

    outputs._written.clear()
    assert is_ours(target)
    write_output(target, "two")
    target.write_bytes(b"three")
    with pytest.raises(UsageError, match="did not write"):
        write_output(target, "four")


def test_a_folder_of_results_changes_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_results(folder, {"a.csv": "1", "b.csv": "1"})
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "one.txt").write_text("mine too", encoding="utf-8")
    inode = folder.stat().st_ino
    write_results(folder, {"a.csv": "2", "c.csv": "2"})
    assert folder.stat().st_ino != inode, "exchanged"
    assert {p.name: p.read_text() for p in folder.rglob("*.*") if p.name != MARKER} == {
        "a.csv": "2",
        "c.csv": "2",
        "notes.md": "mine",
        "one.txt": "mine too",
    }
    marker = marker_of(folder)
    assert marker is not None
    assert sorted(marker.files) == ["a.csv", "c.csv"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_exchanged_is_written_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    write_results(folder, {"a.csv": "1", "pages/b.csv": "1"})
    monkeypatch.chdir(folder)
    inode = folder.stat().st_ino
    write_results(folder, {"a.csv": "2"})
    assert folder.stat().st_ino == inode
    assert sorted(p.name for p in folder.iterdir()) == [MARKER, "a.csv"]
    assert mixture(folder) is None


def test_a_kill_between_two_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    write_results(folder, {"a.csv": "1", "b.csv": "1"})
    monkeypatch.chdir(folder)
    replace, done = Path.replace, []

    def stopped(self: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == 3:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            write_results(folder, {"a.csv": "2", "b.csv": "2"})
    assert ((folder / "a.csv").read_text(), (folder / "b.csv").read_text()) == ("2", "1")
    assert "of two runs" in (mixture(folder) or "")
    write_results(folder, {"a.csv": "2", "b.csv": "2"})
    assert mixture(folder) is None


def test_what_a_person_changed_in_a_folder_of_results_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_results(folder, {"a.csv": "1"})
    (folder / "a.csv").write_text("corrected", encoding="utf-8")
    with pytest.raises(UsageError, match="somebody has changed"):
        write_results(folder, {"a.csv": "2"})
    with pytest.raises(UsageError, match="somebody has changed"):
        refuse_folder(folder, ())
    write_results(folder, {"a.csv": "2"}, force=True)
    assert (folder / "a.csv").read_text() == "2"


def test_a_folder_with_other_files_is_taken_only_with_force(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="no results of stratlint"):
        refuse_folder(folder, ())
    refuse_folder(folder, (), force=True)
