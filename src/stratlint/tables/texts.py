"""The texts themselves for other tools: a corpus with docvars for quanteda, a ``Doc`` for spaCy."""

from __future__ import annotations

import json as encoder
from typing import TYPE_CHECKING

from stratlint._version import __version__
from stratlint.records import AuditResult, DocumentAnalysis
from stratlint.tables.csvfile import to_csv
from stratlint.tables.rows import texts_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.tokens import Doc


def csv(result: AuditResult) -> str:
    """texts.csv: a document a row, its text and its docvars.

    As in every CSV file a text that begins as a formula does has an apostrophe before it; the JSON
    file has texts as they are.
    """
    return to_csv(texts_table(result))


def json(result: AuditResult) -> str:
    """texts.json: the same as an array of objects, which readtext and jsonlite read."""
    made = texts_table(result)
    names = [column.name for column in made.columns]
    rows = [dict(zip(names, row, strict=True)) for row in made.rows]
    return encoder.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def to_spacy(analysis: DocumentAnalysis, nlp: Language | None = None) -> Doc:
    """An analysis as a spaCy ``Doc``: ``doc.text`` is the document's text, character by character.

    :func:`stratlint.to_spacy` says what it has.
    """
    import spacy
    from spacy.tokens import Doc, SpanGroup

    document = analysis.document
    made = (nlp or spacy.blank("en")).tokenizer(document.text)
    assert isinstance(made, Doc)
    starts = sorted(sentence.start for sentence in analysis.sentences)
    passed = 0
    for token in made:
        token.is_sent_start = passed < len(starts) and token.idx >= starts[passed]
        while passed < len(starts) and starts[passed] <= token.idx:
            passed += 1

    def group(name: str, found: Iterable[tuple[int, int, str, str]]) -> None:
        spans = [
            made.char_span(start, end, label=label, span_id=own, alignment_mode="expand")
            for start, end, label, own in found
        ]
        # Widened to whole tokens every span has some.
        kept = [span for span in spans if span is not None]
        made.spans[name] = SpanGroup(made, name=name, spans=kept)

    group("sectors", ((m.start, m.end, m.sector, m.commitment.value) for m in analysis.mentions))
    made.spans["sectors"].attrs["probability"] = [m.probability for m in analysis.mentions]
    group(
        "declarations",
        ((d.start, d.end, d.polarity.value, d.form.value) for d in analysis.declarations),
    )
    group("places", ((p.start, p.end, p.kind, p.name) for p in analysis.places))
    group("actors", ((a.start, a.end, a.kind, a.name) for a in analysis.actors))
    made.user_data["stratlint"] = {
        "version": __version__,
        "source": document.source,
        "sha256": document.sha256,
        "region": document.region,
        "year": document.year,
        "title": document.title,
        "priorities": tuple((p.sector, p.rank, p.basis.value) for p in analysis.priorities),
    }
    return made
