from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.comparison.passages import difference as difference_module
from stratlint.comparison.passages.difference import equal_stretches

WORDS = st.lists(st.integers(0, 6), max_size=40)


def by_difflib(a: list[int], b: list[int]) -> list[tuple[int, int, int]]:
    """Matching blocks of the standard library, blocks that follow on each other made one."""
    joined: list[tuple[int, int, int]] = []
    for i, j, n in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()[:-1]:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + n)
        else:
            joined.append((i, j, n))
    return joined


@given(WORDS, WORDS, st.integers(0, 40))
def test_equal_stretches_are_those_of_difflib(a: list[int], b: list[int], cut: int) -> None:
    b = [*a[:cut], *b, *a[cut:]]
    keys = np.array(a, dtype=np.uint64), np.array(b, dtype=np.uint64)
    assert equal_stretches(*keys) == by_difflib(a, b)


def test_one_word_over_and_over_is_compared_in_little_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(difference_module, "_MOST_PAIRS", 10)
    keys = np.full(30, 7, dtype=np.uint64)
    assert equal_stretches(keys, keys[:20]) == [(0, 0, 20)]
