"""What holds for every format alike."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from stratlint.errors import UsageError
from stratlint.records import AuditResult
from stratlint.reporting import FORMATS, render, write_reports
from tests.reporting.made import made_result

ROOT = Path(__file__).resolve().parents[2]
ALWAYS = {
    *(f"report/{name}.html" for name in ("index", "sectors", "passages", "likeness")),
    *(f"report/{name}.html" for name in ("findings", "method")),
    "findings.json",
    "findings.csv",
    "priorities.csv",
    "matrix.csv",
    "run.json",
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_renders_plain_hostile_and_empty_results(
    name: str, result: AuditResult, hostile: AuditResult, empty: AuditResult
) -> None:
    for given in (result, hostile, empty, made_result(compared=False), made_result(regions=("X",))):
        data = render(given, name)
        assert isinstance(data, (str, bytes))
        if isinstance(data, str):
            data.encode("utf-8")  # no lone surrogate gets through


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_text_outputs_hold_no_control_characters(name: str, hostile: AuditResult) -> None:
    data = render(hostile, name)
    if isinstance(data, str):
        assert not {c for c in data if ord(c) < 32} - {"\n", "\t", "\r"}
        assert "\x1b" not in data


def test_same_result_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "import json; from tests.reporting.test_every_reporter import _hashes;"
        "print(json.dumps(_hashes()))"
    )
    # Sets are in another order there than here.
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    env = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, check=True, text=True
    )
    here = _hashes()
    assert json.loads(done.stdout) == here
    assert set(here) == set(FORMATS)


def _hashes() -> dict[str, str]:
    """What each format makes of one result, as a hash."""
    made = made_result(findings=30)
    out = {name: render(made, name) for name in FORMATS}
    return {
        name: hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
        for name, data in out.items()
    }


def _written(paths: Iterable[Path], folder: Path) -> set[str]:
    """The files by their place in the folder, without the pages of single documents."""
    names = {path.relative_to(folder).as_posix() for path in paths}
    return {n for n in names if not n.startswith(("report/region-", "report/charts/"))}


def test_an_audit_always_writes_its_report_and_five_tables(
    result: AuditResult, tmp_path: Path
) -> None:
    written = write_reports(result, tmp_path)
    assert _written(written, tmp_path) == ALWAYS
    assert sum(p.name.startswith("region-") for p in written) == len(result.analyses)
    assert all(path.stat().st_size for path in written)


def test_one_file_stands_in_the_place_of_the_folder(result: AuditResult, tmp_path: Path) -> None:
    write_reports(result, tmp_path)
    written = write_reports(result, tmp_path, one_file=True)
    assert [p.name for p in written if p.suffix == ".html"] == ["report.html"]
    assert not list(tmp_path.glob("report/*.html")), "no page of the earlier report is left"


def test_further_formats_come_besides_and_bring_their_companions(
    result: AuditResult, tmp_path: Path
) -> None:
    written = write_reports(result, tmp_path, ["graphml", "sarif", "json"])
    names = _written(written, tmp_path)
    assert names == ALWAYS | {"similarity.graphml", "places.graphml", "findings.sarif"}
    assert len(set(written)) == len(written)


def test_an_unknown_format_is_refused_before_anything_is_written(
    result: AuditResult, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no output format 'pdf'"):
        write_reports(result, tmp_path, ["pdf"])
    assert not list(tmp_path.iterdir())


def test_writing_twice_changes_nothing(result: AuditResult, tmp_path: Path) -> None:
    digests = []
    for _ in range(2):
        paths = write_reports(result, tmp_path, ["xlsx", "parquet"])
        digests.append([hashlib.sha256(p.read_bytes()).hexdigest() for p in paths])
    assert digests[0] == digests[1]


def test_reporters_are_imported_only_when_asked_for() -> None:
    code = (
        "import sys, stratlint.reporting;"
        "heavy = {'jinja2', 'xlsxwriter', 'networkx', 'pyarrow', 'pandas'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
