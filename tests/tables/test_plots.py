"""Pictures of a result: axes of matplotlib that show what the frames hold."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from stratlint.errors import UsageError
from stratlint.records import AuditResult
from stratlint.tables import frames
from stratlint.tables.plots import Plots

plt = pytest.importorskip("matplotlib.pyplot", reason="needs stratlint[plot]: matplotlib")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    plt.switch_backend("Agg")
    yield
    plt.close("all")


def _words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def _down(ax: Any) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_every_picture_takes_axes_and_gives_them_back(result: AuditResult) -> None:
    region = result.analyses[0].name
    for name, method in inspect.getmembers(result.plot, inspect.ismethod):
        if name.startswith("_"):
            continue
        given = {"region": region} if name == "keyness" else {}
        _, ax = plt.subplots()
        assert method(**given, ax=ax) is ax
        made = method(**given)
        assert made is not ax
        assert made.get_title(loc="left")
        made.figure.canvas.draw()


def test_the_matrix_has_sectors_down_and_a_rank_in_each_choice(result: AuditResult) -> None:
    ax = result.plot.matrix()
    chosen = frames.matrix(result).dropna(subset=["rank"])
    ranks = [word for word in _words(ax) if "." not in word]
    assert sorted(ranks) == sorted(str(rank) for rank in chosen["rank"])
    assert len(ax.get_xticklabels()) == len(result.analyses)
    assert set(chosen["sector_name"]) <= set(_down(ax))


def test_popularity_has_the_longest_bar_first_and_counts_the_weak(result: AuditResult) -> None:
    ax = result.plot.popularity(most=5)
    frame = frames.popularity(result).head(5)
    others, weak = ([bar.get_width() for bar in part] for part in ax.containers)
    total = [a + b for a, b in zip(others, weak, strict=True)]
    assert total == frame["documents"].tolist()
    assert sum(weak) <= frames.popularity(result)["below_1"].sum()


def test_claim_against_strength_has_a_point_for_each_sure_choice(result: AuditResult) -> None:
    ax = result.plot.claim_vs_strength(named=3)
    matrix = frames.matrix(result).dropna(subset=["rank", "lq"])
    sure = matrix[matrix["lq_reliable"]]
    points = sorted(float(x) for part in ax.collections for x in part.get_offsets()[:, 0])
    assert points == pytest.approx(sorted(sure["lq"]), abs=1e-4)
    assert len(_words(ax)) == min(3, int((sure["lq"] < 1).sum()))


def test_similarity_shows_each_pair_once_by_any_measure(result: AuditResult) -> None:
    frame = frames.similarity(result)
    for measure in ("jaccard", "text"):
        ax = result.plot.similarity(measure=measure)
        assert sorted(_words(ax)) == sorted(f"{value:.2f}" for value in frame[measure])
    with pytest.raises(ValueError, match="no measure 'cosine'; there are jaccard"):
        result.plot.similarity(measure="cosine")


def test_keyness_has_the_words_of_one_document(result: AuditResult) -> None:
    region = result.analyses[1].name
    frame = frames.keyness(result)
    own = frame[frame["region"] == region].sort_values("z", ascending=False)
    ax = result.plot.keyness(region, most=4)
    assert _down(ax) == own["word"].head(4).tolist()
    assert str(own["count"].iloc[0]) in _words(ax)[0]
    by_file = result.plot.keyness(result.analyses[1].document.source, most=4)
    assert _down(by_file) == _down(ax)
    assert _down(result.plot.keyness(region.upper(), most=4)) == _down(ax)
    with pytest.raises(ValueError, match=f"no document 'Atlantis'; there are .*{region}"):
        result.plot.keyness("Atlantis")


def test_strange_names_are_no_formulas(hostile: AuditResult) -> None:
    for name in ("matrix", "popularity", "claim_vs_strength", "similarity"):
        getattr(hostile.plot, name)().figure.canvas.draw()


def test_nothing_to_show_is_an_empty_picture(empty: AuditResult) -> None:
    for name in ("matrix", "popularity", "claim_vs_strength", "similarity"):
        getattr(empty.plot, name)().figure.canvas.draw()


def test_without_matplotlib_the_extra_is_named(
    result: AuditResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        "stratlint.tables.plots.find_spec",
        lambda name: None if name == "matplotlib" else known(name),
    )
    with pytest.raises(UsageError, match=r"pip install 'stratlint\[plot\]'"):
        result.plot  # noqa: B018


def test_the_list_of_pictures_is_what_there_is(result: AuditResult) -> None:
    said = repr(result.plot)
    assert all(name in said for name in vars(Plots) if not name.startswith("_"))


def test_a_document_without_key_words_says_so(result: AuditResult) -> None:
    comparison = result.comparison
    assert comparison is not None
    bare = msgspec.structs.replace(
        result, comparison=msgspec.structs.replace(comparison, keywords=())
    )
    ax = bare.plot.keyness(result.analyses[0].name)
    assert _words(ax) == ["no word occurs often enough to mark it off"]
