"""Build the corrected draft of the officer's tutorial: `python build.py`."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SLUG = "west-midlands"
CORRECTED = (
    "Warwick's manufacturing institute answers questions from firms in Coventry and Solihull, and "
    "hardly any from the potteries, four trains and three hours away. From 2010 an engineer of the "
    "institute will keep a bench in Hanley two days a week. What the kilns ask for there will "
    "decide whether the bench becomes a laboratory."
)


def main() -> None:
    """Write the corrected draft beside this file."""
    sys.path.insert(0, str(HERE.parent / "english-regions"))
    maker: Any = importlib.import_module("build")
    draft = maker.load(SLUG)
    before, _, after = draft.text.partition("## Laboratories without walls\n\n")
    _, _, rest = after.partition("\n\n")
    text = f"{before}## Laboratories without walls\n\n{CORRECTED}\n\n{rest}"
    maker.load = lambda _: replace(draft, text=text)
    (HERE / f"{SLUG}-corrected.pdf").write_bytes(maker.build(SLUG))


if __name__ == "__main__":
    main()
