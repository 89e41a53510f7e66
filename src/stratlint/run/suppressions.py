"""Set findings aside in a finished audit: the ignore file and the baseline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.errors import UsageError
from stratlint.records import Record
from stratlint.rules.suppressions import (
    Judged,
    Suppression,
    Suppressions,
    apply_suppressions,
    load_suppressions,
    save_suppressions,
    write_baseline,
)
from stratlint.workers.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stratlint.records import AuditResult, Finding
    from stratlint.run.settings import Settings

FILE_NAME = "stratlint-ignore.yaml"


def ignore_file(settings: Settings, folder: Path) -> Path:
    """The ignore file in force: the one of the settings, else beside the documents."""
    return folder / FILE_NAME if settings.suppressions is None else Path(settings.suppressions)


def _must_be_there(path: Path, settings: Settings, baseline: Path | None) -> None:
    """Refuse settings that name an ignore file that nobody has written or is about to write."""
    begun = baseline is not None and baseline.resolve() == path.resolve()
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

    ``baseline`` is written with every finding that is left, and applied at once.
    Without ``keep`` `stratlint ignore` hears nothing of this run. Raises UsageError when
    the settings name an ignore file that is not there.
    """
    path = ignore_file(settings, folder)
    _must_be_there(path, settings, baseline)
    if keep and settings.cache:
        remember(result.findings, path)
    today = datetime.now(UTC).date()
    entries = load_suppressions(path)
    judged = _judged(result, settings) if entries.ignore else None
    findings, warnings = apply_suppressions(result.findings, entries, today, judged)
    if baseline is not None:
        write_baseline(baseline, findings, today=today)
        findings, _ = apply_suppressions(findings, load_suppressions(baseline), today)
    return msgspec.structs.replace(result, findings=findings, warnings=result.warnings + warnings)


def _judged(result: AuditResult, settings: Settings) -> Judged:
    """What the run looked at, so that nothing else is called unused."""
    from stratlint.rules import every_rule

    idle = {item.rule for item in result.not_run}
    ran = [card for card in result.rules if card.id not in idle]
    known = every_rule(tuple(Path(folder) for folder in settings.rules_dirs))
    documents = [a.document for a in result.analyses if result.subject in (None, a.document.source)]
    return Judged(
        rules=frozenset(name for card in ran for name in (card.id, card.name)),
        known=frozenset(name for rule in known for name in (rule.id, rule.name)),
        documents=frozenset(name for d in documents for name in (d.source, d.region) if name),
        whole=result.subject is None and not result.not_read,
    )


def add_suppression(path: Path, entry: Suppression) -> bool:
    """Add an entry to an ignore file; an entry for the same finding is replaced.

    False when the very same entry was there already. Raises FileFault for a fault in the file.
    """
    known = load_suppressions(path).ignore
    if entry in known:
        return False

    def subject(item: Suppression) -> tuple[str | None, ...]:
        return (item.rule, item.document, item.fingerprint)

    kept = tuple(item for item in known if subject(item) != subject(entry))
    save_suppressions(path, Suppressions(ignore=(*kept, entry)))
    return True


_RECENT = "findings of recent runs"
_KEPT = 20_000


class Recent(Record):
    """What is known of a finding of recent runs: its rule, and the ignore files of the runs.

    ``documents`` are the names that an entry may call its document by.
    """

    rule: str
    files: tuple[str, ...]
    documents: tuple[str, ...] = ()


def remember(findings: Iterable[Finding], file: Path) -> None:
    """Keep rule and ignore file of each finding, so that a fingerprint alone can be set aside."""
    with Cache() as cache:
        known = _recent(cache)
        own = str(file.resolve())
        for finding in findings:
            before = known.pop(finding.fingerprint, None)
            others = [name for name in (before.files if before else ()) if name != own]
            # Two documents of one region may have a finding of one fingerprint.
            names = dict.fromkeys(before.documents if before else ())
            names |= dict.fromkeys(n for n in (finding.document, finding.region) if n)
            known[finding.fingerprint] = Recent(
                rule=finding.rule, files=(*others, own), documents=tuple(names)
            )
        kept = dict(list(known.items())[-_KEPT:])
        cache.put(_RECENT, msgspec.json.encode(kept))


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
