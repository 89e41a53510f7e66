"""The shelf: the corpus that drafts stand beside, what is known of it, and its audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stratlint.errors import StratlintError, UsageError
from stratlint.records import AuditResult, Record
from stratlint.run.audit import Gathered
from stratlint.run.check import open_against
from stratlint.run.corpus import load_corpus
from stratlint.run.suppressions import FILE_NAME, ignore_file, suppress
from stratlint.web.line import Task

if TYPE_CHECKING:
    from stratlint.run.check import Against
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings


class Volume(Record):
    """A document of the corpus as its page lists it; ``state`` is how far it was read."""

    source: str
    region: str
    title: str
    year: int | None
    kind: str
    role: str
    state: str
    guesses: tuple[str, ...] = ()


@dataclass(eq=False, kw_only=True)
class Audit(Task):
    """The audit of the whole corpus; ``files`` are what it wrote, by their address."""

    result: AuditResult | None = None
    files: dict[str, Path] = field(default_factory=dict)


class Shelf:
    """A corpus (a folder, a manifest, or a digest), opened once and anew where it has changed."""

    def __init__(self, corpus: Path | None, folder: Path, settings: Settings) -> None:
        self.corpus = corpus
        self.audit = Audit()
        self.opening = Task()
        """The first reading, which need not wait for a draft."""
        self._folder = folder
        self._settings = settings
        self._against: Against | None = None
        self._seen: object = None

    @property
    def is_digest(self) -> bool:
        """Whether there are no texts, only a digest of them."""
        return self.corpus is not None and self.corpus.suffix.lower() == ".json"

    @property
    def home(self) -> Path:
        """The folder that an ignore file lies in: the corpus's, else the drafts' own."""
        if self.corpus is None:
            return self._folder
        return self.corpus if self.corpus.is_dir() else self.corpus.parent

    @property
    def ignore_file(self) -> Path:
        """Where findings are set aside."""
        return ignore_file(self._settings, self.home)

    def open(self, run: Run) -> Against:
        """The corpus, read, with rules and figures. Called in the line. Raises StratlintError."""
        seen = self._signature()
        if self._against is None or seen != self._seen:
            self._against, self._seen = open_against(self.corpus, run), seen
        return self._against

    def volumes(self) -> tuple[Volume, ...]:
        """The documents as the manifest or the folder tells of them, and as they were read.

        Raises StratlintError for a corpus that cannot be opened.
        """
        if self.corpus is None or self.is_digest:
            return ()
        opened = self._against if self._seen == self._signature() else None
        gathered = opened.others if opened is not None else None
        if not isinstance(gathered, Gathered):
            return tuple(
                Volume(
                    source=entry.source,
                    region=entry.region or "",
                    title=entry.title or "",
                    year=entry.year,
                    kind=entry.kind.value if entry.kind else "",
                    role=entry.role,
                    state="not read yet",
                    guesses=("region: from the file's name",) if entry.region_guessed else (),
                )
                for entry in load_corpus(self.corpus).entries
            )
        read = {document.source: document for document in gathered.documents}
        faults = {fault.source: fault.reason for fault in gathered.not_read}
        kinds = {a.document.source: a.kind.kind.value for a in gathered.analyses if a.kind}
        made = []
        for entry in gathered.corpus.entries:
            document = read.get(entry.source)
            state = f"not read: {faults.get(entry.source, 'no reason is known')}"
            if document is not None:
                pages = len(document.pages)
                state = f"read, {pages} page{'' if pages == 1 else 's'}"
            made.append(
                Volume(
                    source=entry.source,
                    region=(document.place if document else entry.region) or "",
                    title=(document.title if document else entry.title) or "",
                    year=document.year if document else entry.year,
                    kind=kinds.get(entry.source, ""),
                    role=entry.role,
                    state=state,
                    guesses=tuple(str(guess) for guess in document.guesses) if document else (),
                )
            )
        return tuple(made)

    def audit_all(self, run: Run) -> None:
        """Audit the corpus and write its report. Called in the line. Raises StratlintError."""
        from stratlint.reporting import write_reports
        from stratlint.run.audit import audit

        if self.corpus is None or self.is_digest:
            raise UsageError("there is no corpus to audit: start with --corpus FOLDER")
        loaded = load_corpus(self.corpus, self._settings)
        result = suppress(audit(loaded, run), self._settings, loaded.folder, keep=False)
        target = self._folder / "audit"
        paths = write_reports(result, target, ("brief",), links=False)
        self.audit.files = {path.relative_to(target).as_posix(): path for path in paths}
        self.audit.result = result

    def _signature(self) -> object:
        """What tells that files came, went or changed; the ignore file is not among them."""
        if self.corpus is None:
            return None
        try:
            files = [p for p in self.home.rglob("*") if p.name != FILE_NAME and p.is_file()]
            if self.is_digest:
                files = [self.corpus]
            return tuple(sorted((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files))
        except OSError as error:
            raise StratlintError(f"the corpus cannot be looked at: {error.strerror}") from None
