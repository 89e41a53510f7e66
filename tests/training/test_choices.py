"""The model of how documents treat what they choose: its table, its fit, its figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from stratlint.cli import main
from stratlint.errors import FileFault
from stratlint.training.choices import fit_treatment, load_chosen

if TYPE_CHECKING:
    from pathlib import Path

SECTORS = ("ceramics", "tourism", "textiles", "aerospace", "logistics", "retail", "chemicals")
IDS = {"ceramics": "ceramics_glass"}
FILLER = "The buses run late. The board meets in May. The library is open.\n\n" * 16


def strategy(chosen: tuple[str, ...]) -> str:
    """A made text that spends its pages on two sectors and names the others once."""
    others = [name for name in SECTORS if name not in chosen]
    spent = "".join(
        f"## {name.title()} at length\n\nWe will build a hall for {name}. The {name} hall gets £2m."
        f" Every {name} firm may use it.\n\n"
        for name in chosen
    )
    was = f"## What was\n\nThere were {', '.join(others[:-1])} and {others[-1]} in 1990.\n\n"
    return f"# A plan\n\n{was}{FILLER}{spent}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = []
    for number in range(6):
        chosen = (SECTORS[number], SECTORS[number + 1])
        (tmp_path / f"{number}.md").write_text(strategy(chosen), encoding="utf-8")
        rows.append(
            {
                "file": f"{number}.md",
                "priorities": [IDS.get(name, name) for name in chosen],
                "source": "first" if number % 2 else "second",
            }
        )
    path = tmp_path / "table.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_model_learns_on_what_documents_dwell(table: Path) -> None:
    documents = load_chosen(table)
    assert len(documents) == 6
    model = fit_treatment(documents)
    assert model.card["documents"] == 6
    figures = model.card["by source left out"]
    # Both sources write alike, so a model of one reads the other mostly rightly.
    assert set(figures) == {"first", "second"}
    assert all(row["precision"] >= 0.7 and row["recall"] >= 0.6 for row in figures.values())
    assert fit_treatment(documents) == model


def test_short_texts_are_left_out_and_faults_have_lines(table: Path) -> None:
    (table.parent / "short.md").write_text("We choose ceramics.", encoding="utf-8")
    row = json.dumps({"file": "short.md", "priorities": ["ceramics_glass"]})
    table.write_text(row, encoding="utf-8")
    assert load_chosen(table) == ()
    table.write_text(f'{row}\n{{"file": 1}}\n', encoding="utf-8")
    with pytest.raises(FileFault, match=r":2: not a document"):
        load_chosen(table)
    table.write_bytes(b'{"file": "\xff"}\n')
    with pytest.raises(FileFault, match=r":1: not a document"):
        load_chosen(table)


@pytest.mark.parametrize("name", ["kinds", "short", "choices"])
@pytest.mark.parametrize("half", ["", "-model"])
def test_half_of_what_belongs_together_is_refused(
    table: Path, capsys: pytest.CaptureFixture[str], name: str, half: str
) -> None:
    """What is asked for with nowhere to go is not passed over."""
    target = str(table.parent / "new.json") if half else str(table)
    asked = ["train", str(table), "-o", str(table.parent / "m.json"), f"--{name}{half}", target]
    assert main(asked) == 2
    assert f"--{name} and --{name}-model belong together" in capsys.readouterr().err
