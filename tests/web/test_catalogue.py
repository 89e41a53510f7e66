"""The corpus changed on its page: the manifest, its files and the rules, and each change undone."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from stratlint.cli.options import load_flags
from stratlint.run.corpus import load_corpus
from stratlint.run.settings import load_settings
from tests.made import NORTH_EAST, SOUTH_WEST
from tests.web.conftest import Open, Page
from tests.web.test_whole_way import DRAFT

DOCUMENTS = "/corpus/documents"


def _row(page: Page, file: str) -> dict[str, str]:
    """The fields of the form on one document."""
    text = page.get(DOCUMENTS, params={"edit": file}).text
    form = text.split('action="/corpus/documents/correct"')[1].split("</form>")[0]
    values = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen.group(1) if chosen else ""
    return {name: html.unescape(value) for name, value in values.items()}


def _correct(page: Page, file: str, **said: Any) -> None:
    answer = page.send(f"{DOCUMENTS}/correct", {**_row(page, file), **said})
    assert answer.status_code == 200, answer.text


def _undo(page: Page) -> int:
    change = re.search(r'name="change" value="(\w+)"', page.get(DOCUMENTS).text)
    assert change is not None
    return page.send("/corpus/undo", {"change": change.group(1)}).status_code


@pytest.fixture
def manifest(own_corpus: Path) -> Path:
    path = own_corpus / "manifest.yaml"
    path.write_text("# asked by the board\n" + path.read_text("utf-8"), encoding="utf-8")
    return path


def test_region_year_and_kind_are_corrected_in_place_and_comments_stay(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    before = manifest.read_text("utf-8")
    page = open_page(own_corpus)
    _correct(page, "south-west.md", region="South East", year="2011", kind="prospectus")
    after = manifest.read_text("utf-8")
    assert after.startswith("# asked by the board\n")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(changed) == 1
    (entry,) = [e for e in load_corpus(own_corpus).entries if e.source == "south-west.md"]
    assert (entry.region, entry.year, entry.kind) == ("South East", 2011, "prospectus")
    rows = page.done(DOCUMENTS)  # and it is read as that at once
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*south-west\.md.*?</tr>", rows, re.DOTALL)
    assert row is not None
    assert "South East" in row.group()
    assert "2011" in row.group()
    assert "prospectus" in row.group()
    assert "read, 1 page" in row.group()
    assert _undo(page) == 200
    assert manifest.read_text("utf-8") == before


def test_what_a_person_does_not_change_is_not_written(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    before = manifest.read_bytes()
    page = open_page(own_corpus)
    for document in load_corpus(own_corpus).entries:
        _correct(page, document.source)
    assert manifest.read_bytes() == before
    assert "Changed here" not in page.get(DOCUMENTS).text


def test_a_document_is_taken_out_its_file_stays_and_it_comes_back(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    before = manifest.read_text("utf-8")
    page = open_page(own_corpus)
    seen = _row(page, "south-west.md")["seen"]
    answer = page.send(f"{DOCUMENTS}/remove", {"document": "south-west.md", "seen": seen})
    assert "In the folder, and not listed" in answer.text
    assert (own_corpus / "south-west.md").is_file()
    assert "south-west.md" not in manifest.read_text("utf-8")
    assert _undo(page) == 200
    assert manifest.read_text("utf-8") == before
    page.send(f"{DOCUMENTS}/remove", {"document": "south-west.md", "seen": seen})
    page.send(f"{DOCUMENTS}/list", {"document": "south-west.md"})
    assert "south-west.md" in {e.source for e in load_corpus(own_corpus).entries}


def test_new_documents_are_copied_in_listed_and_read(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    page = open_page(own_corpus)
    more = {"region": "London", "year": "2019", "title": "A plan, and more"}
    name = "../The city's plan: 2019.md"
    answer = page.send(f"{DOCUMENTS}/add", more, files={"file": (name, DRAFT.encode())})
    assert answer.status_code == 200, answer.text
    assert (own_corpus / "The city's plan- 2019.md").read_text("utf-8") == DRAFT
    (entry,) = [e for e in load_corpus(own_corpus).entries if "city" in e.source]
    assert (entry.region, entry.year, entry.title) == ("London", 2019, "A plan, and more")
    assert page.done(DOCUMENTS).count("read, 1 page") == 5
    two = [("file", ("x.md", NORTH_EAST.encode())), ("file", ("y.md", SOUTH_WEST.encode()))]
    assert page.send(f"{DOCUMENTS}/add", files=two).status_code == 200
    assert {"x.md", "y.md"} <= {e.source for e in load_corpus(own_corpus).entries}
    assert not list(own_corpus.glob("*.part"))


@pytest.mark.parametrize(
    ("files", "said", "words"),
    [
        ([("file", ("south-west.md", b"# Text"))], {}, "in the folder already"),
        ([("file", ("a.exe", b"MZ"))], {}, "no kind of file that is read here"),
        ([("file", ("a.md", b""))], {}, "the file is empty"),
        ([], {}, "nothing was put in"),
        ([("file", ("a.md", b"# A"))], {"area": "Nowhere"}, "Nowhere"),
        ([("file", ("a.md", b"# A"))], {"year": "99"}, "is no year"),
        (
            [("file", ("a.md", b"# A")), ("file", ("b.md", b"# B"))],
            {"region": "London"},
            "is of one document",
        ),
        (
            [("file", ("a.md", b"# A")), ("file", ("south-west.md", b"# B"))],
            {},
            "1 of 2 were added before it",
        ),
    ],
)
def test_what_cannot_be_added_is_said_and_leaves_nothing_behind(
    open_page: Open,
    own_corpus: Path,
    manifest: Path,
    files: list[tuple[str, tuple[str, bytes]]],
    said: dict[str, str],
    words: str,
) -> None:
    before = {p.name: p.read_bytes() for p in own_corpus.iterdir() if p.is_file()}
    page = open_page(own_corpus)
    more: dict[str, Any] = {"files": files} if files else {}
    answer = page.send(f"{DOCUMENTS}/add", said, **more)
    assert answer.status_code == 400
    assert words in html.unescape(answer.text)
    after = {p.name: p.read_bytes() for p in own_corpus.iterdir() if p.is_file()}
    if "1 of 2" not in words:
        assert after == before
    assert after["south-west.md"] == before["south-west.md"]


def test_an_area_that_there_is_not_in_the_manifest_is_corrected_on_the_page(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    text = manifest.read_text("utf-8").replace("region: South West", "area: Nowhere at all")
    manifest.write_text(text, encoding="utf-8")
    page = open_page(own_corpus)
    assert "Nowhere at all" in page.get(DOCUMENTS).text
    _correct(page, "south-west.md", area="Cornwall")
    assert page.done(DOCUMENTS).count("read, 1 page") == 4


def test_two_who_correct_one_document_do_not_overwrite_each_other(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    page = open_page(own_corpus)
    first, second = _row(page, "south-west.md"), _row(page, "south-west.md")
    other = _row(page, "north-east.md")
    page.send(f"{DOCUMENTS}/correct", {**first, "year": "2011"})
    answer = page.send(f"{DOCUMENTS}/correct", {**second, "year": "2012"})
    assert answer.status_code == 400
    assert "has been corrected meanwhile" in answer.text
    # Another document is another matter.
    assert page.send(f"{DOCUMENTS}/correct", {**other, "year": "2013"}).status_code == 200
    years = {e.source: e.year for e in load_corpus(own_corpus).entries}
    assert (years["south-west.md"], years["north-east.md"]) == (2011, 2013)


def test_a_change_by_another_program_is_never_undone(
    open_page: Open, own_corpus: Path, manifest: Path
) -> None:
    page = open_page(own_corpus)
    _correct(page, "south-west.md", year="2011")
    manifest.write_text(manifest.read_text("utf-8") + "# a word since\n", encoding="utf-8")
    assert _undo(page) == 400
    assert manifest.read_text("utf-8").endswith("# a word since\n")
    _correct(page, "south-west.md", year="2012")
    first = re.search(r'name="change" value="(\w+)"', page.get(DOCUMENTS).text)
    assert _undo(page) == 200
    assert first is not None
    # The same button once more, from another tab.
    assert page.send("/corpus/undo", {"change": first.group(1)}).status_code == 400


def test_a_folder_without_a_manifest_gets_one(open_page: Open, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "north-east.md").write_text(NORTH_EAST, encoding="utf-8")
    page = open_page(folder)
    text = page.done(DOCUMENTS)
    assert "Nobody has confirmed them yet" in text
    assert "Correct" not in text
    page.send(f"{DOCUMENTS}/begin")
    assert "Correct" in page.done(DOCUMENTS)
    assert "guessed:" in (folder / "manifest.yaml").read_text("utf-8")
    _correct(page, "north-east.md")
    assert "guessed:" not in (folder / "manifest.yaml").read_text("utf-8")
    assert page.send(f"{DOCUMENTS}/begin").status_code == 400


def test_an_empty_folder_is_filled(open_page: Open, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    page = open_page(folder)
    assert "no document here" in page.get(DOCUMENTS).text
    files = {"file": ("first.md", NORTH_EAST.encode())}
    assert page.send(f"{DOCUMENTS}/add", {"region": "North East"}, files=files).status_code == 200
    assert "read, 1 page" in page.done(DOCUMENTS)
    (entry,) = load_corpus(folder).entries
    assert (entry.region, entry.region_guessed) == ("North East", False)
    seen = _row(page, "first.md")["seen"]
    answer = page.send(f"{DOCUMENTS}/remove", {"document": "first.md", "seen": seen})
    assert "a corpus needs one document" in answer.text


def _with_settings(open_page: Open, corpus: Path, **flags: Any) -> Page:
    page = open_page(corpus)
    page.desk.shelf._reload = lambda: load_flags(flags, near=corpus)
    page.desk.shelf.settings = load_flags(flags, near=corpus).settings
    return page


def test_rule_packs_are_chosen_and_heeded_by_every_door(
    open_page: Open, own_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_corpus.parent)
    page = _with_settings(open_page, own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    page.done(address)
    before = {rule.id for rule in page.desk.drafts()[0].result.rules}  # type: ignore[union-attr]
    text = page.get("/corpus/rules").text
    core = re.search(r"\((\d+) rules, (\d+) with", text)
    assert core is not None
    assert int(core.group(1)) == len(before) < int(core.group(2))
    answer = page.send("/corpus/rules", {"pack": "all", "preview": "yes"})
    assert re.search(r'value="all" checked', answer.text)
    assert (own_corpus / "stratlint.yaml").read_text("utf-8") == "pack: all\npreview: true\n"
    assert load_settings(near=own_corpus).settings.pack == "all"
    again = page.put("again.md", DRAFT.encode())
    page.done(again)
    after = {rule.id for rule in page.desk.drafts()[0].result.rules}  # type: ignore[union-attr]
    assert before < after
    assert _undo(page) == 200
    assert not (own_corpus / "stratlint.yaml").exists()
    assert re.search(r'value="core" checked', page.get("/corpus/rules").text)


def test_the_settings_that_are_in_force_are_those_that_are_written(
    open_page: Open, own_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_corpus.parent)
    mine = own_corpus.parent / "stratlint.yaml"
    mine.write_text("# of this house\nfail_on: never  # for now\n# pack: core\n", encoding="utf-8")
    page = _with_settings(open_page, own_corpus)
    page.send("/corpus/rules", {"pack": "editorial"})
    assert mine.read_text("utf-8") == (
        "# of this house\nfail_on: never  # for now\n# pack: core\n"
        "pack: editorial\npreview: false\n"
    )
    assert not (own_corpus / "stratlint.yaml").exists()


def test_what_was_given_at_the_start_is_not_chosen_here(open_page: Open, own_corpus: Path) -> None:
    page = _with_settings(open_page, own_corpus, pack="all")
    text = page.get("/corpus/rules").text
    assert "fieldset disabled" in text
    assert "given when the page was started (command line)" in text
    answer = page.send("/corpus/rules", {"pack": "core"})
    assert answer.status_code == 400
    assert not (own_corpus / "stratlint.yaml").exists()
    assert page.send("/corpus/rules", {"pack": "../x"}).status_code == 400


def test_a_changed_corpus_is_audited_anew_when_it_is_looked_at(
    open_page: Open, own_corpus: Path
) -> None:
    page = open_page(own_corpus)
    assert "Three documents" in page.done("/corpus")
    assert 'id="progress"' not in page.get("/corpus").text
    seen = _row(page, "south-west.md")["seen"]
    page.send(f"{DOCUMENTS}/remove", {"document": "south-west.md", "seen": seen})
    assert "is made anew" in page.get("/corpus").text
    assert "Two documents" in page.done("/corpus")
    # What a person has cancelled stays so until they ask for it, or change something more.
    _undo(page)
    page.get("/corpus")
    page.send("/corpus/cancel")
    text = page.done("/corpus")
    if "The audit was cancelled" in text:
        assert "of before the corpus was changed" in text
        page.send("/corpus/audit")
        text = page.done("/corpus")
    assert "Three documents" in text


@pytest.mark.parametrize("fault", ["read-only", "full"])
def test_a_manifest_that_cannot_be_written_is_as_it_was(
    open_page: Open, own_corpus: Path, manifest: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    before = manifest.read_text("utf-8")
    page = open_page(own_corpus)
    row = _row(page, "south-west.md")

    def refuse(*_: object, **__: object) -> None:
        number, words = (30, "Read-only file system") if fault == "read-only" else (28, "No space")
        raise OSError(number, words)

    monkeypatch.setattr("stratlint.atomic._fill", refuse)
    answer = page.send(f"{DOCUMENTS}/correct", {**row, "year": "2011"})
    assert answer.status_code in (500, 507)
    assert "Nothing was changed" in answer.text
    assert manifest.read_text("utf-8") == before
    answer = page.send(f"{DOCUMENTS}/add", files={"file": ("new.md", b"# New")})
    assert answer.status_code in (500, 507)
    assert not (own_corpus / "new.md").exists()
    assert "Changed here" not in page.get(DOCUMENTS).text
