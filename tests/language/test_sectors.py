"""Names of sectors: found as industries, kept out as anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.language.pipeline import document_of, parse
from stratlint.language.sectors.mentions import SectorSpan


def spans(text: str) -> tuple[SectorSpan, ...]:
    return parse(document_of(text)).spans


def sectors(text: str) -> set[str]:
    return {span.sector for span in spans(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We will support the creative and digital industries.", {"creative", "digital_ict"}),
        (
            "Growth is strong in financial and professional services.",
            {"financial_services", "professional_services"},
        ),
        ("Agri-food businesses employ many people here.", {"agri", "food_drink"}),
        ("Food and drink manufacturing is a key sector.", {"food_drink"}),
        ("The retail and leisure sector provides many jobs.", {"retail", "tourism"}),
        ("Aerospace, marine and space industries cluster here.", {"aerospace", "marine", "space"}),
        ("The region's aerospace companies export widely.", {"aerospace"}),
        (
            "Engineering firms and food processors are major employers.",
            {"advanced_manufacturing", "food_drink"},
        ),
    ],
)
def test_names_of_industries_are_found_with_every_part_of_a_compound(
    text: str, wanted: set[str]
) -> None:
    assert sectors(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "We rely on the energy of our people and their creative solutions.",
        "Each dwelling shall have 40 square metres of open space.",
        "Digital skills for residents matter, as do health inequalities.",
        "The retail frontage shall not exceed ten metres.",
        "The mineral safeguarding area is shown on the policies map.",
        "Energy efficiency of homes and security of tenure will improve.",
        "Household waste collection takes place on Tuesdays.",
        "Flood defences protect the town.",
    ],
)
def test_senses_that_are_no_industry_are_kept_out(text: str) -> None:
    assert sectors(text) == set()


def test_an_enumeration_lends_its_industry_word_to_every_member() -> None:
    text = "We will grow the energy, space and construction sectors."
    assert sectors(text) == {"energy", "space", "construction"}


def test_a_list_under_a_lead_in_is_read_as_industries() -> None:
    text = "Our priority sectors are:\n• aerospace\n• retail\n• tourism"
    assert sectors(text) == {"aerospace", "retail", "tourism"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Support for the agricu lture sector.", "agricu lture sector"),
        ("Support for the manu-\nfacturing sector.", "manu-\nfacturing sector"),
        ("Support for the agri -food industry.", "agri -food"),
        ("Support for the creative\nindustries.", "creative\nindustries"),
        ("Support for the ﬁnancial services sector.", "ﬁnancial services sector"),
    ],
)
def test_words_that_a_pdf_broke_are_still_names(text: str, written: str) -> None:
    found = [text[span.start : span.end] for span in spans(text)]
    assert any(written.startswith(part) or part.startswith(written) for part in found), found


def test_acronyms_keep_their_capitals() -> None:
    assert sectors("ICT is a growing sector of the economy.") == {"digital_ict"}
    assert sectors("It is growing and it matters to it.") == set()


def test_the_longest_name_wins() -> None:
    found = spans("Offshore wind is a growing industry with many jobs.")
    assert [(span.sector, span.term.lower()) for span in found] == [("low_carbon", "offshore wind")]


def test_every_span_names_its_term_sentence_and_block() -> None:
    text = "Tourism is a strong industry.\n\nAerospace companies invest."
    document = document_of(text, (0, 29), (31, len(text)))
    parsed = parse(document)
    assert [(s.sector, s.block, s.sentence) for s in parsed.spans] == [
        ("tourism", 0, 0),
        ("aerospace", 1, 1),
    ]
    for span in parsed.spans:
        assert 0 < span.probability <= 1
        assert text[span.start : span.end].lower().startswith(span.term.split()[0].lower())


def test_no_name_runs_over_the_end_of_a_block() -> None:
    text = "This part is about space\n\nindustry visits are on page two"
    document = document_of(text, (0, 24), (26, len(text)))
    assert all(span.end <= 24 or span.start >= 26 for span in parse(document).spans)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    parsed = parse(document_of(text))
    starts = [span.start for span in parsed.spans]
    assert starts == sorted(starts)
    for span in parsed.spans:
        assert 0 <= span.start < span.end <= len(text)
    for start, end, form in zip(
        parsed.words.starts, parsed.words.ends, parsed.words.forms, strict=True
    ):
        assert text[start] == form[0]
        assert text[end - 1] == form[-1]


def test_the_same_text_gives_the_same_spans() -> None:
    text = "Creative, digital and food sectors; retail and leisure; ports and logistics."
    assert spans(text) == spans(text)
