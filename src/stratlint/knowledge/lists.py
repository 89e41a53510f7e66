"""Lists of one's own, sectors and places, in the place of those that are shipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from stratlint.knowledge.areas import load_areas
from stratlint.knowledge.places import find_places_folder, load_places, places_in_force
from stratlint.knowledge.taxonomy import find_sectors, load_taxonomy, sectors_in_force


class Lists(NamedTuple):
    """Folders of a list of sectors and of places, None for the shipped ones."""

    sectors: Path | None = None
    places: Path | None = None


SHIPPED = Lists()


def find_lists(sectors: str | None, places: str | None) -> Lists:
    """The folders that settings name. Raises UsageError where one is not there."""
    return Lists(find_sectors(sectors), find_places_folder(places))


@contextmanager
def lists_in_force(lists: Lists) -> Iterator[None]:
    """Read these lists while this lasts: in each process that reads, analyses or judges."""
    with sectors_in_force(lists.sectors), places_in_force(lists.places):
        yield


def load_lists(lists: Lists) -> None:
    """Read all of them as a run does. Raises FileFault at the place of a fault."""
    with lists_in_force(lists):
        load_taxonomy()
        load_places()
        load_areas()
