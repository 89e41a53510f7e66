"""Mentions of sectors: spans that name a sector as an industry.

The terms of ``rules/sectors`` are found by longest match, compound names are taken apart
('retail and leisure sector' is two sectors), and a sense filter then decides whether each
candidate is an industry here (see ``senses``).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stratlint.knowledge.taxonomy import Level, Taxonomy, load_taxonomy, stamp_of, taxonomy_folder
from stratlint.language.sectors.abbreviations import with_abbreviations
from stratlint.language.sectors.compounds import Compounds
from stratlint.language.sectors.rows import aspects, raised
from stratlint.language.sectors.sense_features import BEHIND, cues, features_of, setting_of
from stratlint.language.sectors.senses import Candidate, Term, shipped_senses
from stratlint.language.sectors.variants import single_words, variants
from stratlint.text.trie import TokenTrie
from stratlint.text.words import Words, term_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stratlint.language.sectors.senses import SenseModel
    from stratlint.language.sectors.structure import NamedPlaces
    from stratlint.records import Sentence

_STRENGTH: dict[Level, int] = {
    "label": 3,
    "acronym": 3,
    "alternative": 2,
    "conditional": 1,
    "negative": 0,
}


DOUBTFUL = 0.05
"""Probability of the sense filter from which a name is an industry where its text surely chooses it
(see ``commitment.doubtful``): less are names of something else in any case."""


class SectorMatcher:
    """The taxonomy compiled for matching."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        terms = [
            Term(entry.id, name, level) for entry in taxonomy.sectors for name, level in entry.terms
        ]
        known = single_words(term.name for term in terms)
        self._trie: TokenTrie[Term] = TokenTrie(
            (keys, term) for term in terms for keys in variants(term.name, known)
        )
        self.vocabulary = frozenset(k for k in self._trie.vocabulary if k.isalpha())
        heads = {keys[-1] for term in terms if len(keys := term_keys(term.name)) > 1}
        self._compounds = Compounds(self._trie, frozenset(heads))

    def candidates(self, words: Words) -> list[Candidate]:
        """All candidates in order of place; at most one a sector and place."""
        plain = list(self._plain(words))
        shared = list(self._compounds.found(words, plain))
        return with_abbreviations(words, _merged(plain, shared) if shared else plain)

    def _plain(self, words: Words) -> Iterator[Candidate]:
        for first, last, payloads in self._trie.longest(words):
            if last - first > 1 and any(term.level != "negative" for term in payloads):
                payloads = [*payloads, *self._parts(words.keys[first:last])]
            if _is_address(words, first, last):
                continue
            payloads = [
                term for term in payloads if _is_in_its_number(words.forms[first:last], term)
            ]
            best: dict[str, Term] = {}
            denied = {term.sector for term in payloads if term.level == "negative"}
            for term in payloads:
                kept = best.get(term.sector)
                if kept is None or _STRENGTH[term.level] > _STRENGTH[kept.level]:
                    best[term.sector] = term
            for sector in sorted(best):
                if sector not in denied:
                    yield Candidate(best[sector], first, last)

    def _parts(self, keys: list[str]) -> list[Term]:
        """The sectors that the parts of a compound name name by themselves."""
        parts: list[list[str]] = [[]]
        for key in keys:
            if key in ("and", ",", "/", "or"):
                parts.append([])
            else:
                parts[-1].append(key)
        if len(parts) == 1:
            return []
        return [
            term
            for part in parts
            if part
            for term in self._trie.exact(part)
            # The bare 'health' of 'life sciences and health' is no industry of its own.
            if term.level not in ("negative", "conditional")
        ]


def _is_address(words: Words, first: int, last: int) -> bool:
    """Whether words begin the name of a street or a house: 'Foundry House', 'Boatyard Quay'."""
    return (
        last < len(words)
        and words.keys[last] in cues().addresses
        and words.gaps[last] == 0
        and all(words.forms[i][0].isupper() and not words.forms[i].isupper() for i in (first, last))
    )


_OWN_NUMBER = frozenset({"composites", "securities"})
"""Words that mean an industry in the plural only: 'security industries' trade no securities."""


def _is_in_its_number(forms: Sequence[str], term: Term) -> bool:
    """Whether a term stands there in the number that makes it a name of its industry.

    'makes up' is no make-up: the first part of a name with a hyphen takes no ending.
    """
    name = term.name.lower()
    written = {form.lower() for form in forms}
    own = _OWN_NUMBER.intersection(name.split())
    if own and own.isdisjoint(written):
        return False
    first, hyphen, _ = name.partition("-")
    return not hyphen or forms[0].lower() != f"{first}s"


