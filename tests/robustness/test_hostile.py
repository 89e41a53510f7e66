"""A hundred hostile inputs in one audit: each ends in a clear line, the rest is audited."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stratlint.errors import FileFault, UsageError, shown
from stratlint.records import ExitCode
from stratlint.run.corpus import load_corpus
from tests.robustness.hostile import FAULTY_YAML, hostile_files

SECONDS = os.environ.get("STRATLINT_TEST_SECONDS", "2")
"""For each. Thirty of them work until they are stopped: two seconds show that as well as six, and
what is sound takes a fiftieth of that. `make endurance` gives them six."""
SOUND = {
    "sound-1.txt": "Our priority sectors are tourism and food and drink.\n",
    "sound-2.txt": "The agency will focus on aerospace. Marine engineering is strong here.\n",
}


@pytest.mark.slow
def test_a_hundred_hostile_inputs_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    names = []
    for name, data in hostile_files():
        (folder / name).write_bytes(data)
        names.append(name)
    assert len(names) >= 100
    assert len(set(names)) == len(names)
    for name, text in SOUND.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "stratlint", "audit", str(folder), "-o", str(tmp_path / "out")]
    limits = ["--max-seconds", SECONDS, "--max-memory-mb", "1000", "--no-cache", "-j", "2"]
    done = subprocess.run([*command, *limits], capture_output=True, timeout=900)
    errors = done.stderr.decode("utf-8")
    assert done.returncode == ExitCode.UNREADABLE, errors[-3000:]
    assert "Traceback" not in errors
    assert "\x1b" not in errors
    assert "\u202e" not in errors
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    read = {d["source"] if isinstance(d, dict) else d for d in run["inputs"]}
    refused = {item["source"]: item for item in run["not_read"]}
    # Nothing is skipped in silence: every file is read or refused with a reason, and a name with
    # a control character is told by its escape.
    for name in map(shown, [*names, *SOUND]):
        assert (name in read) != (name in refused), name
    assert {r"\x1b[31mred.txt", r"\u202efdp.txt"} <= read
    assert set(SOUND) <= read
    for item in refused.values():
        assert item["code"] != "damaged" or item["reason"]
        assert "unexpected fault" not in item["reason"], item


@pytest.mark.parametrize("name", sorted(FAULTY_YAML))
def test_faulty_manifests_end_in_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "manifest.yaml").write_text(FAULTY_YAML[name], encoding="utf-8")
    with pytest.raises((FileFault, UsageError)) as caught:
        load_corpus(tmp_path)
    assert "manifest.yaml" in caught.value.message
    assert "\n" not in caught.value.message.strip()
