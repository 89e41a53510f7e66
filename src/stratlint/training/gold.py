"""Labelled passages: what people said that a text says of each sector.

A gold file is JSON Lines; the coding guide is in the documentation. Documents, not passages,
are what is split: two passages of one plan are never on both sides.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from stratlint.errors import FileFault
from stratlint.knowledge.files import file_bytes
from stratlint.records import Commitment, Excerpt, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

MAX_LINE = 1_000_000
"""Characters in one line: a passage is a paragraph, not a book."""


class GoldPassage(Excerpt, frozen=True):
    """A passage with its labels: sector id to class.

    ``disputed`` sectors had two coders who disagreed: they are neither right nor wrong.
    """

    document: str = ""
    labels: dict[str, Commitment] = msgspec.field(default_factory=dict)
    disputed: dict[str, Any] = msgspec.field(default_factory=dict)
    coders: int = 1
    stratum: str = ""

    @property
    def drawn_as(self) -> str:
        """The stratum: named in the file, or the letters that begin the id."""
        return self.stratum or self.id.rstrip("0123456789-_") or "all"


PassageT = TypeVar("PassageT", bound=Excerpt)


class BadLine(Record, frozen=True):
    """A line that could not be used, numbered from 1, and why."""

    line: int
    reason: str


def load_gold(path: Path) -> tuple[GoldPassage, ...]:
    """Read labelled passages; ids are unique.

    Raises FileFault with the line number on the first line that does not fit: figures from
    a gold file that was read in part would be wrong.
    """
    passages, faults = _read(path, GoldPassage)
    if faults:
        raise FileFault(faults[0].reason, path=str(path), line=faults[0].line)
    if not passages:
        raise FileFault("holds no passages", path=str(path), line=1)
    return passages


def load_passages(path: Path) -> tuple[tuple[Excerpt, ...], tuple[BadLine, ...]]:
    """Read passages to classify; a hostile line is reported, the others are kept."""
    return _read(path, Excerpt)


def _read(path: Path, kind: type[PassageT]) -> tuple[tuple[PassageT, ...], tuple[BadLine, ...]]:
    lines = file_bytes(path).split(b"\n")
    decoder = msgspec.json.Decoder(kind)
    passages: dict[str, PassageT] = {}
    faults: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            passage = _decode(line, decoder)
        except ValueError as error:
            faults.append(BadLine(line=number, reason=str(error)))
            continue
        if passage.id in passages:
            faults.append(BadLine(line=number, reason=f"the id {passage.id[:80]!r} is used twice"))
            continue
        passages[passage.id] = passage
    return tuple(passages.values()), tuple(faults)


def _decode(line: bytes, decoder: msgspec.json.Decoder[PassageT]) -> PassageT:
    if len(line) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE:,} bytes, which no passage is")
    try:
        passage = decoder.decode(line.removeprefix(b"\xef\xbb\xbf").strip())
    except msgspec.ValidationError as error:
        raise ValueError(f"not a passage: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON in UTF-8: {error}") from None
    if not passage.id:
        raise ValueError("the id is empty")
    return passage


class Split(Record, frozen=True):
    """Documents for tuning, and the fifth that is scored once."""

    tuning: tuple[str, ...]
    held_out: tuple[str, ...]


def split_documents(passages: Iterable[GoldPassage], *, every: int = 5) -> Split:
    """Hold out one document in ``every``, within each kind of document.

    Per kind, documents stand in order of the SHA-256 of their name, and every fifth from the
    first is held out: the split depends on nothing but the names.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        kinds[passage.kind].add(passage.document)
    tuning: list[str] = []
    held_out: list[str] = []
    for kind in sorted(kinds):
        for index, name in enumerate(sorted(kinds[kind], key=_digest)):
            (held_out if index % every == 0 else tuning).append(name)
    return Split(tuning=tuple(sorted(tuning)), held_out=tuple(sorted(held_out)))


def folds(passages: Sequence[GoldPassage], count: int) -> tuple[int, ...]:
    """Give each passage its fold: whole documents, folds of even size, the same each time."""
    sizes: dict[str, int] = defaultdict(int)
    for passage in passages:
        sizes[passage.document] += 1
    filled = [0] * count
    fold_of: dict[str, int] = {}
    for name in sorted(sizes, key=lambda n: (-sizes[n], _digest(n))):
        fold = filled.index(min(filled))
        fold_of[name] = fold
        filled[fold] += sizes[name]
    return tuple(fold_of[passage.document] for passage in passages)


def data_hash(passages: Iterable[GoldPassage]) -> str:
    """Hash passages and labels, so that a model's card names what it learnt from."""
    digest = hashlib.sha256()
    for passage in sorted(passages, key=lambda p: p.id):
        digest.update(msgspec.json.encode(passage, order="deterministic"))
    return digest.hexdigest()[:16]


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
