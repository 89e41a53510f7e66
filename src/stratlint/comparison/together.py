"""All documents together: overlap, likeness, shared text, keywords and fit in one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from stratlint.comparison.passages.find import DEFAULTS, PassageOptions, find_passages
from stratlint.comparison.statistics.adjusting import adjusted
from stratlint.comparison.statistics.distance import distance_table, krugman, mantel
from stratlint.comparison.statistics.fit import (
    commitment_weights,
    emphasis_quotients,
    ignored_strengths,
    shares_above,
)
from stratlint.comparison.statistics.keyness import keyness, likelihood_p, scores
from stratlint.comparison.statistics.overlap import incidence, jaccard
from stratlint.comparison.statistics.seriation import seriate_matrix
from stratlint.comparison.statistics.similarities import similarities
from stratlint.comparison.statistics.texts import (
    ChapterCounts,
    Counted,
    chapters_of,
    count_chapters,
    count_corpus,
    distinctiveness,
    interchangeability,
    masked_body,
    tfidf,
)
from stratlint.records import (
    Comparison,
    Document,
    DocumentAnalysis,
    Fit,
    Keyword,
    Passage,
    Quotient,
    Similarity,
    Span,
    quotients_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from stratlint.comparison.passages.work import Work

KEYWORDS = 25
_LEAST_COUNT = 3


def compare(
    analyses: Sequence[DocumentAnalysis],
    *,
    sources: Sequence[Document] = (),
    quotients: Sequence[Quotient] = (),
    structures: Mapping[str, Mapping[str, float]] | None = None,
    reference: Mapping[str, int] | None = None,
    permutations: int = 999,
    seed: int = 0,
    options: PassageOptions = DEFAULTS,
    progress: Callable[[str], None] | None = None,
    passages: Sequence[Passage] | None = None,
    about: str | None = None,
    work: Work | None = None,
    counts: Callable[[DocumentAnalysis], ChapterCounts] | None = None,
) -> Comparison:
    """Compare the documents of a corpus with each other and with evidence.

    Documents are named by ``Document.source`` throughout. ``sources`` are documents that text
    may have been taken from; they are matched and not compared. ``quotients`` are location
    quotients by region and sector, and by the year asked for where there are several; each
    document takes those of its own year; ``structures`` maps a region to its shares by industry
    code. ``reference`` is a corpus of word counts to find keywords against, instead of the
    other documents. ``seed`` makes permutation tests repeatable. ``progress`` is called once
    for each pair of documents whose text was aligned. ``passages`` that are known already are
    taken as they are, and no text is matched; ``about`` is a document to which they are confined,
    ``work`` aligns texts, ``counts`` knows the words of documents from before.
    """
    names = [analysis.document.source for analysis in analyses]
    sets = [{p.sector for p in analysis.priorities} for analysis in analyses]
    columns = sorted(set().union(*sets)) if sets else []
    matrix = incidence(sets, columns)
    rows, order = seriate_matrix(matrix)
    counted = count_corpus(map(counts or counts_of, analyses))
    pairs = similarities(
        names, sets, matrix, counted.documents, permutations=permutations, seed=seed
    )
    if passages is None:
        passages = find_passages(
            [a.document for a in analyses],
            sources=sources,
            options=options,
            progress=progress,
            about=about,
            work=work,
        ).passages
    fits, statistics = _fits(analyses, counted, quotients, structures or {}, seed)
    statistics |= _passage_statistics(passages)
    statistics |= {
        "pairs": float(pairs.total),
        "pairs.unusual": float(pairs.unusual),
        "pairs.permutations": float(pairs.permutations),
        "seed": float(seed),
    }
    return Comparison(
        order=tuple(names[row] for row in rows),
        sector_order=tuple(columns[column] for column in order),
        similarities=_with_structures(pairs.records, analyses, structures or {}),
        passages=tuple(passages),
        keywords=_keywords(names, counted, reference),
        fits=fits,
        quotients=tuple(quotients),
        emphasis=emphasis_quotients({a.document.source: commitment_weights(a) for a in analyses}),
        statistics=statistics,
    )


def name_spans(analysis: DocumentAnalysis) -> list[Span]:
    """Spans of an analysis's places and of the actors that carry a name of their own."""
    places = [(place.start, place.end) for place in analysis.places]
    text = analysis.document.text
    actors = [
        (actor.start, actor.end)
        for actor in analysis.actors
        if any(character.isupper() for character in text[actor.start : actor.end])
    ]
    return sorted(places + actors)


def find_keywords(
    analyses: Sequence[DocumentAnalysis], reference: Mapping[str, int] | None = None
) -> tuple[Keyword, ...]:
    """Words that mark each document off from the others, or from a corpus of one's choice."""
    names = [analysis.document.source for analysis in analyses]
    return _keywords(names, count_corpus(map(counts_of, analyses)), reference)


def counts_of(analysis: DocumentAnalysis) -> ChapterCounts:
    """The words of a document's chapters, names masked."""
    document = analysis.document
    return count_chapters(chapters_of(document, masked_body(document, name_spans(analysis))))


