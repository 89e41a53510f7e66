"""Sectors, places, actors and commitments in text.

``analyse_language`` is imported when it is first used: importing this package must stay
cheap for the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratlint.language.analysis import LanguageResult, analyse_language

__all__ = ["LanguageResult", "analyse_language"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from stratlint.language import analysis

        return getattr(analysis, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
