"""Shared text, similarity and fit between documents.

Names are loaded when they are first used: numpy and scipy take longer to import than a small
command takes to run.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratlint.comparison.passages.alignments import align as align
    from stratlint.comparison.passages.find import PassageOptions as PassageOptions
    from stratlint.comparison.passages.find import find_passages as find_passages
    from stratlint.comparison.passages.find import shared_passages as shared_passages
    from stratlint.comparison.statistics.contexts import concordance as concordance
    from stratlint.comparison.statistics.contexts import dispersion as dispersion
    from stratlint.comparison.together import compare as compare

_HOME = {
    "align": "passages.alignments",
    "compare": "together",
    "concordance": "statistics.contexts",
    "dispersion": "statistics.contexts",
    "PassageOptions": "passages.find",
    "find_passages": "passages.find",
    "shared_passages": "passages.find",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
