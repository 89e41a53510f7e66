"""A style of leadership that does not suit the stage of the journey."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.profiles.stages import STAGES, stage_of
from stratlint.rules.profiles.styles import style_of
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """``unsuitable``: for each style the stages for which it is a poor match."""

    unsuitable: dict[str, tuple[str, ...]] = Field(
        default_factory=lambda: {
            "barber-shop quartet": ("D", "E"),
            "enthusiastic improvisation": ("D",),
            "jamming super-group": ("A", "B"),
        }
    )


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    standing = stage_of(view, world)
    style = style_of(view, world)
    if standing.stage is None or standing.stage not in options.unsuitable.get(style.name, ()):
        return
    evidence = [*style.evidence[:3], *standing.evidence[:2]]
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "style": style.name,
            "stage": f"{standing.stage} ({STAGES[standing.stage]})",
            "n_kinds": style.kinds,
            "n_deciders": style.deciders,
        },
        quotations=tuple(view.quote(m.start, m.end) for m in evidence),
        subject=f"{style.name} {standing.stage}",
    )


CHECK = Check(
    name="leadership-fit",
    level="document",
    options=Options,
    holes={"style": "orchestral", "stage": "C (piloting)", "n_kinds": 5, "n_deciders": 2},
    run=_run,
    doc="Leadership style (diversity of actors by dispersal of decisions) against the stage.",
)
