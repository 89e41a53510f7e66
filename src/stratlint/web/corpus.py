"""The corpus's pages: its overview, its documents and its rules, each changed in place."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from stratlint.errors import StratlintError, UsageError, shown
from stratlint.reporting.html.page import policy
from stratlint.run.corpus import Said, load_corpus
from stratlint.run.judge import rules_in_force
from stratlint.run.manifest import said_of, stand
from stratlint.web import answers
from stratlint.web.answers import Answers, choices, files_of, text_of
from stratlint.web.shelf import Volume

if TYPE_CHECKING:
    from starlette.requests import Request

    from stratlint.web.catalogue import Catalogue

PACKS = {
    "core": "what a strategy rests on: fit to the place, borrowed models, copied text, figures",
    "editorial": "wording, owners, budgets, sources",
    "all": "both",
}
_SKIP = re.compile(rb'<a class="?skip"?[^>]*>[^<]*</a>')
_BACK = (
    b'<nav class="back" aria-label="Page for drafts"><div class="wide">'
    b'<a href="/corpus">Back to the corpus</a> <a href="/">Drafts</a></div></nav>'
)


class Row(NamedTuple):
    """A document as its page lists it: what is known, what the manifest says, and its state."""

    volume: Volume
    file: str
    said: Said | None
    seen: str
    """The entry that a person looks at, so that they do not overwrite another's word."""


class Choice(NamedTuple):
    """A pack of rules: how many run, and how many with those not yet proven."""

    pack: str
    meaning: str
    rules: int
    with_preview: int


