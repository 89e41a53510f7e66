"""Every name of the taxonomy is found however it is written: measured over made variants.

``STRATLINT_EVERY_NAME=1`` takes every name; else one in ``_EVERY`` is tried, to be quick.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.language.pipeline import document_of, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EVERY = 1 if os.environ.get("STRATLINT_EVERY_NAME") else 9
_FLOOR = 0.98
_BATCH = 300
_SPACE = "\u200b"
_AMERICAN = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("iser", "izer"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("our", "or"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("fibre", "fiber"),
    ("defence", "defense"),
    ("aluminium", "aluminum"),
    ("programme", "program"),
    ("jewellery", "jewelry"),
    ("modelling", "modeling"),
    ("catalogue", "catalog"),
    ("sulph", "sulf"),
    ("aeronaut", "aeronaut"),
    ("paed", "ped"),
    ("haem", "hem"),
    ("archaeo", "archeo"),
    ("whisky", "whiskey"),
    ("plough", "plow"),
    ("mould", "mold"),
    ("tyre", "tire"),
    ("woollen", "woolen"),
    ("analyse", "analyze"),
)
_KEEPS_OUR = re.compile(
    r"\b(?:four|hour|tour|our|source|course|outsourc|resourc|journ|court|couri)|(?:tour|source|course)"
)


def _american(name: str) -> Iterator[str]:
    changed = name
    for british, other in _AMERICAN:
        if british == "our" and _KEEPS_OUR.search(changed):
            continue
        if british == "ise" and re.search(
            r"(?:pr|exp|ex|w|r|merchand)ise|precise|premise", changed
        ):
            continue
        changed = changed.replace(british, other)
    if changed != name:
        yield changed


def _words(name: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", name)


def _last_word(name: str, change: Callable[[str], str]) -> Iterator[str]:
    last = _words(name)[-1:]
    if last and len(last[0]) > 3 and name.endswith(last[0]) and last[0].islower():
        yield name.removesuffix(last[0]) + change(last[0])


def _plural(word: str) -> str:
    if word.endswith(
        (
            "s",
            "ing",
            "ed",
            "al",
            "ic",
            "tech",
            "ism",
            "ware",
            "ance",
            "ture",
            "ive",
            "carbon",
            "energy",
            "tourism",
            "wind",
            "power",
            "security",
            "retail",
            "age",
            "ile",
            "hydrogen",
            "gas",
            "oil",
            "steel",
            "food",
            "aerospace",
            "space",
            "data",
        )
    ):
        return word
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ch", "sh", "x")) else "s")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return (
        word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) else word
    )


def _middle(name: str, mark: str) -> Iterator[str]:
    longest = max(_words(name), key=len, default="")
    if len(longest) > 5 and longest.islower():
        half = len(longest) // 2
        yield name.replace(longest, longest[:half] + mark + longest[half:], 1)


def _letters(name: str) -> str:
    return "".join(word[0].upper() for word in _words(name) if word not in ("and", "of"))


_KINDS: dict[str, Callable[[str], Iterator[str]]] = {
    "as it stands": lambda name: iter([name]),
    "capitals": lambda name: iter([name.upper()] if name.islower() else []),
    "title": lambda name: iter([name.title()] if name.islower() and "'" not in name else []),
    "American": _american,
    "plural": lambda name: _last_word(name, _plural),
    "singular": lambda name: _last_word(name, _singular),
    "mark without width before": lambda name: iter([_SPACE + name]),
    "mark without width inside": lambda name: _middle(name, _SPACE),
    "soft hyphen inside": lambda name: _middle(name, "\u00ad"),
    "mark without width after": lambda name: iter([name + _SPACE]),
    "byte order mark and comma": lambda name: iter([f"{name}\ufeff, {_SPACE}"]),
    "broken between words": lambda name: iter([name.replace(" ", "\n")] if " " in name else []),
    "broken inside a word": lambda name: _middle(name, "-\n"),
    "broken at its hyphen": lambda name: iter([name.replace("-", "-\n")] if "-" in name else []),
    "hyphen for space": lambda name: iter([name.replace(" ", "-")] if name.count(" ") == 1 else []),
    "space for hyphen": lambda name: iter([name.replace("-", " ")] if "-" in name else []),
    "glued": lambda name: iter(
        [name.replace(" ", "")]
        if re.fullmatch(r"[a-z]{3,} [a-z]{3,}", name) and " and" not in name
        else []
    ),
    "no-break space": lambda name: iter([name.replace(" ", "\u00a0")] if " " in name else []),
    "ampersand": lambda name: iter([name.replace(" and ", " & ")] if " and " in name else []),
}


def _names() -> list[tuple[str, str]]:
    pairs = sorted((name, e.id) for e in load_taxonomy().sectors for name in e.labels)
    return pairs[::_EVERY]


def _found(cases: list[tuple[str, str]]) -> list[bool]:
    """Whether the sector of each (text, sector) is found in it; many a document, to be quick."""
    found: list[bool] = []
    for at in range(0, len(cases), _BATCH):
        part = cases[at : at + _BATCH]
        text, blocks = "", []
        for sentence, _ in part:
            blocks.append((len(text), len(text) + len(sentence)))
            text += f"{sentence}\n\n"
        said: dict[int, set[str]] = {}
        for span in parse(document_of(text, *blocks)).spans:
            said.setdefault(span.block, set()).add(span.sector)
        found += [sector in said.get(block, ()) for block, (_, sector) in enumerate(part)]
    return found


@pytest.mark.parametrize("kind", _KINDS)
def test_a_name_is_found_in_every_way_to_write_it(kind: str) -> None:
    cases = [
        (f"Our key sectors are {written} and ballooning.", sector, written)
        for name, sector in _names()
        for written in _KINDS[kind](name)
    ]
    found = _found([(text, sector) for text, sector, _ in cases])
    lost = [written for (_, _, written), ok in zip(cases, found, strict=True) if not ok]
    assert len(lost) <= len(cases) * (1 - _FLOOR), (f"{len(lost)} of {len(cases)}", lost[:140])


@pytest.mark.parametrize(
    "frame", ["{name} ({short}) is long. {use}", "{short} ({name}) is short. {use}"]
)
def test_an_abbreviation_that_the_text_defines_is_as_good_as_the_name(frame: str) -> None:
    lost, count = [], Counter[str]()
    for name, sector in _names():
        short = _letters(name)
        if len(_words(name)) < 2 or len(short) < 2 or not name.replace(" ", "").isalpha():
            continue
        defined = frame.format(name=name, short=short, use="")
        text = f"{defined}\n\nThe county chose {short} as a key sector."
        spans = parse(document_of(text)).spans
        count["all"] += 1
        if not any(s.sector == sector and s.start > len(defined) for s in spans):
            lost.append((name, short))
    assert len(lost) <= count["all"] * (1 - _FLOOR), (f"{len(lost)} of {count['all']}", lost[:140])
