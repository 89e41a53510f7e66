"""Marks in a draft set findings aside, with a reason, and what is of no use is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stratlint import check
from stratlint.cli import main
from tests.made import NORTH_EAST

CLAIM = "We will become the next Silicon Valley of the north."
OTHER = "We will be the next Golden Triangle."
MARK = "<!-- stratlint ignore SB005: quoted from the old plan -->"


def _check(path: Path, *options: str, rule: str = "SB005") -> tuple[list[Any], list[str]]:
    """The findings of a rule and the warnings, from findings.json."""
    out = path.with_suffix(".json")
    main(["check", str(path), "--format", "json", "-o", str(out), "--force", *options])
    found = json.loads(out.read_bytes())
    return [f for f in found["findings"] if f["rule"] == rule], found["warnings"]


def _draft(folder: Path, text: str, name: str = "draft.md") -> Path:
    path = folder / name
    path.write_text(f"{NORTH_EAST}\n\n{text}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["draft.md", "draft.txt", "draft.html"])
def test_a_marked_place_is_set_aside_and_the_other_stands(tmp_path: Path, name: str) -> None:
    text = f"{MARK}\n{CLAIM}\n\n{OTHER}"
    if name.endswith("html"):
        text = f"{MARK}\n<p>{CLAIM}</p>\n<p>{OTHER}</p>"
    found, _ = _check(_draft(tmp_path, text, name))
    by_reason = {f["suppressed"]: f for f in found}
    assert set(by_reason) == {None, "quoted from the old plan"}
    assert OTHER in by_reason[None]["quotations"][0]["text"]
    assert by_reason[None]["places"] == 1
    aside = by_reason["quoted from the old plan"]
    assert CLAIM in aside["quotations"][0]["text"]
    lines = (tmp_path / name).read_text("utf-8").split("\n")
    assert lines[aside["marked"] - 1].startswith(MARK)


def test_the_exit_code_and_the_lists_follow(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draft = _draft(tmp_path, f"{MARK}\n{CLAIM}")
    command = ["check", str(draft), "--select", "SB005", "--fail-on", "warning"]
    assert main(command) == 0
    assert "1 set aside" in capfd.readouterr().out
    assert main([*command, "--no-marks"]) == 1
    capfd.readouterr()
    assert main([*command, "--format", "sarif"]) == 0
    (result,) = json.loads(capfd.readouterr().out)["runs"][0]["results"]
    assert result["suppressions"][0]["kind"] == "inSource"
    assert result["suppressions"][0]["justification"] == "quoted from the old plan"
    assert main([*command, "--format", "vale-json"]) == 0
    assert json.loads(capfd.readouterr().out) == {str(draft): []}


def test_unused_and_unknown_are_said(tmp_path: Path) -> None:
    text = (
        "<!-- stratlint ignore SB005: nothing here -->\nWool is spun here.\n\n"
        "<!-- stratlint ignore sb5: not by this name -->\nWool is sold here.\n\n"
        "<!-- stratlint ignore TR001: for the audit, which has other texts -->\nWool."
    )
    _, warnings = _check(_draft(tmp_path, text))
    said = [w for w in warnings if "mark" in w]
    assert len(said) == 2
    assert "unused mark: SB005 (nothing here)" in said[0]
    assert "there is no rule 'sb5'; did you mean 'SB005'?" in said[1]


def test_a_finding_on_what_is_missing_is_set_aside_for_the_file(tmp_path: Path) -> None:
    options = ("--select", "SB004", "--kind", "strategy")
    draft = _draft(tmp_path, "Wool is spun here.")
    found, _ = _check(draft, *options, rule="SB004")
    assert found, "SB004 tells strengths that the draft does not choose"
    assert not any(f["quotations"] or f["suppressed"] for f in found)
    text = draft.read_text("utf-8")
    draft.write_text(f"<!-- stratlint ignore-file SB004: told elsewhere -->\n{text}", "utf-8")
    found, warnings = _check(draft, *options, rule="SB004")
    assert found
    assert {f["suppressed"] for f in found} == {"told elsewhere"}
    assert not [w for w in warnings if "unused mark" in w]


def test_an_entry_for_a_marked_finding_is_not_called_unused(tmp_path: Path) -> None:
    draft = _draft(tmp_path, CLAIM)
    (finding,), _ = _check(draft)
    (tmp_path / "stratlint-ignore.yaml").write_text(
        f"ignore:\n- {{rule: SB005, fingerprint: '{finding['fingerprint']}', reason: by hand}}\n"
    )
    _draft(tmp_path, f"{MARK}\n{CLAIM}")
    (finding,), warnings = _check(draft)
    assert finding["suppressed"] == "quoted from the old plan"
    assert not [w for w in warnings if "unused" in w]


@pytest.mark.parametrize(
    ("page", "aside"),
    [
        ("<h1>A plan</h1>MARK<p>CLAIM</p><p>After.</p>", True),
        ("<p>Before.</p> MARK <p>CLAIM</p>", True),
        ("<p>CLAIM</p>MARK<p>After.</p>", False),
        ("<p>CLAIM MARK</p><p>After.</p>", True),
        ("<p>CLAIM</p> MARK\n<p>After.</p>", True),
    ],
)
def test_a_page_may_be_one_line(tmp_path: Path, page: str, aside: bool) -> None:
    page = page.replace("CLAIM", "We will be the next Silicon Valley.")
    mark = "<!-- stratlint ignore SB005: words of the old plan -->"
    draft = tmp_path / "draft.html"
    draft.write_text(f"<html><body>{page.replace('MARK', mark)}</body></html>", encoding="utf-8")
    (finding,) = check(draft, select=["SB005"], cache=False).findings
    assert (finding.suppressed is not None) is aside
