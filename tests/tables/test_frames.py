"""Frames hold what the files hold."""

from __future__ import annotations

import csv
import io

import pytest

from stratlint.records import AuditResult
from stratlint.reporting import render
from stratlint.tables import frames
from stratlint.tables.rows import TABLES
from tests.comparison.made_up import document


@pytest.mark.parametrize("name", ["findings", "priorities", "matrix"])
def test_a_frame_is_the_csv_file_with_types(result: AuditResult, name: str) -> None:
    frame = getattr(frames, name)(result)
    written = render(result, {"findings": "csv"}.get(name, name))
    rows = list(csv.DictReader(io.StringIO(str(written))))
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)
    for column in ("document", "sector"):
        assert [v or "" for v in frame[column]] == [row[column] for row in rows]


def test_every_table_is_a_frame_and_says_what_its_columns_mean(result: AuditResult) -> None:
    for make in TABLES:
        table = make(result)
        frame = getattr(frames, table.name)(result)
        assert len(frame) == len(table.rows) > 0
        assert set(frame.attrs["meaning"]) == set(frame.columns)
        assert all(frame.attrs["meaning"].values())


def test_a_comparison_or_analyses_alone_will_do(result: AuditResult) -> None:
    assert result.comparison is not None
    assert len(frames.similarity(result.comparison)) == len(result.comparison.similarities)
    assert len(frames.priorities(result.analyses)) == len(frames.priorities(result))
    assert len(frames.passages(result.comparison)) == len(frames.passages(result))


def test_whole_numbers_that_may_be_missing_stay_whole(result: AuditResult) -> None:
    matrix = frames.matrix(result)
    assert matrix["rank"].isna().any()
    assert str(matrix["rank"].dtype) == "Int64"
    assert str(matrix["lq_reliable"].dtype) == "boolean"


def test_pages_count_from_one_and_labels_stand_beside_them(result: AuditResult) -> None:
    quotation = result.findings[0].quotations[0]
    findings = frames.findings(result).set_index("fingerprint")
    row = findings.loc[result.findings[0].fingerprint]
    assert row["page_label"] == result.findings[0].page_label
    passages = frames.passages(result)
    assert passages["page"].min() >= 1
    assert quotation.page >= 0


def test_terms_in_context_and_their_spread() -> None:
    text = document("a.txt", "mill and mill")
    assert frames.concordance([text], "mill")["keyword"].tolist() == ["mill", "mill"]
    assert frames.dispersion([text], ["mill"])["count"].tolist() == [2]
