"""Layouts of every kind in five formats, in names of every sector: the share read rightly.

A layout that is misread is left in and lowers its kind's share: the floors say what holds today.
``python -m tests.behaviour.test_layouts`` prints the table of docs/explanation/method.md.
"""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities
from tests.behaviour.layouts import LAYOUTS
from tests.behaviour.writing import FORMATS, write

# Names that are industries wherever they stand, each with its sector.
NAMES = {
    "aerospace": "aerospace",
    "tourism": "tourism",
    "textiles": "textiles",
    "ceramics": "ceramics_glass",
    "forestry": "forestry_wood",
    "logistics": "logistics",
    "chemicals": "chemicals",
    "agriculture": "agri",
    "shipbuilding": "marine",
    "life sciences": "life_sciences",
    "creative industries": "creative",
    "advanced manufacturing": "advanced_manufacturing",
    "financial services": "financial_services",
    "offshore wind": "low_carbon",
    "food manufacturing": "food_drink",
    "electronics": "electronics",
}
FLOORS = {
    "headings, pdf": 0.75,
    "tables with labels, pdf": 0.4,
    "tables with an answer, txt": 0.65,
    "tables with an answer, pdf": 0.65,
    "titled tables, pdf": 0.6,
    "run-in headings, txt": 0.75,
}
"""What holds today of kinds and formats that do not reach the least."""
LEAST = 0.8


def filled(layout: str) -> tuple[str, set[str]]:
    """A layout with names, and the sectors that it chooses."""
    letters = sorted({found.upper() for found in re.findall(r"\{(\w)\}", layout)})
    drawn = random.Random(layout).sample(sorted(NAMES), len(letters))
    names = dict(zip(letters, drawn, strict=True))

    def named(found: re.Match[str]) -> str:
        name: str = names[found[1].upper()]
        return name if found[1].islower() else name[0].upper() + name[1:]

    text = re.sub(r"\{(\w)\}", named, layout)
    return text, {NAMES[name] for letter, name in names.items() if letter in "ABC"}


def chosen(folder: Path, text: str, kind: str) -> set[str]:
    """The sectors that a layout chooses, read from a file of a format."""
    document = read(write(folder, text, kind))
    language = analyse_language(document)
    found = rank_priorities(document, language.sentences, language.mentions, language.declarations)
    return {priority.sector for priority in found}


def misread(folder: Path, name: str, kind: str) -> list[str]:
    """The layouts of a kind that are misread in a format."""
    wrong = []
    for layout in LAYOUTS[name]:
        text, want = filled(layout)
        found = chosen(folder, text, kind)
        if found != want:
            extra, lost = sorted(found - want), sorted(want - found)
            wrong.append(f"+{extra} -{lost}: {text}")
    return wrong


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_are_read_rightly(tmp_path: Path, name: str, kind: str) -> None:
    wrong = misread(tmp_path, name, kind)
    share = 1 - len(wrong) / len(LAYOUTS[name])
    floor = FLOORS.get(f"{name}, {kind}", LEAST)
    assert share >= floor, f"{share:.2f} read rightly, of these not:\n" + "\n\n".join(wrong)


def table() -> str:
    """The share read rightly of each kind in each format, the worst kinds first."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, layouts in LAYOUTS.items():
            shares = [1 - len(misread(Path(folder), name, kind)) / len(layouts) for kind in FORMATS]
            cells = " | ".join(f"{share:.2f}" for share in shares)
            rows.append((sum(shares), f"| {name} | {len(layouts)} | {cells} |"))
    head = f"| kind | layouts | {' | '.join(FORMATS)} |\n|{'---|' * (len(FORMATS) + 2)}\n"
    return head + "\n".join(row for _, row in sorted(rows))


if __name__ == "__main__":
    print(table())
