"""The gazetteer: places, the region that holds each, and which regions are neighbours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field

from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.spellings import RegionSpellings
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Record
from stratlint.resources import data_dir


class Place(Record, frozen=True):
    """A place of the gazetteer.

    ``kind`` is one of ``region``, ``nation``, ``district``, ``county``, ``city_region``,
    ``city``, ``town``, ``area``, ``country``, ``abroad`` and ``world``; ``region`` is the English
    region that holds it (a region holds itself), ``Wales`` for the Welsh districts, else None.
    ``ambiguous`` names are also words or surnames and need a place's company in the text.
    """

    name: str
    kind: str
    region: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False


class RegionEntry(Editable):
    """A region in ``regions.yaml``."""

    name: str
    code: str
    itl1: str
    aliases: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()


class RegionsFile(Editable):
    """``rules/places/regions.yaml``."""

    regions: tuple[RegionEntry, ...] = Field(min_length=1)
    nations: tuple[str, ...] = ()


class DistrictEntry(Editable):
    """A local authority district of the official list."""

    code: str
    name: str
    region: str


class DistrictsFile(Editable):
    """``rules/places/districts.yaml``, made from the official list."""

    source: str
    publisher: str
    licence: str
    districts: tuple[DistrictEntry, ...]


class RegionPlaces(Editable):
    """The places of one region in ``settlements.yaml``."""

    counties: tuple[str, ...] = ()
    city_regions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


class SettlementsFile(Editable):
    """``rules/places/settlements.yaml``, with the words that tell places from people."""

    regions: dict[str, RegionPlaces]
    shared: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    place_before: tuple[str, ...] = ()
    place_after: tuple[str, ...] = ()
    person_before: tuple[str, ...] = ()


class AbroadFile(Editable):
    """``rules/places/abroad.yaml``."""

    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    world: tuple[str, ...] = ()


class Company(Record, frozen=True):
    """Words around a name: those that speak of a place, those that make it a person."""

    before: frozenset[str]
    after: frozenset[str]
    person: frozenset[str]


class Gazetteer:
    """All places. Names are unique: the first of region, city, county, district, … wins."""

    def __init__(
        self,
        places: tuple[Place, ...],
        neighbours: dict[str, tuple[str, ...]],
        codes: dict[str, str],
        company: Company,
        spellings: RegionSpellings,
    ) -> None:
        self.spellings = spellings
        self.places = places
        self.company = company
        self.codes = codes
        self._neighbours = neighbours

    def region_names(self) -> tuple[str, ...]:
        """The nine regions, by name."""
        return tuple(sorted(self._neighbours))

    def spelling(self, region: str | None) -> str | None:
        """The name of the region that a usual spelling or a code means; else as it came."""
        plain = " ".join((region or "").split())
        return self.spellings.find(plain) or plain or None

    def neighbours(self, region: str) -> tuple[str, ...]:
        """Regions and nations that share a border with a region; empty if it is unknown."""
        return self._neighbours.get(region, ())

    def names(self) -> tuple[str, ...]:
        """Every name and alias, sorted."""
        return tuple(sorted({n for p in self.places for n in (p.name, *p.aliases)}))

    @cached_property
    def _by_name(self) -> dict[str, Place]:
        return {n.lower(): p for p in reversed(self.places) for n in (p.name, *p.aliases)}

    def find(self, name: str) -> Place | None:
        """The place with a name or alias, whatever its capitals."""
        return self._by_name.get(" ".join(name.split()).lower())

    def region_of(self, name: str) -> str | None:
        """The region that holds a place, or is it; None when the gazetteer does not know."""
        place = self.find(name)
        return place.region if place else None


_IN_FORCE: ContextVar[Path | None] = ContextVar("places", default=None)
FILES = ("regions.yaml", "settlements.yaml", "districts.yaml", "abroad.yaml", "areas.yaml")


@contextmanager
def places_in_force(folder: Path | None) -> Iterator[None]:
    """Read places of one's own beside or instead of the shipped ones, while this lasts."""
    token = _IN_FORCE.set(folder)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def places_folder() -> Path | None:
    """The folder of places in force, None for the shipped ones."""
    return _IN_FORCE.get()


def find_places_folder(name: str | None) -> Path | None:
    """The folder of places that a setting names, None for none.

    Raises UsageError where there is no such folder, or none of the files in it.
    """
    if name is None:
        return None
    folder = Path(name)
    if not folder.is_dir():
        raise UsageError(f"places: there is no folder '{name}'")
    if not any((folder / file).is_file() for file in FILES):
        raise UsageError(f"places: '{name}' has none of {', '.join(FILES)}")
    return folder


