"""What is still to come by a date that had passed when the text was written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_WHEN = (
    r"(?:the )?(?:end of |start of |beginning of |early |late |mid-?|autumn |spring |summer |"
    r"winter |"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) |"
    r"financial year |q[1-4] )*(?P<year>(?:19|20)\d\d)\b(?![-–/]\d)"
)
_TO_COME = re.compile(
    rf"\b(?:will|shall|is to|are to|is due|are due|is expected to|are expected to)\b"
    rf"(?:[^.;:]{{0,90}}?\b(?:by|before|until)| (?:then )?(?:be \w+ed|open|begin|start|finish|"
    rf"report|"
    rf"close|follow) in) {_WHEN}|"
    rf"^\W*(?:by|until|before) {_WHEN.replace('year>', 'first>')}[^.;:]{{0,40}}"
    r"\b(?:will|shall|is to|are to)\b",
    re.IGNORECASE,
)
"""'Will open by spring 2019' in a plan of 2021."""
_WAS_TO = re.compile(
    rf"\b(?:was|were) to (?:be |have )?\w+[^.;:]{{0,60}}?\b(?:by|in|before) {_WHEN}", re.IGNORECASE
)
"""'Was to be appointed by autumn 2019': a fault only where the text goes on as if it stood."""
_PAST = re.compile(
    r"\b(?:target(?:s)? (?:was|were|set)|had (?:been|a|the)|strategy of|plan of|promised|missed|"
    r"did not|never|failed|instead|abandoned|dropped|forecast|in the event|delayed|slipped|"
    r"previous|"
    r"last (?:plan|strategy)|at the time|history|said in|wrote in|first (?:plan|strategy))\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:will|shall|follows?|opens?|is to|are to|next|calendar|timetable)\b", re.IGNORECASE
)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Options(Editable):
    """No options: the text's own year decides."""


def _run(_options: Options, view: View, _world: World) -> Iterable[Hit]:
    written = view.document.year
    if written is None:
        return
    for index, sentence in enumerate(view.analysis.sentences):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        text = view.text(index)
        if not any(int(year) < written for year in _YEAR.findall(text)):
            continue
        found = _TO_COME.search(text)
        if found is None:
            found = _WAS_TO.search(text)
            around = " ".join(view.text(s) for s in view.around(index, "paragraph") if s != index)
            if found is not None and (_PAST.search(around) or not _FOLLOWS.search(around)):
                continue
        if found is None or _PAST.search(text) or _year(found) >= written:
            continue
        span = (sentence.start + found.start(), sentence.start + found.end())
        match = Match(start=span[0], end=span[1], sentence=index, phrase="overdue")
        if is_anothers(view, match):
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": cut(text, 110), "date": str(_year(found)), "year": written},
            quotations=(view.quote(*span),),
            subject=found.group(),
        )


def _year(found: re.Match[str]) -> int:
    """The year by which it is to come, wherever it stands."""
    return int(next(year for year in found.groups() if year))


CHECK = Check(
    name="overdue",
    level="document",
    options=Options,
    holes={"words": "The board was to be appointed by autumn 2019", "date": "2019", "year": 2021},
    run=_run,
    doc="Something that is to come by a year that is before the text's own.",
)
