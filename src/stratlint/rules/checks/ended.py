"""Money that is counted on from a programme that has ended."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/ended.yaml``."""

    ahead: Wordings
    over: Wordings
    past: Wordings
    background: Wordings
    nation: ExactWordings


_wordings = words_of("checks/ended", Words)
_YEAR = re.compile(r"\b(?:19|20)(?P<short>\d\d)\b(?:[-–/](?P<last>\d\d)\b)?")
_NATION_LETTERS = 12
_SPENDING = 2
"""Years in which a programme that takes no more bids may still pay: n+2 of the European funds."""
_SENTENCE = 7
"""Words from which a line says something of a programme that it names."""


class Programme(Editable):
    """A fund or a body with money: its names, and the last year in which money could be had of it.

    ``told`` says what became of it, for the message. ``known`` is the year from which its end was
    known, where that is before the end; ``sign`` the currency of the country it is of, where
    others have one of the same name.
    """

    names: tuple[PhraseText, ...] = Field(min_length=1)
    until: int
    told: str
    known: int = 0
    sign: str = ""


class Options(Editable):
    """The ``programmes`` whose end is known, each with its last year."""

    programmes: tuple[Programme, ...] = Field(min_length=1)


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    written = view.document.year
    if written is None:
        return
    rows = {row.block for t in tables_of(view) for row in t.rows if any(c.value for c in row.cells)}
    for programme in options.programmes:
        if written < (programme.known or programme.until):
            continue
        if programme.sign and programme.sign not in view.document.text:
            continue
        for match in view.find(phrase_set(programme.names)):
            if not _is_counted_on(view, match, programme, written, rows):
                continue
            yield Hit(
                document=view.source,
                region=view.region,
                holes={
                    "words": " ".join(view.document.text[match.start : match.end].split()),
                    "told": programme.told,
                    "year": written,
                },
                quotations=(view.quote(match.start, match.end),),
                subject=programme.told,
            )
            break


def _is_counted_on(
    view: View, match: Match, programme: Programme, written: int, rows: set[int]
) -> bool:
    """Whether a text speaks of money to come from a programme after its last year."""
    setting, text = view.setting(match.sentence), view.text(match.sentence)
    in_row = setting == "table_row" and view.analysis.sentences[match.sentence].block in rows
    if not in_row and setting not in ("paragraph", "list_item"):
        return False
    before = view.document.text[max(0, match.start - _NATION_LETTERS) : match.start]
    if (
        _wordings().over.search(text)
        or _wordings().nation.search(before)
        or is_anothers(view, match)
    ):
        return False
    if written > programme.until:
        if in_row or _wordings().ahead.search(text):
            return True
        # What was granted before the end is spent for two years more.
        return written > programme.until + _SPENDING and _is_present(view, match.sentence)
    # While a programme still pays, only what it is to pay later is none.
    if not in_row and not _wordings().ahead.search(text):
        return False
    around = () if in_row else view.around(match.sentence, "paragraph")
    near = text if in_row else " ".join(view.text(s) for s in around)
    return any(year > programme.until for year in _years(near))


def _is_present(view: View, sentence: int) -> bool:
    """Whether a sentence speaks of what is, outside of what went before or was said by others."""
    if len(view.text(sentence).split()) < _SENTENCE:
        return False
    heading = view.block(sentence).heading
    title = view.document.block_text(heading) if heading is not None else ""
    return not (
        _wordings().past.search(view.text(sentence)) or _wordings().background.search(title)
    )


def _years(text: str) -> Iterable[int]:
    """The years of a text; of '2021–23' both."""
    for found in _YEAR.finditer(text):
        yield int(found.group()[:4])
        if found.group("last"):
            yield int(found.group()[:2] + found.group("last"))


CHECK = Check(
    name="ended-programme",
    level="document",
    options=Options,
    holes={
        "words": "Single Regeneration Budget",
        "told": "took its last bids in 1999",
        "year": 2004,
    },
    run=_run,
    doc="Money that a text counts on from a fund or a body that had ended when it was written.",
)
