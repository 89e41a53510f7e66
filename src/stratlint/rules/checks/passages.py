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
from stratlint.text.phrases import WordIndex, tokenise
from stratlint.text.wordings import ExactWordings, WordFile, words_of

REQUIRED = "required_wording"
FRONT = 600
"""Characters of the body that count as title page."""


class Words(WordFile):
    """``rules/language/checks/passages.yaml``."""

    body: ExactWordings


_wordings = words_of("checks/passages", Words)


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
    required: bool = False
    """True reports only wording that a law or a fund prescribes; False leaves it out."""
    words_at_least: int = Field(default=25, ge=1)


def _run(options: Options, _views: Sequence[View], world: World) -> Iterable[Hit]:
    if world.comparison is None:
        return
    for passage in world.comparison.passages:
        if not _wanted(options, passage) or _required(passage, world) is not options.required:
            continue
        holders = [h for h in passage.holdings if h.role == "strategy"]
        sources = [h for h in passage.holdings if h.role != "strategy"]
        for holder in holders:
            others = sources
            if options.shared_with != "source":
                others = _others(holder, holders, world)
                if not options.template:
                    others = [h for h in others if not _later(h, holder)]
            if others and (options.attributed or not holder.attributed):
                yield _hit(passage, holder, others)


def _wanted(options: Options, passage: Passage) -> bool:
    from_source = any(h.role != "strategy" for h in passage.holdings)
    return (
        passage.kind.value in options.kinds
        and passage.words >= options.words_at_least
        and (options.required or passage.template is options.template)
        and passage.joint is options.whole
        and passage.setting == "body"
        and from_source is (options.shared_with == "source")
    )


def _required(passage: Passage, world: World) -> bool:
    """Whether a copy has words by which a law or a fund prescribes what everybody writes."""
    phrases = world.lexicon.phrases(REQUIRED)
    for holding in passage.holdings:
        words = tokenise(holding.quotation.text)
        if WordIndex(words, [0] * len(words)).find(phrases):
            return True
    return False


def _others(holder: Holding, holders: list[Holding], world: World) -> list[Holding]:
    """Holders in other documents of other regions, that are not its own owner's or versions."""
    own = world.by_source.get(holder.document)
    return [
        h
        for h in holders
        if h.document != holder.document
        and (h.region is None or h.region != holder.region)
        and not (own and (other := world.by_source.get(h.document)) and of_one_owner(own, other))
    ]


def _later(one: Holding, other: Holding) -> bool:
    """Whether one holder is dated after the other, which then cannot have its text from it.

    A template is nobody's: all its holders are told, the earliest too.
    """
    return one.year is not None and other.year is not None and one.year > other.year


def of_one_owner(a: View, b: View) -> bool:
    """Whether two documents are siblings: of one owner, or of one plan that names both places."""
    if owners(a) & owners(b):
        return True
    return all(_names_place(one, other) for one, other in ((a, b), (b, a)))


def owners(view: View) -> frozenset[str]:
    """The bodies that a document's title page names."""
    return view.remember(
        "owners",
        lambda: frozenset(
            " ".join(found.group().casefold().split())
            for found in _wordings().body.finditer(_front(view))
        ),
    )


def _front(view: View) -> str:
    return f"{view.document.title or ''}\n{view.document.body[:FRONT]}"


def _names_place(view: View, other: View) -> bool:
    """Whether the title of one document names the region of another."""
    return bool(other.region) and str(other.region) in (view.document.title or "")


def _hit(passage: Passage, holder: Holding, others: list[Holding]) -> Hit:
    names = sorted({h.region or h.document for h in others})
    return Hit(
        document=holder.document,
        region=holder.region,
        holes={
            "words": passage.words_in(holder),
            "kind": passage.kind.phrase,
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
        "kind": "word for word",
        "others": "South West",
        "n_holders": 3,
        "likely_source": "a.pdf",
        "substance": 5.1,
    },
    run=_run,
    needs=frozenset({"comparison"}),
    doc="A passage that other regions, or a national document, have too.",
)
