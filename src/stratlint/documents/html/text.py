"""The running text of a page's elements: what is shown, and where words part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.repair.mend import NOTE_MARK, drop_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

BLOCKS = frozenset(
    "p div section article main aside blockquote li ul ol dl dt dd table figure figcaption "
    "caption pre address details summary body html tr td th hr form fieldset legend center "
    "nav header footer h1 h2 h3 h4 h5 h6".split()
)
"""Elements that begin on a line of their own."""
_SKIPPED = frozenset(
    "script style noscript template svg head iframe object select textarea datalist".split()
)
BREAK = "\v"
"""A break between two lines of one block, as its author set it."""
_SPACE = re.compile(r"\s+")
_BRACKETED = re.compile(r"[\[(](?:(?:n|nb|note) ?)?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶])[\])]")
_LONGEST_MARK = 16
_WINDOW = 16
"""Characters before a raised one that say what it is: a power, the end of 21st, a note."""
_SOFT = re.compile("[\xad\u200b\u2060\ufeff]")
"""Where a word may be parted at a line's end, and other marks without ink."""


class Raised(str):
    """Text that a page raises above the line; may be the marker of a note."""

    __slots__ = ()


def is_left_out(tag: Any) -> bool:
    """Whether an element holds nothing to read: a script or a control.

    A button is a control unless it stands in a heading or opens a panel.
    """
    name = tag.name
    return name in _SKIPPED or (name == "button" and not _is_heading_button(tag))


def _is_heading_button(tag: Any) -> bool:
    if tag.find_parent(_TITLES) is not None:
        return True
    return is_opener(tag) and tag.find_parent(("nav", "header", "footer", "form")) is None


_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend", "caption")


def is_opener(tag: Any) -> bool:
    """Whether an element is a button that opens a panel and is no part of a heading."""
    opens = tag.name == "button" and tag.get("aria-expanded") is not None
    return opens and tag.find_parent(_TITLES) is None


def is_block(tag: Any) -> bool:
    """Whether an element begins on a line of its own."""
    return tag.name in BLOCKS or is_opener(tag)


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
            parts.append(BREAK)
        elif is_left_out(child):
            continue
        elif name == "sup" and (raised := _short(child)) is not None:
            parts.append(Raised(raised))
        else:
            if name in BLOCKS:
                parts.append("\n")
                waiting.append("\n")
            waiting.extend(reversed(child.contents))
    return parts


def _short(tag: Any) -> str | None:
    """The text of an element, or None where it is longer than any marker of a note."""
    text = ""
    for string in tag.strings:
        if string.parent is tag or not is_left_out(string.parent):
            text += string
        if len(text) > _LONGEST_MARK:
            return None
    return text


def joined(parts: Sequence[str]) -> str:
    """Parts of a text, with :data:`NOTE_MARK` for each raised marker of a note.

    It is one line, but for the breaks that its author set.
    """
    found: list[str] = []
    for index, part in enumerate(parts):
        if isinstance(part, Raised):
            following = next(filter(None, parts[index + 1 : index + 4]), "")
            _raise(found, part, following[:1])
        else:
            found.append(part.replace(NOTE_MARK, ""))
    text = _SPACE.sub(lambda m: "\n" if BREAK in m.group() else " ", "".join(found)).strip()
    return text if text.isascii() else _SOFT.sub("", text)


def _raise(found: list[str], raised: str, following: str) -> None:
    """Write raised text: nothing but a mark if it is the marker of a note."""
    tail = ""
    while found and len(tail) < _WINDOW:
        tail = _SPACE.sub(" ", found.pop() + tail)
    # A long text before many markers must not be looked at for each of them.
    found.append(tail[:-_WINDOW])
    tail = tail[-_WINDOW:]
    bare = raised.strip()
    if not tail.strip():
        # A marker that opens its block is the number of the note itself.
        found += [tail, bare, " "]
        return
    marker = "*" if _BRACKETED.fullmatch(bare) else bare
    whole = tail + marker + following
    written = drop_marks(whole, [(len(tail), len(tail) + len(marker))], left=NOTE_MARK)
    if marker and written != whole:
        found.append(written[: len(written) - len(following)])
    else:
        found += [tail, raised]
