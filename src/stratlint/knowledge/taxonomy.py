"""The taxonomy: 32 policy sectors, each with the words by which documents name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from stratlint.errors import FileFault, UsageError
from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
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
    indicative; a code with '(part)' belongs to the sector only in part. A list of one's own may
    say which of the shipped sectors it ``takes`` the words of, and their codes where it gives none.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=2)
    description: str = ""
    sic2007: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
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

    @field_validator("sic2007")
    @classmethod
    def _are_codes(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        for code in codes:
            plain = code.replace("(part)", "").replace(".", "").replace("/", "").strip()
            if plain not in known_codes():
                raise ValueError(f"'{code}' is no code of SIC 2007")
        return codes

    @model_validator(mode="after")
    def _has_words(self) -> SectorEntry:
        if not self.labels and not self.takes:
            raise ValueError("labels: a sector needs a word by which texts name it, or 'takes:'")
        return self

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


@cache
def known_codes() -> frozenset[str]:
    """Every code of SIC 2007, digits only, from divisions to five-digit classes."""
    path = data_dir("corpora") / "evidence" / "sic2007.txt"
    return frozenset(path.read_text("utf-8").split())


_IN_FORCE: ContextVar[Path | None] = ContextVar("sectors", default=None)


@contextmanager
def sectors_in_force(folder: Path | None) -> Iterator[None]:
    """Read another list of sectors than the one that is shipped, while this lasts."""
    token = _IN_FORCE.set(folder)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def sectors_folder() -> Path | None:
    """The folder of a list of sectors in force, None for the shipped one."""
    return _IN_FORCE.get()


def taxonomy_folder() -> Path:
    """The folder of the sectors in force."""
    return _IN_FORCE.get() or data_dir("rules") / "sectors"


def find_sectors(name: str | None) -> Path | None:
    """The folder of a list of sectors: a path, or the name of one that is shipped; None for none.

    Raises UsageError where there is neither.
    """
    if name is None:
        return None
    lists = data_dir("rules") / "sector-lists"
    for folder in (Path(name), lists / name):
        if folder.is_dir():
            return folder
    shipped = sorted(path.name for path in lists.iterdir() if path.is_dir())
    close = nearest(name, tuple(shipped))
    hint = f"; did you mean '{close}'?" if close else f" (shipped: {', '.join(shipped)})"
    raise UsageError(f"sectors: there is no folder '{name}'{hint}")


def load_taxonomy(folder: Path | None = None) -> Taxonomy:
    """Read the sectors in force: ``rules/sectors/*.yaml``, or another folder with such files.

    Raises FileFault at the place of the fault, also when two files share an id, or a file's
    name is not its id: analysts find a sector by its file name.
    """
    folder = folder or taxonomy_folder()
    return _load(folder, stamp_of(folder))


def stamp_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when somebody edits a list of their own; the shipped one stays as it is."""
    if folder == data_dir("rules") / "sectors":
        return ()
    states = [(path.name, path.stat()) for path in sorted(folder.glob("*.yaml"))]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


@cache
def _load(folder: Path, _stamp: tuple[tuple[str, int, int], ...]) -> Taxonomy:
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
    if any(entry.takes for entry in entries):
        entries = _taken(entries, folder)
    return Taxonomy(sectors=tuple(entries))


def _taken(entries: Sequence[SectorEntry], folder: Path) -> list[SectorEntry]:
    """Sectors with the words of the shipped ones that they take. No word may name two."""
    shipped = load_taxonomy(data_dir("rules") / "sectors").by_id
    takers: dict[str, str] = {}
    found = []
    for entry in entries:
        path = str(folder / f"{entry.id}.yaml")
        for name in entry.takes:
            if name not in shipped:
                close = nearest(name, tuple(shipped))
                hint = f"; did you mean '{close}'?" if close else ""
                raise FileFault(f"takes: there is no shipped sector '{name}'{hint}", path=path)
            if name in takers:
                seen = f"takes: '{name}' is taken by '{takers[name]}' already"
                raise FileFault(seen, path=path)
            takers[name] = entry.id
        given = [shipped[name] for name in entry.takes]
        words: dict[str, object] = {
            level: tuple(
                dict.fromkeys(
                    (
                        *getattr(entry, level),
                        *(term for one in given for term in getattr(one, level)),
                    )
                )
            )
            for level in ("labels", "alternative", "conditional", "acronyms", "negative")
        }
        if not entry.sic2007:
            words["sic2007"] = tuple(dict.fromkeys(c for one in given for c in one.sic2007))
        found.append(entry.model_copy(update=words))
    return found
