"""Whether a document says that it chooses no sectors: 'The plan does not select priority sectors.'

Such a document often names many: those of the plan before it, those that it considered, those that
others wanted. What seems to choose them then counts for less.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.resources import data_dir


class ListlessWords(Editable):
    """``rules/language/listless.yaml``: the words of which such a sentence is made."""

    speakers: tuple[str, ...] = Field(min_length=1)
    verbs: tuple[str, ...] = Field(min_length=1)
    chosen: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[str, ...] = Field(min_length=1)
    signs: tuple[str, ...] = Field(min_length=1)
    more: tuple[str, ...] = Field(min_length=1)
    """Words with which only more of them are refused: 'will name no further sectors'."""
    bare: tuple[str, ...] = ()


def says_none(text: str) -> re.Match[str] | None:
    """The words in which a document says that it chooses no sectors, or None."""
    return _pattern().search(text)


@cache
def _pattern() -> re.Pattern[str]:
    words = load_yaml(data_dir("rules") / "language" / "listless.yaml", ListlessWords)
    speakers, verbs, chosen, kinds, signs, more = (
        "|".join(map(re.escape, found))
        for found in (
            words.speakers, words.verbs, words.chosen, words.kinds, words.signs, words.more
        )
    )  # fmt: skip
    kind = rf"(?:(?!(?:{more})\b)[\w-]+\s+){{0,3}}(?:{kinds})\b(?!\s+(?:{more})\b)"
    bare = "|".join(words.bare) or r"(?!)"
    return re.compile(
        rf"\b(?:{speakers})\s+(?:therefore\s+|deliberately\s+|accordingly\s+)?"
        rf"(?:(?:do|does|will|shall)\s+not\s+(?:{verbs})\s+(?:any\s+)?{kind}"
        rf"|(?:has|have)\s+(?:decided|chosen|resolved|agreed)\s+not\s+to\s+(?:{verbs})\s+{kind}"
        rf"|(?:(?:will|shall)\s+)?(?:{verbs}|selects|chooses|names|designates|identifies|has|have)"
        rf"\s+(?:no|none\s+of\s+(?:these|the|those))\s+(?:(?:{signs})\s+)+(?:{kinds})\b"
        rf"(?!\s+(?:{more})\b))"
        rf"|\b(?:no|no\s+single|no\s+one|none\s+of\s+(?:these|the|those))\s+(?:{kinds})\s+"
        rf"(?:is|are|has\s+been|have\s+been|will\s+be|should\s+be|shall\s+be)\s+"
        rf"(?:\w+ly\s+)?(?:{chosen})\b"
        rf"|\b(?:there\s+(?:is|are|will\s+be)|with|without|contains|holds)\s+(?:no|any)\s+"
        rf"(?:list\s+of\s+)?(?:(?:{signs})\s+)+(?:{kinds})\b|{bare}",
        re.IGNORECASE,
    )
