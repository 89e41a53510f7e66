"""How many seats business has where things are decided, by the text's own count or words."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import NUMBERS
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import WordFile, Wordings, words_of

_TENS = {f"twenty-{word}": 20 + number for word, number in NUMBERS.items() if number < 10}
_NUMBERS = NUMBERS | {"single": 1} | _TENS


class Words(WordFile):
    """``rules/language/checks/seats.yaml``."""

    total: Wordings
    business: Wordings
    of_business: Wordings
    board: Wordings
    wide: Wordings


_wordings = words_of("checks/seats", Words)
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
    for index in view.holding(_wordings().board):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        if _wordings().board.search(text) is None:
            continue
        total = _wordings().total.search(text)
        if total is not None:
            # 'Five business members, two of them from small firms' has five.
            size = (_number(total.group("n")), index)
            if _wordings().of_business.search(total.group("kind")):
                size = None
        if size is None or index - size[1] > 1 or _wordings().wide.search(text):
            continue
        found = [
            m
            for m in _wordings().business.finditer(text)
            if total is None or m.start() >= total.end()
        ]
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
