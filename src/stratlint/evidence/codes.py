"""Codes of industries: how tables write them, what they hold, and which make up a sector."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from stratlint.knowledge.taxonomy import known_codes
from stratlint.resources import data_dir

_PART = "(part)"

SECTIONS: Mapping[str, tuple[int, int]] = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
"""The divisions of each section, in SIC 2007 and NACE Rev. 2 alike."""

TOTALS = frozenset(
    "total|tot|all|all industries|all sectors|all nace activities|total - all nace activities|"
    "a-s|a-t|a-u|a_s|a_t|a_u|gva|all activities".split("|")
)
"""What tables call all industries together, in small letters."""

# 'C21', 'SIC 21', 'SIC07 21.10', 'NACE_R2 C10-C12', 'CA (10-12)'.
_PREFIX = re.compile(
    r"^(?:sic|nace)[ _-]*(?:(?:rev\.?|r)?[ _-]?(?:2007|07|2)[ _:-]+)?:?\s*", re.IGNORECASE
)
_SPAN = re.compile(r"^([A-U])?(\d{1,2})\s*[-–_]\s*([A-U])?(\d{1,2})$", re.IGNORECASE)
_ONE = re.compile(
    r"^([A-U])?[ ._-]?(\d{1,2}(?:\.\d{1,2}(?:[./]\d{1,2})?)?|\d{1,5})$", re.IGNORECASE
)
_BRACKET = re.compile(r"^[A-U]{1,2}(?:-[A-U]{1,2})? \((\d{1,2}(?:-\d{1,2})?)\)$")
_SECTION = re.compile(r"^([A-U])(?:\s*[-–_]\s*([A-U]))?$")


class CodeFault(ValueError):
    """A code that cannot be read for certain; the message says why."""


@cache
def concordance() -> Mapping[str, tuple[str, ...]]:
    """From codes of SIC 2003 to the classes of SIC 2007 that their activities went to."""
    path = data_dir("corpora") / "evidence" / "sic2003-to-2007.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["sic2003"]: tuple(row["sic2007"].split()) for row in csv.DictReader(file)}


def read_code(text: str) -> tuple[str, bool]:
    """A code as tables here write it ('21', '721', '10-12'), and whether it had to be mended.

    Raises CodeFault for what is no code of SIC 2007. Noughts that a spreadsheet lost are not
    judged here: they show only beside the other codes of a table.
    """
    bare = _PREFIX.sub("", text.strip()).strip()
    inside = _BRACKET.match(bare)
    bare = inside.group(1) if inside else bare
    section = _SECTION.match(bare.upper())
    if section:
        first, last = (
            SECTIONS[section.group(1)][0],
            SECTIONS[section.group(2) or section.group(1)][1],
        )
        return (f"{first:02d}" if first == last else f"{first:02d}-{last:02d}"), True
    span = _SPAN.match(bare)
    if span:
        return _read_span(span, text)
    one = _ONE.match(bare)
    if one is None:
        raise CodeFault(no_code(text))
    letter, digits = one.group(1), one.group(2)
    code = digits
    if "." in digits or "/" in digits:
        head, *rest = re.split(r"[./]", digits)
        code = head.zfill(2) + "".join(rest)
        # A spreadsheet writes the division 21 as 21.0; only some divisions have a group 0.
        if code not in known_codes() and rest == ["0"]:
            code = head.zfill(2)
    elif len(digits) == 1 or (letter and len(digits) in (2, 3) and code not in known_codes()):
        code = digits.zfill(2)
    if letter and not _in_section(letter, code):
        raise CodeFault(f"'{text}' is not in section {letter.upper()}")
    return code, code != text


def _read_span(span: re.Match[str], text: str) -> tuple[str, bool]:
    first, last = int(span.group(2)), int(span.group(4))
    for letter, number in ((span.group(1), first), (span.group(3), last)):
        if letter and not _in_section(letter, f"{number:02d}"):
            raise CodeFault(f"'{text}' is not in section {letter.upper()}")
    if first >= last or not any(f"{n:02d}" in known_codes() for n in range(first, last + 1)):
        raise CodeFault(no_code(text))
    code = f"{first:02d}-{last:02d}"
    return code, code != text


def _in_section(letter: str, code: str) -> bool:
    first, last = SECTIONS[letter.upper()]
    return first <= int(code[:2]) <= last


def no_code(text: str) -> str:
    """What to say of a text that is no code, and what to do."""
    if re.fullmatch(r"\d{1,2}[-/ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
                    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]\d{1,4}",
                    text.strip(), re.IGNORECASE):  # fmt: skip
        return f"a spreadsheet made the date '{text}' of a code; write it as 10-12, as text"
    more = "a row of the total that is none is named by 'other_codes:' in the card"
    return f"'{text}' is no code of SIC 2007 or NACE Rev. 2; {more}"


def mended_noughts(codes: Collection[str]) -> dict[str, str]:
    """Codes of a table whose leading nought was lost, with what they were.

    A spreadsheet writes 1110 for 01110. In a table of five-digit classes a code of four digits
    has lost its nought. In a table of classes or groups a code of one digit less is one or the
    other: raises CodeFault where both would be codes and the table keeps no nought elsewhere.
    """
    plain = [code for code in codes if code.isdigit()]
    longest = max((len(code) for code in plain), default=0)
    if longest < 3 or any(code.startswith("0") and len(code) == longest for code in plain):
        wrong = [code for code in plain if code not in known_codes()]
        if not wrong:
            return {}
        return {code: f"0{code}" for code in wrong if f"0{code}" in known_codes()}
    found: dict[str, str] = {}
    for code in plain:
        if len(code) != longest - 1 or f"0{code}" not in known_codes():
            continue
        if code not in known_codes() or longest == 5:
            found[code] = f"0{code}"
        elif not any(other != code and other.startswith(code) for other in plain):
            shown = f"{code[:2]}.{code[2:]}" if len(code) > 2 else code
            other = f"0{code}"
            raise CodeFault(
                f"'{code}' may be {shown} or {other[:2]}.{other[2:]} without its nought; write "
                "codes with a point or keep them as text"
            )
    return found


def divisions_of(code: str) -> frozenset[str]:
    """The divisions that a division or a range holds; the one that holds a finer code."""
    first, _, last = code.partition("-")
    if not first[:2].isdigit():
        return frozenset({code})
    if last:
        return frozenset(f"{n:02d}" for n in range(int(first), int(last) + 1))
    return frozenset({first[:2]})


def overlap(codes: Iterable[str]) -> tuple[str, str] | None:
    """Two codes of which one lies inside the other, or None where any may be summed."""
    holders: dict[str, str] = {}
    ordered = sorted(codes, key=lambda code: ("-" not in code, len(code), code))
    for code in ordered:
        parts = divisions_of(code) if "-" in code or len(code) == 2 else ()
        for part in (*parts, *(code[:n] for n in range(2, len(code)) if not parts)):
            if part in holders:
                return holders[part], code
        for part in parts or (code,):
            holders[part] = code
    return None


def normal(code: str) -> str:
    """'72.1' -> '721': digits only, as five-digit tables print them."""
    return code.replace(_PART, "").replace(".", "").replace("/", "").strip()


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


def from_2003(code: str) -> tuple[str, ...]:
    """The one code of SIC 2007 that holds a code of SIC 2003. Raises CodeFault for a split.

    A division or class goes over whole where all its activities went into one code of SIC 2007
    of the same number of digits and nothing else went there.
    """
    table = concordance()
    mine = {new for old, to in table.items() if old.startswith(code) for new in to}
    if not mine:
        raise CodeFault(f"'{code}' is no code of SIC 2003")
    digits = len(code)
    targets = {new[:digits] for new in mine}
    if len(targets) > 1:
        listed = ", ".join(sorted(targets)[:6])
        raise CodeFault(
            f"'{code}' of SIC 2003 went to {listed} of SIC 2007, so it cannot be carried over; "
            "use a table in SIC 2007"
        )
    target = targets.pop()
    others = {
        old[:digits]
        for old, to in table.items()
        if not old.startswith(code) and any(new.startswith(target) for new in to)
    }
    if others:
        raise CodeFault(
            f"{target} of SIC 2007 is more than '{code}' of SIC 2003 (also "
            f"{', '.join(sorted(others)[:6])}); use a table in SIC 2007"
        )
    return (target,)
