"""A manifest is changed as a person would: one document's lines, comments kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.records import Kind
from stratlint.run.begin import EntryGuess, manifest_text
from stratlint.run.corpus import Entry, Said
from stratlint.run.manifest import (
    corrected,
    file_name,
    first_manifest,
    loaded,
    said_of,
    stand,
    with_document,
    without_document,
)

PATH = Path("corpus/manifest.yaml")
TEXT = """\
# ours since May
title: Three coasts
documents:
  - file: a.md
    region: North East   # the file's name
    year: 2006           # looked up in the library
    guessed: [region]
  # the second is long
  - {file: b.md, area: [Kent (county), Medway], kind: prospectus}
"""


def test_a_confirmed_guess_is_none_any_more_and_nothing_else_changes() -> None:
    said = said_of(loaded(TEXT, PATH).documents[0])
    after = corrected(TEXT, PATH, "a.md", said)
    assert after == TEXT.replace("    guessed: [region]\n", "")


def test_a_corrected_guess_loses_the_reason_for_the_guess() -> None:
    said = Said(region="south east", year=2007, title="Harbours: a plan")
    after = corrected(TEXT, PATH, "a.md", said)
    assert after == TEXT.replace(
        "    region: North East   # the file's name\n"
        "    year: 2006           # looked up in the library\n"
        "    guessed: [region]\n",
        "    region: South East\n"
        "    title: 'Harbours: a plan'\n"
        "    year: 2007           # looked up in the library\n",
    )


def test_what_is_left_empty_is_taken_out() -> None:
    after = corrected(TEXT, PATH, "b.md", Said(area=("Kent (county)",), role="source"))
    assert after.endswith("  - {file: b.md, role: source, area: Kent (county)}\n")
    (_, second) = loaded(after, PATH).documents
    assert said_of(second) == Said(area=("Kent (county)",), role="source")


def test_a_document_comes_and_goes() -> None:
    said = Said(region="London", year=2020, kind=Kind.PROSPECTUS)
    with_one = with_document(TEXT, PATH, "c, the third.md", said)
    assert with_one == TEXT + (
        "  - file: 'c, the third.md'\n    region: London\n    year: 2020\n    kind: prospectus\n"
    )
    assert without_document(with_one, PATH, "c, the third.md") == TEXT
    assert said_of(loaded(with_one, PATH).documents[2]) == said
    first = without_document(TEXT, PATH, "a.md")
    assert "# the second is long" in first
    assert [d.file for d in loaded(first, PATH).documents] == ["b.md"]
    with pytest.raises(UsageError, match="needs one document"):
        without_document(first, PATH, "b.md")
    with pytest.raises(UsageError, match="listed already"):
        with_document(TEXT, PATH, "b.md", Said())
    with pytest.raises(UsageError, match="not listed"):
        without_document(TEXT, PATH, "x.md")


def test_an_area_that_there_is_not_is_said() -> None:
    with pytest.raises(UsageError, match="Kant"):
        corrected(TEXT, PATH, "a.md", Said(area=("Kant",)))
    wrong = TEXT.replace("Medway", "Nowhere")
    assert "Nowhere" not in corrected(wrong, PATH, "b.md", Said(area=("Medway",)))
    with pytest.raises(FileFault, match=r"manifest\.yaml"):
        corrected("documents: [{file: a.md, aera: Kent}]\n", PATH, "a.md", Said())


@pytest.mark.parametrize("lead", ["", "\ufeff"])
def test_what_init_writes_and_what_windows_writes_can_be_corrected(lead: str) -> None:
    entry = Entry(path=PATH.parent / "a b.md", source="a b.md", region="London", year=2019)
    guess = EntryGuess(entry=entry, reasons={"region": "named 5 times", "year": "on page 1"})
    text = lead + manifest_text(PATH.parent, [guess], [("x.pdf", "no PDF")]).replace("\n", "\r\n")
    after = corrected(text, PATH, "a b.md", Said(region="London", year=2020))
    assert after.startswith(lead + "# The documents of this comparison")
    assert after.count("\n") == after.count("\r\n") == text.count("\n") - 1
    assert "named 5 times" in after
    assert "on page 1" not in after
    assert "# not read: x.pdf: no PDF" in after


def test_an_entry_is_known_again_until_somebody_changes_it() -> None:
    before = loaded(TEXT, PATH).documents[0]
    assert stand(before) == stand(loaded(TEXT.replace("# ours", "# theirs"), PATH).documents[0])
    assert stand(before) != stand(loaded(TEXT.replace("2006", "2007"), PATH).documents[0])


def test_the_first_document_of_a_folder_begins_its_manifest() -> None:
    said = Said(region="London", kind=Kind.PROSPECTUS)
    text = first_manifest(PATH, "a.md", said)
    assert text.startswith("# The documents of this comparison")
    (only,) = loaded(text, PATH).documents
    assert (only.file, said_of(only)) == ("a.md", said)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Plan 2020 (final), v2.pdf", "Plan 2020 (final), v2.pdf"),
        ("C:\\plans\\Überblick.DOCX", "Überblick.docx"),
        ("../../etc/passwd.md", "passwd.md"),
        ("...md", "document.md"),
        ("-rf.md", "rf.md"),
        (".hidden.md", "hidden.md"),
        ("CON.md", "document CON.md"),
        ("nul.tar.md", "document nul.tar.md"),
        ('a"b<c>|d*e?.md', "a-b-c-d-e.md"),
        ("a\0b\nc\u202ed.md", "a-b-c-d.md"),
        ("$(touch x)`y`;{{z}}.md", "(touch x)-y-z.md"),
        ("a" * 500 + ".md", "a" * 100 + ".md"),
    ],
)
def test_a_file_is_kept_under_a_name_that_harms_nobody(given: str, kept: str) -> None:
    assert file_name(given) == kept


@pytest.mark.parametrize("name", ["a.exe", "manifest.yaml", "stratlint.yaml", "a", "", "a.md/"])
def test_other_kinds_of_file_are_not_kept(name: str) -> None:
    with pytest.raises(UsageError, match="no kind of file that is read here"):
        file_name(name)
