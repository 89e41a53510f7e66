"""python -m benchmarks.reading.peers FOLDER: strangers' files, and what came of them.

Reads every PDF, Word, HTML and Markdown file below a folder and prints a table of outcomes: read,
refused clearly (the reason says what to do), refused unclearly, crashed, too slow; and for PDFs
the share of the words on which pdftotext and pdfplumber agree that stratlint has, too. Test
suites of other readers are good folders. ``--keep`` remembers the peers' words between runs.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_SUFFIXES = frozenset(
    ".pdf .docx .docm .dotx .dotm .doc .rtf .odt .html .htm .xhtml .md .markdown".split()
)
_SECONDS = 60
_AGREED = 50
"""Words that two peers must agree on before a file counts for recall."""
_LOW = 0.9
_REMEDY = re.compile(
    r"--ocr|--password|--max-|\bsave\b|\bprint\b|\bexport\b|\bunpack\b|get (?:it|the file) again|"
    r"\bis empty\b|\bending\b|would grow beyond",
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)")


def main() -> None:
    """Read the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, help="a JSON file for the peers' words")
    parser.add_argument("--list", action="store_true", help="name the files that need a look")
    options = parser.parse_args()
    files = sorted(f for f in options.folder.rglob("*") if f.suffix.lower() in _SUFFIXES)
    kept = json.loads(options.keep.read_text()) if options.keep and options.keep.exists() else {}
    ours, plumber = _Worker(_ours), _Worker(_plumber)
    rows: list[dict[str, Any]] = []
    for number, file in enumerate(files, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(files)}", end="", file=sys.stderr)
        row = ours.ask(file) or {"outcome": "too slow"}
        row["file"] = str(file.relative_to(options.folder))
        if file.suffix.lower() == ".pdf" and row["outcome"] == "read":
            agreed = kept.get(row["file"])
            if agreed is None:
                agreed = kept[row["file"]] = _agreed(file, plumber)
            if sum(agreed.values()) >= _AGREED:
                had = Counter(row["words"])
                found = sum(min(n, had[word]) for word, n in agreed.items())
                row["recall"] = found / sum(agreed.values())
        row.pop("words", None)
        rows.append(row)
    if options.keep:
        options.keep.write_text(json.dumps(kept))
    _print(rows, listed=options.list)


def _print(rows: list[dict[str, Any]], *, listed: bool) -> None:
    outcomes = ("read", "refused clearly", "refused unclearly", "crashed", "too slow")
    kinds = sorted({Path(r["file"]).suffix.lower() for r in rows})
    print(f"| {'kind':9} | files | {' | '.join(outcomes)} |")
    print(f"|{'-' * 11}|-------|{'|'.join('-' * (len(o) + 2) for o in outcomes)}|")
    for kind in [*kinds, ""]:
        mine = [r for r in rows if r["file"].lower().endswith(kind)]
        counts = Counter(r["outcome"] for r in mine)
        cells = " | ".join(f"{counts[o]:{len(o)}}" for o in outcomes)
        print(f"| {kind or 'all':9} | {len(mine):5} | {cells} |")
    for name, some in (
        ("all", [r for r in rows if "recall" in r]),
        ("nothing said to be hidden", [r for r in rows if "recall" in r and not r["hidden"]]),
    ):
        values = [r["recall"] for r in some]
        if values:
            low = sum(v < _LOW for v in values)
            print(
                f"recall, {name}: mean {mean(values):.3f}, median {median(values):.3f}, "
                f"{low} below {_LOW} ({len(values)} PDFs on {_AGREED} or more words of which "
                "two peers agree)"
            )
    if listed:
        for r in sorted(rows, key=lambda r: (r["outcome"], r.get("recall", 1.0))):
            if r["outcome"] != "read" or r.get("recall", 1.0) < _LOW:
                recall = f"{r['recall']:.2f} " if "recall" in r else ""
                print(f"{r['outcome']:18} {recall}{r['file']}  {r.get('said', '')}")


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_BROKEN.sub("", unicodedata.normalize("NFKC", text)).lower()))


def _ours(file: Path) -> dict[str, Any]:
    from stratlint.documents import read
    from stratlint.errors import UnreadableInput

    try:
        document = read(file)
    except UnreadableInput as error:
        clear = bool(_REMEDY.search(error.message))
        outcome = "refused clearly" if clear else "refused unclearly"
        return {"outcome": outcome, "said": error.message}
    except Exception as error:
        return {"outcome": "crashed", "said": f"{type(error).__name__}: {error}"}
    # Whoever keeps a hyphen at a line's end and whoever drops it have both read the word.
    words = _bag(document.text)
    words |= _bag(re.sub(r"(?<=\w)-(?=\w)", "", document.text))
    hidden = any(w.code == "hidden-text" for w in document.warnings)
    return {"outcome": "read", "words": words, "hidden": hidden}


def _plumber(file: Path) -> dict[str, Any]:
    import pdfplumber

    try:
        with pdfplumber.open(file) as pdf:
            text = "\n".join(page.extract_text(x_tolerance_ratio=0.15) for page in pdf.pages)
    except Exception:
        return {}
    return {"words": _bag(text)}


def _agreed(file: Path, plumber: _Worker) -> dict[str, int]:
    """The words that both peers find, as often as both do."""
    program = shutil.which("pdftotext")
    if program is None:
        raise SystemExit("pdftotext is not installed (it comes with poppler)")
    try:
        done = subprocess.run(
            [program, "-q", str(file), "-"], capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {}
    other = (plumber.ask(file) or {}).get("words")
    if not other:
        return {}
    return dict(_bag(done.stdout.decode("utf-8", "replace")) & Counter(other))


class _Worker:
    """A process that reads one file after another and is replaced when one takes too long."""

    def __init__(self, task: Callable[[Path], dict[str, Any]]) -> None:
        self.task = task
        self.process: multiprocessing.Process | None = None

    def ask(self, file: Path) -> dict[str, Any] | None:
        """The answer on one file; None when it takes too long."""
        if self.process is None:
            self.mine, theirs = multiprocessing.Pipe()
            self.process = multiprocessing.Process(
                target=_serve, args=(self.task, theirs), daemon=True
            )
            self.process.start()
        self.mine.send(file)
        try:
            if self.mine.poll(_SECONDS):
                found: dict[str, Any] = self.mine.recv()
                return found
            answer = None
        except EOFError:
            answer = {"outcome": "crashed", "said": "the process died"}
        self.process.kill()
        self.process.join()
        self.process = None
        return answer


def _serve(task: Callable[[Path], dict[str, Any]], pipe: Connection) -> None:
    while True:
        pipe.send(task(pipe.recv()))


if __name__ == "__main__":
    main()
