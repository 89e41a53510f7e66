"""What holds of any text: an alignment seen from either side, a fingerprint after a new layout."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.comparison import align, find_passages
from stratlint.comparison.passages.fingerprints import fingerprint, runs_of, unpack
from stratlint.comparison.passages.fragments import AlignOptions
from stratlint.comparison.passages.index import candidates_of
from stratlint.comparison.passages.shadows import Shadow, match_shadows
from stratlint.comparison.passages.tokens import tokenise
from stratlint.records import Alignment, Span
from stratlint.rules import fingerprint as finding_fingerprint
from tests.comparison.made_up import HARBOUR, document, filler

seeds = st.integers(0, 10_000)
lengths = st.integers(0, 25)


@st.composite
def copied(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts that share one passage, somewhere, with a word or two changed."""
    passage = filler(draw(seeds) + 50_000, draw(st.integers(3, 8))).split()
    other = list(passage)
    for _ in range(draw(st.integers(0, 2))):
        other[draw(st.integers(0, len(other) - 1))] = "changed"
    texts = []
    for side, words in ((100_000, passage), (200_000, other)):
        before = filler(side + draw(seeds), draw(lengths))
        after = filler(side + 50_000 + draw(seeds), draw(lengths))
        texts.append(f"{before} {' '.join(words)} {after}".strip())
    return texts[0], texts[1]


def turned(found: tuple[Alignment, ...]) -> set[tuple[int, int, int, int]]:
    return {(i.b_start, i.b_end, i.a_start, i.a_end) for i in found}


def spans(found: tuple[Alignment, ...]) -> set[tuple[int, int, int, int]]:
    return {(i.a_start, i.a_end, i.b_start, i.b_end) for i in found}


def overlap(a: Span, b: Span) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / max(1, a[1] - a[0], b[1] - b[0])


@settings(max_examples=40, deadline=None)
@given(copied())
def test_a_copy_is_the_same_from_either_side(pair: tuple[str, str]) -> None:
    # A summary is of the whole other text, so that alone has a direction.
    plain = AlignOptions(summaries=False)
    one, two = align(*pair, options=plain), turned(align(*pair[::-1], options=plain))
    # Borders of an edited copy are set on one side first; they may differ by some words.
    for a0, a1, b0, b1 in spans(one):
        assert any(
            overlap((a0, a1), (c0, c1)) > 0.6 and overlap((b0, b1), (d0, d1)) > 0.6
            for c0, c1, d0, d1 in two
        )
    assert len(one) == len(two)


@settings(max_examples=40, deadline=None)
@given(copied())
def test_alignments_lie_within_their_texts(pair: tuple[str, str]) -> None:
    for item in align(*pair):
        assert 0 <= item.a_start < item.a_end <= len(pair[0])
        assert 0 <= item.b_start < item.b_end <= len(pair[1])
        assert item.words > 0


@settings(max_examples=30, deadline=None)
@given(copied(), seeds)
def test_the_order_of_documents_changes_no_pair(pair: tuple[str, str], seed: int) -> None:
    texts = [*pair, filler(seed + 90_000, 30)]
    forth = {(c.a, c.b) for c in candidates_of(map(tokenise, texts))}
    back = {(2 - c.b, 2 - c.a) for c in candidates_of(map(tokenise, texts[::-1]))}
    assert forth == back


@settings(max_examples=25, deadline=None)
@given(seeds, lengths, lengths)
def test_a_passage_keeps_its_name_wherever_it_stands(seed: int, before: int, after: int) -> None:
    passage = HARBOUR.format(place="Northport")
    plain = find_passages(
        [document("a", passage, year=2001), document("b", passage, filler(seed, 9))]
    )
    moved = find_passages(
        [
            document("a", filler(seed + 20_000, before + 4), passage, year=2001),
            document("b", filler(seed + 30_000, after + 4), passage),
        ]
    )
    assert {p.id for p in plain.passages} == {p.id for p in moved.passages}


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.data())
def test_a_finding_keeps_its_fingerprint_in_a_new_layout(subject: str, data: st.DataObject) -> None:
    spaces = data.draw(st.lists(st.sampled_from([" ", "\n", "  ", " \t"]), min_size=1, max_size=9))
    words = subject.split()
    laid_out = "".join(w + spaces[i % len(spaces)] for i, w in enumerate(words))
    assert finding_fingerprint("SB001", subject) == finding_fingerprint("SB001", laid_out)


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 12))
def test_a_document_s_fingerprint_does_not_depend_on_its_line_ends(seed: int, width: int) -> None:
    words = filler(seed, 12).split()
    lines = [" ".join(words[i : i + width]) for i in range(0, len(words), width)]
    one, other = document("a", " ".join(words)), document("a", "\n".join(lines))
    first, second = fingerprint(one), fingerprint(other)
    assert first.runs == second.runs
    assert first.total == second.total == runs_of(one).runs.size
    assert sum(unpack(packed).size for packed in first.runs.values()) <= first.total


@settings(max_examples=15, deadline=None)
@given(seeds, lengths)
def test_a_copied_passage_is_found_in_a_document_without_text(seed: int, before: int) -> None:
    held = document("held", filler(seed, 8), HARBOUR.format(place="Northport"), year=2004)
    shadow = Shadow(document=held, fingerprint=fingerprint(held))
    draft = document("draft", filler(seed + 9, before + 4), HARBOUR.format(place="Northport"))
    (found,) = match_shadows(draft, [shadow], {})
    own = next(h for h in found.holdings if h.document == "draft").quotation
    # A three-byte hash now and then answers falsely just outside: borders may lie a sentence off.
    start = draft.text.index("The partnership")
    assert own.start <= start < own.end
    assert own.end >= len(draft.text) - 2
    assert overlap((own.start, own.end), (start, len(draft.text))) > 0.6
