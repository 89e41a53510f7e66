"""What every page answers with: templates, forms that are ours, and progress as it goes."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response, StreamingResponse

from stratlint._version import __version__
from stratlint.errors import UsageError, shown
from stratlint.knowledge.areas import resolve_areas
from stratlint.knowledge.places import load_places
from stratlint.records import Kind
from stratlint.reporting.html.page import environment
from stratlint.reporting.words import number
from stratlint.run.corpus import Said
from stratlint.web.line import Stage

if TYPE_CHECKING:
    from starlette.requests import Request

    from stratlint.web.desk import Desk
    from stratlint.web.line import Task

MOST_FILES = 20
"""Files that one form may bring."""
_LONGEST_FIELD = 120
_LONGEST_TEXT = 5_000_000
"""Bytes of a pasted text: fields are held in memory, files are not."""


class Answers:
    """What all handlers share: the desk, and ways to answer."""

    def __init__(self, desk: Desk, most: int) -> None:
        self.desk = desk
        self.most = most

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A page from a template."""
        made = environment().get_template(f"web/{template}")
        html = made.render(
            version=__version__,
            csrf=request.scope.get("csrf", ""),
            corpus=self.desk.shelf.name,
            Stage=Stage,
            **{"here": "", **values},
        )
        return HTMLResponse(html, status)

    async def form(self, request: Request) -> Any:
        """The fields of a form with the page's own token. Raises HTTPException."""
        form = await request.form(max_files=MOST_FILES, max_fields=12, max_part_size=_LONGEST_TEXT)
        token, ours = form.get("csrf"), str(request.scope["csrf"])
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), ours.encode()):
            raise HTTPException(403, "This form is of an earlier page. Go back and load it again.")
        return form

    def told(self, request: Request, task: Task) -> Response:
        """How far a task has come, as it goes: server-sent events."""

        async def told() -> AsyncIterator[str]:
            last = ""
            while not await request.is_disconnected():
                ((seen, place),) = self.desk.line.seen((task,))
                state = json.dumps(self.state(seen, place))
                if state != last:
                    yield f"data: {state}\n\n"
                    last = state
                if not seen.is_busy:
                    return
                await asyncio.sleep(0.4)

        return StreamingResponse(told(), media_type="text/event-stream")

    def state(self, task: Task, place: int) -> dict[str, Any]:
        """How far a task has come, as it was seen with its place, in fields and in words."""
        ahead = self._ahead() if task.stage is Stage.QUEUED else None
        progress = (ahead or task).progress
        of = f": {progress.done} of {progress.total}" if progress and progress.total > 1 else ""
        words = ""
        if task.stage is Stage.QUEUED:
            words = f"Waiting: {number(place)} before it." if place else "Waiting."
            if ahead is not None and place <= 1:
                words = f"The documents of the corpus are read first{of}."
        elif task.stage is Stage.WORKING:
            words = f"{_STEPS.get(progress.step if progress else '', 'Working')}{of}."
        return {
            "stage": task.stage.value,
            "place": place,
            "step": progress.step if progress else "",
            "done": progress.done if progress else 0,
            "total": progress.total if progress else 0,
            "fault": task.fault,
            "words": words,
        }

    def _ahead(self) -> Task | None:
        """What is done with the corpus while tasks wait for it."""
        tasks = (task for task, _ in self.desk.line.seen(self.desk.shelf.tasks))
        return next((task for task in tasks if task.stage is Stage.WORKING), None)


_STEPS = {
    "read": "Reading",
    "analyse": "Finding what it chooses",
    "align": "Comparing",
    "judge": "Judging",
}


def choices() -> dict[str, Any]:
    """What the fields on a document offer."""
    return {"regions": sorted(load_places().region_names()), "all_kinds": list(Kind)}


def text_of(form: Any, name: str, longest: int = _LONGEST_FIELD) -> str:
    """A field of a form, cut."""
    value = form.get(name, "")
    return value[:longest].strip() if isinstance(value, str) else ""


def said_of(form: Any) -> Said:
    """What a form says of a document. Raises UsageError."""
    year = text_of(form, "year")
    if year and not (re.fullmatch(r"[0-9]{4}", year) and 1900 <= int(year) <= 2100):
        raise UsageError(f"'{shown(year)}' is no year: four figures, such as 2026")
    kind = text_of(form, "kind")
    if kind and kind not in set(Kind):
        raise UsageError(f"'{shown(kind)}' is no kind of document; there are {', '.join(Kind)}")
    area = tuple(part.strip() for part in text_of(form, "area", 2_000).split(";") if part.strip())
    if area:
        resolve_areas(area)  # a name that is none is told now, and not after the reading
    return Said(
        region=" ".join(text_of(form, "region").split()),
        area=area,
        year=int(year) if year else None,
        kind=Kind(kind) if kind else None,
        title=" ".join(text_of(form, "title", 300).split()),
        role="source" if text_of(form, "role") == "source" else "strategy",
    )


def files_of(form: Any) -> list[UploadFile]:
    """The files that a form brings."""
    return [f for f in form.getlist("file") if isinstance(f, UploadFile) and f.filename]
