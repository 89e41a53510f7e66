"""From mentions to ranked priorities."""

from __future__ import annotations

import msgspec
import pytest

from stratlint.priorities import rank_priorities, with_salience
from stratlint.records import (
    Basis,
    Block,
    Commitment,
    Declaration,
    Document,
    DocumentAnalysis,
    Feature,
    Form,
    Member,
    Mention,
    Page,
    Polarity,
    Priority,
    Role,
    Sentence,
    Voice,
)
from stratlint.text.quoting import QUOTATION_LIMIT


def made(
    *rows: tuple[str, Commitment, float, str],
) -> tuple[Document, tuple[Sentence, ...], tuple[Mention, ...]]:
    """One block and sentence a row: sector, class, probability, deciding feature."""
    text = ""
    blocks, sentences, mentions = [], [], []
    for index, (sector, commitment, probability, feature) in enumerate(rows):
        start = len(text)
        text += f"{sector} " + "filler words to quote " * 40 + "\n"
        blocks.append(Block(role=Role.PARAGRAPH, page=0, start=start, end=len(text) - 1))
        sentences.append(Sentence(start=start, end=len(text) - 1, block=index))
        mentions.append(
            Mention(
                sector=sector,
                start=start,
                end=start + len(sector),
                term=sector,
                block=index,
                sentence=index,
                commitment=commitment,
                probability=probability,
                features=(Feature(name=feature, weight=1.0),),
            )
        )
    document = Document(
        sha256="",
        source="made-up.txt",
        reader="text",
        text=text,
        body_end=len(text),
        pages=(Page(index=0, label="i"),),
        blocks=tuple(blocks),
    )
    return document, tuple(sentences), tuple(mentions)


P, S, ELSE, F = Commitment.PRIORITY, Commitment.SUPPORT, Commitment.OTHER_ACTOR, Commitment.FACT
LIST = "declared by bullets"


def ranked(*rows: tuple[str, Commitment, float, str]) -> tuple[Priority, ...]:
    """The priorities of made rows; those whose feature is a list are members of one."""
    return rank_priorities(*declaring(*rows))


def declaring(
    *rows: tuple[str, Commitment, float, str],
) -> tuple[Document, tuple[Sentence, ...], tuple[Mention, ...], tuple[Declaration, ...]]:
    """Made rows with the declaration of those whose feature is a list."""
    document, sentences, mentions = made(*rows)
    listed = [m for m in mentions if m.features[0].name == LIST]
    if not listed:
        return document, sentences, mentions, ()
    declaration = Declaration(
        start=0,
        end=0,
        phrase="Our priority sectors are:",
        polarity=Polarity.CHOSEN,
        voice=Voice.OWN,
        form=Form.BULLETS,
        extent=(0, len(document.text)),
        ended_by="the end of the text",
        members=tuple(Member(start=m.start, end=m.end, sectors=(m.sector,)) for m in listed),
    )
    pointed = tuple(
        msgspec.structs.replace(m, declared_by=0 if m in listed else None) for m in mentions
    )
    return document, sentences, pointed, (declaration,)


def test_stated_order_outranks_counts() -> None:
    found = ranked(
        *(
            ("tourism", P, 0.9, LIST),
            ("rail", P, 0.9, LIST),
            ("rail", P, 0.9, "x"),
            ("rail", S, 0.9, "x"),
            ("steel", P, 0.6, "x"),
            ("steel", S, 0.9, "x"),
        )
    )
    assert [(p.sector, p.rank) for p in found] == [("tourism", 1), ("rail", 2)]
    assert {p.basis for p in found} == {Basis.DECLARED_LIST}


def test_what_others_chose_is_none_found() -> None:
    assert (
        ranked(*(("rail", ELSE, 0.9, "x"), ("rail", ELSE, 0.9, "x"), ("tourism", F, 0.9, "x")))
        == ()
    )


def test_a_sentence_read_as_choosing_counts_in_a_short_text_that_chooses_nothing_else() -> None:
    found = ranked(("rail", P, 0.7, "x"))
    assert [(p.sector, p.basis) for p in found] == [("rail", Basis.INFERRED)]
    found = ranked(("rail", P, 0.7, "x"), ("tourism", P, 0.9, LIST))
    assert [p.sector for p in found] == ["tourism"]


def test_evidence_is_short_marked_and_best_first() -> None:
    found = ranked(*(("rail", S, 0.9, "x"), ("rail", P, 0.9, LIST), ("tourism", P, 0.9, LIST)))
    quotations = found[0].evidence
    assert quotations[0].start > quotations[1].start
    for quotation in quotations:
        assert len(quotation.text) <= QUOTATION_LIMIT
        ((first, last),) = quotation.marks
        assert quotation.text[first:last] == "rail"
        assert quotation.page_label == "i"


def test_salience_favours_what_others_do_not_name() -> None:
    analyses = []
    for rows in (
        (("rail", P, 0.9, LIST), ("tourism", P, 0.9, LIST)),
        (("tourism", P, 0.9, LIST), ("steel", P, 0.9, LIST)),
    ):
        document, sentences, mentions, declarations = declaring(*rows)
        analyses.append(
            DocumentAnalysis(
                document=document,
                sentences=sentences,
                mentions=mentions,
                places=(),
                actors=(),
                priorities=rank_priorities(document, sentences, mentions, declarations),
            )
        )
    weighed = with_salience(analyses)[0]
    rail, tourism = weighed.priority("rail"), weighed.priority("tourism")
    assert rail is not None
    assert tourism is not None
    assert rail.salience is not None
    assert rail.salience > (tourism.salience or 0.0)
    assert tourism.salience == pytest.approx(0.5)
    assert msgspec.structs.asdict(rail)["rank"] == 1
