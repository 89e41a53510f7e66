"""A scripted editor: starts the language server and speaks its protocol over pipes."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

WAIT = 90.0
"""Seconds for an answer: the first check starts workers, on a busy machine."""


class Editor:
    """One session with ``stratlint lsp``."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "stratlint", "lsp", "--no-cache", "-j", "1", *arguments]
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        self.said: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        self.opened: list[Path] = []
        self.errors = b""
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()

    def _drain(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                header = out.readline()
            self.said.put(json.loads(out.read(length)))

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        """Send one message in its frame."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and wait for its result; what else is said meanwhile is dropped."""
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method}
        self.send(message if params is None else {**message, "params": params})
        while True:
            answer = self.said.get(timeout=WAIT)
            if answer.get("id") == self.number and "method" not in answer:
                assert "error" not in answer, answer
                return answer["result"]

    def begin(self, folder: Path, **general: Any) -> Any:
        """The first words of a session; returns what the server can do."""
        workspace = {
            "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        }
        told = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": {"workspace": workspace, "general": general},
            },
        )
        self.tell("initialized", {})
        return told["capabilities"]

    def open(self, path: Path, text: str, language: str = "markdown") -> None:
        """Open a draft."""
        item = {"uri": path.as_uri(), "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        self.opened.append(path)

    def close(self, path: Path) -> None:
        """Close a draft."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        self.opened.remove(path)

    def close_all(self) -> None:
        """Close every draft that is open."""
        for path in list(self.opened):
            self.close(path)

    def change(self, path: Path, text: str, version: int) -> None:
        """Replace the text of a draft, as an editor that sends whole texts does."""
        document = {"uri": path.as_uri(), "version": version}
        self.tell(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]}
        )

    def remarks(self, path: Path, version: int | None = None) -> list[dict[str, Any]]:
        """The diagnostics of a draft, of a version where one is given."""
        while True:
            message = self.said.get(timeout=WAIT)
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            params = message["params"]
            if params["uri"] == path.as_uri() and version in (None, params.get("version")):
                found: list[dict[str, Any]] = params["diagnostics"]
                return found

    def actions(self, path: Path, remark: dict[str, Any]) -> list[dict[str, Any]]:
        """The code actions at a diagnostic."""
        params = {
            "textDocument": {"uri": path.as_uri()},
            "range": remark["range"],
            "context": {"diagnostics": [remark]},
        }
        found: list[dict[str, Any]] = self.ask("textDocument/codeAction", params)
        return found

    def end(self) -> int:
        """Shut down and exit; the exit code."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(timeout=WAIT)

    def kill(self) -> None:
        """End a process that is still there."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    """A text (of characters in the basic plane) with edits made as an editor makes them."""
    for edit in sorted(edits, key=lambda e: str(e["range"]), reverse=True):
        spots = []
        for end in ("start", "end"):
            at = edit["range"][end]
            before = text.split("\n")[: at["line"]]
            spots.append(sum(len(line) + 1 for line in before) + at["character"])
        text = text[: spots[0]] + edit["newText"] + text[spots[1] :]
    return text


def path_of(uri: str) -> Path:
    """The file of an address."""
    return Path(unquote(urlparse(uri).path))
