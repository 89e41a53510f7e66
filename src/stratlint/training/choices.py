"""Fit the model of how documents treat what they choose, and say what unseen authors would get.

A line of JSON names a ``file`` beside the table, its ``priorities``, and where they are known
``optional`` (sectors that may be taken or not) and ``source`` (who wrote it or chose it). Only
counts and weights are kept, no text.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from stratlint._version import __version__
from stratlint.errors import FileFault
from stratlint.knowledge.files import file_records
from stratlint.language.commitment.short import SHORT
from stratlint.priorities.phrases import phrases
from stratlint.priorities.ranking import own_mentions, weigh_sectors
from stratlint.priorities.treatment import TreatmentModel, treatments
from stratlint.records import DocumentAnalysis, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

STRENGTH = 0.03
"""Inverse of the L2 penalty (scikit-learn's C) on standardised features. From .01 to .1 the F1 of
whole documents by authors left out changes by less than .01; boosted trees and forests gain nothing
beside it."""


PHRASE_STRENGTH = 0.05
"""The same for phrases; from .005 to .1 authors left out are ranked within .03 alike."""
ROUNDS = 3
"""Fits for phrases. The first takes every paragraph of a chosen sector to choose it; the next give
each the share that the fit before gave it: a chosen sector is also reported and counted. With each
author left out, the area under the curve of oblique documents is .87 after one, .89 after two."""
LEAST_SOURCES, LEAST_PARAGRAPHS = 3, 6
"""Sources and paragraphs in which a phrase stands at least: one author's turns teach nothing."""
SMALL = 0.003
"""Least weight of a phrase that is written."""


class Chosen(Record, frozen=True):
    """A document and the sectors that readers found it to choose."""

    analysis: DocumentAnalysis
    priorities: tuple[str, ...]
    optional: tuple[str, ...]
    source: str
    sha256: str


class _Row(Record):
    file: str
    priorities: tuple[str, ...]
    optional: tuple[str, ...] = ()
    source: str = ""


class _Table(Record, frozen=True):
    """Each sector that documents name: its features, and whether it is chosen."""

    names: tuple[str, ...]
    values: Any
    chosen: Any
    sources: tuple[str, ...]
    paragraphs: tuple[list[frozenset[str]], ...]


def load_chosen(path: Path) -> tuple[Chosen, ...]:
    """Read and analyse the documents of a table; short texts are left out, as they are at work.

    Raises FileFault with the line that is none.
    """
    from stratlint.documents import read
    from stratlint.run.analyse import analyse_document

    found = []
    for row in file_records(path, _Row, "a document"):
        document = read(path.parent / row.file)
        analysis = analyse_document(document)
        if len(analysis.sentences) > SHORT:
            found.append(
                Chosen(
                    analysis=analysis,
                    priorities=row.priorities,
                    optional=row.optional,
                    source=row.source or path.parent.name,
                    sha256=document.sha256,
                )
            )
    return tuple(found)


def fit_treatment(documents: Sequence[Chosen]) -> TreatmentModel:
    """Fit the weights on all documents; the card says what unseen sources would get."""
    table = _table(documents)
    card: dict[str, Any] = {
        "made by": f"stratlint train --choices, version {__version__}",
        "learner": f"logistic regressions (scikit-learn), L2, C = {STRENGTH}; of phrases, C ="
        f" {PHRASE_STRENGTH}, {ROUNDS} rounds",
        "data hash": hashlib.sha256(
            msgspec.json.encode([(d.sha256, d.priorities, d.optional) for d in documents])
        ).hexdigest()[:16],
        "documents": len(documents),
        "sectors named": len(table.sources),
        "by source left out": _left_out(documents, table),
    }
    return _fit(table, card)


def _table(documents: Sequence[Chosen]) -> _Table:
    rows, chosen, sources, paragraphs = [], [], [], []
    for document in documents:
        analysis = document.analysis
        own = own_mentions(analysis.document, analysis.mentions)
        found = treatments(analysis.document, analysis.sentences, own)
        said = phrases(analysis.document, analysis.sentences, own) if found else {}
        for sector, features in found.items():
            if sector in document.optional and sector not in document.priorities:
                continue
            rows.append(features)
            chosen.append(sector in document.priorities)
            sources.append(document.source)
            paragraphs.append(said[sector])
    if not rows:
        raise FileFault("no document of the table names a sector", path="")
    names = tuple(sorted(rows[0]))
    values = np.array([[row[name] for name in names] for row in rows])
    return _Table(
        names=names,
        values=values,
        chosen=np.array(chosen),
        sources=tuple(sources),
        paragraphs=tuple(paragraphs),
    )


def _fit(table: _Table, card: dict[str, Any], without: str | None = None) -> TreatmentModel:
    """Fit on standardised features; the weights are those of the features as they are."""
    from sklearn.linear_model import LogisticRegression

    kept = np.array([source != without for source in table.sources])
    values, chosen = table.values[kept], table.chosen[kept]
    middle, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread == 0.0] = 1.0
    learner = LogisticRegression(C=STRENGTH, max_iter=2000)
    learner.fit((values - middle) / spread, chosen)
    weights = learner.coef_[0] / spread
    phrase_bias, said = _fit_phrases(table, kept)
    return TreatmentModel(
        bias=round(float(learner.intercept_[0] - weights @ middle), 4),
        card=card,
        weights={
            name: round(float(weight), 4) for name, weight in zip(table.names, weights, strict=True)
        },
        phrase_bias=phrase_bias,
        phrases=said,
    )


