"""The title of a document, where its file names none."""

from __future__ import annotations

from stratlint.documents.titles import written_title
from stratlint.records import Block, Role

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
