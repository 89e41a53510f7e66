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
    """Sixteen hexadecimal digits over the version, our own code, ``rules/`` and our figures.

    Part of every cache key, so an edited cue, rule, list of areas or line of code is never
    answered from what was kept before.
    """
    digest = hashlib.sha256(__version__.encode())
    everything = (data_dir("rules"), "*"), (data_dir("corpora") / "evidence", "*")
    for root, pattern in (*everything, (_PACKAGE, "*.py")):
        for path in sorted(p for p in root.rglob(pattern) if p.is_file()):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def folder_hash(folder: Path) -> str:
    """SHA-256 over every YAML file of a folder of rules, themes and measured precisions."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.y*ml")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
