"""What a page is called: the file's label, else the number that it prints, else its position."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from stratlint.documents.pdf.furniture import printed_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stratlint.documents.pdf.furniture import PageText
    from stratlint.records import Page

_SHARE = 0.3
"""Share of the pages whose printed numbers must agree before the others are numbered by them."""
_SPREAD = 1.1
"""Width over height from which a page may show two facing pages."""


def label_pages(
    pages: list[Page], texts: Sequence[PageText], furniture: Sequence[set[int]]
) -> None:
    """Give every page its printed label, in place."""
    given = [page.label for page in pages]
    labelled = any(label and label != str(i + 1) for i, label in enumerate(given))
    printed = [
        int(number) if (number := printed_number(text, away)) is not None else None
        for text, away in zip(texts, furniture, strict=True)
    ]
    counted = _counted(printed, [text.width > _SPREAD * text.height for text in texts])
    for i, page in enumerate(pages):
        label = (given[i] if labelled else "") or counted(i) or str(i + 1)
        pages[i] = msgspec.structs.replace(page, label=label)


def _counted(printed: Sequence[int | None], wide: Sequence[bool]) -> Callable[[int], str]:
    """How the pages of a file number themselves: by one, or by two where each is a spread."""
    single = Counter(n - i for i, n in enumerate(printed) if n is not None)
    # Either of two facing pages may be the one whose number is read; the left one is even.
    double = Counter(n - n % 2 - 2 * i for i, n in enumerate(printed) if n is not None and wide[i])
    needed = max(2, _SHARE * len(printed))
    offset, votes = single.most_common(1)[0] if single else (1, 0)
    left, spreads = double.most_common(1)[0] if double else (0, 0)
    if spreads > votes and spreads >= needed:
        return lambda i: (
            f"{2 * i + left}–{2 * i + left + 1}" if wide[i] and 2 * i + left > 0 else ""
        )
    if votes >= needed:
        return lambda i: str(i + offset) if i + offset > 0 else ""
    return lambda _i: ""
