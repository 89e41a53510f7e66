"""What kind of document a text is: a strategy, a prospectus, minutes of a board.

A small logistic regression looks at how often a document's title, headings and text use the words
of each kind (``rules/language/kinds.yaml``) and at a few habits: questions, numbered policies,
sums of money. Its weights stand as text in ``kinds-model.json`` and are fitted by
:mod:`stratlint.training.kinds`.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Document, DocumentKind, Kind, Record, Role
from stratlint.resources import data_dir
from stratlint.text.phrases import PhraseSet, PhraseText, Token, WordIndex, phrase_set, tokenise

READ = 20_000
"""Words of the text that are looked at: what a document is shows in its first sixty pages, and a
plan of 200,000 words would cost a second."""
OPENING = 25
"""Words of the body that count as its title page beside the title."""
SHORT = 900
"""Words that a whole strategy has at least: the shortest of 26 public and modelled ones has 1,998,
leaflets and summaries had up to 800."""
LEAFLET = 2
"""Pages up to which a paged document is a leaflet, unless it is long: Word files that break their
pages by hand count as two, with 2,400 words."""
LONG = 1_600
"""Words from which a text is whole though it has two pages or opens with its summary."""
SURE = 0.35
"""Probability that another kind needs, besides being likelier than both kinds of strategy together:
a strategy taken for something else is asked nothing, which costs more than a question too many. Of
127 documents left out of the fit in turn 119 are told right (a strategy of either kind counts as
one); at .35 one strategy of 36 is lost and 5 others are taken for one, at .5 none and 13."""
NAMED = 2.0
"""What a title page that names the kind outright ('issues and options', 'innovation strategy') adds
to its score: seven times the odds. On 22 modelled documents the wording of the body outweighed two
such titles without it; more would let one word of a title decide against a whole text."""
NO_PLAN = 0.6
"""Probability that 'not a plan' needs where a text tells of public money and of those who spend it:
a strategy that is written as a letter or as a story says 'I' and 'he said' as one does. Of 46
documents by authors who wrote so on purpose it took eight for no plan, seven of them below this."""
_SUM = re.compile(r"[£€$]\s?\d|\b\d[\d.,]*\s?(?:million|bn)\b")
_SPENDERS = re.compile(
    r"\b(?:council|board|partnership|authority|committee|cabinet|agency|assembly)\b", re.IGNORECASE
)
_SPENDS = "it tells of sums of money and of the public bodies that spend them"
_SUMS, _OFTEN = 2.0, 3.0
"""Sums, and names of bodies that spend, in a thousand words."""
_STRATEGIES = (Kind.STRATEGY, Kind.INNOVATION_STRATEGY)
_ZONES = ("title", "headings", "text")
_SAID = {"title": "its title says", "headings": "headings such as", "text": "words such as"}
_HABITS = {
    "questions": re.compile(r"\?(?=\s|$)"),
    "policies": re.compile(r"\b[Pp]olicy [A-Z]{1,4} ?\d+|\bPOLICY [A-Z]*\d+"),
    "promises": re.compile(r"\b[Ww]e will\b|\bwill (?:work|support|develop|establish|help)\b"),
    "permissions": re.compile(r"\bwill (?:not )?be (?:permitted|granted|refused|supported)\b"),
    "you": re.compile(r"\b[Yy]ours?\b|\b[Yy]ou\b"),
    "asked": re.compile(r"\b(?:is|are) (?:asked|recommended|requested) to\b|\b[Rr]esolved\b"),
    "perfect": re.compile(r"\bha(?:s|ve) (?:been )?(?:invested|awarded|paid|delivered|funded)\b"),
}
_EXTRACT = re.compile(
    r"\b(?:extracts?|excerpts?|leaflet|flyer|summary leaflet|at a glance|fact ?sheet)\b",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"\bexecutive summary\b", re.IGNORECASE)
"""A whole plan often begins with its summary; only a short text is nothing else."""


class Cues(Editable):
    """Words by which one kind is told; ``named`` are names that a title page gives to it."""

    named: tuple[PhraseText, ...] = ()
    title: tuple[PhraseText, ...]
    headings: tuple[PhraseText, ...]
    text: tuple[PhraseText, ...]


class CueFile(Editable):
    """``kinds.yaml``: the words of every kind."""

    kinds: dict[Kind, Cues]


class Model(Record, frozen=True):
    """Weights by kind, in the order of ``features``, and what each begins with."""

    features: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]
    biases: dict[str, float]


class Signs(Record, frozen=True):
    """What was seen of a document: a number for each feature, and the words behind it."""

    values: dict[str, float]
    words: dict[str, tuple[str, ...]]
    named: frozenset[Kind] = frozenset()


@lru_cache(maxsize=1)
def cues() -> Mapping[Kind, Cues]:
    """The words of every kind. Raises FileFault for a fault in the file."""
    return load_yaml(data_dir("rules") / "language" / "kinds.yaml", CueFile).kinds


@lru_cache(maxsize=1)
def _model() -> Model:
    data = json.loads((data_dir("rules") / "language" / "kinds-model.json").read_text("utf-8"))
    return Model(
        features=tuple(data["features"]),
        weights={kind: tuple(row) for kind, row in data["weights"].items()},
        biases=data["biases"],
    )


def kind_of(document: Document) -> DocumentKind:
    """The kind of a document, with the reason in words, and whether it is whole."""
    signs = signs_of(document)
    chances = _chances(signs)
    best = max(chances, key=lambda kind: chances[kind])
    together = sum(chances[kind] for kind in _STRATEGIES)
    if best not in _STRATEGIES and (chances[best] < SURE or chances[best] < together):
        best = max(_STRATEGIES, key=lambda kind: chances[kind])
    spends = best is Kind.OTHER and chances[best] < NO_PLAN and _spends(document)
    if spends:
        best = Kind.STRATEGY
    return DocumentKind(
        kind=best,
        confidence=round(together if best in _STRATEGIES else chances[best], 2),
        reason=_SPENDS if spends else _reason(signs, best),
        whole=is_whole(document),
    )


def _spends(document: Document) -> bool:
    """Whether a long text tells of sums and of public bodies as a plan does."""
    words = sum(1 for _ in re.finditer(r"\w+", document.body))
    sums = sum(1 for _ in _SUM.finditer(document.body))
    bodies = sum(1 for _ in _SPENDERS.finditer(document.body))
    return words >= SHORT and min(sums / _SUMS, bodies / _OFTEN) * 1000 >= words


def is_whole(document: Document) -> bool:
    """Whether a document is long enough for a strategy and does not call itself an extract."""
    opening = f"{document.title or ''} {document.body[:200]}"
    words = sum(1 for _ in islice(re.finditer(r"\w+", document.body), LONG))
    if _EXTRACT.search(opening) or _SUMMARY.search(document.title or ""):
        return False
    if words < LONG and _SUMMARY.search(opening):
        return False
    if words < LONG and 1 < len(document.pages) <= LEAFLET:
        return False
    return words >= SHORT


def signs_of(document: Document) -> Signs:
    """How much a document uses the words of each kind, zone by zone, and its habits.

    What counts is a kind's share among all kinds, so that a page and a book are alike.
    """
    zones = _zones(document)
    values: dict[str, float] = {}
    words: dict[str, tuple[str, ...]] = {}
    title = WordIndex(*zones["title"])
    named = frozenset(
        kind for kind, own in cues().items() if own.named and _matches(title, phrase_set(own.named))
    )
    for zone in _ZONES:
        index = WordIndex(*zones[zone])
        counts: dict[Kind, float] = {}
        for kind, own in cues().items():
            found = _matches(index, phrase_set(getattr(own, zone)))
            # A word said a hundred times says little more than one said ten times.
            counts[kind] = sum(math.log1p(n) for n in found.values())
            words[f"{zone}: {kind.value}"] = tuple(word for word, _ in found.most_common(3))
        total = sum(counts.values()) + 2.0
        for kind, number in counts.items():
            values[f"{zone}: {kind.value}"] = number / total
    body = document.body[: READ * 7]
    thousands = max(0.05, len(body) / 6_000)
    for habit, pattern in _HABITS.items():
        values[habit] = math.log1p(sum(1 for _ in pattern.finditer(body)) / thousands)
    return Signs(values=values, words=words, named=named)


def _zones(document: Document) -> dict[str, tuple[list[Token], list[int]]]:
    """Words and units of the title page, of the headings and of the text."""
    zones: dict[str, tuple[list[Token], list[int]]] = {zone: ([], []) for zone in _ZONES}

    def add(zone: str, text: str, unit: int) -> None:
        tokens = tokenise(text)
        zones[zone][0].extend(tokens)
        zones[zone][1].extend([unit] * len(tokens))

    add("title", document.title or "", -1)
    for number, block in enumerate(document.blocks):
        if not block.role.is_body or block.role is Role.CONTENTS:
            continue
        if len(zones["text"][0]) >= READ:
            break
        text = document.block_text(number)
        if len(zones["text"][0]) < OPENING:
            add("title", text[:200], number)
        add("headings" if block.role is Role.HEADING else "text", text, number)
    return zones


def _matches(index: WordIndex, phrases: PhraseSet) -> Counter[str]:
    found: Counter[str] = Counter()
    for first, last, _ in index.find(phrases):
        found[" ".join(token.folded for token in index.tokens[first : last + 1])] += 1
    return found


def _chances(signs: Signs) -> dict[Kind, float]:
    model = _model()
    scores = {
        Kind(kind): model.biases[kind]
        + NAMED * (Kind(kind) in signs.named)
        + sum(w * signs.values.get(f, 0.0) for w, f in zip(row, model.features, strict=True))
        for kind, row in model.weights.items()
    }
    top = max(scores.values())
    odds = {kind: math.exp(score - top) for kind, score in scores.items()}
    total = sum(odds.values())
    return {kind: odd / total for kind, odd in odds.items()}


def _reason(signs: Signs, kind: Kind) -> str:
    """The words of the kind that were seen, the most telling zone first."""
    said = []
    for zone in _ZONES:
        words = signs.words[f"{zone}: {kind.value}"]
        if words:
            said.append(f"{_SAID[zone]} {_quoted(words)}")
    return "; ".join(said[:2]) or "nothing speaks for another kind"


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
