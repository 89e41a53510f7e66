"""Four styles of leadership: how diverse the actors are by how dispersed decisions are.

Source of the two variables and the four styles: *Making innovative places*, NESTA 2008.
"""

from __future__ import annotations

from stratlint.records import ActorMention, Record
from stratlint.rules.view import Match, View
from stratlint.rules.world import World

DIVERSE = 5
"""Kinds of actor from which a journey counts as diverse."""
MANY_ACTORS = 10
"""Distinct actors that it takes besides."""
DISPERSED = 5
"""Distinct deciders from which decisions count as dispersed."""
NAMED = 2
"""Deciders that it takes to speak of a style where many play: one board that is named once says
nothing of how far decisions are spread, and made nine documents of thirteen 'orchestral'."""
TOLD = 2
"""Sentences that it takes to believe what a text says of its own leadership."""
UNKNOWN = "not discernible"
_THEMES = {
    "orchestral": "style_orchestral",
    "barber-shop quartet": "style_quartet",
    "enthusiastic improvisation": "style_improvisation",
    "jamming super-group": "style_jamming",
}


class Style(Record, frozen=True):
    """A style with its measured parts: kinds of actor, distinct actors, distinct deciders.

    ``told`` is True when the text describes its own way of leading in so many words, which
    then counts for more than who is named.
    """

    name: str
    told: bool
    kinds: int
    actors: int
    deciders: int
    decider_names: tuple[str, ...]
    kind_names: tuple[str, ...]
    evidence: tuple[Match, ...]


def style_of(view: View, world: World) -> Style:
    """The style of a document; ``not discernible`` when it names too few who decide."""
    return view.remember("style", lambda: _style_of(view, world))


def _style_of(view: View, world: World) -> Style:
    actors = [a for a in view.analysis.actors if a.start < view.document.body_end]
    kinds = sorted({a.kind for a in actors} - {"consultee"})
    names = sorted({_plain(a) for a in actors})
    deciders: dict[str, Match] = {}
    for sighting in world.theme(view, "decision_makers").sightings:
        match = sighting.match
        beside = [_plain(a) for a in view.actors_by_sentence.get(match.sentence, [])]
        for name in beside or [_words(view, match)]:
            deciders.setdefault(name, match)
    told = _told(view, world)
    diverse = len(kinds) >= DIVERSE and len(names) >= MANY_ACTORS
    dispersed = len(deciders) >= DISPERSED
    enough = len(deciders) >= (NAMED if diverse else 1)
    return Style(
        name=told or (_name(diverse=diverse, dispersed=dispersed) if enough else UNKNOWN),
        told=bool(told),
        kinds=len(kinds),
        actors=len(names),
        deciders=len(deciders),
        decider_names=tuple(sorted(deciders)),
        kind_names=tuple(kinds),
        evidence=tuple(sorted(deciders.values(), key=lambda m: m.start)),
    )


def _told(view: View, world: World) -> str:
    """The style that at least two sentences describe, more than describe any other; or ''."""
    counts = {
        style: len({s.match.sentence for s in world.theme(view, theme).sightings})
        for style, theme in _THEMES.items()
    }
    first, second = sorted(counts, key=lambda style: -counts[style])[:2]
    return first if counts[first] >= TOLD and counts[first] > counts[second] else ""


def _name(*, diverse: bool, dispersed: bool) -> str:
    if diverse:
        return "jamming super-group" if dispersed else "orchestral"
    return "enthusiastic improvisation" if dispersed else "barber-shop quartet"


def _plain(actor: ActorMention) -> str:
    return " ".join(actor.name.casefold().removeprefix("the ").split())


def _words(view: View, match: Match) -> str:
    return " ".join(view.document.text[match.start : match.end].casefold().split())
