"""The page's addresses: what each shows and does."""

from __future__ import annotations

import errno
import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from stratlint.errors import StratlintError, UsageError
from stratlint.reporting import render
from stratlint.reporting.draft import draft_page
from stratlint.reporting.html.page import asset
from stratlint.reporting.index import slugify
from stratlint.reporting.notes.annotate import annotate_draft
from stratlint.resources import data_dir
from stratlint.rules.suppressions import BASELINE_REASON
from stratlint.tables.csvfile import to_csv
from stratlint.web.answers import Answers, choices, files_of, said_of, text_of
from stratlint.web.corpus import CorpusPages
from stratlint.web.desk import marks
from stratlint.web.remarks import remarks
from stratlint.web.tables import TABLES, as_json, description, documents_table, drafts_table

if TYPE_CHECKING:
    from starlette.requests import Request

    from stratlint.records import AuditResult
    from stratlint.tables.schema import Table
    from stratlint.web.desk import Desk, Draft

_ASSETS = {"report.css": "text/css", "web.css": "text/css", "web.js": "text/javascript"}
_DOWNLOADS = {
    "findings": ("csv", "findings.csv", "text/csv"),
    "brief": ("brief", "brief.html", "text/html"),
    "tables": ("xlsx", "tables.xlsx", "application/octet-stream"),
    "whole": ("html", "report.html", "text/html"),
}
"""Downloads besides the marked copy and the page of remarks: format, file name and type."""
_PASTED = "pasted.md"


def make_app(desk: Desk, *, most: int) -> Starlette:
    """The application over a desk; ``most`` bounds the bytes of one file."""
    pages = _Pages(desk, most)
    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/favicon.ico", lambda _request: Response(status_code=204)),
            Route("/static/{name}", pages.static),
            Route("/drafts", pages.put, methods=["POST"]),
            Route("/drafts/{id}", pages.draft),
            Route("/drafts/{id}/events", pages.events),
            Route("/drafts/{id}/page/{page:int}", pages.picture),
            Route("/drafts/{id}/again", pages.again, methods=["POST"]),
            Route("/drafts/{id}/correct", pages.correct, methods=["POST"]),
            Route("/drafts/{id}/cancel", pages.cancel, methods=["POST"]),
            Route("/drafts/{id}/remove", pages.remove, methods=["POST"]),
            Route("/drafts/{id}/aside", pages.aside, methods=["POST"]),
            Route("/drafts/{id}/back", pages.back, methods=["POST"]),
            Route("/drafts/{id}/baseline", pages.baseline, methods=["POST"]),
            Route("/drafts/{id}/download/{kind}", pages.download),
            *CorpusPages(desk, most).routes(),
            Route("/api/corpus/documents.{form}", pages.api_documents),
            Route("/api/corpus/{table}.{form}", pages.api_corpus),
            Route("/api/drafts", pages.api_drafts),
            Route("/api/drafts.{form}", pages.api_drafts),
            Route("/api/drafts/{id}/{table}.{form}", pages.api_table),
            Route("/api/openapi.json", pages.openapi),
        ],
        exception_handlers={
            HTTPException: pages.failed,
            StratlintError: pages.failed,
            Exception: pages.failed,
        },
    )


