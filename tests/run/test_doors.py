"""Every door says the same of one file: the Python API, audit, check and explain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import stratlint
from stratlint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """# A plan for Yorkshire and the Humber

Yorkshire and the Humber has work to do. Yorkshire and the Humber will focus on steel making.
Yorkshire and the Humber is proud of its past.

## Our priority sectors

1. Ceramics
2. Aerospace

## The national strategy

The national priority sectors are:

- shipbuilding
- textiles

Yorkshire and the Humber will not prioritise tourism.
"""


def _written(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_region_changes_nothing_that_a_text_says(tmp_path: Path) -> None:
    path = _written(tmp_path / "plans")
    plain = stratlint.analyse(path)
    assert plain.declarations
    for region in ("Yorkshire and the Humber", "London"):
        known = stratlint.analyse(path, region=region)
        assert known.mentions == plain.mentions
        assert known.declarations == plain.declarations
        assert [p.sector for p in known.priorities] == [p.sector for p in plain.priorities]


def test_audit_check_and_explain_say_what_analyse_says(tmp_path: Path) -> None:
    path = _written(tmp_path / "plans")
    plain = stratlint.analyse(path)
    chosen = [p.sector for p in plain.priorities]
    assert set(chosen) == {"ceramics_glass", "aerospace", "metals"}
    audited = stratlint.audit(path.parent).analyses[0]
    checked = stratlint.check(path, region="Yorkshire and the Humber").analyses[0]
    for analysis in (audited, checked):
        assert analysis.declarations == plain.declarations
        assert analysis.mentions == plain.mentions
        assert [p.sector for p in analysis.priorities] == chosen
    out = tmp_path / "out.json"
    assert main(["explain", str(path), "--json", "-o", str(out)]) == 0
    told = json.loads(out.read_text())
    assert [p["sector"] for p in told["priorities"]] == chosen
    assert [d["phrase"] for d in told["declarations"]] == [d.phrase for d in plain.declarations]
    assert {m["start"] for m in told["mentions"]} == {m.start for m in plain.mentions}
