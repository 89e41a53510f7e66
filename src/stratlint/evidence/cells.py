"""The cells of an evidence table: what its file holds, small enough to keep and to send.

A table is a CSV file, plain or compressed with gzip, with commas, semicolons or tabs. Either
each row is one value (``region, year, industry_code, value``), or each row has a column for each
year. What can be mended for certain is mended and said; what would mislead is refused with its
line.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stratlint.errors import FileFault
from stratlint.evidence.cards import SUM_OF_REGIONS, TableCard, classification_of, load_card
from stratlint.evidence.codes import (
    TOTALS,
    CodeFault,
    from_2003,
    mended_noughts,
    no_code,
    overlap,
    read_code,
)
from stratlint.evidence.values import Numbers, Row
from stratlint.knowledge.files import file_bytes
from stratlint.knowledge.taxonomy import known_codes
from stratlint.knowledge.yamlfile import nearest
from stratlint.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_CELLS = 20_000_000
"""Regions times years times codes: hundreds of times the tables that are shipped."""
MAX_BYTES = 400_000_000
"""Bytes of a table once it is unpacked: a hundred times the largest that is shipped."""

TOLERANCE = 0.02
"""How much more than their total industries may make, as a share: rounding, and what is new.

Rows of ONS tables differ from their totals by up to .5 % in the smallest areas (cells are whole
millions); 2 % leaves room and still sees a division that is counted twice.
"""

_NUMBER = "<f8"

_COLUMNS = {
    "region": ("region", "area", "geo", "geography", "area_code", "region_code", "nuts", "itl"),
    "year": ("year", "time", "time_period", "period"),
    "industry_code": ("industry_code", "industry", "sic", "sic07", "nace", "nace_r2", "code"),
    "value": ("value", "obs_value", "amount", "gva", "employment", "jobs"),
}
"""The columns by the names that tables give them; the first is the one to write."""


class Cells(Record):
    """Values by region, year and industry code, each axis sorted.

    ``values`` are the bytes of a little-endian float array of shape (regions, years, codes);
    what is not known is not a number. ``bounds`` holds (region, year, code, bound) of cells that
    say how large they are at most, such as '<5'; ``remarks`` what was mended.
    """

    regions: tuple[str, ...]
    years: tuple[int, ...]
    codes: tuple[str, ...]
    values: bytes
    bounds: tuple[tuple[int, int, int, float], ...] = ()
    remarks: tuple[str, ...] = ()

    def array(self) -> NDArray[np.float64]:
        """The values, of shape (regions, years, codes), to be changed at will."""
        shape = (len(self.regions), len(self.years), len(self.codes))
        return np.frombuffer(self.values, _NUMBER).reshape(shape).astype(np.float64)


def parse_cells(path: Path) -> Cells:
    """Read the file of a table with the card beside it.

    Raises FileFault naming the line where a column is absent, a value is no number, a row is
    there twice, a code is none or cannot be told for certain, or codes overlap.
    """
    card = load_card(path)
    return parse_text(_text(path), card, path=str(path))


def _text(path: Path) -> str:
    data = file_bytes(path, most=MAX_BYTES)
    try:
        if data[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileFault(f"cannot be unpacked: {error}", path=str(path)) from None
    if len(data) > MAX_BYTES:
        raise FileFault(
            f"more than {MAX_BYTES:,} bytes; leave out what no sector needs", path=str(path)
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        seen = "not UTF-8 text; save it as 'CSV UTF-8'"
        raise FileFault(seen, path=str(path), line=line) from None


def parse_text(text: str, card: TableCard, *, path: str) -> Cells:
    """The cells of a table's text; see :func:`parse_cells`."""
    remarks: list[str] = []
    rows = list(_rows(text, path, remarks))
    if not rows:
        raise FileFault("the table holds no rows under its head", path=path, line=1)
    regions = _regions(rows, card, path, remarks)
    codes = _codes(rows, card, path, remarks)
    years = sorted({year for row in rows for year in row.years})
    names, columns = sorted(set(regions.values())), sorted(set(codes.values()))
    if math.prod((len(names), len(years), len(columns))) > MAX_CELLS:
        sizes = f"{len(names):,} regions, {len(years):,} years and {len(columns):,} codes"
        raise FileFault(f"{sizes} make too many cells; leave out what no sector needs", path=path)
    place = {name: n for n, name in enumerate(names)}
    column = {code: n for n, code in enumerate(columns)}
    when = {year: n for n, year in enumerate(years)}
    absent = 0.0 if card.absent == "nought" else math.nan
    values = np.full((len(names), len(years), len(columns)), absent, _NUMBER)
    seen_at: dict[tuple[int, int, int], int] = {}
    bounds: list[tuple[int, int, int, float]] = []
    read = Numbers(rows, card, path, remarks)
    for row in rows:
        at, col = place[regions[row.region]], column[codes[row.code]]
        for year, text_value in zip(row.years, row.values, strict=True):
            key = (at, when[year], col)
            if key in seen_at:
                seen = f"this region, year and industry stand here twice (also line {seen_at[key]})"
                raise FileFault(seen, path=path, line=row.line)
            seen_at[key] = row.line
            value, bound = read(text_value, row.line)
            values[key] = value
            if bound is not None:
                bounds.append((*key, bound))
    _check_totals(values, names, years, columns, card, seen_at, path)
    remarks += read.remarks()
    missing = values.size - len(seen_at)
    if missing and card.absent == "unknown":
        index = np.argwhere(np.isnan(values))
        gone = next(tuple(int(n) for n in at) for at in index if tuple(at) not in seen_at)
        example = f"{names[gone[0]]}, {years[gone[1]]}, {columns[gone[2]]}"
        remarks.append(
            f"{missing:,} {'row' if missing == 1 else 'rows'} that others have "
            f"{'is' if missing == 1 else 'are'} missing (such as {example}) and unknown; "
            "'absent: nought' in the card says that they are nought"
        )
    return Cells(
        regions=tuple(names),
        years=tuple(years),
        codes=tuple(columns),
        values=values.tobytes(),
        bounds=tuple(bounds),
        remarks=tuple(remarks),
    )


