"""The desk: drafts that were put in, each checked in its turn, with its versions and its state.

A draft's file stands under a name of ours in a folder of ours; the name that it came with is only
shown. Checking runs in a thread that drives a :class:`~stratlint.run.run.Run`, whose workers read
under limits. Whatever a browser does meanwhile, the state stays here.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from stratlint.documents import SUPPORTED
from stratlint.errors import StratlintError, UsageError, shown
from stratlint.records import AuditResult, Finding, Kind
from stratlint.rules.suppressions import Suppression, load_suppressions, save_suppressions
from stratlint.run.run import PRELOAD, Progress, Run, Stopped
from stratlint.run.suppressions import add_suppression, ignore_file, suppress
from stratlint.workers.pool import LostWorker, WorkerPool

if TYPE_CHECKING:
    from stratlint.rules.suppressions import Suppressions
    from stratlint.run.check import Against
    from stratlint.run.settings import Settings

MOST_DRAFTS = 50
"""Drafts on the desk at once; more are refused until one is removed."""
MOST_VERSIONS = 30
"""Versions of one draft; the file of the last two stays."""
_LONGEST_NAME = 120


class Stage(StrEnum):
    """How far a draft has come."""

    QUEUED = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "not read"
    CANCELLED = "cancelled"


@dataclass
class Said:
    """What a person says of a draft; empty where they leave it to the program."""

    region: str = ""
    area: tuple[str, ...] = ()
    year: int | None = None
    kind: Kind | None = None


@dataclass
class Draft:
    """One draft with its versions; ``result`` is of the last version that was checked."""

    id: str
    name: str
    folder: Path
    said: Said = field(default_factory=Said)
    versions: list[Path] = field(default_factory=list)
    stage: Stage = Stage.QUEUED
    progress: Progress | None = None
    fault: str = ""
    result: AuditResult | None = None
    checked: int = 0
    """How many versions there were when ``result`` was made."""
    before: frozenset[str] | None = None
    """Fingerprints that the version before had, where there was one."""
    run: Run | None = None

    @property
    def path(self) -> Path:
        """The file of the last version."""
        return self.versions[-1]


class Desk:
    """Drafts, and the queue in which they are checked one after another."""

    def __init__(self, folder: Path, settings: Settings, corpus: Path | None) -> None:
        self.folder = folder
        self.settings = settings
        self.corpus = corpus
        self._drafts: OrderedDict[str, Draft] = OrderedDict()
        self._lock = threading.RLock()
        self._line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._waiting: list[str] = []
        self._against: Against | None = None
        self._pictures: WorkerPool | None = None

    @property
    def ignore_file(self) -> Path:
        """Where findings are set aside: beside the corpus, else beside the drafts."""
        return ignore_file(self.settings, self._home)

    @property
    def _home(self) -> Path:
        if self.corpus is None:
            return self.folder
        return self.corpus if self.corpus.is_dir() else self.corpus.parent

    def drafts(self) -> list[Draft]:
        """The drafts on the desk, the newest first."""
        with self._lock:
            return list(reversed(self._drafts.values()))

    def draft(self, draft_id: str) -> Draft:
        """A draft by its id. Raises KeyError."""
        with self._lock:
            return self._drafts[draft_id]

    def place(self, draft: Draft) -> int:
        """How many drafts are checked before this one."""
        with self._lock:
            return self._waiting.index(draft.id) if draft.id in self._waiting else 0

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
        self._must_rest(draft)
        if len(draft.versions) >= MOST_VERSIONS:
            raise UsageError(f"this draft has {MOST_VERSIONS} versions: put it in as a new one")
        self._take(draft, suffix, data)
        draft.name = _name(name)

    def correct(self, draft: Draft, said: Said) -> None:
        """Check a draft once more with what a person says of it. Raises UsageError."""
        self._must_rest(draft)
        draft.said = said
        self._queue(draft)

    def cancel(self, draft: Draft) -> None:
        """Stop a draft's check, or take it out of the queue."""
        with self._lock:
            if draft.stage is Stage.QUEUED:
                draft.stage = Stage.CANCELLED
                self._waiting = [other for other in self._waiting if other != draft.id]
            elif draft.run is not None:
                # Whatever the check says after this, it says because it was stopped.
                draft.stage = Stage.CANCELLED
                draft.run.stop()

    def remove(self, draft: Draft) -> None:
        """Take a draft off the desk, with its files."""
        self.cancel(draft)
        with self._lock:
            self._forget(draft.id)

    def findings(self, draft: Draft) -> AuditResult:
        """The draft's result with what is set aside by now. Raises StratlintError."""
        assert draft.result is not None
        with self._lock:
            return suppress(draft.result, self.settings, self._home, keep=False)

    def set_aside(self, draft: Draft, fingerprint: str, reason: str) -> None:
        """Set a finding aside with a reason. Raises UsageError."""
        finding = self._finding(draft, fingerprint)
        if len(reason.strip()) < 3:
            raise UsageError("give a reason in words: it is what the next reader will ask for")
        entry = Suppression(rule=finding.rule, fingerprint=fingerprint, reason=reason.strip()[:500])
        with self._lock:
            add_suppression(self.ignore_file, entry)

    def take_back(self, draft: Draft, fingerprint: str) -> None:
        """Undo a setting aside. Raises UsageError for a finding that there is not."""
        self._finding(draft, fingerprint)
        with self._lock:
            known: Suppressions = load_suppressions(self.ignore_file)
            kept = tuple(entry for entry in known.ignore if entry.fingerprint != fingerprint)
            save_suppressions(self.ignore_file, known.model_copy(update={"ignore": kept}))

    def picture(self, draft: Draft, page: int) -> bytes:
        """A page of a draft as a picture, drawn by a limited worker. Raises StratlintError."""
        from stratlint.reporting.html.pageimages import page_picture

        with self._lock:
            if self._pictures is None:
                limits = self.settings.limits
                self._pictures = WorkerPool(
                    1, seconds=limits.seconds, memory_mb=limits.memory_mb, preload=PRELOAD
                )
            drawn = self._pictures.submit(page_picture, str(draft.path), page)
        try:
            data = drawn.result()
        except LostWorker as error:
            raise UsageError(f"page {page + 1} cannot be drawn ({error})") from None
        if data is None:
            raise UsageError(f"page {page + 1} cannot be drawn")
        return data

    def close(self, *, keep: bool) -> None:
        """Stop what runs, and remove the files unless they are to be kept."""
        for draft in self.drafts():
            self.cancel(draft)
        self._line.shutdown(wait=True, cancel_futures=True)
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
        if not size:
            path.unlink()
            raise UsageError("the file is empty")
        for old in draft.versions[:-1]:
            old.unlink(missing_ok=True)
        draft.versions.append(path)
        self._queue(draft)

    def _must_rest(self, draft: Draft) -> None:
        if draft.stage in (Stage.QUEUED, Stage.WORKING):
            raise UsageError("this draft is being checked: wait for it, or cancel the check first")

    def _queue(self, draft: Draft) -> None:
        with self._lock:
            draft.stage, draft.fault, draft.progress = Stage.QUEUED, "", None
            self._waiting.append(draft.id)
        self._line.submit(self._work, draft)

    def _work(self, draft: Draft) -> None:
        def tell(progress: Progress) -> None:
            draft.progress = progress

        with self._lock:
            if draft.id not in self._waiting or draft.stage is not Stage.QUEUED:
                return
            draft.run, draft.stage = Run(self.settings, tell=tell), Stage.WORKING
        try:
            with draft.run as run:
                result = self._checked(draft, run)
            if draft.result is not None and len(draft.versions) > draft.checked:
                draft.before = fingerprints(draft.result)
            draft.result, draft.checked = result, len(draft.versions)
            self._end(draft, Stage.DONE)
        except Stopped:
            self._end(draft, Stage.CANCELLED)
        except StratlintError as error:
            self._end(draft, Stage.FAILED, _without_path(error, draft))
        except Exception as error:  # a fault of ours must not stop the queue
            seen = type(error).__name__
            self._end(
                draft, Stage.FAILED, f"stratlint failed on this file ({seen}); please report it"
            )
        finally:
            with self._lock, contextlib.suppress(ValueError):
                draft.run = None
                # One of its places: it may have been cancelled and queued anew meanwhile.
                self._waiting.remove(draft.id)

    def _end(self, draft: Draft, stage: Stage, fault: str = "") -> None:
        with self._lock:
            if draft.stage is Stage.WORKING:
                draft.stage, draft.fault = stage, fault

    def _checked(self, draft: Draft, run: Run) -> AuditResult:
        from stratlint.run.check import check_beside, open_against

        if self._against is None:
            self._against = open_against(self.corpus, run)
        said = draft.said
        return check_beside(
            draft.path,
            self._against,
            run,
            region=said.region or None,
            area=said.area,
            year=said.year,
            kind=said.kind,
            name=draft.name,
        )

    def _finding(self, draft: Draft, fingerprint: str) -> Finding:
        for finding in draft.result.findings if draft.result else ():
            if fingerprint in (finding.fingerprint, *finding.parts):
                return finding
        raise UsageError("there is no such finding on this draft")

    def _forget(self, draft_id: str) -> None:
        gone = self._drafts.pop(draft_id, None)
        if gone is not None:
            shutil.rmtree(gone.folder, ignore_errors=True)


def fingerprints(result: AuditResult) -> frozenset[str]:
    """The identities of a result's findings."""
    return frozenset(finding.fingerprint for finding in result.findings)


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