def _keywords(
    names: Sequence[str], counted: Counted, reference: Mapping[str, int] | None
) -> tuple[Keyword, ...]:
    """The words that mark each document off from the others, or from a reference corpus."""
    total = np.asarray(counted.documents.sum(axis=0), dtype=np.float64).ravel()
    found: list[Keyword] = []
    for number, name in enumerate(names):
        if reference is None:
            rows = _own_words(counted, total, number)
        else:
            rows = keyness(counted.counts(number), reference) if reference else []
        tested = [row for row in rows if row[1] >= _LEAST_COUNT]
        chance = likelihood_p(np.array([row[4] for row in tested]))
        strong = [
            (row, float(p), float(q))
            for row, p, q in zip(tested, chance, adjusted(chance), strict=True)
            if row[3] > 0
        ]
        found += [
            Keyword(
                word=word, document=name, count=n, reference_count=m, z=z, g2=g2, p=p, p_adjusted=q
            )
            for (word, n, m, z, g2), p, q in strong[:KEYWORDS]
        ]
    return tuple(found)


def _own_words(
    counted: Counted, total: NDArray[np.float64], number: int
) -> list[tuple[str, int, int, float, float]]:
    """The words of a document against those of all the others, as :func:`keyness` gives them."""
    own = counted.documents[[number]].toarray().ravel()
    others = total - own
    if not others.any():
        return []
    z, g2 = scores(own, others, total + 0.01)
    often = np.flatnonzero(own >= _LEAST_COUNT)
    return [
        (counted.words[i], int(own[i]), int(others[i]), float(z[i]), float(g2[i]))
        for i in often[np.argsort(-z[often], kind="stable")].tolist()
    ]


def _fits(
    analyses: Sequence[DocumentAnalysis],
    counted: Counted,
    quotients: Sequence[Quotient],
    structures: Mapping[str, Mapping[str, float]],
    seed: int,
) -> tuple[tuple[Fit, ...], dict[str, float]]:
    names = [analysis.document.source for analysis in analyses]
    apart = distinctiveness(tfidf(counted.documents))
    whose = interchangeability(names, counted)
    fits = []
    for i, analysis in enumerate(analyses):
        region = analysis.document.place
        local = {q.sector: q for q in quotients_of(quotients, region, analysis.document.year)}
        priorities = {p.sector for p in analysis.priorities}
        measured, shares = shares_above(priorities, local)
        several = len(analyses) > 1
        fits.append(
            Fit(
                document=names[i],
                priorities=len(priorities),
                measured=measured,
                shares=shares,
                ignored=ignored_strengths(priorities, local),
                krugman=_from_others(region, structures),
                distinctiveness=apart[i] if several else None,
                interchangeability=whose[i].share if several and whose[i].chapters > 1 else None,
            )
        )
    statistics: dict[str, float] = {}
    # A document's only chapter leaves nothing of it to be traced to, and proves nothing.
    asked = [item for item in whose if item.chapters > 1]
    total = sum(item.chapters for item in asked)
    if total:
        statistics["interchangeability.chapters"] = float(total)
        statistics["interchangeability.traced"] = sum(item.right for item in asked) / total
        statistics["interchangeability.chance"] = sum(i.chance * i.chapters for i in asked) / total
    return tuple(fits), statistics | _mantel(analyses, structures, seed)


def _with_structures(
    pairs: Sequence[Similarity],
    analyses: Sequence[DocumentAnalysis],
    structures: Mapping[str, Mapping[str, float]],
) -> tuple[Similarity, ...]:
    """Pairs with the distance of their regions' economies, where figures tell it."""
    places = {a.document.source: a.document.place for a in analyses}
    known: dict[tuple[str, str], float] = {}
    found = []
    for pair in pairs:
        a, b = places[pair.a], places[pair.b]
        if a is not None and b is not None and a in structures and b in structures:
            if (a, b) not in known:
                known[a, b] = krugman(structures[a], structures[b])
            pair = msgspec.structs.replace(pair, structure=known[a, b])
        found.append(pair)
    return tuple(found)


def _from_others(region: str | None, structures: Mapping[str, Mapping[str, float]]) -> float | None:
    """Krugman's distance of a region from the mean structure of the others."""
    if region is None or region not in structures or len(structures) < 2:
        return None
    others = [row for name, row in structures.items() if name != region]
    codes = sorted(set().union(*others))
    mean = {code: sum(row.get(code, 0.0) for row in others) / len(others) for code in codes}
    return krugman(structures[region], mean)


def _mantel(
    analyses: Sequence[DocumentAnalysis],
    structures: Mapping[str, Mapping[str, float]],
    seed: int,
) -> dict[str, float]:
    """Mantel's test: do regions of like structure set like priorities."""
    chosen = {a.document.place: a for a in analyses if a.document.place in structures}
    regions = sorted(region for region in chosen if region is not None)
    sets = [{p.sector for p in chosen[region].priorities} for region in regions]
    if len(regions) < 4:
        return {}
    by_priority = np.array(
        [[1.0 - jaccard(a, b) if a is not b else 0.0 for b in sets] for a in sets]
    )
    test = mantel(distance_table(regions, structures), by_priority, seed=seed)
    return {"mantel.r": test.r, "mantel.p": test.p, "mantel.regions": float(test.n)}


def _passage_statistics(passages: Sequence[Passage]) -> dict[str, float]:
    return {
        "passages": float(len(passages)),
        "passages.template": float(sum(passage.template for passage in passages)),
        "passages.joint": float(sum(passage.joint for passage in passages)),
    }
