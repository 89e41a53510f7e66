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

_DO = (
    "work|support|develop|build|create|establish|open|launch|invest|fund|pay|lend|buy|provide|"
    "offer|"
    "deliver|promote|encourage|improve|help|bring|make|set up|run|train|recruit|appoint|commission|"
    "lobby|press|seek|extend|expand|strengthen|introduce|pilot|trial|convene|prepare|produce|"
    "explore|"
    "investigate|continue|attract|secure|give|form|design|join|host|market|maintain|restore|"
    "upgrade|"
    "convert|concentrate|focus|back|champion|campaign|unlock|accelerate|enable|ensure|facilitate|"
    "lead|co-?ordinate|target|connect|link|share|exploit|maximi[sz]e|embed|simplify|review|align|"
    "raise|use|hold|put|take|plant|clear|finish|keep"
)
_DONE = (
    r"supported|developed|built|created|established|opened|launched|funded|provided|offered|"
    r"delivered|promoted|encouraged|improved|set up|appointed|commissioned|extended|expanded|"
    r"introduced|piloted|prepared|explored|attracted|formed|restored|upgraded|converted|held|made|"
    r"given|trained|bought|paid|strengthened|convened"
)
_WHO = (
    r"we|councils?|partnership|board|authority|authorities|agency|agencies|lep|assembly|district|"
    r"region|county|city|borough|universit(?:y|ies)|colleges?|partners|office|team|executive|"
    r"cabinet|"
    r"committee|chamber|company|corporation|department|institute|foundation|network|hub|centre|"
    r"officers?|panel|group|alliance|service|forum|trust|(?-i:[A-Z]{3,})"
)
_WILL = re.compile(
    rf"\b(?:{_WHO})\b[^.;:,]{{0,40}}?(?:\b(?:will|shall)|[’']ll) "
    rf"(?:(?:also|therefore|then|jointly|now|first|\w+ly) )*(?:{_DO})\b|"
    rf"\b(?:will|shall) (?:\w+ly )?be (?:\w+ly )?(?:{_DONE})\b",
    re.IGNORECASE,
)
"""Somebody who will do it, or a thing that will be done; a trend that will bring more is none."""
_ORDER = re.compile(
    rf"^\W*(?:(?:action|priority|step)?\s?[A-Z]?\d[\d.]*\W+)?(?:to )?(?:{_DO})\b", re.IGNORECASE
)
"""An item of a list in the imperative."""
_NOT_OURS = re.compile(
    r"\b(?:government|ministers|treasury|department|homes england|national highways|network rail|"
    r"forecasts?|expected|would|if)\b|\b(?:strategy|plan|sep|chapter|section|document|"
    r"framework) will be\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b20\d\d\b|\b(?:within|over|in|for|after) (?:the |its |our )?(?:next |first )?(?:a|one|two|"
    r"three|"
    r"four|five|six|ten|twelve|eighteen|\d+) (?:years?|months?|weeks?)\b|"
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"\b(?:spring|summer|autumn|winter)\b|\bby may\b|\b(?:a|each|every|this|next|per) (?:year|"
    r"month|"
    r"week|quarter)\b|\bq[1-4]\b|\byear (?:one|two|three|1|2|3)\b|\bannually\b|\byearly\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:[£€$]|\b(?:gbp|eur|usd|czk|sek|nok|dkk|pln|aud|cad) ?)\d|\b\d[\d.,]* ?(?:million|bn|m|"
    r"crowns?|kronor|euros?|pounds|dollars)\b|\b(?:one|two|three|four|five|six|ten|half a|"
    r"a) million\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|dates?|timescales?|timing|time ?frames?|timelines?|deadline|start|due|years?|phase|"
    r"20\d\d)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£€$]|\b(?:costs?|budget|funding|money|resources?|investment|spend|allocation|million)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:fund\w*|grants?|budgets?|costs?|costed|invest\w*|allocat\w+|set aside|pays?|paid|spend|"
    r"contribut\w+|programmes?|schemes?|deals?|loans?|capital|bids?|asks?|project\w*|will|"
    r"shall)\b|[(]",
    re.IGNORECASE,
)
"""Words by which a sum is one to be spent and not the size of a trade."""
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
            setting == "list_item" and view.search(_ORDER, index) is not None and not text.isupper()
        )
        if not (ordered or view.search(_WILL, index)) or view.search(_NOT_OURS, index):
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
            dated=_DATE.search(near) is not None,
            costed=_SUM.search(near) is not None,
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
        for index in view.holding(_SUM)
        if view.setting(index) not in ("contents", "references", "quotation")
        and _SUM.search(view.text(index))
        and _PAID.search(view.text(index))
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
    if len(dated) <= most and not has_column(view, _WHEN):
        faults.append(_few(len(dated), "a date"))
        bare = [p for p in bare if not p.dated]
    if len(costed) <= most and len(_spent(view)) <= most and not has_column(view, _MONEY):
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
