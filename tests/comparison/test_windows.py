from __future__ import annotations

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.comparison.passages.fragments import AlignOptions
from stratlint.comparison.passages.index import Chain, Index, find_candidates
from stratlint.comparison.passages.ready import Texts, make_ready
from stratlint.comparison.passages.tokens import mask, tokenise
from stratlint.comparison.passages.windows import (
    MARGIN,
    Shared,
    WindowPair,
    align_windows,
    window_pair,
)
from tests.comparison.made_up import HARBOUR, document, filler

OPTIONS = AlignOptions(words=12, summaries=False)


def opened(*texts: str) -> tuple[Texts, WindowPair]:
    """Two documents, opened around the chains that they share."""
    texts_ = Texts([document(f"{n}.txt", text) for n, text in enumerate(texts)])
    index = Index()
    for number in range(len(texts)):
        index.add(texts_.ready(number).indexed)
    (pair,) = find_candidates(index)
    a, b = texts_.ready(0), texts_.ready(1)
    return texts_, window_pair(a, b, pair.chains, words=20, run=6, options=OPTIONS)


def test_a_window_holds_what_is_near_a_chain_and_tells_where_it_stands() -> None:
    copied = HARBOUR.format(place="Northport")
    first = f"{filler(1, 60)} {copied} {filler(2, 60)}"
    texts, pair = opened(first, f"{copied} {filler(3, 90)}")
    assert len(tokenise(pair.a.text)) < len(tokenise(copied)) + 3 * MARGIN
    (found,) = msgspec.msgpack.decode(align_windows(pair), type=tuple[Shared, ...])
    start, end = pair.a.place(found.a_start), pair.a.place(found.a_end - 1) + 1
    assert first[start:end] == copied == texts.ready(0).prepared.text[start:end]


def test_a_pair_of_windows_may_go_to_another_process() -> None:
    copied = HARBOUR.format(place="Northport")
    _, pair = opened(f"{filler(1, 60)} {copied}", f"{copied} {filler(3, 90)}")
    sent = msgspec.msgpack.decode(msgspec.msgpack.encode(pair), type=WindowPair)
    assert align_windows(sent) == align_windows(pair)
    assert sent.key() == pair.key()


def test_what_stands_far_away_changes_neither_the_key_nor_the_result() -> None:
    copied = HARBOUR.format(place="Northport")
    _, one = opened(f"{filler(1, 60)} {copied}", f"{copied} {filler(3, 90)}")
    moved = msgspec.structs.replace(
        one.a, origin=tuple((here, there + 70) for here, there in one.a.origin)
    )
    other = msgspec.structs.replace(one, a=moved)
    assert other.key() == one.key()
    assert align_windows(other) == align_windows(one)
    fewer = msgspec.structs.replace(one, chains=())
    assert fewer.key() != one.key()


def test_no_passage_goes_from_one_stretch_to_the_next() -> None:
    one, two = filler(21, 4), filler(22, 4)
    _, pair = opened(
        f"{one} {filler(1, 80)} {two} {filler(2, 30)}",
        f"{filler(5, 30)} {one} {two} {filler(6, 30)}",
    )
    assert len(pair.a.origin) == 2
    assert len(pair.b.origin) == 1
    found = msgspec.msgpack.decode(align_windows(pair), type=tuple[Shared, ...])
    lengths = [pair.a.place(item.a_end - 1) - pair.a.place(item.a_start) for item in found]
    assert sum(length >= len(one) - 2 for length in lengths) == 2
    assert max(lengths) < len(one) + 60


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_window_has_the_very_words_of_its_document(data: st.DataObject) -> None:
    alphabet = "ab C.7’é\n\n—)"
    text = data.draw(st.text(alphabet=alphabet, min_size=40, max_size=400))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    names = np.array(list(zip(cuts[::2], cuts[1::2], strict=False)), dtype=np.int64)
    names = names.reshape(-1, 2)
    ready = make_ready(document("a.txt", text), names, tokenise(text))
    if len(ready.indexed) < 3:
        return
    low = data.draw(st.integers(0, len(ready.indexed) - 2))
    chain = Chain(low, low + 1, low, low + 1, 99.0)
    pair = window_pair(ready, ready, [chain], words=20, run=6, options=OPTIONS)
    words = mask(tokenise(pair.a.text), pair.a.names, numbers=False)
    assert np.unique(words.stem).size == len(pair.a.counts) // 4
    for at in range(len(words)):
        start = pair.a.place(int(words.start[at]))
        assert start in ready.prepared.masked.start
