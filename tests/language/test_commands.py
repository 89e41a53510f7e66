"""classify, label and explain at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stratlint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

STRATEGY = """Our priority sectors are:

- aerospace and its suppliers
- tourism

Proposals for the creative industries will be supported. Steel was once made here.
"""


def test_classify_writes_the_format_and_names_bad_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passages, out = tmp_path / "p.jsonl", tmp_path / "out.jsonl"
    text = "Proposals for tourism development will be supported."
    passages.write_text(json.dumps({"id": "a", "text": text}) + "\n{broken\n")
    assert main(["classify", str(passages), "-o", str(out)]) == 3
    (row,) = [json.loads(line) for line in out.read_text().splitlines()]
    assert row["id"] == "a"
    assert row["labels"] == {"tourism": "support"}
    mention = row["mentions"][0]
    assert set(mention) == {"sector", "start", "end", "class", "probability", "features"}
    assert text[mention["start"] : mention["end"]].startswith("tourism")
    assert ":2: not classified" in capsys.readouterr().err


def test_label_draws_the_same_passages_for_the_same_seed(tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(STRATEGY * 5)
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    for out in (first, second):
        assert main(["label", str(plan), "--count", "4", "--seed", "3", "-o", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()
    rows = [json.loads(line) for line in first.read_text().splitlines()]
    assert len(rows) == 4
    assert all(row["labels"] == {} for row in rows)


def test_explain_shows_class_page_and_features(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = tmp_path / "plan.md", tmp_path / "out.txt"
    plan.write_text(STRATEGY)
    assert main(["explain", str(plan), "--sector", "aerospace", "-o", str(out)]) == 0
    shown = out.read_text()
    assert "Aerospace is read as a priority" in shown
    assert "because “Our priority sectors are:” chooses it (a list)" in shown
    assert "“Our priority sectors are:” chooses (a list)" in shown
    assert "ends at" in shown
    assert "line " in shown
    assert "1 of 1 mentions shown" in shown
    assert main(["explain", str(plan), "--sector", "areospace"]) == 2
    assert "did you mean 'aerospace'" in capsys.readouterr().err


def test_explain_shows_the_strongest_first_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.md", tmp_path / "out.txt"
    plan.write_text(STRATEGY)
    assert main(["explain", str(plan), "--limit", "3", "-o", str(out)]) == 0
    shown = out.read_text()
    assert "--all shows the others" in shown
    classes = [line for line in shown.splitlines() if " is read as " in line]
    assert [" a priority" in line for line in classes] == [True, True, False]
    assert "supported" in classes[2]
    assert main(["explain", str(plan), "--all", "-o", str(out)]) == 0
    assert "--all shows" not in out.read_text()


def test_explain_keeps_to_the_settings_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("Our priority is aerospace, and nothing else. " * 20, encoding="utf-8")
    monkeypatch.setenv("STRATLINT_LIMITS", "{max_characters: 100}")
    assert main(["explain", str(plan)]) == 3
    assert "more than 100 (raise with" in capsys.readouterr().err


def test_the_machine_format_of_explain_keeps_ids_and_features(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.md", tmp_path / "out.json"
    plan.write_text(STRATEGY)
    assert main(["explain", str(plan), "--json", "-o", str(out)]) == 0
    told = json.loads(out.read_text())
    assert [p["sector"] for p in told["priorities"]] == ["aerospace", "tourism"]
    first = told["mentions"][0]
    assert first["class"] == "priority"
    assert first["features"][0]["name"].startswith("declared by")
    assert first["declared_by"] is not None
