"""Imported by the fork server alone, before anything else.

A run that is stopped while a worker starts leaves it without the words that it waits for. Its
traceback would be all that the person who pressed Ctrl-C sees.
"""

from __future__ import annotations

import signal
import sys
from types import TracebackType

_usual = sys.excepthook


def _quiet(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not isinstance(error, (EOFError, BrokenPipeError, ConnectionError)):
        _usual(kind, error, trace)


sys.excepthook = _quiet
# What is imported next takes seconds; whoever runs us hears of Ctrl-C.
signal.signal(signal.SIGINT, signal.SIG_IGN)
