"""Set findings aside in a finished audit: the ignore file and the baseline."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.errors import UsageError, shown
from stratlint.knowledge.yamlfile import nearest
from stratlint.records import Record
from stratlint.resources import real
from stratlint.rules.suppressions import (
    Judged,
    Suppression,
    Suppressions,
    apply_suppressions,
    follow,
    load_suppressions,
    save_suppressions,
    write_baseline,
)
from stratlint.workers.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from stratlint.records import AuditResult, Document, Finding
    from stratlint.run.settings import Settings

FILE_NAME = "stratlint-ignore.yaml"


def ignore_file(settings: Settings, folder: Path) -> Path:
    """The ignore file in force: the one of the settings, else beside the documents."""
    return folder / FILE_NAME if settings.suppressions is None else Path(settings.suppressions)


def _must_be_there(path: Path, settings: Settings, baseline: Path | None) -> None:
    """Refuse settings that name an ignore file that nobody has written or is about to write."""
    begun = baseline is not None and real(baseline) == real(path)
    if settings.suppressions is not None and not begun and not path.is_file():
        raise UsageError(
            f"{path}: there is no such ignore file (setting 'suppressions'); "
            "'stratlint ignore' begins one"
        )


def suppress(
    result: AuditResult,
    settings: Settings,
    folder: Path,
    *,
    baseline: Path | None = None,
    keep: bool = True,
) -> AuditResult:
    """The result with findings set aside, expired and unused entries among its warnings.

    What marks in the documents set aside is set aside already; marks of no use are warned of too.

    ``baseline`` is written with every finding that is left, and applied at once.
    Without ``keep`` `stratlint ignore` hears nothing of this run. Raises UsageError when
    the settings name an ignore file that is not there.
    """
    return suppressed(result, settings, folder, baseline=baseline, keep=keep).result


class MarkWord(NamedTuple):
    """What is to be said of a mark: its document, its line or number and place, the words."""

    document: str
    line: int
    where: str
    text: str


class Suppressed(NamedTuple):
    """A result with findings set aside, and what is to be said of marks, by their places."""

    result: AuditResult
    marks: tuple[MarkWord, ...]


def suppressed(
    result: AuditResult,
    settings: Settings,
    folder: Path,
    *,
    baseline: Path | None = None,
    keep: bool = True,
) -> Suppressed:
    """As :func:`suppress`, for who shows marks where they stand."""
    path = ignore_file(settings, folder)
    _must_be_there(path, settings, baseline)
    if keep and settings.cache:
        remember(result, path)
    today = datetime.now(UTC).date()
    documents = {d.source: d.sha256 for d in _documents(result)}
    entries, followed = _followed(path, result, folder)
    marked = any(document.marks for document in _documents(result))
    judged = _judged(result, settings) if entries.ignore or marked else None
    findings, warnings = apply_suppressions(result.findings, entries, today, judged)
    marks = tuple(_on_marks(result, judged)) if judged is not None else ()
    said = (f"{word.document}, {word.where}: {word.text}" for word in marks)
    if baseline is not None:
        write_baseline(baseline, findings, documents=documents, today=today)
        findings, _ = apply_suppressions(findings, _followed(baseline, result, folder)[0], today)
    told = (*result.warnings, *followed, *said, *warnings)
    return Suppressed(msgspec.structs.replace(result, findings=findings, warnings=told), marks)


def _followed(
    path: Path, result: AuditResult, folder: Path
) -> tuple[Suppressions, tuple[str, ...]]:
    """The entries of an ignore file, those of a renamed document under its name of today."""
    documents = _documents(result)
    regions = {a.document.region for a in result.analyses}
    entries = load_suppressions(path)
    return follow(
        entries,
        result.findings,
        {d.source: d.sha256 for d in documents},
        # Another file of the folder is not gone because this run does not look at it.
        is_gone=lambda name: (
            name not in regions
            and not any(d.source == name for d in documents)
            and not (folder / name).exists()
        ),
    )


def _on_marks(result: AuditResult, judged: Judged) -> Iterator[MarkWord]:
    """What to say of marks in the documents: faulty ones, unknown rules, and those of no use."""
    used = {(f.document, f.marked, name) for f in result.findings for name in (f.rule, f.name)}
    for document in _documents(result):
        for mark in document.marks:
            if mark.fault:
                yield MarkWord(document.source, mark.line, mark.where, f"mark: {mark.fault}")
            for rule in mark.rules:
                if rule not in judged.known:
                    close = _nearest_rule(rule, judged.known)
                    hint = f"; did you mean '{close}'?" if close else ""
                    text = f"mark: there is no rule '{shown(rule)}'{hint}"
                    yield MarkWord(document.source, mark.line, mark.where, text)
                elif rule in judged.rules and (document.source, mark.line, rule) not in used:
                    text = f"unused mark: {rule} ({mark.reason})"
                    yield MarkWord(document.source, mark.line, mark.where, text)


def _nearest_rule(given: str, known: Collection[str]) -> str | None:
    """The rule that was meant: 'sb5' is SB005, whatever else is spelt alike."""
    digits = re.fullmatch(r"([A-Za-z]{2})0*(\d{1,3})", given)
    if digits is not None and (name := f"{digits[1].upper()}{int(digits[2]):03}") in known:
        return name
    lower = {name.lower(): name for name in sorted(known)}
    close = nearest(given.lower(), list(lower))
    return lower[close] if close else None


def _documents(result: AuditResult) -> list[Document]:
    """The documents that were judged."""
    return [a.document for a in result.analyses if result.subject in (None, a.document.source)]


def _judged(result: AuditResult, settings: Settings) -> Judged:
    """What the run looked at, so that nothing else is called unused."""
    from stratlint.rules import every_rule

    idle = {item.rule for item in result.not_run}
    ran = [card for card in result.rules if card.id not in idle]
    known = every_rule(tuple(Path(folder) for folder in settings.rules_dirs))
    documents = _documents(result)
    return Judged(
        rules=frozenset(name for card in ran for name in (card.id, card.name)),
        known=frozenset(name for rule in known for name in (rule.id, rule.name)),
        documents=frozenset(name for d in documents for name in (d.source, d.region) if name),
        whole=result.subject is None and not result.not_read,
    )


class Entered(NamedTuple):
    """What came of an entry: whether it is new, and the entries that it replaced."""

    new: bool
    replaced: tuple[Suppression, ...] = ()


def set_aside(path: Path, entry: Suppression, places: Sequence[str] = ()) -> Entered:
    """Add an entry to an ignore file, or one for each of the ``places`` of what it is about.

    With an entry for each place a place that is new later is told. Entries for the same finding
    are replaced. Nothing is new when the very same entries were there already. Raises FileFault
    for a fault in the file.
    """
    known = load_suppressions(path).ignore
    entries = [entry.model_copy(update={"fingerprint": one}) for one in places] or [entry]
    if all(one in known for one in entries):
        return Entered(new=False)
    named = {one.fingerprint for one in (*entries, entry)}

    def is_replaced(item: Suppression) -> bool:
        same = (item.rule, item.document) == (entry.rule, entry.document)
        return same and item.fingerprint in named

    kept = (item for item in known if not is_replaced(item))
    save_suppressions(path, Suppressions(ignore=(*kept, *entries)))
    return Entered(new=True, replaced=tuple(item for item in known if is_replaced(item)))


_RECENT = "findings of recent runs"
_KEPT = 20_000
"""Findings that are remembered, of some hundred runs; an older one needs --from."""


class Place(Record):
    """A document that has a finding: its names, its hash, and the places of the finding in it.

    ``parts`` are the fingerprints of single places; none where the finding has but one.
    """

    source: str
    region: str | None
    sha256: str
    parts: tuple[str, ...] = ()


class Recent(Record):
    """What is known of a finding of recent runs: rule, documents, and ignore files of the runs."""

    rule: str
    files: tuple[str, ...]
    places: tuple[Place, ...] = ()


def remember(result: AuditResult, file: Path) -> None:
    """Keep what a finding of this run is, so that a fingerprint alone can be set aside."""
    hashes = {a.document.source: a.document.sha256 for a in result.analyses}
    with Cache() as cache:
        known = _recent(cache)
        own = shown(real(file))
        for finding in result.findings:
            for digits in (finding.fingerprint, *finding.parts):
                places = places_of(finding, digits, hashes)
                sources = {place.source for place in places}
                before = known.pop(digits, None)
                others = [name for name in (before.files if before else ()) if name != own]
                # Of a document that was judged before, as it is now.
                others_of = [
                    p for p in (before.places if before else ()) if p.source not in sources
                ]
                known[digits] = Recent(
                    rule=finding.rule, files=(*others, own), places=(*others_of, *places)
                )
        kept = dict(list(known.items())[-_KEPT:])
        cache.put(_RECENT, msgspec.json.encode(kept))


def places_of(finding: Finding, fingerprint: str, hashes: Mapping[str, str]) -> tuple[Place, ...]:
    """The document of a finding, with its places where the fingerprint is that of all of them."""
    if finding.document is None:
        return ()
    return (
        Place(
            source=finding.document,
            region=finding.region,
            sha256=hashes.get(finding.document, ""),
            parts=finding.parts if fingerprint == finding.fingerprint else (),
        ),
    )


def recall(fingerprint: str) -> Recent | None:
    """What is known of a finding of recent runs on this machine, or None.

    A run whose folder is gone has no ignore file any more.
    """
    with Cache() as cache:
        known = _recent(cache).get(fingerprint)
    if known is None:
        return None
    there = tuple(name for name in known.files if Path(name).parent.is_dir())
    return msgspec.structs.replace(known, files=there)


def _recent(cache: Cache) -> dict[str, Recent]:
    data = cache.get(_RECENT)
    try:
        return msgspec.json.decode(data, type=dict[str, Recent]) if data else {}
    except msgspec.DecodeError:
        # Another version of stratlint kept it another way.
        return {}