def total_of(codes: Sequence[str], card: TableCard) -> str | None:
    """The code that stands for all industries, None where rows add up to them."""
    return next((c for c in codes if c == card.total_code or _is_total(c)), None)


def _check_totals(
    values: NDArray[np.float64],
    regions: Sequence[str],
    years: Sequence[int],
    codes: Sequence[str],
    card: TableCard,
    lines: Mapping[tuple[int, int, int], int],
    path: str,
) -> None:
    """Refuse industries that make more than their total: one is counted twice, or has slipped."""
    total = total_of(codes, card)
    if total is None:
        return
    column = codes.index(total)
    parts = np.nan_to_num(np.delete(values, column, axis=2)).sum(axis=2)
    allowed = values[:, :, column] * (1 + TOLERANCE) + len(codes) / 2
    over = np.argwhere(parts > allowed)
    if len(over):
        place, year = (int(n) for n in over[0])
        raise FileFault(
            f"the industries of {regions[place]} in {years[year]} make {parts[place, year]:,.0f}, "
            f"more than their total of {values[place, year, column]:,.0f}: something is counted "
            "twice or has slipped by a digit",
            path=path,
            line=lines.get((place, year, column), 1),
        )


# ------------------------------------------------------------------------------ rows and heads


def _rows(text: str, path: str, remarks: list[str]) -> Iterator[Row]:
    """The rows of a table, from either form."""
    head_line = text[: text.find("\n")] if "\n" in text else text
    counts = Counter({mark: head_line.count(mark) for mark in ",;\t|"})
    delimiter, most = counts.most_common(1)[0]
    if not most:
        raise FileFault("the head has one column; cells are parted by commas", path=path, line=1)
    if delimiter != ",":
        remarks.append(f"cells are parted by {'tabs' if delimiter == chr(9) else repr(delimiter)}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip().casefold().lstrip("\ufeff") for cell in next(reader)]
        keys, years = _head(head, path)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(cells, line, keys, years, len(head), path)
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileFault(f"not a CSV table: {error}", path=path, line=reader.line_num) from None


def _head(head: Sequence[str], path: str) -> tuple[dict[str, int], dict[int, int]]:
    """Where the columns are: by their names, and by the years that head a column each."""
    years = {int(name): n for n, name in enumerate(head) if re.fullmatch(r"(?:19|20)\d\d", name)}
    twice = [name for name, times in Counter(head).items() if times > 1 and name]
    if twice:
        raise FileFault(f"the column '{twice[0]}' is there twice", path=path, line=1)
    keys: dict[str, int] = {}
    wanted = [name for name in _COLUMNS if not (years and name in ("year", "value"))]
    for name in wanted:
        # The exact name first: a table may have 'region' beside 'region_code'.
        found = next((each for each in _COLUMNS[name] if each in head), None)
        if found is None:
            close = nearest(name, tuple(head))
            hint = f"; is it '{close}'?" if close else ""
            raise FileFault(
                f"the column '{name}' is missing{hint}; a table has "
                f"{', '.join(wanted)}{' and a column for each year' if years else ''}",
                path=path,
                line=1,
            )
        keys[name] = head.index(found)
    return keys, years


def _row(
    cells: Sequence[str],
    line: int,
    keys: dict[str, int],
    years: dict[int, int],
    width: int,
    path: str,
) -> Row:
    if len(cells) != width:
        seen = f"{len(cells)} cells where the head has {width}"
        raise FileFault(seen, path=path, line=line)
    region = " ".join(cells[keys["region"]].split())
    code = " ".join(cells[keys["industry_code"]].split())
    for name, value in (("region", region), ("industry_code", code)):
        if not value:
            raise FileFault(f"the {name} is empty", path=path, line=line)
    if years:
        return Row(line, region, code, tuple(years), tuple(cells[n] for n in years.values()))
    year = _year(cells[keys["year"]].strip(), path, line)
    return Row(line, region, code, (year,), (cells[keys["value"]],))


def _year(text: str, path: str, line: int) -> int:
    found = re.fullmatch(r"(\d{4})(?:\.0+)?", text)
    if found is None or not 1900 <= int(found.group(1)) <= 2100:
        raise FileFault(
            f"the year '{text}' is not a whole number from 1900 to 2100", path=path, line=line
        )
    return int(found.group(1))


# ------------------------------------------------------------------------------------- regions


def _regions(rows: Sequence[Row], card: TableCard, path: str, remarks: list[str]) -> dict[str, str]:
    """Each region as it is written, with the name that it has here."""
    from stratlint.knowledge.places import load_places

    spellings = load_places().spellings
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.region, row.line)
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    for region, line in first.items():
        if "\ufffd" in region:
            raise FileFault(f"the region '{region}' has a damaged letter", path=path, line=line)
        name = spellings.find(region) or region
        key = name.casefold()
        if key in taken:
            other = taken[key]
            beside = f"'{region}' stands beside '{other}' (line {first[other]})"
            raise FileFault(f"{beside}: one region, two spellings", path=path, line=line)
        taken[key] = region
        found[region] = name
    if card.reference == SUM_OF_REGIONS:
        nuts = sorted(name for name in first if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{0,3}", name))
        for one, other in pairwise(nuts):
            if other.startswith(one):
                seen = f"'{other}' lies inside '{one}' (line {first[one]})"
                more = "the sum of regions would count it twice; name a reference in the card"
                raise FileFault(f"{seen}: {more}", path=path, line=first[other])
    mended = [f"'{old}' as {new}" for old, new in found.items() if old != new]
    if mended:
        remarks.append(f"regions read: {_some(mended)}")
    return found


# --------------------------------------------------------------------------------------- codes


def _codes(rows: Sequence[Row], card: TableCard, path: str, remarks: list[str]) -> dict[str, str]:
    """Each code as it is written, with the code that it is here."""
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.code, row.line)
    kept = {card.total_code, *card.other_codes}
    found: dict[str, str] = {}
    for text, line in first.items():
        try:
            found[text] = text if text in kept or _is_total(text) else _code(text, card)
        except CodeFault as fault:
            raise FileFault(str(fault), path=path, line=line) from None
    plain = {found[text] for text in first if text not in kept and not _is_total(text)}
    again = {} if classification_of(card) == "2003" else _noughts(plain, found, first, path)
    found = {text: again.get(code, code) for text, code in found.items()}
    _told_apart(found, first, path)
    sectors = {found[text] for text in first if text not in kept and not _is_total(text)}
    both = overlap(sectors)
    if both is not None:
        lines = {code: first[text] for text, code in found.items()}
        wide, narrow = both
        seen = f"'{narrow}' lies inside '{wide}' (line {lines[wide]}): it would be counted twice"
        raise FileFault(f"{seen}; keep one of them", path=path, line=lines[narrow])
    changed = [f"'{old}' as {new}" for old, new in found.items() if old != new]
    if changed:
        remarks.append(f"industry codes read: {_some(changed)}")
    return found


