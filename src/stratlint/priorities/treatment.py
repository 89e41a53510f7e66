"""How a document treats each sector: once or often, with figures or with promises of its own.

A document spends its pages on what it chooses: it comes back to it late, alone in its sentences, in
sections and rows of its own, with money and with what will be done. A profile, a history and a list
of what others do name a sector and leave it. No word of a choice is needed for that, so a small
model over such counts, and over the phrases of what is said of a sector, has its say beside the
declarations. It has learnt from whole documents by several authors (``stratlint train --choices``):
``rules/language/treatment-model.json``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from pydantic import Field

from stratlint.knowledge.files import file_record
from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.language.commitment.layout import layout
from stratlint.priorities.phrases import phrases, speaking
from stratlint.records import Commitment, Record, Role
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from stratlint.records import Document, Mention, Sentence

FILE = "treatment-model.json"
COMPARED = 7
"""Sectors that a document names at least where their treatment can be compared: of 127 documents
read two named fewer, and chose none."""
MOSTLY = 0.6
"""Share of a paragraph's mentions from which it is about one sector."""
LEADS = 0.5
"""Share of a section's mentions from which it is."""
CROWD = 3
"""Sectors of one sentence that make an enumeration."""
LATE = 0.4
"""Share of the text after which a mention is late: strategies begin with a profile."""
TREATED, SAID, BOTH = 0.4, 0.95, -0.15
"""How much treatment and phrases count together. Logistic regressions on both, each source left out
of all three, gave .41 to .52, .77 to .94 and -.15 to -.18 with the wilful documents counted eight
times; phrases rank the sectors of those better (area under the curve .89 against .75), treatment
those of plain ones (.97 against .93)."""
_SECTIONS = ("evidence", "past", "asked", "other", "out")
_TOKEN = re.compile(r"[a-z]+(?:['’]t)?|[£€$]")
_BEST = 0.999
"""Share below which a figure is no maximum."""


class Words(Editable):
    """``rules/language/treatment.yaml``: words by which sentences are counted."""

    promises: frozenset[str] = Field(min_length=1)
    past: frozenset[str] = Field(min_length=1)
    denials: frozenset[str] = Field(min_length=1)
    ordinals: frozenset[str] = Field(min_length=1)
    money: frozenset[str] = Field(min_length=1)
    own: frozenset[str] = Field(min_length=1)
    means: frozenset[str] = frozenset()
    """Sectors that treatment alone does not choose."""

    @property
    def kinds(self) -> dict[str, frozenset[str]]:
        """The lists of words by the names that the model's features have."""
        return {name: getattr(self, name) for name in Words.model_fields if name != "means"}


class TreatmentModel(Record, frozen=True):
    """Log-odds that a document chooses a sector, by how it treats it and by phrases about it."""

    bias: float
    card: dict[str, Any]
    weights: dict[str, float]
    phrase_bias: float = 0.0
    phrases: dict[str, float] = msgspec.field(default_factory=dict)

    def log_odds(self, features: Mapping[str, float]) -> float:
        """How likely the treatment of a sector is that of a chosen one."""
        weights = self.weights
        return self.bias + sum(weights.get(name, 0.0) * value for name, value in features.items())

    def together(self, features: Mapping[str, float], paragraphs: Sequence[Iterable[str]]) -> float:
        """The log-odds by treatment and by phrases."""
        said = speaking(paragraphs, self.phrases, self.phrase_bias)
        return TREATED * self.log_odds(features) + SAID * said + BOTH


@lru_cache(maxsize=1)
def words() -> Words:
    """The words that ship with stratlint. Raises FileFault for a fault in the file."""
    return load_yaml(data_dir("rules") / "language" / "treatment.yaml", Words)


def read_treatment(path: Path) -> TreatmentModel:
    """Read a model file. Raises FileFault when it is not one."""
    return file_record(path, TreatmentModel, "a model of treatment")


@lru_cache(maxsize=1)
def shipped_treatment() -> TreatmentModel:
    """Return the model that comes with stratlint."""
    return read_treatment(data_dir("rules") / "language" / FILE)


