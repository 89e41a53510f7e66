"""Choice groups: parallel entries are the choice, by what stands over them and what is in them."""

from __future__ import annotations

from itertools import islice, permutations
from typing import TYPE_CHECKING

import pytest

from stratlint.documents import read
from stratlint.errors import FileFault
from stratlint.language import analyse_language
from stratlint.language.commitment.groups import Sign, lexicon
from stratlint.priorities import rank_priorities
from stratlint.records import Form
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stratlint.records import Declaration

SLOTS = {
    "agri": (
        "Under glass",
        "Nurseries and growers in the valley give work to 900 people, half of them at"
        " harvest. We will"
        " pay £2m for a shared heat main, so that crops can be planted in all months of the year."
        " Farmers have asked for it since 2012.",
    ),
    "food_drink": (
        "From churn to shelf",
        "Two dairies and a bakery pack cheese, butter and bread for half of the north. A"
        " chilled store"
        " will be built beside them at £1.4m, and food makers will have a test kitchen there.",
    ),
    "logistics": (
        "Getting it there",
        "Hauliers run 400 lorries from the yards at the junction, and a freight depot"
        " has 300 staff."
        " We shall lay out twelve hectares for warehousing, at £3m, with parking for drivers.",
    ),
    "life_sciences": (
        "From ward to world",
        "Clinical trials are run at the infirmary, and nine firms make diagnostics and"
        " medical devices."
        " We will fund a laboratory in which they can share a clean room, £4m in all.",
    ),
    "creative": (
        "Cameras on the quay",
        "Film crews and animators rent the old mill. A second floor will become studios,"
        " at £2m, for"
        " television and for makers of games, who have nowhere to grow.",
    ),
    "metals": (
        "After the furnace",
        "Three foundries and a forge are left, and what they make sells in thirty"
        " countries. We will put"
        " £5m into a line that tests castings and special steels before firms have to buy one.",
    ),
}
THEMES = (
    ("Skills", "Too many adults have no qualification. We will pay £2m for evening courses."),
    ("Getting about", "Buses are slow. We will build two bus lanes for £3m and mend the station."),
    ("Town centres", "One shop in six is empty. We shall buy the arcade for £1m and let it again."),
    ("Homes", "Rents have risen by a third. We will help to build 300 homes a year, £4m."),
)
CHOOSE = (
    "What we choose|Where we can win|What the district will work on|What we will be known for"
    "|Three bets|Where our money will go|Our three choices|What we have settled on"
    "|What we will back"
    "|Where we shall lead|Our priorities|What was taken forward|The three that we picked"
    "|Where we will focus|What the county will go for|What we intend to build on|Chosen fields"
    "|What we specialise in|The shortlist|Three engines of growth|What the board has adopted"
).split("|")
"""Our own headings over what a document chooses; no sentence below them chooses anything."""
LEAVE = (
    "What we will not work on|What others have chosen|What we heard in the consultation"
    "|What was tried before|The labour market|Case studies|Our neighbours|What we have left out"
    "|The economy today: a profile|Previous programmes|National policy|Lessons from elsewhere"
    "|What was considered and not chosen|Outside the scope of this plan|Evidence base"
).split("|")
FILLER = (
    "Buses run every half hour on the main roads. The station has two trains an hour. Most people"
    " work within ten miles of where they live. Pay is below the national median. The library was"
    " rebuilt in 2011.\n\n"
)
TRIPLES = list(islice(permutations(SLOTS, 3), 0, None, 7))


def plan(over: str, entries: Sequence[tuple[str, str]], layout: str = "headings") -> str:
    """A plan of our own with a heading over some entries, written in one of four layouts."""
    written = {
        "headings": "### {0}\n\n{1}",
        "numbered": "2.{2} {0}. {1}",
        "bold": "**{0}.** {1}",
        "items": "- {0}. {1}",
    }[layout]
    body = "\n\n".join(
        written.format(title, text, number) for number, (title, text) in enumerate(entries, 1)
    )
    return (
        f"# Corby Vale Economic Plan"
        f"\n\n## 1. Introduction\n\n{FILLER * 8}## 2. {over}\n\n{body}\n\n"
        f"## 3. Delivery\n\n{FILLER}"
    )


def chosen(folder: Path, text: str, suffix: str = "md") -> set[str]:
    """The sectors that a text chooses."""
    path = folder / f"plan.{suffix}"
    path.write_text(text, encoding="utf-8")
    document = read(path)
    found = analyse_language(document)
    ranked = rank_priorities(document, found.sentences, found.mentions, found.declarations)
    return {priority.sector for priority in ranked}


def declared(folder: Path, text: str) -> tuple[Declaration, ...]:
    """The declarations that a text makes by groups."""
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return tuple(d for d in analyse_language(read(path)).declarations if d.signs)


def of(sectors: Sequence[str]) -> list[tuple[str, str]]:
    return [SLOTS[sector] for sector in sectors]


@pytest.mark.parametrize("heading", CHOOSE)
def test_entries_under_a_heading_that_chooses_are_chosen_by_their_text(
    heading: str, tmp_path: Path
) -> None:
    for number, triple in enumerate(TRIPLES[:4]):
        layout = ("headings", "numbered", "bold", "headings")[number]
        assert chosen(tmp_path, plan(heading, of(triple), layout)) == set(triple), layout


@pytest.mark.parametrize("heading", LEAVE)
def test_entries_under_a_heading_that_leaves_out_or_reports_are_not(
    heading: str, tmp_path: Path
) -> None:
    for layout in ("headings", "numbered", "bold", "items"):
        assert chosen(tmp_path, plan(heading, of(TRIPLES[3]), layout)) == set(), layout


