"""The numbers that Word makes: 1.1 before a heading, 'Action 2:' before an item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.documents.word.styles import W, value_of

if TYPE_CHECKING:
    from stratlint.documents.word.styles import Styles

_LEVELS = 9
_HIGHEST = 100_000
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class _Level(NamedTuple):
    """How one level of a list is numbered: the first number, its form, and the text around it."""

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str


class Numbering:
    """Counts the numbered paragraphs of a body, in their order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        linked: dict[str, str] = {}
        for element in root.findall(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId") or ""
            abstract[key] = dict(map(_level, element.findall(f"{W}lvl")))
            for name in ("styleLink", "numStyleLink"):
                if value_of(element, name):
                    linked[name + value_of(element, name)] = key
        for element in root.findall(f"{W}num"):
            identifier = element.get(f"{W}numId") or ""
            key = value_of(element, "abstractNumId")
            levels = dict(abstract.get(key, {}))
            if not levels:
                # A list may be defined where its style is.
                home = next((s for s, k in linked.items() if k == key), "")
                levels = dict(abstract.get(linked.get(home.replace("numStyle", "style"), ""), {}))
            own = False
            for override in element.findall(f"{W}lvlOverride"):
                number = _number(override.get(f"{W}ilvl"), 0)
                replaced = override.find(f"{W}lvl")
                if replaced is not None:
                    levels[number] = _level(replaced)[1]
                start = value_of(override, "startOverride")
                if start and number in levels:
                    levels[number] = levels[number]._replace(start=_number(start, 1))
                own = own or bool(start)
            # Lists of one definition count on, unless one of them says where it starts.
            self._lists[identifier] = (f"{key}/{identifier}" if own else key), levels
            for number, level in levels.items():
                if level.style:
                    self._styled.setdefault(level.style, (identifier, number))

    def label(self, paragraph: Any) -> str | None:
        """The number before a paragraph, "•" for a bullet, None where it has neither.

        Each numbered paragraph must be asked of once, in the order of the text.
        """
        identifier, number = self._place(paragraph)
        if identifier not in self._lists:
            return None
        key, levels = self._lists[identifier]
        level = levels.get(number)
        if level is None:
            return None
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        value = counts[number]
        counts[number] = level.start if value is None else min(value + 1, _HIGHEST)
        for deeper in range(number + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or number < restart:
                counts[deeper] = None
        if level.form == "bullet":
            return "•"
        if level.form == "none":
            return level.text.replace("%", "") or None if "%" not in level.text else None
        text = level.text
        for n in range(_LEVELS, 0, -1):
            if f"%{n}" in text and n - 1 in levels:
                held = counts[n - 1]
                if held is None:
                    held = counts[n - 1] = levels[n - 1].start
                form = "decimal" if level.legal else levels[n - 1].form
                text = text.replace(f"%{n}", _written(held, form))
        return text.strip() or None

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level that a paragraph belongs to; no list is an empty name."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        identifier = value_of(own, "numId")
        number = value_of(own, "ilvl")
        if not identifier:
            for name, styled in self._styles.with_numbers(properties):
                identifier = value_of(styled, "numId")
                if identifier:
                    known = self._styled.get(name, ("", 0))
                    number = number or value_of(styled, "ilvl") or str(known[1])
                    break
        if identifier == "0":
            return "", 0
        return identifier, min(max(_number(number, 0), 0), _LEVELS - 1)


def _level(element: Any) -> tuple[int, _Level]:
    restart = value_of(element, "lvlRestart")
    return _number(element.get(f"{W}ilvl"), 0), _Level(
        start=_number(value_of(element, "start"), 1),
        form=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText"),
        restart=_number(restart, 0) if restart else None,
        legal=element.find(f"{W}isLgl") is not None,
        style=value_of(element, "pStyle"),
    )


def _number(value: str | None, otherwise: int) -> int:
    """A number of at most six digits; anything else is not believed."""
    text = value or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise


def _written(value: int, form: str) -> str:
    """A number in one of Word's forms; forms that are not known are written in digits."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 20)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman, rest = "", value
        for size, sign in _ROMAN:
            roman += sign * (rest // size)
            rest %= size
        return roman if form == "lowerRoman" else roman.upper()
    if form == "ordinal":
        teen = 10 <= value % 100 <= 20
        return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)
