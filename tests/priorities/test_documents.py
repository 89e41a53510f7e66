"""Priorities of whole documents: the modelled corpus exactly, real ones to the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from stratlint.documents import read
from stratlint.language import analyse_language
from stratlint.priorities import rank_priorities

if TYPE_CHECKING:
    from pathlib import Path


def priorities_of(path: Path) -> set[str]:
    document = read(path)
    language = analyse_language(document)
    return {
        p.sector
        for p in rank_priorities(
            document, language.sentences, language.mentions, language.declarations
        )
    }


def test_modelled_strategies_get_what_their_authors_declared(corpus_dir: Path) -> None:
    gold: dict[str, Any] = yaml.safe_load((corpus_dir / "gold.yaml").read_text())["priorities"]
    assert len(gold) == 9
    for slug, row in gold.items():
        found = priorities_of(corpus_dir / f"{slug}.pdf")
        assert found - set(row.get("optional", ())) == set(row["sectors"]), slug


@pytest.mark.shared
def test_real_documents_reach_the_floor(shared: Path) -> None:
    rows = yaml.safe_load((shared / "data" / "gold" / "documents.yaml").read_text())
    hit = wrong = lost = 0
    for row in rows:
        found = priorities_of(shared / "data" / row["file"])
        wanted = set(row["priorities"])
        hit += len(found & wanted)
        wrong += len(found - wanted - set(row["optional"]))
        lost += len(wanted - found)
        assert wanted or not found, row["file"]
    assert 2 * hit / (2 * hit + wrong + lost) >= 0.80
