"""The shelf: the corpus that drafts stand beside, what is known of it, and its audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from stratlint.errors import UsageError, shown
from stratlint.records import AuditResult, Record
from stratlint.reporting.html.report import first_screen
from stratlint.resources import real
from stratlint.run.audit import Gathered
from stratlint.run.check import open_against, state_of
from stratlint.run.corpus import load_corpus
from stratlint.run.settings import FILE_NAME as SETTINGS
from stratlint.run.suppressions import ignore_file, suppress
from stratlint.web.catalogue import Catalogue
from stratlint.web.line import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from stratlint.run.check import Against
    from stratlint.run.run import Run
    from stratlint.run.settings import Settings, SettingsInForce


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
class Watched(Task):
    """What is done anew where the corpus has changed; ``tried`` is the corpus of the last try."""

    tried: object = None


@dataclass(eq=False, kw_only=True)
class Audit(Watched):
    """The audit of the whole corpus; ``files`` are what it wrote, by their address.

    ``view`` is the first screen of its report.
    """

    result: AuditResult | None = None
    files: dict[str, Path] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    seen: object = None
    """The corpus that ``result`` is of."""


class RulesOrigin(NamedTuple):
    """The settings file that says which rules run; ``locked`` is why it cannot be written."""

    path: Path
    locked: str


FILES = "/corpus/files/report/"
"""Where the pages of the report are asked for."""


class Shelf:
    """A corpus (a folder, a manifest, or a digest), opened once and anew where it has changed."""

    def __init__(
        self,
        corpus: Path | None,
        folder: Path,
        settings: Settings,
        reload: Callable[[], SettingsInForce] | None = None,
    ) -> None:
        self.corpus = corpus
        self.settings = settings
        self.audit = Audit()
        self.opening = Watched()
        """The reading, which need not wait for a draft."""
        self.beginning = Task()
        """The writing of a manifest for a folder without one."""
        is_folder = corpus is not None and not self.is_digest
        self.catalogue = Catalogue(corpus) if corpus is not None and is_folder else None
        self._folder = folder
        self._reload = reload
        self._against: Against | None = None
        self._seen: object = None

    @property
    def is_digest(self) -> bool:
        """Whether there are no texts, only a digest of them."""
        return self.corpus is not None and self.corpus.suffix.lower() == ".json"

    @property
    def name(self) -> str:
        """What the corpus is called: its folder; nothing where there is none."""
        return shown(real(self.home).name) if self.corpus is not None else ""

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is done with the corpus in the line."""
        return (self.audit, self.opening, self.beginning)

    @property
    def home(self) -> Path:
        """The folder that an ignore file lies in: the corpus's, else the drafts' own."""
        if self.corpus is None:
            return self._folder
        return self.corpus if self.corpus.is_dir() else self.corpus.parent

    @property
    def ignore_file(self) -> Path:
        """Where findings are set aside."""
        return ignore_file(self.settings, self.home)

    def open(self, run: Run) -> Against:
        """The corpus, read, with rules and figures. Called in the line. Raises StratlintError."""
        seen = self.now()
        if self._against is None or seen != self._seen:
            self._against, self._seen = open_against(self.corpus, run), seen
        return self._against

    def now(self) -> object:
        """What tells whether corpus, rules and figures are those that were seen, and settings."""
        return state_of(self.corpus, self.settings), self.settings

    def volumes(self) -> tuple[Volume, ...]:
        """The documents as the manifest or the folder tells of them, and as they were read.

        Raises StratlintError for a corpus that cannot be opened.
        """
        if self.corpus is None or self.is_digest:
            return ()
        opened = self._against if self._seen == self.now() else None
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
                for entry in load_corpus(self.corpus, self.settings).entries
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
        seen = self.now()
        loaded = load_corpus(self.corpus, self.settings)
        result = suppress(audit(loaded, run), self.settings, loaded.folder, keep=False)
        target = self._folder / "audit"
        paths = write_reports(result, target, ("brief",), links=False)
        self.audit.files = {path.relative_to(target).as_posix(): path for path in paths}
        self.audit.view = first_screen(result, FILES)
        self.audit.result, self.audit.seen = result, seen

    def begin_manifest(self, run: Run) -> None:
        """Write a manifest of what is guessed. Called in the line. Raises StratlintError."""
        from stratlint.run.begin import begin

        begin(self.home, run)
        self.open(run)

    def rules_origin(self) -> RulesOrigin:
        """Where it is said which rules run, and why it cannot be said here, where it cannot."""
        if self._reload is None:
            return RulesOrigin(path=self.home / SETTINGS, locked="")
        given = self._reload()
        path = Path(given.file) if given.file else self.home / SETTINGS
        locked = ""
        for name in ("pack", "preview"):
            origin = given.origins.get(name, "")
            if origin == "command line" or origin.startswith("environment"):
                locked = f"'{name}' was given when the page was started ({origin})"
        if path.name == "pyproject.toml":
            locked = f"it is said in [tool.stratlint] of {shown(path)}, and is changed there"
        return RulesOrigin(path=path, locked=locked)

    def choose_rules(self, pack: str, *, preview: bool) -> None:
        """Write which rules run, and heed it from now on. Raises StratlintError."""
        assert self.catalogue is not None
        origin = self.rules_origin()
        if origin.locked:
            raise UsageError(f"which rules run cannot be chosen here: {origin.locked}")
        self.catalogue.choose_rules(origin.path, pack, preview=preview)
        self._heed(pack, preview=preview)

    def undo(self, change: str) -> None:
        """Take the last change of the corpus back. Raises StratlintError."""
        assert self.catalogue is not None
        self.catalogue.undo(change)
        if self._reload is not None:
            self.settings = self._reload().settings

    def _heed(self, pack: str, *, preview: bool) -> None:
        if self._reload is not None:
            self.settings = self._reload().settings
        else:
            self.settings = self.settings.model_copy(update={"pack": pack, "preview": preview})
