"""Note markers that have lost their raised position and are fused into the text."""

from __future__ import annotations

import re

_FUSED = re.compile(
    r"(?<=[^\W\d_]{2}[.,;:”’\"')\]])(?P<after>\d{1,3})(?=\s|$)"
    r"|(?<=[^\W\d_]{3})(?P<word>\d{1,3})(?=[\s.,;:)]|$)"
)
_ENOUGH = 3
_JUMP = 4


def drop_fused_marks(blocks: list[list[str]]) -> list[list[str]]:
    """Blocks of lines without fused note markers ('clusters.6', 'Triangle’8').

    Digits count as markers only where they run through the text as a sequence that rises
    from a small number: 'Horizon2020' or 'Area51' alone never do.
    """
    found = [
        (b, line, m.start(), m.end(), int(m.group()))
        for b, block in enumerate(blocks)
        for line, text in enumerate(block)
        for m in _FUSED.finditer(text)
    ]
    markers = _rising([number for *_, number in found])
    if len(markers) < _ENOUGH:
        return blocks
    result = [list(block) for block in blocks]
    for index in sorted(markers, reverse=True):
        b, line, start, end, _ = found[index]
        result[b][line] = result[b][line][:start] + result[b][line][end:]
    return result


def _rising(numbers: list[int]) -> set[int]:
    """Indexes of the longest run that starts low and rises by at most a few each time."""
    best: list[list[int]] = []
    for i, number in enumerate(numbers):
        chain: list[int] = [i] if number <= _JUMP else []
        for j in range(max(0, i - 40), i):
            if (
                best[j]
                and 0 < number - numbers[best[j][-1]] <= _JUMP
                and len(best[j]) >= len(chain)
            ):
                chain = [*best[j], i]
        best.append(chain)
    longest: list[int] = []
    for chain in best:
        if len(chain) > len(longest):
            longest = chain
    return set(longest)
