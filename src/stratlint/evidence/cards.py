"""The card of a table: where its figures come from and how they are to be read."""

from __future__ import annotations

import re
from pathlib import Path

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml

SUM_OF_REGIONS = "sum of regions"

_SAME = {
    "sic 2007": "2007",
    "sic2007": "2007",
    "sic 07": "2007",
    "nace rev. 2": "2007",
    "nace rev 2": "2007",
    "nace r2": "2007",
    "nace_r2": "2007",
    "isic rev. 4 (nace)": "2007",
    "sic 2003": "2003",
    "sic2003": "2003",
    "sic 92": "2003",
    "sic 1992": "2003",
    "nace rev. 1.1": "2003",
    "nace rev 1.1": "2003",
    "nace rev. 1": "2003",
}
"""Classifications that can be read: NACE Rev. 2 is SIC 2007 to four digits."""


_NO_AMOUNT = re.compile(
    r"%|\bper ?cent|\bshares?\b|\brates?\b|\bindex\b|\bper head\b", re.IGNORECASE
)


class TableCard(Editable):
    """Where a table comes from and how it is to be read.

    ``absent: nought`` says that a row which is not there is nought, as some offices leave empty
    classes out; else it is unknown. ``decimal`` is needed where '1,234' may be either number.
    ``other_codes`` are rows of the total that are no code of the classification.
    """

    title: str
    publisher: str
    licence: str
    date: str
    measure: str
    unit: str
    url: str = ""
    classification: str = "SIC 2007"
    total_code: str | None = None
    other_codes: tuple[str, ...] = ()
    reference: str = SUM_OF_REGIONS
    minimum_size: float = 0.0
    absent: str = "unknown"
    decimal: str = ""
    negative: bool = False
    note: str = ""


def card_path(path: Path) -> Path:
    """The card beside a table: 'jobs.yaml' of 'jobs.csv' and of 'jobs.csv.gz'."""
    return path.with_name(table_name(path) + ".yaml")


def table_name(path: Path) -> str:
    """A table's name without what its file ends with."""
    return re.sub(r"\.(?:csv|tsv|txt)(?:\.gz)?$", "", path.name, flags=re.IGNORECASE)


def load_card(path: Path) -> TableCard:
    """The card beside a table. Raises FileFault when it is missing or has a fault."""
    beside = card_path(path)
    card = load_yaml(beside, TableCard)
    if card.absent not in ("unknown", "nought"):
        raise FileFault(f"absent: '{card.absent}'; it is unknown or nought", path=str(beside))
    if card.decimal not in ("", ".", ","):
        raise FileFault(f"decimal: '{card.decimal}'; it is '.' or ','", path=str(beside))
    if _NO_AMOUNT.search(card.unit):
        raise FileFault(
            f"unit: '{card.unit}': shares and rates of regions cannot be added up; give amounts",
            path=str(beside),
        )
    if classification_of(card) is None:
        known = "SIC 2007, NACE Rev. 2, SIC 2003 or NACE Rev. 1.1"
        seen = (
            f"classification: '{card.classification}' is not {known}; no other can be carried over"
        )
        raise FileFault(seen, path=str(beside))
    return card


def classification_of(card: TableCard) -> str | None:
    """'2007' or '2003', the SIC that a card's classification is or equals; None for others."""
    return _SAME.get(" ".join(card.classification.casefold().split()))
