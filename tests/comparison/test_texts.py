from __future__ import annotations

import numpy as np
import pytest

from stratlint.comparison import concordance, dispersion
from stratlint.comparison.statistics.contexts import deviation_of_proportions
from stratlint.comparison.statistics.texts import (
    chapters_of,
    cosine_table,
    count_chapters,
    count_corpus,
    count_matrix,
    count_words,
    distinctiveness,
    interchangeability,
    masked_body,
    tfidf,
)
from stratlint.records import Role
from tests.comparison.made_up import document, filler


def test_names_and_contents_are_blanked_with_offsets_kept() -> None:
    made = document("a", "Mills 3", "Northport weaves wool.", roles=(Role.CONTENTS, Role.PARAGRAPH))
    at = made.text.index("Northport")
    body = masked_body(made, [(at, at + 9)])
    assert len(body) == len(made.text)
    assert body.split() == ["weaves", "wool."]


def test_likeness_and_distinctiveness() -> None:
    texts = ["mill weaver loom mill", "mill weaver loom", "ferry harbour jetty", ""]
    matrix, words = count_matrix(count_words(texts))
    assert words == sorted(words)
    rows = tfidf(matrix)
    table = cosine_table(rows)
    assert table[0, 1] > 0.9
    assert table[0, 2] == 0.0
    apart = distinctiveness(rows)
    assert apart[2] == pytest.approx(1.0)
    assert apart[0] < 0.5


def test_own_words_give_a_document_away_and_shared_words_do_not() -> None:
    def chapter(stem: str, seed: int) -> str:
        return " ".join(f"{stem}{(seed * 7 + k) % 15}x" for k in range(60))

    def letters(text: str) -> str:
        return text.translate(str.maketrans("0123456789", "abcdefghij"))

    own = [[letters(chapter(name, s)) for s in range(6)] for name in ("mill", "port", "farm")]
    told = interchangeability(["a", "b", "c"], count_corpus(map(count_chapters, own)))
    assert [item.share for item in told] == [0.0, 0.0, 0.0]
    same = [[filler(100 * d + s, 5) for s in range(8)] for d in range(4)]
    unclear = interchangeability(list("abcd"), count_corpus(map(count_chapters, same)))
    traced = sum(item.right for item in unclear) / sum(item.chapters for item in unclear)
    assert traced < 0.6
    assert unclear[0].chance == pytest.approx(0.25)


def test_chapters_begin_at_blocks_and_cover_the_body() -> None:
    made = document("a", *[filler(seed, 10) for seed in range(9)])
    chapters = chapters_of(made, made.body, words=300)
    assert "".join(chapters) == made.body
    assert all(len(chapter.split()) >= 300 for chapter in chapters[:-1])
    assert chapters_of(document("b", ""), "") == []


def test_a_term_is_shown_in_its_surroundings() -> None:
    made = document("a", "The old Mill stands. A new\nmill house, no windmill.", "Mill end.")
    lines = concordance(made, "mill", width=8)
    assert [line.keyword for line in lines] == ["Mill", "mill", "Mill"]
    assert lines[0].left == "The old"
    assert lines[0].right == "stands. "
    assert lines[1].page == "vii"
    assert [line.start for line in concordance(made, "new mill")] == [made.text.index("new")]
    with pytest.raises(ValueError, match="empty"):
        concordance(made, " ")


def test_dispersion_is_nought_for_an_even_term_and_high_for_a_crowded_one() -> None:
    even = document("a", " ".join(["mill and barn and yard and"] * 100))
    assert dispersion(even, "mill").dp < 0.05
    crowded = document("b", "mill " * 20 + "and " * 2000)
    found = dispersion(crowded, "mill")
    assert found.dp_normalised == pytest.approx(1.0)
    assert found.occurrences == 20
    assert dispersion(crowded, "ferry").dp == 0.0
    # Gries (2008), his first example: five equal parts, counts 1 2 3 4 5.
    assert deviation_of_proportions([1, 2, 3, 4, 5], [1] * 5) == pytest.approx(0.2)


def test_tfidf_is_what_scikit_learn_computes() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text")
    matrix, _ = count_matrix(count_words([filler(1), filler(2), filler(1) + filler(3), ""]))
    expected = text.TfidfTransformer(sublinear_tf=True).fit_transform(matrix).toarray()
    assert np.allclose(tfidf(matrix).toarray(), expected)
