"""The words of the grammar of relations: ``rules/language/grammar.yaml``, loaded once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path


class ChoiceWords(Editable):
    """Phrases that choose sectors, and how a list may follow them."""

    modifiers: dict[str, tuple[str, ...]]
    choosing: frozenset[str]
    kinds: frozenset[str]
    areas: frozenset[str]
    breaks: frozenset[str]
    openers: frozenset[str]
    announces: frozenset[str]
    copulas: frozenset[str]


class SelectionWords(Editable):
    """Verbs, adverbs and nouns that select sectors, and what ends their reach."""

    adverbs: frozenset[str]
    determiners: frozenset[str]
    dedicated: frozenset[str]
    led: frozenset[str]
    firms: frozenset[str]
    aims: frozenset[str]
    measures: tuple[str, ...]
    pays: frozenset[str]
    breaks: frozenset[str]


class UndertakingWords(Editable):
    """Verbs that undertake something for a sector, by mood and by voice."""

    verbs: frozenset[str]
    further: frozenset[str]
    nouns: frozenset[str]
    passives: frozenset[str]
    states: frozenset[str]
    will: frozenset[str]
    should: frozenset[str]
    could: frozenset[str]
    aiming: frozenset[str]
    helping: frozenset[str]
    voices: frozenset[str]


class Grammar(Editable):
    """The whole file; ``verbs`` end an enumeration, ``joins`` hold its members together."""

    choices: ChoiceWords
    selections: SelectionWords
    undertakings: UndertakingWords
    verbs: frozenset[str]
    joins: frozenset[str]


@cache
def grammar(path: Path | None = None) -> Grammar:
    """Load the words that ship with stratlint, or another file of them. Raises FileFault."""
    return load_yaml(path or data_dir("rules") / "language" / "grammar.yaml", Grammar)
