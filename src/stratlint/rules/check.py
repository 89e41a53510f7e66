"""What a check is: a function with an options model, the holes it fills and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Confidence, Figure, Quotation, Record

Level: TypeAlias = Literal["document", "pair", "corpus"]
Need: TypeAlias = Literal["comparison", "figures", "sources", "places", "region"]

COMMON_HOLES: Mapping[str, object] = {"document": "plan.pdf", "region": "North", "rule": "SB001"}
MANY_HOLES: Mapping[str, object] = {"n": 3, "rate": 1.5, "sectors": "Tourism and Rail"}
"""What ``message_many`` may say besides: places, places per thousand words, sectors by name."""


class Hit(Record, frozen=True):
    """Something a check has seen: what fills the holes of the message, and the evidence.

    ``document`` is a source name, None for the corpus as a whole; ``subject`` is what the
    fingerprint is made of (by default the first quotation). Of the places of one finding those
    of greater ``weight`` come first.
    """

    holes: dict[str, Any]
    document: str | None = None
    region: str | None = None
    sector: str | None = None
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    subject: str = ""
    confidence: Confidence | None = None
    weight: float = 0.0

    @property
    def own_quotations(self) -> tuple[Quotation, ...]:
        """What is quoted from its own document."""
        return tuple(q for q in self.quotations if q.document == self.document)


class CannotRunError(Exception):
    """Raised by a check that lacks something on these documents; the reason is reported."""


@dataclass(frozen=True)
class Check:
    """An entry of the closed list of checks.

    ``run(options, subject, world)`` yields hits; the subject is a ``View`` for the level
    ``document``, a pair of views for ``pair`` and all views for ``corpus``. ``holes`` maps
    each hole a message may use to a sample value of the right type. ``unjudged(options, view,
    world)`` is for pairs and corpora: why one of the documents cannot be judged, or None. What is
    ``about`` the document is quoted from the nearest place: another rule that says more of the
    same document takes its place wherever it quotes from.
    """

    name: str
    level: Level
    options: type[Editable]
    holes: Mapping[str, object]
    run: Callable[[Any, Any, Any], Iterable[Hit]]
    needs: frozenset[Need] = frozenset()
    doc: str = ""
    unjudged: Callable[[Any, Any, Any], str | None] | None = None
    about: Literal["place", "document"] = "place"
