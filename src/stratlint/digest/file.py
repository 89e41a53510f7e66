"""What the file of a digest holds, and how it is written and read.

A digest holds priorities, weights of commitment, word counts with places masked, short
hashes of word runs with their pages, and regions and years for the official figures. It holds
no sentence. What it gives away is said in :data:`NOTICE` and in the file itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from stratlint.errors import FileFault, shown
from stratlint.knowledge.files import file_bytes
from stratlint.records import Area, Basis, Record

SCHEMA_VERSION = "1"
NOTICE = (
    "No sentence of the documents is in this file. It tells their priorities, how often they use "
    "each word by stretches of some 400 words (places masked), and, by three-byte hashes without "
    "order, whether a text that you hold already stands in them and on which page."
)


class PriorityEntry(Record):
    """A priority without its evidence."""

    sector: str
    rank: int
    basis: Basis
    score: float
    mentions: int


class Chapter(Record):
    """A stretch of text: how many words, and counts of those that are no stop words."""

    words: int
    counts: dict[str, int]


class DigestEntry(Record):
    """One document of a digest.

    ``commitments`` holds, by sector and class, the probability of each mention;
    ``sector_lists`` the lists of sectors in a source.
    """

    source: str
    sha256: str
    role: str
    region: str | None
    title: str | None
    year: int | None
    pages: tuple[str, ...]
    priorities: tuple[PriorityEntry, ...]
    commitments: dict[str, dict[str, tuple[float, ...]]]
    chapters: tuple[Chapter, ...]
    sector_lists: tuple[tuple[str, ...], ...]
    runs: dict[int, str]
    named_runs: str
    total_runs: int
    area: Area | None = None

    @property
    def place(self) -> str | None:
        """Whose document it is: its area, else its region."""
        return self.area.place if self.area is not None else self.region


class Digest(Record):
    """The whole file. ``schema_version`` changes when a field changes its meaning."""

    schema_version: Literal["1"]
    tool: Literal["stratlint-profile"]
    notice: str
    version: str
    knowledge: str
    title: str
    own_evidence: tuple[str, ...]
    rules: dict[str, Any]
    documents: tuple[DigestEntry, ...]


def encode_digest(digest: Digest) -> str:
    """The digest as JSON text."""
    return msgspec.json.format(msgspec.json.encode(digest), indent=1).decode() + "\n"


def load_digest(path: Path) -> Digest:
    """Read a digest. Raises FileFault when the file is none, or of another version."""
    data = file_bytes(path)
    try:
        return msgspec.json.decode(data, type=Digest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"is no digest of this version of stratlint ({error}); make it anew"
        raise FileFault(message, path=shown(path)) from None
