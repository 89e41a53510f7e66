"""A choice that is argued from how the country or the world does, with no figure of the place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Priority, Role
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.evidence import compared_sectors
from stratlint.rules.checks.evidence import wordings as evidence_wordings
from stratlint.rules.claims.figures import numbers_of
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.quoting import cut
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/borrowed.yaml``."""

    wide: Wordings
    argues: Wordings
    local_figure: Wordings
    to_come: Wordings
    stands: Wordings


_wordings = words_of("checks/borrowed", Words)


_SUM = 3
"""Words of a sentence that is a sum and no more: '£9.0m.' at the end of an item."""
_SHOWN = 90
"""Characters of a sentence that a message quotes."""


_OPENS = re.compile(r"\W*(?:[\dA-Z]{1,2}[.)]?){0,3}\W*(?:The )?")
"""What may stand before a title that opens its paragraph."""
_RUN_IN = re.compile(r"(?:,? (?:and|&) [\w ]{3,30}|[\w ,&-]{0,30})[.:](?:\s|$)")
"""The rest of such a title, to its stop."""


class Options(Editable):
    """A section of so many sentences is long enough to have given a figure."""

    sentences_at_least: int = Field(default=2, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    known = compared_sectors(view)
    for priority in view.analysis.priorities:
        about = _about(view, priority)
        if len(about) < options.sentences_at_least or priority.sector in known:
            continue
        wide = [
            s
            for s in about
            if view.search(_wordings().wide, s) and view.search(_wordings().argues, s)
        ]
        ranked = any(view.search(evidence_wordings().compared, s) for s in about)
        if not wide or ranked or any(_is_local(view, s) for s in about if s not in wide):
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            sector=priority.sector,
            holes={
                "sector": world.sector_name(priority.sector),
                "words": cut(view.text(wide[0]), _SHOWN),
            },
            quotations=tuple(view.quote_sentence(s) for s in wide[:2]),
            subject=priority.sector,
        )


def _about(view: View, priority: Priority) -> list[int]:
    """The sentences of the section that a chosen sector has of its own."""
    blocks = view.document.blocks
    heads = {
        m.block
        for m in view.mentions_by_sector.get(priority.sector, [])
        if blocks[m.block].role is Role.HEADING
    }
    found = [
        s
        for head in sorted(heads)
        for s in view.under(head)
        if view.setting(s) in ("paragraph", "list_item")
    ]
    # Where figures stand in a table or a note under the heading, they have not been read here.
    found += [s for s in _under_run_in_titles(view, priority) if s not in found]
    tabled = any(view.setting(s) in ("table_row", "footnote") for h in heads for s in view.under(h))
    return [] if tabled else found


def _under_run_in_titles(view: View, priority: Priority) -> list[int]:
    """Paragraphs that open with a chosen sector as a title: 'AEROSPACE. Aerospace is …'."""
    found = []
    for mention in view.mentions_by_sector.get(priority.sector, []):
        within = view.of_block(mention.block)
        block = view.document.blocks[mention.block]
        opens = view.document.text[block.start : mention.start]
        if block.role not in (Role.PARAGRAPH, Role.LIST_ITEM) or not _OPENS.fullmatch(opens):
            continue
        title = _RUN_IN.match(view.document.text[mention.end : block.end])
        # 'Health-promoting food.' is of health in one word of three.
        named = title is not None and 2 * (mention.end - mention.start) >= len(title.group())
        if named and len(within) > 1:
            found += [s for s in within if s not in found]
    return found


def _is_local(view: View, sentence: int) -> bool:
    """Whether a sentence has a figure of what is here, and not of money or jobs to come."""
    text = view.text(sentence)
    return (
        sentence in numbers_of(view)
        and len(text.split()) > _SUM
        and _wordings().local_figure.search(text) is not None
        and (
            _wordings().to_come.search(text) is None or _wordings().stands.search(text) is not None
        )
    )


CHECK = Check(
    name="argued-from-elsewhere",
    level="document",
    options=Options,
    holes={"sector": "Life sciences", "words": "one of the fastest-growing sectors in the world"},
    run=_run,
    doc="A choice that its own section argues from the country or the world, with no local figure.",
)
