from __future__ import annotations

import random

import numpy as np
import pytest

from stratlint.comparison.passages import index as index_module
from stratlint.comparison.passages.index import (
    Index,
    candidates_of,
    find_candidates,
    holds_shared_run,
    near,
)
from stratlint.comparison.passages.tokens import mask, tokenise
from tests.comparison.made_up import HARBOUR, filler


def test_copied_text_makes_a_candidate_and_nothing_else_does() -> None:
    texts = [filler(seed, 60) for seed in range(12)]
    texts[7] += " " + texts[2][:2000]
    (found,) = candidates_of(tokenise(text) for text in texts)
    assert (found.a, found.b) == (2, 7)
    longest = max(found.chains, key=lambda chain: chain.bits)
    assert (longest.a_start, longest.b_start) == (0, 60 * 14)
    assert longest.a_end - longest.a_start == longest.b_end - longest.b_start > 200


def test_a_phrase_of_common_words_makes_no_candidate_and_one_of_rare_words_does() -> None:
    common = "one of the best of all"
    rare = "quorn zibbel fandango merkin trulla vosk hummel pirrik"
    texts = [f"{filler(seed, 90)} {common}. " * 2 + filler(seed + 50, 90) for seed in range(6)]
    assert candidates_of(tokenise(text) for text in texts) == ()
    texts[1] += f" {rare}."
    texts[4] = f"{rare}. {texts[4]}"
    assert [(c.a, c.b) for c in candidates_of(map(tokenise, texts))] == [(1, 4)]


def test_an_edited_passage_with_its_places_swapped_is_one_chain() -> None:
    one = HARBOUR.format(place="Northport")
    other = HARBOUR.format(place="Stoke on Trent").replace("young firms", "small young firms")
    texts = [f"{filler(1, 40)} {one}", f"{other} {filler(2, 40)}", filler(3, 40)]
    masked = []
    for text, place in zip(texts, ("Northport", "Stoke on Trent", "absent"), strict=True):
        at = text.find(place)
        masked.append(mask(tokenise(text), [(at, at + len(place))] if at >= 0 else []))
    (found,) = candidates_of(masked)
    chain = max(found.chains, key=lambda chain: chain.bits)
    assert chain.b_start == 0
    assert chain.b_end - chain.b_start > 45


def test_names_and_numbers_alone_make_no_run() -> None:
    rows = " ".join(f"Leeds {n} Hull {n + 1}" for n in range(30))
    spans = [(at, at + 5) for at in range(len(rows)) if rows.startswith(("Leeds", "Hull "), at)]
    masked = [mask(tokenise(rows), spans)] * 2
    assert candidates_of(masked) == ()


def test_text_that_everybody_holds_still_links_everybody() -> None:
    template = filler(3, 20)
    many = index_module.ENUMERATED_HOLDERS + 6
    found = candidates_of(tokenise(f"{filler(100 + i, 3)} {template}") for i in range(many))
    linked = [{pair.a, pair.b} for pair in found]
    centre = set.intersection(*linked)
    assert len(centre) == 1
    assert set.union(*linked) == set(range(many))
    assert len(found) == many - 1


def test_pairs_of_the_first_document_are_those_of_all_with_it() -> None:
    texts = [filler(seed, 40) for seed in range(6)]
    texts[4] += " " + texts[0][300:1500]
    texts[5] += " " + texts[3][300:1500]
    index = Index()
    for text in texts:
        index.add(tokenise(text))
    found = list(find_candidates(index))
    assert [(c.a, c.b) for c in found] == [(0, 4), (3, 5)]
    assert list(find_candidates(index, of_first=True)) == found[:1]


def test_a_chance_run_counts_where_the_words_around_it_are_alike() -> None:
    run = "one of the best of all of that"
    told = "quorn zibbel fandango merkin trulla vosk hummel pirrik"
    edited = filler(9, 2)
    changed = " ".join(word if at % 3 else "pewter" for at, word in enumerate(edited.split()))
    texts = [
        f"{told} {filler(1, 30)} {run} {filler(2, 30)} {edited} {run} {filler(3, 9)}",
        f"{told} {filler(4, 30)} {run} {filler(5, 30)} {changed} {run} {filler(6, 9)}",
        filler(7, 60),
    ]
    (found,) = candidates_of(map(tokenise, texts))
    second = len(tokenise(f"{told} {filler(1, 30)} {run} {filler(2, 30)}"))
    weak = [chain for chain in found.chains if chain.bits < index_module.LEAST_BITS]
    assert weak
    assert all(chain.a_start >= second for chain in weak)


def test_an_index_in_parts_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [filler(seed, 40) for seed in range(9)]
    texts[8] += " " + texts[0][300:1500]
    texts[5] += " " + texts[4][300:1500]
    whole = candidates_of(map(tokenise, texts))
    assert [(c.a, c.b) for c in whole] == [(0, 8), (4, 5)]
    monkeypatch.setattr(index_module, "_SORTED_AT_ONCE", 500)
    monkeypatch.setattr(index_module, "_BLOCK", 2)
    assert candidates_of(map(tokenise, texts)) == whole


def test_an_empty_index_has_no_candidates() -> None:
    assert list(find_candidates(Index())) == []
    assert candidates_of([tokenise(""), tokenise("a b")]) == ()


def test_a_text_of_one_word_is_no_chain() -> None:
    assert candidates_of([tokenise("data " * 5000)] * 3) == ()


def test_planted_passages_are_found_at_any_place() -> None:
    chance = random.Random(4)
    texts = [filler(seed, 100).split() for seed in range(30)]
    planted = set()
    for number in range(1, 30, 2):
        start = chance.randrange(1200)
        passage = texts[number - 1][start : start + 60]
        at = chance.randrange(1300)
        texts[number][at:at] = passage
        planted.add((number - 1, number))
    found = {(c.a, c.b) for c in candidates_of(tokenise(" ".join(t)) for t in texts)}
    assert found == planted


def test_words_near_a_stretch() -> None:
    flags = near([(5, 7), (20, 30)], 25, 2)
    assert np.flatnonzero(flags).tolist() == [*range(3, 9), *range(18, 25)]
    assert not near([], 4, 2).any()


def test_a_run_in_common() -> None:
    shared = "one two three four five six"
    assert holds_shared_run(tokenise(f"{filler(5, 1)} {shared}"), tokenise(shared))
    assert not holds_shared_run(tokenise(filler(5, 3)), tokenise(shared))
