"""Text that could be any other region's once the place names are masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.wording import too_short
from stratlint.rules.world import World


class Options(Editable):
    """Either mark is enough.

    ``distinctiveness_below``: 1 minus the cosine to the average of the other documents;
    ``interchangeability_at_least``: share of chapters that a classifier traces to another
    document.
    """

    distinctiveness_below: float = Field(default=0.3, ge=0, le=1)
    interchangeability_at_least: float = Field(default=0.5, ge=0, le=1)
    words_at_least: int = Field(default=1000, ge=0)


def _run(options: Options, views: Sequence[View], world: World) -> Iterable[Hit]:
    if world.comparison is None:
        return
    for fit in world.comparison.fits:
        view = world.by_source.get(fit.document)
        if view is None or view.words < options.words_at_least:
            continue
        apart, untraced = fit.distinctiveness, fit.interchangeability
        alike = apart is not None and apart < options.distinctiveness_below
        anyones = untraced is not None and untraced >= options.interchangeability_at_least
        if not alike and not anyones:
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "distinctiveness": apart if apart is not None else 1.0,
                "untraced": untraced if untraced is not None else 0.0,
                "n_others": len(views) - 1,
                "words": view.words,
            },
            subject="interchangeable",
        )


def _unjudged(options: Options, view: View, _world: World) -> str | None:
    short = view.words < options.words_at_least
    return too_short(view.words, options.words_at_least) if short else None


CHECK = Check(
    name="interchangeable-text",
    level="corpus",
    options=Options,
    holes={"distinctiveness": 0.2, "untraced": 0.6, "n_others": 8, "words": 12000},
    run=_run,
    needs=frozenset({"comparison"}),
    unjudged=_unjudged,
    doc="Low distinctiveness of the whole text after place names are masked.",
)
