"""Checks for an editor: one at a time, beside what is open, with workers kept warm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from stratlint.records import AuditResult
from stratlint.run.check import Against, check_beside, open_against
from stratlint.run.judge import ground_of
from stratlint.run.run import Run
from stratlint.run.settings import Settings
from stratlint.run.suppressions import suppress
from stratlint.run.unsaved import unsaved


class Checker:
    """Checks drafts from one thread; settings, rules and the ignore file are read anew each time.

    ``settings`` gives the settings in force for a draft. Lists of sectors and places hold for the
    thread that opened them, so all calls come from one.
    """

    def __init__(
        self, settings: Callable[[Path], Settings], against: Path | None, said: Mapping[str, Any]
    ) -> None:
        self._settings = settings
        self._against = against
        self._said = said
        self._run: Run | None = None
        self._opened: Against | None = None

    def check(self, file: Path, text: str) -> tuple[AuditResult, Settings]:
        """Check the text that stands in an editor for a file. Raises StratlintError."""
        settings = self._settings(file)
        if self._run is None or self._run.settings != settings:
            self.close()
            self._run = Run(settings).__enter__()
        run = self._run
        if self._opened is None or self._opened.ground.key != self._ground(run):
            self._opened = open_against(self._against, run)
        with unsaved(text.encode("utf-8", "replace"), file) as held:
            result = check_beside(held, self._opened, run, stands_for=file, **self._said)
        # An editor checks at every pause: these runs would drive others out of what is remembered.
        return suppress(result, settings, file.parent, keep=False), settings

    def _ground(self, run: Run) -> str:
        """The key of the rules and figures as they are now: people edit them meanwhile."""
        assert self._opened is not None
        return ground_of(self._opened.corpus, run).key

    def stop(self) -> None:
        """Stop the check that runs, from whatever thread."""
        if self._run is not None:
            self._run.stop()

    def close(self) -> None:
        """End the workers."""
        run, self._run, self._opened = self._run, None, None
        if run is not None:
            run.__exit__(None, None, None)
