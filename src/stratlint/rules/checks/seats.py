"""How many seats business has where things are decided, by the text's own count or words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import NUMBERS
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set

_TENS = {f"twenty-{word}": 20 + number for word, number in NUMBERS.items() if number < 10}
_NUMBERS = NUMBERS | {"single": 1} | _TENS
_ANY = rf"\d{{1,2}}|{'|'.join((*_TENS, *NUMBERS))}"
_N = rf"(?P<n>{_ANY}|a single|single)"
_TOTAL = re.compile(
    rf"\b{_N}(?P<kind>(?: (?:voting|board|full|ordinary|business|private|employer|industry|"
    rf"elected))*)"
    r" (?:members?|seats|directors)\b",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    rf"\b{_N}(?: (?:other|further|local|small|independent))?(?: (?:business|private[- ]sector|"
    rf"private|employer|"
    r"industry|company|firm)) (?:members?|representatives?|directors?|seats?|people|owners?)\b"
    rf"|\b(?P<m>{_ANY})(?: of (?:them|whom|these))?(?: (?:are|is|comes?|"
    rf"drawn|run|"
    r"runs))* (?:directors of |from |a )?(?:the )?(?:local )?(?:business(?:es)?|industry|firms?|"
    r"companies|"
    r"company|private sector|"
    r"employers)\b",
    re.IGNORECASE,
)
_OF_BUSINESS = re.compile(r"business|private|employer|industry", re.IGNORECASE)
_BOARD = re.compile(
    r"\b(?:board|panel|committee|partnership|council|forum|cabinet|group|members?)\b", re.IGNORECASE
)
_WIDE = re.compile(r"\bbusiness board|\bbusiness panel|\bemployer board", re.IGNORECASE)
_FEWEST = 5
"""Members of a board of which a share can be told; of fewer, one is not few."""


class Options(Editable):
    """``share_below`` of the seats, where the text counts them; ``phrases`` say it in words."""

    phrases: tuple[PhraseText, ...] = ()
    beside: tuple[PhraseText, ...] = ()
    share_below: float = Field(default=0.26, gt=0, le=1)


def _run(options: Options, view: View, _world: World) -> Iterator[Hit]:
    seen: set[int] = set()
    for match, words in (*_counted(options, view), *_worded(options, view)):
        if match.sentence in seen or is_anothers(view, match):
            continue
        seen.add(match.sentence)
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": words},
            quotations=(view.quote(match.start, match.end),),
        )


def _counted(options: Options, view: View) -> Iterator[tuple[Match, str]]:
    """Boards of which a sentence, or the one before it, gives the size."""
    size: tuple[int, int] | None = None
    for index in view.holding(_BOARD):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        if _BOARD.search(text) is None:
            continue
        total = _TOTAL.search(text)
        if total is not None:
            # 'Five business members, two of them from small firms' has five.
            size = (_number(total.group("n")), index)
            if _OF_BUSINESS.search(total.group("kind")):
                size = None
        if size is None or index - size[1] > 1 or _WIDE.search(text):
            continue
        found = [m for m in _BUSINESS.finditer(text) if total is None or m.start() >= total.end()]
        seats = sum(_number(m.group("n") or m.group("m")) for m in found)
        if not found or size[0] < _FEWEST or seats >= options.share_below * size[0]:
            continue
        match = Match(
            start=sentence.start + found[0].start(),
            end=sentence.start + found[0].end(),
            sentence=index,
            phrase="counted",
        )
        yield match, f"{seats} of {size[0]} seats"
        size = None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.casefold().removeprefix("a ")]


def _worded(options: Options, view: View) -> Iterator[tuple[Match, str]]:
    beside = phrase_set(options.beside)
    for match in view.find(phrase_set(options.phrases)):
        if options.beside and not view.near(beside, match.sentence, "sentence"):
            continue
        yield match, " ".join(view.document.text[match.start : match.end].split())


CHECK = Check(
    name="business-seats",
    level="document",
    options=Options,
    holes={"words": "1 of 13 seats"},
    run=_run,
    doc="A board on which business has few seats, or none that votes.",
)
