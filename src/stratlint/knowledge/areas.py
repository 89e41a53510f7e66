"""Areas: what a strategy is about, as official statistics know it, and how people name it.

An area is made of ITL3 areas, some of them cut: 97 % of the Oxford travel-to-work area is
Oxfordshire, 3 % is Buckinghamshire, by residents. Two areas may bear one name and differ; then a
name alone is asked about, with the kinds that fit.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field, field_validator

from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.places import load_places, places_folder, states_of
from stratlint.knowledge.spellings import plain_words
from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
from stratlint.records import Area, AreaPart
from stratlint.resources import data_dir

REGION, LABOUR_MARKET = "region", "travel-to-work area"
KINDS = (
    REGION,
    "county",
    "combined authority",
    "partnership",
    "ITL2 area",
    "ITL3 area",
    "district",
    LABOUR_MARKET,
    "multi-area agreement",
)
"""Kinds of area; where two of one name are made up alike the first is meant."""


def _levels(number: int) -> str:
    """How people say that an area is of a level of statistics: 'NUTS level 3 region'."""
    forms = (f"{{}}{number}", f"{{}} {number}", f"{{}} level {number}")
    said = [form.format(name) for name in ("itl", "nuts") for form in forms]
    return ", ".join(f"{words}{rest}" for words in said for rest in ("", " area", " region"))


# Words that say of which kind an area is. Kinds of what 'council' and 'county council' run are
# told by the name, as Durham's county council runs a district too.
_WORDS_OF_KINDS: dict[tuple[str, ...], str] = {
    (REGION,): "region",
    ("county",): """
        county, metropolitan county, ceremonial county, administrative county, shire county, shire,
        royal county""",
    ("county", "district"): """
        county council, county council area, cc, unitary authority, unitary authority area, unitary,
        ua, local authority, local authority area, council, council area""",
    ("combined authority",): """
        combined authority, combined authority area, combined county authority, ca, mca, cca,
        mayoral combined authority, mayoral combined authority area, mayoral ca,
        mayoral combined county authority""",
    ("partnership",): """
        partnership, enterprise partnership, lep, lep area, local enterprise partnership,
        local enterprise partnership area""",
    ("combined authority", "partnership"): "city region",
    ("district",): """
        district, district council, dc, borough, borough council, bc, mbc, lad, london borough, lb,
        royal borough, metropolitan borough, metropolitan borough council, metropolitan district,
        metropolitan district council, mdc, local authority district, city, city council,
        non metropolitan district, county borough, county borough council""",
    (LABOUR_MARKET,): """
        ttwa, travel to work, travel to work area, travel to work areas, labour market,
        labour market area, local labour market, local labour market area, labor market,
        labor market area, commuting area, commuter area""",
    ("ITL2 area",): _levels(2),
    ("ITL3 area",): _levels(3),
}
_KIND_WORDS: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = tuple(
    (told, frozenset(kinds))
    # The longest first, as 'city council' is no 'council'.
    for told, kinds in sorted(
        (
            (tuple(words.split()), kinds)
            for kinds, said in _WORDS_OF_KINDS.items()
            for words in said.split(",")
        ),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)
_OF_A_COUNCIL = frozenset(("county", "district"))
_IDLE = ("united kingdom", "great britain", "england", "uk", "ltd", "limited", "2011", "2015")
"""What stands around a name and tells no two areas apart: the year of a census too."""
_AROUND: tuple[tuple[tuple[str, ...], frozenset[str] | None], ...] = (
    *((tuple(words.split()), None) for words in _IDLE),
    *_KIND_WORDS,
)
_LINKS = frozenset(("the", "and", "of", "in", "for"))
_CODE = re.compile(r"^(?:[EKWSN]\d{8}|(?:TL|UK)[A-Z][A-Z0-9]{0,2})$", re.IGNORECASE)


class AreaEntry(Editable):
    """An area of one's own in ``areas.yaml``; ``members`` may say which share lies in it."""

    name: str = Field(min_length=2)
    kind: str = "area"
    code: str = ""
    members: dict[str, float] = Field(min_length=1)

    @field_validator("members", mode="before")
    @classmethod
    def _whole(cls, value: object) -> object:
        return dict.fromkeys(value, 1.0) if isinstance(value, list) else value

    @field_validator("members")
    @classmethod
    def _shares(cls, value: dict[str, float]) -> dict[str, float]:
        wrong = [code for code, share in value.items() if not 0 < share <= 1]
        if wrong:
            raise ValueError(f"the share of {wrong[0]} is not between 0 and 1")
        return value


