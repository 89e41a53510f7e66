"""Draw architecture.svg from the imports: which room of the code rests on which.

Run from anywhere: ``python docs/pictures/architecture.py``. A line stands for imports from the
upper room to the lower; what follows from other lines is left out, so that the picture can be
read. A line that goes up is drawn red: there should be none. The picture follows the reader's
light or dark setting.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stratlint"
TARGET = Path(__file__).with_suffix(".svg")
WIDTH, BOX, HEIGHT, GAP = 1040, 118, 30, 44
_STYLE = """
svg { font-family: Helvetica, Arial, sans-serif;
  --ink: #16202a; --quiet: #55606a; --paper: #ffffff; --line: #8a949c; --room: #eef4f8;
  --edge: #1a65a6; --wrong: #b3261e; }
@media (prefers-color-scheme: dark) { svg { --ink: #ececec; --quiet: #b3b6b8; --paper: #14181b;
  --line: #747d83; --room: #1d2f3c; --edge: #84bdf0; --wrong: #ff8a80; } }
.back { fill: var(--paper); }
.room { fill: var(--room); stroke: var(--edge); }
.name { fill: var(--ink); font-size: 14px; font-weight: 700; text-anchor: middle; }
.line { fill: none; stroke: var(--line); }
.up { fill: none; stroke: var(--wrong); stroke-dasharray: 4 3; }
"""


class Rooms(NamedTuple):
    """Rooms with their number of modules, and how many modules of one import from another."""

    modules: dict[str, int]
    imports: Counter[tuple[str, str]]


def rooms() -> Rooms:
    """The packages and single modules right under ``stratlint``, and the imports between them."""
    modules: Counter[str] = Counter()
    imports: Counter[tuple[str, str]] = Counter()
    for path in sorted(SOURCE.rglob("*.py")):
        own = _room(path.relative_to(SOURCE))
        if own is None:
            continue
        modules[own] += 1
        for other in sorted(_imported(path) - {own}):
            imports[own, other] += 1
    known = {pair: n for pair, n in imports.items() if pair[1] in modules}
    return Rooms(dict(modules), Counter(known))


def _room(path: Path) -> str | None:
    first = path.parts[0].removesuffix(".py")
    return None if first.startswith("__") or first == "_version" else first


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[0] == "stratlint":
                names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
                found.update(names)
    return found


def levels(found: Rooms) -> dict[str, int]:
    """The height of each room above those that it rests on; 0 rests on none.

    Imports that close a circle are taken away, the lightest first, so that there is a height.
    """
    below = {room: {b for (a, b) in found.imports if a == room} for room in found.modules}
    for (a, b), _ in sorted(found.imports.items(), key=lambda item: (item[1], item[0])):
        if _reaches(below, b, a):
            below[a].discard(b)
    heights: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in heights:
            heights[room] = 1 + max((height(other) for other in below[room]), default=-1)
        return heights[room]

    for room in sorted(below):
        height(room)
    return heights


def _reaches(below: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, todo = set(), [start]
    while todo:
        room = todo.pop()
        if room == goal:
            return True
        if room not in seen:
            seen.add(room)
            todo += sorted(below[room])
    return False


def draw() -> str:
    """The picture as SVG text."""
    found = rooms()
    heights = levels(found)
    top = max(heights.values())
    places: dict[str, tuple[int, int]] = {}
    for level in range(top + 1):
        row = sorted(room for room, height in heights.items() if height == level)
        step = WIDTH / (len(row) + 1)
        for number, room in enumerate(row, 1):
            places[room] = (round(step * number), 20 + (top - level) * (HEIGHT + GAP))
    height = 40 + (top + 1) * (HEIGHT + GAP) - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>The rooms of stratlint: each rests on those below that it is joined to</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="back" width="{WIDTH}" height="{height}"/>',
    ]
    for a, b in sorted(found.imports):
        up = heights[a] <= heights[b]
        if up or not _follows(found, a, b):
            parts.append(_line(places[a], places[b], up=up))
    for room, (x, y) in sorted(places.items()):
        parts += [
            f'<rect class="room" x="{x - BOX // 2}" y="{y}" width="{BOX}" height="{HEIGHT}" '
            'rx="4"/>',
            f'<text class="name" x="{x}" y="{y + 20}">{escape(room)}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _follows(found: Rooms, a: str, b: str) -> bool:
    """Whether another room between the two says already that one rests on the other."""
    return any((a, c) in found.imports and (c, b) in found.imports for c in found.modules)


def _line(start: tuple[int, int], end: tuple[int, int], *, up: bool) -> str:
    (x0, y0), (x1, y1) = start, end
    middle = (y0 + HEIGHT + y1) // 2
    return (
        f'<path class="{"up" if up else "line"}" '
        f'd="M{x0} {y0 + HEIGHT}C{x0} {middle} {x1} {middle} {x1} {y1}"/>'
    )


if __name__ == "__main__":
    TARGET.write_text(draw(), encoding="utf-8")
