"""Who takes part: public bodies only, or the same few kinds of partner."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World

PUBLIC = ("agency", "government", "local_authority", "university", "college", "research")


class Options(Editable):
    """``kinds`` make up at least ``share`` of the mentions of actors."""

    kinds: tuple[str, ...] = PUBLIC
    share: float = Field(default=1.0, gt=0, le=1)
    actors_at_least: int = Field(default=4, ge=1)


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    body = [a for a in view.analysis.actors if a.start < view.document.body_end]
    inside = [a for a in body if a.kind in options.kinds]
    if len(body) < options.actors_at_least or len(inside) < options.share * len(body):
        return
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "n": len(inside),
            "n_total": len(body),
            "share": len(inside) / len(body),
            "kinds": ", ".join(sorted({a.kind.replace("_", " ") for a in inside})),
            "names": ", ".join(sorted({a.name for a in inside})[:6]),
        },
        quotations=tuple(view.quote(a.start, a.end) for a in inside[:3]),
        subject="actors",
    )


CHECK = Check(
    name="actor-mix",
    level="document",
    options=Options,
    holes={
        "n": 30,
        "n_total": 31,
        "share": 0.97,
        "kinds": "agency, university",
        "names": "the agency, the university",
    },
    run=_run,
    doc="The share that some kinds of actor have among all that are named.",
)
