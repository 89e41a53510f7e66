"""Passages that a document shares with another region, or takes from a national document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, Holding, Passage
from stratlint.rules.check import Check, Hit
from stratlint.rules.view import View
from stratlint.rules.world import World


class Options(Editable):
    """Which shared passages to report, and about whom."""

    kinds: tuple[Literal["verbatim", "edited", "place-swapped"], ...] = (
        "verbatim",
        "edited",
        "place-swapped",
    )
    shared_with: Literal["region", "source"] = "region"
    template: bool = False
    """True reports only text that most documents share; False leaves it out."""
    whole: bool = False
    """True reports only documents that are one text for the most part; False leaves them out."""
    attributed: bool = False
    """Whether copies that name where they come from are reported too."""
    words_at_least: int = Field(default=25, ge=1)


def _run(options: Options, _views: Sequence[View], world: World) -> Iterable[Hit]:
    if world.comparison is None:
        return
    for passage in world.comparison.passages:
        if not _wanted(options, passage):
            continue
        holders = [h for h in passage.holdings if h.role == "strategy"]
        sources = [h for h in passage.holdings if h.role != "strategy"]
        for holder in holders:
            others = sources if options.shared_with == "source" else _others(holder, holders)
            if others and (options.attributed or not holder.attributed):
                yield _hit(passage, holder, others)


def _wanted(options: Options, passage: Passage) -> bool:
    from_source = any(h.role != "strategy" for h in passage.holdings)
    return (
        passage.kind.value in options.kinds
        and passage.words >= options.words_at_least
        and passage.template is options.template
        and passage.joint is options.whole
        and passage.setting == "body"
        and from_source is (options.shared_with == "source")
    )


def _others(holder: Holding, holders: list[Holding]) -> list[Holding]:
    """Holders in other documents, and in other regions where regions are known."""
    return [
        h
        for h in holders
        if h.document != holder.document and (h.region is None or h.region != holder.region)
    ]


def _hit(passage: Passage, holder: Holding, others: list[Holding]) -> Hit:
    names = sorted({h.region or h.document for h in others})
    return Hit(
        document=holder.document,
        region=holder.region,
        holes={
            "words": passage.words,
            "kind": passage.kind.value,
            "others": ", ".join(names),
            "n_holders": len(passage.holdings),
            "likely_source": passage.source or "not known",
            "substance": passage.substance,
        },
        quotations=(holder.quotation, *(h.quotation for h in others)),
        subject=_subject(passage, holder, names),
        confidence=Confidence.HIGH if passage.words >= 50 else None,
    )


def _subject(passage: Passage, holder: Holding, names: Sequence[str]) -> str:
    """What tells this passage from another: its opening, or of a whole text who has it too."""
    if passage.joint:
        return f"whole text of {', '.join(names)}"
    return " ".join(holder.quotation.text.split()[:12])


CHECK = Check(
    name="shared-passage",
    level="corpus",
    options=Options,
    holes={
        "words": 82,
        "kind": "verbatim",
        "others": "South West",
        "n_holders": 3,
        "likely_source": "a.pdf",
        "substance": 5.1,
    },
    run=_run,
    needs=frozenset({"comparison"}),
    doc="A passage that other regions, or a national document, have too.",
)