class AreasFile(Editable):
    """``rules/places/areas.yaml``."""

    source: str = ""
    areas: tuple[AreaEntry, ...] = ()
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    short: dict[str, str] = Field(default_factory=dict)
    towns: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Areas:
    """Every area, found by code, by name and kind, or by one of its other names."""

    def __init__(
        self,
        areas: Sequence[Area],
        names: dict[str, tuple[str, ...]],
        towns: dict[str, tuple[str, ...]] | None = None,
        short: Mapping[str, str] | None = None,
    ) -> None:
        self.all = tuple(areas)
        self._short = short or {}
        self._towns = towns or {}
        self._codes = {area.code.casefold(): area for area in areas if area.code}
        self._names: dict[tuple[str, ...], list[Area]] = defaultdict(list)
        for area in areas:
            self._add(area.name, area)
        for known, others in names.items():
            for area in self.meant(known):
                for other in others:
                    self._add(other, area)

    def _key(self, text: str) -> tuple[str, ...]:
        """A name's words in full, without what never tells two areas apart."""
        words = (self._short.get(word, word) for word in plain_words(text))
        return tuple(word for word in words if word not in _LINKS)

    def _add(self, name: str, area: Area) -> None:
        found = self._names[self._key(name)]
        if area not in found:
            found.append(area)

    def meant(self, known: str) -> list[Area]:
        """The area of a code, or of 'name (kind)'."""
        if known.casefold() in self._codes:
            return [self._codes[known.casefold()]]
        return [area for area in self.all if f"{area.name} ({area.kind})" == known]

    @cached_property
    def itl3(self) -> dict[str, Area]:
        """The ITL3 areas by code."""
        return {area.code: area for area in self.all if area.kind == "ITL3 area"}

    def of_kind(self, kind: str) -> tuple[Area, ...]:
        """All areas of a kind."""
        return tuple(area for area in self.all if area.kind == kind)

    def whereabouts(self, place: str) -> frozenset[str]:
        """The ITL3 areas that a named place lies in, empty where nobody tells.

        A town is where its district is; one that is no district is where most of its travel-to-work
        area is. A region lies in none: it holds them.
        """
        return self._places.get(self._key(place), frozenset())

    @cached_property
    def _places(self) -> dict[tuple[str, ...], frozenset[str]]:
        found: dict[tuple[str, ...], frozenset[str]] = {}
        for code, towns in self._towns.items():
            (area,) = self.meant(code)
            for town in towns:
                found[self._key(town)] = frozenset(part.code for part in area.parts)
        for kind in ("district", "ITL3 area", "county", "combined authority", "partnership"):
            for area in self.of_kind(kind):
                held = frozenset(part.code for part in area.parts if part.share_of_part > 0.5)
                found.setdefault(self._key(area.name), held)
        for market in self.of_kind("travel-to-work area"):
            most = max(market.parts, key=lambda part: part.share_of_area)
            for town in (market.name, *market.name.split(" and ")):
                found.setdefault(self._key(town), frozenset({most.code}))
        for name in load_places().region_names():
            found.pop(self._key(name), None)
        return found

    def candidates(self, text: str) -> tuple[Area, ...]:
        """The areas that a name or code may mean, one of each make-up, first kind first.

        A region's bare name means the region: of the others' names it is the best known. A bare
        name never means a travel-to-work area where a council or another area bears it too: who
        writes 'Oxford' writes for the city, and who means its labour market says so.
        """
        region = load_places().spellings.find(text)
        if region is not None:
            return tuple(a for a in self.all if a.kind == REGION and a.name == region)
        words = plain_words(text)
        coded = [self._by_code(word) for word in words if _CODE.match(word)]
        key = self._key(" ".join(word for word in words if not _CODE.match(word)))
        found: list[Area] = []
        for rest, kinds in _readings(key):
            named = self._names.get(rest, ()) if rest else coded
            found = [area for area in named if area and (kinds is None or area.kind in kinds)]
            if found and kinds == _OF_A_COUNCIL:
                # Shropshire has no county council: who names its council means the district's.
                found = [area for area in found if area.code] or found
            if found:
                break
        if coded:
            found = [area for area in found if area in coded]
        else:
            found = [area for area in found if area.kind != LABOUR_MARKET] or found
        return _distinct(found)

    def _by_code(self, word: str) -> Area | None:
        code = word.casefold()
        return self._codes.get(code) or self._codes.get(f"tl{code[2:]}" if code[:2] == "uk" else "")

    def resolve(self, names: str | Iterable[str]) -> Area:
        """The one area that a name, a code or a list of them means.

        Raises UsageError for a name that means none or several, naming what fits.
        """
        wanted = (names,) if isinstance(names, str) else tuple(names)
        if not wanted:
            raise UsageError("no area is named")
        parts = [self._one(name) for name in wanted]
        return parts[0] if len(parts) == 1 else join(parts)

    def _one(self, name: str) -> Area:
        found = self.candidates(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"'{name}' is the name of {len(found)} areas: {offered(found)}; say which"
            )
        close = self.nearest(name)
        hint = f"; did you mean '{close}'?" if close else ""
        raise UsageError(
            f"there is no area '{name}'{hint} (a region, county, combined authority, partnership, "
            "travel-to-work area, district, or an ITL code)"
        )

    def nearest(self, name: str) -> str | None:
        """The area whose name is spelt most like a name that means none; None where none is."""
        if self.candidates(name):
            return None
        known = {" ".join(key): areas[0].name for key, areas in self._names.items()}
        close = get_close_matches(" ".join(self._key(name)), known, n=1, cutoff=0.8)
        return known[close[0]] if close else None


