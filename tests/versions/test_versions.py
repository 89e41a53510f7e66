"""``stratlint diff``: two versions of a draft, two saved runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stratlint.cli import main
from tests.made import NORTH_EAST, SOUTH_WEST

_NEW = (
    NORTH_EAST.replace("- Chemicals and process industries\n", "")
    .replace(
        "- Biotechnology and life sciences\n", "- Tourism\n- Biotechnology and life sciences\n"
    )
    .replace("We will invest £12 million in the chemicals industry of Teesside by 2010.\n", "")
    + """
## 4 A model

We will become the next Silicon Valley of the north, with piers, promenades and pleasure boats
along the whole coast, and nobody will ask any more what the region used to make.
"""
)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """March and April."""
    folder = tmp_path_factory.mktemp("versions")
    for name, text in (("march.md", NORTH_EAST), ("april.md", _NEW)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "march.md", folder / "april.md"


def test_two_documents(versions: tuple[Path, Path], capfd: pytest.CaptureFixture[str]) -> None:
    old, new = versions
    assert main(["diff", str(old), str(new), "--fail-on", "warning"]) == 1
    said = capfd.readouterr()
    assert "Region: North East" in said.err
    assert "  + Tourism" in said.out
    assert "  - Chemicals" in said.out
    assert "rank 3 → 4" in said.out
    section = said.out.split("\nNew (")[1].split("\nStill there (")[0]
    assert "SB005" in section
    assert "[quotes changed text]" in " ".join(section.split())
    assert "4 A model: " in said.out
    assert "stand in the old version" in said.out
    # The first three sections were kept: they are not listed as new.
    assert "3 Skills:" not in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 88 + len(str(old)) + len(str(new))
    assert all(len(line) <= 88 for line in section.splitlines())


def test_nothing_changed(versions: tuple[Path, Path], capfd: pytest.CaptureFixture[str]) -> None:
    old, _ = versions
    assert main(["diff", str(old), str(old), "--fail-on", "info"]) == 0
    out = capfd.readouterr().out
    assert "Priorities: no change" in out
    assert "Findings: 0 new, 0 fixed" in out
    assert "(100%)" in out


def test_json_holds_the_same(
    versions: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    old, new = versions
    target = tmp_path / "changes.json"
    main(["diff", str(old), str(new), "--format", "json", "-o", str(target)])
    found = json.loads(target.read_text(encoding="utf-8"))
    changes = {p["sector"]: p["change"] for p in found["priorities"]}
    assert changes["tourism"] == "added"
    assert changes["chemicals"] == "dropped"
    assert changes["life_sciences"] == "re-ranked"
    text = found["text"]
    assert 0 < text["kept"] < text["new_words"]
    old_keys = {(c["finding"]["rule"], c["finding"]["fingerprint"]) for c in found["fixed"]}
    new_keys = {(c["finding"]["rule"], c["finding"]["fingerprint"]) for c in found["new_findings"]}
    assert old_keys.isdisjoint(new_keys)


def test_saved_runs_are_compared_region_by_region(
    made_corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from tests.made import write_corpus

    changed = write_corpus(tmp_path / "later")
    (changed / "north-east.md").write_text(_NEW, encoding="utf-8")
    for corpus, out in ((made_corpus, "a"), (changed, "b")):
        main(["audit", str(corpus), "-o", str(tmp_path / out), "--fail-on", "never"])
    capfd.readouterr()
    files = [str(tmp_path / out / "findings.json") for out in ("a", "b")]
    assert main(["diff", *files, "--fail-on", "never"]) == 0
    out = capfd.readouterr().out
    assert "  + North East: Tourism" in out
    assert "South West: " not in out.split("Findings: ")[0]


def test_documents_of_one_region_are_told_apart(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    valley = "\nWe will become the next Silicon Valley of the north.\n"
    both, fixed = NORTH_EAST + valley, NORTH_EAST
    runs = {
        "a": {"1.md": both, "2.md": both},
        "b": {"2.md": both},
        "c": {"1.md": both, "2.md": fixed},
    }
    for run, texts in runs.items():
        folder = tmp_path / run
        folder.mkdir()
        entries = [f"  - {{file: {name}, region: North East, year: 2008}}\n" for name in texts]
        for name, text in {**texts, "3.md": SOUTH_WEST}.items():
            (folder / name).write_text(text, encoding="utf-8")
        entries.append("  - {file: 3.md, region: South West, year: 2007}\n")
        (folder / "manifest.yaml").write_text("documents:\n" + "".join(entries), encoding="utf-8")
        main(["audit", str(folder), "--select", "SB005", "-o", str(tmp_path / f"{run}-out")])
    saved = {run: str(tmp_path / f"{run}-out" / "findings.json") for run in runs}
    capfd.readouterr()
    main(["diff", saved["a"], saved["b"]])
    out = capfd.readouterr().out
    assert "Document dropped: 1.md" in out
    assert "Findings: 0 new, 1 fixed, 1 still there" in out
    main(["diff", saved["a"], saved["c"]])
    assert "Findings: 0 new, 1 fixed, 1 still there" in capfd.readouterr().out
    main(["diff", saved["b"], saved["a"], "--fail-on", "never"])
    assert "Findings: 1 new, 0 fixed, 1 still there" in capfd.readouterr().out


@pytest.mark.parametrize("flag", [["--region", "London"], ["--year", "2008"], ["--against", "."]])
def test_saved_runs_refuse_what_is_for_documents(
    flag: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "old.json", "new.json", *flag]) == 2
    assert f"{flag[0]} is for documents" in capfd.readouterr().err


def test_a_file_that_is_no_run_is_refused(
    versions: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}", encoding="utf-8")
    assert main(["diff", str(path), str(versions[1])]) == 2
    assert "is no findings.json" in capfd.readouterr().err
