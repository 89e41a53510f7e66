"""The taxonomy: 32 policy sectors, each with the words by which documents name it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, field_validator

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Sector
from stratlint.resources import data_dir

Level: TypeAlias = Literal["label", "alternative", "conditional", "acronym", "negative"]


class SectorEntry(Editable):
    """One sector of the taxonomy, as analysts edit it.

    ``labels`` name the sector as an industry wherever they stand; ``alternative`` names
    usually do; ``conditional`` ones count only beside an industry word ('the space sector',
    'retail and leisure businesses'). ``negative`` phrases hold a name of the sector that
    means something else ('open space'): the longest phrase wins, so they keep it out.
    ``acronyms`` are matched as they are written, capitals and all. ``sic2007`` codes are
    indicative; a code with '(part)' belongs to the sector only in part.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=2)
    description: str
    sic2007: tuple[str, ...] = ()
    labels: tuple[str, ...] = Field(min_length=1)
    alternative: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    notes: str = ""

    @field_validator("labels", "alternative", "conditional", "acronyms", "negative")
    @classmethod
    def _no_blank_terms(cls, terms: tuple[str, ...]) -> tuple[str, ...]:
        blank = [term for term in terms if not term.strip()]
        if blank:
            raise ValueError("a term is blank")
        return terms

    @property
    def terms(self) -> tuple[tuple[str, Level], ...]:
        """Every term with its level, strongest level first."""
        return (
            *((term, "label") for term in self.labels),
            *((term, "alternative") for term in self.alternative),
            *((term, "conditional") for term in self.conditional),
            *((term, "acronym") for term in self.acronyms),
            *((term, "negative") for term in self.negative),
        )

    def as_record(self) -> Sector:
        """The entry as reports need it."""
        return Sector(id=self.id, name=self.name, sic2007=self.sic2007)


class Taxonomy(Editable):
    """All sectors, sorted by id."""

    sectors: tuple[SectorEntry, ...]

    @property
    def by_id(self) -> dict[str, SectorEntry]:
        """Sectors by their id."""
        return {entry.id: entry for entry in self.sectors}

    def records(self) -> tuple[Sector, ...]:
        """The sectors as reports need them."""
        return tuple(entry.as_record() for entry in self.sectors)


def load_taxonomy(folder: Path | None = None) -> Taxonomy:
    """Read ``rules/sectors/*.yaml`` (or another folder with such files).

    Raises FileFault at the place of the fault, also when two files share an id, or a file's
    name is not its id: analysts find a sector by its file name.
    """
    return _load(folder or data_dir("rules") / "sectors")


@cache
def _load(folder: Path) -> Taxonomy:
    entries = []
    for path in sorted(folder.glob("*.yaml")):
        entry = load_yaml(path, SectorEntry)
        if entry.id != path.stem:
            raise FileFault(
                f"the file is '{path.name}' but its id is '{entry.id}'", path=str(path), line=1
            )
        entries.append(entry)
    if not entries:
        raise FileFault("there are no sectors here", path=str(folder), code="missing")
    return Taxonomy(sectors=tuple(entries))
