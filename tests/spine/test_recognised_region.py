"""A folder without a manifest: regions that the file's name does not tell come from the text."""

from __future__ import annotations

from pathlib import Path

from stratlint.digest import make_profile
from stratlint.run.audit import audit_corpus
from stratlint.run.check import check_draft
from stratlint.run.corpus import load_corpus
from stratlint.run.regions import spelt_as_measured
from stratlint.run.settings import Settings
from stratlint.workers.execution import InlineExecutor

HERE = "# A plan for making\n\nPreston, Bolton, Blackpool, Burnley and Carlisle make things.\n"
ELSEWHERE = "# A plan for fishing\n\nThe harbours of Norrmark will land more fish by 2020.\n"


def test_the_text_tells_the_region_where_the_name_of_the_file_does_not(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(HERE, encoding="utf-8")
    (tmp_path / "SE_Norrmark_RIS3.md").write_text(ELSEWHERE, encoding="utf-8")
    (tmp_path / "south-west-plan.md").write_text(HERE, encoding="utf-8")
    result = audit_corpus(load_corpus(tmp_path), Settings(cache=False), executor=InlineExecutor())
    regions = {a.document.source: a.document.region for a in result.analyses}
    assert regions == {
        "draft.md": "North West",
        "SE_Norrmark_RIS3.md": "Norrmark",
        "south-west-plan.md": "South West",
    }
    said = "\n".join(result.warnings)
    assert "draft.md: region recognised as North West" in said
    assert "SE_Norrmark_RIS3.md: no known region recognised" in said
    assert "south-west-plan.md: region" not in said


def test_a_profile_knows_the_regions_that_an_audit_knows(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(HERE, encoding="utf-8")
    made = make_profile(load_corpus(tmp_path), Settings(cache=False), executor=InlineExecutor())
    assert [entry.region for entry in made.profile.documents] == ["North West"]
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
    result = check_draft(draft, Settings(cache=False), against=folder, executor=InlineExecutor())
    assert [a.document.source for a in result.analyses] == ["new.md", "SE_Norrmark_RIS3.md"]
    assert "older.md: an earlier version of this draft (North West)" in "\n".join(result.warnings)


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
            Settings(cache=False),
            region=given,
            against=folder,
            executor=InlineExecutor(),
        )
        assert left not in {a.document.source for a in result.analyses}
        assert f"{left}: an earlier version" in "\n".join(result.warnings)


def test_an_audit_says_which_regions_have_no_figures(tmp_path: Path) -> None:
    corpus = load_corpus(manifest_of(tmp_path / "corpus", "Suth West", "", "Ruritania", "London"))
    result = audit_corpus(corpus, Settings(cache=False), executor=InlineExecutor())
    assert result.warnings == (
        "no region is named for 1.md: its places and figures are not known",
        "0.md: no figures for the region 'Suth West'; did you mean 'South West'?",
        "no figures for Ruritania",
    )


def _draft(folder: Path) -> Path:
    path = folder / "draft.md"
    path.write_text(HERE, encoding="utf-8")
    return path