def states_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when somebody edits places of their own; the shipped ones stay as they are."""
    if folder == data_dir("rules") / "places":
        return ()
    states = [(path.name, path.stat()) for name in FILES if (path := folder / name).is_file()]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


def load_places(folder: Path | None = None) -> Gazetteer:
    """The gazetteer in force, or that of a folder with files such as ``rules/places/*.yaml``.

    A file that the folder does not have is the shipped one. With regions of its own it has none
    of the shipped settlements and districts, which lie in other regions. Raises FileFault at the
    place of a fault.
    """
    folder = folder or places_folder() or data_dir("rules") / "places"
    return _load(folder, states_of(folder))


@cache
def _load(folder: Path, _states: tuple[tuple[str, int, int], ...]) -> Gazetteer:
    shipped = data_dir("rules") / "places"
    own = {name for name in FILES if (folder / name).is_file()}
    at = {name: (folder if name in own else shipped) / name for name in FILES}
    regions = load_yaml(at["regions.yaml"], RegionsFile)
    settlements = load_yaml(at["settlements.yaml"], SettlementsFile)
    districts = load_yaml(at["districts.yaml"], DistrictsFile)
    if "regions.yaml" in own and "settlements.yaml" not in own:
        # The words that tell places from people are those of the language, not of the regions.
        settlements = settlements.model_copy(update={"regions": {}, "shared": ()})
    if "regions.yaml" in own and "districts.yaml" not in own:
        districts = districts.model_copy(update={"districts": ()})
    names = {entry.name for entry in regions.regions}
    for region in settlements.regions:
        if region not in names:
            raise FileFault(
                f"'{region}' is none of the regions of regions.yaml",
                path=str(at["settlements.yaml"]),
            )
    ambiguous = frozenset(settlements.ambiguous)
    found: dict[str, Place] = {}
    for place in (
        *_regions(regions),
        *_settlements(settlements, ambiguous),
        *_districts(districts, ambiguous),
        *_abroad(load_yaml(at["abroad.yaml"], AbroadFile)),
    ):
        found.setdefault(place.name.lower(), place)
    return Gazetteer(
        places=tuple(found.values()),
        neighbours={e.name: (*e.neighbours, *e.nations) for e in regions.regions},
        codes={e.name: e.itl1 for e in regions.regions},
        company=Company(
            before=frozenset(settlements.place_before),
            after=frozenset(settlements.place_after),
            person=frozenset(settlements.person_before),
        ),
        spellings=RegionSpellings(
            (e.name, (e.code, e.itl1, f"UK{e.itl1[2:]}"), e.spellings) for e in regions.regions
        ),
    )


def _regions(file: RegionsFile) -> Iterator[Place]:
    for entry in file.regions:
        yield Place(
            name=entry.name,
            kind="region",
            region=entry.name,
            code=entry.code,
            aliases=entry.aliases,
        )
    for name in file.nations:
        yield Place(name=name, kind="nation")


def _settlements(file: SettlementsFile, ambiguous: frozenset[str]) -> Iterator[Place]:
    for region, held in file.regions.items():
        for kind, names in (
            ("city_region", held.city_regions),
            ("city", held.cities),
            ("county", held.counties),
            ("town", held.towns),
            ("area", held.areas),
        ):
            for name in names:
                shared = name in file.shared
                yield Place(
                    name=name,
                    kind=kind,
                    region=None if shared else region,
                    ambiguous=name in ambiguous,
                )
    for name in file.shared:
        yield Place(name=name, kind="area", ambiguous=name in ambiguous)


def _districts(file: DistrictsFile, ambiguous: frozenset[str]) -> Iterator[Place]:
    for entry in file.districts:
        yield Place(
            name=entry.name,
            kind="district",
            region=entry.region,
            code=entry.code,
            ambiguous=entry.name in ambiguous,
        )


def _abroad(file: AbroadFile) -> Iterator[Place]:
    for name in file.countries:
        yield Place(name=name, kind="country")
    for name in (*file.cities, *file.regions):
        yield Place(name=name, kind="abroad")
    for name in file.world:
        yield Place(name=name, kind="world")


def same_region(one: str | None, other: str | None) -> bool:
    """Whether two names are those of one region, whatever their capitals and spaces."""
    return bool(one and other) and plain_name(str(one)) == plain_name(str(other))


def plain_name(name: str) -> str:
    """A name without what is no difference: capitals, spaces, ways to write one letter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
