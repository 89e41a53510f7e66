"""The title and the year of a document, where its file names none."""

from __future__ import annotations

import pytest

from stratlint.documents.guesses import guess_year, with_guesses, written_title
from stratlint.records import Block, Document, Page, Role

_IMPRINT = (
    "Harbour Coast – Bright & Early",
    "Plan for the boat yards",
    "Publication C:12",
    "ISBN 978-0-00-000000-2",
)


def _document(*lines: tuple[int, Role, int | None, str]) -> tuple[tuple[Block, ...], str]:
    """Blocks and text of lines with their page, role and level."""
    blocks: list[Block] = []
    at = 0
    for page, role, level, line in lines:
        blocks.append(Block(role=role, page=page, start=at, end=at + len(line), level=level))
        at += len(line) + 1
    return tuple(blocks), "\n".join(line for *_, line in lines)


def _imprint(page: int, *lines: str) -> list[tuple[int, Role, int | None, str]]:
    return [(page, Role.PARAGRAPH, None, line) for line in lines]


def test_a_cover_of_torn_initials_leaves_the_title_to_the_imprint() -> None:
    made = _document(
        (0, Role.HEADING, 1, "B Early"),
        (1, Role.HEADING, 2, "Contents"),
        *_imprint(1, *_IMPRINT),
        (2, Role.HEADING, 2, "Rope and sail for the yards of tomorrow"),
    )
    assert written_title(*made) == "Harbour Coast – Bright & Early: Plan for the boat yards"


def test_a_cover_that_can_be_read_comes_before_the_imprint() -> None:
    made = _document((0, Role.HEADING, 1, "A plan for the yards"), *_imprint(1, *_IMPRINT))
    assert written_title(*made) == "A plan for the yards"


def test_an_imprint_that_opens_with_its_publisher_gives_no_title() -> None:
    made = _document(
        *_imprint(1, "© The council of the coast", *_IMPRINT),
        (2, Role.HEADING, 1, "The yards of tomorrow"),
    )
    assert written_title(*made) == "The yards of tomorrow"


def test_prose_above_an_issn_is_no_title() -> None:
    prose = "The council asked the yards in spring what they would need, and they said ropes."
    made = _document(*_imprint(0, prose, "ISSN 0000-0000"))
    assert written_title(*made) is None


def test_a_heading_that_ends_in_a_colon_goes_on_in_the_next() -> None:
    made = _document(
        (0, Role.HEADING, 1, "Future of the yards:"), (0, Role.HEADING, 1, "A plan for ropes")
    )
    assert written_title(*made) == "Future of the yards: A plan for ropes"


def _dated(*lines: str, source: str = "a.txt", heads: int = 0) -> Document:
    """A document of one line a page block; the first ``heads`` are headings."""
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(lines):
        role = Role.HEADING if number < heads else Role.PARAGRAPH
        blocks.append(Block(role=role, page=number // 3, start=at, end=at + len(line)))
        at += len(line) + 1
    text = "\n".join(lines)
    pages = tuple(Page(index=i, label=str(i + 1)) for i in range(len(lines) // 3 + 1))
    return Document(
        sha256="0",
        source=source,
        reader="text",
        text=text,
        body_end=len(text),
        pages=pages,
        blocks=tuple(blocks),
        title=lines[0] if heads else None,
    )


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (("A plan for the yards", "2006"), 2006),
        (("The panel met from October 2004 on and wrote to each of the yards.", "2006"), 2006),
        (("Plan 2010 to 2015", "March 2009"), 2009),
        (("A plan, 2006–2016",), 2006),
        (("A plan for 12345 yards",), None),
        (("Local Plan 2035", "Core policies", "Adopted July 2021"), 2021),
        (("Growth Plan 2014 to 2020: stronger yards for the whole of the county",), 2014),
        (("Borough Plan 2016 - 2036", "Approved by full council on 3 May 2018"), 2018),
        (("Vision 2030", "© Quayside Council 2019"), 2019),
        (("A harbour plan", "First published 2010, revised 2012"), 2012),
        (("A harbour plan", "Consultation draft, Spring 2014"), 2014),
        (("A harbour plan", "Version 3 (November 2017)"), 2017),
        (("A harbour plan", "Agreed between the yards and the ministry, June 2019"), 2019),
        (("A harbour plan", "In March 2011 this plan was adopted by the four boroughs."), 2011),
        (("A harbour plan", "ISBN 978-0-00-000000-2, printed 2008"), 2008),
        # Neither a horizon, nor a target, an event, a law, a source or a statistic.
        (("A harbour plan", "We want 40GW by 2020 and a new quay."), None),
        (("A harbour plan", "The council met between October 2004 and June 2005."), None),
        (("A harbour plan", "Planning Act 2008"), None),
        (("A harbour plan", "Census 2011"), None),
        (("A harbour plan", "This plan will be reviewed in 2024."), None),
        (("A harbour plan", "By the end of 2012 there are to be 2000 jobs"), None),
        (("A harbour plan", "The yard opened in 1998."), None),
        (("A harbour plan", "Jobs by sector, 2012 data"), None),
        (("A harbour plan", "The last plan was adopted in 2006 and has had its day."), None),
        (("A harbour plan", "Olympic Games 2012"), None),
        (("A harbour plan", "£2010 a ton and 2015 homes"), None),
    ],
)
def test_the_year_is_that_in_which_a_document_was_issued(
    lines: tuple[str, ...], year: int | None
) -> None:
    guess = guess_year(_dated(*lines))
    assert (int(guess.value) if guess else None) == year


def test_a_horizon_in_the_title_lies_after_everything_the_text_tells() -> None:
    told = "In 2014 the yards were closed. Wages fell in 2015 and jobs rose in 2015."
    assert guess_year(_dated("Local Plan 2035", told, heads=1)) is None
    guess = guess_year(_dated("Harbour Strategy 2016", told, heads=1))
    assert guess is not None
    assert (guess.value, guess.confidence) == ("2016", "medium")


def test_a_file_name_gives_a_year_only_with_the_text_beside_it() -> None:
    told = "In 2014 the yards were closed. Wages fell in 2015 and jobs rose in 2015."
    guess = guess_year(_dated("Harbours", told, source="plan-2016.pdf"))
    assert guess is not None
    assert guess.value == "2016"
    assert guess.confidence == "low"
    assert "the file's name" in guess.reason
    assert guess_year(_dated("Harbours", told, source="local-plan-2035.pdf")) is None
    assert guess_year(_dated("Harbours", "Peat.", source="plan-2016.pdf")) is None


def test_a_guessed_year_is_said_with_its_words_and_page() -> None:
    lines = ("Local Plan 2035", "Boats", "Ropes", "Sails", "Adopted July 2021")
    document = with_guesses(_dated(*lines, heads=1))
    assert document.year == 2021
    said = [str(guess) for guess in document.guesses if guess.field == "year"]
    assert said == ['year 2021, from "Adopted July 2021" on page 2']
    titled = [str(guess) for guess in document.guesses if guess.field == "title"]
    assert titled == ["title Local Plan 2035, as page 1 prints it"]
