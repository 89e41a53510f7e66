"""stratlint: does this regional strategy fit its place, or does it copy everybody else's?

The public names below are loaded when they are first used, so that ``import stratlint`` and
``stratlint --help`` stay quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stratlint._version import __version__

if TYPE_CHECKING:
    from stratlint.api import analyse as analyse
    from stratlint.api import audit as audit
    from stratlint.api import check as check
    from stratlint.api import compare as compare
    from stratlint.api import read as read
    from stratlint.api import shared_passages as shared_passages
    from stratlint.api import to_spacy as to_spacy
    from stratlint.api import write_reports as write_reports
    from stratlint.errors import StratlintError as StratlintError
    from stratlint.errors import UnreadableInput as UnreadableInput
    from stratlint.errors import UsageError as UsageError
    from stratlint.records import AuditResult as AuditResult
    from stratlint.records import Comparison as Comparison
    from stratlint.records import Document as Document
    from stratlint.records import DocumentAnalysis as DocumentAnalysis
    from stratlint.records import Finding as Finding
    from stratlint.records import Passage as Passage
    from stratlint.records import Priority as Priority
    from stratlint.records import Severity as Severity
    from stratlint.tables import frames

__all__ = [
    "AuditResult",
    "Comparison",
    "Document",
    "DocumentAnalysis",
    "Finding",
    "Passage",
    "Priority",
    "Severity",
    "StratlintError",
    "UnreadableInput",
    "UsageError",
    "__version__",
    "analyse",
    "audit",
    "check",
    "compare",
    "frames",
    "read",
    "shared_passages",
    "to_spacy",
    "write_reports",
]

_ERRORS = ("StratlintError", "UnreadableInput", "UsageError")
_FUNCTIONS = (
    *("analyse", "audit", "check", "compare", "read", "shared_passages", "to_spacy"),
    "write_reports",
)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "frames":
        return import_module("stratlint.tables.frames")
    home = "api" if name in _FUNCTIONS else "errors" if name in _ERRORS else "records"
    return getattr(import_module(f"stratlint.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
