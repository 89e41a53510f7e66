"""What counts as the source of a figure, and what does not."""

from __future__ import annotations

import msgspec
import pytest

from stratlint.rules.cases import Pipeline
from stratlint.rules.claims.figures import numbers_of, statistics_of
from stratlint.rules.claims.sources import noted_sentences, sourced
from stratlint.rules.view import View


def _view(pipeline: Pipeline, text: str) -> View:
    return View(pipeline.analysis("A", text))


@pytest.mark.parametrize(
    "text",
    [
        "According to the port office 12 per cent of firms export.",
        "Some 12 per cent of firms export (Port Office 2005).",
        "Some 12 per cent of firms export [7].",
        "Some 12 per cent of firms export (see www.port.example).",
        "Table 4 shows that 12 per cent of firms export.",
        "Some 12 per cent of firms export.4 They are small.",
        "Eurostat counts 12 per cent of firms that export.",
    ],
)
def test_a_source_is_recognised(pipeline: Pipeline, text: str) -> None:
    assert 0 in sourced(_view(pipeline, text))


@pytest.mark.parametrize(
    "text",
    [
        "Some 12 per cent of firms export.",
        "We know that 12 per cent of firms export, and are proud of it.",
        "Since 2005 some 12 per cent of firms have exported.",
    ],
)
def test_no_source_is_made_up(pipeline: Pipeline, text: str) -> None:
    assert 0 not in sourced(_view(pipeline, text))


def test_a_note_answers_for_what_stands_before_it(pipeline: Pipeline) -> None:
    text = "Firms are small here. Some 12 per cent export. Another 9 per cent would like to."
    analysis = pipeline.analysis("A", text)
    document = msgspec.structs.replace(analysis.document, notes=(text.index(" Another"),))
    view = View(msgspec.structs.replace(analysis, document=document))
    assert noted_sentences(view) == {1}
    assert sourced(view) == {0, 1}


def test_a_note_that_stands_apart_closes_the_sentence_before_it(pipeline: Pipeline) -> None:
    text = "Some 12 per cent export.  Another 9 per cent would like to."
    analysis = pipeline.analysis("A", text)
    document = msgspec.structs.replace(analysis.document, notes=(text.index(" Another"),))
    view = View(msgspec.structs.replace(analysis, document=document))
    assert noted_sentences(view) == {0}


def test_numbers_of_chapters_and_lists_measure_nothing(pipeline: Pipeline) -> None:
    view = _view(
        pipeline,
        "As Figure 4 and chapter 12 say, the mills are old.\n\n"
        "There are two aims: 1) ropes and 2) bells.\n\nThe mills employ 40 weavers.",
    )
    assert {view.text(i) for i in numbers_of(view)} == {"The mills employ 40 weavers."}


def test_budgets_targets_and_definitions_describe_nothing(pipeline: Pipeline) -> None:
    view = _view(
        pipeline,
        "The fund awarded £4 million to weavers.\n\nBy 2012 some 40 per cent of firms will export."
        "\n\nThe questionnaire went to firms with more than 20 employees.\n\n"
        "Exports of the valley came to £4 million in a bad year.",
    )
    assert [s.describes for s in statistics_of(view)] == [False, False, False, True]
