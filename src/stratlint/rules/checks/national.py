"""A national list of sectors that a region takes over whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Block, Document, Role
from stratlint.rules.check import CannotRunError, Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """``share``: how much of the national list the region's priorities must hold."""

    sectors_at_least: int = Field(default=4, ge=2)
    share: float = Field(default=1.0, gt=0, le=1)


def _run(options: Options, views: Sequence[View], world: World) -> Iterable[Hit]:
    lists = [
        (source, found)
        for source in world.context.sources
        for found in sector_lists(source, options.sectors_at_least)
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


def sector_lists(source: Document, at_least: int) -> list[frozenset[str]]:
    """The sector ids of every list, table or sentence that names enough of them."""
    # Imported here: the language room brings spaCy, which only this check of the rules needs.
    from stratlint.language.pipeline import parse

    groups: dict[tuple[str, int | None], set[str]] = {}
    for span in parse(source).spans:
        block = source.blocks[span.block]
        if not block.role.is_body or block.role in (Role.CONTENTS, Role.HEADING):
            continue
        groups.setdefault(_group(block, span.sentence), set()).add(span.sector)
    distinct = {frozenset(group) for group in groups.values() if len(group) >= at_least}
    return sorted(distinct, key=sorted)


def _group(block: Block, sentence: int) -> tuple[str, int | None]:
    """What belongs together: the items of one list, the rows of one table, one sentence."""
    if block.role is Role.LIST_ITEM:
        return "list", block.lead_in if block.lead_in is not None else block.heading
    if block.role is Role.TABLE_ROW:
        return "table", block.header if block.header is not None else block.heading
    return "sentence", sentence


CHECK = Check(
    name="national-list",
    level="corpus",
    options=Options,
    holes={"n": 5, "n_national": 5, "source": "A framework", "sectors": "Life sciences, Tourism"},
    run=_run,
    needs=frozenset({"sources"}),
    doc="Priorities that hold a whole list of a national document (role `source` in the manifest).",
)