class _Pages(Answers):
    """Handlers of drafts and tables; what takes time runs in threads."""

    def _draft(self, request: Request) -> Draft:
        try:
            return self.desk.draft(request.path_params["id"])
        except KeyError:
            raise HTTPException(
                404,
                "There is no such draft: it was removed, or the page was "
                "started anew. Put it in again.",
            ) from None

    async def home(self, request: Request) -> Response:
        """The form, and the drafts on the desk."""
        return self.page(
            request,
            "home.html.jinja",
            here="drafts",
            drafts=self.desk.line.seen(self.desk.drafts()),
            **choices(),
            reading=request.scope["reading"],
            address=request.scope["address"],
            most=self.most // 1_000_000,
        )

    async def static(self, request: Request) -> Response:
        """The style sheets and the script."""
        name = request.path_params["name"]
        if name not in _ASSETS:
            raise HTTPException(404, "There is no such file.")
        if name == "report.css":
            return PlainTextResponse(asset(name), media_type=_ASSETS[name])
        text = (data_dir("reports") / name).read_text(encoding="utf-8")
        return PlainTextResponse(text, media_type=_ASSETS[name])

    async def put(self, request: Request) -> Response:
        """Take a draft in: a file, or text that was pasted."""
        form = await self.form(request)
        name, data = _uploaded(form)
        draft = await run_in_threadpool(self.desk.put, name, data, said_of(form))
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def again(self, request: Request) -> Response:
        """Take in a new version of a draft."""
        draft = self._draft(request)
        form = await self.form(request)
        name, data = _uploaded(form)
        await run_in_threadpool(self.desk.put_again, draft, name, data)
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def correct(self, request: Request) -> Response:
        """Take a person's word on region and year."""
        draft = self._draft(request)
        said = said_of(await self.form(request))
        await run_in_threadpool(self.desk.correct, draft, said)
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def cancel(self, request: Request) -> Response:
        """Stop a check."""
        draft = self._draft(request)
        await self.form(request)
        await run_in_threadpool(self.desk.line.cancel, draft)
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def remove(self, request: Request) -> Response:
        """Take a draft off the desk."""
        draft = self._draft(request)
        await self.form(request)
        await run_in_threadpool(self.desk.remove, draft)
        return RedirectResponse("/", 303)

    async def aside(self, request: Request) -> Response:
        """Set a finding aside."""
        draft = self._draft(request)
        form = await self.form(request)
        fingerprint, reason = text_of(form, "fingerprint"), text_of(form, "reason", 500)
        await run_in_threadpool(self.desk.set_aside, draft, fingerprint, reason)
        # Back to its place, where what was set aside stands for once: the next remark is below.
        asked = urlencode({"family": text_of(form, "family", 4), "just": fingerprint})
        return RedirectResponse(f"/drafts/{draft.id}?{asked}#just", 303)

    async def back(self, request: Request) -> Response:
        """Take a setting aside back."""
        draft = self._draft(request)
        form = await self.form(request)
        fingerprint = None if "all" in form else text_of(form, "fingerprint")
        await run_in_threadpool(self.desk.take_back, draft, fingerprint)
        asked = urlencode({"family": text_of(form, "family", 4), "back": fingerprint or ""})
        return RedirectResponse(f"/drafts/{draft.id}?{asked}#back", 303)

    async def baseline(self, request: Request) -> Response:
        """Set every finding that is left aside."""
        draft = self._draft(request)
        form = await self.form(request)
        _must_be_checked(draft)
        await run_in_threadpool(self.desk.set_all_aside, draft, text_of(form, "reason", 500))
        return RedirectResponse(f"/drafts/{draft.id}#aside", 303)

    async def draft(self, request: Request) -> Response:
        """A draft beside its findings, or how far it has come."""
        ((draft, place),) = self.desk.line.seen((self._draft(request),))
        if draft.is_busy or draft.result is None:
            words = self.state(draft, place)["words"]
            return self.page(request, "waiting.html.jinja", draft=draft, words=words)
        return await run_in_threadpool(self._results, request, draft)

    def _results(self, request: Request, draft: Draft) -> Response:
        result = self.desk.findings(draft)
        family = request.query_params.get("family", "")[:4]
        return self.page(
            request,
            "draft.html.jinja",
            draft=draft,
            family=family,
            change=_change(draft, result),
            taken=self.desk.taken(),
            **choices(),
            annotated=draft.read.suffix in (".pdf", ".docx"),
            baseline=BASELINE_REASON,
            back=request.query_params.get("back", ""),
            **remarks(result, family, request.query_params.get("just", "")),
        )

    async def events(self, request: Request) -> Response:
        """How far a draft has come, as it goes: server-sent events."""
        return self.told(request, self._draft(request))

    async def picture(self, request: Request) -> Response:
        """A page as a picture."""
        draft = self._draft(request)
        data = await run_in_threadpool(self.desk.picture, draft, request.path_params["page"])
        return Response(data, media_type="image/webp")

    async def download(self, request: Request) -> Response:
        """The marked copy, the draft's page, the tables."""
        draft, kind = self._draft(request), request.path_params["kind"]
        _must_be_checked(draft)
        result = await run_in_threadpool(self.desk.findings, draft)
        if kind == "annotated":
            target = draft.folder / f"annotated{draft.read.suffix}"
            await run_in_threadpool(lambda: annotate_draft(result, draft.read, target, force=True))
            return FileResponse(target, filename=f"{_stem(draft)}-remarks{draft.read.suffix}")
        if kind == "report":
            page = await run_in_threadpool(draft_page, result)
            return _attached(page, f"{_stem(draft)}-remarks.html", "text/html")
        if kind not in _DOWNLOADS:
            raise HTTPException(404, "There is no such download.")
        name, filename, media = _DOWNLOADS[kind]
        made = await run_in_threadpool(render, result, name)
        return _attached(made, f"{_stem(draft)}-{filename}", media)

    async def api_drafts(self, request: Request) -> Response:
        """The drafts and their states."""
        return await run_in_threadpool(self._drafts, request)

    def _drafts(self, request: Request) -> Response:
        rows = [
            (draft, self.state(draft, place), self.desk.findings(draft) if draft.result else None)
            for draft, place in self.desk.line.seen(self.desk.drafts())
        ]
        return _answered(request, drafts_table(rows))

    async def api_table(self, request: Request) -> Response:
        """A table of a draft as CSV or JSON."""
        draft = self._draft(request)
        _must_be_checked(draft)
        result = await run_in_threadpool(self.desk.findings, draft)
        return await run_in_threadpool(_table, request, result)

    async def api_documents(self, request: Request) -> Response:
        """The documents of the corpus as CSV or JSON."""
        volumes = await run_in_threadpool(self.desk.shelf.volumes)
        return _answered(request, documents_table(volumes))

    async def api_corpus(self, request: Request) -> Response:
        """A table of the corpus as CSV or JSON."""
        result = self.desk.shelf.audit.result
        if result is None:
            raise HTTPException(409, "The corpus has not been audited yet: open its overview.")
        return await run_in_threadpool(_table, request, result)

    async def openapi(self, request: Request) -> Response:
        """A description of the tables' addresses for programs."""
        return JSONResponse(description(request.scope["address"]))

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault as a page that says what to do."""
        if isinstance(error, HTTPException):
            status, said = error.status_code, str(error.detail)
        elif isinstance(error, StratlintError):
            status, said = 400, error.message
        elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            status, said = 507, "The disk is full. Nothing was changed: make room, and try again."
        elif isinstance(error, OSError) and error.strerror:
            status, said = 500, f"A file could not be written or read: {error.strerror}. "
            said += "Nothing was changed: look at the folder of the corpus and at its rights."
        else:
            status, said = 500, f"stratlint failed ({type(error).__name__}). Please report it."
        back = request.url.path.startswith("/corpus")
        return self.page(request, "fault.html.jinja", status, said=said, to_corpus=back)


def _stem(draft: Draft) -> str:
    """What downloads of a draft are named by: plain letters of the name that it came with."""
    return slugify(PurePosixPath(draft.name).stem) or "draft"


def _attached(data: str | bytes, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


class Change(NamedTuple):
    """What a new version changed: fingerprints that are new, what is gone, how many stay."""

    fresh: frozenset[str]
    gone: tuple[str, ...]
    stayed: int


def _change(draft: Draft, result: AuditResult) -> Change | None:
    """The findings that stand beside those of the version before; None for a first version.

    A finding that has lost some of its places stays; one that has a place more is new.
    """
    if draft.before is None:
        return None
    before = frozenset(mark for finding in draft.before for mark in finding.marks)
    now = frozenset(mark for finding in result.findings for mark in marks(finding))
    live = [f for f in result.findings if f.suppressed is None]
    fresh = frozenset(f.fingerprint for f in live if not marks(f) <= before)
    return Change(
        fresh=fresh,
        gone=tuple(known.message for known in draft.before if known.marks.isdisjoint(now)),
        stayed=len(live) - len(fresh),
    )


def _must_be_checked(draft: Draft) -> None:
    if draft.result is None:
        raise HTTPException(409, "The draft has not been checked yet.")


def _table(request: Request, result: AuditResult) -> Response:
    """The table that an address names."""
    name = request.path_params["table"]
    if name not in TABLES:
        raise HTTPException(404, f"There are {', '.join(TABLES)}, each as .csv and .json.")
    return _answered(request, TABLES[name](result))


def _answered(request: Request, table: Table) -> Response:
    """A table in the form that an address names."""
    form = request.path_params.get("form", "json")
    if form == "csv":
        return PlainTextResponse(to_csv(table), media_type="text/csv")
    if form != "json":
        raise HTTPException(404, "Each table is there as .csv and .json.")
    return JSONResponse(as_json(table))


def _uploaded(form: Any) -> tuple[str, BinaryIO]:
    """Name and content of what was put in. Raises UsageError where nothing was."""
    files = files_of(form)
    if len(files) > 1:
        raise UsageError("put one draft in at a time: each has a page of its own")
    if files:
        return str(files[0].filename), files[0].file
    pasted = form.get("text")
    if isinstance(pasted, str) and pasted.strip():
        return _PASTED, io.BytesIO(pasted.encode("utf-8", "replace"))
    raise UsageError("nothing was put in: choose a file, or paste the text")