@pytest.mark.parametrize("heading", CHOOSE[:12])
def test_themes_choose_no_sector(heading: str, tmp_path: Path) -> None:
    for layout in ("headings", "bold"):
        assert chosen(tmp_path, plan(heading, THEMES, layout)) == set()


def test_a_series_among_other_chapters_is_the_choice(tmp_path: Path) -> None:
    bets = "\n\n".join(
        f"## The {word} bet: {title.lower()}\n\n{text}"
        for word, (title, text) in zip(
            ("first", "second", "third"), of(("metals", "creative", "logistics")), strict=True
        )
    )
    before = f"# Wagers for the Vale\n\n## To the reader\n\nThere are three bets. {FILLER * 8}"
    text = f"{before}{bets}\n\n## The rules\n\nEach bet has a keeper."
    assert chosen(tmp_path, text) == {"metals", "creative", "logistics"}


def test_rows_below_a_row_that_entitles_them_are_chosen(tmp_path: Path) -> None:
    rows = (
        "| Programme | 2026 | 2027 |\n|---|---|---|\n| A. SECTORS | | |\n"
        "| A1 Aerospace | 2.0 | 3.0 |\n"
        "| A2 Marine (two ports) | 1.0 | 1.5 |\n| A3 Textiles | 0.4 | 0.6 |\n"
        "| A4 Other sectors | 0.1 | 0.1 |\n| B. PLACES | | |\n| B1 Retail parks | 4.0 | 2.0 |\n"
        "| B2 Market towns | 1.0 | 1.0 |\n"
    )
    over = f"# Budget of the Vale\n\n## 1. About\n\n{FILLER * 8}## 2. Budget\n\n"
    text = (
        f"{over}These heads were agreed by the board. Sums are in £ million.\n\n{rows}\n\n{FILLER}"
    )
    assert chosen(tmp_path, text) == {"aerospace", "marine", "textiles"}


def test_entries_beside_the_choice_are_no_members(tmp_path: Path) -> None:
    entries = [
        ("Aerospace", "We will fund a hangar."),
        ("Ceramics", "We will fund a kiln."),
        ("The everyday economy", "Care, retail and construction matter to all."),
    ]
    assert chosen(tmp_path, plan("Our growth sectors", entries)) == {"aerospace", "ceramics_glass"}


def test_what_an_entry_only_mentions_is_not_chosen(tmp_path: Path) -> None:
    entries = [
        ("Aerospace", "Suppliers also serve rail and automotive. We will fund a hangar for £2m."),
        ("Ceramics", "Tiles go to builders and hotels. We will fund a kiln for £1m."),
    ]
    assert chosen(tmp_path, plan("Where we can win", entries)) == {"aerospace", "ceramics_glass"}


def test_a_group_shows_its_heading_members_and_signs(tmp_path: Path) -> None:
    (found,) = declared(tmp_path, plan("What the district will work on", of(TRIPLES[0]), "bold"))
    assert found.phrase == "What the district will work on"
    assert found.form is Form.RUN_IN_HEADINGS
    assert [m.sectors[0] for m in found.members] == list(TRIPLES[0])
    assert found.sure
    assert any("word of choice" in sign for sign in found.signs)


def test_a_sector_that_no_word_names_is_mentioned_by_its_title(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    entries = [
        ("Tiny", "Sawmills plane planks, and coopers stave barrels. We will buy a kiln for £1m."),
        ("Deep", "Trawlers land prawns, and quays want ice. We will pay £2m for a slipway."),
    ]
    path.write_text(plan("What we choose: two fields", entries), encoding="utf-8")
    document = read(path)
    for mention in analyse_language(document).mentions:
        assert document.text[mention.start : mention.end].strip()


def test_every_sign_has_points_and_words() -> None:
    assert set(lexicon().file.points) == set(Sign)
    assert all(entry.says for entry in lexicon().file.points.values())


def test_a_file_without_a_sign_is_refused(tmp_path: Path) -> None:
    shipped = (data_dir("rules") / "language" / "groups.yaml").read_text(encoding="utf-8")
    path = tmp_path / "groups.yaml"
    path.write_text(
        "".join(line for line in shipped.splitlines(True) if "  paid:" not in line), "utf-8"
    )
    with pytest.raises(FileFault, match="nothing is said of paid"):
        lexicon(path)


@pytest.mark.parametrize(
    "title",
    [
        "Sectors which we do not propose to lead on",
        "What about everyone else?",
        "Everybody else",
        "What the Board decided against",
        "Offers that were turned down",
        "Not on the list",
        "Industries that did not make it",
        "Fields that the council does not pursue",
        "Trades to which we said no to support",
    ],
)
def test_a_heading_of_what_is_left_ends_the_choice(tmp_path: Path, title: str) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Corby Vale\n\n## Our priority sectors\n\n### Ceramics\n\nA kiln will be built.\n\n"
        "### Food and drink\n\nA bakery will be built.\n\n### Life sciences\n\nA laboratory will be"
        f" built.\n\n### {title}\n\nTourism will be left to the hotels that live from it.\n",
        encoding="utf-8",
    )
    document = read(path)
    found = analyse_language(document)
    chosen = rank_priorities(document, found.sentences, found.mentions, found.declarations)
    assert {p.sector for p in chosen} == {"ceramics_glass", "food_drink", "life_sciences"}
