"""What was once said and was not so: each of these words is true now, or is not said."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint
from stratlint.cli import main
from stratlint.run.corpus import load_corpus
from stratlint.run.regions import without_figures, without_figures_word
from stratlint.workers.execution import InlineExecutor
from tests.comparison.made_up import filler
from tests.made import NORTH_EAST, SOUTH_WEST

SAID_AGAIN = "Mills will spin wool again along the river for makers of cloth and of felt. " * 70
EQUAL = {
    "one sentence again and again": SAID_AGAIN,
    "many sentences": "\n\n".join(filler(seed, 10) for seed in range(12)),
    "two equal halves": "\n\n".join(filler(seed, 10) for seed in (*range(6), *range(6))),
    "a text of one chapter": NORTH_EAST,
}


@pytest.mark.parametrize("text", EQUAL.values(), ids=EQUAL)
def test_of_three_equal_texts_nothing_is_of_one_alone(
    tmp_path: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """They were told as '0 % another's', as traced to their document, and as sharing nothing."""
    names = []
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / name))
    comparison = stratlint.compare(names)
    assert [fit.distinctiveness for fit in comparison.fits] == [0, 0, 0]
    assert {fit.interchangeability for fit in comparison.fits} <= {1, None}
    assert not comparison.statistics.get("interchangeability.traced")
    assert [sorted(h.document for h in p.holdings) for p in comparison.passages] == [
        ["a.md", "b.md", "c.md"]
    ]
    assert comparison.passages[0].joint
    assert main(["compare", *names]) == 0
    out = capfd.readouterr().out
    assert " 0%\n" not in out
    assert "0 shared passages" not in out
    if text is NORTH_EAST:
        assert "traced" not in out, "one chapter of each proves nothing"


@pytest.mark.parametrize(
    ("region", "measured", "said"),
    [
        ("South East", ("London", "South West"), None),
        ("South East", ("South East", "South West"), None),
        ("Suth East", ("South East",), "no figures for the region 'Suth East'; did you mean"),
        ("Suth East", ("London",), "no region 'Suth East'; did you mean 'South East'?"),
        ("Norrmark", ("Norrmarch",), "no figures for the region 'Norrmark'; did you mean"),
        ("Norrmark", ("London",), None),
    ],
)
def test_a_region_that_a_table_lacks_is_no_misspelling(
    region: str, measured: tuple[str, ...], said: str | None
) -> None:
    word = without_figures_word(region, measured)
    assert (word is None) if said is None else said in str(word)
    assert f"mean '{region}'" not in str(word)


@pytest.mark.parametrize("region", ["South East", "south  east", "SOUTH EAST OF ENGLAND"])
def test_a_corpus_whose_table_lacks_a_region_says_so_plainly(tmp_path: Path, region: str) -> None:
    (tmp_path / "a.md").write_text(SOUTH_WEST, encoding="utf-8")
    (tmp_path / "manifest.yaml").write_text(
        f"documents:\n  - {{file: a.md, region: {region}}}\n", encoding="utf-8"
    )
    (said,) = without_figures(load_corpus(tmp_path), ("London", "South West"))
    assert said == "no figures for South East"


@pytest.mark.parametrize("digest", [False, True], ids=["corpus", "digest"])
def test_an_unrelated_document_of_the_region_is_not_called_an_earlier_version(
    tmp_path: Path, digest: bool
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "transport.md").write_text("# Roads\n\n" + filler(5, 12), encoding="utf-8")
    (folder / "other.md").write_text(SOUTH_WEST, encoding="utf-8")
    (folder / "manifest.yaml").write_text(
        "documents:\n  - {file: transport.md, region: North East}\n"
        "  - {file: other.md, region: South West}\n",
        encoding="utf-8",
    )
    against = folder
    if digest:
        against = tmp_path / "corpus.json"
        assert main(["profile", str(folder), "-o", str(against), "-j", "1"]) == 0
    draft = tmp_path / "draft.md"
    draft.write_text(NORTH_EAST, encoding="utf-8")
    result = stratlint.check(
        draft, region="North East", against=against, executor=InlineExecutor(), cache=False
    )
    said = [warning for warning in result.warnings if "transport.md" in warning]
    assert len(said) == 1
    # What is known is the region; whether it is an earlier version, a person must say.
    assert "of the draft's own region (North East), so left out of the comparison" in said[0]
    assert "version" not in said[0].replace("; where it is an earlier version, see", "")
