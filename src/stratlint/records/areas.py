"""Areas: what a document is about, its figures at that size, and what its boundary cuts."""

from __future__ import annotations

from stratlint.records.base import Record
from stratlint.records.evidence import Quotient


class AreaPart(Record):
    """An ITL3 area in an area.

    ``share_of_area`` is how much of the area lies in it, ``share_of_part`` how much of it lies in
    the area, both by residents. ``exact`` is False where nobody tells the second: a district is
    known by the ITL3 area that holds it, whose figures stand in.
    """

    code: str
    name: str
    share_of_area: float
    share_of_part: float
    exact: bool = True

    @property
    def is_cut(self) -> bool:
        """Whether less than all of the ITL3 area lies in the area."""
        return self.share_of_part < 0.995


class Area(Record):
    """What a document is about, as official statistics know it.

    ``kind`` is ``region``, ``county``, ``combined authority``, ``partnership``, ``ITL2 area``,
    ``ITL3 area``, ``district``, ``travel-to-work area``, ``list of areas`` or a kind of one's own;
    ``regions`` are the regions and nations that it lies in.
    """

    name: str
    kind: str
    parts: tuple[AreaPart, ...]
    code: str = ""
    regions: tuple[str, ...] = ()
    called: str = ""
    """What it is called where a region of its name would stand beside it."""

    @property
    def place(self) -> str:
        """What it is called where figures of several places stand side by side."""
        return self.called or self.name

    @property
    def is_region(self) -> bool:
        """Whether it is one of the regions of the regional tables."""
        return self.kind == "region"

    @property
    def label(self) -> str:
        """Its name with its kind: 'Oxfordshire (county)'."""
        return self.name if self.kind == "list of areas" else f"{self.name} ({self.kind})"

    @property
    def in_manifest(self) -> str | list[str]:
        """What a manifest calls it, so that nothing else bears the name."""
        return [part.code for part in self.parts] if self.kind == "list of areas" else self.label

    @property
    def region(self) -> str | None:
        """The one region that it lies in, None where it lies in several."""
        return self.regions[0] if len(self.regions) == 1 else None

    @property
    def cut(self) -> str:
        """What is to be said of parts that the boundary cuts, empty where it cuts none."""
        if any(not part.exact for part in self.parts):
            held = " and ".join(part.name for part in self.parts)
            return (
                f"{self.name} is known by the area that holds it, {held}, whose figures these are"
            )
        if not any(part.is_cut for part in self.parts):
            return ""
        parts = sorted(self.parts, key=lambda part: -part.share_of_area)
        shares = ", ".join(f"{_percent(part.share_of_area)} {part.name}" for part in parts)
        return f"{self.name}: {shares}, by residents"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"


class SectorFigures(Record):
    """What figures say of one sector in an area, at its own size and beyond.

    ``own`` is of the area itself, ``beside`` the other measure (employment beside GVA), of the
    area or of the larger one that its ``region`` names; ``regional`` is of the region. ``word``
    says in words what the figures do not: that a sector is not to be told apart at this size, or
    that area and region disagree.
    """

    sector: str
    own: Quotient | None = None
    beside: Quotient | None = None
    regional: Quotient | None = None
    word: str = ""


class LabourMarket(Record):
    """A travel-to-work area that the boundary of an area cuts.

    ``inside`` is the share of its residents inside the boundary; ``outside`` names whose areas
    the rest lies in, with their shares.
    """

    name: str
    code: str
    inside: float
    outside: tuple[tuple[str, float], ...]


class Neighbour(Record):
    """An area beyond the boundary that shares labour markets with the area.

    ``shared`` is the share of the residents of those labour markets that live there; ``named`` is
    whether the document names it, ``partner`` whether it does so where it speaks of working
    together.
    """

    name: str
    code: str
    shared: float
    through: tuple[str, ...]
    named: bool = False
    partner: bool = False


class AreaProfile(Record):
    """A document's area, its figures at that size and its boundary.

    ``level`` is the finest size that all figures are given for: ``region``, ``ITL2`` or ``ITL3``;
    ``reason`` tells how the area came to be known, and ``guessed`` whether nobody has said so.
    """

    document: str
    area: Area
    level: str
    reference: str
    figures: tuple[SectorFigures, ...] = ()
    cuts: tuple[LabourMarket, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    guessed: bool = False
    reason: str = ""
