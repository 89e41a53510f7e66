"""Links out of a corpus, and names of one region that are written in two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.run.corpus import load_corpus
from stratlint.run.regions import spelt_as_measured


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "c"
    (made / "sub").mkdir(parents=True)
    (made / "inside.md").write_text("# Here\n", encoding="utf-8")
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (made / "out.md").symlink_to(tmp_path / "secret.md")
    (made / "sub" / "in.md").symlink_to(made / "inside.md")
    return made


def test_a_folder_leaves_out_links_that_lead_out_of_it_and_says_so(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert [entry.source for entry in corpus.entries] == ["inside.md", "sub/in.md"]
    assert any(w.startswith("out.md: a link out of") for w in corpus.warnings)


def test_only_links_out_of_a_folder_are_no_corpus(folder: Path) -> None:
    (folder / "inside.md").unlink()
    (folder / "sub" / "in.md").unlink()
    with pytest.raises(UsageError, match="no document here"):
        load_corpus(folder)


def test_a_manifest_refuses_a_link_out_of_its_folder(folder: Path) -> None:
    (folder / "manifest.yaml").write_text("documents: [{file: out.md}]\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"'out\.md' is a link out"):
        load_corpus(folder)


def test_a_linked_corpus_is_a_corpus(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert [entry.source for entry in load_corpus(link).entries] == ["inside.md", "sub/in.md"]


def test_capitals_spaces_and_ways_to_write_a_letter_make_no_second_region(tmp_path: Path) -> None:
    names = ["Cornwall", "cornwall", "CORNWALL ", "Île de Wight", "I\u0302le  de wight"]
    lines = "".join(f"  - {{file: {n}.md, region: '{name}'}}\n" for n, name in enumerate(names))
    (tmp_path / "manifest.yaml").write_text("documents:\n" + lines, encoding="utf-8")
    corpus = spelt_as_measured(load_corpus(tmp_path), ("South West",))
    regions = [entry.region for entry in corpus.entries]
    assert regions == ["Cornwall"] * 3 + ["Île de Wight"] * 2
