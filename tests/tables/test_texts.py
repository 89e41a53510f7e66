"""Texts for other tools: what quanteda's readtext takes, and a Doc of spaCy."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
import spacy
from spacy.tokens import DocBin

import stratlint
from stratlint.records import AuditResult, DocumentAnalysis
from stratlint.reporting import render
from stratlint.tables import frames
from tests.made import SOUTH_WEST


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> DocumentAnalysis:
    path = tmp_path_factory.mktemp("texts") / "plan.md"
    path.write_text(SOUTH_WEST, encoding="utf-8")
    return stratlint.analyse(path, region="South West", year=2007)


def test_json_has_each_text_as_it_stands_with_its_docvars(hostile: AuditResult) -> None:
    rows = json.loads(str(render(hostile, "texts-json")))
    assert [row["doc_id"] for row in rows] == frames.texts(hostile)["doc_id"].tolist()
    for row, made in zip(rows, hostile.analyses, strict=True):
        assert row["text"] == made.document.body
        assert row["year"] == made.document.year
        assert row["sha256"] == made.document.sha256
    assert list(rows[0]) == list(frames.texts(hostile).columns)


def test_csv_keeps_line_ends_and_reads_back(analysis: DocumentAnalysis) -> None:
    frame = frames.texts(analysis)
    assert frame["text"].tolist() == [analysis.document.body]
    assert (frame["region"][0], frame["year"][0], frame["pages"].isna()[0]) == (
        "South West",
        2007,
        True,
    )


def test_csv_and_json_agree_but_for_the_guard(result: AuditResult) -> None:
    written = str(render(result, "texts"))
    rows = list(csv.DictReader(io.StringIO(written)))
    others = json.loads(str(render(result, "texts-json")))
    assert [r["text"].removeprefix("'") for r in rows] == [r["text"] for r in others]
    frame = pd.read_csv(io.StringIO(written))
    assert frame["words"].tolist() == [r["words"] for r in others]


def test_a_doc_has_the_same_characters_and_our_spans(analysis: DocumentAnalysis) -> None:
    doc = stratlint.to_spacy(analysis)
    assert doc.text == analysis.document.text
    spans = doc.spans["sectors"]
    assert len(spans) == len(analysis.mentions) == len(spans.attrs["probability"])
    for span, mention in zip(spans, analysis.mentions, strict=True):
        assert (span.label_, span.id_) == (mention.sector, mention.commitment.value)
        assert span.start_char <= mention.start < mention.end <= span.end_char
    assert {s.label_ for s in doc.spans["places"]} == {p.kind for p in analysis.places}
    starts = {sentence.start for sentence in analysis.sentences}
    assert {sent[0].idx for sent in doc.sents} >= starts
    known = doc.user_data["stratlint"]
    assert (known["region"], known["year"]) == ("South West", 2007)
    assert [p[0] for p in known["priorities"]] == [p.sector for p in analysis.priorities]


def test_a_doc_is_saved_with_its_spans(analysis: DocumentAnalysis, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = stratlint.to_spacy(analysis, nlp)
    assert doc.vocab is nlp.vocab
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    (again,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab)
    assert [(s.text, s.label_, s.id_) for s in again.spans["sectors"]] == [
        (s.text, s.label_, s.id_) for s in doc.spans["sectors"]
    ]
    assert again.user_data["stratlint"] == doc.user_data["stratlint"]
