"""Words, sentences and mentions of sectors of a document, with or without spaCy's ``Doc``.

``parse`` has each distinct word of a document parted by spaCy's tokenizer, once a process, and
makes no ``Doc``: nothing in the language room asks for one. For who works in spaCy, and for
``spacy_model``, there is a pipeline of three components: ``stratlint_words`` makes the normalised
view of the tokens, ``stratlint_sentences`` marks where sentences start, ``stratlint_sectors`` finds
mentions. What they find stays with the ``Doc`` (``Doc.user_data``). Both ways find the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from stratlint.errors import UsageError
from stratlint.language.sectors.mentions import (
    SectorSpan,
    find_spans,
    firm_and_doubtful,
    sector_matcher,
)
from stratlint.language.sectors.structure import NamedPlaces
from stratlint.language.sectors.topics import Named
from stratlint.records import Document, Sentence
from stratlint.text.sentences import split_sentences
from stratlint.text.tokenizing import part_fused_words, part_words
from stratlint.text.words import Parts, Words, words_in_text, words_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

    from stratlint.language.sectors.senses import Candidate, SenseModel

_MAX_LENGTH = 100_000_000
_KEY = "stratlint"
_ENDLESS = re.compile(r"\S{300,}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as the language room sees it."""

    document: Document
    words: Words
    sentences: tuple[Sentence, ...]
    spans: tuple[SectorSpan, ...]
    doubtful: tuple[SectorSpan, ...]
    candidates: tuple[Candidate, ...]

    @property
    def names(self) -> tuple[Named, ...]:
        """All names of sectors, also those that the sense filter doubts."""
        kept = {(span.sector, span.first) for span in self.spans}
        return tuple(
            Named(
                term.sector,
                self.words.starts[first],
                term.name,
                term.level,
                (term.sector, first) in kept,
            )
            for term, first, _ in self.candidates
        )


def parse(
    document: Document, *, senses: SenseModel | None = None, spacy_model: str | None = None
) -> Parsed:
    """Run the pipeline over a document.

    ``senses`` replaces the sense filter that ships with stratlint (for cross-validation);
    ``spacy_model`` names an installed spaCy model to use instead of the blank pipeline.
    Raises UsageError when that model is not installed.
    """
    if spacy_model is None:
        return _parsed(document, words_in(document), split_sentences(document), senses)
    nlp = load_pipeline(spacy_model)
    doc = nlp.make_doc(_tame(document.text))
    doc.user_data[_KEY] = {"document": document, "senses": senses}
    parsed: Parsed = nlp(doc).user_data[_KEY]["parsed"]
    return parsed


def _parsed(
    document: Document,
    words: Words,
    sentences: tuple[Sentence, ...],
    senses: SenseModel | None,
) -> Parsed:
    candidates = tuple(sector_matcher().candidates(words))
    spans = find_spans(words, candidates, sentences, senses, NamedPlaces(document))
    return Parsed(document, words, sentences, *firm_and_doubtful(spans), candidates)


def words_in(document: Document) -> Words:
    """The normalised view of the words alone, for who looks for nothing else."""
    text, vocabulary = _tame(document.text), sector_matcher().vocabulary
    return words_in_text(text, _part(), _boundaries(document), vocabulary)


@cache
def _part() -> Parts:
    return partial(part_words, cast("Tokenizer", load_pipeline().tokenizer))


def _boundaries(document: Document) -> set[int]:
    return {block.start for block in document.blocks}


def _tame(text: str) -> str:
    """Blacken runs of 300 and more marks without white space, length for length.

    No language has such words, and spaCy's tokenizer takes the square of their length:
    100,000 brackets cost minutes.
    """
    return _ENDLESS.sub(lambda run: "x" * len(run.group()), text)


@cache
def load_pipeline(model: str | None = None) -> Language:
    """The pipeline, made once a process."""
    import spacy

    _register()
    if model is None:
        nlp = spacy.blank("en")
    else:
        try:
            nlp = spacy.load(model)
        except OSError:
            raise UsageError(
                f"the spaCy model '{model}' is not installed; leave --spacy-model out to use the"
                " built-in pipeline"
            ) from None
    part_fused_words(nlp)
    nlp.max_length = _MAX_LENGTH
    nlp.add_pipe("stratlint_words")
    nlp.add_pipe("stratlint_sentences")
    nlp.add_pipe("stratlint_sectors")
    return nlp


def _state(doc: Doc) -> dict[str, Any]:
    """What the components share; a Doc from elsewhere gets one paragraph for its text."""
    state: dict[str, Any] = doc.user_data.setdefault(_KEY, {"senses": None})
    if "document" not in state:
        state["document"] = document_of(doc.text)
    return state


def document_of(text: str, *blocks: tuple[int, int]) -> Document:
    """A bare Document around a text: one paragraph, or one a span."""
    from stratlint.records import Block, Page, Role

    spans = blocks or ((0, len(text)),)
    return Document(
        sha256="",
        source="text",
        reader="text",
        text=text,
        body_end=len(text),
        pages=(Page(index=0, label="1"),),
        blocks=tuple(Block(role=Role.PARAGRAPH, page=0, start=a, end=b) for a, b in spans),
    )


def add_words(doc: Doc) -> Doc:
    """Component: the normalised view of the words."""
    state = _state(doc)
    boundaries = _boundaries(state["document"])
    state["words"] = words_of(doc, boundaries, sector_matcher().vocabulary)
    return doc


def add_sentences(doc: Doc) -> Doc:
    """Component: sentence starts, decided block by block."""
    state = _state(doc)
    state["sentences"] = split_sentences(state["document"])
    if doc.has_annotation("DEP"):
        return doc
    words: Words = state["words"]
    begin = [token.idx for token in doc]
    # All at once: setting Token.is_sent_start looks through the whole Doc each time.
    starts = np.full(len(doc), -1, dtype=np.int64)
    for sentence in state["sentences"]:
        index = bisect_left(words.starts, sentence.start)
        if index < len(words) and words.starts[index] < sentence.end:
            starts[bisect_right(begin, words.starts[index]) - 1] = 1
    if len(doc):
        column: Any = starts.reshape(-1, 1).astype(np.uint64)
        doc.from_array(["SENT_START"], column)
    return doc


def add_sectors(doc: Doc) -> Doc:
    """Component: mentions of sectors, also as ``doc.spans["sectors"]``."""
    state = _state(doc)
    parsed = _parsed(state["document"], state["words"], state["sentences"], state["senses"])
    state["parsed"] = parsed
    found = [
        doc.char_span(s.start, s.end, label=s.sector, alignment_mode="expand") for s in parsed.spans
    ]
    doc.spans["sectors"] = [span for span in found if span is not None]
    return doc


@cache
def _register() -> None:
    from spacy.language import Language

    Language.component("stratlint_words", func=add_words)
    Language.component("stratlint_sentences", func=add_sentences)
    Language.component("stratlint_sectors", func=add_sectors)
