from __future__ import annotations

import msgspec
import pytest

from stratlint.comparison import PassageOptions, find_passages, shared_passages
from stratlint.records import Document, Page, PassageKind, Role
from tests.comparison.made_up import HARBOUR, document, filler


def passage(place: str = "Northport") -> str:
    return HARBOUR.format(place=place)


def test_all_holders_stand_in_one_passage_with_the_earliest_as_its_source() -> None:
    documents = [
        document("late.txt", filler(1), passage(), year=2009),
        document("early.txt", passage(), filler(2), year=2004),
        document("middle.txt", filler(3), passage(), filler(4), year=2006),
        document("other.txt", filler(5), filler(6), year=2001),
        document("one.txt", filler(7), year=2001),
        document("two.txt", filler(8), year=2001),
        document("three.txt", filler(9), year=2001),
    ]
    (found,) = shared_passages(documents)
    assert [h.document for h in found.holdings] == ["early.txt", "middle.txt", "late.txt"]
    assert found.source == "early.txt"
    assert not found.template
    for holding, item in zip(found.holdings, (1, 2, 0), strict=True):
        quotation = holding.quotation
        assert documents[item].text[quotation.start : quotation.end] == quotation.text
        assert quotation.text == passage()
        assert quotation.page_label == "vii"
        assert quotation.marks[0][0] == 0


def test_two_holders_of_one_year_leave_the_source_open() -> None:
    documents = [document(n, filler(i), passage(), year=2006) for i, n in enumerate("ab")]
    (found,) = shared_passages(documents)
    assert found.source is None


def test_text_of_most_documents_is_the_template_and_is_shown() -> None:
    documents = [document(f"{i}.txt", filler(i), passage()) for i in range(4)]
    documents.append(document("4.txt", filler(9)))
    (found,) = shared_passages(documents)
    assert found.template
    assert len(found.holdings) == 4


def test_place_swapped_copies_are_named_as_such() -> None:
    documents = [
        document("a.txt", filler(1), passage("Sunderland")),
        document("b.txt", filler(2), passage("Stoke-on-Trent")),
    ]
    (found,) = shared_passages(documents)
    assert found.kind is PassageKind.PLACE_SWAPPED
    marked = [found.holdings[0].quotation.text[a:b] for a, b in found.holdings[0].quotation.marks]
    assert "harbour" in " ".join(marked)


def test_national_sources_are_matched_but_not_with_each_other() -> None:
    sources = [
        document("nation.txt", filler(1), passage(), year=2005, title="Rooms for Young Firms"),
        document("ministry.txt", filler(2), passage(), year=2003),
    ]
    silent = document("silent.txt", filler(3), passage(), year=2007)
    open_one = document(
        "open.txt",
        filler(4),
        "As the government wrote in Rooms for Young Firms: " + passage(),
        year=2008,
    )
    found = find_passages([silent, open_one], sources=sources[:1])
    (shared,) = found.passages
    assert shared.source == "nation.txt"
    assert {h.document: h.attributed for h in shared.holdings} == {
        "nation.txt": False,
        "silent.txt": False,
        "open.txt": True,
    }
    assert {h.document: h.role for h in shared.holdings}["nation.txt"] == "source"
    alone = find_passages([document("x.txt", filler(8))], sources=sources)
    assert alone.passages == ()


def test_a_footnote_that_names_the_source_is_an_attribution() -> None:
    source = document("nation.txt", passage(), year=2005, title="Rooms for Young Firms")
    copy = document(
        "copy.txt",
        filler(4),
        passage(),
        filler(5),
        "3 Treasury, Rooms for Young Firms, 2005, p. 7.",
        roles=(Role.PARAGRAPH, Role.PARAGRAPH, Role.PARAGRAPH, Role.FOOTNOTE),
    )
    (found,) = shared_passages([copy], sources=[source])
    assert found.holdings[-1].attributed


def test_one_plan_adopted_twice_is_joint_and_not_a_thousand_copies() -> None:
    paragraphs = [filler(seed, 6) for seed in range(12)]
    documents = [
        document("council-a.txt", "A preface by one mayor.", *paragraphs),
        document("council-b.txt", *paragraphs, "A closing word by another mayor."),
        document("third.txt", filler(77, 30)),
    ]
    (found,) = shared_passages(documents)
    assert found.joint
    assert [h.document for h in found.holdings] == ["council-a.txt", "council-b.txt"]


@pytest.mark.parametrize(
    ("role", "setting"),
    [
        (Role.QUOTATION, "quotation"),
        (Role.CONTENTS, "contents"),
        (Role.PARAGRAPH, "body"),
    ],
)
def test_the_setting_is_told_from_the_blocks(role: Role, setting: str) -> None:
    documents = [
        document(f"{i}.txt", filler(i), passage(), roles=(Role.PARAGRAPH, role)) for i in range(2)
    ]
    (found,) = shared_passages(documents)
    assert found.setting == setting


def test_references_and_quotation_marks_are_recognised() -> None:
    listed = [
        document(
            f"{i}.txt",
            filler(i),
            "References",
            passage(),
            roles=(Role.PARAGRAPH, Role.HEADING, Role.PARAGRAPH),
        )
        for i in range(2)
    ]
    assert shared_passages(listed)[0].setting == "references"
    quoted = [document(f"{i}.txt", filler(i), f"“{passage()}”") for i in range(2)]
    assert shared_passages(quoted)[0].setting == "quotation"


def test_a_licence_on_the_last_page_is_an_imprint() -> None:
    licence = (
        "© Crown copyright 2008. This publication is licensed under the terms of the Open\n"
        "Government Licence except where otherwise stated, and may be used again free of charge "
        "in any format or medium, provided that the source is named and no meaning changed."
    )
    (found,) = shared_passages([document(f"{i}.txt", filler(i), licence) for i in range(2)])
    assert found.setting == "imprint"


