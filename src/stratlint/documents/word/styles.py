"""The styles of a Word file: what part a paragraph plays and whether it opens a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.records import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)")
_LIST = re.compile(r"list(?:(?: [a-z]+)? (\d)\b)?")
_DEEPEST = 20
"""Styles that are followed from one to the one it is based on; Word itself stops before that."""
_NAMED: dict[str, tuple[Role, int | None]] = {
    "title": (Role.HEADING, 1),
    "subtitle": (Role.HEADING, 2),
    "caption": (Role.CAPTION, None),
    "quote": (Role.QUOTATION, None),
    "intense quote": (Role.QUOTATION, None),
}


class _Style(NamedTuple):
    """A style's name in lower case, the style that it is based on, and its own properties."""

    name: str
    based: str
    properties: Any


class Styles:
    """Looks up what the styles of a file say of its paragraphs."""

    def __init__(self, element: Any) -> None:
        self._styles: dict[str, _Style] = {}
        for style in element.findall(f"{W}style"):
            identifier = style.get(f"{W}styleId") or ""
            name = value_of(style, "name") or identifier
            found = _Style(name.lower(), value_of(style, "basedOn"), style.find(f"{W}pPr"))
            self._styles.setdefault(identifier, found)

    def role(self, paragraph: Any) -> tuple[Role, int | None]:
        """The role of a paragraph, and the level of a heading or list item."""
        properties = paragraph.find(f"{W}pPr")
        role, level = self._styled(properties)
        outline = _outline(properties)
        if role in (Role.PARAGRAPH, Role.LIST_ITEM) and outline is not None and outline < 9:
            return Role.HEADING, outline + 1
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        if role is not Role.HEADING and (numbering is not None or role is Role.LIST_ITEM):
            return Role.LIST_ITEM, max(level or 1, _list_level(numbering))
        return role, level

    def _styled(self, properties: Any) -> tuple[Role, int | None]:
        """What the nearest style says that says anything, of those a paragraph's is based on."""
        for style in self._chain(properties):
            known = _known(style.name)
            if known is not None:
                return known
            outline = _outline(style.properties)
            if outline is not None:
                # The ninth is Word's way to say that a style based on a heading is body text.
                return (Role.HEADING, outline + 1) if outline < 9 else (Role.PARAGRAPH, None)
        return Role.PARAGRAPH, None

    def opens_page(self, paragraph: Any) -> bool:
        """Whether a paragraph, or its style, asks to begin on a new page."""
        own = paragraph.find(f"{W}pPr")
        for properties in (own, *(style.properties for style in self._chain(own))):
            asked = properties.find(f"{W}pageBreakBefore") if properties is not None else None
            if asked is not None:
                return asked.get(f"{W}val") not in ("0", "false", "off")
        return False

    def _chain(self, properties: Any) -> Iterator[_Style]:
        identifier = value_of(properties, "pStyle")
        for _ in range(_DEEPEST):
            if not identifier:
                return
            style = self._styles.get(identifier, _Style(identifier.lower(), "", None))
            yield style
            identifier = style.based


def value_of(element: Any, name: str) -> str:
    """The value of a property that may be missing, as its parent may be."""
    child = element.find(f"{W}{name}") if element is not None else None
    return (child.get(f"{W}val") or "") if child is not None else ""


def _known(name: str) -> tuple[Role, int | None] | None:
    """What the name of a built-in style says."""
    heading = _HEADING.match(name)
    if heading:
        return Role.HEADING, int(heading.group(1))
    if name.startswith(("toc", "table of figures")):
        is_heading = name.startswith("toc") and name.endswith("heading")
        return (Role.HEADING, 1) if is_heading else (Role.CONTENTS, None)
    listed = _LIST.match(name)
    if listed:
        return Role.LIST_ITEM, int(listed.group(1) or 1)
    return _NAMED.get(name)


def _outline(properties: Any) -> int | None:
    value = value_of(properties, "outlineLvl")
    return int(value) if re.fullmatch(r"[0-9]", value) else None


def _list_level(numbering: Any) -> int:
    value = value_of(numbering, "ilvl")
    return int(value) + 1 if re.fullmatch(r"[0-8]", value) else 1
