"""Figures of official statistics, and location quotients made from them."""

from __future__ import annotations

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
    at, and ``reliable`` is False where the cell is small or the years disagree.
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
