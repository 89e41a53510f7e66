"""The style of leadership: diversity of actors by dispersal of decisions."""

from __future__ import annotations

from stratlint.records import Profile
from stratlint.rules.leading import DISPERSED, DIVERSE, UNKNOWN, style_of
from stratlint.rules.view import View
from stratlint.rules.world import World


def profile(view: View, world: World) -> Profile:
    """The style with the counts behind it."""
    style = style_of(view, world)
    if style.name == UNKNOWN:
        summary = (
            f"Nobody is named who decides; {style.actors} actors of {style.kinds} kinds are named."
        )
    else:
        summary = (
            f"{style.actors} actors of {style.kinds} kinds take part; {style.deciders} are named "
            f"as deciding (diverse from {DIVERSE} kinds, dispersed from {DISPERSED} deciders)."
        )
    return Profile(
        kind="leadership",
        document=view.source,
        value=style.name,
        summary=summary,
        facts={
            "kinds": list(style.kind_names),
            "actors": style.actors,
            "deciders": list(style.decider_names[:12]),
            "n_deciders": style.deciders,
            "told_in_words": style.told,
        },
        quotations=tuple(view.quote(m.start, m.end) for m in style.evidence[:4]),
    )
