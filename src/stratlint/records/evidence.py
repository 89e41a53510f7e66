"""Figures of official statistics, and location quotients made from them."""

from __future__ import annotations

from collections.abc import Iterable

from stratlint.records.base import Record


class Figure(Record):
    """A number with its source and year: the other kind of evidence beside a quotation."""

    label: str
    value: float
    unit: str
    source: str
    year: int
    region: str | None = None
    sector: str | None = None
    detail: str = ""


class Quotient(Record):
    """A location quotient: (x_rs / x_r) / (x_ns / x_n), with everything needed to judge it.

    ``size`` is x_rs in ``unit``; ``reference`` is the area that stands for the whole, empty
    where it is the sum of the table's regions; ``years`` holds (year, value) of the years looked
    at, and ``reliable`` is False where the cell is small or the years disagree. ``asked`` is the
    year of the document that it was worked out for, where ``year`` is that of the figures; None
    in records that do not tell. ``level`` is the size of area that the table knows: ``region``,
    ``ITL2`` or ``ITL3``.
    """

    region: str
    sector: str
    value: float
    year: int
    measure: str
    source: str
    size: float
    unit: str
    codes: tuple[str, ...]
    years: tuple[tuple[int, float], ...] = ()
    reliable: bool = True
    caveat: str = ""
    reference: str = ""
    asked: int | None = None
    level: str = "region"


def quotients_of(
    quotients: Iterable[Quotient], region: str | None, year: int | None
) -> tuple[Quotient, ...]:
    """The quotients of a region that were worked out for a document of a year.

    Two editions of one strategy are judged by the figures of their own time. A document that
    does not tell its year has the latest. Where nobody asked for just this year (a comparison
    may be given any quotients), those asked for nearest to it stand in.
    """
    local = [q for q in quotients if q.region == region]
    years = {q.asked for q in local if q.asked is not None}
    if not years:
        return tuple(local)
    own = max(years) if year is None else min(years, key=lambda y: (abs(y - year), y))
    return tuple(q for q in local if q.asked in (None, own))
