"""How large the report is, how fast it is made, and how fast a browser opens it.

Usage: python benchmarks/report/measure.py [FOLDER OF A REPORT]

Without a folder the made-up audits of the tests are measured: nine regions with 90 findings,
and with 3,000 (split). Opening is timed in Debian's chromium by tests/browser/drive.mjs,
from the call to the load event, browser already running; best of three.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BROWSER = ROOT / "tests" / "browser"
sys.path.insert(0, str(ROOT))


def opened(page: Path) -> float:
    """Milliseconds until the load event, best of three."""
    times = []
    for _ in range(3):
        done = subprocess.run(
            ["node", "drive.mjs"],
            input=json.dumps({"mode": "open", "file": str(page)}),
            cwd=BROWSER,
            capture_output=True,
            check=True,
            text=True,
        )
        times.append(float(json.loads(done.stdout)["opened"]))
    return min(times)


def show(folder: Path) -> None:
    """One line a page."""
    for page in sorted(folder.glob("report*.html")):
        size = page.stat().st_size
        print(f"{page.name:44} {size / 1000:8.0f} KB {opened(page):8.0f} ms")


def main() -> None:
    """Measure a folder, or the made-up audits."""
    if len(sys.argv) > 1:
        show(Path(sys.argv[1]))
        return
    from tests.reporting.made import made_result

    from stratlint.reporting import write_reports

    for findings in (90, 3000):
        result = made_result(findings=findings)
        with tempfile.TemporaryDirectory() as name:
            start = time.perf_counter()
            write_reports(result, Path(name))
            seconds = time.perf_counter() - start
            print(f"{findings} findings, written in {seconds:.2f} s")
            show(Path(name))


if __name__ == "__main__":
    main()
