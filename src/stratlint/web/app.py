"""The page's addresses: what each shows and does."""

from __future__ import annotations

import asyncio
import errno
import hmac
import io
import json
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from stratlint._version import __version__
from stratlint.errors import StratlintError, UsageError, shown
from stratlint.knowledge.areas import resolve_areas
from stratlint.knowledge.places import load_places
from stratlint.records import AuditResult, Kind, RunInfo
from stratlint.reporting import render
from stratlint.reporting.html.page import asset, environment
from stratlint.reporting.html.region import region
from stratlint.reporting.index import Index
from stratlint.reporting.notes.annotate import annotate_draft
from stratlint.resources import data_dir
from stratlint.tables import rows
from stratlint.tables.csvfile import to_csv
from stratlint.web.desk import Said, Stage, fingerprints
from stratlint.web.sheets import sheets

if TYPE_CHECKING:
    from starlette.requests import Request

    from stratlint.tables.schema import Table
    from stratlint.web.desk import Desk, Draft

_ASSETS = {"report.css": "text/css", "web.css": "text/css", "web.js": "text/javascript"}
_TABLES = {
    "findings": rows.findings_table,
    "priorities": rows.priorities_table,
    "matrix": rows.matrix_table,
    "mentions": rows.mentions_table,
    "passages": rows.passages_table,
    "quotients": rows.quotients_table,
}
_PASTED = "pasted.md"
_LONGEST_FIELD = 120
_LONGEST_TEXT = 5_000_000
"""Bytes of a pasted text: fields are held in memory, files are not."""


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
            Route("/drafts/{id}/download/{kind}", pages.download),
            Route("/api/drafts", pages.api_drafts),
            Route("/api/drafts/{id}/{table}.{form}", pages.api_table),
            Route("/api/openapi.json", pages.openapi),
        ],
        exception_handlers={
            HTTPException: pages.failed,
            StratlintError: pages.failed,
            Exception: pages.failed,
        },
    )


