"""Set findings aside in a finished audit: the ignore file and the baseline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stratlint.errors import UsageError
from stratlint.rules.suppressions import (
    Suppression,
    Suppressions,
    apply_suppressions,
    load_suppressions,
    save_suppressions,
    write_baseline,
)

if TYPE_CHECKING:
    from stratlint.records import AuditResult
    from stratlint.settings import Settings

FILE_NAME = "stratlint-ignore.yaml"


def ignore_file(settings: Settings, folder: Path) -> Path:
    """The ignore file in force: the one of the settings, else beside the documents.

    Raises UsageError when the settings name a file that is not there.
    """
    if settings.suppressions is None:
        return folder / FILE_NAME
    path = Path(settings.suppressions)
    if not path.is_file():
        raise UsageError(f"{path}: there is no such ignore file (setting 'suppressions')")
    return path


def suppress(
    result: AuditResult, settings: Settings, folder: Path, *, baseline: Path | None = None
) -> AuditResult:
    """The result with findings set aside, expired and unused entries among its warnings.

    ``baseline`` is written with every finding that is left, and applied at once.
    """
    today = datetime.now(UTC).date()
    findings, warnings = apply_suppressions(
        result.findings, load_suppressions(ignore_file(settings, folder)), today
    )
    if baseline is not None:
        write_baseline(baseline, findings)
        findings, _ = apply_suppressions(findings, load_suppressions(baseline), today)
    return msgspec.structs.replace(result, findings=findings, warnings=result.warnings + warnings)


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
