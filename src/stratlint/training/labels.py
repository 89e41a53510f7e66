"""Labels without texts: where a passage stands in a document, and what people said of it.

Other people's sentences may not be kept here, so a line holds the SHA-256 of the document's file,
the span of the passage in ``Document.text``, and a short hash of its letters and digits. Where a
reader that has changed gives other offsets, the passage is looked for by its hash; what is not
found is reported.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from stratlint.documents import read
from stratlint.errors import FileFault, StratlintError
from stratlint.knowledge.files import file_bytes
from stratlint.records import Commitment, Record
from stratlint.training.gold import GoldPassage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from stratlint.records import Document

CONTEXT = 400
"""Characters before a passage that its coders saw."""
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[^\w\s]{1,8}")


class Label(Record, frozen=True):
    """One labelled passage. ``document`` names it as the gold data do, so that both share a fold.

    ``letters`` counts the letters and digits of the passage, ``hash`` begins their SHA-256.
    """

    id: str
    document: str
    sha256: str
    start: int
    end: int
    letters: int
    hash: str
    place: str = ""
    kind: str = ""
    coders: int = 1
    labels: dict[str, Commitment] = msgspec.field(default_factory=dict)
    disputed: dict[str, Any] = msgspec.field(default_factory=dict)


class Lost(Record, frozen=True):
    """A label that could not be used, and why."""

    id: str
    reason: str


class Resolved(Record, frozen=True):
    """Labels with their texts; ``moved`` counts those found elsewhere than where they stood."""

    passages: tuple[GoldPassage, ...]
    moved: int
    lost: tuple[Lost, ...]


def letters_of(text: str) -> str:
    """The letters and digits of a text, in lower case: what survives another reader."""
    return "".join(_LETTER.findall(text)).lower()


def fingerprint(text: str) -> str:
    """Twelve hexadecimal digits for the letters and digits of a text."""
    return hashlib.sha256(letters_of(text).encode()).hexdigest()[:12]


def load_labels(path: Path) -> tuple[Label, ...]:
    """Read a file of labels (JSON Lines). Raises FileFault with the line that does not fit."""
    lines = file_bytes(path).splitlines()
    decoder = msgspec.json.Decoder(Label)
    found: dict[str, Label] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise FileFault(f"not a label: {error}", path=str(path), line=number) from None
        if label.id in found:
            raise FileFault(f"the id '{label.id}' is used twice", path=str(path), line=number)
        found[label.id] = label
    return tuple(found.values())


def write_labels(labels: Iterable[Label]) -> bytes:
    """Return the bytes of a file of labels: one a line, by document and place in it."""
    encoder = msgspec.json.Encoder(order="deterministic")
    ordered = sorted(labels, key=lambda label: (label.document, label.start, label.id))
    return b"".join(encoder.encode(label) + b"\n" for label in ordered)


def resolve(labels: Sequence[Label], folder: Path) -> Resolved:
    """Give labels their texts from the documents in ``folder`` and below it.

    A file is known by its SHA-256, whatever its name. Raises FileFault when no document of any
    label is there: then the folder is the wrong one.
    """
    files = _files(folder, {label.sha256 for label in labels})
    if labels and not files:
        raise FileFault("holds none of the labelled documents", path=str(folder))
    by_document: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        by_document[label.sha256].append(label)
    passages: list[GoldPassage] = []
    lost: list[Lost] = []
    moved = 0
    for sha256, group in by_document.items():
        if sha256 not in files:
            lost += [Lost(id=i.id, reason=f"{i.document} is not in the folder") for i in group]
            continue
        try:
            document = read(files[sha256])
        except StratlintError as error:
            lost += [Lost(id=i.id, reason=f"{i.document} cannot be read: {error}") for i in group]
            continue
        finder = _Finder(document)
        for label in group:
            span = finder.find(label)
            if span is None:
                lost.append(Lost(id=label.id, reason=f"not found in {label.document}"))
                continue
            moved += span != (label.start, label.end)
            passages.append(_passage(label, document.text, *span))
    return Resolved(passages=tuple(passages), moved=moved, lost=tuple(lost))


def _files(folder: Path, wanted: set[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest in wanted:
                found.setdefault(digest, path)
    return found


def _passage(label: Label, text: str, start: int, end: int) -> GoldPassage:
    return GoldPassage(
        id=label.id,
        text=text[start:end],
        context_before=text[max(0, start - CONTEXT) : start].strip(),
        place=label.place,
        kind=label.kind,
        document=label.document,
        labels=label.labels,
        disputed=label.disputed,
        coders=label.coders,
        stratum="labelled",
    )


class _Finder:
    """Finds passages in one document, by place or by hash."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._letters = ""
        self._offsets: list[int] = []
        self._starts: list[int] = []

    def find(self, label: Label) -> tuple[int, int] | None:
        """The span of a label, the nearest to where it stood; None when its words are gone."""
        if fingerprint(self._text[label.start : label.end]) == label.hash:
            return label.start, label.end
        if not self._offsets:
            self._index()
        found = [
            (self._offsets[first], self._end(self._offsets[first + label.letters - 1] + 1))
            for first in self._starts
            if first + label.letters <= len(self._offsets) and self._is(label, first)
        ]
        return min(found, key=lambda span: abs(span[0] - label.start), default=None)

    def _end(self, end: int) -> int:
        """The end of a passage with the marks behind its last letter."""
        marks = _MARKS.match(self._text, end)
        return marks.end() if marks else end

    def _is(self, label: Label, first: int) -> bool:
        piece = self._letters[first : first + label.letters]
        return hashlib.sha256(piece.encode()).hexdigest()[:12] == label.hash

    def _index(self) -> None:
        """Letters and digits with their offsets, and where among them words begin."""
        letters: list[str] = []
        for word in _WORD.finditer(self._text):
            self._starts.append(len(self._offsets))
            for offset, letter in enumerate(word.group(), start=word.start()):
                for part in letter.lower():
                    letters.append(part)
                    self._offsets.append(offset)
        self._letters = "".join(letters)


def without_overlap(
    labelled: Sequence[GoldPassage], gold: Sequence[GoldPassage]
) -> tuple[GoldPassage, ...]:
    """Leave out labelled passages that stand in a passage of the gold, or hold one.

    What both say would count twice.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for passage in gold:
        texts[passage.document].append(letters_of(passage.text))
    return tuple(
        passage
        for passage in labelled
        if not any(
            _overlap(letters_of(passage.text), other) for other in texts.get(passage.document, ())
        )
    )


def _overlap(first: str, second: str) -> bool:
    return first in second or second in first
