"""The report in a real browser: Debian's chromium, axe-core and the Nu validator.

Skipped, with the reason, on a machine without them. To have them: ``apt-get install chromium
default-jre-headless`` and ``npm ci`` in this folder.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

from stratlint.reporting import write_reports
from stratlint.reporting.draft import draft_page
from tests.reporting.made import made_result

HERE = Path(__file__).resolve().parent
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM = Path(os.environ.get("STRATLINT_CHROMIUM", "/usr/bin/chromium"))
MODES = ("light", "dark", "narrow", "forced", "noscript")
SINGLE = ("report", "hostile", "draft")
FOLDER = ("index", "sectors", "passages", "likeness", "findings", "method", "region-london")
EVERY_MODE = ("report", "draft", "region-london")
"""Pages that axe looks at in every mode; at the others it looks in the light one. What stands on
the first page of a folder stands in the report of one file, and its menu on a region's page."""

pytestmark = pytest.mark.browser

Made = Callable[[str], Path]
Look = Callable[[str, str], dict[str, Any]]


def _pages(*names: str) -> list[Any]:
    """Pages as parameters: those made together are looked at by one worker, in one browser."""
    groups = {name: "single pages" if name in (*SINGLE, "many") else "folder" for name in names}
    return [pytest.param(n, marks=pytest.mark.xdist_group(g)) for n, g in groups.items()]


