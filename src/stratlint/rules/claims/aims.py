"""Where a text sets down what is to be reached: lines under a title, tables of now and then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from stratlint.records import Role
from stratlint.rules.claims.tables import Table
from stratlint.rules.view import View

TARGET_TITLE = re.compile(
    r"\b(?:targets?(?! (?:clusters?|sectors?|industr\w+|markets?))|outcomes?|measures? of success|"
    r"(?:key )?(?:performance )?indicators|kpis?|performance measures|tolerances|milestones|"
    r"what success|(?:what|how)\b[^.?]{0,30}\b(?:be different|will it look|to show for it|"
    r"shall (?:have|it be known)|will be (?:measured|judged)|be measured by|is promised|"
    r"measure ourselves|will know|shall know|anyone will know|look like)|promised by|"
    r"by what shall|will we know)\b",
    re.IGNORECASE,
)
"""Titles under which stands what is to be reached."""
BY_NAME = re.compile(
    r"\b[A-Z]\w+ (?:Laborator\w+|Programme|Scheme|Cent(?:re|er)|Academy|School|Fund|Hub|Project)\b"
)
"""A target that names its measure: 'Farms in the Field Laboratory to be …'."""
_TARGET_LEAD = re.compile(
    r"\b(?:shall|will) (?:show|have|see|be|reach)\W*$|"
    r"\b(?:targets?|goals?|aims?|outcomes?|results?)\b[^.]{0,30}(?:\b(?:are|is|sought|wanted)\b|:|"
    r"\b(?:19|20)\d\d)\W*$",
    re.IGNORECASE,
)
"""Words before a list of what is to be reached: 'By 2030 the building shall show:'."""
_ACTION_LEAD = re.compile(
    r"\b(?:we|council|partnership|board|authority|it|they|actions?|measures?) (?:will|shall|are|"
    r"include)\W*$",
    re.IGNORECASE,
)
_NOW_THEN = re.compile(
    r"^(?:now|then|today|baseline|base|target|goal|aim|current|latest|by)\b|^(?:19|20)\d\d$",
    re.IGNORECASE,
)
_THEN = re.compile(r"(?:then|target|goal|aim)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine) (?:\w+ )?in (?:\w+)\b|\b(?:double|treble|"
    r"halve|half|third|quarter|closed?|neutral|net zero|living wage|"
    r"average)\b",
    re.IGNORECASE,
)
_OF_SCHEMES = re.compile(
    r"\b(?:action|project|scheme|programme|lead\b|cost|funding)|[£€$]|\b000s?\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\W*\d+(?:\.\d+)*\.?\s")
_LINES = 8
"""Lines of a text without layout that one title may stand over."""
_LINE = 30
"""Words of a line that tells one target: a longer one is a paragraph that argues."""


def under_titles(view: View, titles: re.Pattern[str], *, lead_ins: bool = False) -> frozenset[int]:
    """Sentences under a heading of some kind or, with ``lead_ins``, behind such a lead-in too."""
    fits = cache(lambda block: titles.search(view.document.block_text(block)) is not None)
    found = set()
    for index in range(len(view.analysis.sentences)):
        block = view.block(index)
        over = (block.heading, block.lead_in if lead_ins else None)
        if any(b is not None and fits(b) for b in over):
            found.add(index)
    return frozenset(found)


def aimed_lines(view: View) -> tuple[int, ...]:
    """Blocks under a title, or behind words, that tell what is to be reached, with an amount."""
    return view.remember("aimed lines", lambda: tuple(_aimed_lines(view)))


def _aimed_lines(view: View) -> Iterator[int]:
    # A title stands over many lines: each is looked at once.
    announces = cache(lambda text: TARGET_TITLE.search(text) is not None)
    leads = cache(lambda lead: _TARGET_LEAD.search(lead) is not None)
    for number, block in enumerate(view.document.blocks):
        if block.cells or block.role not in (Role.LIST_ITEM, Role.HEADING):
            continue
        lead = view.document.block_text(block.lead_in) if block.lead_in is not None else ""
        if not (announces(f"{_title(view, number, announces)} {lead}") or leads(lead)):
            continue
        text = _NUMBERED.sub("", view.document.text[block.start : block.end])
        if not _AMOUNT.search(text) or len(text.split()) > _LINE:
            continue
        if not (BY_NAME.search(text) or _ACTION_LEAD.search(lead.rstrip(": "))):
            yield number


def _title(view: View, number: int, announces: Callable[[str], bool]) -> str:
    """The heading over a block; over a line that was read as a heading, the first one over all."""
    blocks = view.document.blocks
    if blocks[number].role is not Role.HEADING:
        heading = blocks[number].heading
        return view.document.block_text(heading) if heading is not None else ""
    for before in range(number - 1, max(-1, number - _LINES), -1):
        text = view.document.block_text(before)
        if len(text.split()) <= _LINE and announces(text):
            return text
        if blocks[before].role is not Role.HEADING and len(text.split()) > _LINE:
            break
    return ""


def tells_now_and_then(table: Table) -> bool:
    """Whether a table sets what is to be reached beside what is, and is none of spending."""
    if is_of_schemes(table):
        return False
    columns = [head for head in table.heads[1:] if _NOW_THEN.search(head)]
    return len(columns) > 1 and any(_THEN.match(head) for head in columns)


def is_of_schemes(table: Table) -> bool:
    """Whether a table is of things to be done or paid for."""
    return _OF_SCHEMES.search(" ".join(table.heads)) is not None
