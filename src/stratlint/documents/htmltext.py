"""The running text of a page's elements: what is shown, and where words part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCKS = frozenset(
    "p div section article main aside blockquote li ul ol dl dt dd table figure figcaption "
    "caption pre address details summary body html tr td th hr form fieldset legend center "
    "nav header footer h1 h2 h3 h4 h5 h6".split()
)
"""Elements that begin on a line of their own."""
_SKIPPED = frozenset(
    "script style noscript template svg head iframe object button select textarea datalist".split()
)
_SPACE = re.compile(r"\s+")
_NOT_SHOWN = re.compile(r"(?:^|[;\s])display\s*:\s*none\b", re.IGNORECASE)


def is_left_out(tag: Any) -> bool:
    """Whether an element holds nothing to read: a script, a control, or what is not shown."""
    return (
        tag.name in _SKIPPED
        or tag.get("hidden") is not None
        or _NOT_SHOWN.search(str(tag.get("style") or "")) is not None
    )


def is_block(tag: Any) -> bool:
    """Whether an element begins on a line of its own."""
    return tag.name in BLOCKS


def is_text(node: Any) -> bool:
    """Whether a node is text; comments and the like are of other types."""
    return type(node).__name__ == "NavigableString"


def inline(node: Any) -> list[str]:
    """The text of an element in parts; any depth of nesting will do.

    Words part at a line break and at the edges of a block, which need no space in the file.
    """
    parts: list[str] = []
    waiting = [node]
    while waiting:
        child = waiting.pop()
        name = getattr(child, "name", None)
        if name is None:
            if type(child) is str or is_text(child):
                parts.append(str(child))
        elif name == "br":
            parts.append("\n")
        elif not is_left_out(child):
            if name in BLOCKS:
                parts.append("\n")
                waiting.append("\n")
            waiting.extend(reversed(child.contents))
    return parts


def joined(parts: Iterable[str]) -> str:
    """Parts of a text as one line."""
    return _SPACE.sub(" ", "".join(parts)).strip()