class _Pages:
    """Handlers; what takes time runs in threads."""

    def __init__(self, desk: Desk, most: int) -> None:
        self._desk = desk
        self._most = most

    def _page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        made = environment().get_template(f"web/{template}")
        html = made.render(
            version=__version__,
            csrf=request.scope.get("csrf", ""),
            corpus=self._desk.corpus.name if self._desk.corpus else "",
            Stage=Stage,
            **values,
        )
        return HTMLResponse(html, status)

    def _draft(self, request: Request) -> Draft:
        try:
            return self._desk.draft(request.path_params["id"])
        except KeyError:
            raise HTTPException(
                404,
                "There is no such draft: it was removed, or the page was "
                "started anew. Put it in again.",
            ) from None

    async def home(self, request: Request) -> Response:
        """The form, and the drafts on the desk."""
        return self._page(
            request,
            "home.html.jinja",
            drafts=[(d, self._desk.place(d)) for d in self._desk.drafts()],
            regions=sorted(load_places().region_names()),
            most=self._most // 1_000_000,
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
        form = await self._form(request)
        name, data = _uploaded(form)
        draft = await run_in_threadpool(self._desk.put, name, data, _said(form))
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def again(self, request: Request) -> Response:
        """Take in a new version of a draft."""
        draft = self._draft(request)
        form = await self._form(request)
        name, data = _uploaded(form)
        await run_in_threadpool(self._desk.put_again, draft, name, data)
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def correct(self, request: Request) -> Response:
        """Take a person's word on region and year."""
        draft = self._draft(request)
        said = _said(await self._form(request))
        await run_in_threadpool(self._desk.correct, draft, said)
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def cancel(self, request: Request) -> Response:
        """Stop a check."""
        draft = self._draft(request)
        await self._form(request)
        await run_in_threadpool(self._desk.cancel, draft)
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def remove(self, request: Request) -> Response:
        """Take a draft off the desk."""
        draft = self._draft(request)
        await self._form(request)
        await run_in_threadpool(self._desk.remove, draft)
        return RedirectResponse("/", 303)

    async def aside(self, request: Request) -> Response:
        """Set a finding aside."""
        draft = self._draft(request)
        form = await self._form(request)
        fingerprint, reason = _text(form, "fingerprint"), _text(form, "reason", 500)
        await run_in_threadpool(self._desk.set_aside, draft, fingerprint, reason)
        return RedirectResponse(f"/drafts/{draft.id}#aside", 303)

    async def back(self, request: Request) -> Response:
        """Take a setting aside back."""
        draft = self._draft(request)
        form = await self._form(request)
        await run_in_threadpool(self._desk.take_back, draft, _text(form, "fingerprint"))
        return RedirectResponse(f"/drafts/{draft.id}", 303)

    async def draft(self, request: Request) -> Response:
        """A draft beside its findings, or how far it has come."""
        draft = self._draft(request)
        if draft.stage is not Stage.DONE or draft.result is None:
            return self._page(
                request, "waiting.html.jinja", draft=draft, place=self._desk.place(draft)
            )
        family = request.query_params.get("family", "")[:4]
        return await run_in_threadpool(self._results, request, draft, family)

    def _results(self, request: Request, draft: Draft, family: str) -> Response:
        result = self._desk.findings(draft)
        index = Index(result, None, {})
        analysis = index.analysis(result.title) or result.analyses[0]
        found = index.findings(analysis)
        families = sorted({f.family for f in found})
        shown = tuple(f for f in found if family in ("", f.family))
        return self._page(
            request,
            "draft.html.jinja",
            draft=draft,
            result=result,
            index=index,
            view=region(index, analysis),
            document=analysis.document,
            sheets=sheets(index, analysis.document, shown),
            absent=[f for f in shown if f.page is None],
            families=families,
            family=family,
            aside=[f for f in index.suppressed if f.document == analysis.document.source],
            change=_change(draft, result),
            regions=sorted(load_places().region_names()),
            kinds=[".pdf", ".docx"],
        )

    async def events(self, request: Request) -> Response:
        """How far a draft has come, as it goes: server-sent events."""
        draft = self._draft(request)

        async def told() -> AsyncIterator[str]:
            last = ""
            while not await request.is_disconnected():
                state = json.dumps(_state(draft, self._desk.place(draft)))
                if state != last:
                    yield f"data: {state}\n\n"
                    last = state
                if draft.stage not in (Stage.QUEUED, Stage.WORKING):
                    return
                await asyncio.sleep(0.4)

        return StreamingResponse(told(), media_type="text/event-stream")

    async def picture(self, request: Request) -> Response:
        """A page as a picture."""
        draft = self._draft(request)
        data = await run_in_threadpool(self._desk.picture, draft, request.path_params["page"])
        return Response(data, media_type="image/webp")

    async def download(self, request: Request) -> Response:
        """The marked copy, the draft's page, the tables."""
        draft, kind = self._draft(request), request.path_params["kind"]
        if draft.result is None:
            raise HTTPException(409, "The draft has not been checked yet.")
        result = await run_in_threadpool(self._desk.findings, draft)
        if kind == "annotated":
            target = draft.folder / f"annotated{draft.path.suffix}"
            await run_in_threadpool(lambda: annotate_draft(result, draft.path, target, force=True))
            return FileResponse(target, filename=f"annotated{draft.path.suffix}")
        made = {"report": ("html", "report.html"), "findings": ("csv", "findings.csv")}
        if kind == "report":
            from stratlint.reporting.draft import draft_page

            page = await run_in_threadpool(draft_page, result)
            return _attached(page, "report.html", "text/html")
        if kind not in made:
            raise HTTPException(404, "There is no such download.")
        name, filename = made[kind]
        return _attached(render(result, name), filename, "text/csv")

    async def api_drafts(self, _request: Request) -> Response:
        """The drafts and their states."""
        return JSONResponse(
            [
                {"id": d.id, "name": d.name, **_state(d, self._desk.place(d))}
                for d in self._desk.drafts()
            ]
        )

    async def api_table(self, request: Request) -> Response:
        """A table of a draft's result as CSV or JSON."""
        draft = self._draft(request)
        make = _TABLES.get(request.path_params["table"])
        form = request.path_params["form"]
        if make is None or form not in ("csv", "json"):
            raise HTTPException(404, f"There are {', '.join(_TABLES)}, each as .csv and .json.")
        if draft.result is None:
            raise HTTPException(409, "The draft has not been checked yet.")
        table: Table = await run_in_threadpool(make, self._desk.findings(draft))
        if form == "csv":
            return PlainTextResponse(to_csv(table), media_type="text/csv")
        names = [column.name for column in table.columns]
        return JSONResponse([dict(zip(names, row, strict=True)) for row in table.rows])

    async def openapi(self, _request: Request) -> Response:
        """A description of the tables' addresses for programs."""
        kinds = {str: "string", int: "integer", float: "number", bool: "boolean"}
        paths: dict[str, Any] = {}
        nothing = AuditResult(
            title="",
            analyses=(),
            comparison=None,
            findings=(),
            profiles=(),
            passed=(),
            not_run=(),
            not_read=(),
            rules=(),
            sectors=(),
            sources=(),
            run=RunInfo(version=__version__, knowledge="", settings={}, inputs={}),
        )
        for name, make in _TABLES.items():
            columns = {
                c.name: {"type": [kinds[c.type], "null"], "description": c.meaning}
                for c in make(nothing).columns
            }
            item = {"type": "object", "properties": columns}
            schema = {"type": "array", "items": item}
            answer = {"description": name, "content": {"application/json": {"schema": schema}}}
            parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            paths[f"/api/drafts/{{id}}/{name}.json"] = {
                "get": {"parameters": [parameter], "responses": {"200": answer}}
            }
        info = {"title": "stratlint serve", "version": __version__}
        return JSONResponse({"openapi": "3.1.0", "info": info, "paths": paths})

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault as a page that says what to do."""
        if isinstance(error, HTTPException):
            status, said = error.status_code, str(error.detail)
        elif isinstance(error, StratlintError):
            status, said = 400, error.message
        elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            status, said = 507, "The disk is full. Nothing was changed: make room, and try again."
        else:
            status, said = 500, f"stratlint failed ({type(error).__name__}). Please report it."
        return self._page(request, "fault.html.jinja", status, said=said)

    async def _form(self, request: Request) -> Any:
        """The fields of a form with the page's own token. Raises HTTPException."""
        form = await request.form(max_files=1, max_fields=12, max_part_size=_LONGEST_TEXT)
        token, ours = form.get("csrf"), str(request.scope["csrf"])
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), ours.encode()):
            raise HTTPException(403, "This form is of an earlier page. Go back and load it again.")
        return form


