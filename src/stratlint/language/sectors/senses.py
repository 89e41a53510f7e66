"""The sense filter: is a sector's name an industry here, or a land use, a service, a phrase?

'Space' is room more often than rockets. Terms of the level ``label`` nearly always name an
industry, conditional ones only beside an industry word; between them a small logistic
regression decides, over features that a person can read: the term, the word after it (also
across an enumeration), what opens the list, and the scene that the sentence sets (see
``sense_features``). Its weights are a text file, ``rules/language/senses_model.json``, written
by ``stratlint train``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import msgspec
from pydantic import Field

from stratlint.knowledge.files import file_record
from stratlint.knowledge.taxonomy import Level
from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record
from stratlint.resources import data_dir

MODEL_FILE = "senses_model.json"
LEAST_LISTED = 0.2
"""Probability below which even a list of sectors names none with a term ('utilities')."""


class Term(NamedTuple):
    """A term of the taxonomy: whose it is, how it is written there, how strong it is."""

    sector: str
    name: str
    level: Level


class Candidate(NamedTuple):
    """A term found in the words, from word ``first`` up to word ``last``."""

    term: Term
    first: int
    last: int


class SenseCues(Editable):
    """``rules/language/senses.yaml``."""

    groups: dict[str, tuple[str, ...]]
    scenes: dict[str, tuple[str, ...]]
    chain: tuple[str, ...]
    openers: tuple[str, ...]
    bodies: tuple[str, ...]
    goals: tuple[str, ...]
    addresses: tuple[str, ...]
    aspects: tuple[str, ...]
    activities: tuple[str, ...]
    bare: tuple[str, ...]


class NamedSense(Editable):
    """A made-up sentence and the sectors that it names as industries."""

    text: str
    sectors: tuple[str, ...]


class SenseFrames(Editable):
    """Sentences with holes: any of ``names`` is an industry in one kind and none in the other."""

    industry: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class SenseExamples(Editable):
    """``rules/language/sense-examples.yaml``: sentences that name industries, and that do not."""

    industry: tuple[NamedSense, ...] = ()
    none: tuple[str, ...] = ()
    frames: SenseFrames = SenseFrames()


class SenseModel(Record, frozen=True):
    """The weights of the filter: log-odds that a candidate names an industry.

    ``threshold`` is the least probability at which a candidate is kept, chosen for the best
    F1 over documents that the fitted weights had not seen; ``card`` says from what data.
    """

    threshold: float
    weights: dict[str, float]
    card: dict[str, str | int | float] = msgspec.field(default_factory=dict)

    def probability(self, features: Sequence[str]) -> float:
        """How likely it is that a candidate with these features names an industry.

        A member of a list that calls its members sectors ('our priority sectors are: …') is
        never less likely than the threshold, unless its name hardly ever is an industry.
        """
        total = sum(map(self.weights.get, features, repeat(0.0)))
        probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
        if LEAST_LISTED <= probability < self.threshold and is_listed(features):
            return self.threshold
        return probability


def is_listed(features: Sequence[str]) -> bool:
    """Whether features say that the text itself calls a candidate a sector, in a list."""
    if "list opened by industry" in features:
        return True
    return "across a list industry" in features and not {
        "list with 1 strong",
        "list with 2 strong",
        "list with 3 strong",
    }.isdisjoint(features)


@cache
def shipped_senses(path: Path | None = None) -> SenseModel:
    """The model that ships with stratlint. Raises FileFault when it cannot be read."""
    path = path or data_dir("rules") / "language" / MODEL_FILE
    return file_record(path, SenseModel, "a sense model")
