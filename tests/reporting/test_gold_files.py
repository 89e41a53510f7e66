"""Outputs of one small audit, byte for byte as they were looked at and found right.

After a change that is meant, write them anew with ``STRATLINT_WRITE_GOLD=1`` and read the
difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stratlint.reporting import FORMATS, render
from tests.reporting.made import made_result

GOLD = Path(__file__).resolve().parent / "gold"
NAMES = ("text", "markdown", "priorities", "matrix", "csv", "github", "junit", "run")


@pytest.mark.parametrize("name", NAMES)
def test_output_is_as_it_was_looked_at(name: str) -> None:
    result = made_result(seed=3, regions=("North East", "South West"), findings=6)
    data = render(result, name)
    assert isinstance(data, str)
    path = GOLD / FORMATS[name].filename
    if os.environ.get("STRATLINT_WRITE_GOLD"):
        path.write_text(data, encoding="utf-8", newline="")
    assert path.read_bytes().decode("utf-8") == data
