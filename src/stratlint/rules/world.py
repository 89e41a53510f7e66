"""What checks may ask of everything around the document they look at."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING

from stratlint.records import (
    AreaProfile,
    Comparison,
    Document,
    DocumentAnalysis,
    Figure,
    Quotient,
    Record,
    Similarity,
    quotients_of,
)
from stratlint.rules.themes import Lexicon, ThemeScore, load_lexicon
from stratlint.rules.view import View
from stratlint.rules.wording import amount

if TYPE_CHECKING:
    from stratlint.knowledge.places import Gazetteer
    from stratlint.knowledge.taxonomy import Taxonomy


OPEN_VIEWS = 32
"""Views whose words and indexes are held at a time."""


class RuleContext(Record, frozen=True):
    """Everything a run of the rules looks at.

    ``analyses`` are the strategies, ``sources`` further documents that strategies may draw on
    (a national framework). ``quotients`` hold one location quotient per area or region, sector
    and year asked for; ``areas`` what each document is about.
    """

    analyses: tuple[DocumentAnalysis, ...]
    taxonomy: Taxonomy
    gazetteer: Gazetteer
    comparison: Comparison | None = None
    quotients: tuple[Quotient, ...] = ()
    sources: tuple[Document, ...] = ()
    areas: tuple[AreaProfile, ...] = ()


class World:
    """A :class:`RuleContext` with indexes; built once per run."""

    def __init__(self, context: RuleContext, lexicon: Lexicon | None = None) -> None:
        self.context = context
        self.comparison = context.comparison
        self.lexicon = lexicon if lexicon is not None else load_lexicon()
        self._open: deque[View] = deque()
        self.views = tuple(View(analysis, self._opened) for analysis in context.analyses)
        self._scores: dict[tuple[str, str], ThemeScore] = {}
        self._quotients: dict[tuple[str | None, int | None], dict[str, Quotient]] = {}

    def _opened(self, view: View) -> None:
        """Close the view opened longest ago when many are open: words take fifty times a text."""
        self._open.append(view)
        if len(self._open) > OPEN_VIEWS:
            self._open.popleft().close()

    @cached_property
    def similarities(self) -> dict[frozenset[str], Similarity]:
        """Compared pairs by the source names of both."""
        pairs = self.comparison.similarities if self.comparison is not None else ()
        return {frozenset((pair.a, pair.b)): pair for pair in pairs}

    @cached_property
    def compared(self) -> tuple[tuple[View, View], ...]:
        """The pairs of views that were compared, in the order of the views."""
        place = {view.source: number for number, view in enumerate(self.views)}
        numbers = sorted(
            tuple(sorted(place[name] for name in names))
            for names in self.similarities
            if names <= place.keys()
        )
        return tuple((self.views[i], self.views[j]) for i, j in numbers)

    @cached_property
    def by_source(self) -> dict[str, View]:
        """The views by source name."""
        return {view.source: view for view in self.views}

    def quotients(self, view: View) -> dict[str, Quotient]:
        """Location quotients of a document's area or region, for its own year, by sector."""
        key = (view.document.place, view.document.year)
        if key not in self._quotients:
            found = quotients_of(self.context.quotients, *key)
            self._quotients[key] = {q.sector: q for q in found}
        return self._quotients[key]

    def area(self, view: View) -> AreaProfile | None:
        """What a document is about, None where nobody knows."""
        return next((a for a in self.context.areas if a.document == view.source), None)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {entry.id: entry.name for entry in self.context.taxonomy.sectors}

    def sector_name(self, sector: str) -> str:
        """The name of a sector as a message prints it."""
        return self._names.get(sector, sector)

    def knows_region(self, region: str) -> bool:
        """Whether the gazetteer holds places of a region."""
        return region in self.context.gazetteer.region_names()

    def theme(self, view: View, theme: str) -> ThemeScore:
        """The score of a theme in a document, reckoned once."""
        key = (view.source, theme)
        if key not in self._scores:
            self._scores[key] = self.lexicon.score(view, theme)
        return self._scores[key]


def in_time(quotient: Quotient, view: View, apart: int) -> bool:
    """Whether a figure is of about the document's own time: within ``apart`` years of it."""
    year = view.document.year
    return year is None or abs(quotient.year - year) <= apart


def quotient_holes(quotient: Quotient) -> dict[str, object]:
    """What a message may say of a location quotient: holes lq, measure, source, year, size."""
    return {
        "lq": quotient.value,
        "measure": quotient.measure,
        "source": quotient.source,
        "year": quotient.year,
        "size": amount(quotient.size, quotient.unit),
        "level": level_words(quotient),
    }


def level_words(quotient: Quotient) -> str:
    """The size of area that a quotient is of, as a message names it: 'of Oxfordshire (ITL3)'."""
    if quotient.level == "region":
        return f"of the region {quotient.region}"
    return f"of {quotient.region}, by {quotient.level} areas"


def figure_of(quotient: Quotient, sector_name: str) -> Figure:
    """A location quotient as evidence, with size and the years looked at."""
    years = ", ".join(f"{year}: {value:.2f}" for year, value in quotient.years)
    parts = [f"size {amount(quotient.size, quotient.unit)}", f"SIC {', '.join(quotient.codes)}"]
    if years:
        parts.append(f"years {years}")
    if quotient.level != "region":
        parts.append(f"by {quotient.level} areas")
    if quotient.caveat:
        parts.append(quotient.caveat)
    return Figure(
        label=f"Location quotient, {sector_name} ({quotient.measure})",
        value=quotient.value,
        unit=f"ratio, {quotient.reference or 'all regions'} = 1",
        source=quotient.source,
        year=quotient.year,
        region=quotient.region,
        sector=quotient.sector,
        detail="; ".join(parts),
    )
