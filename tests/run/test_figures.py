"""Tables of a run: read by a worker under limits, kept, and read anew when they change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.errors import FileFault
from stratlint.evidence import load_evidence
from stratlint.knowledge.taxonomy import known_codes
from stratlint.run.corpus import official_evidence
from stratlint.run.figures import evidence_of
from stratlint.run.run import Run
from stratlint.run.settings import Settings
from stratlint.workers.cache import Cache
from tests.runs import inline

CARD = "title: T\npublisher: P\nlicence: L\ndate: '2020'\nmeasure: jobs\nunit: jobs\n"
HEAD = "region,year,industry_code,industry_name,value\n"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATLINT_CACHE_DIR", str(tmp_path / "cache"))


def _table(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    path.with_suffix(".yaml").write_text(CARD, encoding="utf-8")
    return path


def test_the_same_figures_from_a_worker_from_the_cache_and_from_the_file() -> None:
    paths = official_evidence()
    direct = load_evidence(paths)
    for _ in ("a worker", "the cache"):
        found = evidence_of(paths, Run(Settings()))
        for table, same in zip(found.tables, direct.tables, strict=True):
            assert (table.codes, table.years, table.regions) == (
                same.codes,
                same.years,
                same.regions,
            )
            assert (table.low == same.low).all()
            assert (table.totals_low == same.totals_low).all()
    with Cache() as cache:
        assert cache.info().entries == len(paths)


def test_a_table_that_changes_is_read_anew(tmp_path: Path) -> None:
    for jobs in (30, 50):
        path = _table(tmp_path, f"North,2010,24,Metals,{jobs}\nNorth,2010,99,Rest,70\n")
        table = evidence_of([path], inline(cache=True)).tables[0]
        assert table.size("North", 2010, ("24",)) == jobs


def test_a_fault_in_a_worker_names_file_and_line(tmp_path: Path) -> None:
    path = _table(tmp_path, "North,2010,24,Metals,many\n")
    with pytest.raises(FileFault, match=r"own.csv:2: the value 'many' is not a number"):
        evidence_of([path], Run(Settings()))


def test_a_table_over_its_limits_is_refused_by_name(tmp_path: Path) -> None:
    path = _table(tmp_path, "North,2010,24,Metals,1\n")
    settings = Settings.model_validate({"limits": {"max_bytes": 20}})
    with pytest.raises(FileFault, match=r"own.csv: the table \d+ bytes, over the limit"):
        evidence_of([path], Run(settings))
    classes = sorted(code for code in known_codes() if len(code) == 5)
    many = "".join(f"R{n},{1900 + n % 200},{code},X,1\n" for n, code in enumerate(classes))
    with pytest.raises(FileFault, match="make too many cells"):
        evidence_of([_table(tmp_path, many)], Run(Settings(cache=False)))


def test_the_process_of_a_run_never_loads_the_csv_library() -> None:
    code = (
        "import sys\n"
        "from stratlint.run.corpus import official_evidence\n"
        "from stratlint.run.figures import evidence_of\n"
        "from stratlint.run.run import Run\n"
        "from stratlint.run.settings import Settings\n"
        "evidence_of(official_evidence(), Run(Settings()))\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_validate_reads_a_table_as_an_audit_does(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = _table(tmp_path, "NE,2010,24,M,1\nNE,2010,25,M,*\nNW,2010,24,M,1\nNW,2010,25,M,2\n")
    assert main(["validate", str(good)]) == 0
    out = capfd.readouterr().out
    assert "1 withheld or empty cell is unknown, not nought" in out
    assert "regions read: 'NE' as North East, 'NW' as North West" in out
    assert "quotients for 2 of 2 regions, 2010 to 2010, against the sum of them" in out
    assert main(["validate", str(tmp_path)]) == 0
    assert "2 files, no faults" in capfd.readouterr().out, "the card too"
    _table(tmp_path, "NE,2010,24,M,1\nNE,2010,24100,M,2\n")
    assert main(["validate", str(tmp_path)]) == 2
    assert "own.csv:3: '24100' lies inside '24' (line 2)" in capfd.readouterr().err
    _table(tmp_path, "NE,2010,24,M,1\nNE,2010,25,M,2\n")
    assert main(["validate", str(tmp_path)]) == 0
    out = capfd.readouterr().out
    assert "the table has North East alone" in out
    assert "no quotients" in out
