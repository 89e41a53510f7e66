"""The classifier of short texts: cases, fitting, figures by author left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import stratlint
from stratlint.errors import FileFault
from stratlint.language.commitment.short import read_short, shipped_short, write_short
from stratlint.training.short import fit_short, load_cases

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"aerospace": "aerospace", "tourism": "tourism", "textiles": "textiles"}
CHOSEN = ("Our wagon is hitched to {}.", "Here we plant our flag for {}.", "The crown goes to {}.")
LEFT = ("The old mill made {}.", "Our neighbours live by {}.", "Nobody spoke of {}.")


def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for source in ("first", "second"):
        for name, sector in NAMES.items():
            found += [
                {"text": t.format(name), "priorities": [sector], "source": source} for t in CHOSEN
            ]
            found += [{"text": t.format(name), "priorities": [], "source": source} for t in LEFT]
    return found


def test_a_model_learns_what_chooses_and_tells_what_each_author_would_get(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows()), encoding="utf-8")
    cases = load_cases(path)
    model = fit_short(cases)
    assert model.card["cases"] == len(cases)
    assert set(model.card["by source left out"]) == {"first", "second"}
    # Both authors write the same, so a model of one reads the other rightly.
    assert model.card["by source left out"]["first"]["precision"] == 1.0
    written = tmp_path / "model.json"
    written.write_text(write_short(model), encoding="utf-8")
    assert read_short(written) == model


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"text": "a", "priorities": []}\n{"text": 1}\n', encoding="utf-8")
    with pytest.raises(FileFault, match=r":2: not a case"):
        load_cases(path)


def test_the_shipped_model_reads_words_that_no_frame_knows(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("We have married ceramics, for richer and for poorer.", encoding="utf-8")
    assert {p.sector for p in stratlint.analyse(path).priorities} == {"ceramics_glass"}
    assert 0.4 < shipped_short().threshold < 0.8


def test_it_leaves_alone_what_others_choose_and_what_is_praised(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    for text in (
        "Our neighbours across the river chose ceramics years ago.",
        "The town has a strong ceramics industry that employs 400 people.",
    ):
        path.write_text(text, encoding="utf-8")
        assert not stratlint.analyse(path).priorities
