"""Things that a plan says it will do, counted: how many have a date, how many a sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import NO_PLACE, is_anothers, is_of_a_place
from stratlint.rules.view import Match, View
from stratlint.rules.wording import count, listing
from stratlint.rules.world import World
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/promises.yaml``."""

    order: Wordings
    not_ours: Wordings
    date: Wordings
    sum: Wordings
    when: Wordings
    money: Wordings
    paid: Wordings
    will: Wordings


_wordings = words_of("checks/promises", Words)
_LEAST = 7
"""Words of a sentence that says what is to be done: 'Focus on cables' is a title."""
_SHOWN = 3


class Options(Editable):
    """Of ``promises_at_least`` one at most, or ``share_at_most``, has a date, or a sum."""

    promises_at_least: int = Field(default=6, ge=2)
    share_at_most: float = Field(default=0.07, ge=0, le=1)
    """One in fifteen: of 126 texts that were read, those that give dates give them to one promise
    in five and more."""


class Promise(Record, frozen=True):
    """A thing that will be done: its sentence, and what of a date and a sum stands with it."""

    sentence: int
    dated: bool
    costed: bool


def promises_of(view: View) -> tuple[Promise, ...]:
    """What a text says in its own voice that it will do."""
    return view.remember("promises", lambda: tuple(_promises(view)))


def _promises(view: View) -> Iterator[Promise]:
    for index, sentence in enumerate(view.analysis.sentences):
        setting = view.setting(index)
        if setting not in ("paragraph", "list_item"):
            continue
        text = view.text(index)
        ordered = (
            setting == "list_item"
            and view.search(_wordings().order, index) is not None
            and not text.isupper()
        )
        if not (ordered or view.search(_wordings().will, index)) or view.search(
            _wordings().not_ours, index
        ):
            continue
        if len(text.split()) < _LEAST:
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase="promise")
        if is_anothers(view, match):
            continue
        # The sum often stands in the next sentence: 'It will cost £2 million.'
        near = " ".join(view.text(s) for s in _near(view, index))
        yield Promise(
            sentence=index,
            dated=_wordings().date.search(near) is not None,
            costed=_wordings().sum.search(near) is not None,
        )


def _near(view: View, index: int) -> list[int]:
    """A sentence with its neighbours in the paragraph, behind the lead-in of its list."""
    sentences, lead = view.analysis.sentences, view.block(index).lead_in
    beside = range(max(0, index - 1), min(len(sentences), index + 2))
    own = [s for s in beside if sentences[s].block == sentences[index].block]
    return [*(view.of_block(lead) if lead is not None else ()), *own]


def _spent(view: View) -> list[int]:
    """Sentences, titles and rows with a sum that is to be spent, whoever is named there."""
    return [
        index
        for index in view.holding(_wordings().sum)
        if view.setting(index) not in ("contents", "references", "quotation")
        and _wordings().sum.search(view.text(index))
        and _wordings().paid.search(view.text(index))
    ]


def has_column(view: View, pattern: re.Pattern[str]) -> bool:
    """Whether a table of two rows or more has a filled column of such a head."""
    return any(
        sum(cell is not None and bool(cell.text.strip("–—- ")) for cell in table.column(n)) > 1
        for table in tables_of(view)
        for n, head in enumerate(table.heads)
        if n and pattern.search(head)
    )


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    if not is_of_a_place(view):
        raise CannotRunError(NO_PLACE)
    promises = promises_of(view)
    if len(promises) < options.promises_at_least:
        return
    most = max(1.0, options.share_at_most * len(promises))
    dated = [p for p in promises if p.dated]
    costed = [p for p in promises if p.costed]
    faults, bare = [], list(promises)
    if len(dated) <= most and not has_column(view, _wordings().when):
        faults.append(_few(len(dated), "a date"))
        bare = [p for p in bare if not p.dated]
    if (
        len(costed) <= most
        and len(_spent(view)) <= most
        and not has_column(view, _wordings().money)
    ):
        faults.append(_few(len(costed), "a sum"))
        bare = [p for p in bare if not p.costed]
    if not faults:
        return
    yield Hit(
        document=view.source,
        region=view.region,
        holes={"promises": count(len(promises), "thing"), "faults": listing(faults)},
        quotations=tuple(view.quote_sentence(p.sentence) for p in bare[:_SHOWN]),
        subject="promises",
        weight=len(promises),
    )


def _few(number: int, what: str) -> str:
    """'none has a date', 'one has a date', '2 have a date'."""
    return f"{('none has', 'one has')[number]} {what}" if number < 2 else f"{number} have {what}"


CHECK = Check(
    name="bare-promises",
    level="document",
    options=Options,
    holes={"promises": "24 things", "faults": "none has a date and one has a sum"},
    run=_run,
    about="document",
    doc="A text of many things to be done, of which next to none has a date or a sum.",
)
