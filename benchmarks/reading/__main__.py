"""python -m benchmarks.reading [--shared FOLDER] [--quick]: the tables of the reading page.

Each reader runs alone in a fresh process over the same files, one after the other. Ratios
are of processor time, which other work on the machine does not disturb.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.reading.readers import READERS, available

_ROOT = Path(__file__).resolve().parents[2]
_BASE = "pdfplumber extract_text"
_LONG = 250


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(os.environ.get("STRATLINT_SHARED", _ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=default)
    parser.add_argument("--quick", action="store_true", help="the four RIS3 strategies only")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one, options.files)))
        return
    data = options.shared / "data"
    pattern = "ris3/*.pdf" if options.quick else "*/*.pdf"
    files = sorted((data / "documents").glob(pattern))
    _speed(files)
    _long(files)
    _quality(options.shared)


def _measure(reader: str, files: list[Path]) -> dict[str, float]:
    """Run one reader over the files in this process."""
    read = READERS[reader]
    wall, cpu = time.perf_counter(), time.process_time()
    pages = sum(read(path) for path in files)
    return {
        "pages": pages,
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _apart(reader: str, files: list[Path]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.reading", "--one", reader, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT)
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _speed(files: list[Path]) -> None:
    results = {name: _apart(name, files) for name in available()}
    base = results[_BASE]["cpu"]
    print(f"{len(files)} documents, {results[_BASE]['pages']} pages\n")
    print(f"| {'reader':26} | pages/s | times pdfplumber | peak MB |")
    print(f"|{'-' * 28}|---------|------------------|---------|")
    for name, r in results.items():
        rate, ratio = r["pages"] / r["cpu"], base / r["cpu"]
        print(f"| {name:26} | {rate:7.1f} | {ratio:16.1f} | {r['peak_mb']:7.0f} |")


def _long(files: list[Path]) -> None:
    """Peak memory on one long document, made of the others."""
    from pypdf import PdfWriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        writer = PdfWriter()
        for source in files:
            if len(writer.pages) < _LONG:
                writer.append(source)
        writer.write(path)
        result = _apart("stratlint to a Document", [path])
    print(f"\none document of {result['pages']} pages: peak {result['peak_mb']:.0f} MB")


def _quality(shared: Path) -> None:
    """The scorer of the measurement data on the body text, and on the body with its notes."""
    from stratlint.documents import read
    from stratlint.documents.render import as_text

    folder = shared / "data" / "extraction"
    documents = {p.stem: read(p) for p in sorted((folder / "pdf").glob("*.pdf"))}
    for notes in (False, True):
        with tempfile.TemporaryDirectory() as out:
            for name, document in documents.items():
                text = as_text(document, notes=notes)
                (Path(out) / f"{name}.txt").write_text(text, encoding="utf-8")
            scorer = shared / "score" / "extraction.py"
            command = [sys.executable, str(scorer), str(folder / "truth"), out]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"\n{'body with notes' if notes else 'body'}\n{done.stdout}")


if __name__ == "__main__":
    main()