def write_treatment(model: TreatmentModel) -> str:
    """Return the text of a model file, one feature a line."""
    return msgspec.json.format(msgspec.json.encode(model), indent=1).decode() + "\n"


def likelihoods(
    model: TreatmentModel,
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
) -> dict[str, float]:
    """The log-odds of a choice for each sector that a document names."""
    features = treatments(document, sentences, mentions)
    if not features:
        return {}
    said = phrases(document, sentences, mentions, model.phrases)
    return {sector: model.together(found, said[sector]) for sector, found in features.items()}


def treatments(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> dict[str, dict[str, float]]:
    """The features of each sector that the own text of a document names, beside the others."""
    if len({mention.sector for mention in mentions}) < COMPARED:
        return {}
    return _Treatments(document, sentences, mentions).features()


class _Treatments:
    """The mentions of a document by sentence, paragraph and section."""

    def __init__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> None:
        self._document, self._sentences, self._mentions = document, sentences, mentions
        self._length = max(1, document.body_end)
        self._by_sector: dict[str, list[Mention]] = defaultdict(list)
        self._in_sentence: dict[int, set[str]] = defaultdict(set)
        self._in_block: dict[int, Counter[str]] = defaultdict(Counter)
        self._in_section: dict[int, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            self._by_sector[mention.sector].append(mention)
            self._in_sentence[mention.sentence].add(mention.sector)
            self._in_block[mention.block][mention.sector] += 1
            self._in_section[self._over(mention.block)][mention.sector] += 1
        self._said: dict[int, frozenset[str]] = {}
        self._about: dict[int, str] = {}
        self._kinds = words().kinds

    def features(self) -> dict[str, dict[str, float]]:
        """The features of each sector."""
        counts = {sector: len(found) for sector, found in self._by_sector.items()}
        most, mean = max(counts.values()), len(self._mentions) / len(counts)
        spread = math.sqrt(sum((n - mean) ** 2 for n in counts.values()) / len(counts)) + 0.5
        ranks = {s: n for n, s in enumerate(sorted(counts, key=lambda s: (-counts[s], s)))}
        dominant = self._dominant()
        return {
            sector: {
                "mentions": math.log1p(counts[sector]),
                "share of mentions": counts[sector] / len(self._mentions),
                "mentions beside the most named": counts[sector] / most,
                "rank": ranks[sector] / len(counts),
                "deviations above the mean": (counts[sector] - mean) / spread,
                "sentences of the text": math.log1p(len(self._sentences)),
                **self._places(found),
                **self._layout(sector, found, dominant[sector]),
                **self._words(found),
                **{
                    f"read as {commitment.value}": sum(m.commitment is commitment for m in found)
                    / len(found)
                    for commitment in Commitment
                },
            }
            for sector, found in self._by_sector.items()
        }

    def _places(self, found: Sequence[Mention]) -> dict[str, float]:
        """Where in the text a sector is named."""
        places = [min(mention.start / self._length, 1.0) for mention in found]
        late = sum(place > LATE for place in places)
        return {
            "first place": min(places),
            "last place": max(places),
            "mean place": sum(places) / len(places),
            "stretch": max(places) - min(places),
            "tenths of the text": float(len({int(min(place, _BEST) * 10) for place in places})),
            "second half": sum(place > 0.5 for place in places) / len(places),
            "late mentions": math.log1p(late),
        }

    def _layout(
        self, sector: str, found: Sequence[Mention], dominant: Sequence[int]
    ) -> dict[str, float]:
        """In what blocks and sections a sector is named, and which of them are about it."""
        count, blocks = len(found), self._document.blocks
        roles = Counter(blocks[mention.block].role for mention in found)
        alone = [m for m in found if len(self._in_sentence[m.sentence]) == 1]
        titles = [m for m in found if blocks[m.block].role is Role.HEADING]
        sections = {self._over(mention.block) for mention in found}
        named = [self._in_section[section] for section in sections]
        larger = [by for by in named if by.total() > 1]
        kinds = Counter(self._kind(self._over(mention.block)) for mention in found)
        return {
            "paragraphs": math.log1p(len({mention.block for mention in found})),
            "paragraphs about it": float(dominant[0]),
            "paragraphs about it alone and twice": float(dominant[1]),
            "headings": float(len(titles)),
            "headings of its own": float(
                sum(len(self._in_sentence[m.sentence]) == 1 for m in titles)
            ),
            "in a heading": float(bool(titles)),
            "share in items": roles[Role.LIST_ITEM] / count,
            "share in rows": roles[Role.TABLE_ROW] / count,
            "rows": math.log1p(roles[Role.TABLE_ROW]),
            "sentences alone": math.log1p(len({m.sentence for m in alone})),
            "share alone": len(alone) / count,
            "share in enumerations": sum(len(self._in_sentence[m.sentence]) >= CROWD for m in found)
            / count,
            "sections": math.log1p(len(sections)),
            "share of sections": len(sections) / len(self._in_section),
            "sections that it leads": float(
                sum(by[sector] > 1 and by[sector] >= LEADS * by.total() for by in named)
            ),
            "most in a section": float(max(by[sector] for by in named)),
            "most of a section": max((by[sector] / by.total() for by in larger), default=0.0),
            "mentions in other sections": math.log1p(kinds[""]),
            **{f"share in {kind} sections": kinds[kind] / count for kind in _SECTIONS},
        }

    def _words(self, found: Sequence[Mention]) -> dict[str, float]:
        """How many sentences of a sector, and of those with the next one, have words of a kind."""
        counts: Counter[str] = Counter()
        for index in {mention.sentence for mention in found}:
            here = self._of(index)
            near = here | self._of(index + 1)
            alone = len(self._in_sentence[index]) == 1
            counts.update(here)
            counts.update(f"near {kind}" for kind in near)
            if "promises" in here and "own" in here:
                counts["own promises"] += 1
            if alone:
                counts.update(f"{kind} alone" for kind in here)
        wanted = (
            "promises", "past", "denials", "ordinals", "money",
            "near promises", "near past", "near denials", "near money",
            "own promises", "promises alone", "ordinals alone",
        )  # fmt: skip
        return {f"sentences with {kind}": math.log1p(counts[kind]) for kind in wanted}

    def _of(self, index: int) -> frozenset[str]:
        """The kinds of words that a sentence has."""
        known = self._said.get(index)
        if known is None:
            known = frozenset()
            if index < len(self._sentences):
                sentence = self._sentences[index]
                text = self._document.text[sentence.start : sentence.end].lower()
                said = frozenset(_TOKEN.findall(text.replace("’", "'")))
                known = frozenset(k for k, of in self._kinds.items() if not said.isdisjoint(of))
            self._said[index] = known
        return known

    def _dominant(self) -> dict[str, tuple[int, int]]:
        """How many paragraphs are about each sector, and how many name it twice at that."""
        about: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for block, by in self._in_block.items():
            if self._document.blocks[block].role is Role.TABLE_ROW:
                continue
            total = by.total()
            for sector, number in by.items():
                if number >= MOSTLY * total:
                    about[sector][0] += 1
                    about[sector][1] += number > 1
        return {sector: (about[sector][0], about[sector][1]) for sector in self._by_sector}

    def _over(self, block: int) -> int:
        """The heading over a block, or the block itself if it is one; -1 without."""
        found = self._document.blocks[block]
        if found.role is Role.HEADING:
            return block
        return -1 if found.heading is None else found.heading

    def _kind(self, heading: int) -> str:
        """What a section is about by its heading, or the nearest above it that tells."""
        if heading < 0:
            return ""
        known = self._about.get(heading)
        if known is None:
            self._about[heading] = ""
            known = layout().section(" ".join(self._document.block_text(heading).split()))
            above = self._document.blocks[heading].heading
            if not known and above is not None:
                known = self._kind(above)
            self._about[heading] = known
        return known