@pytest.mark.parametrize(("pages", "setting"), [(4, "imprint"), (2, "body")])
def test_what_two_covers_share_is_no_text_of_theirs(pages: int, setting: str) -> None:
    cover = (
        "A strategy for growth and jobs, written by the development partnership of the county "
        "and its districts, for consultation until the end of the autumn of that same year"
    )
    found = shared_passages([on_pages(f"{i}.pdf", cover, i, pages) for i in range(2)])
    assert [passage.setting for passage in found] == [setting]


def on_pages(name: str, cover: str, seed: int, pages: int) -> Document:
    """A document with ``cover`` alone on its first page."""
    texts = [cover, *(filler(10 * seed + page) for page in range(1, pages))]
    made = document(name, *texts)
    blocks = tuple(msgspec.structs.replace(b, page=i) for i, b in enumerate(made.blocks))
    numbered = tuple(Page(index=i, label=str(i)) for i in range(pages))
    return msgspec.structs.replace(made, blocks=blocks, pages=numbered)


def test_tables_of_one_official_source_are_no_copies() -> None:
    def table(seed: int) -> list[str]:
        rows = ["Financial services", "Motor vehicles", "Paper and printing", "Basic metals"]
        return [
            f"{row} and other goods of the region\t{seed + i}.4\t{i}9" for i, row in enumerate(rows)
        ]

    roles = (Role.PARAGRAPH, *[Role.TABLE_ROW] * 4)
    documents = [document(f"{i}.txt", filler(i), *table(i * 7), roles=roles) for i in range(2)]
    assert [p for p in shared_passages(documents) if p.kind is PassageKind.EDITED] == []


def test_two_documents_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same source name"):
        shared_passages([document("a.txt", filler(1)), document("a.txt", filler(2))])


def test_thorough_search_needs_no_run_of_equal_words() -> None:
    words = filler(20, 8).split()
    for at in range(0, len(words), 4):
        words[at] = "pewter"
    pair = [
        document("a.txt", filler(1, 20), filler(20, 8)),
        document("b.txt", filler(2, 20), " ".join(words)),
    ]
    assert shared_passages(pair) == ()
    (found,) = shared_passages(pair, options=PassageOptions(thorough=True))
    assert found.kind is PassageKind.EDITED


def test_the_result_does_not_depend_on_the_order_of_the_documents() -> None:
    documents = [document(f"{i}.txt", filler(i), passage(), year=2000 + i) for i in range(5)]
    assert shared_passages(documents) == shared_passages(documents[::-1])


def test_a_copy_with_a_new_middle_is_not_two_passages() -> None:
    head, tail = filler(40, 3), filler(41, 4)
    whole = f"{head} {filler(42, 1)} {tail}"
    changed = f"{head} {filler(43, 1)} {tail}"
    documents = [
        document("a.txt", filler(1), whole, filler(11)),
        document("b.txt", filler(2), whole, filler(12)),
        document("c.txt", filler(3), changed, filler(13)),
    ]
    (found,) = shared_passages(documents)
    assert [h.quotation.text for h in found.holdings] == [whole, whole, changed]


def test_passages_about_one_document_are_those_of_all_that_it_holds() -> None:
    documents = [
        document("a.txt", filler(1), passage(), year=2004),
        document("b.txt", filler(2), passage(), filler(30, 6), year=2005),
        document("c.txt", filler(3), filler(30, 6), year=2006),
        document("d.txt", filler(4), passage("Southport"), year=2007),
    ]
    for about, count in (("a.txt", 1), ("b.txt", 2), ("c.txt", 1), ("d.txt", 1)):
        seen: list[str] = []
        found = find_passages(documents, about=about, progress=seen.append)
        everything = find_passages(documents).passages
        held = [p for p in everything if about in {h.document for h in p.holdings}]
        assert len(held) == count
        assert {p.id for p in found.passages} == {p.id for p in held}
        assert all(about in pair for pair in seen)


def test_a_document_that_holds_a_passage_twice_is_quoted_at_one_place() -> None:
    documents = [
        document("a.txt", filler(1), passage(), filler(11, 60), passage(), filler(12)),
        document("b.txt", filler(2), passage()),
        document("c.txt", filler(3), passage()),
    ]
    (found,) = shared_passages(documents)
    assert [holding.quotation.text for holding in found.holdings] == [passage()] * 3


def test_copies_that_one_holder_stands_between_are_still_told_from_swapped_ones() -> None:
    places = ["Sunderland", "Stoke-on-Trent", "Stoke-on-Trent"]
    documents = [document(f"{n}.txt", filler(n), passage(place)) for n, place in enumerate(places)]
    (found,) = shared_passages(documents)
    assert found.kind is PassageKind.VERBATIM
    (about,) = find_passages(documents, about="0.txt").passages
    assert len(about.holdings) == 3
    assert about.kind is PassageKind.VERBATIM


def test_the_heading_above_a_passage_is_no_part_of_it() -> None:
    titled = ("Harbours and those who live by them", passage())
    roles = (Role.PARAGRAPH, Role.HEADING, Role.PARAGRAPH)
    documents = [
        document("a.txt", filler(1), *titled, roles=roles),
        document("b.txt", filler(2), *titled, roles=roles),
        document("c.txt", filler(3), passage()),
    ]
    (found,) = shared_passages(documents)
    assert {h.quotation.text for h in found.holdings} == {passage()}
    assert {found.words_in(h) for h in found.holdings} == {found.copied} == {found.words}
