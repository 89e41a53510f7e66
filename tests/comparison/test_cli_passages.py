from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import stratlint
from stratlint.cli import main
from stratlint.resources import data_dir
from tests.comparison.made_up import HARBOUR, filler


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    passage = HARBOUR.format(place="Northport")
    (tmp_path / "a.txt").write_text(f"{filler(1)} {passage}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        f"{filler(2)}\n\n{passage}\r\nend", encoding="utf-8", newline=""
    )
    (tmp_path / "c.txt").write_text(filler(3, 20), encoding="utf-8")
    return tmp_path


def test_pairs_are_written_one_line_each_with_file_offsets(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pairs").write_text("a.txt b.txt\n# a comment\n\na.txt c.txt\n", encoding="utf-8")
    out = folder / "out.jsonl"
    assert main(["passages", "--pairs", str(folder / "pairs"), "-o", str(out)]) == 0
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert list(first) == ["a", "b", "alignments", "kinds", "words"]
    a0, a1, b0, b1 = first["alignments"][0]
    passage = HARBOUR.format(place="Northport")
    assert (folder / "a.txt").read_bytes().decode()[a0:a1] == passage
    assert (folder / "b.txt").read_bytes().decode()[b0:b1] == passage
    assert first["kinds"] == ["verbatim"]
    assert second == {"a": "a.txt", "b": "c.txt", "alignments": [], "kinds": [], "words": 0}


def test_several_jobs_give_the_same_rows(folder: Path) -> None:
    (folder / "pairs").write_text("a.txt b.txt\nb.txt a.txt\n", encoding="utf-8")
    outs = []
    for jobs in ("1", "2"):
        out = folder / f"{jobs}.jsonl"
        assert (
            main(["passages", "--pairs", str(folder / "pairs"), "--jobs", jobs, "-o", str(out)])
            == 0
        )
        outs.append(out.read_bytes())
    assert outs[0] == outs[1]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_places_of_ones_own_count_as_places(
    folder: Path, jobs: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text(
        f"{filler(1)} {HARBOUR.format(place='Old Zarvantia under the Long Hill')}", "utf-8"
    )
    (folder / "b.txt").write_text(f"{filler(2)} {HARBOUR.format(place='Qomeland')}", "utf-8")
    (folder / "pairs").write_text("a.txt b.txt\n", "utf-8")
    monkeypatch.chdir(folder)

    def kinds() -> list[list[str]]:
        by_pair = ["--pairs", "pairs", "--jobs", jobs, "-o", "out", "--force"]
        assert main(["passages", "a.txt", "b.txt", "--format", "json"]) == 0
        assert main(["passages", *by_pair]) == 0
        rows = capsys.readouterr().out, (folder / "out").read_text("utf-8")
        return [json.loads(row)["kinds"] for row in rows]

    assert kinds() == [["edited"], ["edited"]]
    shutil.copytree(data_dir("rules") / "places", folder / "mine")
    abroad = folder / "mine" / "abroad.yaml"
    known = abroad.read_text("utf-8")
    made = "cities: [Old Zarvantia under the Long Hill, Qomeland, "
    abroad.write_text(known.replace("cities: [", made), "utf-8")
    (folder / "stratlint.yaml").write_text("places: mine\n", "utf-8")
    assert kinds() == [["place-swapped"], ["place-swapped"]]


def test_text_names_holders_places_and_kind(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(folder / name) for name in ("a.txt", "b.txt", "c.txt")]
    assert main(["passages", *arguments]) == 0
    said = capsys.readouterr().out
    assert "1 shared passage in 3 documents: 1 verbatim" in said
    assert "a.txt – b.txt: 1 passage" in said
    assert "a.txt, line 1\n" in said
    assert "b.txt, line 3\n" in said
    assert "patient money" in said


def test_json_of_two_files_is_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["passages", str(folder / "a.txt"), str(folder / "b.txt"), "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["a"], row["b"], row["kinds"]) == ("a.txt", "b.txt", ["verbatim"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["a.txt"], 2, "two documents"),
        (["a.txt", "a.txt"], 2, "twice"),
        (["a.txt", "missing.txt"], 3, "missing.txt"),
        (["--pairs", "three"], 2, "three:1"),
        (["--pairs", "lost"], 3, "nowhere.txt"),
        (["a.txt", "--pairs", "lost"], 2, "not both"),
    ],
)
def test_faults_say_what_to_do(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    (folder / "three").write_text("a.txt b.txt c.txt\n", encoding="utf-8")
    (folder / "lost").write_text("a.txt nowhere.txt\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert main(["passages", *arguments]) == code
    assert said in capsys.readouterr().err


def test_a_manifest_says_which_documents_are_sources(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "manifest.yaml").write_text(
        "title: Made up\n"
        "documents:\n"
        "  - {file: a.txt, region: North East, year: 2006}\n"
        "  - {file: c.txt, region: North West, year: 2006}\n"
        "  - {file: b.txt, role: source, title: Rooms for Young Firms, year: 2004}\n",
        encoding="utf-8",
    )
    assert main(["passages", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "b.txt, line 3 (2004, source)" in said
    assert "a.txt, line 1 (2006, from b.txt, line 3, not named here)" in said


def test_the_others_are_read_when_one_cannot_be(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").touch()
    assert main(["passages", str(folder)]) == 3
    said = capsys.readouterr()
    assert "1 shared passage in 3 documents" in said.out
    assert "not read: empty.txt: " in said.err


def test_settings_in_force_hold(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "stratlint.yaml").write_text("limits: {max_characters: 100}\n", encoding="utf-8")
    assert main(["passages", "a.txt", "b.txt"]) == 3
    assert "more than 100 (raise with" in capsys.readouterr().err


def test_a_folder_of_sources_holds_sources(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "national").mkdir()
    (folder / "b.txt").rename(folder / "national" / "b.txt")
    files = [str(folder / name) for name in ("a.txt", "c.txt")]
    assert main(["passages", *files, "--source", str(folder / "national")]) == 0
    said = capsys.readouterr().out
    assert "b.txt, line 3 (source)" in said
    assert "from b.txt, line 3" in said


def test_different_files_of_one_name_are_told_apart(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    for name in ("one", "two"):
        Path(name).mkdir()
        Path(name, "b.txt").write_bytes(Path("b.txt").read_bytes())
    for arguments in (
        ["b.txt", "--source", "one/b.txt"],
        ["b.txt", "--source", "one"],
        ["one", "two"],
        ["b.txt", "one", "--source", "two/b.txt"],
    ):
        assert main(["passages", *arguments]) == 0, arguments
        assert "one/b.txt" in capsys.readouterr().out
    for arguments in (["b.txt", "./b.txt"], ["b.txt", "--source", "b.txt"], ["one", "one/b.txt"]):
        assert main(["passages", *arguments]) == 2, arguments
        assert "the same document was given twice" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--thorough"], ["--min-words", "9"], ["--format", "text"]])
def test_pairs_refuse_what_they_do_not_heed(
    folder: Path, capsys: pytest.CaptureFixture[str], flags: list[str]
) -> None:
    (folder / "pairs").write_text("a.txt b.txt\n", encoding="utf-8")
    pairs = ["passages", "--pairs", str(folder / "pairs"), "--root", str(folder)]
    assert main([*pairs, "-o", str(folder / "plain")]) == 0
    assert main([*pairs, "--format", "json", "-o", str(folder / "json")]) == 0
    assert (folder / "plain").read_bytes() == (folder / "json").read_bytes()
    assert main([*pairs, *flags]) == 2
    assert f"{flags[0]}" in capsys.readouterr().err


def test_the_least_length_is_kept_between_two_documents(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = [str(folder / "a.txt"), str(folder / "b.txt")]
    assert main(["passages", *pair, "--min-words", "200"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no shared passages" in captured.err


def test_python_finds_what_the_command_finds(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Edited text without a run of six shared words: only a whole alignment of two finds it."""
    (folder / "d.txt").write_text(
        f"{filler(4)} The partnership builds rows of workshops at the harbour so young firms can "
        "find room, tools and money within a walk of one another. Rents follow turnover three "
        f"years, and neighbours will review them openly every second spring. {filler(5)}",
        encoding="utf-8",
    )
    files = [str(folder / "a.txt"), str(folder / "d.txt")]
    assert main(["passages", *files, "--format", "json"]) == 0
    (row,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    documents = [stratlint.read(file) for file in files]
    found = stratlint.shared_passages(documents)
    spans = [tuple((h.quotation.start, h.quotation.end) for h in p.holdings) for p in found]
    assert spans == [((a, b), (c, d)) for a, b, c, d in row["alignments"]]
    assert len(spans) == 1
    others = [*documents, stratlint.read(folder / "c.txt")]
    assert stratlint.shared_passages(others) == ()
    assert len(stratlint.shared_passages(others, thorough=True)) == 1
    assert stratlint.shared_passages(documents[:1], sources=documents[1:])[0].words > 20
    assert stratlint.shared_passages(documents, min_words=400) == ()