single = pytest.mark.xdist_group("single pages")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Pages to look at, by name; each folder is written when the first of its pages is asked for.

    ``many`` is the page of 3,000 findings, at which axe alone would look for half a minute.
    """
    root = tmp_path_factory.mktemp("reports")

    @functools.cache
    def folder(name: str) -> Path:
        if name == "draft":
            root.joinpath("draft.html").write_text(draft_page(made_result(hostile=True)), "utf-8")
            return root
        one_file = name in SINGLE
        findings = {"many": 3000, "report": 30, "folder": 120}.get(name, 90)
        result = made_result(findings=findings, hostile=name == "hostile")
        write_reports(result, root / name, one_file=one_file)
        return root / name if one_file else root / name / "report"

    def page(name: str) -> Path:
        if name in FOLDER:
            return folder("folder") / f"{name}.html"
        if name.startswith("many"):
            return folder("many") / ("index.html" if name == "many-index" else "findings.html")
        return folder(name) / ("draft.html" if name == "draft" else "report.html")

    return page


@pytest.fixture(scope="session")
def look(made: Made) -> Iterator[Look]:
    """Open a page in a mode and say what was seen; each page and mode is opened once."""
    if shutil.which("node") is None or not CHROMIUM.exists():
        pytest.skip(f"needs node and chromium, which is not at {CHROMIUM} (STRATLINT_CHROMIUM)")
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        pytest.skip("needs the npm packages: run npm ci in tests/browser")
    with subprocess.Popen(
        ["node", "drive.mjs"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        asked, answers = driver.stdin, driver.stdout

        @functools.cache
        def open_page(name: str, mode: str) -> dict[str, Any]:
            path = made(name)
            axe = name in EVERY_MODE or (mode == "light" and not name.startswith("many"))
            wish = {"mode": mode, "file": str(path), "pdf": f"{path.with_suffix('.pdf')}"}
            asked.write(json.dumps({**wish, "axe": axe}) + "\n")
            asked.flush()
            late = threading.Timer(240, driver.kill)
            late.start()
            line = answers.readline()
            late.cancel()
            assert line, f"the browser did not answer for {name} in {mode}"
            seen: dict[str, Any] = json.loads(line)
            return seen

        try:
            yield open_page
            asked.close()
            assert driver.wait(60) == 0
        finally:
            driver.kill()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", _pages(*EVERY_MODE))
def test_axe_finds_nothing_in_any_mode(look: Look, name: str, mode: str) -> None:
    found = look(name, mode)
    assert found["violations"] == []
    assert found["passes"] > 20


@pytest.mark.parametrize(
    "name", _pages("hostile", "index", "sectors", "passages", "likeness", "findings", "method")
)
def test_axe_finds_nothing_on_the_other_pages(look: Look, name: str) -> None:
    assert look(name, "light")["violations"] == []


@pytest.mark.parametrize("name", _pages(*SINGLE, *FOLDER))
def test_no_request_is_made_and_nothing_is_refused(look: Look, name: str) -> None:
    found = look(name, "light")
    assert found["requests"] == []
    assert found["messages"] == []  # a breach of the policy would be reported here
    assert found["lost"] == []


@pytest.mark.parametrize("name", _pages(*SINGLE, *FOLDER, "many"))
def test_nothing_sticks_out_at_320_pixels(look: Look, name: str) -> None:
    width, window = look(name, "narrow")["scroll"]
    assert width <= window == 320


@single
def test_hostile_text_makes_no_element(look: Look) -> None:
    counts = look("hostile", "light")["counts"]
    assert counts["script"] == counts["style"] == counts["main"] == counts["h1"] == 1
    assert not {"img", "textarea", "iframe", "object", "embed"} & set(counts)


@single
def test_the_filter_narrows_and_widens(look: Look) -> None:
    seen = look("report", "light")["filter"]
    assert seen["visible"]
    assert 0 < seen["errors"] < seen["before"] == seen["after"]
    assert seen["said"] == f"{seen['errors']} of {seen['before']} findings shown"
    assert seen["kept"] == "?severity=Error"
    assert seen["sorted"]


@single
def test_a_link_opens_what_it_leads_into(look: Look) -> None:
    assert look("report", "light")["deep"] is True


@single
def test_without_its_script_the_page_reads_and_unfolds(look: Look) -> None:
    seen = look("report", "noscript")
    assert seen["filters"] == 0
    assert seen["text"] > 10_000
    assert seen["foldedAfter"] == seen["folded"] - 1


@single
def test_three_thousand_findings_open_on_every_page(look: Look) -> None:
    assert look("many", "light")["filter"]["before"] > 2900
    assert look("many-index", "light")["filter"] is None  # the list has a page of its own


@single
def test_the_print_is_complete_and_unfolded(look: Look, made: Made) -> None:
    import pypdfium2

    look("report", "print")
    pdf = pypdfium2.PdfDocument(made("report").with_suffix(".pdf"))
    sizes = {tuple(round(v) for v in pdf[i].get_size()) for i in range(len(pdf))}
    text = " ".join(pdf[i].get_textpage().get_text_range() for i in range(len(pdf)))
    pdf.close()
    assert len(sizes) == 2, sizes  # upright, and the matrix on a landscape sheet
    words = " ".join(text.split())
    assert "What it chooses" in words
    assert "Identity" not in words  # what only a screen needs stays off paper
    assert "Skip to main content" not in text


@pytest.fixture(scope="session")
def told(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Any]]:
    """What the validator says of a page: it starts once for all pages that are made together."""
    if shutil.which("java") is None or not VNU.is_file():
        pytest.skip("needs java, and the npm packages: run npm ci in tests/browser")

    @functools.cache
    def validated(names: tuple[str, ...]) -> dict[str, list[Any]]:
        faulty = tmp_path_factory.mktemp("faulty") / "faulty.html"
        faulty.write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a>", "utf-8")
        paths = {name: made(name) for name in names}
        command = ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--stdout"]
        done = subprocess.run(
            [*command, *map(str, paths.values()), str(faulty)],
            capture_output=True,
            text=True,
            timeout=240,
        )
        found: dict[str, list[Any]] = {str(path): [] for path in (*paths.values(), faulty)}
        for message in json.loads(done.stdout)["messages"]:
            found[urlparse(message["url"]).path].append(message)
        assert any("Duplicate ID" in m["message"] for m in found[str(faulty)]), "it sees faults"
        return {name: found[str(path)] for name, path in paths.items()}

    return lambda name: validated(SINGLE if name in SINGLE else FOLDER)[name]


@pytest.mark.parametrize("name", _pages(*SINGLE, *FOLDER))
def test_the_nu_validator_finds_no_error(told: Callable[[str], list[Any]], name: str) -> None:
    messages = told(name)
    assert [m for m in messages if m["type"] == "error"] == []
    assert messages == []
