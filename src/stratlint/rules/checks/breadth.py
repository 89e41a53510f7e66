"""So many priorities that none is one."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """``more_than`` priorities, of the 32 sectors of the taxonomy."""

    more_than: int = Field(default=10, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    priorities = view.analysis.priorities
    if len(priorities) <= options.more_than:
        return
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "n": len(priorities),
            "n_taxonomy": len(world.context.taxonomy.sectors),
            "sectors": ", ".join(world.sector_name(p.sector) for p in priorities),
        },
        quotations=tuple(q for p in priorities for q in p.evidence[:1])[:6],
        subject="everything",
    )


CHECK = Check(
    name="priority-count",
    level="document",
    options=Options,
    holes={"n": 14, "n_taxonomy": 32, "sectors": "Life sciences, Tourism"},
    run=_run,
    doc="More priorities than a region can pursue.",
)
