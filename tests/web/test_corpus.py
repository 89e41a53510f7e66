"""The corpus's page, its audit, the baseline, and what many at once and lost workers cost."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from stratlint.reporting.html.page import environment
from stratlint.rules.suppressions import BASELINE_REASON, load_suppressions
from stratlint.run.suppressions import FILE_NAME
from stratlint.web import answers
from stratlint.web.line import Stage, Task
from tests.made import NORTH_EAST, SOUTH_WEST
from tests.web.conftest import Open, Page
from tests.web.test_whole_way import DRAFT


def _audited(page: Page) -> str:
    page.send("/corpus/audit")
    assert '"stage": "done"' in page.get("/corpus/events").text
    return page.get("/corpus").text


def test_the_documents_are_listed_with_what_is_known_of_them(
    open_page: Open, own_corpus: Path
) -> None:
    (own_corpus / "manifest.yaml").write_text(
        (own_corpus / "manifest.yaml").read_text(encoding="utf-8")
        + "  - {file: broken.pdf, region: London, year: 2010}\n",
        encoding="utf-8",
    )
    (own_corpus / "broken.pdf").write_bytes(b"no PDF")
    page = open_page(own_corpus)
    before = page.get("/corpus/documents").text
    assert before.count("not read yet") == 5
    assert "South West" in before
    after = page.done("/corpus/documents")  # looking at them has them read
    assert after.count("read, 1 page") == 4
    assert re.search(r"broken\.pdf.*?not read: [^<]*PDF", after, re.DOTALL)


def test_a_corrected_manifest_is_heeded_by_the_next_check(
    open_page: Open, own_corpus: Path
) -> None:
    page = open_page(own_corpus)
    page.done(page.put("draft.md", DRAFT.encode()))
    manifest = own_corpus / "manifest.yaml"
    text = manifest.read_text(encoding="utf-8").replace("South West", "South East")
    manifest.write_text(text, encoding="utf-8")
    assert "South East" in page.get("/corpus/documents").text
    page.done(page.put("again.md", DRAFT.encode()))
    rows = page.done("/corpus/documents")
    assert "South East" in rows
    assert "not read yet" not in rows


_RULE = """id: XX001
name: firms-named
check: phrase-present
with: {phrases: [Small firms in Gateshead]}
severity: warning
confidence: high
message: "names firms, as WHO said"
why: Because there are others.
fix: Name others.
tests:
  - {name: fires, documents: {A: "Small firms in Gateshead."}, want: [{contains: firms}]}
  - {name: stays silent, documents: {A: "Small firms in York."}, none: true}
