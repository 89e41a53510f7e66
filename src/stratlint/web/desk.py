"""The desk: drafts that were put in, with their versions, and what is set aside of each.

A draft's file stands under a name of ours in a folder of ours; the name that it came with is only
shown.
"""

from __future__ import annotations

import re
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from stratlint.documents import SUPPORTED
from stratlint.errors import StratlintError, UsageError, shown
from stratlint.records import AuditResult, Finding
from stratlint.rules.suppressions import (
    load_suppressions,
    save_suppressions,
    write_baseline,
)
from stratlint.run.check import check_beside
from stratlint.run.corpus import Said
from stratlint.run.run import PRELOAD
from stratlint.run.suppressions import suppress
from stratlint.web.line import Line, Task, must_rest
from stratlint.web.shelf import Shelf, Watched
from stratlint.workers.pool import LostWorker, WorkerPool

if TYPE_CHECKING:
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings, SettingsInForce

MOST_DRAFTS = 50
"""Drafts on the desk at once; more are refused until one is removed."""
MOST_VERSIONS = 30
"""Versions of one draft; the files of the last and of the last that was read stay."""
_LONGEST_NAME = 120


class Known(NamedTuple):
    """A finding of an earlier version: what it is known again by, and what it said."""

    marks: frozenset[str]
    message: str


@dataclass(eq=False, kw_only=True)
class Draft(Task):
    """One draft with its versions; ``result`` is of the last version that was checked."""

    id: str
    name: str
    folder: Path
    said: Said = field(default_factory=Said)
    versions: list[Path] = field(default_factory=list)
    result: AuditResult | None = None
    checked: int = 0
    """How many versions there were when ``result`` was made."""
    before: tuple[Known, ...] | None = None
    """The findings that the version before had, where there was one."""

    @property
    def path(self) -> Path:
        """The file of the last version."""
        return self.versions[-1]

    @property
    def read(self) -> Path:
        """The file that ``result`` is of: a later version may have failed or been cancelled."""
        return self.versions[self.checked - 1]


