"""`stratlint serve` in a real browser: the whole way for Word and PDF, axe on every page kind.

Skipped, with the reason, on a machine without chromium, node or the npm packages.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser.test_report_in_browser import CHROMIUM, HERE, MODES
from tests.made import write_word_draft
from tests.web.test_serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("serve")]
KINDS = (
    "home",
    "waiting",
    "word",
    "pdf",
    "corpus",
    "documents",
    "rules",
    "unread",
    "fault",
)
CORPUS = ("london.pdf", "south-west.pdf", "west-midlands.pdf", "national-framework.pdf")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, corpus_dir: Path) -> dict[str, Any]:
    """What the browser saw on the whole way."""
    if shutil.which("node") is None or not CHROMIUM.exists():
        pytest.skip(f"needs node and chromium, which is not at {CHROMIUM} (STRATLINT_CHROMIUM)")
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        pytest.skip("needs the npm packages: run npm ci in tests/browser")
    import docx

    folder = tmp_path_factory.mktemp("way")
    # What is set aside is written into the corpus: a copy, with the tables that it names.
    # Four of its documents will do: two that the way corrects, one that shares passages with the
    # draft, and the national one.
    corpora = folder / "corpora"
    shutil.copytree(corpus_dir.parent / "evidence", corpora / "evidence")
    (corpora / "english-regions").mkdir()
    manifest = yaml.safe_load((corpus_dir / "manifest.yaml").read_text(encoding="utf-8"))
    manifest["documents"] = [one for one in manifest["documents"] if one["file"] in CORPUS]
    text = yaml.safe_dump(manifest, sort_keys=False)
    (corpora / "english-regions" / "manifest.yaml").write_text(text, encoding="utf-8")
    for name in CORPUS:
        shutil.copy(corpus_dir / name, corpora / "english-regions")
    shutil.copy(corpus_dir / "north-east.pdf", folder / "draft.pdf")
    (folder / "broken.pdf").write_bytes(b"no PDF")
    draft = docx.Document(str(write_word_draft(folder / "draft.docx")))
    draft.add_paragraph("Creative industries will be our fourth priority.")
    draft.save(str(folder / "draft.docx"))
    # One of two places that hold up a model goes, a copied priority too; a wrong figure comes.
    draft.paragraphs[-1].runs[0].text = "Our location quotient for chemicals is 0.4."
    for paragraph in draft.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("We will become the next Silicon Valley", "We will train")
    draft.save(str(folder / "better.docx"))
    served = Served(folder, "--corpus", str(corpora / "english-regions"), "--jobs", "2")
    try:
        done = subprocess.run(
            ["node", "serve.mjs", served.address, str(folder)],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=900,
        )
    finally:
        served.process.terminate()
        served.process.communicate(timeout=30)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_word_draft_goes_the_whole_way_by_keyboard(seen: dict[str, Any]) -> None:
    way = seen["way"]
    assert way["entered"]
    assert way["region"]
    assert way["leads"], "a mark leads to its remark"
    assert way["back"], "and the remark to its mark"
    assert way["focused"]
    assert way["aside"] == way["before"] - 1 == way["reloaded"]
    assert way["reason"]
    assert way["inPlace"], "the page stays where the remark was"
    assert "Since the last version one finding is new, one is gone, none stay" in way["lede"]
    assert len(way["stillAside"]) == 1
    assert "become the next Golden" in way["stillAside"][0], "the place that was not corrected"
    name, size = way["annotated"]
    assert name == "better-remarks.docx"
    assert size > 10_000


def test_a_pdf_is_dropped_and_read_beside_its_pictures(seen: dict[str, Any]) -> None:
    way = seen["way"]
    assert way["picture"] == [200, "image/webp"]
    assert way["marks"] > 5
    assert way["pdfLeads"]
    assert way["sideBySide"] >= 2
    assert way["typed"] == "not ours, so set aside on purpose"
    assert way["opened"] == 1


def test_the_corpus_is_audited_and_its_report_runs_under_its_own_policy(
    seen: dict[str, Any],
) -> None:
    assert seen["way"]["report"]
    assert seen["way"]["script"] == 1
    assert seen["way"]["returned"] == "/corpus"


def test_the_corpus_opens_with_its_overview_and_is_corrected_in_place(
    seen: dict[str, Any],
) -> None:
    way = seen["way"]
    assert way["overview"] == [
        "Who follows the crowd",
        "Who copied from whom",
        "How far to trust it",
    ]
    assert "2011" in way["corrected"]
    assert way["undone"] == 1


def test_without_script_a_draft_is_put_in_read_and_set_aside(seen: dict[str, Any]) -> None:
    assert seen["way"]["plain"] > 1
    assert seen["way"]["plainAside"] == seen["way"]["plain"] - 1
    assert seen["way"]["plainRules"]


def test_nothing_is_asked_of_any_other_place_and_no_policy_is_broken(seen: dict[str, Any]) -> None:
    assert seen["foreign"] == []
    assert seen["messages"] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_any_page_in_any_mode(
    seen: dict[str, Any], kind: str, mode: str
) -> None:
    assert seen["axe"][f"{kind} {mode}"] == []
    assert seen["passes"] > 15
    assert seen["way"][f"waited {mode}"] in ("waiting", "working"), "the page was one that waits"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_390_pixels(seen: dict[str, Any], kind: str) -> None:
    width, window = seen["wide"][f"{kind} narrow"]
    assert width <= window == 390
