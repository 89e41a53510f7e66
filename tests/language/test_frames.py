"""The lexicon of frames: each entry's own examples, forms of verbs, and what the loader refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from stratlint.errors import FileFault
from stratlint.language.commitment.frames import FrameEntry, load_frames, regular_forms
from stratlint.language.commitment.statements import Statement, Statements
from stratlint.resources import data_dir
from stratlint.text.sentences import sentence_spans


class Named(NamedTuple):
    """A sector's name in an example."""

    start: int
    end: int
    sector: str = "sector"
    term: str = "sector"
    level: str = "label"
    probability: float = 1.0


def said(text: str) -> tuple[Statement, ...]:
    hits = [Named(m.start(), m.end()) for m in re.finditer("SECTOR", text)]
    return Statements(text, hits).of(list(sentence_spans(text)))


ENTRIES = load_frames().entries


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_a_frame_fires_in_its_example_and_stays_silent_in_the_other(entry: FrameEntry) -> None:
    assert any(s.frame == entry.name and s.members for s in said(entry.fires)), entry.fires
    if entry.silent is not None:
        assert not any(s.frame == entry.name and s.members for s in said(entry.silent))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("target", ("targets", "targeted", "targeting")),
        ("prioritise", ("prioritises", "prioritised", "prioritising")),
        ("embody", ("embodies", "embodied", "embodying")),
        ("focus", ("focuses", "focused", "focusing")),
        ("launch", ("launches", "launched", "launching")),
    ],
)
def test_regular_verbs_have_all_their_forms(verb: str, forms: tuple[str, ...]) -> None:
    assert regular_forms(verb) == forms


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"will be our concern"', '"{wishes} for"', "there is no set '{wishes}'"),
        ('"will be our concern"', '".. for"', "must begin and end with a word"),
    ],
)
def test_a_fault_in_the_file_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (data_dir("rules") / "language" / "frames.yaml").read_text()
    path = tmp_path / "frames.yaml"
    path.write_text(text.replace('"come~ first"', old, 1).replace(old, new, 1))
    with pytest.raises(FileFault, match=re.escape(says)):
        load_frames(path)
