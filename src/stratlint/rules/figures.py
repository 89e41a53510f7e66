"""Sentences that state a figure: its source, its year, and whether it is the country's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stratlint.records import Record
from stratlint.rules.phrases import phrase_set
from stratlint.rules.view import View

_STATISTIC = re.compile(
    r"(?<![\w.])(?:[£€$]\s?)?\d[\d,]*(?:\.\d+)?\s?(?:%|per ?cent\b|percentage points?\b|"
    r"(?:m|bn|million|billion|trillion|thousand)\b)|"
    r"(?<![\w.])(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?:\s[\w-]+){0,2}?\s(?:jobs|people|workers|employees|firms|"
    r"businesses|companies|enterprises|residents|households|students|graduates|researchers|"
    r"visitors|commuters|tonnes|hectares|start-ups|inhabitants|patents)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,£€$])(?:19[5-9]\d|20[0-4]\d)(?![\d%])")
_CITED = re.compile(r"\[\d{1,3}\]|\([A-Z][\w&.,\s-]{1,60}\d{4}[a-z]?\)")
_SOURCES = (
    "according to",
    "source",
    "sources",
    "survey*",
    "census",
    "ONS",
    "NOMIS",
    "BRES",
    "Eurostat",
    "OECD",
    "statistic*",
    "study|studies",
    "report|review|audit by|of|from|for|shows|found|showed|argues|states|says|notes",
    "analysis by|of|shows|showed",
    "estimate|estimates|estimated|estimating",
    "figures from|for|show",
    "data from|show|shows|for",
    "published by|in",
    "research by|shows|found|suggests|from",
    "index|scoreboard|scorecard|barometer",
    "database",
    "inquiry",
    "register*",
    "table|figure|chart|graph|box|annex|appendix <number>",
    "see table|figure|chart|annex|appendix",
)
_FORWARD = (
    "will",
    "shall",
    "aim|aims|aiming|aimed to|for|at",
    "target*",
    "by 2010|2011|2012|2013|2014|2015|2016|2017|2018|2019|2020|2021|2022|2023|2024|2025|2030|2050",
    "goal*",
    "objective*",
    "ambition*",
    "would",
    "could",
    "should",
    "up to",
    "over the next",
    "commit*",
    "invest*",
    "fund|funds|funded|funding|budget*|grant*|allocat*|award*|package|scheme|programme|loan*|loans",
    "expected|forecast*|projected|potential|intend*|plan|plans|planned|propos*",
    "if",
    "creating|create|reach|provide|provides|providing|establish|establishing|launch*|deliver|delivering|increasing",
    "worth of|challenge",
    "threshold*|minimum|maximum|at least|per year for|limit*|cap|rate|eligible",
)
_NATIONAL = (
    "nationally",
    "national|UK's",
    "UK|Britain|England|Scotland|Wales|Germany|France|Netherlands|Finland",
    "United Kingdom",
    "the|this|our country",
    "across the country",
    "world|globe",
    "globally|worldwide|global",
    "Europe|EU|European|Europe's",
)
_NOT_NATIONAL = (
    "office for national statistics",
    "national statistics|insurance|health|park|parks|trust|lottery|grid|vocational|office",
    "national curriculum",
    "East|South|North|West of England",
    "North|South East|West England",
    "Bank of England",
    "New England",
)
_LOCAL = (
    "region|regions|region's|regional|regionally",
    "local|locally",
    "here",
    "our",
    "county|counties|city|cities|district*|sub region*",
    "north|south|east|west|midlands|northern|southern|eastern|western",
)


_NUMBER = re.compile(r"(?<![\w.,])(?:[£€$]\s?)?\d[\d,]*(?:\.\d+)?")
_SPELT = phrase_set(
    (
        "half|third|quarter|fifth|tenth of",
        "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|sixty|hundred|"
        "thousand firms|people|jobs|companies|businesses|plants|employers|suppliers|sites",
        "one|two|three|four in three|four|five|six|seven|eight|nine|ten",
        "hundred|thousand|million|billion",
        "one|two|three|four .. in three|four|five|six|seven|eight|nine|ten|twenty",
    )
)


_IMPERATIVES = frozenset(
    "reach increase provide invest establish deliver support create build launch double raise "
    "spend extend boost cut reduce grow train recruit open fund publish introduce".split()
)


_VERBS = frozenset(
    "is are was were has have had be been employ employs account accounts make makes made produce "
    "produces contribute contributes represent represents comprise comprises generate generates "
    "grew grow grows fell falls rose rises work works live lives export exports handle handles "
    "come comes came receive receives spend spends hold holds held provide provides constitute "
    "constitutes support supports take takes took lie lies stand stands stood give gives gave "
    "suffer suffers use uses remain remains say says do does did run runs ran".split()
)


class Statistic(Record, frozen=True):
    """A figure in a sentence.

    ``describes`` is False for targets, budgets and thresholds; ``sourced`` is True where the
    paragraph or a note on the page names a source.
    """

    start: int
    end: int
    sentence: int
    year: int | None
    sourced: bool
    national: bool
    describes: bool


def numbers_of(view: View) -> frozenset[int]:
    """Sentences that state any quantity, of whatever kind: years and list numbers are none."""
    return view.remember("numbers", lambda: frozenset(_numbers(view)))


def _numbers(view: View) -> Iterable[int]:
    yield from (match.sentence for match in view.find(_SPELT))
    for index, sentence in enumerate(view.analysis.sentences):
        if view.setting(index) in ("contents", "running_head", "references"):
            continue
        text = view.document.text[sentence.start : sentence.end]
        for found in _NUMBER.finditer(text):
            word = found.group()
            opens = found.start() <= 2 and view.setting(index) in ("heading", "list_item")
            if not opens and not _YEAR.fullmatch(word):
                yield index
                break


def statistics_of(view: View) -> list[Statistic]:
    """The first figure of every sentence of running text that states one, in order."""
    return list(view.remember("statistics", lambda: list(_statistics(view))))


def _statistics(view: View) -> Iterable[Statistic]:
    sources = {m.sentence for m in view.find(phrase_set(_SOURCES))}
    forward = {m.sentence for m in view.find(phrase_set(_FORWARD))}
    names = view.find(phrase_set(_NOT_NATIONAL))
    national = {
        m.sentence
        for m in view.find(phrase_set(_NATIONAL))
        if not any(n.start <= m.start < n.end for n in names)
    }
    local = {m.sentence for m in view.find(phrase_set(_LOCAL))}
    noted = _pages_with_notes(view)
    for index, sentence in enumerate(view.analysis.sentences):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        text = view.document.text[sentence.start : sentence.end]
        found = _STATISTIC.search(text)
        if found is None:
            continue
        paragraph = view.around(index, "paragraph")
        is_local = index in local or _names_own_place(view, index)
        yield Statistic(
            start=sentence.start + found.start(),
            end=sentence.start + found.end(),
            sentence=index,
            year=_year(view, paragraph),
            sourced=any(s in sources for s in paragraph)
            or bool(_CITED.search(text))
            or view.document.page_at(sentence.start).index in noted,
            national=index in national and not is_local,
            describes=index not in forward and not _is_label(view, index, text),
        )


def _is_label(view: View, index: int, text: str) -> bool:
    """A few words are the label of a chart; a list item in the imperative is an action."""
    words = text.split()
    if len(words) < 5 or not any(_is_verb(word) for word in words):
        return True
    if view.setting(index) != "list_item":
        return False
    first = next((w for w in words if w.isalpha()), "").casefold()
    return first in _IMPERATIVES


def _is_verb(word: str) -> bool:
    """Whether a word looks like one of the verbs by which figures are stated."""
    plain = word.strip("(),.;:'’").casefold()
    return plain in _VERBS or (plain.endswith("ed") and len(plain) > 4)


def _year(view: View, paragraph: Iterable[int]) -> int | None:
    """The latest year of a paragraph: the one its figures are at least as old as."""
    years = [int(y) for s in paragraph for y in _YEAR.findall(view.text(s))]
    return max(years, default=None)


def _pages_with_notes(view: View) -> frozenset[int]:
    return frozenset(
        block.page for block in view.document.blocks if block.role.value in ("footnote", "caption")
    )


def _names_own_place(view: View, sentence: int) -> bool:
    """Whether a sentence names a place of the document's own region."""
    if view.region is None:
        return False
    return view.region.casefold() in view.text(sentence).casefold() or any(
        place.region == view.region for place in view.places_by_sentence.get(sentence, [])
    )
