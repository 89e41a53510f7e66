"""The styles of a Word file: a paragraph's part, whether it opens a page, which runs it hides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.documents.hidden import STRUCK
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
    """A style's name in lower case, the style that it is based on, and its own properties.

    ``run`` are its properties for the letters.
    """

    name: str
    based: str
    properties: Any
    run: Any = None


class Styles:
    """Looks up what the styles of a file say of its paragraphs."""

    def __init__(self, element: Any | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.may_hide = False
        for style in element.findall(f"{W}style") if element is not None else ():
            identifier = style.get(f"{W}styleId") or ""
            name = value_of(style, "name") or identifier
            run = style.find(f"{W}rPr")
            based = value_of(style, "basedOn")
            found = _Style(name.lower(), based, style.find(f"{W}pPr"), run)
            self._styles.setdefault(identifier, found)
            self.may_hide = self.may_hide or (run is not None and _hides(run))

    def look_of(self, paragraph: Any, *, boxed: bool) -> Look:
        """How the runs of a paragraph look; ``boxed`` in a table or a text box."""
        return Look(self, paragraph.find(f"{W}pPr"), boxed=boxed)

    def run_chain(self, own: Any | None, style: str) -> list[Any]:
        """What is said of a run's letters: by itself, by its style, by its paragraph's style."""
        named = value_of(own, "rStyle")
        found = [own] if own is not None else []
        for identifier in (named, style) if self.may_hide else ():
            found += [s.run for s in self._followed(identifier) if s.run is not None]
        return found

    def with_numbers(self, properties: Any) -> Iterator[tuple[str, Any]]:
        """The styles of a paragraph that number it, the nearest first: name and numbering."""
        identifier = value_of(properties, "pStyle")
        for _ in range(_DEEPEST):
            style = self._styles.get(identifier) if identifier else None
            if style is None:
                return
            found = style.properties.find(f"{W}numPr") if style.properties is not None else None
            if found is not None:
                yield identifier, found
            identifier = style.based

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
        yield from self._followed(value_of(properties, "pStyle"))

    def _followed(self, identifier: str) -> Iterator[_Style]:
        """A style and those that it is based on."""
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


_WHITE = frozenset({"ffffff", "fefefe", "fdfdfd", "fcfcfc"})
_TINY = 4
"""Half points of type below which nobody reads."""
_HIDDEN, _STRUCK, _SMALL, _PALE = (
    "hidden text", STRUCK, "in type under 2 points", "in the colour of the paper",
)  # fmt: skip


class Look:
    """How the runs of one paragraph look, as far as that hides them."""

    def __init__(self, styles: Styles, properties: Any, *, boxed: bool) -> None:
        self._styles = styles
        self._style = value_of(properties, "pStyle")
        shaded = properties is not None and _is_shaded(properties)
        # White letters in a table or a box mostly stand on a colour that is said elsewhere.
        self._may_blend = not (boxed or shaded)

    def reason(self, run: Any) -> str:
        """Why a run is not to be seen, or does not count; empty where it does."""
        own = run.find(f"{W}rPr")
        if own is None and not self._styles.may_hide:
            return ""
        chain = self._styles.run_chain(own, self._style)
        if _asked(chain, "vanish"):
            return _HIDDEN
        if _asked(chain, "strike") or _asked(chain, "dstrike"):
            return _STRUCK
        size = _first(chain, "sz")
        if size.isascii() and size.isdigit() and len(size) < 5 and int(size) < _TINY:
            return _SMALL
        white = _first(chain, "color").lower() in _WHITE
        if white and self._may_blend and not any(_is_shaded(p) for p in chain):
            return _PALE
        return ""


def _asked(chain: list[Any], name: str) -> bool:
    """What the nearest properties say that say whether a switch is on."""
    for properties in chain:
        switch = properties.find(f"{W}{name}")
        if switch is not None:
            return switch.get(f"{W}val") not in ("0", "false", "off")
    return False


def _first(chain: list[Any], name: str) -> str:
    return next(filter(None, (value_of(properties, name) for properties in chain)), "")


def _is_shaded(properties: Any) -> bool:
    shade = properties.find(f"{W}shd")
    filled = shade is not None and (shade.get(f"{W}fill") or "auto").lower() not in (
        "auto",
        "ffffff",
    )
    mark = value_of(properties, "highlight")
    return filled or bool(mark and mark not in ("none", "white"))


def _hides(run: Any) -> bool:
    """Whether a style says anything that may hide letters."""
    size = value_of(run, "sz")
    return (
        any(run.find(f"{W}{name}") is not None for name in ("vanish", "strike", "dstrike"))
        or value_of(run, "color").lower() in _WHITE
        or (size.isascii() and size.isdigit() and len(size) < 5 and int(size) < _TINY)
    )
