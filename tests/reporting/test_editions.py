"""Two editions of one region's strategy in a corpus: each is measured by its own time."""

from __future__ import annotations

from pathlib import Path

import pytest

import stratlint
from stratlint.records import AuditResult, Fit
from stratlint.tables import frames
from stratlint.tables.rows import matrix_table
from stratlint.tables.schema import MATRIX, Cell
from stratlint.workers.execution import InlineExecutor
from tests.made import NORTH_EAST

SECTORS = """
## 4 More

Our priority sectors are:

- Chemicals and process industries
- Biotechnology and life sciences
- Financial services
- Automotive
"""
YEARS = (2006, 2019)


def _audit(folder: Path, *years: int) -> AuditResult:
    folder.mkdir()
    lines = ["title: Editions", "documents:"]
    for year in years:
        name = f"edition-{year}.md"
        text = NORTH_EAST.replace("\n2008\n", "\n") + SECTORS
        (folder / name).write_text(f"{text}\nThis is the edition of {year}.\n", encoding="utf-8")
        lines.append(f"  - {{file: {name}, region: North East, year: {year}}}")
    (folder / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")
    return stratlint.audit(folder, executor=InlineExecutor(), cache=False)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> AuditResult:
    return _audit(tmp_path_factory.mktemp("both") / "corpus", *YEARS)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[int, AuditResult]:
    return {year: _audit(tmp_path_factory.mktemp("one") / "corpus", year) for year in YEARS}


def _measures(result: AuditResult, year: int) -> dict[Cell, dict[str, Cell]]:
    """What matrix.csv says of an edition, by sector, but for the emphasis within the corpus."""
    names = [column.name for column in MATRIX]
    rows = [dict(zip(names, row, strict=True)) for row in matrix_table(result).rows]
    return {
        row["sector"]: {key: cell for key, cell in row.items() if key != "emphasis_quotient"}
        for row in rows
        if row["document"] == f"edition-{year}.md"
    }


def _fit(result: AuditResult, year: int) -> Fit:
    assert result.comparison is not None
    return next(f for f in result.comparison.fits if f.document == f"edition-{year}.md")


@pytest.mark.parametrize("year", YEARS)
def test_an_edition_is_measured_alike_alone_and_beside_another(
    together: AuditResult, alone: dict[int, AuditResult], year: int
) -> None:
    single = alone[year]
    assert _measures(together, year) == _measures(single, year)
    assert year in {row["lq_year"] for row in _measures(together, year).values()}
    both, own = _fit(together, year), _fit(single, year)
    assert (both.measured, both.shares, both.ignored) == (own.measured, own.shares, own.ignored)


@pytest.mark.parametrize("year", YEARS)
def test_findings_and_frames_rest_on_the_figures_of_the_edition(
    together: AuditResult, alone: dict[int, AuditResult], year: int
) -> None:
    name = f"edition-{year}.md"

    def figures(result: AuditResult) -> list[tuple[str, str | None, float, int]]:
        return sorted(
            (f.rule, f.sector, figure.value, figure.year)
            for f in result.findings
            if f.document == name and f.rule.startswith("EV")
            for figure in f.figures
        )

    assert figures(together) == figures(alone[year])
    matrix = frames.matrix(together)
    of_both = matrix[matrix["document"] == name].set_index("sector")["lq"].dropna()
    matrix = frames.matrix(alone[year])
    assert of_both.to_dict() == matrix.set_index("sector")["lq"].dropna().to_dict()
