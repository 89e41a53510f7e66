"""Where the region stands on its innovation journey, and what it must get past next."""

from __future__ import annotations

from stratlint.records import Profile
from stratlint.rules.profiles.stages import MOMENTS, STAGES, stage_of
from stratlint.rules.view import View
from stratlint.rules.world import World


def profile(view: View, world: World) -> Profile:
    """The stage, the sentences seen for each stage, and the critical moment ahead."""
    standing = stage_of(view, world)
    counts = ", ".join(f"{stage} {n}" for stage, n in standing.counts.items())
    if standing.stage is None:
        value = "not discernible"
        summary = (
            f"Too few sentences speak for any stage of the journey (sentences seen: {counts})."
        )
    else:
        value = f"{standing.stage}: {STAGES[standing.stage]}"
        beside = standing.beside
        also = f"; nearly as much speaks for {beside}, {STAGES[beside]}" if beside else ""
        if beside:
            value = f"{standing.stage} or {beside}: {STAGES[standing.stage]} or {STAGES[beside]}"
        moment = MOMENTS[standing.ahead]
        dealt = "is spoken of" if standing.prepared else "is not spoken of"
        summary = (
            f"The text speaks for stage {standing.stage}, {STAGES[standing.stage]} (sentences "
            f"seen: {counts}){also}. The critical moment ahead, {moment}, {dealt}."
        )
    return Profile(
        kind="journey",
        document=view.source,
        value=value,
        summary=summary,
        facts={
            "stage": standing.stage,
            "beside": standing.beside,
            "stage_name": STAGES.get(standing.stage or ""),
            "sentences": standing.counts,
            "moment_ahead": MOMENTS.get(standing.ahead),
            "prepared": standing.prepared if standing.stage else None,
        },
        quotations=tuple(
            view.quote(m.start, m.end) for m in (*standing.evidence, *standing.preparation)
        ),
    )
