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

_AHEAD = re.compile(
    r"\b(?:will|shall|would|[’']ll|bids?|bidding|appl(?:y|ied|ications?)|next round|further round|"
    r"sought|seek\w*|pursu\w+|expect\w*|anticipat\w+|hop(?:e|ed|ing)|to be (?:met|funded|found|"
    r"paid)|"
    r"contribut\w+|match\w*|draw\w* (?:on|down)|eligible|depends?|rests?|rely|relies|"
    r"available from|"
    r"including from|sources? of (?:funding|money)|is for|pays? for|brings?|secur(?:e|ing))\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:was|were|had|has (?:ended|closed|gone|been)|have (?:ended|closed|gone|been)|ended|"
    r"closed|"
    r"former|previous|last|wound up|between (?:19|20)\d\d|funded under|helped|ran|abolish\w+|"
    r"finished|no longer|successor to|replac\w+|instead of|legacy|came to an end|withdrawn|"
    r"lapsed)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20\d\d)\b")


class Programme(Editable):
    """A fund or a body with money: its names, and the last year in which money could be had of it.

    ``told`` says what became of it, for the message.
    """

    names: tuple[PhraseText, ...] = Field(min_length=1)
    until: int
    told: str


class Options(Editable):
    """The ``programmes`` whose end is known, each with its last year."""

    programmes: tuple[Programme, ...] = Field(min_length=1)


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    written = view.document.year
    if written is None:
        return
    rows = {row.block for t in tables_of(view) for row in t.rows if any(c.value for c in row.cells)}
    for programme in options.programmes:
        if written < programme.until:
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
    if not in_row and (setting not in ("paragraph", "list_item") or not _AHEAD.search(text)):
        return False
    if _OVER.search(text) or is_anothers(view, match):
        return False
    if written > programme.until:
        return True
    # In its last year a programme still pays: only what it is to pay later is none.
    around = () if in_row else view.around(match.sentence, "paragraph")
    near = text if in_row else " ".join(view.text(s) for s in around)
    return any(int(year) > programme.until for year in _YEAR.findall(near))


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
