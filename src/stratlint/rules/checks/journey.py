"""The innovation journey: where a region stands on it, and what it must get past next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.voice import NO_PLACE, is_of_a_place
from stratlint.rules.profiles.stages import MOMENTS, STAGES, stage_of
from stratlint.rules.view import View
from stratlint.rules.wording import count, too_short
from stratlint.rules.world import World


class Options(Editable):
    """``fault``: no stage to be seen, or the critical moment ahead not prepared for."""

    fault: Literal["not-discernible", "unprepared"] = "not-discernible"
    words_at_least: int = Field(default=20, ge=0)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    if not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    standing = stage_of(view, world)
    if options.fault == "not-discernible":
        if standing.stage is None:
            yield Hit(
                document=view.source,
                region=view.region,
                holes=_holes("", "", view),
                quotations=tuple(view.quote(m.start, m.end) for m in standing.evidence[:3]),
                subject="stage",
            )
        return
    if standing.stage is None or standing.prepared:
        return
    yield Hit(
        document=view.source,
        region=view.region,
        holes=_holes(standing.stage, standing.ahead, view),
        quotations=tuple(view.quote(m.start, m.end) for m in standing.evidence[:3]),
        subject=f"moment before {standing.ahead}",
    )


def _holes(stage: str, ahead: str, view: View) -> dict[str, object]:
    return {
        "stage": f"{stage} ({STAGES[stage]})" if stage else "",
        "moment": MOMENTS[ahead] if ahead else "",
        "sentences": count(view.n_sentences, "sentence"),
    }


CHECK = Check(
    name="journey-stage",
    level="document",
    options=Options,
    holes={"stage": "C (piloting)", "moment": "sustaining momentum", "sentences": "900 sentences"},
    run=_run,
    doc="The stage A to E of the innovation journey, and the critical moment before the next one.",
)
