"""The spaCy pipeline as a whole, and the sense filter inside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokenizer import Tokenizer

from stratlint.errors import FileFault, UsageError
from stratlint.language import analyse_language
from stratlint.language.pipeline import document_of, load_pipeline, parse
from stratlint.language.sectors.senses import SenseModel, shipped_senses
from stratlint.text.tokenizing import part_words
from stratlint.text.trie import TokenTrie
from stratlint.text.words import term_keys, word_key, words_of

TEXT = "Our priority sectors are tourism and aerospace. We met partners in Leeds."


def test_components_fill_a_spacy_doc() -> None:
    doc = load_pipeline()(TEXT)
    assert [s.text for s in doc.sents] == [
        "Our priority sectors are tourism and aerospace.",
        "We met partners in Leeds.",
    ]
    assert [span.label_ for span in doc.spans["sectors"]] == ["tourism", "aerospace"]


def test_a_document_is_analysed_in_one_call() -> None:
    result = analyse_language(document_of(TEXT))
    assert {m.sector for m in result.mentions} == {"tourism", "aerospace"}
    assert len(result.sentences) == 2
    assert [p.region for p in result.places] == ["Yorkshire and the Humber"]
    assert [a.kind for a in result.actors] == ["partnership"]


def test_an_empty_document_has_nothing_to_say() -> None:
    result = analyse_language(document_of(""))
    assert result.mentions == ()
    assert result.places == ()


def test_words_with_a_mark_are_parted_as_spacy_parts_them() -> None:
    tokenizer = load_pipeline().tokenizer
    assert isinstance(tokenizer, Tokenizer)
    plain = ["sectors", "Tourism", "AI", "ab", "x", "ok", "cannot", "etc", "Jan", "kg", "gonna"]
    words = [
        word + mark
        for word in (*plain, *(rule.rstrip(".") for rule in tokenizer.rules or {}))
        for mark in ("", ",", ";", ":", ".", ")", "?")
        if word.isalpha()
    ]
    alone = [[(token.idx, token.text) for token in tokenizer(word)] for word in words]
    assert list(part_words(tokenizer, words)) == alone


def test_a_missing_spacy_model_is_a_fault_of_usage() -> None:
    with pytest.raises(UsageError, match="not installed"):
        load_pipeline("no_such_model_anywhere")


def test_the_threshold_of_another_sense_model_is_obeyed() -> None:
    nothing = SenseModel(threshold=1.0, weights={})
    everything = SenseModel(threshold=0.0, weights={})
    text = "The open street has retail and energy and space."
    assert parse(document_of(text), senses=nothing).spans == ()
    assert len(parse(document_of(text), senses=everything).spans) >= 3


def test_a_damaged_sense_model_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "senses_model.json"
    broken.write_text('{"threshold": "high"}', encoding="utf-8")
    with pytest.raises(FileFault, match=r"senses_model\.json"):
        shipped_senses(broken)


def test_plurals_meet_their_singular_and_nothing_else() -> None:
    assert word_key("Industries") == "industry"
    assert word_key("farming") == "farming"
    assert word_key("engineering") == "engineering"
    assert word_key("&") == "and"


def test_a_word_in_capitals_keeps_them_in_a_term() -> None:
    assert term_keys("IT services") == ["=IT", "service"]
    assert term_keys("low-carbon") == ["low", "carbon"]


def test_the_trie_takes_the_longest_term_and_goes_on_behind_it() -> None:
    trie = TokenTrie([("steel", 1), ("iron and steel", 2), ("steel works", 3)])
    doc = load_pipeline().make_doc("Iron & steel works and steel.")
    words = words_of(doc, frozenset(), frozenset())
    assert [(a, b, found) for a, b, found in trie.longest(words)] == [(0, 3, [2]), (5, 6, [1])]


def test_a_run_without_white_space_costs_no_more_than_its_length() -> None:
    text = "Tourism is a strong industry. " + "(" * 60_000 + " Aerospace companies grow."
    parsed = parse(document_of(text))
    assert [text[s.start : s.end] for s in parsed.spans] == ["Tourism", "Aerospace"]
