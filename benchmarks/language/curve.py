"""The learning curve: F1 on unseen documents by the share of documents that were learnt from.

usage: python benchmarks/language/curve.py GOLD.jsonl [PICTURE.svg]

Cross-validated by document over the tuning documents, several draws of documents a share, with
and without the worked examples. Prints a Markdown table (mean and spread over the draws) and,
when asked, draws it. The same data give the same figures.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from stratlint.training.evaluation import evaluate
from stratlint.training.fit import cross_validate
from stratlint.training.gold import GoldPassage, load_gold, split_documents
from stratlint.training.instances import Instance, instances, worked_instances

SHARES = (0.125, 0.25, 0.5, 0.75, 1.0)
DRAWS, FOLDS = 3, 5
TARGETS = ("mention", "committed", "priority")


class Point(NamedTuple):
    """A share of the documents, and the F1 of each draw by target."""

    share: float
    documents: int
    f1: dict[str, list[float]]


def curve(
    passages: Sequence[GoldPassage], found: Sequence[Instance], worked: Sequence[Instance]
) -> list[Point]:
    """F1 by share; a full share needs one draw only."""
    names = sorted({p.document for p in passages})
    points = []
    for share in SHARES:
        kept = round(share * len(names))
        f1: dict[str, list[float]] = {target: [] for target in TARGETS}
        for seed in range(1 if kept == len(names) else DRAWS):
            chosen = frozenset(Random(seed).sample(names, kept))
            result = cross_validate(passages, found, worked=worked, count=FOLDS, learnt_from=chosen)
            scores = evaluate(passages, result.labels, resamples=0).scores
            for target in TARGETS:
                f1[target].append(scores[target].f1)
        points.append(Point(share, kept, f1))
        print(
            f"{share:.3f}",
            {t: round(statistics.mean(v), 3) for t, v in f1.items()},
            file=sys.stderr,
        )
    return points


def table(with_worked: list[Point], without: list[Point]) -> str:
    """The Markdown table of both curves."""
    lines = [
        "| documents learnt from | committed | priority | committed, no examples"
        " | priority, no examples |",
        "|---|---|---|---|---|",
    ]
    for one, other in zip(with_worked, without, strict=True):
        cells = [_cell(p.f1[t]) for p in (one, other) for t in ("committed", "priority")]
        lines.append(f"| {one.documents} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(values: list[float]) -> str:
    spread = f" ± {statistics.pstdev(values):.2f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):.2f}{spread}"


WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 480, 300, 48, 44, 16
LINES = (
    ("committed", "with", "#1f5fa8", ""),
    ("priority", "with", "#b3541e", ""),
    ("committed", "without", "#1f5fa8", "5 4"),
    ("priority", "without", "#b3541e", "5 4"),
)


def picture(with_worked: list[Point], without: list[Point]) -> str:
    """The curves as SVG, without a library."""
    curves = {"with": with_worked, "without": without}
    most = with_worked[-1].documents

    def x(documents: float) -> float:
        return round(LEFT + documents / most * (WIDTH - LEFT - 110), 1)

    def y(value: float) -> float:
        return round(TOP + (0.8 - value) / 0.6 * (HEIGHT - TOP - BOTTOM), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-labelledby="t" font-family="sans-serif" font-size="11" fill="#222">',
        '<title id="t">F1 of committed and priority on unseen documents rises with the number of'
        " documents learnt from, and with worked examples</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for step in range(2, 9):
        value = step / 10
        parts.append(
            f'<path d="M{LEFT} {y(value)}H{x(most)}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y(value) + 4}" text-anchor="end">.{step}</text>'
        )
    parts += [
        f'<text x="{x(point.documents)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">'
        f"{point.documents}</text>"
        for point in with_worked
    ]
    parts.append(
        f'<text x="{x(most / 2)}" y="{HEIGHT - 8}" text-anchor="middle">documents learnt from'
        "</text>"
    )
    for target, which, colour, dashes in LINES:
        dots = [(x(p.documents), y(statistics.mean(p.f1[target]))) for p in curves[which]]
        path = "L".join(f"{a} {b}" for a, b in dots)
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts += [f'<circle cx="{a}" cy="{b}" r="3" fill="{colour}"/>' for a, b in dots]
        note = target if which == "with" else "… no examples"
        shift = 0 if which == "with" else 12
        parts.append(
            f'<text x="{dots[-1][0] + 8}" y="{dots[-1][1] + 4 + shift}" fill="{colour}">'
            f"{note}</text>"
        )
    return "\n".join([*parts, "</svg>", ""])


def main(gold: Path, drawn: Path | None) -> None:
    """Measure both curves on the tuning documents, print the table, draw the picture."""
    passages = load_gold(gold)
    kept = set(split_documents(passages).tuning)
    passages = tuple(p for p in passages if p.document in kept)
    found = instances(passages)
    curves = [curve(passages, found, worked) for worked in (worked_instances(), [])]
    print(table(*curves))
    if drawn is not None:
        drawn.write_text(picture(*curves), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
