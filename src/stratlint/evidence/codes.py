"""From a sector's SIC codes to the columns of a table."""

from __future__ import annotations

from collections.abc import Iterable

_PART = "(part)"


def normal(code: str) -> str:
    """'72.1' -> '721': digits only, as five-digit tables print them."""
    return code.replace(_PART, "").replace(".", "").strip()


def is_part(code: str) -> bool:
    """Whether the taxonomy says that only a part of the code is meant."""
    return _PART in code


def matching(code: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns that lie wholly inside a code, and together make it up.

    '72.1' matches '72110' and '72190'; '10' matches '10' and a range such as '10-12' never
    matches '10' alone, because the rest of the range would come along.
    """
    wanted = normal(code)
    return tuple(sorted(column for column in columns if _inside(column, wanted)))


def division(code: str, columns: Iterable[str]) -> str | None:
    """The column of the division (or range of divisions) that holds a code, if there is one."""
    number = int(normal(code)[:2])
    for column in sorted(columns):
        first, _, last = column.partition("-")
        if not (first.isdigit() and (last or first).isdigit()) or len(first) != 2:
            continue
        if int(first) <= number <= int(last or first):
            return column
    return None


def _inside(column: str, wanted: str) -> bool:
    if "-" in column:
        first, _, last = column.partition("-")
        return first == last == wanted
    return column.startswith(wanted)
