"""Something a spatially aware strategy has, and this one has not; or not far enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, Quotation
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.voice import (
    CITY,
    NO_PLACE,
    REGION,
    is_of_a_city,
    is_of_a_place,
    is_of_a_region,
)
from stratlint.rules.themes import Score, ThemeScore
from stratlint.rules.view import View
from stratlint.rules.wording import count, pages_of, too_short
from stratlint.rules.world import World

SHORT = 400
"""Under so many words an absence says little: such findings have low confidence."""


class Options(Editable):
    """The rule fires when every one of ``themes`` stays below the score ``below``."""

    themes: Annotated[
        tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)
    ] = Field(min_length=1)
    below: Literal["passing", "claimed", "evidenced", "acted on"] = "passing"
    sentences_at_least: int = Field(default=1, ge=1)
    """Fewer sentences than this are a passing word, and the theme counts as absent."""
    words_at_least: int = Field(default=20, ge=0)
    not_of_cities: bool = False
    """Not asked of a text about a city, which has no rural part worth a word."""
    not_of_regions: bool = False
    """Not asked of a text about a whole region: readers found it true there and of no use."""


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    if not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    if options.not_of_cities and is_of_a_city(view):
        raise CannotRunError(CITY)
    if options.not_of_regions and is_of_a_region(view):
        raise CannotRunError(REGION)
    scores = [world.theme(view, theme) for theme in options.themes]
    spoken = {x.match.sentence for score in scores for x in score.sightings}
    best = max(scores, key=lambda s: s.score.level)
    enough = options.sentences_at_least == 1 or len(spoken) >= options.sentences_at_least
    if enough and best.score.level >= Score(options.below).level:
        return
    quotations = _nearest(view, scores)
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "theme": " or ".join(score.name for score in scores),
            "looked_for": "; ".join(score.looked_for for score in scores),
            "score": best.score.value,
            "spoken": count(len(spoken), "sentence"),
            "wanted": options.below,
            "pages": pages_of(view),
            "sentences": count(view.n_sentences, "sentence"),
            "nearest": _where(best.score, quotations),
        },
        quotations=quotations,
        subject=" ".join(options.themes),
        confidence=Confidence.LOW if view.words < SHORT else None,
    )


def _nearest(view: View, scores: list[ThemeScore]) -> tuple[Quotation, ...]:
    matches = [sighting.match for score in scores for sighting in score.sightings[:2]]
    matches = matches or [match for score in scores for match in score.near]
    return tuple(view.quote(match.start, match.end) for match in matches[:3])


def _where(score: Score, quotations: tuple[Quotation, ...]) -> str:
    if not quotations:
        return ""
    seen = "only in passing" if score is Score.PASSING else "the nearest thing seen is"
    return f"; {seen} on {quotations[0].where}"


CHECK = Check(
    name="theme-absent",
    level="document",
    options=Options,
    holes={
        "theme": "functional regions",
        "looked_for": "travel-to-work areas, city-regions",
        "score": "absent",
        "spoken": "0 sentences",
        "wanted": "claimed",
        "pages": "40 pages",
        "sentences": "900 sentences",
        "nearest": "; the nearest thing seen is on page 4",
    },
    run=_run,
    doc="A theme (absent, claimed, evidenced, acted on) that stays below what is wanted; says what "
    "was looked for and in how many pages and sentences.",
)
