"""A priority for which the document gives no ground: no figure, or no strength."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Commitment, Mention, Priority, Role
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.checks.statistics import sentences_about
from stratlint.rules.claims.figures import numbers_of
from stratlint.rules.claims.support import names_of
from stratlint.rules.view import View
from stratlint.rules.wording import count
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/grounds.yaml``."""

    table: Wordings
    by_sector: Wordings


_wordings = words_of("checks/grounds", Words)
_ROWS_NEAR = 3
_CAPTION = 120
_SHOWN = 80
SHORT_SECTION = 15
"""Sentences up to which a whole section counts as being about a sector it names."""


class Options(Editable):
    """``missing``: the ground that is looked for."""

    missing: Literal["figure", "strength", "weakness", "anything"] = "figure"
    """``anything``: no figure, no strength and nobody and nowhere by name."""
    sentences_at_least: int = Field(default=1, ge=1)
    """Leave out priorities of which fewer sentences speak: there was no room for it."""
    not_counting: tuple[PhraseText, ...] = ()
    """Words that are no ground although the theme knows them."""


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    figures = numbers_of(view)
    theme = "weaknesses" if options.missing == "weakness" else "strengths"
    idle = phrase_set(options.not_counting)
    grounds = {
        match.sentence
        for match in world.lexicon.sightings(view, theme)
        if not view.overlap(idle, match)
    }
    hits = list(_hits(options, view, world, figures, grounds))
    unread = _unread_table(view) if hits and options.missing == "figure" else None
    if unread:
        raise CannotRunError(
            f"a table of figures by sector is a picture and was not read: {unread}"
        )
    yield from hits


def _hits(
    options: Options, view: View, world: World, figures: frozenset[int], grounds: set[int]
) -> Iterable[Hit]:
    for priority in view.analysis.priorities:
        mentions = view.mentions_by_sector.get(priority.sector, [])
        about = sorted({*sentences_about(view, mentions), *_short_sections(view, mentions)})
        if len(about) < options.sentences_at_least:
            continue
        if options.missing == "figure":
            grounded = any(sentence in figures for sentence in about)
        elif options.missing == "anything":
            grounded = any(s in figures or s in grounds or _names_something(view, s) for s in about)
        else:
            grounded = any(sentence in grounds for sentence in about)
        if options.missing in ("strength", "anything"):
            grounded = grounded or any(m.commitment is Commitment.STRENGTH for m in mentions)
        if grounded:
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={
                "sector": own_name(priority, world),
                "mentions": len(mentions),
                "sentences": len(about),
                "named": count(len({m.sentence for m in mentions}), "sentence"),
            },
            quotations=priority.evidence[:2],
            subject=priority.sector,
        )


def _names_something(view: View, sentence: int) -> bool:
    """Whether a sentence names a firm, a body or a place, other than the region itself."""
    return bool(
        any(place.name != view.region for place in view.places_by_sentence.get(sentence, []))
        or names_of(view, sentence)
    )


def _short_sections(view: View, mentions: Iterable[Mention]) -> Iterable[int]:
    """Sections of a few paragraphs around a mention: the ground may stand in the next one."""
    for mention in mentions:
        section = view.around(mention.sentence, "section")
        if len(section) <= SHORT_SECTION:
            yield from section


def own_name(priority: Priority, world: World) -> str:
    """The name of a priority's sector, shortened to the author's word where that begins it.

    'Energy' for 'Energy (conventional, nuclear, oil and gas)' in a text that says 'energy'.
    """
    name = world.sector_name(priority.sector)
    for quotation in priority.evidence:
        for start, end in quotation.marks:
            own = " ".join(quotation.text[start:end].split())
            if own and re.match(rf"{re.escape(own)}\b", name, re.IGNORECASE):
                return name[: len(own)]
    return name


def _unread_table(view: View) -> str | None:
    """The caption of a table of figures by sector of which no row was read, or None."""
    blocks = view.document.blocks
    for index, block in enumerate(blocks):
        caption = view.document.block_text(index)
        short = len(caption) <= _CAPTION and not caption.rstrip().endswith(".")
        if block.role is not Role.CAPTION and not (block.role is Role.PARAGRAPH and short):
            continue
        near = blocks[max(0, index - _ROWS_NEAR) : index + _ROWS_NEAR + 1]
        read = any(b.role is Role.TABLE_ROW for b in near)
        if not read and _wordings().table.match(caption) and _wordings().by_sector.search(caption):
            return " ".join(caption.split())[:_SHOWN]
    return None


CHECK = Check(
    name="priority-without-ground",
    level="document",
    options=Options,
    holes={"sector": "Tourism", "mentions": 4, "sentences": 12, "named": "4 sentences"},
    run=_run,
    doc="A priority with no figure, stated strength or weakness in any paragraph about it.",
)
