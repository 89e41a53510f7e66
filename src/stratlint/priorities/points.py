"""The points of each sign of a choice: ``rules/language/choosing.yaml``, loaded once."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from pydantic import model_validator

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path


class Place(StrEnum):
    """What kind of place chooses a sector."""

    LIST = "list"
    SINGLE = "single"
    WEAK_LIST = "weak list"
    AIM = "aim"
    SENTENCE = "sentence"
    WEAK_SENTENCE = "weak sentence"
    BESIDE = "beside"
    STRONGLY_BESIDE = "strongly beside"


class Added(StrEnum):
    """What adds to a place or takes from it."""

    OWN = "own"
    AGREED = "agreed"
    SEVERAL = "several"
    MANY = "many"
    PROSE = "prose"
    SHORT = "short"
    ASIDE = "aside"
    BELOW = "below"
    REFERRED = "referred"
    FOREIGN = "foreign"
    OUTSIDE = "outside"
    DESCRIBED = "described"


class Sign(StrEnum):
    """What the whole document shows of a sector beside its declarations."""

    READ = "read"
    READ_ALONE = "read alone"
    READ_IN_SHORT = "read in short"
    LEADS = "leads"
    UNDERTAKEN = "undertaken"
    FUNDED = "funded"
    LONG = "long"
    LISTLESS = "listless"
    TREATED = "treated"
    AMONG = "among"
    UNTREATED = "untreated"


class Entry(Editable):
    """The points of a sign, and what it says in words."""

    points: float
    says: str


class Points(Editable):
    """The whole file."""

    places: dict[Place, Entry]
    adds: dict[Added, Entry]
    signs: dict[Sign, Entry]

    @model_validator(mode="after")
    def _has_all(self) -> Points:
        """Refuse a file that leaves a sign out."""
        given = {*self.places, *self.adds, *self.signs}
        missing = [
            name.value for kind in (Place, Added, Sign) for name in kind if name not in given
        ]
        if missing:
            raise ValueError(f"nothing is said of {', '.join(missing)}")
        return self

    def of(self, name: Place | Added | Sign) -> Entry:
        """The entry of a sign."""
        if isinstance(name, Place):
            return self.places[name]
        return self.adds[name] if isinstance(name, Added) else self.signs[name]


@cache
def points(path: Path | None = None) -> Points:
    """Load the points that ship with stratlint, or another file. Raises FileFault."""
    return load_yaml(path or data_dir("rules") / "language" / "choosing.yaml", Points)