def offered(areas: Iterable[Area]) -> str:
    """Areas with their kinds and codes, as a message offers them."""
    return ", ".join(
        f"{area.name} ({area.kind}{', ' + area.code if area.code else ''})" for area in areas
    )


def join(areas: Sequence[Area]) -> Area:
    """Several areas as one; what two of them hold is counted once."""
    shares: dict[str, float] = {}
    names: dict[str, str] = {}
    unknown = False
    for area in areas:
        for part in area.parts:
            shares[part.code] = min(1.0, max(shares.get(part.code, 0.0), part.share_of_part))
            names[part.code] = part.name
            unknown |= not part.exact
    weights = 1 / len(shares)
    parts = tuple(
        AreaPart(code=code, name=names[code], share_of_area=weights, share_of_part=share,
                 exact=not unknown)
        for code, share in sorted(shares.items())
    )  # fmt: skip
    name = " and ".join(
        [", ".join(area.name for area in areas[:-1]), areas[-1].name] if len(areas) > 1 else
        [areas[0].name]
    )  # fmt: skip
    return Area(name=name, kind="list of areas", parts=parts, regions=_regions(parts))


def _distinct(found: Iterable[Area]) -> tuple[Area, ...]:
    """Areas of different make-up, the first kind of each."""
    by_parts: dict[tuple[tuple[str, float], ...], Area] = {}
    for area in sorted(found, key=lambda a: KINDS.index(a.kind) if a.kind in KINDS else -1):
        made = tuple((part.code, round(part.share_of_part, 2)) for part in area.parts)
        by_parts.setdefault(made, area)
    return tuple(by_parts.values())


_Reading = tuple[tuple[str, ...], frozenset[str] | None]


def _readings(key: tuple[str, ...]) -> Iterator[_Reading]:
    """A name as it is, then with less and less of what stands around it, and the kinds said.

    None for the kinds while no word for one has been taken off. A kind may be said twice, as in
    'Travel to Work Area (TTWA)'; two that no area can be are no reading.
    """
    waiting: deque[_Reading] = deque([(key, None)])
    seen: set[_Reading] = set()
    while waiting:
        key, kinds = reading = waiting.popleft()
        if reading in seen:
            continue
        seen.add(reading)
        yield reading
        for words, meant in _AROUND:
            left = kinds & meant if kinds and meant else meant or kinds
            size = len(words)
            if left is not None and not left:
                continue
            if key[len(key) - size :] == words:
                waiting.append((key[: len(key) - size], left))
            if key[:size] == words and left is not None:
                waiting.append((key[size:], left))


def area_of_region(region: str | None, measured: Iterable[str]) -> tuple[Area | None, str]:
    """The area that stands where a region is asked for, and what is to be said where two fit.

    None for a region, for a name that has figures of its own, and for one that nobody knows.
    """
    if region is None or region in measured or region in load_places().region_names():
        return None, ""
    found = load_areas().candidates(region)
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, f"'{region}' is the name of {len(found)} areas: {offered(found)}; say which"
    return None, ""


def resolve_areas(names: Sequence[str]) -> Area:
    """The area that a list of names means. Raises UsageError naming what fits."""
    kept = [name.strip() for name in names if name.strip()]
    if not kept:
        raise UsageError("no area is named")
    return load_areas().resolve(kept)


def main_region(area: Area) -> str | None:
    """The region that holds most of an area."""
    by_itl1 = {code: name for name, code in load_places().codes.items()}
    held: Counter[str] = Counter()
    for part in area.parts:
        name = by_itl1.get(part.code[:3])
        if name:
            held[name] += round(part.share_of_area * 10_000)
    return held.most_common(1)[0][0] if held else None


