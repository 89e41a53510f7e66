"""``stratlint lsp``: the language server. pygls speaks the protocol, the checks are ours."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from stratlint._version import __version__
from stratlint.editor.checking import Checker
from stratlint.editor.remarks import Place, Remark, place_for_a_mark, remarks_of
from stratlint.errors import StratlintError
from stratlint.records import AuditResult, Severity
from stratlint.resources import real
from stratlint.rules.suppressions import appended
from stratlint.run.corpus import Said
from stratlint.run.settings import Settings
from stratlint.run.suppressions import ignore_file
from stratlint.run.unsaved import TEXT

PAUSE = 0.6
"""Seconds without a keystroke before a change is checked: shorter checks half-typed words, longer
feels slow. A save is checked at once."""
_LEVEL = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
_ENDING = {"markdown": ".md", "html": ".html", "plaintext": ".txt", "text": ".txt"}
"""Endings for drafts that have no file yet, by what the editor calls their language."""


@dataclass
class _Draft:
    """A draft that is open: its newest text, and what was found in an earlier one."""

    file: Path
    text: str
    version: int | None
    waiting: asyncio.Task[None] | None = None
    checked: str | None = None
    result: AuditResult | None = None
    settings: Settings | None = None
    remarks: tuple[Remark, ...] = ()
    lines: list[str] = field(default_factory=list)


class Server(LanguageServer):
    """Diagnostics for each open draft, and actions that set them aside."""

    def __init__(self, checker: Checker, least: Severity) -> None:
        super().__init__("stratlint", __version__)
        self.checker = checker
        self.least = least
        self.drafts: dict[str, _Draft] = {}
        self.checks = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")

    def take(self, uri: str, *, language: str = "", pause: float = 0.0) -> None:
        """Note the text of a draft as it stands now, and check it after a pause."""
        document = self.workspace.get_text_document(uri)
        file = _file_of(uri, language or document.language_id or "")
        if file is None:
            return
        draft = self.drafts.setdefault(uri, _Draft(file, "", None))
        draft.text, draft.version = document.source, document.version
        if draft.waiting is not None:
            draft.waiting.cancel()
        draft.waiting = asyncio.ensure_future(self._check(uri, draft, pause))

    def forget(self, uri: str) -> None:
        """A draft was closed: nothing is said of it any more."""
        draft = self.drafts.pop(uri, None)
        if draft is not None and draft.waiting is not None:
            draft.waiting.cancel()
        self._publish(uri, None, [])

    def end(self) -> None:
        """Stop what runs, and end the workers."""
        for draft in self.drafts.values():
            if draft.waiting is not None:
                draft.waiting.cancel()
        self.checker.stop()
        self.checks.submit(self.checker.close)
        self.checks.shutdown(wait=True)

    async def _check(self, uri: str, draft: _Draft, pause: float) -> None:
        await asyncio.sleep(pause)
        text, version = draft.text, draft.version
        if not text.strip():
            draft.result, draft.remarks = None, ()
            self._publish(uri, version, [])
            return
        loop = asyncio.get_running_loop()
        try:
            found, settings = await loop.run_in_executor(
                self.checks, self.checker.check, draft.file, text
            )
            result, remarks = found.result, remarks_of(found.result, found.marks)
        except StratlintError as error:
            self._publish(uri, version, [_fault(error.message)])
            return
        except Exception as error:  # whatever a draft does to us, the server lives on
            self._log(f"{draft.file.name}: {type(error).__name__}: {error}")
            return
        if self.drafts.get(uri) is not draft or draft.text != text:
            # The next check is on its way; its places are those of the text that stands there.
            return
        draft.checked, draft.result, draft.settings, draft.remarks = text, result, settings, remarks
        draft.lines = text.split("\n")
        shown = [r for r in remarks if r.severity.weight >= self.least.weight]
        self._publish(uri, version, [self._diagnostic(draft, r) for r in shown])

    def actions(self, uri: str, wanted: lsp.Range) -> list[lsp.CodeAction]:
        """Ways to set aside what stands in a range; none while the text is newer than the check."""
        draft = self.drafts.get(uri)
        if draft is None or draft.result is None or draft.checked != draft.text:
            return []
        found: list[lsp.CodeAction] = []
        for remark in draft.remarks:
            diagnostic = self._diagnostic(draft, remark)
            if remark.finding is None or not _overlap(diagnostic.range, wanted):
                continue
            found.append(self._mark(uri, draft, remark, diagnostic))
            entry = self._entry(draft, remark, diagnostic)
            if entry is not None:
                found.append(entry)
        return found

    def _mark(
        self, uri: str, draft: _Draft, remark: Remark, diagnostic: lsp.Diagnostic
    ) -> lsp.CodeAction:
        """The mark without its reason: until somebody writes one, it is told that it lacks it."""
        assert draft.result is not None
        document = draft.result.analysis(str(draft.result.subject)).document
        place, alone = place_for_a_mark(document, draft.lines, remark.offset)
        form = "ignore" if remark.offset is not None else "ignore-file"
        comment = f"<!-- stratlint {form} {remark.code}: -->"
        text = f"{comment}\n" if alone else f" {comment}"
        at = self._position(draft, place)
        edit = lsp.TextEdit(lsp.Range(at, at), text)
        where = "here" if remark.offset is not None else "in this draft"
        return lsp.CodeAction(
            title=f"Set {remark.code} aside {where}: add a mark, and write the reason in it",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=lsp.WorkspaceEdit(changes={uri: [edit]}),
        )

    def _entry(
        self, draft: _Draft, remark: Remark, diagnostic: lsp.Diagnostic
    ) -> lsp.CodeAction | None:
        """The entry in the ignore file, opened in the editor for its reason to be written.

        None where the editor cannot make a file, or where the one that is there has a fault.
        """
        capabilities = self.client_capabilities.workspace
        edits = capabilities.workspace_edit if capabilities is not None else None
        able = edits is not None and bool(edits.document_changes)
        kinds = (edits.resource_operations or []) if edits is not None else []
        if draft.settings is None or remark.finding is None or not able:
            return None
        path = ignore_file(draft.settings, draft.file.parent)
        if not path.exists() and lsp.ResourceOperationKind.Create not in kinds:
            return None
        try:
            written = appended(path, remark.code, draft.file.name, remark.fingerprint)
        except (StratlintError, OSError):
            return None
        target = from_fs_path(str(real(path))) or ""
        at = lsp.Position(line=written.line, character=written.column)
        changes: list[Any] = [] if path.exists() else [lsp.CreateFile(uri=target, kind="create")]
        changes.append(
            lsp.TextDocumentEdit(
                text_document=lsp.OptionalVersionedTextDocumentIdentifier(uri=target),
                edits=[lsp.TextEdit(lsp.Range(at, at), written.text)],
            )
        )
        return lsp.CodeAction(
            title=f"Set {remark.code} aside in {path.name}, and write the reason there",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=lsp.WorkspaceEdit(document_changes=changes),
        )

    def _diagnostic(self, draft: _Draft, remark: Remark) -> lsp.Diagnostic:
        return lsp.Diagnostic(
            range=lsp.Range(self._position(draft, remark.start), self._position(draft, remark.end)),
            message=remark.message,
            severity=_LEVEL[remark.severity],
            code=remark.code,
            source="stratlint",
        )

    def _position(self, draft: _Draft, place: Place) -> lsp.Position:
        """A place in the units that the editor counts in; never behind the end of its line."""
        number = min(place[0], max(0, len(draft.lines) - 1))
        line = draft.lines[number].rstrip("\r") if draft.lines else ""
        before = line[: place[1]]
        encoding = self.workspace.position_encoding
        if encoding == lsp.PositionEncodingKind.Utf8:
            units = len(before.encode("utf-8", "replace"))
        elif encoding == lsp.PositionEncodingKind.Utf32:
            units = len(before)
        else:
            units = len(before) + sum(ord(c) > 0xFFFF for c in before)
        return lsp.Position(line=number, character=units)

    def _publish(self, uri: str, version: int | None, found: list[lsp.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, diagnostics=found, version=version)
        )

    def _log(self, message: str) -> None:
        self.window_log_message(lsp.LogMessageParams(type=lsp.MessageType.Error, message=message))


def _fault(message: str) -> lsp.Diagnostic:
    """What keeps a draft from being checked, at its first line."""
    start = lsp.Position(line=0, character=0)
    return lsp.Diagnostic(
        range=lsp.Range(start, start),
        message=f"not checked: {message}",
        severity=lsp.DiagnosticSeverity.Error,
        source="stratlint",
    )


def _overlap(one: lsp.Range, other: lsp.Range) -> bool:
    def place(at: lsp.Position) -> Place:
        return at.line, at.character

    return place(one.start) <= place(other.end) and place(other.start) <= place(one.end)


def _file_of(uri: str, language: str) -> Path | None:
    """The file that a draft stands for; None for what is no draft, such as program code."""
    name = to_fs_path(uri) if uri.startswith("file:") else None
    if name is not None and Path(name).suffix.lower() in TEXT:
        return Path(name)
    ending = _ENDING.get(language)
    if ending is None:
        return None
    if name is not None:
        # A text whose name has no ending: read as what the editor takes it for.
        return Path(name).with_suffix(ending)
    return Path.cwd() / (re.sub(r"\W+", "-", uri.partition(":")[2]).strip("-") + ending)


def make_server(
    settings: Callable[[Path], Settings],
    against: Path | None,
    said: Said,
    least: Severity,
) -> Server:
    """The server, ready to be started."""
    server = Server(Checker(settings, against, said), least)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.take(params.text_document.uri, language=params.text_document.language_id)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.take(params.text_document.uri, pause=PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        # An ignore file or settings may have been saved: all that is open is looked at again.
        for uri in list(server.drafts) or [params.text_document.uri]:
            server.take(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]),
    )
    async def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return server.actions(params.text_document.uri, params.range)

    return server


def serve(server: Server) -> None:
    """Speak on standard input and output until the editor says that it ends, or goes.

    What anything else prints to standard output goes to standard error: it is no message.
    """
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        try:
            server.start_io(stdout=out)
        finally:
            server.end()
