"""How right the labels are: the measures of the gold data, with intervals by document.

Micro-averaged over (passage, sector). A disputed sector is neither right nor wrong. *mention*
counts any class, *committed* priority or support, *priority* priority alone; *clean* is the
share of passages with nothing to find where nothing was said. Intervals resample whole
documents, because passages of one document are alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from stratlint.records import Commitment, Record

if TYPE_CHECKING:
    from stratlint.training.gold import GoldPassage

Labels = Mapping[str, str]

TARGETS: dict[str, frozenset[str]] = {
    "mention": frozenset(c.value for c in Commitment),
    "committed": frozenset(c.value for c in Commitment if c.is_committed),
    "priority": frozenset({Commitment.PRIORITY.value}),
}


class Tally(Record, frozen=True):
    """Counts of one target over some passages; it owns its ratios."""

    hit: int = 0
    wrong: int = 0
    lost: int = 0
    empty: int = 0
    quiet: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            hit=self.hit + other.hit,
            wrong=self.wrong + other.wrong,
            lost=self.lost + other.lost,
            empty=self.empty + other.empty,
            quiet=self.quiet + other.quiet,
        )

    @property
    def precision(self) -> float:
        """Share of what was said that is right."""
        return self.hit / max(1, self.hit + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is right that was said."""
        return self.hit / max(1, self.hit + self.lost)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    @property
    def clean(self) -> float:
        """Share of passages with nothing to find in which nothing was said."""
        return self.quiet / max(1, self.empty)


class Score(Record, frozen=True):
    """A target's figures with 95 % intervals of F1 and clean (bootstrap by document)."""

    target: str
    cases: int
    precision: float
    recall: float
    f1: float
    clean: float
    f1_interval: tuple[float, float] | None = None
    clean_interval: tuple[float, float] | None = None


class Slice(Record, frozen=True):
    """The targets over a part of the passages."""

    name: str
    passages: int
    scores: dict[str, Score]


class Evaluation(Record, frozen=True):
    """Everything that is known of how right some predictions are."""

    passages: int
    unpredicted: int
    documents: int
    scores: dict[str, Score]
    class_accuracy: float
    classes: dict[str, Score]
    sectors: dict[str, Score]
    kinds: tuple[Slice, ...]
    strata: tuple[Slice, ...]
    confusions: tuple[tuple[str, str, int], ...]


def tally(passage: GoldPassage, said: Labels, classes: frozenset[str]) -> Tally:
    """One passage's counts for the sectors of some classes."""
    truth = {s for s, c in passage.labels.items() if c in classes}
    found = {s for s, c in said.items() if c in classes} - set(passage.disputed)
    return Tally(
        hit=len(truth & found),
        wrong=len(found - truth),
        lost=len(truth - found),
        empty=int(not truth),
        quiet=int(not truth and not found),
    )


def evaluate(
    gold: Sequence[GoldPassage],
    predicted: Mapping[str, Labels],
    *,
    resamples: int = 1000,
    seed: int = 1,
) -> Evaluation:
    """Score predicted labels (passage id to sector to class) against gold."""
    pairs = [
        (str(c.value), predicted[p.id][s])
        for p in gold
        if p.id in predicted
        for s, c in p.labels.items()
        if s in predicted[p.id]
    ]
    confused = Counter(pair for pair in pairs if pair[0] != pair[1])
    return Evaluation(
        passages=len(gold),
        unpredicted=sum(p.id not in predicted for p in gold),
        documents=len({p.document for p in gold}),
        scores=_scores(gold, predicted, resamples, seed),
        class_accuracy=sum(a == b for a, b in pairs) / max(1, len(pairs)),
        classes={
            c.value: _score(c.value, gold, predicted, frozenset({c.value}), resamples, seed)
            for c in Commitment
        },
        sectors=_by_sector(gold, predicted),
        kinds=_slices(gold, predicted, lambda p: p.kind or "unknown", resamples, seed),
        strata=_slices(gold, predicted, lambda p: p.drawn_as, resamples, seed),
        confusions=tuple(
            (a, b, n) for (a, b), n in sorted(confused.items(), key=lambda i: (-i[1], i[0]))
        ),
    )


def _scores(
    gold: Sequence[GoldPassage], predicted: Mapping[str, Labels], resamples: int, seed: int
) -> dict[str, Score]:
    return {
        name: _score(name, gold, predicted, classes, resamples, seed)
        for name, classes in TARGETS.items()
    }


def _score(
    target: str,
    gold: Sequence[GoldPassage],
    predicted: Mapping[str, Labels],
    classes: frozenset[str],
    resamples: int,
    seed: int,
) -> Score:
    by_document: dict[str, Tally] = defaultdict(Tally)
    for passage in gold:
        one = tally(passage, predicted.get(passage.id, {}), classes)
        by_document[passage.document] = by_document[passage.document].plus(one)
    total = _sum(by_document.values())
    f1, clean = _intervals([by_document[n] for n in sorted(by_document)], resamples, seed)
    return Score(
        target=target,
        cases=total.hit + total.lost,
        precision=total.precision,
        recall=total.recall,
        f1=total.f1,
        clean=total.clean,
        f1_interval=f1,
        clean_interval=clean,
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    hit = wrong = lost = empty = quiet = 0
    for one in tallies:
        hit, wrong, lost = hit + one.hit, wrong + one.wrong, lost + one.lost
        empty, quiet = empty + one.empty, quiet + one.quiet
    return Tally(hit=hit, wrong=wrong, lost=lost, empty=empty, quiet=quiet)


def _intervals(
    tallies: Sequence[Tally], resamples: int, seed: int
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Percentile bootstrap (Efron 1979) over documents; None with fewer than two."""
    if resamples < 1 or len(tallies) < 2:
        return None, None
    random = Random(seed)  # noqa: S311 (resampling, not secrets)
    samples = [_sum(random.choices(tallies, k=len(tallies))) for _ in range(resamples)]
    return _percentiles([s.f1 for s in samples]), _percentiles([s.clean for s in samples])


def _percentiles(values: list[float]) -> tuple[float, float]:
    values.sort()
    low, high = int(0.025 * len(values)), int(0.975 * len(values))
    return values[low], values[min(high, len(values) - 1)]


def _by_sector(gold: Sequence[GoldPassage], predicted: Mapping[str, Labels]) -> dict[str, Score]:
    """Whether each sector was found, with any class: precision and recall of its names."""
    hit: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for passage in gold:
        truth = set(passage.labels)
        said = set(predicted.get(passage.id, {})) - set(passage.disputed)
        hit.update(truth & said)
        wrong.update(said - truth)
        lost.update(truth - said)
    result: dict[str, Score] = {}
    for sector in sorted({*hit, *wrong, *lost}):
        one = Tally(hit=hit[sector], wrong=wrong[sector], lost=lost[sector])
        result[sector] = Score(
            target="mention",
            cases=one.hit + one.lost,
            precision=one.precision,
            recall=one.recall,
            f1=one.f1,
            clean=one.clean,
        )
    return result


def _slices(
    gold: Sequence[GoldPassage],
    predicted: Mapping[str, Labels],
    name_of: Callable[[GoldPassage], str],
    resamples: int,
    seed: int,
) -> tuple[Slice, ...]:
    parts: dict[str, list[GoldPassage]] = defaultdict(list)
    for passage in gold:
        parts[name_of(passage)].append(passage)
    return tuple(
        Slice(
            name=name,
            passages=len(part),
            scores=_scores(part, predicted, resamples, seed),
        )
        for name, part in sorted(parts.items())
    )