class Desk:
    """Drafts, the shelf that they stand beside, and the line in which they are checked."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        corpus: Path | None,
        reload: Callable[[], SettingsInForce] | None = None,
    ) -> None:
        self.folder = folder
        self.shelf = Shelf(corpus, folder, settings, reload)
        self.line = Line(lambda: self.settings)
        self._drafts: OrderedDict[str, Draft] = OrderedDict()
        self._lock = threading.RLock()
        self._pictures: WorkerPool | None = None

    @property
    def settings(self) -> Settings:
        """The settings in force: which rules run can be chosen on the page."""
        return self.shelf.settings

    def drafts(self) -> list[Draft]:
        """The drafts on the desk, the newest first."""
        with self._lock:
            return list(reversed(self._drafts.values()))

    def draft(self, draft_id: str) -> Draft:
        """A draft by its id. Raises KeyError."""
        with self._lock:
            return self._drafts[draft_id]

    def warm_up(self) -> None:
        """Read the corpus while the first draft is being chosen."""
        self.shelf.opening.tried = self.shelf.now()
        self.line.add(self.shelf.opening, self.shelf.open)

    def look_after(self, task: Watched, work: Callable[[Run], object]) -> None:
        """Begin what a page of the corpus shows, where the corpus is another than at the last try.

        What failed or was cancelled is begun again by a person alone.
        """
        if self.shelf.catalogue is None or task.is_busy:
            return
        now = self.shelf.now()
        if task.tried != now:
            task.tried = now
            self.line.add(task, work)

    def put(self, name: str, data: BinaryIO, said: Said) -> Draft:
        """Put a new draft on the desk and into the queue. Raises UsageError."""
        suffix = _suffix(name)
        draft_id = secrets.token_hex(8)
        draft = Draft(id=draft_id, name=_name(name), folder=self.folder / draft_id, said=said)
        with self._lock:
            if len(self._drafts) >= MOST_DRAFTS:
                raise UsageError(f"there are {MOST_DRAFTS} drafts on the desk: remove one first")
            self._drafts[draft_id] = draft
        try:
            draft.folder.mkdir(parents=True)
            self._take(draft, suffix, data)
        except BaseException:
            self._forget(draft_id)
            raise
        return draft

    def put_again(self, draft: Draft, name: str, data: BinaryIO) -> None:
        """A new version of a draft. Raises UsageError."""
        suffix = _suffix(name)
        must_rest(draft)
        if len(draft.versions) >= MOST_VERSIONS:
            raise UsageError(f"this draft has {MOST_VERSIONS} versions: put it in as a new one")
        self._take(draft, suffix, data)
        draft.name = _name(name)

    def correct(self, draft: Draft, said: Said) -> None:
        """Check a draft once more with what a person says of it. Raises UsageError."""
        must_rest(draft)
        draft.said = said
        self._queue(draft)

    def remove(self, draft: Draft) -> None:
        """Take a draft off the desk, with its files."""
        self.line.cancel(draft)
        with self._lock:
            self._forget(draft.id)

    def findings(self, draft: Draft) -> AuditResult:
        """The draft's result with what is set aside by now. Raises StratlintError."""
        assert draft.result is not None
        with self._lock:
            return suppress(draft.result, self.settings, self.shelf.home, keep=False)

    def set_aside(self, draft: Draft, fingerprint: str, reason: str) -> None:
        """Set a finding aside with a reason. Raises UsageError."""
        self._write_aside((self._finding(draft, fingerprint),), reason)

    def set_all_aside(self, draft: Draft, reason: str) -> None:
        """Set every finding that is left aside as the baseline. Raises UsageError."""
        left = [f for f in self.findings(draft).findings if f.suppressed is None]
        self._write_aside(left, reason)

    def _write_aside(self, findings: Iterable[Finding], reason: str) -> None:
        """Write an entry for each place: one that is corrected leaves the others set aside."""
        if len(reason.strip()) < 3:
            raise UsageError("give a reason in words: it is what the next reader will ask for")
        # No name: the draft's next version may have another.
        nameless = [msgspec.structs.replace(f, document=None) for f in findings]
        with self._lock:
            write_baseline(self.shelf.ignore_file, nameless, reason=reason.strip())

    def take_back(self, draft: Draft, fingerprint: str | None) -> None:
        """Undo a setting aside, or (None) every one of the draft. Raises UsageError."""
        found = draft.result.findings if draft.result else ()
        if fingerprint is not None:
            found = (self._finding(draft, fingerprint),)
        gone = {mark for f in found for mark in (f.fingerprint, *f.parts)}
        with self._lock:
            known = load_suppressions(self.shelf.ignore_file)
            kept = tuple(e for e in known.ignore if e.fingerprint not in gone)
            if kept != known.ignore:
                changed = known.model_copy(update={"ignore": kept})
                save_suppressions(self.shelf.ignore_file, changed)

    def taken(self) -> frozenset[str]:
        """The fingerprints of the ignore file: what can be taken back here."""
        with self._lock:
            known = load_suppressions(self.shelf.ignore_file).ignore
        return frozenset(entry.fingerprint for entry in known if entry.fingerprint)

    def picture(self, draft: Draft, page: int) -> bytes:
        """A page of a draft as a picture, drawn by a limited worker. Raises StratlintError."""
        from stratlint.reporting.html.pageimages import page_picture

        with self._lock:
            if self._pictures is None:
                limits = self.settings.limits
                self._pictures = WorkerPool(
                    1, seconds=limits.seconds, memory_mb=limits.memory_mb, preload=PRELOAD
                )
            drawn = self._pictures.submit(page_picture, str(draft.read), page)
        try:
            data = drawn.result()
        except LostWorker as error:
            raise UsageError(f"page {page + 1} cannot be drawn ({error})") from None
        if data is None:
            raise UsageError(f"page {page + 1} cannot be drawn")
        return data

    def close(self, *, keep: bool) -> None:
        """Stop what runs, and remove the files unless they are to be kept."""
        for task in (*self.drafts(), *self.shelf.tasks):
            self.line.cancel(task)
        self.line.close()
        if self._pictures is not None:
            self._pictures.shutdown(cancel_futures=True)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _take(self, draft: Draft, suffix: str, data: BinaryIO) -> None:
        """Write a version down whole, then put it into the queue."""
        path = draft.folder / f"{secrets.token_hex(4)}{suffix}"
        try:
            with path.open("xb") as file:
                shutil.copyfileobj(data, file)
                size = file.tell()
        except OSError:
            path.unlink(missing_ok=True)
            raise
        try:
            if not size:
                raise UsageError("the file is empty")
            with self._lock:
                must_rest(draft)
                draft.versions.append(path)
                self._queue(draft)
        except UsageError:
            path.unlink()
            raise
        for old in draft.versions[:-1]:
            if old != draft.read:
                old.unlink(missing_ok=True)

    def _queue(self, draft: Draft) -> None:
        self.line.add(
            draft, lambda run: self._check(draft, run), lambda error: _without_path(error, draft)
        )

    def _check(self, draft: Draft, run: Run) -> None:
        """Check the last version. Called in the line."""
        said, number = draft.said, len(draft.versions)
        result = check_beside(
            draft.path,
            self.shelf.open(run),
            run,
            said,
            name=draft.name,
        )
        with self.line.still():
            if draft.result is not None and number > draft.checked:
                draft.before = tuple(
                    Known(marks(finding), finding.message) for finding in draft.result.findings
                )
            draft.result, draft.checked = result, number

    def _finding(self, draft: Draft, fingerprint: str) -> Finding:
        for finding in draft.result.findings if draft.result else ():
            if fingerprint in (finding.fingerprint, *finding.parts):
                return finding
        raise UsageError("there is no such finding on this draft")

    def _forget(self, draft_id: str) -> None:
        gone = self._drafts.pop(draft_id, None)
        if gone is not None:
            shutil.rmtree(gone.folder, ignore_errors=True)


def marks(finding: Finding) -> frozenset[str]:
    """What a finding is known again by in another version: each of its places, where it tells."""
    return frozenset(finding.parts or (finding.fingerprint,))


def _name(name: str) -> str:
    """What a file is called here: the last part of the name that it came with, shown safely."""
    last = shown(re.split(r"[/\\]", name)[-1])
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix)]}{dot}{suffix}"


def _suffix(name: str) -> str:
    """The kind of file by its name. Raises UsageError for one that is not read."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix not in SUPPORTED:
        kinds = ", ".join(sorted(SUPPORTED))
        raise UsageError(
            f"'{suffix or shown(name)}' is no kind of file that is read here; there are {kinds}"
        )
    return suffix


def _without_path(error: StratlintError, draft: Draft) -> str:
    """The reason without the name that the file has on the desk."""
    return error.message.replace(f"{shown(draft.path)}: ", "").replace(
        shown(draft.path), draft.name
    )
