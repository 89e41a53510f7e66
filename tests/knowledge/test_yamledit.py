"""One value of a YAML file is changed, and every other byte stays."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stratlint.errors import FileFault
from stratlint.knowledge.yamledit import GONE, with_value

ORDER = ("file", "role", "region", "area", "title", "year", "kind", "guessed")
MANIFEST = """\
# Written by hand: ask before you change it.
title: 'Three regions'   # as the paper calls them

documents:
  # the oldest
  - file: a.pdf
    region:   "North East"  # not the city
    year: 2006

  # the newest
  - year: 2020   # on the cover
    file: b.pdf
    area:
      - Kent      # the county
      - Medway
    guessed: [area, year]
  - {file: c.pdf, region: London}   # short

# nothing below
"""


def _lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    diff = list(difflib.ndiff(before.splitlines(True), after.splitlines(True)))
    gone = [line[2:] for line in diff if line.startswith("- ")]
    return gone, [line[2:] for line in diff if line.startswith("+ ")]


CASES: dict[str, tuple[Sequence[str | int], object, list[str], list[str]]] = {
    "a quoted value": (
        ("documents", 0, "region"),
        "South East",
        ['    region:   "North East"  # not the city\n'],
        ["    region:   South East  # not the city\n"],
    ),
    "a number": (("documents", 0, "year"), 2007, ["    year: 2006\n"], ["    year: 2007\n"]),
    "a new key in its place": (
        ("documents", 0, "title"),
        "Making: things, again",
        [],
        ["    title: 'Making: things, again'\n"],
    ),
    "a new key between brackets": (
        ("documents", 2, "year"),
        2011,
        ["  - {file: c.pdf, region: London}   # short\n"],
        ["  - {file: c.pdf, region: London, year: 2011}   # short\n"],
    ),
    "a list becomes a word": (
        ("documents", 1, "area"),
        "Kent (county)",
        ["    area:\n", "      - Kent      # the county\n", "      - Medway\n"],
        ["    area: Kent (county)\n"],
    ),
    "a word becomes a list": (
        ("documents", 0, "region"),
        ["Kent", "Medway, the"],
        ['    region:   "North East"  # not the city\n'],
        ["    region:   [Kent, 'Medway, the']  # not the city\n"],
    ),
    "a key goes": (
        ("documents", 1, "guessed"),
        GONE,
        ["    guessed: [area, year]\n"],
        [],
    ),
    "a key behind the dash goes": (
        ("documents", 1, "year"),
        GONE,
        ["  - year: 2020   # on the cover\n", "    file: b.pdf\n"],
        ["  - file: b.pdf\n"],
    ),
    "a key between brackets goes": (
        ("documents", 2, "region"),
        GONE,
        ["  - {file: c.pdf, region: London}   # short\n"],
        ["  - {file: c.pdf}   # short\n"],
    ),
    "the first between brackets goes": (
        ("documents", 2, "file"),
        GONE,
        ["  - {file: c.pdf, region: London}   # short\n"],
        ["  - {region: London}   # short\n"],
    ),
    "an item goes": (
        ("documents", 0),
        GONE,
        [
            "  - file: a.pdf\n",
            '    region:   "North East"  # not the city\n',
            "    year: 2006\n",
        ],
        [],
    ),
    "an item of brackets goes": (
        ("documents", 2),
        GONE,
        ["  - {file: c.pdf, region: London}   # short\n"],
        [],
    ),
    "an item comes": (
        ("documents", 3),
        {"file": "d.pdf", "region": "Wales"},
        [],
        ["  - file: d.pdf\n", "    region: Wales\n"],
    ),
    "a key of the whole": (("modelled",), True, [], ["modelled: true\n"]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_the_lines_that_are_meant_change(case: str, line_end: str) -> None:
    way, value, gone, come = CASES[case]
    before = MANIFEST.replace("\n", line_end)
    after = with_value(before, way, value, path="m.yaml", order=ORDER)
    assert _lines_changed(before, after) == (
        [line.replace("\n", line_end) for line in gone],
        [line.replace("\n", line_end) for line in come],
    )


def test_a_file_of_comments_is_written_below_the_line_that_shows_the_key() -> None:
    text = "# what it is\n# pack: core\n\n# more\n# preview: false\n"
    assert with_value(text, ("pack",), "all", path="s.yaml") == text + "pack: all\n"
    with_one = text + "\nfail_on: error"
    assert with_value(with_one, ("pack",), "all", path="s.yaml") == with_one.replace(
        "# pack: core\n", "# pack: core\npack: all\n"
    )
    assert with_value(with_one, ("jobs",), 2, path="s.yaml") == with_one + "\njobs: 2\n"
    assert with_value("", ("jobs",), 2, path="s.yaml") == "jobs: 2\n"


SPOILT = {
    "an alias": "a: &x {file: f, year: 1}\ndocuments:\n  - *x\n",
    "merged keys": "a: &x {year: 1}\ndocuments:\n  - {<<: *x, file: f}\n",
    "no list": "documents: none\n",
    "nothing there": "documents: []\n",
    "a dash of its own line": "documents:\n  -\n    file: f\n    year: 1\n",
}


@pytest.mark.parametrize("shape", SPOILT)
def test_what_cannot_be_changed_alone_is_refused_or_right(shape: str) -> None:
    text = SPOILT[shape]
    for way, value in ((("documents", 0, "year"), 2), (("documents", 0), GONE)):
        try:
            after = with_value(text, way, value, path="m.yaml")
        except (FileFault, LookupError, TypeError):
            continue
        documents = yaml.safe_load(after)["documents"]
        assert documents in (None, []) or documents[0] == {"file": "f", "year": 2}
        if "a" in yaml.safe_load(text):
            assert yaml.safe_load(after)["a"] == yaml.safe_load(text)["a"]


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
)
_VALUES = st.one_of(_WORDS, st.integers(0, 3000), st.lists(_WORDS, min_size=1, max_size=3))
_ITEMS = st.dictionaries(st.sampled_from(ORDER), _VALUES, min_size=1)


@settings(deadline=None)
@given(
    st.lists(_ITEMS, min_size=1, max_size=4),
    st.sampled_from(ORDER),
    _VALUES,
    st.data(),
    st.booleans(),
    st.sampled_from([2, 4]),
)
def test_any_value_of_any_file_is_changed_alone(
    items: list[dict[str, object]],
    key: str,
    value: object,
    data: st.DataObject,
    flow: bool,
    indent: int,
) -> None:
    text = yaml.safe_dump(
        {"title": "é𝄞", "documents": items},
        allow_unicode=True,
        sort_keys=False,
        indent=indent,
        width=30,
        default_flow_style=None if flow else False,
    )
    text = "# 𝄞 first\n" + text + "# last\n"
    at = data.draw(st.integers(0, len(items) - 1))
    after = with_value(text, ("documents", at, key), value, path="m.yaml", order=ORDER)
    assert yaml.safe_load(after)["documents"][at] == {**items[at], key: value}
    assert after.startswith("# 𝄞 first\n")
    assert after.endswith("# last\n")
    more = with_value(text, ("documents", len(items)), items[0], path="m.yaml")
    assert yaml.safe_load(more)["documents"] == [*items, items[0]]
    if len(items) > 1:
        less = with_value(text, ("documents", at), GONE, path="m.yaml")
        assert yaml.safe_load(less)["documents"] == [*items[:at], *items[at + 1 :]]
    if len(items[at]) > 1:
        chosen = data.draw(st.sampled_from(sorted(items[at])))
        left = {name: entry for name, entry in items[at].items() if name != chosen}
        without = with_value(text, ("documents", at, chosen), GONE, path="m.yaml")
        assert yaml.safe_load(without)["documents"][at] == left
