"""The fuzz targets start from their seeds and find nothing in a few hundred runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robustness.fuzzing import TARGETS, close, seeds

LEAST = {"tables": 4}


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    close()


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_seed_is_read_or_refused(tmp_path: Path, target: str) -> None:
    if target == "server":
        pytest.importorskip("starlette", reason="needs the extra web")
    seeds(target, tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) >= LEAST.get(target, 10)
    for path in files:
        TARGETS[target](path.read_bytes())


FOUND = {
    "a control character of a manifest in an error": (
        "manifest",
        b'\x00documents: [{file: "a\\0b\\e[31m.pdf"}]\n',
    ),
    "a key of a card with a tab": ("tables", b"title: a\nreg\tion: b\n<!--part-->region\tyear\n"),
    "an address that is no text": ("server", b"GET /drafts/?x\xff\xfe\n\n"),
    "a path that is no text": ("server", b"GET /dr\xffafts/\xfe?x\n\n"),
    "an address that is no text, in a form": (
        "server",
        b"POST /drafts?\xff\ncontent-type: application/x-www-form-urlencoded\n\ncsrf={csrf}",
    ),
}
"""What guided runs found and what is of its kind, in its shortest form."""


@pytest.mark.parametrize("what", FOUND)
def test_what_was_found_stays_mended(what: str) -> None:
    target, data = FOUND[what]
    if target == "server":
        pytest.importorskip("starlette", reason="needs the extra web")
    TARGETS[target](data)


@pytest.mark.slow
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_a_short_guided_run_finds_nothing(target: str) -> None:
    pytest.importorskip("atheris")
    command = [sys.executable, "-m", "tests.robustness.fuzz", "--target", target]
    done = subprocess.run(
        [*command, "--runs", "300", "--seconds", "30"], capture_output=True, timeout=200
    )
    assert done.returncode == 0, done.stderr[-3000:]
