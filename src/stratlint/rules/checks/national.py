"""A national list of sectors that a region takes over whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from stratlint.knowledge.taxonomy import Taxonomy
from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Document, Role
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseSet, Token, WordIndex, tokenise
from stratlint.text.sentences import sentence_spans


class Options(Editable):
    """``share``: how much of the national list the region's priorities must hold."""

    sectors_at_least: int = Field(default=4, ge=2)
    share: float = Field(default=1.0, gt=0, le=1)


def _run(options: Options, views: Sequence[View], world: World) -> Iterable[Hit]:
    lists = [
        (source, found)
        for source in world.context.sources
        for found in sector_lists(source, world.context.taxonomy, options.sectors_at_least)
    ]
    if not lists:
        raise CannotRunError("no list of sectors in the national documents")
    for view in views:
        chosen = {priority.sector for priority in view.analysis.priorities}
        for source, sectors in sorted(lists, key=lambda entry: -len(entry[1])):
            kept = chosen & sectors
            if len(kept) < options.share * len(sectors):
                continue
            yield Hit(
                document=view.source,
                region=view.region,
                holes={
                    "n": len(kept),
                    "n_national": len(sectors),
                    "source": source.title or source.source,
                    "sectors": ", ".join(world.sector_name(s) for s in sorted(kept)),
                },
                quotations=tuple(
                    q
                    for s in sorted(kept)
                    if (p := view.analysis.priority(s))
                    for q in p.evidence[:1]
                )[:4],
                subject=f"list of {source.source}",
            )
            break


def sector_lists(source: Document, taxonomy: Taxonomy, at_least: int) -> list[frozenset[str]]:
    """The sector ids of every list, table or sentence that names enough of them.

    Sectors are looked up by the labels of the taxonomy alone: in a list of sectors a name needs
    no further proof that an industry is meant.
    """
    tokens: list[Token] = []
    units: list[int] = []
    keys: dict[tuple[str, int], int] = {}
    for key, start, end in _pieces(source):
        unit = keys.setdefault(key, len(keys))
        found = tokenise(source.text, start, end)
        tokens += found
        units += [unit] * len(found)
    index = WordIndex(tokens, units)
    present = frozenset(token.folded for token in tokens)
    groups: dict[int, set[str]] = {}
    for sector in taxonomy.sectors:
        for first, _, _ in index.find(_labels(sector.labels, present)):
            groups.setdefault(units[first], set()).add(sector.id)
    distinct = {frozenset(group) for group in groups.values() if len(group) >= at_least}
    return sorted(distinct, key=sorted)


def _pieces(source: Document) -> Iterable[tuple[tuple[str, int], int, int]]:
    """What belongs together: the items of one list, the rows of one table, one sentence."""
    for index, block in enumerate(source.blocks):
        if not block.role.is_body or block.role in (Role.CONTENTS, Role.HEADING):
            continue
        above = block.heading if block.heading is not None else -1
        if block.role is Role.LIST_ITEM:
            lead = block.lead_in if block.lead_in is not None else above
            yield ("list", lead), block.start, block.end
        elif block.role is Role.TABLE_ROW:
            header = block.header if block.header is not None else above
            yield ("table", header), block.start, block.end
        else:
            for start, end in sentence_spans(source.text, block.start, block.end):
                yield (f"block {index}", start), start, end


def _labels(labels: Iterable[str], present: frozenset[str]) -> PhraseSet:
    """The labels all of whose words the text has: few enough to be worth compiling."""
    plain: list[str] = []
    for label in labels:
        words = tokenise(label)
        if words and all(word.folded in present for word in words):
            plain.append(" ".join(word.printed for word in words))
    return PhraseSet(plain)


CHECK = Check(
    name="national-list",
    level="corpus",
    options=Options,
    holes={"n": 5, "n_national": 5, "source": "A framework", "sectors": "Life sciences, Tourism"},
    run=_run,
    needs=frozenset({"sources"}),
    doc="Priorities that hold a whole list of a national document (role `source` in the manifest).",
)