def _fit_phrases(table: _Table, kept: Any) -> tuple[float, dict[str, float]]:
    """Fit on paragraphs, of which some of each chosen sector choose it, nobody says which."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    places = [(row, found) for row in np.flatnonzero(kept) for found in table.paragraphs[row]]
    known = _common([(table.sources[row], found) for row, found in places])
    if not known:
        return 0.0, {}
    counted = CountVectorizer(vocabulary=known, analyzer=frozenset, binary=True)
    seen = counted.transform([found for _, found in places])
    rows = np.array([row for row, _ in places])
    chosen = table.chosen[rows]
    roots = np.sqrt(np.array([len(table.paragraphs[row]) for row in rows]))
    shares = 1.0 / roots
    learner = LogisticRegression(C=PHRASE_STRENGTH, max_iter=300)
    for number in range(ROUNDS):
        if number:
            odds = learner.decision_function(seen)
            for row in set(rows[chosen]):
                its = np.flatnonzero(rows == row)
                likely = np.exp(odds[its] - odds[its].max())
                shares[its] = likely / likely.sum() * roots[its]
        learner.fit(seen, chosen, sample_weight=shares)
    weights = zip(known, learner.coef_[0], strict=True)
    return round(float(learner.intercept_[0]), 4), {
        phrase: round(float(weight), 4) for phrase, weight in weights if abs(weight) >= SMALL
    }


def _common(paragraphs: Sequence[tuple[str, frozenset[str]]]) -> list[str]:
    """The phrases of several sources and of several paragraphs."""
    sources, counts = defaultdict(set), Counter[str]()
    for source, found in paragraphs:
        counts.update(found)
        for phrase in found:
            sources[phrase].add(source)
    least = min(LEAST_SOURCES, len({source for source, _ in paragraphs}))
    return sorted(
        phrase
        for phrase, count in counts.items()
        if count >= LEAST_PARAGRAPHS and len(sources[phrase]) >= least
    )


def _left_out(documents: Sequence[Chosen], table: _Table) -> dict[str, dict[str, float]]:
    """What is chosen in the documents of each source, with a model that saw none of them.

    The declarations weigh as at work: where they were made with these documents in view, the
    figures flatter.
    """
    figures = {}
    for source in sorted(set(table.sources)):
        model = _fit(table, {}, without=source)
        right = taken = there = 0
        for document in (d for d in documents if d.source == source):
            analysis = document.analysis
            weights = weigh_sectors(
                analysis.document,
                analysis.sentences,
                analysis.mentions,
                analysis.declarations,
                kind=analysis.kind.kind if analysis.kind else None,
                treatment=model,
            )
            chosen = {sector for sector, weight in weights.items() if weight.is_chosen}
            wanted = set(document.priorities)
            right += len(chosen & wanted)
            taken += len(chosen - set(document.optional) - wanted) + len(chosen & wanted)
            there += len(wanted)
        figures[source] = {
            "documents": sum(d.source == source for d in documents),
            "precision": round(right / max(1, taken), 3),
            "recall": round(right / max(1, there), 3),
        }
    return figures
