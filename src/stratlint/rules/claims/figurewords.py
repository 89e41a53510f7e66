"""What figures look like in words, and the words that make a number something else."""

from __future__ import annotations

import re

from stratlint.text.wordings import Phrases, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/claims/figurewords.yaml``."""

    statistic: Wordings
    money: Wordings
    economy: Wordings
    forward: Phrases
    budget: Phrases
    asked: Phrases
    national: tuple[str, ...]
    not_national: tuple[str, ...]
    local: tuple[str, ...]
    spelt: Phrases
    reference: Wordings
    imperatives: frozenset[str]
    verbs: frozenset[str]


wordings = words_of("claims/figurewords", Words)
# Nothing begins within a word: said first, it spares looking at every letter of one.
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?<![\d.,£€$])(?:19[5-9]\d|20[0-4]\d)(?![\d%])")
NUMBERED = re.compile(r"\W*\d{1,2}\.\d{1,2}\s")


NUMBER = re.compile(r"(?<![\w.,])(?:[£€$]\s?)?\d[\d,]*(?:\.\d+)?")


LABEL = 5
"""Words that a sentence needs; fewer are the label of a chart."""
