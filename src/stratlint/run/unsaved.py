"""A draft that is not saved yet: what comes on standard input or stands in an editor."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stratlint.documents import SUPPORTED
from stratlint.errors import UsageError, shown
from stratlint.knowledge.yamlfile import nearest

TEXT = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml", ".txt"})
"""Endings of drafts that people write in an editor."""


@contextmanager
def unsaved(data: bytes, file: Path) -> Iterator[Path]:
    """A file for the workers that holds what ``file`` will hold; it goes when this ends.

    Its kind is told by the ending of ``file``, which need not be there.
    """
    with tempfile.TemporaryDirectory(prefix="stratlint-") as folder:
        path = Path(folder) / f"draft{file.suffix.lower()}"
        path.write_bytes(data)
        yield path


def must_have_an_ending(file: Path) -> None:
    """Raise UsageError for a name whose ending does not say how to read what it holds."""
    ending = file.suffix.lower()
    if ending in SUPPORTED:
        return
    known = ", ".join(sorted(SUPPORTED))
    close = nearest(ending, sorted(SUPPORTED)) if ending else None
    said = f"the ending '{shown(ending)}' is of no kind that is read" if ending else "has no ending"
    hint = f"; did you mean '{close}'?" if close else f" (known: {known})"
    raise UsageError(f"{shown(file)}: {said}{hint}")
