"""How a strategy treats its rural areas: not, as dormitory or playground, or as economies."""

from __future__ import annotations

from stratlint.records import Profile
from stratlint.rules.view import View
from stratlint.rules.wording import count, listing
from stratlint.rules.world import World
from stratlint.text.wordings import WordFile, words_of


class Words(WordFile):
    """``rules/language/profiles/rural.yaml``."""

    parts: tuple[str, ...]


_wordings = words_of("profiles/rural", Words)


def profile(view: View, world: World) -> Profile:
    """The treatment in a few words, with the score of each part."""
    scores = {part: world.theme(view, part) for part in _wordings().parts}
    sentences = {p: len({x.match.sentence for x in s.sightings}) for p, s in scores.items()}
    economy = scores["rural_economy"].score.level
    if not sentences["rural"]:
        value = "not spoken of"
    elif not economy and sentences["rural_scenery"]:
        value = "dormitory or playground"
    elif not economy:
        value = "mentioned"
    else:
        value = f"an economy of its own ({scores['rural_economy'].score.value})"
    named = [scores[p].name for p in _wordings().parts[3:] if sentences[p]]
    economy_in = sentences["rural_economy"]
    businesses = f"their businesses in {economy_in:,}" if economy_in else "their businesses nowhere"
    if sentences["rural"]:
        spoken = (
            f"Rural areas are spoken of in {count(sentences['rural'], 'sentence')}, {businesses}"
        )
    else:
        spoken = "Rural areas are not spoken of"
    of = f" Of networks, distance technology and founders: {listing(named)}." if named else ""
    return Profile(
        kind="rural",
        document=view.source,
        value=value,
        summary=f"{spoken}.{of}",
        facts={p: {"score": s.score.value, "sentences": sentences[p]} for p, s in scores.items()},
        quotations=tuple(
            view.quote(s.sightings[0].match.start, s.sightings[0].match.end)
            for s in scores.values()
            if s.sightings
        )[:4],
    )
