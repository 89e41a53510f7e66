"""Text that could be any other region's once the place names are masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """``interchangeability_at_least``: similarity to the other documents' average, 0 to 1."""

    interchangeability_at_least: float = Field(default=0.75, ge=0, le=1)
    words_at_least: int = Field(default=1000, ge=0)


def _run(options: Options, views: Sequence[View], world: World) -> Iterable[Hit]:
    if world.comparison is None:
        return
    for fit in world.comparison.fits:
        view = world.by_source.get(fit.document)
        value = fit.interchangeability
        if view is None or value is None or value < options.interchangeability_at_least:
            continue
        if view.words < options.words_at_least:
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "value": value,
                "n_total": len(views),
                "words": view.words,
                "mark": options.interchangeability_at_least,
            },
            subject="interchangeable",
        )


CHECK = Check(
    name="interchangeable-text",
    level="corpus",
    options=Options,
    holes={"value": 0.81, "n_total": 9, "words": 12000, "mark": 0.75},
    run=_run,
    needs=frozenset({"comparison"}),
    doc="Low distinctiveness of the whole text after place names are masked.",
)