def load_areas(folder: Path | None = None) -> Areas:
    """Every area of the official look-ups and of ``areas.yaml``, with that of places of one's own.

    Raises FileFault at the place of a fault.
    """
    folder = folder or places_folder() or data_dir("rules") / "places"
    return _load(folder, states_of(folder))


@cache
def _load(folder: Path, _states: tuple[tuple[str, int, int], ...]) -> Areas:
    official = _official(data_dir("corpora") / "evidence" / "areas.csv")
    itl = {area.code: area for area in official if area.kind in ("ITL3 area", "ITL2 area")}
    found: list[Area] = list(official)
    names: dict[str, tuple[str, ...]] = {}
    towns: dict[str, tuple[str, ...]] = {}
    short: dict[str, str] = {}
    areas = Areas(found, names, towns)
    shipped = data_dir("rules") / "places"
    for path in dict.fromkeys(place / "areas.yaml" for place in (shipped, folder)):
        if not path.is_file():
            continue
        file = load_yaml(path, AreasFile)
        found += [_own(entry, itl, path) for entry in file.areas]
        short |= {word.casefold(): meant.casefold() for word, meant in file.short.items()}
        for known, more in ((names, file.names), (towns, file.towns)):
            for code, said in more.items():
                known[code] = (*known.get(code, ()), *said)
        areas = Areas(found, names, towns, short)
        for key, known in (("names", names), ("towns", towns)):
            for code in [code for code in known if len(areas.meant(code)) != 1]:
                # With regions of one's own there may be no London whose towns are shipped.
                if folder == shipped or path.parent != shipped:
                    raise FileFault(f"{key}: there is no one area '{code}'", path=str(path))
                del known[code]
    return areas


def _own(entry: AreaEntry, itl: dict[str, Area], path: Path) -> Area:
    shares: dict[str, float] = {}
    for code, share in entry.members.items():
        if code not in itl:
            close = nearest(code, tuple(itl))
            hint = f"; did you mean '{close}'?" if close else ""
            raise FileFault(f"{entry.name}: there is no ITL area '{code}'{hint}", path=str(path))
        shares |= {part.code: share for part in itl[code].parts}
    parts = tuple(
        AreaPart(code=code, name=itl[code].name, share_of_area=1 / len(shares), share_of_part=share)
        for code, share in shares.items()
    )
    return Area(
        name=entry.name,
        kind=entry.kind,
        code=entry.code,
        parts=parts,
        regions=_regions(parts),
        called=_called(entry.name, entry.kind),
    )


def _called(name: str, kind: str) -> str:
    """What an area is called beside a region of its name, empty where there is none."""
    return f"{name} ({kind})" if name in load_places().region_names() else ""


def _official(path: Path) -> tuple[Area, ...]:
    """The areas of the look-ups, with the regions that ITL3 areas make up."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["kind"], row["code"]].append(row)
    names = {code: held[0]["name"] for (kind, code), held in rows.items() if kind == "ITL3 area"}
    found = [_area(kind, code, held, names) for (kind, code), held in rows.items()]
    for name, itl1 in load_places().codes.items():
        codes = [code for code in names if code.startswith(itl1)]
        if not codes:
            continue
        parts = tuple(
            AreaPart(code=code, name=names[code], share_of_area=1 / len(codes), share_of_part=1.0)
            for code in codes
        )
        found.append(Area(name=name, kind=REGION, code=itl1, parts=parts, regions=(name,)))
    return tuple(found)


def _area(kind: str, code: str, rows: Sequence[dict[str, str]], names: dict[str, str]) -> Area:
    parts = tuple(
        AreaPart(
            code=row["itl3"],
            name=names.get(row["itl3"], row["itl3"]),
            share_of_area=float(row["share_of_area"] or 1 / len(rows)),
            share_of_part=float(row["share_of_itl3"] or 1.0),
            exact=bool(row["share_of_itl3"]),
        )
        for row in rows
    )
    name = rows[0]["name"]
    return Area(
        name=name,
        kind=kind,
        code=code,
        parts=parts,
        regions=_regions(parts),
        called=_called(name, kind),
    )


def _regions(parts: Iterable[AreaPart]) -> tuple[str, ...]:
    """The regions and nations that parts lie in, in order."""
    by_itl1 = {code: name for name, code in load_places().codes.items()}
    nations = {"TLL": "Wales", "TLM": "Scotland", "TLN": "Northern Ireland"}
    found = (by_itl1.get(part.code[:3]) or nations.get(part.code[:3], "") for part in parts)
    return tuple(dict.fromkeys(name for name in found if name))
