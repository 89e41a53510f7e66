"""Draw architecture.svg: what flows from files to a report, and which room does what.

Run from anywhere: ``python docs/pictures/architecture.py``. The picture follows the reader's
light or dark setting.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

TARGET = Path(__file__).with_suffix(".svg")
WIDTH, HEIGHT = 980, 452
_STYLE = """
svg { font-family: Helvetica, Arial, sans-serif;
  --ink: #16202a; --quiet: #55606a; --paper: #ffffff; --line: #8a949c; --room: #eef4f8;
  --edge: #1a65a6; --given: #fdf3d9; --given-edge: #a8770a; }
@media (prefers-color-scheme: dark) { svg { --ink: #ececec; --quiet: #b3b6b8; --paper: #14181b;
  --line: #747d83; --room: #1d2f3c; --edge: #84bdf0; --given: #3d3212; --given-edge: #d9b45a; } }
.back { fill: var(--paper); }
.lane { fill: none; stroke: var(--line); stroke-dasharray: 5 4; }
.room { fill: var(--room); stroke: var(--edge); }
.given { fill: var(--given); stroke: var(--given-edge); }
.name { fill: var(--ink); font-size: 16px; font-weight: 700; text-anchor: middle; }
.what { fill: var(--quiet); font-size: 12.5px; text-anchor: middle; }
.title { fill: var(--quiet); font-size: 13.5px; }
.flow { fill: none; stroke: var(--ink); stroke-width: 1.6; }
.head { fill: var(--ink); }
"""


class Box(NamedTuple):
    """A room, or something given (files, tables, YAML), at the middle of its left side."""

    x: int
    y: int
    name: str
    what: str
    kind: str = "room"
    width: int = 146
    height: int = 62


FILES = Box(36, 60, "files", "PDF, Word, HTML, text", "given")
DOCUMENTS = Box(206, 60, "documents", "order, roles, repair")
LANGUAGE = Box(376, 60, "language", "sectors, commitment")
PRIORITIES = Box(546, 60, "priorities", "a ranked list, or none")
TABLES = Box(206, 196, "figures", "GVA, jobs by region", "given")
EVIDENCE = Box(546, 196, "evidence", "location quotients")
COMPARISON = Box(776, 60, "comparison", "overlap, passages, fit", width=168)
RULES = Box(776, 196, "rules", "checks make findings", width=168)
REPORTING = Box(776, 332, "reporting", "HTML and 16 formats", width=168)
KNOWLEDGE = Box(
    206, 332, "rules/*.yaml", "taxonomy, places, cues and rules, for analysts to edit", "given", 486
)
BOXES = (
    FILES, DOCUMENTS, LANGUAGE, PRIORITIES, TABLES, EVIDENCE, COMPARISON, RULES, REPORTING,
    KNOWLEDGE,
)  # fmt: skip
LANES = (
    (18, 14, 692, 128, "one document at a time: a pure function, cached, in any process"),
    (758, 14, 204, 404, "all documents together"),
)


def _right(box: Box) -> tuple[int, int]:
    return box.x + box.width, box.y + box.height // 2


def _left(box: Box) -> tuple[int, int]:
    return box.x, box.y + box.height // 2


def _across(a: Box, b: Box) -> str:
    (x0, y), (x1, _) = _right(a), _left(b)
    return f"M{x0} {y}H{x1 - 8}"


def _down(a: Box, b: Box) -> str:
    x = a.x + a.width // 2
    return f"M{x} {a.y + a.height}V{b.y - 8}"


def _step(a: Box, b: Box, at: int, entry: int) -> str:
    """From the right of a box, up or down at ``at``, into the left of another."""
    x0, y0 = _right(a)
    return f"M{x0} {y0}H{at}V{b.y + entry}H{b.x - 8}"


FLOWS = (
    _across(FILES, DOCUMENTS),
    _across(DOCUMENTS, LANGUAGE),
    _across(LANGUAGE, PRIORITIES),
    _across(PRIORITIES, COMPARISON),
    _across(TABLES, EVIDENCE),
    _step(EVIDENCE, COMPARISON, 734, 46),
    _across(EVIDENCE, RULES),
    _down(COMPARISON, RULES),
    _down(RULES, REPORTING),
    f"M{LANGUAGE.x + 73} {KNOWLEDGE.y}V{LANGUAGE.y + LANGUAGE.height + 8}",
    _step(KNOWLEDGE, RULES, 734, 46),
)


def draw() -> str:
    """The picture as SVG text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>From files to a report: the rooms of stratlint and what flows between them</title>",
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="6" '
        'markerHeight="6" orient="auto"><path class="head" d="M0 0L8 4L0 8Z"/></marker></defs>',
        f'<rect class="back" width="{WIDTH}" height="{HEIGHT}"/>',
    ]
    for x, y, width, height, title in LANES:
        parts.append(f'<rect class="lane" x="{x}" y="{y}" width="{width}" height="{height}"/>')
        parts.append(f'<text class="title" x="{x + 10}" y="{y + 22}">{escape(title)}</text>')
    parts += [f'<path class="flow" marker-end="url(#tip)" d="{path}"/>' for path in FLOWS]
    for box in BOXES:
        middle = box.x + box.width // 2
        parts += [
            f'<rect class="{box.kind}" x="{box.x}" y="{box.y}" width="{box.width}" '
            f'height="{box.height}" rx="4"/>',
            f'<text class="name" x="{middle}" y="{box.y + 27}">{escape(box.name)}</text>',
            f'<text class="what" x="{middle}" y="{box.y + 47}">{escape(box.what)}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(draw(), encoding="utf-8")
