"""Does mean idf tell boilerplate from substance?

    python benchmarks/passages/substance.py SHARED

SHARED holds the pairs of the Legislative Influence Detector (data/reuse/lid). Each pair was
judged boilerplate (0) or substantive (1); pairs judged neither are left out. idf is counted over
the passages themselves; nothing is fitted.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from stratlint.comparison.passages.alignments import document_weight, substance
from stratlint.comparison.passages.tokens import tokenise


def main(shared: Path) -> None:
    """Print the area under the curve of substance, and of the published score, with n."""
    path = shared / "data/reuse/lid/data/classifier/training_data_alignment_classifier.csv"
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] in {"0", "1"}]
    left = [tokenise(row["left"]) for row in rows]
    right = [tokenise(row["right"]) for row in rows]
    weight = document_weight([*left, *right])
    label = np.array([int(row["label"]) for row in rows])
    found = [substance(a.key, b.key, weight) for a, b in zip(left, right, strict=True)]
    published = [float(row["score"]) for row in rows]
    sys.stdout.write(
        f"pairs {len(rows)}  substance AUC {roc_auc_score(label, found):.3f}  "
        f"published alignment score AUC {roc_auc_score(label, published):.3f}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
