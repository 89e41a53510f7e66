"""Where a text sets down what is to be reached: lines under a title, tables of now and then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from stratlint.records import Role
from stratlint.rules.claims.tables import Table
from stratlint.rules.view import View
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/claims/aims.yaml``."""

    target_title: Wordings
    by_name: ExactWordings
    target_lead: Wordings
    action_lead: Wordings
    now_then: Wordings
    then: Wordings
    amount: Wordings
    of_schemes: Wordings


wordings = words_of("claims/aims", Words)
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
    announces = cache(lambda text: wordings().target_title.search(text) is not None)
    leads = cache(lambda lead: wordings().target_lead.search(lead) is not None)
    for number, block in enumerate(view.document.blocks):
        if block.cells or block.role not in (Role.LIST_ITEM, Role.HEADING):
            continue
        lead = view.document.block_text(block.lead_in) if block.lead_in is not None else ""
        if not (announces(f"{_title(view, number, announces)} {lead}") or leads(lead)):
            continue
        text = _NUMBERED.sub("", view.document.text[block.start : block.end])
        if not wordings().amount.search(text) or len(text.split()) > _LINE:
            continue
        if not (
            wordings().by_name.search(text) or wordings().action_lead.search(lead.rstrip(": "))
        ):
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
    columns = [head for head in table.heads[1:] if wordings().now_then.search(head)]
    return len(columns) > 1 and any(wordings().then.match(head) for head in columns)


def is_of_schemes(table: Table) -> bool:
    """Whether a table is of things to be done or paid for."""
    return wordings().of_schemes.search(" ".join(table.heads)) is not None
