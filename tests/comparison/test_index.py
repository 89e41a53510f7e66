from __future__ import annotations

import numpy as np

from stratlint.comparison import index as index_module
from stratlint.comparison.index import Index, near_shared, sampled, shared_runs
from stratlint.comparison.tokens import tokenise
from tests.comparison.made_up import filler


def test_copied_text_makes_a_candidate_and_nothing_else_does() -> None:
    texts = [filler(seed, 60) for seed in range(12)]
    texts[7] += " " + texts[2][:2000]
    found = shared_runs(tokenise(text) for text in texts)
    assert [(pair.a, pair.b) for pair in found] == [(2, 7)]
    assert found[0].shared > 20


def test_sampling_by_content_keeps_the_same_runs_of_a_copy() -> None:
    text = filler(1, 80)
    alone, _ = sampled(tokenise(text))
    within, at = sampled(tokenise(filler(2, 9) + " " + text))
    assert set(alone.tolist()) <= set(within.tolist())
    assert at.size == within.size
    assert 0.15 < alone.size / len(tokenise(text)) < 0.35


def test_text_that_everybody_holds_still_links_everybody() -> None:
    template = filler(3, 20)
    many = index_module.ENUMERATED_HOLDERS + 6
    found = shared_runs(tokenise(f"{filler(100 + i, 3)} {template}") for i in range(many))
    linked = {pair.b for pair in found if pair.a == 0}
    assert linked == set(range(1, many))
    assert len(found) < 2 * many


def test_an_empty_index_has_no_candidates() -> None:
    assert Index().candidates() == ()
    assert shared_runs([tokenise(""), tokenise("a b")]) == ()


def test_words_near_a_shared_run() -> None:
    shared = "one two three four five six seven"
    a = tokenise(f"{filler(5, 3)} {shared} {filler(6, 3)}")
    b = tokenise(f"{filler(7, 2)} {shared}")
    near_a, near_b = near_shared(a, b, margin=2)
    assert np.flatnonzero(near_a).tolist() == list(range(3 * 14 - 2, 3 * 14 + 7 + 2))
    assert int(near_b.sum()) == 9
