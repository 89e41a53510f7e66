"""Footnotes of Markdown: their markers leave the text, their words stand outside the body."""

from __future__ import annotations

from pathlib import Path

from stratlint.documents import read
from stratlint.language.pipeline import parse
from stratlint.records import Document

PLAN = """# Our plan[^1]

We will support aerospace[^1] and life sciences[^Ons].[^2] No note is [^a-z], see [the site][s].

[^1]: Port survey, 2005,
second part.
[^ons]: https://example.org/figures

    A second paragraph of [the note][s].

```
[^3]: code
```

Glass follows.

[^2]: Board paper.

[s]: https://example.org
"""


def _read(tmp_path: Path, text: str) -> tuple[Document, list[tuple[str, str]]]:
    path = tmp_path / "plan.md"
    path.write_text(text, encoding="utf-8")
    document = read(path)
    return document, [(b.role.value, document.block_text(i)) for i, b in enumerate(document.blocks)]


def test_definitions_become_footnotes_and_markers_leave_the_text(tmp_path: Path) -> None:
    document, blocks = _read(tmp_path, PLAN)
    assert document.title == "Our plan"
    assert blocks == [
        ("heading", "Our plan"),
        (
            "paragraph",
            "We will support aerospace and life sciences. No note is [^a-z], see the site.",
        ),
        ("paragraph", "[^3]: code"),
        ("paragraph", "Glass follows."),
        ("footnote", "Port survey, 2005, second part."),
        ("footnote", "https://example.org/figures"),
        ("footnote", "A second paragraph of the note."),
        ("footnote", "Board paper."),
    ]
    assert "Board paper" not in document.body
    assert len(document.notes) == 4


def test_sectors_with_markers_are_found(tmp_path: Path) -> None:
    document, _ = _read(tmp_path, PLAN)
    assert [document.text[s.start : s.end] for s in parse(document).spans] == [
        "aerospace",
        "life sciences",
    ]


def test_a_note_of_lists_and_headings_is_a_note(tmp_path: Path) -> None:
    _, blocks = _read(tmp_path, "Text.[^n]\n\n[^n]:\n    # Head\n\n    - item\n\n```\ncode\n```\n")
    assert blocks == [
        ("paragraph", "Text."),
        ("paragraph", "code"),
        ("footnote", "Head"),
        ("footnote", "item"),
    ]