class CorpusPages(Answers):
    """Handlers of the corpus; what takes time runs in threads."""

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/corpus", self.overview),
            Route("/corpus/audit", self.audit, methods=["POST"]),
            Route("/corpus/cancel", self.cancel, methods=["POST"]),
            Route("/corpus/events", self.audit_events),
            Route("/corpus/files/{name:path}", self.audit_file),
            Route("/corpus/documents", self.documents),
            Route("/corpus/documents/events", self.reading_events),
            Route("/corpus/documents/cancel", self.cancel_reading, methods=["POST"]),
            Route("/corpus/documents/correct", self.correct, methods=["POST"]),
            Route("/corpus/documents/add", self.add, methods=["POST"]),
            Route("/corpus/documents/list", self.take_in, methods=["POST"]),
            Route("/corpus/documents/remove", self.remove, methods=["POST"]),
            Route("/corpus/documents/begin", self.begin, methods=["POST"]),
            Route("/corpus/rules", self.rules),
            Route("/corpus/rules", self.choose, methods=["POST"]),
            Route("/corpus/undo", self.undo, methods=["POST"]),
        ]

    async def overview(self, request: Request) -> Response:
        """The first screen of the corpus's report, made anew where the corpus has changed."""
        return await run_in_threadpool(self._overview, request)

    def _overview(self, request: Request) -> Response:
        shelf = self.desk.shelf
        self.desk.look_after(shelf.audit, shelf.audit_all)
        ((audit, place),) = self.desk.line.seen((shelf.audit,))
        return self.page(
            request,
            "overview.html.jinja",
            here="corpus",
            at="overview",
            shelf=shelf,
            audit=audit,
            is_old=audit.result is not None and audit.seen != shelf.now(),
            words=self.state(audit, place)["words"],
            **({} if audit.result is None else audit.view),
        )

    async def audit(self, request: Request) -> Response:
        """Audit the corpus."""
        await self.form(request)
        shelf = self.desk.shelf
        if shelf.catalogue is not None:
            shelf.audit.tried = await run_in_threadpool(shelf.now)
        self.desk.line.add(shelf.audit, shelf.audit_all)
        return RedirectResponse("/corpus", 303)

    async def cancel(self, request: Request) -> Response:
        """Stop the audit."""
        await self.form(request)
        await run_in_threadpool(self.desk.line.cancel, self.desk.shelf.audit)
        return RedirectResponse("/corpus", 303)

    async def audit_events(self, request: Request) -> Response:
        """How far the audit has come."""
        return self.told(request, self.desk.shelf.audit)

    async def audit_file(self, request: Request) -> Response:
        """A page of the report, under its own policy, or a table beside it."""
        name = request.path_params["name"]
        path = self.desk.shelf.audit.files.get(name)
        if path is None:
            raise HTTPException(404, "There is no such page of the report. Audit the corpus first.")
        if path.suffix != ".html":
            return FileResponse(path, filename=path.name)
        data = await run_in_threadpool(path.read_bytes)
        data = _SKIP.sub(lambda skip: skip.group() + _BACK, data, count=1)
        # What the page says of itself, and what only a header can say.
        own = f"{policy()}; frame-ancestors 'none'"
        return Response(data, media_type="text/html", headers={"content-security-policy": own})

    async def documents(self, request: Request) -> Response:
        """The documents with what is known of each, to be corrected in their place."""
        return await run_in_threadpool(self._documents, request)

    def _documents(self, request: Request) -> Response:
        shelf, catalogue = self.desk.shelf, self.desk.shelf.catalogue
        if catalogue is None:
            raise UsageError("there is no corpus to correct: start with --corpus FOLDER")
        rows, fault = self._rows(catalogue)
        if rows and not fault:
            self.desk.look_after(shelf.opening, shelf.open)
        seen = self.desk.line.seen((shelf.beginning, shelf.opening))
        busy, place = next(((task, n) for task, n in seen if task.is_busy), (None, 0))
        return self.page(
            request,
            "documents.html.jinja",
            here="corpus",
            at="documents",
            shelf=shelf,
            catalogue=catalogue,
            rows=rows,
            fault=fault,
            edited=request.query_params.get("edit", ""),
            unlisted=catalogue.unlisted(self.desk.settings),
            busy=busy,
            failed=[task.fault for task, _ in seen if task.fault],
            words=self.state(busy, place)["words"] if busy else "",
            most=self.most // 1_000_000,
            **choices(),
        )

    def _rows(self, catalogue: Catalogue) -> tuple[list[Row], str]:
        """The documents in the order of the manifest, or of the folder where there is none.

        An empty folder, which is to be filled, has none, and a reason.
        """
        if not catalogue.is_written:
            try:
                volumes = self.desk.shelf.volumes()
            except UsageError as error:
                return [], error.message
            return [Row(v, v.source, None, "") for v in volumes], ""
        listed, fault, state = catalogue.manifest().documents, "", _EXCLUDED
        known: dict[str, Volume] = {}
        try:
            known = {volume.source: volume for volume in self.desk.shelf.volumes()}
        except StratlintError as error:  # an area that there is not, to be corrected here
            fault, state = error.message, "not read yet"
        return [
            Row(
                known.get(shown(document.file)) or _unread(document.file, said_of(document), state),
                document.file,
                said_of(document),
                stand(document),
            )
            for document in listed
        ], fault

    async def reading_events(self, request: Request) -> Response:
        """How far the reading has come."""
        shelf = self.desk.shelf
        return self.told(request, shelf.beginning if shelf.beginning.is_busy else shelf.opening)

    async def cancel_reading(self, request: Request) -> Response:
        """Stop the reading."""
        await self.form(request)
        for task in (self.desk.shelf.beginning, self.desk.shelf.opening):
            await run_in_threadpool(self.desk.line.cancel, task)
        return RedirectResponse("/corpus/documents", 303)

    async def correct(self, request: Request) -> Response:
        """Write what a person says of a document into the manifest."""
        form = await self.form(request)
        file, seen = text_of(form, "document", 1_000), text_of(form, "seen")
        said = answers.said_of(form)
        await run_in_threadpool(self._catalogue().correct, file, seen, said)
        return RedirectResponse("/corpus/documents#changes", 303)

    async def remove(self, request: Request) -> Response:
        """Take a document out of the manifest; its file stays."""
        form = await self.form(request)
        file, seen = text_of(form, "document", 1_000), text_of(form, "seen")
        await run_in_threadpool(self._catalogue().take_out, file, seen)
        return RedirectResponse("/corpus/documents#changes", 303)

    async def take_in(self, request: Request) -> Response:
        """List a file of the folder."""
        form = await self.form(request)
        await run_in_threadpool(self._catalogue().take_in, text_of(form, "document", 1_000))
        return RedirectResponse("/corpus/documents#changes", 303)

    async def add(self, request: Request) -> Response:
        """Put new files into the folder, and list them."""
        form = await self.form(request)
        files, said = files_of(form), answers.said_of(form)
        if not files:
            raise UsageError("nothing was put in: choose a file")
        if len(files) > 1 and said != Said(role=said.role):
            raise UsageError(
                "what you say is of one document: put several in without it, and correct each"
            )
        catalogue = self._catalogue()
        for done, file in enumerate(files):
            try:
                await run_in_threadpool(catalogue.put, str(file.filename), file.file, said)
            except UsageError as error:
                before = f" ({done} of {len(files)} were added before it)" if done else ""
                raise UsageError(f"{shown(str(file.filename))}: {error.message}{before}") from None
            done += 1
        return RedirectResponse("/corpus/documents#changes", 303)

    async def begin(self, request: Request) -> Response:
        """Write a manifest for a folder that has none."""
        await self.form(request)
        if self._catalogue().is_written:
            raise UsageError("there is a manifest already")
        shelf = self.desk.shelf
        self.desk.line.add(shelf.beginning, shelf.begin_manifest)
        return RedirectResponse("/corpus/documents", 303)

    async def rules(self, request: Request) -> Response:
        """Which rules run, to be chosen."""
        return await run_in_threadpool(self._rules, request)

    def _rules(self, request: Request) -> Response:
        shelf = self.desk.shelf
        if shelf.corpus is None or shelf.catalogue is None:
            raise UsageError("there is no corpus to choose rules for: start with --corpus FOLDER")
        changed = {}
        with contextlib.suppress(StratlintError):  # said on the page of the documents
            changed = load_corpus(shelf.corpus, shelf.settings).rules

        def count(pack: str, *, preview: bool) -> int:
            chosen = shelf.settings.model_copy(update={"pack": pack, "preview": preview})
            return len(rules_in_force(chosen, changed))

        return self.page(
            request,
            "rules.html.jinja",
            here="corpus",
            at="rules",
            shelf=shelf,
            catalogue=shelf.catalogue,
            packs=[
                Choice(p, words, count(p, preview=False), count(p, preview=True))
                for p, words in PACKS.items()
            ],
            chosen=shelf.settings.pack,
            preview=shelf.settings.preview,
            origin=shelf.rules_origin(),
            changed=sorted({*changed, *shelf.settings.rules}),
        )

    async def choose(self, request: Request) -> Response:
        """Write which rules run into the settings."""
        form = await self.form(request)
        pack = text_of(form, "pack")
        if pack not in PACKS:
            raise UsageError(f"'{shown(pack)}' is no pack of rules; there are {', '.join(PACKS)}")
        self._catalogue()
        preview = text_of(form, "preview") == "yes"
        await run_in_threadpool(lambda: self.desk.shelf.choose_rules(pack, preview=preview))
        return RedirectResponse("/corpus/rules#changes", 303)

    async def undo(self, request: Request) -> Response:
        """Take the last change back."""
        form = await self.form(request)
        self._catalogue()
        await run_in_threadpool(self.desk.shelf.undo, text_of(form, "change"))
        back = "/corpus/rules" if text_of(form, "back") == "rules" else "/corpus/documents"
        return RedirectResponse(back, 303)

    def _catalogue(self) -> Catalogue:
        """What is changed. Raises UsageError where nothing can be."""
        catalogue = self.desk.shelf.catalogue
        if catalogue is None:
            raise UsageError("there is no corpus to change: start with --corpus FOLDER")
        return catalogue


_EXCLUDED = "left out by the setting 'exclude'"


def _unread(file: str, said: Said, state: str) -> Volume:
    """A document of which only the manifest is known."""
    return Volume(
        source=shown(file),
        region=said.region,
        title=said.title,
        year=said.year,
        kind=said.kind.value if said.kind else "",
        role=said.role,
        state=state,
    )
