"""Frames hold what the files hold."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import stratlint
from stratlint.records import AuditResult
from stratlint.reporting import render
from stratlint.tables import frames
from stratlint.tables.rows import TABLES
from stratlint.tables.schema import SCHEMA
from stratlint.workers.execution import InlineExecutor
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
    for name, make in TABLES.items():
        table = make(result)
        assert table.name == name
        frame = getattr(frames, table.name)(result)
        assert len(frame) == len(table.rows) > 0
        assert set(frame.attrs["meaning"]) == set(frame.columns)
        assert all(frame.attrs["meaning"].values())


def test_a_comparison_or_analyses_alone_will_do(result: AuditResult) -> None:
    assert result.comparison is not None
    for name in ("similarity", "passages", "quotients", "keyness"):
        make = getattr(frames, name)
        assert len(make(result.comparison)) == len(make(result)) > 0
    for name in ("priorities", "mentions", "declarations", "texts", "breadth"):
        make = getattr(frames, name)
        assert len(make(result.analyses)) == len(make(result)) > 0
        assert len(make(iter(result.analyses))) == len(make(result))
    one = result.analyses[0]
    assert len(frames.priorities(one)) == len(one.priorities)
    assert frames.matrix(one)["sector_name"].tolist() != frames.matrix(one)["sector"].tolist()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_a_frame_cannot_be_made_of_is_said(name: str, result: AuditResult) -> None:
    make = getattr(frames, name)
    wrong = (result.findings[0], [result.findings[0]], "report.html", None, result.passed)
    for given in wrong:
        with pytest.raises(TypeError, match=rf"frames\.{name} takes the result of .*; this is"):
            make(given)
    with pytest.raises(TypeError, match="this is tuple of Finding"):
        make(result.findings)


def test_tables_of_a_comparison_refuse_analyses_and_the_other_way_round(
    result: AuditResult,
) -> None:
    with pytest.raises(TypeError, match="makes of several analyses"):
        frames.similarity(result.analyses)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="analysis of one document or of several; this is Compar"):
        frames.priorities(result.comparison)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="analysed or not"):
        frames.concordance(result.comparison, "mill")  # type: ignore[arg-type]


def test_the_schema_is_all_that_frames_and_dictionary_have(result: AuditResult) -> None:
    assert frames.__all__ == sorted(SCHEMA)
    columns = frames.dictionary()
    for name, kind in SCHEMA.items():
        own = columns[columns["table"] == name]
        assert own["column"].tolist() == [column.name for column in kind.columns]
        if name in TABLES:
            assert list(getattr(frames, name)(result).columns) == own["column"].tolist()


def test_corrected_chances_are_those_of_the_records(result: AuditResult) -> None:
    """One function corrects, where the tests are made; all tables read what it found."""
    assert result.comparison is not None
    rows = {(r["a"], r["b"]): r for r in frames.similarity(result).to_dict("records")}
    for pair in result.comparison.similarities:
        row = rows[result.analysis(pair.a).name, result.analysis(pair.b).name]
        assert row["p_adjusted"] == pytest.approx(pair.p_adjusted, abs=1e-4)
        assert row["p_adjusted"] >= row["p"] - 1e-4


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
    assert frames.concordance(text, "mill").equals(frames.concordance([text], "mill"))
    assert frames.dispersion([text], ["mill"])["count"].tolist() == [2]
    assert frames.dispersion(text, "mill")["term"].tolist() == ["mill"]


def test_a_file_without_pages_of_its_own_has_none_in_any_table(made_corpus: Path) -> None:
    """A page 1 that nobody sees is no place to send a reader to."""
    result = stratlint.audit(made_corpus, executor=InlineExecutor(), cache=False)
    assert not any(a.document.paged for a in result.analyses)
    for name in frames.__all__:
        if name in ("concordance", "dispersion", "dictionary"):
            continue
        frame = getattr(frames, name)(result)
        for column in {"page", "page_label", "pages"} & set(frame.columns):
            assert frame[column].isna().all(), (name, column)
    assert frames.concordance(result, "the")["page_label"].isna().all()
    assert frames.findings(result)["place"].str.startswith("line ").any()


def test_a_frame_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match="no frame 'keywords'; did you mean 'keyness'"):
        frames.keywords  # noqa: B018
    with pytest.raises(AttributeError, match="did you mean 'priorities'"):
        frames.priority  # noqa: B018
