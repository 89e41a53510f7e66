"""Shared text, similarity and fit between documents.

Names are loaded when they are first used: numpy and scipy take longer to import than a small
command takes to run.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratlint.comparison.alignments import align as align
    from stratlint.comparison.contexts import concordance as concordance
    from stratlint.comparison.contexts import dispersion as dispersion
    from stratlint.comparison.frames import concordance_frame as concordance_frame
    from stratlint.comparison.frames import dispersion_frame as dispersion_frame
    from stratlint.comparison.frames import emphasis_frame as emphasis_frame
    from stratlint.comparison.frames import fit_frame as fit_frame
    from stratlint.comparison.frames import keyword_frame as keyword_frame
    from stratlint.comparison.frames import passage_frame as passage_frame
    from stratlint.comparison.frames import priority_frame as priority_frame
    from stratlint.comparison.frames import similarity_frame as similarity_frame
    from stratlint.comparison.passages import PassageOptions as PassageOptions
    from stratlint.comparison.passages import find_passages as find_passages
    from stratlint.comparison.passages import shared_passages as shared_passages
    from stratlint.comparison.together import compare as compare

_HOME = {
    "align": "alignments",
    "compare": "together",
    "concordance": "contexts",
    "dispersion": "contexts",
    "concordance_frame": "frames",
    "dispersion_frame": "frames",
    "emphasis_frame": "frames",
    "fit_frame": "frames",
    "keyword_frame": "frames",
    "passage_frame": "frames",
    "priority_frame": "frames",
    "similarity_frame": "frames",
    "PassageOptions": "passages",
    "find_passages": "passages",
    "shared_passages": "passages",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
