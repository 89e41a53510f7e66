"""What looks like a choice and is none: lists of others, figures, suggestions, whole documents."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint

FILLER = "\n\n".join(
    f"The committee met on day {n} and the minutes were kept in the usual book." for n in range(45)
)
LIST = "## Our priority sectors\n\n- Ceramics\n- Rail engineering\n- Tourism\n\n## Minutes\n\n"
OURS = {"ceramics_glass", "rail", "tourism"}


def chosen(folder: Path, text: str, name: str = "plan.md") -> set[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return {priority.sector for priority in stratlint.analyse(path).priorities}


@pytest.mark.parametrize(
    "head",
    [
        "What it names",
        "What it prioritises",
        "What they chose",
        "Sectors it selected",
        "Its growth sectors",
        "Which sectors it backs",
        "Their priority sectors",
        "Who they favour",
        "Clusters each named",
        "What each prioritises",
    ],
)
def test_a_column_of_what_others_choose(tmp_path: Path, head: str) -> None:
    text = (
        f"# Plan\n\n{LIST}{FILLER}\n\n## Annex\n\n"
        f"| Body | {head} |\n|---|---|\n"
        "| The ministry | Aerospace; life sciences; textiles |\n"
        "| The county next door | Logistics; chemicals; aerospace |\n"
    )
    assert chosen(tmp_path, text) == OURS


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1998", "2008"),
        ("Jobs 2001", "Jobs 2011"),
        ("Then", "Now"),
        ("First year", "Last year"),
        ("Persons", "Change"),
    ],
)
def test_a_table_of_figures_under_a_heading_that_chooses(
    tmp_path: Path, one: str, two: str
) -> None:
    text = (
        f"# Plan\n\n## Target clusters\n\n"
        f"| Industry | {one} | {two} | |\n|---|---|---|---|\n"
        "| Motor vehicles | 14,900 | 16,100 | +8% |\n"
        "| Steel | 21,700 | 15,200 | −30% |\n"
        "| Ship repair | 9,600 | 6,100 | −36% |\n\n"
        f"The target clusters are ceramics, rail engineering and tourism.\n\n{FILLER}\n"
    )
    assert chosen(tmp_path, text) == OURS


@pytest.mark.parametrize("head", ["Share in export", "In sales abroad", "Result", "Status"])
def test_numbers_answer_no_question(tmp_path: Path, head: str) -> None:
    text = (
        f"# Plan\n\n{LIST}{FILLER}\n\n## The economy\n\n"
        f"| Division | Employees | {head} |\n|---|---|---|\n"
        "| 29 Motor vehicles | 19,800 | 46% |\n| 10 Food products | 6,200 | 4% |\n"
        "| 13 Textiles | 2,900 | 5% |\n| 23 Aerospace | 2,200 | 3% |\n"
    )
    assert chosen(tmp_path, text) == OURS


@pytest.mark.parametrize(
    "title",
    [
        "Goal Six: London, ports and airports",
        "AIM 5: THE RURAL AND VISITOR ECONOMIES",
        "Asking for textiles to be included                       57",
        "Value of exports by manufacturers            £1.1bn    £1.6bn",
        "Theme 2: retail and the high street",
    ],
)
def test_a_heading_that_only_names_a_sector(tmp_path: Path, title: str) -> None:
    text = (
        "COUNTY ECONOMIC PLAN\n\nOUR PRIORITY SECTORS\n\n- Ceramics\n- Rail engineering\n"
        f"- Life sciences\n\nMINUTES\n\n{FILLER}\n\n\n{title}\n\nThe survey was held in May.\n"
    )
    assert chosen(tmp_path, text, "plan.txt") == {"ceramics_glass", "rail", "life_sciences"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Society of Potters wrote that textiles 'must be the region's first priority'.",
        "The Crossways business group has “a focus upon textiles, aerospace and our health firms”.",
        "One reply asked for “textiles as our lead sector”.",
        "A member said that 'textiles must be our priority sector'.",
    ],
)
def test_words_in_quotation_marks_are_somebody_elses(tmp_path: Path, sentence: str) -> None:
    text = f"# Plan\n\n{FILLER}\n\n## Replies\n\n{sentence}\n"
    assert "textiles" not in chosen(tmp_path, text)


@pytest.mark.parametrize("way", ["evening", "walk", "letter", "visit"])
def test_all_the_chapters_of_a_document_are_no_choice(tmp_path: Path, way: str) -> None:
    rows = ("textiles", "aerospace", "tourism", "chemicals")
    ordinals = ("first", "second", "third", "fourth")
    chapters = "\n\n".join(
        f"## The {ordinal} {way}\n\nWe talked about {row}. The {row} people came, and {row} will be"
        f" heard again.\n\n{FILLER[:900]}"
        for ordinal, row in zip(ordinals, rows, strict=True)
    )
    text = f"# Four {way}s in the Oak Room\n\nThis is what was said on four {way}s.\n\n{chapters}\n"
    assert chosen(tmp_path, text) == set()


PORTRAITS = (
    (
        "Tourism",
        "The hotels had {n}00 beds in 2009 and two of them closed. Jobs rose by {n} per cent.",
    ),
    (
        "Creative industries",
        "The studios in the former dairy let {n} rooms. One film was made in 2008.",
    ),
    ("Logistics", "The depots by the ring road employed {n}00 people, fewer than the year before."),
    ("Food manufacture", "Two bakeries and a mill had {n}50 posts. Pay was below the average."),
    ("Environmental industries", "{n} companies recycled glass or plastics. Most are small."),
)
"""What a profile says of sectors: what is, and nothing that anybody will do."""
THEMES = (
    "The programme spent 30.2 million on land, roads and training, 4 million below plan.\n\n"
    "Farming, rail repair and insurance were not surveyed. The report makes no new policy.\n\n"
)


@pytest.mark.parametrize(
    "head",
    [
        "Industries of the area",
        "Industries of the district in turn",
        "The economy by branch",
        "Sectors in figures",
        "Who works where",
        "What people do for a living",
        "Trades and employers",
        "Portrait of the economy",
        "Performance by industry",
        "Employment by sector",
        "Clusters of employment",
        "Sector by sector",
    ],
)
@pytest.mark.parametrize("style", ["headings", "run-in", "bullets"])
def test_a_profile_that_goes_through_sectors_chooses_none(
    tmp_path: Path, head: str, style: str
) -> None:
    mark = {"headings": "### 3.{n} {name}\n\n{text}", "run-in": "3.{n} {name}. {text}"}
    told = "\n\n".join(
        mark.get(style, "- {name}: {text}").format(n=n, name=name, text=text.format(n=n))
        for n, (name, text) in enumerate(PORTRAITS, start=2)
    )
    text = f"# Monitoring report\n\n## 3 {head}\n\n{told}\n\n## 4 Programme\n\n{THEMES}{FILLER}\n"
    assert chosen(tmp_path, text) == set()


@pytest.mark.parametrize("head", ["Where we will invest", "Priority sectors", "Our chosen trades"])
@pytest.mark.parametrize("style", ["headings", "run-in", "bullets"])
def test_the_same_under_words_of_choice_is_chosen(tmp_path: Path, head: str, style: str) -> None:
    mark = {"headings": "### 3.{n} {name}\n\n{text}", "run-in": "3.{n} {name}. {text}"}
    told = "\n\n".join(
        mark.get(style, "- {name}: {text}").format(n=n, name=name, text=text.format(n=n))
        for n, (name, text) in enumerate(PORTRAITS, start=2)
    )
    text = f"# Economic plan\n\n## 3 {head}\n\n{told}\n\n## 4 Programme\n\n{THEMES}{FILLER}\n"
    assert chosen(tmp_path, text) >= {"tourism", "creative", "logistics", "environmental_tech"}
