"""Two regions whose priorities agree beyond what chance would bring."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """``p_at_most``: against a permutation null with the sizes of lists and sectors fixed."""

    jaccard_at_least: float = Field(default=0.5, ge=0, le=1)
    p_at_most: float = Field(default=0.02, gt=0, le=1)
    priorities_at_least: int = Field(default=3, ge=1)


def _run(options: Options, pair: tuple[View, View], world: World) -> Iterable[Hit]:
    if world.comparison is None or _of_one_region(pair):
        return
    entry = world.similarities.get(frozenset(view.source for view in pair))
    if entry is None or entry.jaccard < options.jaccard_at_least or entry.p > options.p_at_most:
        return
    if min(len(v.analysis.priorities) for v in pair) < options.priorities_at_least:
        return
    shared = sorted(set.intersection(*({p.sector for p in v.analysis.priorities} for v in pair)))
    for view, other in (pair, pair[::-1]):
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "other": other.analysis.name,
                "n_shared": len(shared),
                "jaccard": entry.jaccard,
                "z": entry.z,
                "p": entry.p,
                "sectors": ", ".join(world.sector_name(sector) for sector in shared),
            },
            quotations=tuple(
                q for s in shared if (p := view.analysis.priority(s)) for q in p.evidence[:1]
            )[:4],
            subject=f"as {other.analysis.name}",
        )


def _of_one_region(pair: tuple[View, View]) -> bool:
    """Whether both are of one region: its documents should agree with each other."""
    return pair[0].region is not None and pair[0].region == pair[1].region


CHECK = Check(
    name="similar-priorities",
    level="pair",
    options=Options,
    holes={
        "other": "South West",
        "n_shared": 6,
        "jaccard": 0.7,
        "z": 2.8,
        "p": 0.004,
        "sectors": "Life sciences, Tourism",
    },
    run=_run,
    needs=frozenset({"comparison"}),
    doc="Two lists of priorities closer than a permutation null makes likely.",
)
