"""A bounded, coverage-guided run against everything that takes strangers' bytes: ``make fuzz``.

    python -m tests.robustness.fuzz [--seconds 60] [--runs N] [--target NAME] [--folder DIR]

Seeds are small hostile inputs of the generator and files of the repository. A finding is an
exception that no person should see, an answer of the page that says 'failed' or lacks its
policy, a place out of the text, or an input that takes longer than ``SLOW`` seconds. With
``--folder`` what was learnt stays, and the next run goes on from there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.robustness.fuzzing import TARGETS, close, dictionary, seeds

SLOW = 25
"""Seconds: instrumented code on a machine that others use too runs some ten times slower."""
_FOUND = 77
"""libFuzzer's exit code for an exception; others are time, memory and a crash below Python."""


def _run(target: str, arguments: list[str]) -> None:
    import atheris

    # What is imported before is not instrumented, so the target imports inside itself.
    with atheris.instrument_imports(include=["stratlint"]):
        TARGETS[target](b"")
    atheris.Setup([sys.argv[0], *arguments], TARGETS[target])
    try:
        atheris.Fuzz()
    finally:
        close()


def main() -> int:
    """Run the targets, each in a process of its own; 0 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--target", choices=sorted(TARGETS))
    parser.add_argument("--folder", help="where what was learnt and what was found stays")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        home = Path(options.inside)
        limits = [f"-max_total_time={options.seconds}", f"-runs={options.runs}"]
        limits += [f"-seed={options.seed}", f"-timeout={SLOW}", "-rss_limit_mb=4096"]
        limits += [f"-artifact_prefix={home}/found-", f"-dict={home / 'words.dict'}"]
        _run(options.target, [*limits, "-max_len=8192", "-len_control=0", str(home / "kept")])
        return 0
    worst = 0
    with tempfile.TemporaryDirectory() as made:
        for target in [options.target] if options.target else sorted(TARGETS):
            home = Path(options.folder or made) / target
            (home / "kept").mkdir(parents=True, exist_ok=True)
            seeds(target, home / "kept")
            (home / "words.dict").write_text(dictionary(target), "utf-8")
            own = [sys.executable, "-m", "tests.robustness.fuzz", "--target", target]
            share = options.seconds if options.target else options.seconds // len(TARGETS)
            bounds = ["--seconds", str(share), "--runs", str(options.runs)]
            bounds += ["--seed", str(options.seed), "--inside", str(home)]
            code = subprocess.run([*own, *bounds], check=False).returncode
            worst = max(worst, abs(code))
    return worst


if __name__ == "__main__":
    sys.exit(main())
