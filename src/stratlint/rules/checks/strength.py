"""A sector in which the region is strong by its figures and which it does not prioritise."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.evidence.marks import STRONG
from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Mention
from stratlint.rules.check import Check, Hit
from stratlint.rules.timely import require_figures
from stratlint.rules.view import View
from stratlint.rules.world import World, figure_of, in_time, quotient_holes


class Options(Editable):
    """``minimum_size``: smallest size of the sector, in the unit of the figures."""

    location_quotient_at_least: float = Field(default=STRONG, gt=0)
    minimum_size: float = Field(default=100.0, ge=0)
    every_year: bool = True
    years_apart_at_most: int = Field(default=5, ge=0)
    """Figures further from the document's year do not judge it."""
    skip_sectors: tuple[str, ...] = ()
    """Sectors that no innovation strategy is expected to choose."""
    at_most: int = Field(default=3, ge=1)
    """Only the strongest so many are reported."""


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    require_figures(view, world, options.years_apart_at_most)
    if not view.analysis.priorities:
        return
    chosen = {priority.sector for priority in view.analysis.priorities}
    strong = [
        q
        for sector, q in world.quotients(view).items()
        if sector not in chosen
        and sector not in options.skip_sectors
        and q.reliable
        and in_time(q, view, options.years_apart_at_most)
        and q.size >= options.minimum_size
        and q.value >= options.location_quotient_at_least
        and not (
            options.every_year
            and any(v < options.location_quotient_at_least * 0.8 for _, v in q.years)
        )
    ]
    strong.sort(key=lambda q: (-q.value, q.sector))
    for quotient in strong[: options.at_most]:
        mentions = view.mentions_by_sector.get(quotient.sector, [])
        name = world.sector_name(quotient.sector)
        yield Hit(
            document=view.source,
            region=view.region,
            sector=quotient.sector,
            holes={
                "sector": name,
                **quotient_holes(quotient),
                "said": _said(mentions),
            },
            quotations=tuple(view.quote(m.start, m.end) for m in mentions[:1]),
            figures=(figure_of(quotient, name),),
            subject=quotient.sector,
        )


def _said(mentions: list[Mention]) -> str:
    if not mentions:
        return "never mentions it"
    classes = sorted({m.commitment.value.replace("_", " ") for m in mentions})
    times = "once" if len(mentions) == 1 else f"{len(mentions)} times"
    return f"mentions it {times} ({', '.join(classes)})"


CHECK = Check(
    name="missed-strength",
    level="document",
    options=Options,
    holes={
        "sector": "Ceramics",
        "lq": 2.4,
        "measure": "GVA",
        "source": "ONS",
        "year": 2006,
        "level": "of the region North East",
        "size": "£300 million",
        "said": "never mentions it",
    },
    run=_run,
    needs=frozenset({"figures"}),
    doc="A sector with a high, reliable location quotient that is no priority.",
)
