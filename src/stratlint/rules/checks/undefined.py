"""A choice that is spoken of and never made: 'our key sectors', and no sector is named."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/undefined.yaml``."""

    goes_on: Wordings


_wordings = words_of("checks/undefined", Words)


class Options(Editable):
    """``phrases`` speak of a choice; the rule fires where they do and nothing is chosen."""

    phrases: tuple[PhraseText, ...] = Field(min_length=1)
    sentences_at_least: int = Field(default=2, ge=1)
    """Fewer sentences may be a slip of the pen."""
    mentions_at_most: int = Field(default=0, ge=0)
    """Sentences that speak of the choice and name a sector in the same breath define it."""


def _names(view: View, sentence: int, naming: set[int]) -> bool:
    """Whether a sentence names what it speaks of, or the next one or the list after it does."""
    if sentence in naming:
        return True
    following = sentence + 1
    if following not in naming:
        return False
    listed = view.block(following).lead_in == view.analysis.sentences[sentence].block
    return listed or _wordings().goes_on.match(view.text(following)) is not None


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    if view.analysis.priorities:
        return
    naming = {mention.sentence for mention in view.analysis.mentions}
    skip = ("heading", "caption", "contents", "references", "quotation", "footnote", "table_row")
    spoken = {
        m.sentence: m
        for m in view.find(phrase_set(options.phrases), skip)
        if not is_anothers(view, m)
    }
    defined = [s for s in spoken if _names(view, s, naming)]
    if len(spoken) < options.sentences_at_least or len(defined) > options.mentions_at_most:
        return
    matches = sorted(spoken.values(), key=lambda m: m.start)
    first = matches[0]
    yield Hit(
        document=view.source,
        region=view.region,
        holes={
            "words": " ".join(view.document.text[first.start : first.end].split()),
            "times": len(matches),
        },
        quotations=tuple(view.quote(m.start, m.end) for m in matches[:6]),
        subject="undefined choice",
    )


CHECK = Check(
    name="choice-undefined",
    level="document",
    options=Options,
    holes={"words": "our key sectors", "times": 4},
    run=_run,
    doc="Words that speak of chosen sectors in a text that names none as chosen.",
)
