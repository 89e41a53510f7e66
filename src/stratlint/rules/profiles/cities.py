"""Whether a strategy reasons about its cities as urban hubs, by local links, or not at all."""

from __future__ import annotations

from stratlint.records import Profile
from stratlint.rules.themes import ThemeScore
from stratlint.rules.view import View
from stratlint.rules.wording import count
from stratlint.rules.world import World


def given(sentences: int, theme: ThemeScore) -> str:
    """How often a reason is given, and how far the document goes with it."""
    if not sentences:
        return "given as a reason nowhere"
    return f"given as a reason in {count(sentences, 'sentence')} ({theme.score.value})"


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
            f"A city's scale and choice of suppliers, markets and labour: {given(n_hub, hub)}. "
            f"Specialised local links: {given(n_links, links)}."
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