def _merged(plain: Sequence[Candidate], shared: Iterable[Candidate]) -> list[Candidate]:
    """Both kinds of candidates in order; a shared name gives way to a name as strong or longer."""
    by_word: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in plain:
        for index in range(candidate.first, candidate.last):
            by_word[index].append(candidate)
    gone: set[Candidate] = set()
    added: set[Candidate] = set()
    for candidate in shared:
        near = {c for i in range(candidate.first, candidate.last) for c in by_word[i]} - gone
        rivals = {c for c in near if c.term.sector == candidate.term.sector}
        size = candidate.last - candidate.first
        if any(
            _STRENGTH[c.term.level] >= _STRENGTH[candidate.term.level] or c.last - c.first > size
            for c in rivals
        ):
            continue
        gone |= rivals
        added.add(candidate)
        for index in range(candidate.first, candidate.last):
            by_word[index].append(candidate)
    kept = [c for c in plain if c not in gone]
    return sorted({*kept, *(added - gone)}, key=lambda c: (c.first, c.last, c.term.sector))


def sector_matcher() -> SectorMatcher:
    """The matcher of the sectors in force."""
    folder = taxonomy_folder()
    return _matcher(folder, stamp_of(folder))


@cache
def _matcher(folder: Path, _stamp: tuple[tuple[str, int, int], ...]) -> SectorMatcher:
    return SectorMatcher(load_taxonomy(folder))


class SectorSpan(NamedTuple):
    """A span that names a sector as an industry.

    ``term`` is the label of the taxonomy that matched and ``level`` how strong it is;
    ``probability`` is the sense filter's; ``first`` and ``last`` are word indexes, ``block``
    and ``sentence`` indexes into the document's blocks and the list of sentences. ``is_firm`` says
    that the name is an industry whatever is said of it.
    """

    sector: str
    start: int
    end: int
    term: str
    level: Level
    probability: float
    first: int
    last: int
    block: int
    sentence: int
    is_firm: bool = True


def find_spans(
    words: Words,
    candidates: Sequence[Candidate],
    sentences: Sequence[Sentence],
    senses: SenseModel | None = None,
    named: NamedPlaces | None = None,
) -> tuple[SectorSpan, ...]:
    """The candidates that may name industries, in order of place.

    Those from the sense filter's threshold on do, the others only where the text chooses them
    (``is_firm``). In ``named`` places, where the layout says that sectors are named, all do.
    """
    model = senses or shipped_senses()
    setting = setting_of(words, candidates, [s.start for s in sentences])
    inside = [c for c in candidates if setting.sentence_of[c.first] >= 0]
    gone = aspects(words, inside)
    inside = [candidate for number, candidate in enumerate(inside) if number not in gone]
    probabilities = []
    for candidate in inside:
        features = features_of(setting, candidate)
        probability = model.probability(features)
        is_named = named is not None and named.holds(words.starts[candidate.first])
        if is_named and BEHIND not in features:
            probability = max(probability, model.threshold)
        probabilities.append(probability)
    document = named.document if named is not None else None
    for number in raised(words, inside, probabilities, model.threshold, document):
        probabilities[number] = model.threshold
    spans = []
    for candidate, probability in zip(inside, probabilities, strict=True):
        if probability >= min(DOUBTFUL, model.threshold):
            index = setting.sentence_of[candidate.first]
            firm = probability >= model.threshold
            spans.append(_span(words, candidate, probability, index, sentences[index].block, firm))
    return tuple(spans)


def firm_and_doubtful(
    spans: Sequence[SectorSpan],
) -> tuple[tuple[SectorSpan, ...], tuple[SectorSpan, ...]]:
    """Part the names that are industries from those that may be; none of these overlaps any."""
    firm = tuple(span for span in spans if span.is_firm)
    taken = {index for span in firm for index in range(span.first, span.last)}
    doubtful = []
    for span in sorted(spans, key=lambda span: (-span.probability, span.first)):
        words = range(span.first, span.last)
        if span.is_firm or not taken.isdisjoint(words):
            continue
        taken.update(words)
        doubtful.append(span)
    return firm, tuple(sorted(doubtful, key=lambda span: span.start))


def _span(
    words: Words, candidate: Candidate, probability: float, sentence: int, block: int, firm: bool
) -> SectorSpan:
    return SectorSpan(
        sector=candidate.term.sector,
        start=words.starts[candidate.first],
        end=words.ends[candidate.last - 1],
        term=candidate.term.name,
        level=candidate.term.level,
        probability=round(probability, 3),
        first=candidate.first,
        last=candidate.last,
        block=block,
        sentence=sentence,
        is_firm=firm,
    )
