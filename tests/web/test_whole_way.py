"""The whole way of a draft: in, read beside its pages, set aside, corrected, taken away."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from stratlint.rules.suppressions import load_suppressions
from stratlint.run.suppressions import FILE_NAME
from tests.made import NORTH_EAST, write_word_draft
from tests.web.conftest import Open, Page

DRAFT = NORTH_EAST.replace(
    "## 3 Skills", "We will become the next Silicon Valley of the north.\n\n## 3 Skills"
)
TABLES = ("findings", "priorities", "matrix", "mentions", "passages", "quotients")


@pytest.fixture
def word_draft(tmp_path: Path) -> bytes:
    return write_word_draft(tmp_path / "made.docx").read_bytes()


def test_a_markdown_draft_is_read_beside_the_corpus(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    text = page.done(page.put("Plan for the North East.md", DRAFT.encode()))
    assert "Making and mending in the North East" in text
    assert "Plan for the North East.md" in text
    assert 'class="hit' in text
    assert "Silicon Valley" in text
    # What another document shares stands beside it, with its words.
    assert "South West" in text


def test_a_word_draft_comes_back_with_remarks(
    open_page: Open, own_corpus: Path, word_draft: bytes
) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.docx", word_draft)
    assert "the draft with remarks" in page.done(address)
    copy = page.get(f"{address}/download/annotated")
    assert copy.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert b"w:comment " in archive.read("word/comments.xml")


def test_a_word_draft_with_page_breaks_is_shown_by_its_pages(
    open_page: Open, own_corpus: Path, tmp_path: Path
) -> None:
    word = docx.Document()
    word.add_paragraph("A plan for the North East, 2009").add_run().add_break(WD_BREAK.PAGE)
    for _ in range(60):
        word.add_paragraph("Ships were built here, and some are built still.")
    word.add_paragraph("We will become the next Silicon Valley of the north.")
    word.save(str(tmp_path / "paged.docx"))
    page = open_page(own_corpus)
    text = page.done(page.put("paged.docx", (tmp_path / "paged.docx").read_bytes()))
    assert re.search(r'Marked on <a href="#mark-[^"]+-1">page 2</a>', text)
    assert re.search(r'<h3 id="sheet-1">Page 2</h3>', text)
    assert "Part " not in text


def test_a_pdf_draft_is_shown_as_its_own_pages(open_page: Open, corpus_dir: Path) -> None:
    page = open_page(preview=True)
    address = page.put("ne.pdf", (corpus_dir / "north-east.pdf").read_bytes())
    text = page.done(address)
    number = re.search(rf'href="{address}/page/(\d+)"', text)
    assert number is not None
    picture = page.get(f"{address}/page/{number.group(1)}")
    assert picture.headers["content-type"] == "image/webp"
    assert picture.content[8:12] == b"WEBP"
    assert '<rect class="hit' in text
    assert page.get(f"{address}/page/9999").status_code == 400
    assert page.get(f"{address}/download/annotated").content.startswith(b"%PDF")


def test_each_guess_is_told_with_its_reason(open_page: Open) -> None:
    page = open_page()
    text = "# Growth 2019\n\nLeeds, Hull, York and Whitby trade. Leeds and Hull choose tourism."
    shown = " ".join(re.sub("<[^>]+>", " ", page.done(page.put("a.md", text.encode()))).split())
    assert "Title guessed: Growth 2019, as the text prints it" in shown
    assert "Figures are those of the region Yorkshire and the Humber. Region: " in shown
    assert "6 of 6 named places are in Yorkshire and the Humber" in shown


def test_pasted_text_is_read(open_page: Open) -> None:
    page = open_page()
    answer = page.send("/drafts", {"text": DRAFT, "region": "North East", "year": "2009"})
    text = page.done(answer.url.path)
    assert "Silicon Valley" in text
    assert "2009" in text


def test_setting_aside_writes_the_file_of_the_corpus_and_is_undone(
    open_page: Open, own_corpus: Path
) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    known = page.fingerprints(address)
    chosen = known[0]
    reason = "the board agreed on this in May"
    sent = page.send(f"{address}/aside", {"fingerprint": chosen, "reason": reason})
    after = sent.text
    assert sent.url.fragment == "just"  # where it stood, and not at the end of the page
    stub = after.split('id="just"')[1].split("</div>")[0]
    assert reason in stub
    assert "Take back" in stub
    # Every link within the page leads somewhere.
    assert set(re.findall(r'href="#([^"]+)', after)) <= set(re.findall(r' id="([^"]+)', after))
    entries = load_suppressions(own_corpus / FILE_NAME).ignore
    assert [(e.fingerprint, e.reason) for e in entries] == [(chosen, reason)]
    assert chosen not in page.fingerprints(address)
    page.send(f"{address}/back", {"fingerprint": chosen})
    assert load_suppressions(own_corpus / FILE_NAME).ignore == ()
    assert page.fingerprints(address) == known


def test_without_a_corpus_what_is_set_aside_stays_for_all_drafts(open_page: Open) -> None:
    page = open_page()
    address = page.put("draft.md", DRAFT.encode())
    chosen = page.fingerprints(address)[0]
    page.send(f"{address}/aside", {"fingerprint": chosen, "reason": "known and accepted"})
    again = page.put("the-same.md", DRAFT.encode())
    assert chosen not in page.fingerprints(again)


def test_the_ignore_file_of_the_settings_is_the_one_that_is_written(
    open_page: Open, own_corpus: Path, tmp_path: Path
) -> None:
    named = tmp_path / "ours.yaml"
    named.write_text("ignore: []\n", encoding="utf-8")
    page = open_page(own_corpus, suppressions=str(named))
    address = page.put("draft.md", DRAFT.encode())
    chosen = page.fingerprints(address)[0]
    page.send(f"{address}/aside", {"fingerprint": chosen, "reason": "known and accepted"})
    assert load_suppressions(named).ignore[0].fingerprint == chosen
    assert not (own_corpus / FILE_NAME).exists()


@pytest.mark.parametrize("reason", ["", "  ", "no"])
def test_a_reason_is_asked_for(open_page: Open, reason: str) -> None:
    page = open_page()
    address = page.put("draft.md", DRAFT.encode())
    chosen = page.fingerprints(address)[0]
    answer = page.send(f"{address}/aside", {"fingerprint": chosen, "reason": reason})
    assert answer.status_code == 400
    assert "reason in words" in answer.text
    assert chosen in page.fingerprints(address)


def test_a_new_version_says_what_is_new_gone_and_stayed(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    address = page.put("v1.md", DRAFT.encode())
    assert "Since the last version" not in page.done(address)
    before = set(page.fingerprints(address))
    better = DRAFT.replace("We will become the next Silicon Valley of the north.\n", "")
    better = better.replace("Small firms", "We will be a world-leading powerhouse. Small firms")
    answer = page.send(f"{address}/again", files={"file": ("v2.md", better.encode())})
    assert answer.url.path == address
    text = page.done(address)
    after = set(page.fingerprints(address))
    assert "Since the last version" in text
    assert before - after, "the sentence that went took its finding with it"
    assert text.count('class="tag new"') == len(after - before)
    assert "v2.md" in text
    gone = text.split("What is gone", 1)[1].split("</details>", 1)[0]
    assert "Holds up another place as the model" in gone


def test_of_two_places_set_aside_the_one_that_was_not_corrected_stays_so(
    open_page: Open, own_corpus: Path
) -> None:
    page = open_page(own_corpus)
    two = DRAFT.replace("Small firms", "We will be the next Silicon Glen. Small firms")
    address = page.put("v1.md", two.encode())
    text = page.done(address)
    assert "held up as the model at 2 places" in text
    after = text.split("held up as the model at 2 places", 1)[1]
    found = re.search(r'name="fingerprint" value="([0-9a-f]{16})"', after)
    assert found is not None
    reason = "the board agreed on both in May"
    page.send(f"{address}/aside", {"fingerprint": found.group(1), "reason": reason})
    left = set(page.fingerprints(address))
    page.send(f"{address}/again", files={"file": ("v2.md", DRAFT.encode())})
    text = page.done(address)
    assert set(page.fingerprints(address)) <= left
    assert "no findings are new" in text
    aside = text.split('id="aside"')[1]
    assert "Silicon Valley" in aside
    assert reason in aside
    # A third place is one that nobody agreed on.
    page.send(f"{address}/again", files={"file": ("v3.md", two.replace("Glen", "Fen").encode())})
    assert len(set(page.fingerprints(address)) - left) == 1


def test_a_correction_by_a_person_goes_before_the_guess(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    page.done(address)
    said = {"region": "South West", "year": "2011", "kind": "prospectus"}
    page.send(f"{address}/correct", said)
    text = page.done(address)
    assert "South West · 2011" in text
    assert "read as a prospectus" in text
    page.send(f"{address}/correct", said | {"region": "Sout West"})
    assert "Did you mean South West?" in page.done(address)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("year", "20261", "no year"),
        ("year", "²026", "no year"),
        ("year", "1066", "no year"),
        ("kind", "novel", "no kind"),
        ("area", "Atlantis", "Atlantis"),
    ],
)
def test_what_a_person_says_wrongly_is_told_at_once(
    open_page: Open, field: str, value: str, word: str
) -> None:
    page = open_page()
    answer = page.send("/drafts", {field: value}, files={"file": ("a.md", b"text")})
    assert answer.status_code == 400
    assert word in answer.text
    assert page.desk.drafts() == []


def test_two_drafts_at_once_do_not_meet(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    one = page.put("one.md", DRAFT.encode())
    other = page.put("two.md", DRAFT.replace("Silicon Valley", "Golden Triangle").encode())
    states = {d["id"]: d for d in page.get("/api/drafts").json()}
    assert states[other.split("/")[-1]]["stage"] in ("waiting", "working", "done")
    first, second = page.done(one), page.done(other)
    assert "Silicon Valley" in first
    assert "Silicon Valley" not in second
    assert "Golden Triangle" in second


def test_a_check_is_cancelled_and_begun_again(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    waiting = page.put("waiting.md", DRAFT.encode())
    assert "was cancelled" in page.send(f"{waiting}/cancel").text
    page.send(f"{address}/cancel")
    text = page.done(address)
    assert "was cancelled" in text, text
    page.send(f"{address}/again", files={"file": ("draft.md", DRAFT.encode())})
    assert "Silicon Valley" in page.done(address)


def test_a_draft_that_is_removed_is_gone_with_its_files(open_page: Open) -> None:
    page = open_page()
    address = page.put("draft.md", DRAFT.encode())
    page.done(address)
    page.send(f"{address}/remove")
    assert page.get(address).status_code == 404
    assert list(page.desk.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["a.exe", "a", "a.pdf.sh", ".pdf", "a.zip", "a.doc", "a.svg"])
def test_other_kinds_of_file_are_refused_with_those_that_are_read(
    open_page: Open, name: str
) -> None:
    page = open_page()
    answer = page.send("/drafts", files={"file": (name, b"content")})
    assert answer.status_code == 400
    assert ".docx" in answer.text
    assert page.desk.drafts() == []


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.pdf", b"not a PDF at all", "PDF"),
        ("a.docx", b"PK\x03\x04broken", "Word"),
        ("a.txt", b" \n ", "empty"),
        ("a.md", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_not_where(
    open_page: Open, name: str, data: bytes, word: str
) -> None:
    page = open_page()
    answer = page.send("/drafts", files={"file": (name, data)})
    text = page.done(answer.url.path) if answer.status_code == 200 else answer.text
    assert word.lower() in text.lower()
    assert str(page.desk.folder) not in text
    if answer.status_code == 200:
        assert "Put it in again" in text
        # The queue goes on.
        assert "Silicon Valley" in page.done(page.put("good.md", DRAFT.encode()))


def test_another_browser_window_finds_the_same_state(open_page: Open) -> None:
    page = open_page()
    address = page.put("draft.md", DRAFT.encode())
    chosen = page.fingerprints(address)[0]
    page.send(f"{address}/aside", {"fingerprint": chosen, "reason": "known and accepted"})
    other = Page(page.app, page.desk)
    other.client.cookies = page.client.cookies
    assert "known and accepted" in other.done(address)
    assert "draft.md" in other.get("/").text


def test_progress_is_told_as_events_to_the_end(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    answer = page.get(f"{address}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    states = [json.loads(line[6:]) for line in answer.text.splitlines() if line]
    assert states[-1]["stage"] == "done"
    assert "judge" in {s["step"] for s in states}


def test_downloads_are_whole(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    page.done(address)
    report = page.get(f"{address}/download/report")
    assert "What an auditor will say" in report.text
    table = list(csv.DictReader(io.StringIO(page.get(f"{address}/download/findings").text)))
    assert table
    assert {row["document"] for row in table} <= {"draft.md", ""}
    assert page.get(f"{address}/download/everything").status_code == 404


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_the_same_as_csv_and_json(open_page: Open, own_corpus: Path, table: str) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    page.done(address)
    plain = list(csv.DictReader(io.StringIO(page.get(f"/api{address}/{table}.csv").text)))
    rows = page.get(f"/api{address}/{table}.json").json()
    assert len(plain) == len(rows) > 0
    assert list(plain[0]) == list(rows[0])


def test_the_desk_is_bounded_and_says_so(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stratlint.web.desk.MOST_DRAFTS", 2)
    page = open_page()
    addresses = [page.put(f"{n}.md", DRAFT.encode()) for n in range(2)]
    answer = page.send("/drafts", files={"file": ("more.md", DRAFT.encode())})
    assert answer.status_code == 400
    assert "remove one first" in answer.text
    # Nothing that was confirmed is lost for it.
    assert all("Silicon Valley" in page.done(address) for address in addresses)


def test_what_is_set_aside_is_not_told_of_in_the_brief(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    address = page.put("v1.md", DRAFT.encode())
    page.done(address)
    told = page.get(f"{address}/download/brief").text.split("Who copied from whom", 1)[1]
    assert "South West" in told.split("<h2", 1)[0]
    result = next(iter(page.desk.drafts())).result
    assert result is not None
    shared = [f for f in result.findings if f.rule.startswith("TR")]
    assert shared
    for finding in shared:
        fields = {"fingerprint": finding.fingerprint, "reason": "agreed by both"}
        page.send(f"{address}/aside", fields)
    brief = page.get(f"{address}/download/brief").text
    assert (
        "Who copied from whom" not in brief
        or "South West" not in (brief.split("Who copied from whom", 1)[1].split("<h2", 1)[0])
    )
