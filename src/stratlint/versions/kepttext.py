"""Which words of two versions of a text stand in both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stratlint.records import Document, Role
from stratlint.versions.changes import SectionChange, TextChange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stratlint.comparison.passages.tokens import Flags

RUN = 6
"""A word is kept from the old version where it stands in a run of six that is there too."""


class KeptText:
    """Which characters of either version stand in the other."""

    def __init__(self, old: Document, new: Document) -> None:
        import numpy as np

        from stratlint.comparison.passages.tokens import grams, tokenise

        first, second = tokenise(old.body), tokenise(new.body)
        runs, others = grams(first.key, RUN), grams(second.key, RUN)
        self.old_kept = _covered(np.isin(runs, others), len(first))
        self.new_kept = _covered(np.isin(others, runs), len(second))
        self.old_starts: NDArray[np.int64] = first.start
        self.new_starts: NDArray[np.int64] = second.start
        self.change = TextChange(
            old_words=len(first),
            new_words=len(second),
            kept=int(self.new_kept.sum()),
            old_kept=int(self.old_kept.sum()),
            sections=tuple(self._sections(new)),
        )

    def is_kept(self, start: int, end: int, *, new: bool) -> bool | None:
        """Whether most words of a span of one version stand in the other."""
        import numpy as np

        starts, kept = (self.new_starts, self.new_kept) if new else (self.old_starts, self.old_kept)
        low, high = np.searchsorted(starts, [start, end]).tolist()
        return bool(kept[low:high].mean() >= 0.5) if high > low else None

    def _sections(self, document: Document) -> Iterable[SectionChange]:
        import numpy as np

        spans: dict[int | None, list[int]] = {}
        for index, block in enumerate(document.blocks):
            if block.start >= document.body_end or block.role is Role.CONTENTS:
                continue
            heading = index if block.role is Role.HEADING else block.heading
            low, high = np.searchsorted(self.new_starts, [block.start, block.end]).tolist()
            row = spans.setdefault(heading, [0, 0, block.start])
            row[0] += high - low
            row[1] += int(self.new_kept[low:high].sum())
        for heading, (words, kept, start) in spans.items():
            title = document.block_text(heading) if heading is not None else ""
            yield SectionChange(
                heading=" ".join(title.split()),
                page_label=document.page_at(start).label,
                words=words,
                kept=kept,
            )


def _covered(hits: Flags, size: int) -> Flags:
    import numpy as np

    covered: Flags = np.zeros(size, dtype=bool)
    for offset in range(RUN if hits.size else 0):
        covered[offset : offset + hits.size] |= hits
    return covered
