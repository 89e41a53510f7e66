from __future__ import annotations

import importlib.util
import math
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.comparison import align
from stratlint.comparison.passages.alignments import document_weight, sentence_weight
from stratlint.comparison.passages.names import NameIndex
from stratlint.comparison.passages.pairs import run_pairs
from stratlint.comparison.passages.tokens import Words, tokenise
from stratlint.records import Alignment, PassageKind, Span
from tests.comparison.made_up import HARBOUR, filler

PLACES = NameIndex(["Northport", "Great Wending"])


def names(words: Words) -> list[Span]:
    return PLACES.spans(words)


def only(found: tuple[Alignment, ...]) -> Alignment:
    assert len(found) == 1
    return found[0]


def test_a_copied_passage_is_found_to_the_character() -> None:
    passage = HARBOUR.format(place="Northport")
    a = f"{filler(1)} {passage} {filler(2)}"
    b = f"{filler(3, 4)}\n\n{passage}\n\n{filler(4, 20)}"
    found = only(align(a, b, names=names))
    assert a[found.a_start : found.a_end] == passage
    assert b[found.b_start : found.b_end] == passage
    assert found.kind is PassageKind.VERBATIM
    assert found.words == len(passage.split())


def test_a_swapped_place_is_told_from_an_edit() -> None:
    a = f"{filler(1)} {HARBOUR.format(place='Northport')} {filler(2)}"
    b = f"{filler(3)} {HARBOUR.format(place='Great Wending')} {filler(4)}"
    assert only(align(a, b, names=names)).kind is PassageKind.PLACE_SWAPPED
    edited = HARBOUR.format(place="Northport").replace("young firms", "new companies")
    edited = edited.replace("patient money", "slow capital").replace("will follow", "follow")
    c = f"{filler(3)} {edited} {filler(4)}"
    assert only(align(a, c, names=names)).kind is PassageKind.EDITED


def test_a_changed_figure_is_an_edit_and_no_swapped_place() -> None:
    sentence = HARBOUR.format(place="Northport") + " In all 450 people will be employed there."
    a = f"{filler(1)} {sentence}"
    b = f"{filler(3)} {sentence.replace('450', '620')}"
    assert only(align(a, b, names=names)).kind is PassageKind.EDITED


def test_a_passage_with_words_changed_throughout_is_found() -> None:
    generator = random.Random(4)
    source = filler(20, 8)
    words = source.split()
    for at in range(0, len(words), 4):
        words[at] = generator.choice(["pewter", "saffron", "cobble"])
    copied = " ".join(words)
    a, b = f"{filler(1, 30)} {copied} {filler(2, 30)}", f"{filler(5, 10)} {source}"
    found = only(align(a, b))
    assert abs(found.a_start - a.index(copied)) < 40
    assert abs(found.a_end - a.index(copied) - len(copied)) < 40
    assert found.kind is PassageKind.EDITED


def test_texts_on_their_own_share_nothing() -> None:
    assert align(filler(1, 60), filler(2, 60)) == ()
    assert align("", "words") == ()


def test_the_order_of_the_texts_does_not_matter_to_a_copy() -> None:
    passage = HARBOUR.format(place="Northport")
    a, b = f"{filler(1)} {passage}", f"{passage} {filler(2)}"
    there, back = only(align(a, b)), only(align(b, a))
    assert (there.a_start, there.a_end) == (back.b_start, back.b_end)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "least"),
    [("02-no-obfuscation", 0.95), ("04-translation-obfuscation", 0.88)],
)
def test_pairs_with_known_borders(shared: Path, folder: str, least: float) -> None:
    spec = importlib.util.spec_from_file_location("scorer", shared / "score" / "alignment.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    corpus = shared / "data/reuse/pan13-train-sample"
    lines = (corpus / folder / "pairs").read_text(encoding="utf-8").splitlines()[:30]
    pairs = [tuple(line.split()) for line in lines]
    named = [(f"susp/{a}", f"src/{b}") for a, b in pairs]
    rows = run_pairs(named, _texts(named, corpus))
    items = []
    for (a, b), row in zip(pairs, rows, strict=True):
        xml = (corpus / folder / f"{a[:-4]}-{b[:-4]}.xml").read_text(encoding="utf-8")
        items.append((scorer.truth_spans(xml), [tuple(span) for span in row["alignments"]]))
    assert scorer.plagdet(items)["plagdet"] >= least


def _texts(pairs: list[tuple[str, str]], root: Path) -> dict[str, str]:
    return {name: (root / name).read_text("utf-8") for pair in pairs for name in pair}


@pytest.mark.shared
def test_pairs_without_shared_text_stay_silent(shared: Path) -> None:
    corpus = shared / "data/reuse/pan13-train-sample"
    lines = (corpus / "01-no-plagiarism" / "pairs").read_text(encoding="utf-8").splitlines()
    pairs = [(f"susp/{line.split()[0]}", f"src/{line.split()[1]}") for line in lines]
    assert [row["a"] for row in run_pairs(pairs, _texts(pairs, corpus)) if row["alignments"]] == []


def test_text_without_a_single_stop_is_aligned_as_well() -> None:
    def bare(seed: int, sentences: int) -> str:
        return filler(seed, sentences).replace(".", "").lower()

    passage = bare(50, 20)
    a, b = f"{bare(1, 30)} {passage} {bare(2, 30)}", f"{bare(3, 30)} {passage} {bare(4, 9)}"
    found = only(align(a, b))
    # A word that happens to stand before both copies cannot be told from the passage.
    assert passage in a[found.a_start : found.a_end]
    assert len(a[found.a_start : found.a_end]) < len(passage) + 20
    assert b[found.b_start : found.b_end] == a[found.a_start : found.a_end]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["mill", "The", "port", ".", "\n\n", "1,2", "“", "é", "Œ", "😀"])),
    st.lists(st.sampled_from(["mill", "The", "port", ".", "\n\n", "1,2", "“", "é", "Œ", "😀"])),
)
def test_spans_always_lie_within_their_texts(first: list[str], second: list[str]) -> None:
    a, b = " ".join(first) + HARBOUR, HARBOUR + " ".join(second)
    for found in align(a, b):
        assert 0 <= found.a_start < found.a_end <= len(a)
        assert 0 <= found.b_start < found.b_end <= len(b)


def test_idf_is_counted_over_sentences_or_documents() -> None:
    texts = [tokenise("A mill stands here. A port stands there."), tokenise("The mill burns.")]
    asked = tokenise("mill stands port nothing").key
    over_sentences = sentence_weight(texts).of(asked).tolist()
    assert over_sentences == pytest.approx([math.log(1.5), math.log(1.5), math.log(3), math.log(3)])
    over_documents = document_weight(texts).of(asked).tolist()
    assert over_documents == pytest.approx([0.0, math.log(2), math.log(2), math.log(2)])
    assert sentence_weight([]).of(asked).tolist() == [0.0] * 4
