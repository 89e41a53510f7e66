"""The report in a real browser: Debian's chromium, axe-core and the Nu validator.

Skipped, with the reason, on a machine without them. To have them: ``apt-get install chromium
default-jre-headless`` and ``npm ci`` in this folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stratlint.reporting import write_reports
from stratlint.reporting.draft import draft_page
from tests.reporting.made import made_result

HERE = Path(__file__).resolve().parent
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM = Path(os.environ.get("STRATLINT_CHROMIUM", "/usr/bin/chromium"))
MODES = ("light", "dark", "narrow", "forced", "noscript")
FOLDER = ("index", "sectors", "passages", "likeness", "findings", "method", "region-london")
PAGES = ("report", "hostile", "draft", *FOLDER)

pytestmark = pytest.mark.browser

Look = Callable[[str, str], dict[str, Any]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages to look at, by name."""
    root = tmp_path_factory.mktemp("reports")
    write_reports(made_result(), root / "plain", one_file=True)
    write_reports(made_result(hostile=True), root / "hostile", one_file=True)
    write_reports(made_result(findings=3000), root / "folder")
    draft = root / "draft.html"
    draft.write_text(draft_page(made_result(hostile=True)), encoding="utf-8")
    return {
        "report": root / "plain" / "report.html",
        "hostile": root / "hostile" / "report.html",
        "draft": draft,
        **{name: root / "folder" / "report" / f"{name}.html" for name in FOLDER},
    }


@pytest.fixture(scope="session")
def look(made: dict[str, Path]) -> Look:
    """Open a page in a mode and say what was seen; each page and mode is opened once."""
    if shutil.which("node") is None or not CHROMIUM.exists():
        pytest.skip(f"needs node and chromium, which is not at {CHROMIUM} (STRATLINT_CHROMIUM)")
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        pytest.skip("needs the npm packages: run npm ci in tests/browser")
    seen: dict[tuple[str, str], dict[str, Any]] = {}

    def open_page(name: str, mode: str) -> dict[str, Any]:
        if (name, mode) not in seen:
            pdf = made[name].with_suffix(".pdf")
            done = subprocess.run(
                ["node", "drive.mjs", mode, str(made[name]), str(pdf)],
                cwd=HERE,
                capture_output=True,
                text=True,
                timeout=240,
            )
            assert done.returncode == 0, done.stderr
            seen[name, mode] = json.loads(done.stdout)
        return seen[name, mode]

    return open_page


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["report", "draft", "index", "region-london"])
def test_axe_finds_nothing_in_any_mode(look: Look, name: str, mode: str) -> None:
    found = look(name, mode)
    assert found["violations"] == []
    assert found["passes"] > 20


@pytest.mark.parametrize(
    "name", ["hostile", "sectors", "passages", "likeness", "findings", "method"]
)
def test_axe_finds_nothing_on_the_other_pages(look: Look, name: str) -> None:
    assert look(name, "light")["violations"] == []


@pytest.mark.parametrize("name", ["report", "hostile", "draft", *FOLDER])
def test_no_request_is_made_and_nothing_is_refused(look: Look, name: str) -> None:
    found = look(name, "light")
    assert found["requests"] == []
    assert found["messages"] == []  # a breach of the policy would be reported here
    assert found["lost"] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_at_320_pixels(look: Look, name: str) -> None:
    width, window = look(name, "narrow")["scroll"]
    assert width <= window == 320


def test_hostile_text_makes_no_element(look: Look) -> None:
    counts = look("hostile", "light")["counts"]
    assert counts["script"] == counts["style"] == counts["main"] == counts["h1"] == 1
    assert not {"img", "textarea", "iframe", "object", "embed"} & set(counts)


def test_the_filter_narrows_and_widens(look: Look) -> None:
    seen = look("report", "light")["filter"]
    assert seen["visible"]
    assert 0 < seen["errors"] < seen["before"] == seen["after"]
    assert seen["said"] == f"{seen['errors']} of {seen['before']} findings shown"
    assert seen["kept"] == "?severity=Error"
    assert seen["sorted"]


def test_a_link_opens_what_it_leads_into(look: Look) -> None:
    assert look("report", "light")["deep"] is True


def test_without_its_script_the_page_reads_and_unfolds(look: Look) -> None:
    seen = look("report", "noscript")
    assert seen["filters"] == 0
    assert seen["text"] > 10_000
    assert seen["foldedAfter"] == seen["folded"] - 1


def test_three_thousand_findings_open_on_every_page(look: Look) -> None:
    assert look("findings", "light")["filter"]["before"] > 2900
    assert look("index", "light")["filter"] is None  # the list has a page of its own


def test_the_print_is_complete_and_unfolded(look: Look, made: dict[str, Path]) -> None:
    import pypdfium2

    look("report", "print")
    pdf = pypdfium2.PdfDocument(made["report"].with_suffix(".pdf"))
    sizes = {tuple(round(v) for v in pdf[i].get_size()) for i in range(len(pdf))}
    text = " ".join(pdf[i].get_textpage().get_text_range() for i in range(len(pdf)))
    pdf.close()
    assert len(sizes) == 2, sizes  # upright, and the matrix on a landscape sheet
    words = " ".join(text.split())
    assert "What it chooses" in words
    assert "Identity" not in words  # what only a screen needs stays off paper
    assert "Skip to main content" not in text


@pytest.mark.parametrize("name", PAGES)
def test_the_nu_validator_finds_no_error(name: str, made: dict[str, Path]) -> None:
    if shutil.which("java") is None or not VNU.is_file():
        pytest.skip("needs java, and the npm packages: run npm ci in tests/browser")
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--stdout", str(made[name])],
        capture_output=True,
        text=True,
        timeout=240,
    )
    messages = json.loads(done.stdout)["messages"]
    assert [m for m in messages if m["type"] == "error"] == []
    assert messages == []
