"""So many priorities that none is one, by what was found or by the text's own count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import NUMBERS
from stratlint.rules.world import World
from stratlint.text.wordings import WordFile, Wordings, words_of

_NUMBERS = {word: number for word, number in NUMBERS.items() if number >= 10}
_NUMBERS |= {"thirty": 30, "forty": 40}


class Words(WordFile):
    """``rules/language/checks/breadth.yaml``."""

    counted: Wordings
    priorities: Wordings
    past: Wordings


_wordings = words_of("checks/breadth", Words)


class Options(Editable):
    """``more_than`` sectors among the priorities, or so many chosen by the text's own count."""

    more_than: int = Field(default=10, ge=1)
    counted_at_least: int = Field(default=10, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    priorities = view.analysis.priorities
    counted = max(_counted(view), default=None, key=lambda found: found[0])
    if counted is not None and counted[0] < options.counted_at_least:
        counted = None
    if len(priorities) <= options.more_than and counted is None:
        return
    number = max(len(priorities), counted[0] if counted else 0)
    what = counted[2] if counted is not None and counted[0] == number else "sectors"
    quoted = {q.text: q for p in priorities for q in p.evidence[:1]}
    quotations = tuple(quoted.values())
    if counted is not None:
        quotations = (view.quote(counted[1].start, counted[1].end), *quotations)
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "n": number,
            "what": what,
            "n_taxonomy": len(world.context.taxonomy.sectors),
            "sectors": ", ".join(world.sector_name(p.sector) for p in priorities)
            or "no sector among them"
            if what == "sectors"
            else "by the text's own count",
        },
        quotations=quotations[:6],
        subject="everything",
    )


def _counted(view: View) -> Iterator[tuple[int, Match, str]]:
    """Numbers of sectors or priorities that the text says it has chosen, in its own voice."""
    words = _wordings()
    for index in view.holding(words.counted, words.priorities):
        if view.setting(index) not in ("paragraph", "list_item", "heading"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        if _wordings().past.search(text):
            continue
        for pattern, what in ((words.counted, "sectors"), (words.priorities, "priorities")):
            for found in pattern.finditer(text):
                match = Match(
                    start=sentence.start + found.start(),
                    end=sentence.start + found.end(),
                    sentence=index,
                    phrase=found.group(),
                )
                if not is_anothers(view, match):
                    word = found.group(1).casefold()
                    yield int(word) if word.isdigit() else _NUMBERS[word], match, what


CHECK = Check(
    name="priority-count",
    level="document",
    options=Options,
    holes={"n": 14, "what": "sectors", "n_taxonomy": 32, "sectors": "Life sciences, Tourism"},
    run=_run,
    doc="More priorities than a region can pursue, as found or as the text counts them.",
)
