"""Location quotients that a document prints, beside the official ones of its area and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Role
from stratlint.rules.check import Check, Hit
from stratlint.rules.timely import require_figures
from stratlint.rules.view import View
from stratlint.rules.world import World, figure_of, in_time, quotient_holes
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/ownfigures.yaml``."""

    quotient: Wordings
    value: ExactWordings
    kinds: ExactWordings


_wordings = words_of("checks/ownfigures", Words)


_PARTS = re.compile(r", | and |[ (]*[()]")


class Options(Editable):
    """Fires where one of the two figures says that a sector is strong and the other that it is not.

    Other years, measures and narrower industries move a quotient by half and more without a
    mistake; what matters is a figure that would turn the judgement.
    """

    strong_from: float = Field(default=1.25, gt=0)
    weak_below: float = Field(default=1.0, gt=0)
    years_apart_at_most: int = Field(default=5, ge=0)


class Printed(Record, frozen=True):
    """A quotient that the text gives for a sector."""

    sector: str
    value: float
    start: int
    end: int


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    printed = list(_printed(view, world))
    if not printed:
        return
    require_figures(view, world, options.years_apart_at_most)
    official = world.quotients(view)
    for own in printed:
        known = official.get(own.sector)
        if known is None or not known.reliable:
            continue
        if not in_time(known, view, options.years_apart_at_most):
            continue
        low, high = sorted((known.value, own.value))
        if low >= options.weak_below or high < options.strong_from:
            continue
        name = world.sector_name(own.sector)
        yield Hit(
            document=view.source,
            region=view.region,
            sector=own.sector,
            holes={"sector": name, "own": own.value, **quotient_holes(known)},
            quotations=(view.quote(own.start, own.end),),
            figures=(figure_of(known, name),),
            subject=f"own quotient {own.sector}",
        )


def _printed(view: View, world: World) -> Iterator[Printed]:
    """Quotients of rows of tables and of sentences that name one sector as a whole.

    'Pharmaceutical products' is a part of the life sciences, and its quotient another one.
    """
    whole = {
        (entry.id, name.casefold())
        for entry in world.context.taxonomy.sectors
        for name in (entry.name, *_PARTS.split(entry.name))
    }
    sectors: dict[int, set[str]] = {}
    for mention in view.analysis.mentions:
        words = " ".join(view.document.text[mention.start : mention.end].casefold().split())
        if (mention.sector, _wordings().kinds.sub("", words)) not in whole:
            continue
        sectors.setdefault(mention.sentence, set()).add(mention.sector)
    seen: set[str] = set()
    for sentence, named in sorted(sectors.items()):
        if len(named) != 1:
            continue
        span = _in_table(view, sentence) or _in_prose(view, sentence)
        sector = next(iter(named))
        if span is not None and sector not in seen:
            seen.add(sector)
            start, end = span
            yield Printed(
                sector=sector, value=float(view.document.text[start:end]), start=start, end=end
            )


def _in_table(view: View, sentence: int) -> tuple[int, int] | None:
    """The value of a row in the column whose head speaks of location quotients."""
    block = view.block(sentence)
    if block.role is not Role.TABLE_ROW or block.header is None:
        return None
    text = view.document.text
    heads = [text[a:b] for a, b in view.document.blocks[block.header].cells]
    for column, head in enumerate(heads):
        if _wordings().quotient.search(head) and column < len(block.cells):
            return _value(view, *block.cells[column])
    return None


def _in_prose(view: View, sentence: int) -> tuple[int, int] | None:
    """The one value of a sentence that speaks of a location quotient."""
    if view.setting(sentence) not in ("paragraph", "list_item"):
        return None
    found = view.analysis.sentences[sentence]
    if not _wordings().quotient.search(view.document.text[found.start : found.end]):
        return None
    return _value(view, found.start, found.end)


def _value(view: View, start: int, end: int) -> tuple[int, int] | None:
    values = [m.span(1) for m in _wordings().value.finditer(view.document.text, start, end)]
    return values[0] if len(values) == 1 else None


CHECK = Check(
    name="own-quotient",
    level="document",
    options=Options,
    holes={
        "sector": "Life sciences",
        "own": 0.9,
        "lq": 1.52,
        "measure": "GVA",
        "source": "ONS",
        "year": 2006,
        "size": "£300 million",
    },
    run=_run,
    needs=frozenset({"figures"}),
    doc="A location quotient of the text that the official figures do not bear out.",
)
