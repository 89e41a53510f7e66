"""Findings that somebody has looked at and set aside, with a reason; and the baseline."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import yaml
from pydantic import Field, field_validator, model_validator

from stratlint.atomic import write_atomically
from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Finding, Record

BASELINE_REASON = "baseline: already there when checking began"
_SIXTEEN_DIGITS = 10**15
DIGITS = 16
"""Digits of a document's hash that an entry keeps."""
_HEADER = (
    "# Findings set aside. Every entry needs a reason; 'until' makes it lapse on a date.\n"
    "# A fingerprint names one finding; without one the entry covers the rule in the document.\n"
)


class Suppression(Editable):
    """One entry: a rule (id or name), perhaps a document and a fingerprint, and the reason.

    ``sha256`` are the first digits of the document's content, by which it is known again when
    its file has another name.
    """

    rule: str = Field(min_length=1)
    document: str | None = Field(default=None, min_length=1)
    sha256: str | None = None
    fingerprint: str | None = None
    reason: str = Field(min_length=3)
    by: str | None = Field(default=None, min_length=1)
    until: date | None = None

    @field_validator("fingerprint", "sha256", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        # A fingerprint of digits alone is a number to YAML, and an octal one when it begins with
        # a zero: 16 digits without one are never less than the bound.
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        return (str(value) if value >= _SIXTEEN_DIGITS else f"{value:o}").zfill(16)

    @model_validator(mode="after")
    def _narrow_enough(self) -> Suppression:
        if self.document is None and self.fingerprint is None:
            raise ValueError(
                "an entry names a document or a fingerprint; "
                "to switch a rule off everywhere, use the settings"
            )
        return self

    def lapsed(self, today: date) -> bool:
        """Whether the last day on which the entry counts is over."""
        return self.until is not None and self.until < today

    def covers(self, finding: Finding) -> bool:
        """Whether the entry is about this finding as a whole."""
        return self.fits(finding) and self.fingerprint in (None, finding.fingerprint)

    def fits(self, finding: Finding) -> bool:
        """Whether the entry names the finding's rule and document."""
        return self.rule in (finding.rule, finding.name) and self.document in (
            None,
            finding.document,
            finding.region,
        )

    def describe(self) -> str:
        """The entry in a few words."""
        parts = [self.rule, self.document or "", self.fingerprint or ""]
        return " ".join(part for part in parts if part)


class Suppressions(Editable):
    """The file ``stratlint-ignore.yaml``."""

    ignore: tuple[Suppression, ...] = ()


class Judged(Record):
    """What a run looked at: an entry about anything else may be of use to another run.

    ``rules`` are the ids and names of the rules that ran, ``known`` those of all that there are;
    ``documents`` the source names and regions of the documents they ran on, and ``whole`` says
    whether these are all that the ignore file may be about.
    """

    rules: frozenset[str]
    known: frozenset[str]
    documents: frozenset[str]
    whole: bool

    def concerns(self, entry: Suppression) -> bool:
        """Whether the entry would have been used here, were it of any use."""
        if entry.rule not in self.known:
            return True
        if entry.rule not in self.rules:
            return False
        # A bare fingerprint does not tell whose it is. Of all documents that there are, one that
        # an entry names and that is not among them has gone.
        return self.whole or entry.document in self.documents


def load_suppressions(path: Path) -> Suppressions:
    """Read an ignore file; a missing file holds nothing. Raises FileFault for a fault."""
    if not path.exists():
        return Suppressions()
    return load_yaml(path, Suppressions)


def apply_suppressions(
    findings: Iterable[Finding],
    suppressions: Suppressions,
    today: date,
    judged: Judged | None = None,
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Findings with ``suppressed`` set to the reason where an entry covers them, and warnings.

    An entry lapses the day after ``until``; expired entries and those that cover nothing are
    warned of, the latter only where they concern what was ``judged`` (None: everything).
    """
    used: set[int] = set()
    marked: list[Finding] = []
    for finding in findings:
        reason, entries = _covered(finding, suppressions, today)
        used |= entries
        if reason is not None and finding.suppressed is None:
            finding = msgspec.structs.replace(finding, suppressed=reason)
        marked.append(finding)
    return tuple(marked), tuple(_warnings(suppressions, used, today, judged))


def _covered(
    finding: Finding, suppressions: Suppressions, today: date
) -> tuple[str | None, set[int]]:
    """Why a finding is set aside, or None, and the entries that are about it.

    A finding of several places is set aside by an entry about it, or by one for each place: a
    place that is new since then brings it back.
    """
    used: set[int] = set()
    left = set(finding.parts)
    reason = None
    for index, entry in enumerate(suppressions.ignore):
        whole = entry.covers(finding)
        if not (whole or (entry.fingerprint in finding.parts and entry.fits(finding))):
            continue
        used.add(index)
        if entry.lapsed(today):
            continue
        if whole:
            return entry.reason, used
        left.discard(str(entry.fingerprint))
        reason = reason or entry.reason
    return (None if left else reason), used


def follow(
    suppressions: Suppressions,
    findings: Sequence[Finding],
    documents: Mapping[str, str],
    *,
    is_gone: Callable[[str], bool],
) -> tuple[Suppressions, tuple[str, ...]]:
    """Entries whose document has another name now, under that name, and a word on each.

    ``documents`` are the hashes of what was judged, by source name; ``is_gone`` says of a name
    that there is no such document any more. A document is known again by its content, whatever
    its name; one that has gone by what the entry sets aside, where that quotes words that one
    document alone has.
    """
    kept: list[Suppression] = []
    names: dict[str, str] = {}
    for entry in suppressions.ignore:
        name = entry.document
        same = [s for s, sha in documents.items() if entry.sha256 and sha.startswith(entry.sha256)]
        if name is None or name in same or not (same or is_gone(name)):
            kept.append(entry)
            continue
        if not same and entry.fingerprint is not None:
            same = [
                f.document
                for f in findings
                if f.document is not None
                and f.quotations
                and entry.rule in (f.rule, f.name)
                and entry.fingerprint in (f.fingerprint, *f.parts)
            ]
        if len(set(same)) != 1:
            kept.append(entry)
            continue
        names[name] = same[0]
        kept.append(entry.model_copy(update={"document": same[0]}))
    notes = tuple(
        f"suppressions of '{old}' count for '{new}', as the file is called now"
        for old, new in sorted(names.items())
    )
    return Suppressions(ignore=tuple(kept)), notes


def _warnings(
    suppressions: Suppressions, used: set[int], today: date, judged: Judged | None
) -> Iterable[str]:
    for index, entry in enumerate(suppressions.ignore):
        if entry.lapsed(today):
            yield f"suppression expired on {entry.until}: {entry.describe()} ({entry.reason})"
        elif index not in used and (judged is None or judged.concerns(entry)):
            yield f"unused suppression: {entry.describe()} ({entry.reason})"


def write_baseline(
    path: Path,
    findings: Sequence[Finding],
    *,
    documents: Mapping[str, str] | None = None,
    reason: str = BASELINE_REASON,
    by: str | None = None,
    today: date | None = None,
) -> int:
    """Add every finding that is not yet set aside to the ignore file; returns how many.

    A finding of several places gets an entry for each, so that a new place is told later.
    ``documents`` are the hashes of what was judged, by source name.
    Entries already in the file stay as they are; one that has lapsed by ``today`` covers nothing.
    """
    today = today or datetime.now(UTC).date()
    kept = list(load_suppressions(path).ignore)
    hashes = documents or {}
    added = 0
    for finding in findings:
        entries = Suppressions(ignore=tuple(kept))
        if finding.suppressed is not None or _covered(finding, entries, today)[0] is not None:
            continue
        kept += [
            Suppression(
                rule=finding.rule,
                document=finding.document,
                sha256=hashes.get(finding.document or "", "")[:DIGITS] or None,
                fingerprint=fingerprint,
                reason=reason,
                by=by,
            )
            for fingerprint in finding.parts or (finding.fingerprint,)
        ]
        added += 1
    save_suppressions(path, Suppressions(ignore=tuple(kept)))
    return added


class Written(Record):
    """Text to be written into an ignore file, at a line and a column from 0."""

    line: int
    column: int
    text: str


def appended(path: Path, rule: str, document: str, fingerprint: str) -> Written:
    """An entry for an editor to add to an ignore file, its reason left to be written.

    Raises FileFault for a fault in the file, and for entries that are not a list line by line.
    """
    load_suppressions(path)
    text = path.read_text("utf-8-sig") if path.exists() else f"{_HEADER}ignore:\n"
    lines = text.split("\n")
    used = [i for i, line in enumerate(lines) if not _is_comment(line)]
    entry = next((lines[i] for i in reversed(used) if re.match(r"\s*- ", lines[i])), None)
    if not used or (entry is None and lines[used[-1]].rstrip() != "ignore:"):
        raise FileFault("its entries are not a list of lines; add one by hand", path=str(path))
    lead = entry[: len(entry) - len(entry.lstrip())] if entry is not None else ""
    values = {"document": document, "fingerprint": fingerprint}
    quoted = [f"{lead}  {name}: {json.dumps(value)}" for name, value in values.items()]
    written = "\n".join([f"{lead}- rule: {rule}", *quoted, f"{lead}  reason: "])
    if not path.exists():
        return Written(line=0, column=0, text=f"{text}{written}\n")
    last = used[-1]
    return Written(line=last, column=len(lines[last]), text=f"\n{written}")


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def save_suppressions(path: Path, suppressions: Suppressions) -> None:
    """Write an ignore file."""
    entries = [entry.model_dump(exclude_none=True, mode="python") for entry in suppressions.ignore]
    body = yaml.safe_dump({"ignore": entries}, sort_keys=False, allow_unicode=True, width=100)
    write_atomically(path, _HEADER + body)
