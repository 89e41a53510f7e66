"""The spaCy pipeline: a blank English tokenizer and three components of our own.

``stratlint_words`` makes the normalised view of the tokens, ``stratlint_sentences`` marks
where sentences start, ``stratlint_sectors`` finds mentions of sectors. What the components
find stays with the ``Doc`` (``Doc.user_data``), ``parse`` hands it out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

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
from stratlint.text.tokenizing import WordCache, part_fused_words
from stratlint.text.words import Words, words_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from stratlint.language.sectors.senses import Candidate, SenseModel

_MAX_LENGTH = 100_000_000
_KEY = "stratlint"
_ENDLESS = re.compile(r"\S{300,}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as the language room sees it."""

    document: Document
    doc: Doc
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
    doc = load_pipeline(spacy_model)(_tokens(document, senses, spacy_model))
    state = doc.user_data[_KEY]
    return Parsed(
        document,
        doc,
        state["words"],
        state["sentences"],
        state["spans"],
        state["doubtful"],
        state["candidates"],
    )


def words_in(document: Document) -> Words:
    """The normalised view of the words alone, for who looks for nothing else."""
    doc = add_words(_tokens(document))
    words: Words = doc.user_data[_KEY]["words"]
    return words


def _tokens(
    document: Document, senses: SenseModel | None = None, spacy_model: str | None = None
) -> Doc:
    """The tokens of a document, with what the components are to know."""
    text = _tame(document.text)
    _word_cache(spacy_model).learn(text)
    doc = load_pipeline(spacy_model).make_doc(text)
    doc.user_data[_KEY] = {"document": document, "senses": senses}
    return doc


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


@cache
def _word_cache(model: str | None) -> WordCache:
    return WordCache(load_pipeline(model))


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
    boundaries = {block.start for block in state["document"].blocks}
    state["words"] = words_of(doc, boundaries, sector_matcher().vocabulary)
    return doc


def add_sentences(doc: Doc) -> Doc:
    """Component: sentence starts, decided block by block."""
    state = _state(doc)
    state["sentences"] = split_sentences(state["document"])
    if doc.has_annotation("DEP"):
        return doc
    words: Words = state["words"]
    # All at once: setting Token.is_sent_start looks through the whole Doc each time.
    starts = np.full(len(doc), -1, dtype=np.int64)
    for sentence in state["sentences"]:
        index = bisect_left(words.starts, sentence.start)
        if index < len(words) and words.starts[index] < sentence.end:
            starts[words.tokens[index]] = 1
    if len(doc):
        column: Any = starts.reshape(-1, 1).astype(np.uint64)
        doc.from_array(["SENT_START"], column)
    return doc


def add_sectors(doc: Doc) -> Doc:
    """Component: mentions of sectors, also as ``doc.spans["sectors"]``."""
    state = _state(doc)
    candidates = tuple(sector_matcher().candidates(state["words"]))
    named = NamedPlaces(state["document"])
    spans = find_spans(state["words"], candidates, state["sentences"], state["senses"], named)
    spans, doubtful = firm_and_doubtful(spans)
    state["candidates"], state["spans"], state["doubtful"] = candidates, spans, doubtful
    found = [doc.char_span(s.start, s.end, label=s.sector, alignment_mode="expand") for s in spans]
    doc.spans["sectors"] = [span for span in found if span is not None]
    return doc


@cache
def _register() -> None:
    from spacy.language import Language

    Language.component("stratlint_words", func=add_words)
    Language.component("stratlint_sentences", func=add_sentences)
    Language.component("stratlint_sectors", func=add_sectors)
