"""Where the knowledge that analysts edit is found: installed, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """The folder ``rules``, ``corpora`` or ``reports``.

    A wheel carries them under ``stratlint/_data``; in a checkout they stand at the top.
    Raises FileNotFoundError when neither is there, which means a broken installation.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"stratlint's folder '{name}' is missing: reinstall stratlint")
