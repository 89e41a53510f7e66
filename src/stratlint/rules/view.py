"""One analysed document as checks look at it: words, sentences, settings, quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from stratlint.records import (
    ActorMention,
    DocumentAnalysis,
    Mention,
    PlaceMention,
    Quotation,
    Record,
    Role,
    Span,
)
from stratlint.text.needs import ODD, Gate, needs_of
from stratlint.text.phrases import NO_NAMES, PhraseSet, Token, WordIndex, tokenise
from stratlint.text.quoting import QUOTATION_LIMIT, window
from stratlint.text.standing import is_apparatus
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from stratlint.records import Block

T = TypeVar("T")


class Words(WordFile):
    """``rules/language/clauses.yaml``."""

    closes: Wordings


_wordings = words_of("clauses", Words)
_BREAK = re.compile(r"[^\S ]")
"""White space that is no plain space."""
_LARGE = ("_placed", "tokens", "index", "_by_block", "_by_heading", "_texts", "_gate")


class Match(Record, frozen=True):
    """A phrase found in a document: character span, sentence index, the phrase that fitted."""

    start: int
    end: int
    sentence: int
    phrase: str


class View:
    """A document with the indexes that checks share. Build it once per run.

    ``skip`` names the settings that a rule does not read; see :meth:`setting`.
    """

    def __init__(
        self, analysis: DocumentAnalysis, opened: Callable[[View], None] = lambda _view: None
    ) -> None:
        self.analysis = analysis
        self.document = analysis.document
        self._opened = opened
        self._found: dict[int, tuple[Match, ...]] = {}
        self._by_sentence: dict[int, dict[int, list[Match]]] = {}
        self._near: dict[tuple[int, str, int | None], bool] = {}
        self._kept: list[PhraseSet] = []
        self._held: dict[int, tuple[re.Pattern[str], Collection[int]]] = {}
        self._remembered: dict[str, Any] = {}

    @property
    def source(self) -> str:
        """The document's source name."""
        return self.document.source

    @property
    def region(self) -> str | None:
        """The region whose strategy this is."""
        return self.document.region

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` returns, made once for this document."""
        if name not in self._remembered:
            self._remembered[name] = make()
        found: T = self._remembered[name]
        return found

    def close(self) -> None:
        """Let go of words and indexes; they are made again when they are asked for."""
        self._found.clear()
        self._by_sentence.clear()
        self._near.clear()
        self._kept.clear()
        self._held.clear()
        self._remembered.clear()
        for name in _LARGE:
            self.__dict__.pop(name, None)

    # --- words and sentences -----------------------------------------------------------

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.analysis.sentences]

    @cached_property
    def tokens(self) -> list[Token]:
        """Every word that stands in a sentence, in order."""
        return self._placed[0]

    @cached_property
    def _placed(self) -> tuple[list[Token], list[int], list[int]]:
        """The words of all sentences, how many each has, and sentences that cut a word off."""
        self._opened(self)
        found = tokenise(self.document.text)
        places = [token.start for token in found]
        # Sentences are in order: the words of each are looked up once, and none by itself.
        starts = [*self._starts, len(self.document.text) + 1]
        tokens: list[Token] = []
        shares: list[int] = []
        cutting: list[int] = []
        stop = 0
        for index, sentence in enumerate(self.analysis.sentences):
            first = bisect_left(places, sentence.start, stop)
            stop = bisect_left(places, min(sentence.end, starts[index + 1]), first)
            tokens += found[first:stop]
            shares.append(stop - first)
            before, last = found[max(0, first - 1) : first], found[first:stop][-1:]
            if (
                any(token.end > sentence.start for token in before)
                or any(token.end > sentence.end for token in last)
                or starts[index + 1] < sentence.end
            ):
                cutting.append(index)
        return tokens, shares, cutting

    @cached_property
    def index(self) -> WordIndex:
        """The word index over :attr:`tokens`, with sentences as units."""
        tokens, shares, _ = self._placed
        return WordIndex(tokens, [i for i, words in enumerate(shares) for _ in range(words)])

    @cached_property
    def words(self) -> int:
        """Number of words of the text proper (no notes, contents or running heads)."""
        skipped = ("contents", "references", "running_head", "footnote")
        return sum(
            words
            for setting, words in zip(self._settings, self._placed[1], strict=True)
            if setting not in skipped
        )

    @cached_property
    def n_sentences(self) -> int:
        """Number of sentences that are read as text."""
        skipped = ("contents", "references", "running_head", "footnote")
        return sum(1 for i in range(len(self.analysis.sentences)) if self.setting(i) not in skipped)

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence that holds a character, or None."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.analysis.sentences[index].end:
            return None
        return index

    @cached_property
    def _texts(self) -> list[str]:
        flat = _BREAK.sub(" ", self.document.text)
        return [flat[sentence.start : sentence.end] for sentence in self.analysis.sentences]

    def text(self, sentence: int) -> str:
        """The words of a sentence on one line, made once: every check reads them."""
        return self._texts[sentence]

    @cached_property
    def _gate(self) -> Gate:
        tokens, _, cutting = self._placed
        odd = [found.start() for found in ODD.finditer(self.document.text)]
        torn = [token.start for token in tokens if len(token.printed) != token.end - token.start]
        places = map(self.sentence_at, (*odd, *torn))
        return Gate(self.index, self._with_sign, [*cutting, *(s for s in places if s is not None)])

    def _with_sign(self, sign: str) -> Iterator[int]:
        """The sentences that hold a sign."""
        at = self.document.text.find(sign)
        while at >= 0:
            index = self.sentence_at(at)
            if index is not None:
                yield index
            at = self.document.text.find(sign, at + 1)

    def holding(self, *patterns: re.Pattern[str]) -> Collection[int]:
        """The sentences, in order, in which one of some patterns may be found.

        They have the words that it needs: no other sentence holds a match, whether its words
        stand on one line or not. Of a pattern that needs no word they are all sentences.
        """
        if len(patterns) > 1:
            return sorted({index for pattern in patterns for index in self.holding(pattern)})
        known = self._held.get(id(patterns[0]))
        if known is None:
            found = self._gate.texts(needs_of(patterns[0]))
            every = range(len(self.analysis.sentences))
            # The pattern is kept: its id is not used again. Of a dict the keys are in order.
            known = patterns[0], every if found is None else dict.fromkeys(sorted(found)).keys()
            self._held[id(patterns[0])] = known
        return known[1]

    def search(self, pattern: re.Pattern[str], sentence: int) -> re.Match[str] | None:
        """The first match of a pattern in the :meth:`text` of a sentence."""
        return pattern.search(self._texts[sentence]) if sentence in self.holding(pattern) else None

    def block(self, sentence: int) -> Block:
        """The block that a sentence stands in."""
        return self.document.blocks[self.analysis.sentences[sentence].block]

    @cached_property
    def _settings(self) -> list[str]:
        settings: list[str] = []
        blocks = self.document.blocks
        for sentence in self.analysis.sentences:
            block = blocks[sentence.block]
            heading = blocks[block.heading] if block.heading is not None else None
            if (
                heading is not None
                and block.role is not Role.HEADING
                and is_apparatus(self.document.text[heading.start : heading.end])
            ):
                settings.append("references")
            else:
                settings.append(block.role.value)
        return settings

    def setting(self, sentence: int) -> str:
        """The role of a sentence's block, or ``references`` under such a heading."""
        return self._settings[sentence]

    # --- neighbourhoods ----------------------------------------------------------------

    @cached_property
    def _by_block(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, sentence in enumerate(self.analysis.sentences):
            found.setdefault(sentence.block, []).append(index)
        return found

    @cached_property
    def _by_heading(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for index, sentence in enumerate(self.analysis.sentences):
            found.setdefault(self.document.blocks[sentence.block].heading, []).append(index)
        return found

    def around(self, sentence: int, within: str) -> Sequence[int]:
        """Sentences of the same ``sentence``, ``paragraph``, ``section`` or ``document``.

        The paragraph of a list item includes the lead-in of its list.
        """
        if within == "sentence":
            return (sentence,)
        if within == "document":
            return range(len(self.analysis.sentences))
        block = self.block(sentence)
        if within == "section":
            return self._by_heading[block.heading]
        paragraph = list(self._by_block[self.analysis.sentences[sentence].block])
        if block.lead_in is not None:
            paragraph = self._by_block.get(block.lead_in, []) + paragraph
        return paragraph

    def of_block(self, block: int) -> Sequence[int]:
        """Sentences of a block, given by its index."""
        return self._by_block.get(block, [])

    def under(self, heading: int) -> Sequence[int]:
        """Sentences under a heading, given as an index of a block."""
        return self._by_heading.get(heading, [])

    # --- looking for things ------------------------------------------------------------

    def find(self, phrases: PhraseSet, skip: Iterable[str] = ()) -> list[Match]:
        """Every match of some phrases outside the settings to be skipped."""
        key = id(phrases)
        if key not in self._found:
            self._kept.append(phrases)  # keeps the id from being used again
            self._found[key] = tuple(self._search(phrases))
        skipped, settings = frozenset(skip), self._settings
        if not skipped:
            return list(self._found[key])
        return [m for m in self._found[key] if settings[m.sentence] not in skipped]

    def by_sentence(self, phrases: PhraseSet) -> Mapping[int, Sequence[Match]]:
        """Every match of some phrases, by the sentence that holds it."""
        key = id(phrases)
        if key not in self._by_sentence:
            found: dict[int, list[Match]] = {}
            for match in self.find(phrases):
                found.setdefault(match.sentence, []).append(match)
            self._by_sentence[key] = found
        return self._by_sentence[key]

    def overlap(self, phrases: PhraseSet, match: Match) -> bool:
        """Whether a match of some phrases shares words with another match."""
        return any(
            other.start < match.end and match.start < other.end
            for other in self.by_sentence(phrases).get(match.sentence, ())
        )

    def in_name(self, match: Match) -> bool:
        """Whether a match is the last word or words of a proper name: 'Office Village'."""
        words = self.document.text[match.start : match.end].split()
        if self.setting(match.sentence) == "heading" or not all(w[:1].isupper() for w in words):
            return False
        before = self.document.text[self.analysis.sentences[match.sentence].start : match.start]
        last = before.split()[-1:] if before.endswith(" ") else []
        return bool(last) and last[0][:1].isupper() and last[0].casefold() not in NO_NAMES

    def near(self, phrases: PhraseSet, sentence: int, within: str) -> bool:
        """Whether some phrases stand :meth:`around` a sentence; looked up once a neighbourhood."""
        holding = self.by_sentence(phrases)
        if within == "sentence" or not holding:
            return sentence in holding
        block = self.analysis.sentences[sentence].block
        place = {"document": None, "section": self.block(sentence).heading}.get(within, block)
        key = (id(phrases), within, place)
        if key not in self._near:
            self._near[key] = any(other in holding for other in self.around(sentence, within))
        return self._near[key]

    def governed(self, phrases: PhraseSet, sentence: int, span: Span) -> bool:
        """Whether some phrases stand in a sentence where they may govern a span of it.

        That is before its end, or after it up to the end of its clause: 'nobody' speaks of what
        follows, and no longer of what a comma or an 'and' has closed.
        """
        stop = self.analysis.sentences[sentence].end
        closing = _wordings().closes.search(self.document.text, span[1], stop)
        end = closing.start() if closing else stop
        return any(found.start < end for found in self.by_sentence(phrases).get(sentence, ()))

    def _search(self, phrases: PhraseSet) -> Iterable[Match]:
        end = -1
        for first, last, phrase in self.index.find(phrases):
            if first <= end:
                continue  # a longer or earlier match already covers this place
            end = last
            yield Match(
                start=self.tokens[first].start,
                end=self.tokens[last].end,
                sentence=self.index.unit[first],
                phrase=phrase,
            )

    @cached_property
    def actors_by_sentence(self) -> dict[int, list[ActorMention]]:
        """The actors of each sentence."""
        found: dict[int, list[ActorMention]] = {}
        for actor in self.analysis.actors:
            index = self.sentence_at(actor.start)
            if index is not None:
                found.setdefault(index, []).append(actor)
        return found

    @cached_property
    def places_by_sentence(self) -> dict[int, list[PlaceMention]]:
        """The places of each sentence."""
        found: dict[int, list[PlaceMention]] = {}
        for place in self.analysis.places:
            index = self.sentence_at(place.start)
            if index is not None:
                found.setdefault(index, []).append(place)
        return found

    @cached_property
    def mentions_by_sector(self) -> dict[str, list[Mention]]:
        """The mentions of each sector, in order."""
        found: dict[str, list[Mention]] = {}
        for mention in self.analysis.mentions:
            found.setdefault(mention.sector, []).append(mention)
        return found

    @cached_property
    def sectors_by_block(self) -> dict[int, set[str]]:
        """The sectors that each block names."""
        found: dict[int, set[str]] = {}
        for mention in self.analysis.mentions:
            found.setdefault(mention.block, set()).add(mention.sector)
        return found

    @cached_property
    def sectors_by_sentence(self) -> dict[int, set[str]]:
        """The sectors that each sentence names."""
        found: dict[int, set[str]] = {}
        for mention in self.analysis.mentions:
            found.setdefault(mention.sentence, set()).add(mention.sector)
        return found

    # --- quoting -----------------------------------------------------------------------

    def quote(self, start: int, end: int, marks: Iterable[Span] | None = None) -> Quotation:
        """The sentence around a span as evidence, with the span (or ``marks``) marked.

        Longer sentences are cut to about 300 characters around the span, at spaces.
        """
        index = self.sentence_at(start)
        low, high = start, end
        if index is not None:
            sentence = self.analysis.sentences[index]
            low, high = min(sentence.start, start), max(sentence.end, end)
        low, high = window(self.document.text, (low, high), (start, end))
        text = re.sub(r"\s", " ", self.document.text[low:high])
        page = self.document.page_at(start)
        spans = tuple(
            (max(a, low) - low, min(b, high) - low)
            for a, b in (marks if marks is not None else [(start, end)])
            if b > low and a < high
        )
        return Quotation(
            document=self.source,
            page=page.index,
            page_label=page.label,
            text=text,
            start=low,
            end=high,
            marks=spans,
            boxes=self.document.boxes(start, end),
            place="" if self.document.paged else self.document.place_of(start),
        )

    def quote_sentence(self, index: int) -> Quotation:
        """A whole sentence as evidence (its beginning, when it is long)."""
        sentence = self.analysis.sentences[index]
        return self.quote(sentence.start, min(sentence.end, sentence.start + QUOTATION_LIMIT))