def _attached(data: str | bytes, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


class Change(NamedTuple):
    """What a new version changed: fingerprints that are new, and how many are gone or stay."""

    fresh: frozenset[str]
    gone: int
    stayed: int


def _change(draft: Draft, result: AuditResult) -> Change | None:
    """The findings that stand beside those of the version before; None for a first version."""
    if draft.before is None:
        return None
    live = frozenset(f.fingerprint for f in result.findings if f.suppressed is None)
    return Change(
        fresh=live - draft.before,
        gone=len(draft.before - fingerprints(result)),
        stayed=len(live & draft.before),
    )


def _state(draft: Draft, place: int) -> dict[str, Any]:
    progress = draft.progress
    return {
        "stage": draft.stage.value,
        "place": place,
        "step": progress.step if progress else "",
        "done": progress.done if progress else 0,
        "total": progress.total if progress else 0,
        "fault": draft.fault,
    }


def _text(form: Any, name: str, longest: int = _LONGEST_FIELD) -> str:
    value = form.get(name, "")
    return value[:longest].strip() if isinstance(value, str) else ""


def _said(form: Any) -> Said:
    year = _text(form, "year")
    if year and not (re.fullmatch(r"[0-9]{4}", year) and 1900 <= int(year) <= 2100):
        raise UsageError(f"'{shown(year)}' is no year: four figures, such as 2026")
    kind = _text(form, "kind")
    if kind and kind not in set(Kind):
        raise UsageError(f"'{shown(kind)}' is no kind of document; there are {', '.join(Kind)}")
    area = tuple(part.strip() for part in _text(form, "area").split(";") if part.strip())
    if area:
        resolve_areas(area)  # a name that is none is told now, and not after the reading
    return Said(
        region=_text(form, "region"),
        area=area,
        year=int(year) if year else None,
        kind=Kind(kind) if kind else None,
    )


def _uploaded(form: Any) -> tuple[str, BinaryIO]:
    """Name and content of what was put in. Raises UsageError where nothing was."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return file.filename, file.file
    pasted = form.get("text")
    if isinstance(pasted, str) and pasted.strip():
        return _PASTED, io.BytesIO(pasted.encode("utf-8", "replace"))
    raise UsageError("nothing was put in: choose a file, or paste the text")
