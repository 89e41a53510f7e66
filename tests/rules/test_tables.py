"""Tables as rules read them: numbers in their units, totals, and what a sum is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stratlint import rules
from stratlint.records import Finding
from stratlint.rules import Rule, load_rules, run_rules
from stratlint.rules.cases import Pipeline
from stratlint.rules.claims.tables import Table, money_words, tables_of
from stratlint.rules.schema import Case
from stratlint.rules.view import View

RULES = {rule.id: rule for rule in load_rules(include_preview=True)}


def said(chosen: list[Rule], text: str, pipeline: Pipeline) -> tuple[Finding, ...]:
    case = Case(name="made", documents={"Ashland": text}, none=True)
    return run_rules(chosen, pipeline.context(chosen[0], case)).findings


def table(text: str, pipeline: Pipeline) -> Table:
    case = Case(name="made", documents={"Ashland": text}, none=True)
    (analysis,) = pipeline.context(RULES["EV014"], case).analyses
    (found,) = tables_of(View(analysis))
    return found


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        ("£m", "4.5", 4.5e6),
        ("Cost (£000)", "1,250", 1.25e6),
        ("Cost", "£210,000", 210_000),
        ("Cost", "$500M (20 yrs)", 5e8),
        ("Funding", "£5.3m LGF", 5.3e6),
        ("Change", "-38", -38),
        ("Change", "(268)", -268),
        ("Jobs by 2021", "1,900", 1900),
        ("Cost", "tbc", None),
    ],
)
def test_a_cell_is_read_in_its_unit(
    head: str, cell: str, value: float | None, pipeline: Pipeline
) -> None:
    found = table(f"| Line | {head} |\n|---|---|\n| Quay | {cell} |\n| Yard | 1 |\n", pipeline)
    assert found.rows[0].cells[1].value == value


def test_a_table_that_is_all_head_is_none(pipeline: Pipeline) -> None:
    text = "| Line | £m |\n|---|---|\n| Line | £m |\n| Line | £m |\n\nTotal spending is £4m.\n"
    case = Case(name="made", documents={"Ashland": text}, none=True)
    (analysis,) = pipeline.context(RULES["EV014"], case).analyses
    assert tables_of(View(analysis)) == []
    assert not said(list(RULES.values()), text, pipeline)


def test_a_label_is_a_word_and_no_number(pipeline: Pipeline) -> None:
    found = table(
        "| Ref | Line | £m |\n|---|---|---|\n| 1A | Quay | 2 |\n| P2 | Yard | 3 |\n", pipeline
    )
    assert [row.label for row in found.rows] == ["Quay", "Yard"]


def test_sums_are_said_as_people_write_them() -> None:
    assert [money_words(x) for x in (5.42e6, 12e6, 1.25e9, 210_000)] == [
        "5.4 million",
        "12 million",
        "1.25 billion",
        "210,000",
    ]


@pytest.mark.parametrize("total", ["9.5", "9.4", "9.6"])
def test_a_total_may_be_out_by_the_rounding_of_its_rows(total: str, pipeline: Pipeline) -> None:
    rows = f"| Quay | 4.0 |\n| Yard | 3.5 |\n| School | 2.0 |\n| Total | {total} |\n"
    assert said([RULES["EV014"]], f"| Line | £m |\n|---|---|\n{rows}", pipeline) == ()


def test_an_open_row_or_total_cannot_be_added_up(pipeline: Pipeline) -> None:
    for row, total in (("tbc", "9.5"), ("2.0", "12.5+")):
        rows = f"| Quay | 4.0 |\n| Yard | 3.5 |\n| Mill | 1.0 |\n| School | {row} |\n"
        rows += f"| Total | {total} |\n"
        assert said([RULES["EV014"]], f"| Line | £m |\n|---|---|\n{rows}", pipeline) == ()


def test_money_in_hand_is_in_the_unit_beside_it(pipeline: Pipeline) -> None:
    rows = "| Clay | 24 | 12 |\n| Games | 38 | 6 |\n| Sheds | 9 | 4 |\n"
    text = f"| Line | £m | In hand |\n|---|---|---|\n{rows}"
    (finding,) = said([RULES["IJ014"]], text, pipeline)
    assert "£49 million of £71 million (69%)" in finding.message


def test_no_two_rooms_remember_under_one_name() -> None:
    source = Path(rules.__file__).parent
    said = [
        name
        for path in source.rglob("*.py")
        for name in re.findall(r"""remember\(\s*"([^"]+)\"""", path.read_text("utf-8"))
    ]
    assert len(said) > 20
    assert sorted(said) == sorted(set(said))


def test_what_says_more_of_a_sentence_stands_for_what_says_less(pipeline: Pipeline) -> None:
    both = [RULES["EV011"], RULES["EV015"]]
    aim = "Over ten years the plan will create 50,000 new jobs."
    assert [f.rule for f in said(both, aim, pipeline)] == ["EV015"]
    more = f"{aim}\n\nEvery pound of public money will bring in £4 from firms."
    assert sorted(f.rule for f in said(both, more, pipeline)) == ["EV011", "EV015"]
