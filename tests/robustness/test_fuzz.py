"""The fuzz targets start from their seeds and find nothing in a few hundred runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.robustness.fuzz import TARGETS, seeds


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_seed_is_read_or_refused(tmp_path: Path, target: str) -> None:
    seeds(target, tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) >= 10
    for path in files:
        TARGETS[target](path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_a_short_guided_run_finds_nothing(target: str) -> None:
    pytest.importorskip("atheris")
    command = [sys.executable, "-m", "tests.robustness.fuzz", "--target", target]
    done = subprocess.run(
        [*command, "--runs", "300", "--seconds", "30"], capture_output=True, timeout=200
    )
    assert done.returncode == 0, done.stderr[-3000:]
