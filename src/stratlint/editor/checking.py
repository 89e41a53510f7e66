"""Checks for an editor: one at a time, beside what is open, with workers kept warm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from stratlint.run.check import Against, FileState, check_beside, open_against, state_of
from stratlint.run.corpus import Said
from stratlint.run.run import Run
from stratlint.run.settings import Settings
from stratlint.run.suppressions import Suppressed, suppressed
from stratlint.run.unsaved import unsaved


class Checker:
    """Checks drafts from one thread; settings and the ignore file are read anew each time.

    What drafts are checked against is opened anew where its documents, rules or figures changed.

    ``settings`` gives the settings in force for a draft. Lists of sectors and places hold for the
    thread that opened them, so all calls come from one.
    """

    def __init__(
        self, settings: Callable[[Path], Settings], against: Path | None, said: Said
    ) -> None:
        self._settings = settings
        self._against = against
        self._said = said
        self._run: Run | None = None
        self._opened: Against | None = None
        self._state: dict[str, FileState] = {}

    def check(self, file: Path, text: str) -> tuple[Suppressed, Settings]:
        """Check the text that stands in an editor for a file. Raises StratlintError."""
        settings = self._settings(file)
        if self._run is None or self._run.settings != settings:
            self.close()
            self._run = Run(settings).__enter__()
        run = self._run
        # Nothing is compared with the file of the draft itself, which may be saved meanwhile.
        state, own = state_of(self._against, settings), str(file.resolve())
        changed = {name for name, _ in state.items() ^ self._state.items()}
        if self._opened is None or changed - {own}:
            self._opened, self._state = open_against(self._against, run), state
        with unsaved(text.encode("utf-8", "replace"), file) as held:
            result = check_beside(held, self._opened, run, self._said, stands_for=file)
        # An editor checks at every pause: these runs would drive others out of what is remembered.
        return suppressed(result, settings, file.parent, keep=False), settings

    def stop(self) -> None:
        """Stop the check that runs, from whatever thread."""
        if self._run is not None:
            self._run.stop()

    def close(self) -> None:
        """End the workers."""
        run, self._run, self._opened = self._run, None, None
        if run is not None:
            run.__exit__(None, None, None)