"""


def test_a_rule_that_changed_is_heeded_by_the_next_check(
    open_page: Open, own_corpus: Path, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    rule = rules / "XX001.yaml"
    rule.write_text(_RULE.replace("WHO", "Wilma"))
    page = open_page(own_corpus, rules_dirs=[str(rules)])
    assert "Wilma" in page.done(page.put("draft.md", DRAFT.encode()))
    rule.write_text(_RULE.replace("WHO", "Norbert"))
    assert "Norbert" in page.done(page.put("again.md", DRAFT.encode()))
    rule.write_text(_RULE.replace("check:", "chek:"))
    assert "&#39;chek&#39;" in page.done(page.put("third.md", DRAFT.encode()))


def test_setting_aside_does_not_make_the_corpus_be_read_again(
    open_page: Open, own_corpus: Path
) -> None:
    page = open_page(own_corpus)
    address = page.put("draft.md", DRAFT.encode())
    chosen = page.fingerprints(address)[0]
    page.send(f"{address}/aside", {"fingerprint": chosen, "reason": "known and accepted"})
    assert "not read yet" not in page.get("/corpus/documents").text


def test_the_corpus_is_audited_and_its_report_opened(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    assert page.get("/corpus/files/report/index.html").status_code == 404
    assert page.get("/api/corpus/findings.json").status_code == 409
    overview = page.done("/corpus")  # looking at it has it audited
    assert "Who follows the crowd" in overview
    assert "Who copied from whom" in overview
    assert "How far to trust it" in overview
    for link in set(re.findall(r'href="(/corpus/[^"#]+)', overview)):
        assert page.get(link).status_code == 200, link
    first = page.get("/corpus/files/report/index.html")
    assert '<a href="/corpus">Back to the corpus</a>' in first.text
    assert "Three made regions" in first.text
    policy = first.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "sha256-" in policy
    # Every link of the report leads to something that is served.
    links = set(re.findall(r'href="?([\w.-]+\.(?:html|csv|json))', first.text))
    assert len(links) > 5
    for link in links:
        assert page.get(f"/corpus/files/report/{link}").status_code == 200, link
    assert page.get("/corpus/files/findings.csv").headers["content-disposition"]
    assert page.get("/api/corpus/priorities.json").json()


@pytest.mark.parametrize(
    "name", ["../manifest.yaml", "%2e%2e/x", "report/../../x", ".stratlint-results"]
)
def test_only_files_of_the_report_are_served(open_page: Open, own_corpus: Path, name: str) -> None:
    page = open_page(own_corpus)
    _audited(page)
    assert page.get(f"/corpus/files/{name}").status_code == 404


def test_a_fault_of_the_corpus_is_told_on_its_page(open_page: Open, own_corpus: Path) -> None:
    (own_corpus / "manifest.yaml").write_text("documents: []\n", encoding="utf-8")
    page = open_page(own_corpus)
    answer = page.get("/corpus/documents")
    assert answer.status_code == 400
    assert "manifest.yaml" in answer.text
    assert "manifest.yaml" in page.done("/corpus")
    assert "manifest.yaml" in page.done(page.put("draft.md", DRAFT.encode()))


def test_without_a_corpus_there_is_nothing_to_audit(open_page: Open) -> None:
    page = open_page()
    assert "There is no corpus" in page.get("/corpus").text
    page.send("/corpus/audit")
    assert '"stage": "not read"' in page.get("/corpus/events").text
    for path in ("/corpus/documents", "/corpus/rules"):
        answer = page.get(path)
        assert answer.status_code == 400
        assert "start with --corpus FOLDER" in answer.text


def test_a_baseline_sets_all_aside_and_shows_only_what_is_new(
    open_page: Open, own_corpus: Path
) -> None:
    page = open_page(own_corpus)
    address = page.put("first.md", DRAFT.encode())
    known = page.fingerprints(address)
    page.send(f"{address}/baseline", {"reason": BASELINE_REASON})
    assert page.fingerprints(address) == []
    entries = load_suppressions(own_corpus / FILE_NAME).ignore
    assert {entry.reason for entry in entries} == {BASELINE_REASON}
    assert len(entries) >= len(known)
    # Under another name, with one new fault: only that.
    worse = DRAFT.replace("Small firms", "We will be the next Silicon Glen. Small firms")
    page.send(f"{address}/again", files={"file": ("second.md", worse.encode())})
    fresh = set(page.fingerprints(address))
    assert fresh
    assert fresh.isdisjoint(known)
    page.send(f"{address}/again", files={"file": ("third.md", DRAFT.encode())})
    assert page.fingerprints(address) == []
    page.send(f"{address}/back", {"all": "yes"})
    assert page.fingerprints(address) == known
    assert load_suppressions(own_corpus / FILE_NAME).ignore == ()


def test_what_an_analyst_set_aside_by_rule_is_not_taken_back_here(
    open_page: Open, own_corpus: Path
) -> None:
    (own_corpus / FILE_NAME).write_text(
        "ignore:\n- {rule: SB005, document: North East, reason: agreed with the board}\n",
        encoding="utf-8",
    )
    page = open_page(own_corpus)
    text = page.done(page.put("draft.md", DRAFT.encode()))
    assert "agreed with the board" in text
    assert "for all of a document" in text


def test_a_failed_or_cancelled_version_hides_nothing_of_the_last_one(
    open_page: Open, own_corpus: Path, corpus_dir: Path
) -> None:
    page = open_page(own_corpus, preview=True)
    address = page.put("draft.pdf", (corpus_dir / "north-east.pdf").read_bytes())
    page.done(address)
    for name in ("broken.pdf", "worse.pdf"):
        page.send(f"{address}/again", files={"file": (name, b"no PDF at all")})
        text = page.done(address)
        assert "The last version is not what you see" in text
        assert "Making Things Again" in text
        found = re.search(rf"{address}/page/\d+", text)
        assert found is not None
        assert page.get(found.group()).content[8:12] == b"WEBP"
        assert page.get(f"{address}/download/annotated").content.startswith(b"%PDF")


def test_an_area_that_a_person_says_is_the_one_of_the_figures(open_page: Open) -> None:
    page = open_page()
    answer = page.send("/drafts", {"text": DRAFT, "area": "Oxfordshire"})
    text = page.done(answer.url.path)
    assert "Figures are those of Oxfordshire (county)" in text
    assert 'value="Oxfordshire"' in text


def test_a_shared_passage_stands_side_by_side(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    changed = SOUTH_WEST.replace("thirty years", "forty winters").replace(
        "A harbour strategy for the South West", "A plan for London"
    )
    shown = page.done(page.put("draft.md", changed.encode(), region="London"))
    assert "Text shared with others" in shown
    holders = re.findall(r"<blockquote>(.*?)</blockquote>", shown.split('id="passages"')[1])
    assert any("<mark>" in holder and "forty winters" in holder for holder in holders)
    for holder in holders:
        for mark in re.findall(r"<mark>(.*?)</mark>", holder):
            assert "forty winters" not in mark
    assert "Side by side" in shown


def test_eight_at_once_are_queued_with_their_place(open_page: Open, own_corpus: Path) -> None:
    page = open_page(own_corpus)
    addresses: list[str] = []

    def put(number: int) -> None:
        other = Page(page.app, page.desk)
        other.client.cookies = page.client.cookies
        text = DRAFT.replace("Silicon Valley", f"Silicon Valley {number}")
        addresses.append(other.put(f"{number}.md", text.encode()))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = page.get("/api/drafts").json()
    waiting = [state["place"] for state in states if state["stage"] == "waiting"]
    assert len(states) == 8
    assert len(set(waiting)) == len(waiting)  # each has a place of its own
    assert sum(state["stage"] == "working" for state in states) <= 1
    home = page.get("/").text
    assert re.search(r"waiting, \w+ before it", home)
    for address in addresses:
        text = page.done(address)
        assert "Silicon Valley" in text, page.desk.draft(address.split("/")[-1]).fault
    assert len(list(page.desk.folder.glob("*/*.md"))) == 8


def test_a_check_that_ends_while_its_page_is_made_is_never_called_not_read(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page had asked twice how far a draft was: working, then, with no reason, not read."""
    page, gate = open_page(), threading.Event()
    page.desk.line.add(Task(), lambda _run: gate.wait(60))
    address = page.put("a.md", DRAFT.encode())
    draft = page.desk.draft(address.rsplit("/", 1)[-1])

    def late() -> Any:
        gate.set()
        end = time.monotonic() + 60
        while draft.is_busy and time.monotonic() < end:
            time.sleep(0.02)
        return environment()

    monkeypatch.setattr(answers, "environment", late)
    shown = page.get(address).text
    assert draft.stage is Stage.DONE
    assert 'id="progress"' in shown
    assert "Not read" not in shown
    assert "Silicon Valley" in page.done(address)


