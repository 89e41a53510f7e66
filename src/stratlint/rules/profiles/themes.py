"""How far a strategy goes with each subject of a spatially aware policy."""

from __future__ import annotations

from collections import Counter

from stratlint.records import Profile
from stratlint.rules.themes import Score
from stratlint.rules.view import View
from stratlint.rules.world import World

SHOWN = (
    "functional_region",
    "cross_boundary",
    "rural",
    "rural_network",
    "distance_technology",
    "rural_founders",
    "urban_hub",
    "local_links",
    "lead_business_users",
    "smes",
    "analysts",
    "policy_skills",
    "weaknesses",
    "renewal",
)
"""The subjects of the brief; the other themes serve single rules."""


def profile(view: View, world: World) -> Profile:
    """The score of every subject: absent, claimed, evidenced or acted on."""
    scores = {theme: world.theme(view, theme) for theme in SHOWN}
    counts = Counter(score.score for score in scores.values())
    acted = counts[Score.ACTED_ON]
    return Profile(
        kind="themes",
        document=view.source,
        value=f"{acted} of {len(SHOWN)} acted on",
        summary=", ".join(f"{counts[score]} {score.value}" for score in reversed(Score)) + ".",
        facts={
            theme: {
                "name": score.name,
                "score": score.score.value,
                "sentences": len({s.match.sentence for s in score.sightings}),
                "looked_for": score.looked_for,
            }
            for theme, score in scores.items()
        },
        quotations=tuple(
            view.quote(score.sightings[0].match.start, score.sightings[0].match.end)
            for score in scores.values()
            if score.sightings
        ),
    )
