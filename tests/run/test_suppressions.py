"""A finding's identity is its rule and its words: a new file name keeps what was set aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.rules.suppressions import load_suppressions
from tests.made import NORTH_EAST, SOUTH_WEST

CLAIM = "\nWe will become the next Silicon Valley.\n"
OTHER = CLAIM.replace("Silicon Valley", "Rotterdam")


def _live(path: Path) -> set[tuple[str, str]]:
    found = json.loads(path.read_bytes())["findings"]
    return {(f["rule"], f["document"]) for f in found if f["suppressed"] is None}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "c"
    made.mkdir()
    (made / "first.md").write_text(NORTH_EAST + CLAIM, encoding="utf-8")
    (made / "second.md").write_text(SOUTH_WEST + OTHER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    main(["audit", "c", "-o", "out", "--write-baseline", "c/stratlint-ignore.yaml"])
    assert not _live(Path("out/findings.json"))
    assert load_suppressions(made / "stratlint-ignore.yaml").ignore
    return made


def test_renamed_documents_keep_their_baseline_and_it_is_said(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "first.md").rename(folder / "north-east-final.md")
    (folder / "second.md").rename(folder / "first.md")
    capfd.readouterr()
    main(["audit", "c", "-o", "out"])
    said = capfd.readouterr().err
    # Where an edited passage begins depends on which document comes first, so its words may differ.
    assert {rule for rule, _ in _live(Path("out/findings.json"))} <= {"TR001"}
    assert "suppressions of 'first.md' count for 'north-east-final.md', as the file is" in said
    assert "suppressions of 'second.md' count for 'first.md', as the file is called now" in said


def test_a_renamed_and_edited_draft_keeps_what_its_words_tell(folder: Path) -> None:
    (folder / "first.md").unlink()
    draft = folder / "draft-2.md"
    draft.write_text(NORTH_EAST + CLAIM + "\nA new line of no weight.\n", encoding="utf-8")
    main(["check", str(draft), "--format", "json", "-o", "one.json"])
    assert ("SB005", "draft-2.md") not in _live(Path("one.json"))


def test_a_moved_folder_keeps_its_baseline(folder: Path) -> None:
    folder.rename(folder.parent / "moved")
    main(["audit", "moved", "-o", "out"])
    assert not _live(Path("out/findings.json"))


def test_a_document_that_has_gone_is_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "first.md").unlink()
    (folder / "third.md").write_text(SOUTH_WEST.replace("harbour", "bay"), encoding="utf-8")
    capfd.readouterr()
    main(["audit", "c", "-o", "out"])
    assert "unused suppression: SB005 first.md" in capfd.readouterr().err


def test_another_draft_of_the_folder_takes_nothing_over(folder: Path) -> None:
    other = folder / "other.md"
    other.write_text(NORTH_EAST.replace("North East", "North"), encoding="utf-8")
    main(["check", str(other), "--format", "json", "-o", "one.json"])
    before = _live(Path("one.json"))
    (folder / "stratlint-ignore.yaml").unlink()
    main(["check", str(other), "--format", "json", "-o", "two.json"])
    assert before == _live(Path("two.json"))
