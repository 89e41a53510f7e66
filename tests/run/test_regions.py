"""A folder without a manifest: regions that the file's name does not tell come from the text."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from stratlint.language.pipeline import document_of
from stratlint.run.audit import audit
from stratlint.run.check import check_draft
from stratlint.run.corpus import Said, load_corpus
from stratlint.run.digesting import digest_of
from stratlint.run.regions import guess_region, spelt_as_measured
from tests.runs import inline

HERE = "# A plan for making\n\nPreston, Bolton, Blackpool, Burnley and Carlisle make things.\n"
ELSEWHERE = "# A plan for fishing\n\nThe harbours of Norrmark will land more fish by 2020.\n"


def test_the_text_tells_the_region_where_the_name_of_the_file_does_not(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(HERE, encoding="utf-8")
    (tmp_path / "SE_Norrmark_RIS3.md").write_text(ELSEWHERE, encoding="utf-8")
    (tmp_path / "south-west-plan.md").write_text(HERE, encoding="utf-8")
    result = audit(load_corpus(tmp_path), inline())
    regions = {a.document.source: a.document.region for a in result.analyses}
    assert regions == {
        "draft.md": "North West",
        "SE_Norrmark_RIS3.md": "Norrmark",
        "south-west-plan.md": "North West",
    }
    said = "\n".join(result.warnings)
    assert "draft.md: region recognised as North West" in said
    assert "SE_Norrmark_RIS3.md: no known region recognised" in said
    assert "south-west-plan.md: region recognised as North West" in said


def test_a_profile_knows_the_regions_that_an_audit_knows(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(HERE, encoding="utf-8")
    made = digest_of(load_corpus(tmp_path), inline())
    assert [entry.region for entry in made.digest.documents] == ["North West"]
    said = "\n".join(made.warnings)
    assert "no manifest.yaml" in said
    assert "draft.md: region recognised as North West" in said


def test_an_earlier_version_is_left_out_though_only_its_text_tells_the_region(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "older.md").write_text(HERE, encoding="utf-8")
    (folder / "SE_Norrmark_RIS3.md").write_text(ELSEWHERE, encoding="utf-8")
    draft = tmp_path / "new.md"
    draft.write_text(HERE + "\nWe will make more.\n", encoding="utf-8")
    result = check_draft(draft, inline(), against=folder)
    assert [a.document.source for a in result.analyses] == ["new.md", "SE_Norrmark_RIS3.md"]
    assert "older.md: of the draft's own region (North West)" in "\n".join(result.warnings)


def manifest_of(folder: Path, *regions: str) -> Path:
    """A corpus with a document for each region; '' names none."""
    folder.mkdir()
    lines = ["documents:"]
    for number, region in enumerate(regions):
        (folder / f"{number}.md").write_text(f"{HERE}\nThat was {number}.\n", encoding="utf-8")
        named = f", region: '{region}'" if region else ""
        lines.append(f"  - {{file: {number}.md, year: 2008{named}}}")
    (folder / "manifest.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_capitals_and_spaces_keep_no_region_from_its_figures(tmp_path: Path) -> None:
    corpus = load_corpus(manifest_of(tmp_path / "corpus", "south  west", "NORTH WEST"))
    assert [entry.region for entry in corpus.entries] == ["South West", "North West"]
    own = load_corpus(manifest_of(tmp_path / "own", "RURITANIA", "South West"))
    spelt = spelt_as_measured(own, ("Ruritania", "south west"))
    assert [entry.region for entry in spelt.entries] == ["Ruritania", "south west"]


def test_a_region_given_in_small_letters_leaves_its_earlier_version_out(tmp_path: Path) -> None:
    folder = manifest_of(tmp_path / "corpus", "London", "ruritania", "South East")
    for given, left in (("london", "0.md"), ("Ruritania", "1.md")):
        result = check_draft(
            _draft(tmp_path),
            inline(),
            Said(region=given),
            against=folder,
        )
        assert left not in {a.document.source for a in result.analyses}
        assert f"{left}: of the draft's own region" in "\n".join(result.warnings)


def test_an_audit_says_which_regions_have_no_figures(tmp_path: Path) -> None:
    corpus = load_corpus(manifest_of(tmp_path / "corpus", "Suth West", "", "Ruritania", "London"))
    result = audit(corpus, inline())
    assert result.warnings == (
        "no region is named for 1.md: its places and figures are not known",
        "0.md: no figures for the region 'Suth West'; did you mean 'South West'?",
        "no figures for Ruritania",
    )


def _draft(folder: Path) -> Path:
    path = folder / "draft.md"
    path.write_text(HERE, encoding="utf-8")
    return path


def test_the_region_is_the_one_most_places_speak_for() -> None:
    text = "Leeds and Sheffield grow. Hull trades. York and Bradford follow. London buys."
    region, why, _ = guess_region(document_of(text))[:3]
    assert region == "Yorkshire and the Humber"
    assert "5 of 6" in why


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("The North West Region", "Donegal, Sligo and Leitrim"),
        ("Enterprise in the South East", "Waterford, Wexford, Carlow and Kilkenny"),
        ("A plan for the South West", "Kerry and Cork"),
    ],
)
def test_a_region_of_ireland_is_none_of_england(title: str, places: str) -> None:
    text = f"{title} will grow. {places} share a coast. Firms in {places} export from Ireland. "
    assert guess_region(document_of(f"{title}\n\n{text * 3}")).region is None


def test_a_title_outweighs_a_few_places() -> None:
    document = msgspec.structs.replace(
        document_of("Our partners are in Leeds and in Hull."),
        title="An economic strategy for the North West",
    )
    assert guess_region(document)[0] == "North West"


@pytest.mark.parametrize(
    "text",
    [
        "No place at all.",
        "Leeds, Bristol, Norwich and Derby meet.",
        "The UK leads. The UK invests. The United Kingdom grows. A laboratory is in Cambridge.",
    ],
)
def test_no_region_rather_than_a_wrong_one(text: str) -> None:
    region, why, _ = guess_region(document_of(text))[:3]
    assert region is None
    assert why


_LONG = "The board will support small firms and their work in every parish. " * 400


def test_a_visit_to_a_place_makes_no_region_of_a_long_text() -> None:
    text = f"{_LONG} We visited Cambridge, Norwich and Ipswich."
    region, why, _ = guess_region(document_of(text))[:3]
    assert region is None
    assert why.startswith("only 3 places of East of England")


def test_a_long_text_that_opens_with_its_region_keeps_it() -> None:
    text = f"A strategy for the North West. {_LONG} We visited Preston."
    assert guess_region(document_of(text))[0] == "North West"


def test_another_place_in_the_name_of_the_file_wins() -> None:
    text = (
        "Norrmark grows. " * 12 + "Leeds, Hull, York, Bradford, Leeds, Hull, York and Leeds visit."
    )
    document = document_of(text)
    assert guess_region(document)[0] == "Yorkshire and the Humber"
    assert guess_region(document, named="Norrmark")[0] is None
    region, why, sure = guess_region(document, named="North East")[:3]
    assert region == "Yorkshire and the Humber", "a file name alone decides nothing"
    assert "the file's name says North East" in why
    assert sure == "low"
    for words in ("grows", "draft", "Leeds"):
        assert guess_region(document, named=words)[0] == "Yorkshire and the Humber", words


_CORRIDOR = "Chelmsford and Colchester grow; Basildon builds. London is near."


def test_a_region_in_the_file_name_needs_the_text_beside_it() -> None:
    region, why, _ = guess_region(document_of(_CORRIDOR), named="London")[:3]
    assert region == "East of England"
    assert why == "3 of 4 named places are in East of England; the file's name says London"
    region, why, _ = guess_region(document_of("Boats are built."), named="London")[:3]
    assert region is None
    assert why.endswith("the file's name alone says London")
    region, _, sure = guess_region(document_of(f"{_LONG} We visited Preston."), named="North West")[
        :3
    ]
    assert (region, sure) == ("North West", "low")
