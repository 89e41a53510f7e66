"""A plan that says nowhere what is to come of it: no result with a figure to be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.aims import aimed_lines, tells_now_and_then
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import NO_PLACE, is_anothers, is_of_a_place
from stratlint.rules.view import Match, View
from stratlint.rules.wording import pages_of, too_short
from stratlint.rules.world import World

_RESULT = re.compile(
    r"\b(?:jobs?|posts|employment|unemploy\w+|employed|in work|into work|workforce|claimants?|pay|"
    r"paid (?:less|below|under)|wages?|earnings|incomes?|gva|gdp|gross value added|"
    r"gross regional product|output|"
    r"productivity|firms?|business(?:es)?|compan(?:y|ies)|enterprises?|start-?ups?|births|"
    r"registrations?|survival|export\w*|turnover|sales|investment|leverage\w*|visits?|visitors?|"
    r"nights?|stays?|spend(?:ing)?|footfall|vacan\w+|empty|learners?|students?|apprentic\w+|"
    r"trainees|qualif\w+|graduates?|level [2-7]|nvq\w*|population|residents|adults|"
    r"households|patents?|research|r ?& ?d|spin-?outs?|emissions?|carbon|"
    r"greenhouse|poverty|"
    r"low[- ]pa\w+|inequality|gap|satisfaction|"
    r"attainment|participation|placements?|journeys?|passengers?|value added|market share|"
    r"occupancy|"
    r"procurement)\b",
    re.IGNORECASE,
)
"""What a plan is for: wider than the measures that EV013 asks after, so that silence is sure."""
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-–/]\s?\d{2,4})?\b")
_SPENT = re.compile(r"[£€$]\s?\d[\d,.]*\s?(?:m|bn|k|million|billion)?\b", re.IGNORECASE)
_EARNED = re.compile(
    r"\b(?:gva|gdp|output|productivity|pay|wages?|earnings|incomes?|exports?|turnover|sales|spend|"
    r"private|investment|leverage\w*|r ?& ?d|research)\b",
    re.IGNORECASE,
)
"""Results that are told in money; any other sum is what a thing costs."""
_QUANTITY = re.compile(
    r"\d|\bgap\b[^.]{0,40}\b(?:closed|eliminated|gone)\b|\b(?:doubl\w+|halv\w+|(?:a|one|two|"
    r"three) (?:half|third|quarter|fifth|tenth)s?|half|third|"
    r"quarter|fifth|tenth|treble|hundred|thousand|one (?:\w+ )?in \w+|(?:national|uk|england|"
    r"state|eu|"
    r"european) average|"
    r"national median)\b",
    re.IGNORECASE,
)
_NO_QUANTITY = re.compile(
    r"^\W*\d+(?:\.\d+)*[.)]?\s|\b(?:level|nvq|section|chapter|table|figure|part|appendix|annex|"
    r"objective|priority|theme|programme|phase|aged?|page|paragraph|line|tier) \d[\d.]*|"
    r"\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b|\b[AM]\d+\b|\b\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:(?:aims?|targets?|goals?|ambitions?|objectives?|outcomes?|success)(?: for (?:19|"
    r"20)\d\d)?"
    r"(?: is| are| of| to|\s?:| by| –| for)|aim to|aiming (?:to|for)|we (?:want|aim|intend))",
    re.IGNORECASE,
)
"""Words that say that what follows is to be reached."""
_CHANGE = re.compile(
    r"(?:\b(?:will|shall|would|to|must|should|could|by|and|’ll|'ll) (?:be |have )?(?:\w+ly )?|"
    r"^\W*(?:[\d.]+\W+)?)(?:rais(?:e|ed|ing)|ris(?:e|en|ing)|increas(?:e|ed|ing)|reduc(?:e|ed|ing)|"
    r"cut(?:ting)?|doubl(?:e|ed|ing)|halv(?:e|ed|ing)|lift(?:ed|ing)?|gr[eo]w(?:n|ing)?|"
    r"fall(?:en|ing)?|narrow(?:ed|ing)?|clos(?:e|ed|ing)|creat(?:e|ed|ing)|generat(?:e|ed|ing)|"
    r"secur(?:e|ed|ing)|add(?:ed|ing)?|attract(?:ed|ing)?|win|reach(?:ed|ing)?|lead(?:ing)? to|"
    r"bring(?:ing)?|deliver(?:ed|ing)?|lever(?:ag)?(?:e|ed|ing)?|safeguard(?:ed|ing)?|place)\b|"
    r"\bwill employ\b",
    re.IGNORECASE,
)
"""What is done to a result: to give sixty firms advice changes none by itself."""
_CLAUSES = re.compile(r";(?![^(]*\))")
_PRONOUN = re.compile(
    r"(?:it|they|this|these|both) (?:will|shall|is|are|should|must)\b", re.IGNORECASE
)
"""A sentence whose result is named by the one before."""
_FROM_TO = re.compile(
    r"^(?!.*\b(?:was|were|rose|fell|grew|went|has|have|had|increased|declined|dropped|up|down|"
    r"between)\b).*(?:\bfrom |[(])[£€$]?\d[\d,.]*\s?(?:%|per cent|m|bn)? (?:to|→|->|–>) [£€$]?\d",
    re.IGNORECASE,
)
"""'Business research: from 1.1 to 2 per cent'; one that looks back is none."""
_BY = re.compile(
    r"\b(?:by|until|before|in|to|for|of|at|end of|from|end|through|january|march|april|june|july|"
    r"september|december|spring|autumn) $",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:forecasts?|projected|projections?|predict\w*|at risk|will (?:be )?(?:lost|lose|go|close|"
    r"decline|retire|need)|since (?:19|20)\d\d|thought to|to have (?:fallen|risen|grown)|"
    r"expected to (?:fall|decline|close|lose)|demand for|(?:is|are) planned|"
    r"reported|meets?)\b",
    re.IGNORECASE,
)
"""What is seen coming, wanted or not."""
_WANTED = re.compile(
    r"\b(?:targets?|ambitions?|goals?|aims?|wanted|milestones?|outputs?|outcomes?|results?|kpis?|"
    r"baselines?)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:targets(?! sectors| clusters| industries| markets)|indicators|kpis?|baselines?|"
    r"performance framework|monitoring (?:framework|plan)|scorecard|logic (?:model|chain))\b"
    r"[^.]{0,90}\b(?:annex|appendix|overleaf|separate(?:ly)?|published|accompan\w+|set out in|"
    r"given in|listed in|companion|delivery plan|business case|implementation plan|technical)\b|"
    r"\bindicators in [\"“‘']|"
    r"\b(?:annex|appendix|companion|delivery plan|implementation plan|business case)\b[^.]{0,60}"
    r"\b(?:targets(?! sectors| clusters| industries)|indicators|kpis?|baselines?)\b",
    re.IGNORECASE,
)
"""Words that say that the targets stand in another paper."""
_NEAREST = (
    re.compile(
        r"\b(?:progress|plan|strategy|performance|framework|programme|results?|board|partnership)\b"
        r"[^.;]{0,60}\b(?:will|shall|is|are) (?:be )?(?:\w+ly )?(?:monitor\w*|review\w*|report\w*|"
        r"measur\w+|judge\w*|evaluat\w+|publish\w*)\b|"
        r"\b(?:annual|progress|yearly) (?:report|review)\b|"
        r"\breports? (?:\w+ )?(?:on progress|annually|each|every|yearly)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:our|the|its|this plan[’']s) (?:\w+ )?(?:vision|aim|goal|ambition|purpose)s? "
        r"(?:is|are|for)\b|\bwe (?:want|aim) to\b",
        re.IGNORECASE,
    ),
)
"""Where a target might have stood: how it is watched, or what is hoped for."""


_NOW = re.compile(r"\b(?:now|today|baseline|latest|current)\b|20\d\d {2,}\D*20\d\d", re.IGNORECASE)
_LINE = 8
"""Words of a line that heads columns."""
_READ = ("paragraph", "list_item")


class Options(Editable):
    """Asked of texts of ``words_at_least``: a shorter one may leave its targets to another."""

    words_at_least: int = Field(default=20, ge=0)


class Target(Record, frozen=True):
    """A result that is to be reached: where it is said, and whether a year is."""

    span: Span
    dated: bool


def targets_in(view: View, sentences: Iterable[int]) -> tuple[Target, ...]:
    """Results with a figure that a text says it will reach: in some sentences, and in tables."""
    return (*_told(view, sentences), *_tabled(view), *_lined_up(view))


def _has_targets(view: View) -> bool:
    every = range(len(view.analysis.sentences))
    if any(True for _ in chain(_tabled(view), _lined_up(view), _told(view, every))):
        return True
    # What is set down as a target is one, whatever it counts.
    lines = (view.document.block_text(number) for number in aimed_lines(view))
    return any(map(tells_now_and_then, tables_of(view))) or any(
        _QUANTITY.search(_NO_QUANTITY.sub(" ", line)) for line in lines
    )


def _told(view: View, sentences: Iterable[int]) -> Iterator[Target]:
    skip = ("contents", "references", "running_head", "quotation", "table_row")
    written = view.document.year or 0
    for index in sentences:
        if view.setting(index) in skip:
            continue
        sentence, text = view.analysis.sentences[index], view.text(index)
        if not view.search(_QUANTITY, index):
            continue
        # A result is named in the sentence itself, or in the one before that it speaks of.
        refers = index > 0 and _PRONOUN.match(text) is not None
        if not refers and index not in view.holding(_RESULT):
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase="target")
        aimed = _AIM.search(_lead(view, index)) is not None
        before = f"{view.text(index - 1).rstrip('.')}, " if refers else ""
        for start, end in _clauses(text):
            clause = (before if not start else "") + text[start:end]
            if not _is_result(clause):
                continue
            ahead = any(
                int(found.group(1)) > written and _BY.search(clause[: found.start()])
                for found in _YEAR.finditer(clause)
            )
            wanted = aimed or ahead or any(p.search(clause) for p in (_AIM, _CHANGE, _FROM_TO))
            if not wanted or _FORECAST.search(clause):
                continue
            if not is_anothers(view, match):
                yield Target(span=(sentence.start + start, sentence.start + end), dated=ahead)


def _clauses(text: str) -> Iterator[Span]:
    """The parts of a sentence between its semicolons."""
    start = 0
    for found in _CLAUSES.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _lead(view: View, index: int) -> str:
    """What introduces a list item, or the title it stands under."""
    block = view.block(index)
    lead = block.lead_in if block.lead_in is not None else block.heading
    return view.document.block_text(lead) + ":" if lead is not None else ""


def _is_result(clause: str) -> bool:
    """Whether a clause gives a result a quantity; what a thing costs and years are none."""
    rest = _NO_QUANTITY.sub(" ", _YEAR.sub(" ", clause))
    if not _EARNED.search(rest):
        rest = _SPENT.sub(" ", rest)
    return _RESULT.search(rest) is not None and _QUANTITY.search(rest) is not None


def _tabled(view: View) -> Iterator[Target]:
    """Tables with a column of what is wanted, or of years to come, that holds figures."""
    written = view.document.year or 0
    for table in tables_of(view):
        dated = [
            n
            for n, head in enumerate(table.heads)
            if n and any(int(year) > written for year in _YEAR.findall(head))
        ]
        wanted = [n for n, head in enumerate(table.heads) if n and _WANTED.search(head)]
        for number in {*dated, *wanted}:
            cells = [
                c for c in table.column(number) if c is not None and _counts(table, number, c.text)
            ]
            if cells:
                yield Target(span=(cells[0].start, cells[0].end), dated=number in dated)


def _lined_up(view: View) -> Iterator[Target]:
    """A short line 'Now   March 2021' over lines of figures that were read as no table."""
    written = view.document.year or 0
    for block in view.document.blocks:
        text = view.document.text[block.start : block.end]
        if ("20" not in text and "19" not in text) or len(text.split()) > _LINE:
            continue
        ahead = any(int(year) > written for year in _YEAR.findall(text))
        if ahead and _NOW.search(text):
            yield Target(span=(block.start, block.end), dated=True)


def _counts(table: Table, number: int, text: str) -> bool:
    """Whether a cell says how much of something: a date or a sum that is spent does not."""
    rest = _SPENT.sub(" ", _YEAR.sub(" ", text))
    money = _SPENT.search(f"{table.heads[number]}1") is not None
    return re.search(r"\d", rest) is not None and not money


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    if view.words < options.words_at_least:
        raise CannotRunError(too_short(view.words, options.words_at_least))
    if not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    if _has_targets(view) or _is_elsewhere(view):
        return
    nearest = next(_nearest(view), None)
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "pages": pages_of(view),
            "nearest": f"; the nearest is '{view.text(nearest)[:80].strip()}'" if nearest else "",
        },
        quotations=(view.quote_sentence(nearest),) if nearest is not None else (),
        subject="no target",
    )


def _is_elsewhere(view: View) -> bool:
    """Whether the text says that its targets stand in an annex or in another paper."""
    return any(
        view.setting(s) in _READ and _ELSEWHERE.search(view.text(s))
        for s in view.holding(_ELSEWHERE)
    )


def _nearest(view: View) -> Iterator[int]:
    for pattern in _NEAREST:
        for index in view.holding(pattern):
            if view.setting(index) in _READ and pattern.search(view.text(index)):
                yield index


CHECK = Check(
    name="no-target",
    level="document",
    options=Options,
    holes={"pages": "12 pages", "nearest": "; the nearest is 'Progress will be reported'"},
    run=_run,
    about="document",
    doc="A plan of which no sentence or table says what result is to be reached.",
)
