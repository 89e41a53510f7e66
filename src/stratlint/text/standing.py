"""What a section is by its heading: whether its text is the document's own argument."""

from __future__ import annotations

import re

_NUMBER = (
    r"(?:(?:appendix|annex|chapter|section|part)\s+)?(?:(?:\d+(?:\.\d+)*|[A-Z]|[ivx]+)[.):]?\s+)?"
)
_KIND = r"(?:(?:list of|select(?:ed)?|main|key|general|other|full|data)\s+)?"
_LISTED = (
    r"(?:references?(?:\s+cited)?|bibliograph(?:y|ies)|works\s+cited|literature(?:\s+cited)?|"
    r"further\s+reading|sources?(?:\s+consulted)?|end[\s-]?notes?|foot[\s-]?notes?|notes|citations)"
)
_REFERENCES = re.compile(
    rf"\W*{_NUMBER}{_KIND}{_LISTED}(?:\s*(?:,|&|/|and)\s*{_KIND}{_LISTED})*\W*", re.IGNORECASE
)
_LISTS = re.compile(
    rf"\W*{_NUMBER}(?:list of (?:figures|tables|maps|boxes|charts|abbreviations|acronyms)|glossary|"
    r"(?:figures|tables)\s+and\s+(?:figures|tables)|abbreviations|acronyms)"
    r"(?:\s*(?:,|&|/|and|of)\s*(?:abbreviations|acronyms|terms|definitions))*\W*",
    re.IGNORECASE,
)


def is_references(heading: str) -> bool:
    """Whether a heading opens a list of works: 'References', '7. Notes and sources'.

    'Sources of growth' opens none: nothing may follow but another word for such a list.
    """
    return _REFERENCES.fullmatch(heading) is not None


def is_apparatus(heading: str) -> bool:
    """Whether a heading opens a list of any kind that is no text: of works, figures, terms."""
    return is_references(heading) or _LISTS.fullmatch(heading) is not None
