"""Lemmas by table look-up: the noun table of spacy-lookups-data, limited to plurals."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files


@cache
def lemma_table() -> dict[str, str]:
    """Plural to singular.

    The whole table also turns 'farming' into 'farm' and 'engineering' into 'engineer', which
    are different things to a sector; only entries that take off a plural ending are kept.
    """
    packed = files("spacy_lookups_data").joinpath("data/en_lemma_lookup.json.gz").read_bytes()
    table: dict[str, str] = json.loads(gzip.decompress(packed))
    return {
        plural: lemma
        for plural, lemma in table.items()
        if plural.endswith("s") and _is_plural(plural, lemma)
    }


def _is_plural(plural: str, lemma: str) -> bool:
    if plural == lemma + "s" or plural == lemma + "es":
        return True
    return plural.endswith("ies") and lemma == plural[:-3] + "y"
