"""The style of leadership: diversity of actors by dispersal of decisions."""

from __future__ import annotations

from stratlint.records import Profile
from stratlint.rules.profiles.styles import DISPERSED, DIVERSE, UNKNOWN, style_of
from stratlint.rules.view import View
from stratlint.rules.wording import count
from stratlint.rules.world import World


def profile(view: View, world: World) -> Profile:
    """The style with the counts behind it."""
    style = style_of(view, world)
    if style.name == UNKNOWN:
        summary = (
            f"Too few are named who decide ({count(style.deciders, 'decider')}) to tell how far "
            f"decisions are spread; named besides: {count(style.actors, 'actor')} of "
            f"{count(style.kinds, 'kind')}."
        )
    else:
        summary = (
            f"Named: {count(style.actors, 'actor')} of {count(style.kinds, 'kind')}, and "
            f"{count(style.deciders, 'decider')}. {DIVERSE} kinds or more count as diverse, "
            f"{DISPERSED} deciders or more as dispersed."
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
