from __future__ import annotations

import json
from pathlib import Path

import pytest

from stratlint.cli import main
from tests.comparison.made_up import filler


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    texts = {
        "north-east.txt": f"Our priority is biotechnology. {filler(1, 60)}",
        "north-west.txt": f"Our priority is aerospace. {filler(2, 60)}",
        "london.txt": f"Looms, looms, looms and looms. {filler(3, 60)}",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in texts]


def test_text_shows_pairs_fit_and_keywords(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *files]) == 0
    said = capsys.readouterr().out
    assert "Jaccard" in said
    assert "looms 4/0" in said
    assert "0 shared passages" in said


def test_json_is_the_whole_comparison(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files, "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert sorted(made["order"]) == ["london.txt", "north-east.txt", "north-west.txt"]
    assert len(made["similarities"]) == 3


def test_a_term_is_shown_with_its_dispersion(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *files, "--term", "looms"]) == 0
    said = capsys.readouterr().out
    assert "london.txt: 4 times, dispersion DP 0.90" in said
    assert "north-east.txt: 0 times" in said
    assert "[looms]" in said


def test_keywords_against_a_reference_of_ones_choice(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = tmp_path / "reference.txt"
    reference.write_text("looms " * 50 + filler(9, 60), encoding="utf-8")
    assert main(["compare", *files, "--reference", str(reference)]) == 0
    assert "looms 4/" not in capsys.readouterr().out


def test_one_file_cannot_be_compared(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", files[0]]) == 2
    assert "two documents" in capsys.readouterr().err


def test_what_is_not_read_is_said_and_makes_the_exit_code(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(files[0]).parent
    (folder / "empty.txt").touch()
    for arguments in ([str(folder)], [*files, str(folder / "empty.txt")]):
        assert main(["compare", *arguments]) == 3
        said = capsys.readouterr()
        assert "Jaccard" in said.out
        assert "not read: empty.txt: " in said.err
    assert main(["compare", files[0], str(folder / "empty.txt")]) == 3
    assert "fewer than two documents could be read" in capsys.readouterr().err


def test_sources_alone_are_no_comparison(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(files[0]).parent
    (folder / "manifest.yaml").write_text(
        "documents:\n  - {file: london.txt, role: source}\n", encoding="utf-8"
    )
    assert main(["compare", str(folder)]) == 2
    assert "there are only sources here" in capsys.readouterr().err


def test_settings_in_force_hold(
    files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(files[0]).parent
    monkeypatch.chdir(folder)
    (folder / "stratlint.yaml").write_text("limits: {max_characters: 100}\n", encoding="utf-8")
    for arguments in (["."], files):
        assert main(["compare", *arguments]) == 3
        assert "more than 100 (raise with" in capsys.readouterr().err
    monkeypatch.setenv("STRATLINT_LIMITS", "{max_characters: 1000000}")
    assert main(["compare", *files]) == 0


def test_documents_of_one_region_are_told_apart(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(files[0]).parent
    (folder / "manifest.yaml").write_text(
        "documents:\n"
        "  - {file: north-east.txt, region: North}\n"
        "  - {file: north-west.txt, region: North}\n"
        "  - {file: london.txt, region: London}\n",
        encoding="utf-8",
    )
    assert main(["compare", str(folder)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "North (north-east.txt) – North (north-west.txt) " in said, "not cut off"
    assert "North (north-west.txt)" in said
    assert "London (" not in said
