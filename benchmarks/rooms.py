"""The measures of the single rooms, each by its own script in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("STRATLINT_SHARED", ROOT.parent / "shared"))
SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Reading, beside plain pdfplumber, pypdfium2 and PyMuPDF", "benchmarks.reading", ()),
    ("Language, one core", "benchmarks.language.run",
     ("corpora/english-regions/sources/north-east.md",)),
    ("Aligning passages, beside difflib on the same pairs", "benchmarks.passages.alignment",
     ("SHARED", "--difflib")),
    ("Candidates among strategies", "benchmarks.passages.candidates", ()),
    ("Real local plans: passages, language and judging", "benchmarks.passages.plans",
     ("SHARED", "--rooms")),
    ("Boilerplate and substance", "benchmarks.passages.substance", ("SHARED",)),
    ("The report", "benchmarks.report.measure", ()),
)  # fmt: skip
"""Heading, module and arguments; ``SHARED`` stands for the folder of the measurement data."""


def rooms() -> list[str]:
    """What each script prints, or why it did not run."""
    lines: list[str] = []
    for heading, module, arguments in SCRIPTS:
        given = [str(SHARED) if word == "SHARED" else word for word in arguments]
        shown = " ".join(["python -m", module, *arguments])
        print(shown, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", module, *given],
            capture_output=True, text=True, cwd=ROOT, check=False,
        )  # fmt: skip
        said = done.stdout if done.returncode == 0 else f"did not run: {done.stderr[-300:]}"
        lines += [f"### {heading}", "", f"`{shown}`", "", "```text", said.strip(), "```", ""]
    return lines
