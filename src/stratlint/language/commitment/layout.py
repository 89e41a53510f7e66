"""The words of layout: ``rules/language/layout.yaml``, loaded once.

What a label says by itself ('Yes', 'In', 'Watch'), and what a section is about by its title.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import Polarity
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = 4
"""Words of a title in which 'national' or 'government' says what the section is about."""
_TITLES = 4_096
"""Titles whose meaning is kept: a document has some hundreds, and each is asked for time and again
by what stands below it."""
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")
_GLOSS = re.compile(r"\s+[–—-]\s+|\s*[:(]\s*")
_NAMED = re.compile(r"\W")


class LayoutFile(Editable):
    """The whole file."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    chosen: tuple[str, ...]
    later: tuple[str, ...]
    second: tuple[str, ...]
    refused: tuple[str, ...]
    asks: tuple[str, ...]
    denies: tuple[str, ...]
    money: tuple[str, ...]
    measures: tuple[str, ...]
    figures: tuple[str, ...]
    intends: tuple[str, ...]
    reports: tuple[str, ...]
    leaves: tuple[str, ...]
    urges: tuple[str, ...]
    offers: tuple[str, ...]
    paid: tuple[str, ...]
    unpaid: tuple[str, ...]
    sections: dict[str, tuple[str, ...]]


class Labels:
    """Phrases that a label is compared with, whole; ``*`` stands for any words."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._whole = frozenset(p for p in phrases if "*" not in p)
        open_ended = [re.escape(p).replace(r"\*", ".*") for p in phrases if "*" in p]
        self._open = re.compile("|".join(open_ended) or r"(?!)")

    def __contains__(self, label: str) -> bool:
        return label in self._whole or self._open.fullmatch(label) is not None


class Layout:
    """What labels and titles say."""

    def __init__(self, file: LayoutFile) -> None:
        self.yes, self.no = Labels(file.yes), Labels(file.no)
        self.chosen, self.second = Labels(file.chosen), Labels(file.second)
        self.later, self.refused = Labels(file.later), Labels(file.refused)
        self.asks, self.denies = Labels(file.asks), Labels(file.denies)
        self.intends, self.reports = _any(file.intends), _any(file.reports)
        self.leaves, self.urges = _any(file.leaves), _any(file.urges)
        self.offers = _any(file.offers)
        self.paid, self.unpaid = _any(file.paid), _any(file.unpaid)
        self._money, self._measures = _any(file.money), _any(file.measures)
        self._figures = _any(file.figures)
        self._sections = {name: _any(phrases) for name, phrases in file.sections.items()}
        self._about = lru_cache(_TITLES)(self._read_title)

    def is_money(self, words: str) -> bool:
        """Whether the head of a column speaks of money."""
        return self._money.search(words) is not None

    def is_measure(self, words: str) -> bool:
        """Whether words name measures: programmes, funds, projects."""
        return self._measures.search(words) is not None

    def is_figure(self, words: str) -> bool:
        """Whether the head of a column speaks of figures about what is."""
        return self._figures.search(words) is not None

    def section(self, title: str) -> str:
        """What a section is about by its title; empty where the title does not tell."""
        return self._about(title)

    def _read_title(self, title: str) -> str:
        for name in ("out", "asked", "other", "past", "evidence"):
            if self._sections[name].search(title):
                return name
        brief = len(title.split()) <= BRIEF and self._sections["other_briefly"].search(title)
        return "other" if brief else ""


def label(text: str) -> str:
    """The words of a label for comparison: lower case, without marks around them."""
    words = " ".join(text.split()).lower().replace("’", "'")
    bare = _MARKS.sub("", words)
    return bare or words


def said_by(words: str) -> Polarity | None:
    """What a label says by itself."""
    known = layout()
    if (first := _GLOSS.split(words, maxsplit=1)[0]) != words and first:
        # 'Tier 1 – where we lead' is a label with what it means.
        return said_by(words.replace(first, "", 1).strip(" –—-:(,")) or said_by(first)
    if words in known.refused:
        return Polarity.REFUSED
    if words in known.chosen or words in known.later:
        return Polarity.CHOSEN
    return Polarity.DEMOTED if words in known.second else None


def _any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of some phrases, as whole words; one that begins with a mark, anywhere.

    Phrases that begin with the same letter stand together: a search tries letters at the beginning
    of each word, and not a hundred phrases at each character.
    """
    parts = [re.escape(p) for p in phrases if _NAMED.match(p[0])]
    rests: dict[str, list[str]] = {}
    for phrase in phrases:
        if not _NAMED.match(phrase[0]):
            rests.setdefault(phrase[0].lower(), []).append(re.escape(phrase[1:]))
    if rests:
        whole = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items())
        parts.append(rf"(?<![\w-])(?:{whole})(?![\w-])")
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def layout(path: Path | None = None) -> Layout:
    """Load the words that ship with stratlint, or another file of them. Raises FileFault."""
    return Layout(load_yaml(path or data_dir("rules") / "language" / "layout.yaml", LayoutFile))
