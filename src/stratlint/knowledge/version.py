"""One short hash that changes when anything that decides an analysis changes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from stratlint._version import __version__
from stratlint.resources import data_dir

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def knowledge_version() -> str:
    """Sixteen hexadecimal digits over the version, every file of ``rules/`` and our own code.

    Part of the cache key, so an edited cue, rule or line of code is never answered from an old
    analysis.
    """
    digest = hashlib.sha256(__version__.encode())
    for root, kinds in ((data_dir("rules"), (".yaml", ".json")), (_PACKAGE, (".py",))):
        for path in sorted(p for p in root.rglob("*") if p.suffix in kinds):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
