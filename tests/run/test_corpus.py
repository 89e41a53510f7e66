from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.run.corpus import load_corpus, region_from_name


def _manifest(folder: Path, text: str) -> Path:
    (folder / "manifest.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_manifest_names_documents_and_roles(tmp_path: Path) -> None:
    text = "title: Two\ndocuments:\n  - {file: a.pdf, region: London, year: 2007}\n"
    text += "  - {file: b.pdf, role: source}\n"
    corpus = load_corpus(_manifest(tmp_path, text))
    assert [(e.source, e.region, e.role) for e in corpus.entries] == [
        ("a.pdf", "London", "strategy"),
        ("b.pdf", None, "source"),
    ]


@pytest.mark.parametrize("file", ["../secret.pdf", "/etc/passwd", "a/../../b.pdf", "C:\\x.pdf"])
def test_a_manifest_cannot_reach_outside_its_folder(tmp_path: Path, file: str) -> None:
    with pytest.raises(FileFault, match="leaves the folder") as caught:
        load_corpus(_manifest(tmp_path, f"documents:\n  - file: '{file}'\n"))
    assert "manifest.yaml:2:" in caught.value.message


def test_an_unknown_key_names_line_column_and_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(
        FileFault, match=r"manifest\.yaml:2:17: unknown key 'regoin'; did you mean 'region'"
    ):
        load_corpus(_manifest(tmp_path, "documents:\n  - {file: a.p, regoin: x}\n"))


def test_a_document_listed_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="listed twice"):
        load_corpus(_manifest(tmp_path, "documents: [{file: a.pdf}, {file: a.pdf}]\n"))


def test_a_folder_without_a_manifest_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "North_East_strategy_2006.txt").write_text("Text.")
    (tmp_path / "notes.xyz").write_text("not a document")
    corpus = load_corpus(tmp_path)
    (entry,) = corpus.entries
    assert (entry.region, entry.year) == ("North East", None), "the text is asked for both"
    assert "no manifest.yaml" in corpus.warnings[0]


def test_an_empty_folder_and_a_missing_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no document here"):
        load_corpus(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        load_corpus(tmp_path / "none")


def test_a_document_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(UsageError, match="stratlint check"):
        load_corpus(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("stem", "region"),
    [
        ("NL_Northern_Netherlands_RIS3", "Northern Netherlands"),
        ("EE_Estonia_Smart_Specialisation_Qualitative_Analysis", "Estonia"),
        ("FI_South_Ostrobothnia_Smart_and_Outstanding_Strategy", "South Ostrobothnia"),
        ("yorkshire-and-the-humber", "Yorkshire and the Humber"),
        ("2008-12", "2008-12"),
    ],
)
def test_regions_are_guessed_from_file_names(stem: str, region: str) -> None:
    assert region_from_name(stem) == region


def test_hidden_folders_and_earlier_reports_are_no_strategies(tmp_path: Path) -> None:
    for name in ("plan.md", ".git/description.md", "out/report.html", "out/pages/report-a.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# A plan\n\nPeat.\n", encoding="utf-8")
    (tmp_path / "out" / "run.json").write_text('{\n  "stratlint": "0.1.0"\n}', encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert [entry.source for entry in corpus.entries] == ["plan.md"]
    assert f"{tmp_path / 'out'}: the report of an earlier run, left out" in corpus.warnings
    # A report that was written beside the documents takes none of them along.
    (tmp_path / "out" / "run.json").rename(tmp_path / "run.json")
    (tmp_path / "report.html").write_text("<p>A report.</p>", encoding="utf-8")
    found = {entry.source for entry in load_corpus(tmp_path).entries}
    assert "plan.md" in found
    assert "report.html" not in found


def test_a_run_file_of_another_program_hides_no_document(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / "run.json").write_text("{}", encoding="utf-8")
    (tmp_path / "north" / "plan.md").write_text("# A plan\n", encoding="utf-8")
    assert [entry.source for entry in load_corpus(tmp_path).entries] == ["north/plan.md"]


def test_one_file_by_two_paths_is_listed_twice(tmp_path: Path) -> None:
    text = "documents: [{file: a/b.pdf}, {file: ./a//b.pdf}]\n"
    with pytest.raises(FileFault, match="listed twice"):
        load_corpus(_manifest(tmp_path, text))


def test_letters_of_two_characters_are_letters() -> None:
    stem = unicodedata.normalize("NFD", "Île-de-France_strategy")
    assert region_from_name(stem) == "Île de France"


def test_documents_that_a_manifest_leaves_out_are_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "README.md", "notes.csv", ".hidden.txt"):
        (tmp_path / name).write_text("We will support tourism.\n", encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "c.txt").write_text("Notes.\n", encoding="utf-8")
    _manifest(tmp_path, "documents:\n  - {file: ./a.txt, region: London}\n")
    assert load_corpus(tmp_path).warnings == ("not listed in manifest.yaml, so not audited: b.txt",)
