"""The tables at stable addresses are all described, and are as they are described."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stratlint.web.app import make_app
from stratlint.web.tables import TABLES
from tests.web.conftest import BASE, Open, Page
from tests.web.test_whole_way import DRAFT


@pytest.fixture
def page(open_page: Open, own_corpus: Path) -> Page:
    """A page with a checked draft, one that was not read, and an audited corpus."""
    page = open_page(own_corpus)
    page.done(page.put("draft.md", DRAFT.encode()))
    page.done(page.put("broken.pdf", b"no PDF"))
    page.done("/corpus")
    return page


def _described(page: Page) -> dict[str, Any]:
    told: dict[str, Any] = page.get("/api/openapi.json").json()
    return told


def test_every_address_that_is_described_answers_as_described(page: Page) -> None:
    told = _described(page)
    assert told["servers"] == [{"url": BASE}]
    (checked,) = [d["id"] for d in page.get("/api/drafts").json() if d["stage"] == "done"]
    kinds = set()
    for path, operations in told["paths"].items():
        answer = page.get(path.replace("{id}", checked))
        assert answer.status_code == 200, path
        ((kind, content),) = operations["get"]["responses"]["200"]["content"].items()
        assert answer.headers["content-type"].startswith(kind), path
        kinds.add(kind)
        if kind == "application/json":
            name = content["schema"]["$ref"].removeprefix("#/components/schemas/")
            schema = told["components"]["schemas"][name]
            jsonschema.validate(answer.json(), schema)
            assert answer.json(), path
            assert list(answer.json()[0]) == list(schema["items"]["properties"])
            plain = page.get(path.replace("{id}", checked).removesuffix(".json") + ".csv").text
            assert len(list(csv.DictReader(io.StringIO(plain)))) == len(answer.json())
    assert kinds == {"application/json", "text/csv"}


def test_every_address_that_there_is_is_described(page: Page) -> None:
    told = _described(page)["paths"]
    for route in make_app(page.desk, most=1).routes:
        path = str(getattr(route, "path", ""))
        if not path.startswith("/api/") or path == "/api/openapi.json":
            continue
        for form in ("json", "csv"):
            for table in TABLES:
                assert path.format(id="{id}", table=table, form=form) in told
    names = [operation["get"]["operationId"] for operation in told.values()]
    assert len(names) == len(set(names))


def test_the_rows_of_drafts_say_how_far_each_has_come(page: Page) -> None:
    rows = {row["name"]: row for row in page.get("/api/drafts.json").json()}
    checked, broken = rows["draft.md"], rows["broken.pdf"]
    assert checked["stage"] == "done"
    address = f"/drafts/{checked['id']}"
    assert checked["findings"] == len(page.fingerprints(address)) > 1
    page.send(f"{address}/aside", {"fingerprint": page.fingerprints(address)[0], "reason": "known"})
    after = {row["name"]: row for row in page.get("/api/drafts.json").json()}
    assert after["draft.md"]["findings"] == checked["findings"] - 1
    assert broken["stage"] == "not read"
    assert "PDF" in broken["fault"]
    assert broken["findings"] is None


def test_the_documents_of_the_corpus_are_a_table_too(page: Page) -> None:
    rows = page.get("/api/corpus/documents.json").json()
    assert {row["document"] for row in rows} >= {"north-east.md", "south-west.md"}
    assert {row["state"] for row in rows} == {"read, 1 page"}


def test_what_there_is_not_is_said(page: Page) -> None:
    for path in ("drafts.xml", "corpus/x.csv", "corpus/documents.xml", "drafts/x/x.csv"):
        assert page.get(f"/api/{path}").status_code == 404, path