def test_a_killed_worker_costs_that_check_alone(
    open_page: Open, own_corpus: Path, corpus_dir: Path
) -> None:
    page = open_page(own_corpus, cache=False)
    page.done(page.put("first.md", DRAFT.encode()))
    address = page.put("lost.pdf", (corpus_dir / "north-east.pdf").read_bytes())
    following = page.put("next.md", DRAFT.encode())
    draft = page.desk.draft(address.split("/")[-1])
    while draft.is_busy:  # whatever works on it, kill it
        pool = draft.run._pool if draft.run is not None else None
        for worker in list(pool._workers) if pool is not None else ():
            with contextlib.suppress(ProcessLookupError, TypeError):
                os.kill(worker.process.pid, signal.SIGKILL)
        time.sleep(0.02)
    assert "the process that worked on it ended" in page.done(address)
    assert "Silicon Valley" in page.done(following)


def test_a_full_disk_is_said_and_loses_nothing(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    address = page.put("first.md", NORTH_EAST.encode())
    page.done(address)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    answer = page.send("/drafts", files={"file": ("second.md", DRAFT.encode())})
    assert answer.status_code == 507
    assert "The disk is full" in answer.text
    answer = page.send(f"{address}/again", files={"file": ("second.md", DRAFT.encode())})
    assert answer.status_code == 507
    assert len(page.desk.drafts()) == 1
    assert "Gateshead" in page.done(address)
