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
    from stratlint.comparison.statistics.adjusting import adjusted as adjusted
    from stratlint.comparison.statistics.contexts import concordance as concordance
    from stratlint.comparison.statistics.contexts import dispersion as dispersion
    from stratlint.comparison.statistics.distance import krugman as krugman
    from stratlint.comparison.statistics.distance import mantel as mantel
    from stratlint.comparison.statistics.fit import breadth as breadth
    from stratlint.comparison.statistics.overlap import excess_overlap as excess_overlap
    from stratlint.comparison.statistics.overlap import mean_excess as mean_excess
    from stratlint.comparison.together import compare as compare

_HOME = {
    "adjusted": "statistics.adjusting",
    "align": "passages.alignments",
    "breadth": "statistics.fit",
    "compare": "together",
    "concordance": "statistics.contexts",
    "dispersion": "statistics.contexts",
    "excess_overlap": "statistics.overlap",
    "krugman": "statistics.distance",
    "mantel": "statistics.distance",
    "mean_excess": "statistics.overlap",
    "PassageOptions": "passages.find",
    "find_passages": "passages.find",
    "shared_passages": "passages.find",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
