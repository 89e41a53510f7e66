"""A priority that the region's own figures speak against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.evidence.marks import AVERAGE
from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.timely import require_figures
from stratlint.rules.view import View
from stratlint.rules.wording import count, short_of
from stratlint.rules.world import World, figure_of, in_time, quotient_holes
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/evidence.yaml``."""

    compared: Wordings
    comparing_head: Wordings


wordings = words_of("checks/evidence", Words)


class Options(Editable):
    """``every_year``: the quotient must be below the mark in every year looked at."""

    location_quotient_below: float = Field(default=AVERAGE, gt=0)
    every_year: bool = True
    reliable_only: bool = True
    years_apart_at_most: int = Field(default=5, ge=0)
    """Figures further from the document's year do not judge it."""
    unless_compared: bool = False
    """Leave out sectors that the text itself compares with elsewhere, in its own area's figures:
    a region's quotient says less than the county's that the reader has before him."""


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    require_figures(view, world, options.years_apart_at_most)
    compared = compared_sectors(view) if options.unless_compared else frozenset[str]()
    for priority in view.analysis.priorities:
        if priority.sector in compared:
            continue
        quotient = world.quotients(view).get(priority.sector)
        if quotient is None or quotient.value >= options.location_quotient_below:
            continue
        if options.reliable_only and not quotient.reliable:
            continue
        if not in_time(quotient, view, options.years_apart_at_most):
            continue
        values = [value for _, value in quotient.years] or [quotient.value]
        below = sum(value < options.location_quotient_below for value in values)
        if options.every_year and below < len(values):
            continue
        name = world.sector_name(priority.sector)
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={
                "sector": name,
                **quotient_holes(quotient),
                "shown": short_of(quotient.value, options.location_quotient_below),
                "mark": options.location_quotient_below,
                "below_in": _years(below, len(values)),
                "n_years": len(values),
            },
            quotations=priority.evidence[:3],
            figures=(figure_of(quotient, name),),
            subject=priority.sector,
        )


def compared_sectors(view: View) -> frozenset[str]:
    """Sectors that a document sets beside the country or other places, by a figure or a rank."""
    return view.remember("compared sectors", lambda: frozenset(_compared(view)))


def _compared(view: View) -> Iterator[str]:
    rows = {
        row.block
        for table in tables_of(view)
        if any(wordings().comparing_head.search(head) for head in table.heads)
        for row in table.rows
    }
    for sector, mentions in view.mentions_by_sector.items():
        # One mention of each block: a paragraph may name a sector a thousand times.
        blocks = {mention.block: mention.sentence for mention in mentions}
        about = {s for sentence in blocks.values() for s in view.around(sentence, "paragraph")}
        if blocks.keys() & rows or any(wordings().compared.search(view.text(s)) for s in about):
            yield sector


def _years(below: int, looked_at: int) -> str:
    """How many of the years looked at, as a message says it after 'in'."""
    if looked_at == 1:
        return "that year"
    which = "each" if below == looked_at else str(below)
    return f"{which} of {count(looked_at, 'year')}"


CHECK = Check(
    name="priority-against-evidence",
    level="document",
    options=Options,
    holes={
        "sector": "Life sciences",
        "lq": 0.4,
        "measure": "GVA",
        "source": "ONS",
        "year": 2006,
        "level": "of the region North East",
        "shown": "0.40",
        "mark": 1.0,
        "below_in": "each of 3 years",
        "n_years": 3,
        "size": "£120 million",
    },
    run=_run,
    needs=frozenset({"figures"}),
    doc="A priority whose reliable location quotient lies below a mark.",
)
