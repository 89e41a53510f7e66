"""A choice that is argued from how the country or the world does, with no figure of the place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Priority, Role
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.evidence import COMPARED, compared_sectors
from stratlint.rules.claims.figures import numbers_of
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_WIDE = re.compile(
    r"\b(?:nationally|globally|worldwide|internationally|the world|the globe|"
    r"world(?:['’]s)? (?:market|demand|"
    r"economy)|global (?:market|demand|growth|economy|spending)|the UK(?: (?:sector|industry|"
    r"market))?|UK[- ]wide|"
    r"the country|every part of the economy|across (?:the )?(?:UK|Europe|England|Britain)|"
    r"national (?:economy|growth|"
    r"priority|strength)|(?:government|ministers|industrial strategy|sector deal|"
    r"grand challenge)s?)\b",
    re.IGNORECASE,
)
_ARGUES = re.compile(
    r"\b(?:grow\w*|grew|fast\w*|rising|rise|rose|worth|turnover|billion|trillion|market|demand|"
    r"expand\w*|forecast|"
    r"twice|double|potential|opportunit\w+|limitless|transform\w*|vital|defining|identified|"
    r"priority|favou?rs?|backs?)\b",
    re.IGNORECASE,
)
_LOCAL_FIGURE = re.compile(
    r"\d[\d,.]*(?:\s(?:per cent|%)|%)|\d[\d,.]* (?:[\w-]+ ){0,3}(?:jobs|posts|people|firms|"
    r"companies|businesses|"
    r"staff|workers|employees|students|researchers|suppliers|growers|visitors|tonnes|beds|"
    r"studios)\b|"
    r"\bemploy\w* [\w ]{0,20}\d|[£€$]\s?\d",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|would|aim|target|by 20\d\d|fund\w*|grant|invest\w*|budget|cost\w*|ask|bid|"
    r"deal)\b",
    re.IGNORECASE,
)


_STANDS = re.compile(
    r"\b(?:are|is|has|have|employs?|employed|makes?|had|were|was)\b", re.IGNORECASE
)


_SHOWN = 90
"""Characters of a sentence that a message quotes."""


class Options(Editable):
    """A section of so many sentences is long enough to have given a figure."""

    sentences_at_least: int = Field(default=2, ge=1)


def _run(options: Options, view: View, world: World) -> Iterable[Hit]:
    known = compared_sectors(view)
    for priority in view.analysis.priorities:
        about = _about(view, priority)
        if len(about) < options.sentences_at_least or priority.sector in known:
            continue
        wide = [s for s in about if view.search(_WIDE, s) and view.search(_ARGUES, s)]
        ranked = any(view.search(COMPARED, s) for s in about)
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
    tabled = any(view.setting(s) in ("table_row", "footnote") for h in heads for s in view.under(h))
    return [] if tabled else found


def _is_local(view: View, sentence: int) -> bool:
    """Whether a sentence has a figure of what is here, and not of money or jobs to come."""
    text = view.text(sentence)
    return (
        sentence in numbers_of(view)
        and _LOCAL_FIGURE.search(text) is not None
        and (_TO_COME.search(text) is None or _STANDS.search(text) is not None)
    )


CHECK = Check(
    name="argued-from-elsewhere",
    level="document",
    options=Options,
    holes={"sector": "Life sciences", "words": "one of the fastest-growing sectors in the world"},
    run=_run,
    doc="A choice that its own section argues from the country or the world, with no local figure.",
)
