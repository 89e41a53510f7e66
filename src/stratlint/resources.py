"""Folders of this program: the knowledge that analysts edit, and what is kept between runs."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_dir(name: str) -> Path:
    """The folder ``rules``, ``corpora`` or ``reports``.

    A wheel carries them under ``stratlint/_data``; in a checkout they stand at the top.
    Raises FileNotFoundError when neither is there, which means a broken installation.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"stratlint's folder '{name}' is missing: reinstall stratlint")


def cache_dir() -> Path:
    """``STRATLINT_CACHE_DIR``, or the platform's cache directory; it need not be there."""
    folder = os.environ.get("STRATLINT_CACHE_DIR")
    if not folder:
        import platformdirs

        folder = platformdirs.user_cache_dir("stratlint", appauthor=False)
    return Path(folder)


def real(path: Path) -> Path:
    """A path with its links followed as far as they lead.

    ``Path.resolve`` raises for a link that leads to itself, RuntimeError or OSError by version.
    """
    return Path(os.path.realpath(path))
