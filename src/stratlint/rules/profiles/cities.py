"""Whether a strategy reasons about its cities as urban hubs, by local links, or not at all."""

from __future__ import annotations

from stratlint.records import Profile
from stratlint.rules.view import View
from stratlint.rules.wording import count
from stratlint.rules.world import World


def profile(view: View, world: World) -> Profile:
    """Urban hub, local links, both or neither, with the sentences."""
    hub = world.theme(view, "urban_hub")
    links = world.theme(view, "local_links")
    scale = world.theme(view, "urban_scale")
    n_hub = len({s.match.sentence for s in hub.sightings})
    n_links = len({s.match.sentence for s in links.sightings})
    value = {
        (True, True): "urban hub and local links",
        (True, False): "urban hub",
        (False, True): "local links",
        (False, False): "neither",
    }[n_hub > 0, n_links > 0]
    return Profile(
        kind="cities",
        document=view.source,
        value=value,
        summary=(
            f"Reasoning by scale and choice (urban hub) in {count(n_hub, 'sentence')}, scale "
            f"{scale.score.value}; by specialised local links in {count(n_links, 'sentence')} "
            f"({links.score.value})."
        ),
        facts={
            "urban_hub": n_hub,
            "urban_hub_score": hub.score.value,
            "scale_score": scale.score.value,
            "local_links": n_links,
            "local_links_score": links.score.value,
        },
        quotations=tuple(
            view.quote(s.match.start, s.match.end)
            for s in (*hub.sightings[:2], *links.sightings[:2])
        ),
    )
