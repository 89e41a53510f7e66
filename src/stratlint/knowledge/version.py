"""One short hash that changes when anything stratlint knows changes."""

from __future__ import annotations

import hashlib
from functools import cache

from stratlint._version import __version__
from stratlint.resources import data_dir


@cache
def knowledge_version() -> str:
    """Sixteen hexadecimal digits over the package version and every file of ``rules/``.

    Part of the cache key, so an edited cue or rule is never answered from an old analysis.
    """
    digest = hashlib.sha256(__version__.encode())
    root = data_dir("rules")
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".yaml", ".json")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
