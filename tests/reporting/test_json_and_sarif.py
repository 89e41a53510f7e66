"""findings.json against its schema; SARIF against the standard's."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stratlint.documents.spots import spots_as_written
from stratlint.records import AuditResult
from stratlint.reporting import render
from stratlint.reporting.formats.jsonfile import schema, schema_text
from stratlint.resources import data_dir

SARIF_SCHEMA = (
    Path(__file__).resolve().parent.parent
    / "browser/node_modules/@microsoft/sarif-multitool-ts/assets/sarif-2.1.0.schema.json"
)


def _json(result: AuditResult, name: str) -> Any:
    return json.loads(render(result, name))


def test_the_schema_that_ships_is_the_one_the_records_make() -> None:
    if os.environ.get("STRATLINT_WRITE_GOLD"):  # after a field was added to a record
        text = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
        (data_dir("reports") / "schema" / "findings-1.json").write_text(text, encoding="utf-8")
    assert json.loads(schema_text()) == json.loads(json.dumps(schema()))


@pytest.mark.parametrize("kind", ["result", "hostile", "empty"])
def test_findings_fit_their_schema(kind: str, request: pytest.FixtureRequest) -> None:
    given: AuditResult = request.getfixturevalue(kind)
    found = _json(given, "json")
    jsonschema.Draft202012Validator(schema()).validate(found)
    assert len(found["findings"]) == len(given.findings)


def test_a_wrong_findings_file_does_not_fit() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate({"schema_version": "2"})


def test_json_lines_hold_one_finding_each(hostile: AuditResult) -> None:
    lines = str(render(hostile, "jsonl")).splitlines()
    assert [json.loads(line) for line in lines] == _json(hostile, "json")["findings"]


def test_run_json_holds_what_is_needed_to_run_again(result: AuditResult) -> None:
    run = _json(result, "run")
    assert run["settings"]["share_of_regions"] == 0.6
    assert [i["source"] for i in run["inputs"]] == sorted(result.run.inputs)
    assert run["counts"]["findings"] + run["counts"]["suppressed"] == len(result.findings)


@pytest.mark.parametrize("kind", ["result", "hostile", "empty"])
def test_sarif_fits_the_schema_of_the_standard(kind: str, request: pytest.FixtureRequest) -> None:
    if not SARIF_SCHEMA.is_file():
        pytest.skip("needs the SARIF schema: run npm ci in tests/browser")
    log = _json(request.getfixturevalue(kind), "sarif")
    jsonschema.validate(log, json.loads(SARIF_SCHEMA.read_text(encoding="utf-8")))


def test_sarif_says_where_how_grave_and_whether_suppressed(result: AuditResult) -> None:
    run = _json(result, "sarif")["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    results = run["results"]
    assert len(results) == len(result.findings)
    for item in results:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"]
        assert item["partialFingerprints"]["stratlint/v1"]
    # GitHub refuses a file of which one result has no place or no line.
    assert all(i["locations"][0]["physicalLocation"]["region"]["startLine"] for i in results)
    placed = [i for i in results if "logicalLocations" in i["locations"][0]]
    assert placed
    assert all(i["locations"][0]["logicalLocations"][0]["kind"] == "page" for i in placed)
    assert {i["level"] for i in results} == {"error", "warning", "note"}
    suppressed = [i for i in results if i.get("suppressions")]
    assert len(suppressed) == sum(f.suppressed is not None for f in result.findings)
    assert run["invocations"][0]["executionSuccessful"] is False  # one file was not read


def test_sarif_points_at_characters_only_in_plain_text(result: AuditResult) -> None:
    import msgspec

    first = result.analyses[0]
    blocks = spots_as_written(first.document.blocks, first.document.text)
    plain = msgspec.structs.replace(first.document, reader="text", blocks=blocks)
    text = msgspec.structs.replace(first, document=plain)
    given = msgspec.structs.replace(result, analyses=(text, *result.analyses[1:]))
    places = [
        place
        for item in _json(given, "sarif")["runs"][0]["results"]
        for place in (*item["locations"], *item["relatedLocations"])
    ]
    source = f"corpus/{first.document.source}"
    exact = 0
    for place in places:
        region = place["physicalLocation"]["region"]
        if "charOffset" not in region:
            assert region == {"startLine": 1}
            continue
        exact += 1
        assert place["physicalLocation"]["artifactLocation"]["uri"] == source
        start = region["charOffset"]
        assert first.document.text[start : start + region["charLength"]].strip()
        before = first.document.text[:start].split("\n")
        assert (region["startLine"], region["startColumn"]) == (len(before), len(before[-1]) + 1)
    assert exact
