"""Make ``rules/language/activity-words.tsv``: which words speak for which sector.

    python tools/make_activity_words.py sic2007_index_activities.csv

Reads the index of activities of SIC 2007 (ONS, Open Government Licence v3; columns ``sic2007``,
``activity``) and the shipped taxonomy. A word counts for a sector by how much more often phrases
of its codes hold it than those of other sectors do. No sentence of any document goes in.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from stratlint.knowledge.taxonomy import load_taxonomy
from stratlint.language.sectors.topics import topic_words
from stratlint.resources import data_dir

OWN = 2.0
"""Weight of a phrase of the taxonomy beside one of the index, which has one for each by-product."""
COUNT, TOTAL = 0.2, 200.0
"""Smoothing: what an unseen word counts, and how much each sector has to begin with."""
LEAST = 1.2
"""Least log-odds that are kept: 3.3 times as frequent as elsewhere. Lower adds 4,000 words and
changes none of 259 sections that a sector's name heads."""
_TRADE = re.compile(r"\((?:manufacture|retail|wholesale|repair|installation)\)")


def main(source: str) -> None:
    """Write the table beside the other files of the language."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    codes: list[tuple[str, str]] = []
    for entry in load_taxonomy().sectors:
        whole = (code for code in entry.sic2007 if "part" not in code)
        codes += [(re.sub(r"\D", "", code), entry.id) for code in whole]
        for phrase in (*entry.labels, *entry.alternative, entry.description):
            counts[entry.id].update(dict.fromkeys(topic_words(phrase), OWN))
    with Path(source).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            fitting = [(len(c), s) for c, s in codes if row["sic2007"].startswith(c)]
            longest = max((length for length, _ in fitting), default=0)
            words = dict.fromkeys(topic_words(_TRADE.sub("", row["activity"])), 1.0)
            for length, sector in fitting:
                if length == longest:
                    counts[sector].update(words)
    lines = [
        "# Made by tools/make_activity_words.py: SIC 2007 index (ONS, OGL v3) and rules/sectors"
    ]
    totals = {sector: sum(found.values()) + TOTAL for sector, found in counts.items()}
    for word in sorted({word for found in counts.values() for word in found}):
        rates = {s: (found[word] + COUNT) / totals[s] for s, found in counts.items()}
        everywhere = sum(rates.values())
        weights = {s: math.log(r * (len(rates) - 1) / (everywhere - r)) for s, r in rates.items()}
        kept = sorted(((w, s) for s, w in weights.items() if w >= LEAST), reverse=True)[:3]
        if kept and max(found[word] for found in counts.values()) > 1:
            lines.append("\t".join([word, *(f"{s}={w:.1f}" for w, s in kept)]))
    target = data_dir("rules") / "language" / "activity-words.tsv"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
