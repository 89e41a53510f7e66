"""A sector that most regions prioritise, with or without local evidence for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, Quotation, Quotient, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.voice import NO_PLACE, is_of_a_place
from stratlint.rules.timely import untimely
from stratlint.rules.view import View
from stratlint.rules.wording import short_of
from stratlint.rules.world import World, figure_of, in_time, level_words


class Options(Editable):
    """``share_of_regions``: the crowd; ``location_quotient_below``: None asks for no figure."""

    share_of_regions: float = Field(default=0.6, gt=0, le=1)
    location_quotient_below: float | None = Field(default=None, gt=0)
    reliable_only: bool = True
    years_apart_at_most: int = Field(default=5, ge=0)
    """Figures further from the document's year do not judge it."""
    report: Literal["document", "corpus"] = "document"


def _run(options: Options, views: Sequence[View], world: World) -> Iterable[Hit]:
    holders: dict[str, list[View]] = {}
    views = [view for view in views if is_of_a_place(view)]
    for view in views:
        for priority in view.analysis.priorities:
            holders.setdefault(priority.sector, []).append(view)
    total = len(_regions(views))
    told: dict[str, set[Span]] = {}
    for sector in sorted(holders, key=lambda s: _first(holders[s], s)):
        if options.report == "corpus":
            holders[sector] = [v for v in holders[sector] if _in_its_own_right(v, sector, told)]
        n_regions = len(_regions(holders[sector]))
        if n_regions < 2 or n_regions < options.share_of_regions * total:
            continue
        if options.report == "corpus":
            for view in holders[sector]:
                told.setdefault(view.source, set()).update(_spans(view, sector))
            yield _together(sector, holders[sector], total, world)
        else:
            yield from _each(options, sector, holders[sector], total, world)


def _regions(views: Sequence[View]) -> list[str]:
    """The regions of documents, each once though it may have several; sorted."""
    return sorted({view.analysis.name for view in views})


def _unjudged(options: Options, view: View, world: World) -> str | None:
    if not is_of_a_place(view):
        return NO_PLACE
    if options.location_quotient_below is None:
        return None
    return untimely(view, world, options.years_apart_at_most)


def _first(holders: Sequence[View], sector: str) -> tuple[int, int, int, str]:
    """Most regions first, then most mentions, then the name that stands first in the texts."""
    spans = [sorted(_spans(view, sector)) for view in holders]
    return (
        -len(_regions(holders)),
        -sum(len(found) for found in spans),
        sum(found[0][0] for found in spans if found),
        sector,
    )


def _spans(view: View, sector: str) -> set[Span]:
    """Where a document commits itself to a sector."""
    mentions = view.mentions_by_sector.get(sector, [])
    return {(m.start, m.end) for m in mentions if m.commitment.is_committed}


def _in_its_own_right(view: View, sector: str, told: Mapping[str, set[Span]]) -> bool:
    """Whether a region has chosen a sector by words that were not counted for another one.

    'Life sciences and health' is one choice, although two sectors are recognised in it, and
    'horticulture and planting materials' is no choice of materials.
    """
    taken = told.get(view.source, set())
    own = [
        span
        for span in sorted(_spans(view, sector))
        if not any(_touches(view, span, other) for other in taken)
    ]
    return (bool(own) or not taken) and not _is_part_of_a_name(view, sector)


def _is_part_of_a_name(view: View, sector: str) -> bool:
    """Whether the best evidence for a sector is the end of another sector's name."""
    first = next(iter(_evidence(view, sector)), None)
    if first is None or not first.marks:
        return False
    start = first.start + first.marks[0][0]
    return any(
        m.sector != sector and m.start < start and view.document.text[m.end : start] == " "
        for m in view.analysis.mentions
        if m.end <= start
    )


def _touches(view: View, span: Span, other: Span) -> bool:
    """Whether two names overlap or are joined into one by 'and' or '&'.

    Items of a list and cells of a row follow each other with nothing between and are two names.
    """
    low, high = sorted((span, other))
    if high[0] < low[1]:
        return True
    between = view.document.text[low[1] : high[0]]
    if view.document.block_at(low[0]) != view.document.block_at(high[0]) or "\t" in between:
        return False
    return between.strip().casefold() in ("and", "&", "")


def _together(sector: str, holders: list[View], total: int, world: World) -> Hit:
    regions = _regions(holders)
    quotations = tuple(q for view in holders for q in _evidence(view, sector)[:1])
    return Hit(
        holes={
            "sector": world.sector_name(sector),
            "n_regions": len(regions),
            "n_total": total,
            "regions": ", ".join(regions),
            "lq": float("nan"),
            "shown": "",
            "source": "",
            "year": 0,
            "level": "",
            "limits": "",
        },
        sector=sector,
        quotations=quotations,
        subject=sector,
    )


def _each(
    options: Options, sector: str, holders: list[View], total: int, world: World
) -> Iterable[Hit]:
    regions = _regions(holders)
    for view in holders:
        if _unjudged(options, view, world):
            continue
        quotient = world.quotients(view).get(sector)
        if options.location_quotient_below is not None and (
            quotient is None
            or quotient.value >= options.location_quotient_below
            or (options.reliable_only and not quotient.reliable)
            or not in_time(quotient, view, options.years_apart_at_most)
        ):
            continue
        name = world.sector_name(sector)
        yield Hit(
            document=view.source,
            region=view.region,
            sector=sector,
            holes={
                "sector": name,
                "n_regions": len(regions),
                "n_total": total,
                "regions": ", ".join(regions),
                "lq": quotient.value if quotient else float("nan"),
                "shown": _shown(quotient, options.location_quotient_below),
                "source": quotient.source if quotient else "",
                "year": quotient.year if quotient else 0,
                "level": level_words(quotient) if quotient else "",
                "limits": f", {quotient.caveat}" if quotient and quotient.caveat else "",
            },
            # The best alone: what else speaks for the choice stands where the choice does.
            quotations=_evidence(view, sector)[:1],
            figures=(figure_of(quotient, name),) if quotient else (),
            subject=sector,
            confidence=None if quotient is None or quotient.reliable else Confidence.LOW,
        )


def _shown(quotient: Quotient | None, mark: float | None) -> str:
    if quotient is None:
        return ""
    return f"{quotient.value:.2f}" if mark is None else short_of(quotient.value, mark)


def _evidence(view: View, sector: str) -> tuple[Quotation, ...]:
    priority = view.analysis.priority(sector)
    return priority.evidence if priority else ()


CHECK = Check(
    name="crowded-priority",
    level="corpus",
    options=Options,
    holes={
        "sector": "Life sciences",
        "n_regions": 8,
        "n_total": 9,
        "regions": "A, B",
        "lq": 0.4,
        "shown": "0.40",
        "source": "ONS",
        "year": 2006,
        "level": "of the region North East",
        "limits": ", for 50% of the sector's industries",
    },
    run=_run,
    needs=frozenset(),
    unjudged=_unjudged,
    doc="A sector that at least a share of the regions prioritise; with `location_quotient_below`, "
    "only in the regions whose location quotient is lower.",
)
