"""Runs for tests."""

from __future__ import annotations

from typing import Any

from stratlint.run.run import Run
from stratlint.run.settings import Settings
from stratlint.workers.execution import InlineExecutor


def inline(**settings: Any) -> Run:
    """A run in this process, which keeps nothing unless it is asked to."""
    return Run(Settings.model_validate({"cache": False, **settings}), executor=InlineExecutor())
