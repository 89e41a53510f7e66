"""What a text says of a sector: made-up sentences that can be read in one way only."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.language.commitment.clauses import units, words
from stratlint.language.commitment.cues import load_cues
from stratlint.language.commitment.decide import classify_passage
from stratlint.language.commitment.model import OUTCOMES, shipped_model
from stratlint.language.pipeline import document_of
from stratlint.records import Excerpt


def labels(text: str, context: str = "", kind: str = "local plan") -> dict[str, str]:
    return classify_passage(Excerpt(id="x", text=text, context_before=context, kind=kind)).labels


@pytest.mark.parametrize(
    ("text", "sector", "expected"),
    [
        (
            "Our key growth sectors are logistics, life sciences and tourism.",
            "logistics",
            "priority",
        ),
        ("Proposals for rural tourism will be supported by the Council.", "tourism", "support"),
        ("The town was once a centre of the wool and cotton industry.", "textiles", "past"),
        (
            "The LEP has identified aerospace as one of its priority sectors.",
            "aerospace",
            "other_actor",
        ),
    ],
)
def test_reads_plain_sentences(text: str, sector: str, expected: str) -> None:
    assert labels(text)[sector] == expected


def test_every_member_of_an_enumeration_has_one_class() -> None:
    found = labels("The priority sectors are aerospace, chemicals, tourism and logistics.")
    assert set(found.values()) == {"priority"}
    assert {"aerospace", "chemicals", "tourism", "logistics"} <= set(found)


def test_items_inherit_the_lead_in_of_the_context() -> None:
    alone = labels("• the aerospace industry\n• the chemicals industry")
    led = labels("• the aerospace industry\n• the chemicals industry", "Our priority sectors are:")
    assert set(led.values()) == {"priority"}
    assert set(alone.values()) != {"priority"}


def test_no_sector_no_label() -> None:
    assert labels("Space for play and better public transport will be provided.") == {}


def test_spans_point_into_the_text_whatever_the_context() -> None:
    text = "Proposals for tourism development will be supported."
    for context in ("", "A long context.\n\nWith two paragraphs of its own."):
        result = classify_passage(Excerpt(id="x", text=text, context_before=context))
        assert [text[m.start : m.end] for m in result.mentions][:1] == ["tourism development"]


def test_a_list_in_a_document_declares_its_items() -> None:
    text = "Our priority sectors are:\n\n• aerospace and its suppliers\n\n• life sciences"
    second, third = text.index("•"), text.rindex("•")
    document = document_of(text, (0, 25), (second, third - 2), (third, len(text)))
    language = analyse_language(document)
    found = {m.sector: m for m in language.mentions}
    assert found["aerospace"].commitment == "priority"
    assert found["life_sciences"].declared_by == 0
    (declaration,) = language.declarations
    assert declaration.phrase == "Our priority sectors are:"
    assert declaration.sectors == ("aerospace", "life_sciences")


def test_a_declared_list_ends_with_its_section(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    listed = "<h2>Priority sectors</h2><ul><li>Chemicals</li><li>Logistics</li></ul>"
    after = "<h2>Tourism</h2><p>Tourism is not a priority.</p><h2>Rail</h2><p>Rail left.</p>"
    below = "<h3>Aerospace</h3><p>Wings are made here.</p>"
    declared = {}
    for name, body in (("after", listed + after), ("below", listed + below)):
        path.write_text(f"<h1>A plan</h1>{body}", encoding="utf-8")
        declared[name] = {
            m.sector
            for m in analyse_language(read(path)).mentions
            if m.declared_by is not None and m.commitment == "priority"
        }
    assert declared["after"] == {"chemicals", "logistics"}
    assert declared["below"] == {"chemicals", "logistics", "aerospace"}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (("Priority|Budget", "Renewable energy|£12 million", "Tourism|£8 million"), True),
        (("Budget|Priorities", "£12 million|Renewable energy", "£8 million|Tourism"), True),
        # A column of ranks.
        (("Priority|Budget", "1|Renewable energy", "2|Tourism"), False),
    ],
)
def test_a_column_headed_priority_declares_its_sectors(
    table: tuple[str, ...], expected: bool, tmp_path: Path
) -> None:
    word = docx.Document()
    word.add_heading("A plan", 1)
    made = word.add_table(rows=len(table), cols=2)
    for row, cells in zip(made.rows, table, strict=True):
        for cell, text in zip(row.cells, cells.split("|"), strict=True):
            cell.text = text
    word.save(str(tmp_path / "plan.docx"))
    mentions = analyse_language(read(tmp_path / "plan.docx")).mentions
    chosen = {m.sector for m in mentions if m.commitment == "priority"}
    assert chosen == ({"low_carbon", "tourism"} if expected else set())


def test_model_is_whole_and_its_probabilities_add_up() -> None:
    model = shipped_model()
    assert model.file.outcomes == OUTCOMES
    assert model.file.card["cross-validated"]["priority"]["clean"] >= 0.95
    for text in ("We will focus on tourism.", "Steel is a strong industry here."):
        for mention in classify_passage(Excerpt(id="x", text=text)).mentions:
            assert 0.0 <= mention.probability <= 1.0
            assert mention.features


def test_units_give_items_their_lead_in_and_keep_offsets() -> None:
    text = "The key sectors are:\n• one thing\n• another\nThen more text follows. A last one."
    cut = units(text)
    items = [u for u in cut if u.item]
    assert next(text[u.start : u.end] for u in items) == "one thing"
    assert {u.lead for u in items} == {0}


def test_words_mend_split_words_of_the_vocabulary_only() -> None:
    vocabulary = frozenset({"promote"})
    assert [form for _, _, form in words("promot e it", 0, 11, vocabulary)] == ["promote", "it"]
    assert [form for _, _, form in words("promot e it", 0, 11)] == ["promot", "e", "it"]


def test_cues_are_found_with_gaps_and_endings() -> None:
    names = {h.name for h in load_cues().find("our key economic sectors are prioritised".split())}
    assert {"key sector", "priority word", "our"} <= names