def _is_total(text: str) -> bool:
    return text.casefold() in TOTALS


def _code(text: str, card: TableCard) -> str:
    code, _ = read_code(text)
    if classification_of(card) == "2003":
        return from_2003(code)[0]
    if "-" not in code and code not in known_codes() and f"0{code}" not in known_codes():
        raise CodeFault(no_code(text))
    return code


def _noughts(
    plain: set[str], found: dict[str, str], first: dict[str, int], path: str
) -> dict[str, str]:
    try:
        return mended_noughts(plain)
    except CodeFault as fault:
        code = re.match(r"'(\d+)'", str(fault))
        lines = [n for text, n in first.items() if code and found[text] == code.group(1)]
        raise FileFault(str(fault), path=path, line=min(lines, default=1)) from None


def _told_apart(found: dict[str, str], first: dict[str, int], path: str) -> None:
    """Refuse two ways of writing one code: their rows would be added up or set aside."""
    taken: dict[str, str] = {}
    for text, code in found.items():
        if code in taken:
            other = taken[code]
            seen = f"'{text}' and '{other}' (line {first[other]}) are one code, {code}"
            raise FileFault(seen, path=path, line=first[text])
        taken[code] = text


def _some(shown: Sequence[str]) -> str:
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


# -------------------------------------------------------------------------------------- values
