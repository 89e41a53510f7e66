"""What a page holds and does not show: taken out of its tree, and said.

Attributes, inline styles and the page's own style sheet are heeded; sheets kept elsewhere are
not at hand. A panel that a reader can open is read: its heading, button or summary opens it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stratlint.documents.hidden import STRUCK, hidden_warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stratlint.records import ReadWarning

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@[\w-]+[^{};]*[{;]")
_SCREEN = re.compile(r"@media\s*(?:only\s+)?(?:screen|all)\b", re.IGNORECASE)
_NAMED = re.compile(r"([.#])([\w-]+)")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%)?")
_SMALL = re.compile(r"(?:0|0?\.\d+|1(?:\.\d+)?)(?:px|pt)?|0(?:em|rem|%)")
_MOST_RULES = 2000
"""Rules of a page's style sheet that are heeded: a framework pasted in has a few hundred."""
_PROPERTIES = frozenset(
    "display visibility opacity font-size text-indent left top color background background-color "
    "clip clip-path text-decoration text-decoration-line".split()
)
_NEVER_SHOWN = frozenset("script style template noscript head title".split())
_STRUCK = ("del", "s", "strike")
_FURNITURE = ("nav", "header", "footer", "form")
_LONGEST = 100_000
"""Characters of an element's text that a warning counts."""

Style = dict[str, str]


def take_hidden(soup: Any) -> list[ReadWarning]:
    """Take out of a page what nobody sees and what is struck out; returns warnings of it."""
    found: dict[str, list[str]] = {}
    tags = soup.find_all(True)
    styles = _sheet_styles(soup, tags)
    for tag, reason, in_furniture in list(_hidden(soup, styles, _opened(tags))):
        words = " ".join(_texts(tag)).split()
        # Menus and hints for screen readers are hidden on many pages and are no text of them.
        if words and not in_furniture:
            found.setdefault(reason, []).extend(words)
        tag.extract()
    return [hidden_warning(words, reason) for reason, words in found.items()]


def _texts(tag: Any) -> Iterator[str]:
    length = 0
    for string in tag.strings:
        if string.parent.name not in _NEVER_SHOWN:
            yield string
            length += len(string)
            if length > _LONGEST:
                return


def _opened(tags: Sequence[Any]) -> set[str]:
    """Identifiers of the panels that a button or a link of the page opens."""
    found: set[str] = set()
    for tag in tags:
        if not tag.attrs:
            continue
        controlled = tag.get("aria-controls")
        if controlled:
            found.update(str(controlled).split())
        if tag.name in _OPENERS:
            targets = (str(tag.get(name) or "") for name in _TARGETS)
            found.update(target[1:] for target in targets if target.startswith("#"))
    return found


_OPENERS = ("button", "a", "summary")
_TARGETS = ("data-target", "data-bs-target", "href")


def _hidden(
    soup: Any, styles: dict[int, Style], openers: set[str]
) -> Iterator[tuple[Any, str, bool]]:
    """The outermost elements that are not seen, why, and whether they belong to furniture."""
    waiting = [(soup, False)]
    while waiting:
        tag, in_furniture = waiting.pop()
        reason = _why_hidden(tag, styles.get(id(tag)))
        inside = in_furniture or tag.name in _FURNITURE
        if reason and (reason == STRUCK or not _can_be_opened(tag, openers)):
            yield tag, reason, inside
            continue
        children = [(c, inside) for c in tag.children if hasattr(c, "attrs")]
        waiting += [(c, held) for c, held in reversed(children) if c.name not in _NEVER_SHOWN]


def _why_hidden(tag: Any, style: Style | None) -> str:
    """Why an element by itself is not seen; empty where it is."""
    if tag.name in _STRUCK:
        return STRUCK
    if style is None and not tag.attrs:
        return ""
    hidden = tag.get("hidden")
    # A style may show it all the same; nobody writes that in earnest.
    if hidden is not None and str(hidden).lower() != "until-found":
        return "hidden"
    own = tag.get("style")
    if own:
        style = {**(style or {}), **_declared(str(own))}
    return _reason(style) if style else ""


def _can_be_opened(tag: Any, openers: set[str]) -> bool:
    """Whether a panel has something that opens it: named, or the heading just before it."""
    if tag.get("id") in openers:
        return True
    before = tag.find_previous_sibling(True)
    if before is None:
        return False
    return before.get("aria-expanded") is not None or (
        before.find(attrs={"aria-expanded": True}) is not None
        or (before.name in _HEADINGS and before.find("button") is not None)
    )


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def _reason(style: Style) -> str:
    """Why an element of this style is not seen; empty where it is."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return "hidden by its style"
    if style.get("opacity") in ("0", "0.0", "0%", ".0"):
        return "fully transparent"
    if _SMALL.fullmatch(style.get("font-size", "")):
        return "in type too small to read"
    if any(_FAR.fullmatch(style.get(name, "")) for name in ("text-indent", "left", "top")):
        return "outside the page's edge"
    ink = style.get("color", "").replace(" ", "")
    ground = style.get("background-color", style.get("background", "")).replace(" ", "")
    if ink == "transparent" or (ink and _COLOURS.get(ink, ink) == _COLOURS.get(ground, ground)):
        return "in the colour of what is under it"
    struck = style.get("text-decoration-line", style.get("text-decoration", ""))
    return STRUCK if "line-through" in struck else ""


_COLOURS = {
    "#fff": "white", "#ffffff": "white", "rgb(255,255,255)": "white",
    "#000": "black", "#000000": "black", "rgb(0,0,0)": "black",
}  # fmt: skip


def _declared(text: str) -> Style:
    """The properties of a style that can hide something."""
    style: Style = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _PROPERTIES:
            style[name] = value.replace("!important", "").strip().lower()
    return style


def _sheet_styles(soup: Any, tags: Sequence[Any]) -> dict[int, Style]:
    """What the page's own style sheet declares of its elements; later and nearer rules win."""
    rules = list(_rules([tag for tag in tags if tag.name == "style"]))
    # A sheet that hides nothing needs no matching.
    hiding = {name for _, style in rules for name in style if _reason({**style}) != ""}
    if not hiding:
        return {}
    names = {str(n) for tag in tags if tag.attrs for n in tag.get("class") or ()}
    names |= {str(tag["id"]) for tag in tags if tag.attrs and tag.get("id")}
    found: dict[int, dict[str, tuple[int, str]]] = {}
    for selector, style in rules:
        if not hiding.intersection(style):
            continue
        mentioned = [name for _, name in _NAMED.findall(selector)]
        if any(name not in names for name in mentioned):
            continue
        weight = _weight(selector)
        for tag in _selected(soup, selector):
            held = found.setdefault(id(tag), {})
            for name, value in style.items():
                if name not in held or held[name][0] <= weight:
                    held[name] = weight, value
    return {key: {name: value for name, (_, value) in held.items()} for key, held in found.items()}


def _rules(sheets: Sequence[Any]) -> Iterator[tuple[str, Style]]:
    """Selectors and declarations of the sheets for screens."""
    count = 0
    for sheet in sheets:
        media = str(sheet.get("media") or "screen").lower()
        if "screen" not in media and "all" not in media:
            continue
        for selectors, body in _RULE.findall(_for_screens(_COMMENT.sub("", sheet.get_text()))):
            style = _declared(body)
            for selector in selectors.split(",") if style else ():
                count += 1
                if count > _MOST_RULES:
                    return
                yield selector.strip(), style


def _for_screens(sheet: str) -> str:
    """A sheet without its rules for print and the like."""
    parts: list[str] = []
    at = 0
    while match := _MEDIA.search(sheet, at):
        parts.append(sheet[at : match.start()])
        at = match.end()
        if match.group().endswith("{"):
            depth, end = 1, at
            while depth and end < len(sheet):
                depth += {"{": 1, "}": -1}.get(sheet[end], 0)
                end += 1
            if _SCREEN.match(match.group()):
                parts.append(sheet[at : end - 1])
            at = end
    return "".join([*parts, sheet[at:]])


def _weight(selector: str) -> int:
    """How near a rule is to its elements: identifiers before classes before names."""
    return 100 * selector.count("#") + 10 * selector.count(".") + len(selector.split())


def _selected(soup: Any, selector: str) -> Iterable[Any]:
    from soupsieve import SelectorSyntaxError

    try:
        found: Iterable[Any] = soup.select(selector)
    except (SelectorSyntaxError, NotImplementedError, ValueError):
        return ()
    return found
