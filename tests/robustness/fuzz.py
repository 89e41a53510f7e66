"""A bounded, coverage-guided run against the reader and rule files: ``make fuzz``.

    python -m tests.robustness.fuzz [--seconds 60] [--runs N] [--target reader|rules]

Seeds are small hostile inputs from the generator. A finding is any exception other than the
two that a person may see, or an input that takes longer than five seconds.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.robustness.hostile import FAULTY_YAML, hostile_files

SUFFIXES = (".pdf", ".docx", ".html", ".md", ".txt")
_SEED_BYTES = 6_000


def reader(data: bytes) -> None:
    """The first byte chooses the kind of file, the rest is the file."""
    from stratlint.documents import ReadOptions, read
    from stratlint.errors import UnreadableInput

    if not data:
        return
    suffix = SUFFIXES[data[0] % len(SUFFIXES)]
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data[1:])
        file.flush()
        try:
            document = read(Path(file.name), ReadOptions(max_pages=20, max_characters=200_000))
        except UnreadableInput:
            return
    assert all(0 <= b.start <= b.end <= len(document.text) for b in document.blocks)


def rules(data: bytes) -> None:
    """Text as a rule file and as a manifest."""
    from stratlint.errors import FileFault
    from stratlint.knowledge.yamlfile import load_yaml_text
    from stratlint.rules.schema import RuleFile
    from stratlint.run.corpus import Manifest

    text = data.decode("utf-8", "replace")
    for model in (RuleFile, Manifest):
        try:
            load_yaml_text(text, model)
        except FileFault:
            continue


TARGETS: dict[str, Callable[[bytes], None]] = {"reader": reader, "rules": rules}


def seeds(target: str, folder: Path) -> None:
    """Write the starting inputs of a target."""
    if target == "rules":
        for number, text in enumerate(FAULTY_YAML.values()):
            (folder / f"{number}").write_bytes(text.encode("utf-8", "replace")[:_SEED_BYTES])
        return
    for number, (name, data) in enumerate(hostile_files(large=False)):
        suffix = Path(name).suffix
        if suffix in SUFFIXES and len(data) <= _SEED_BYTES:
            (folder / f"{number}").write_bytes(bytes([SUFFIXES.index(suffix)]) + data)


def _run(target: str, arguments: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["stratlint"]):
        import stratlint.documents.html.file
        import stratlint.documents.pdf.file
        import stratlint.documents.reader
        import stratlint.knowledge.yamlfile
        import stratlint.rules.schema  # noqa: F401

    random.seed(0)
    atheris.Setup([sys.argv[0], *arguments], TARGETS[target])
    atheris.Fuzz()


def main() -> int:
    """Run the targets, each in a process of its own; 0 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--target", choices=sorted(TARGETS))
    parser.add_argument("--keep", default=tempfile.gettempdir() + "/", help="folder for finds")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        limits = [f"-max_total_time={options.seconds}", f"-runs={options.runs}", "-seed=1"]
        _run(
            options.target,
            [
                *limits,
                "-timeout=5",
                "-rss_limit_mb=2048",
                f"-artifact_prefix={options.keep}",
                options.inside,
            ],
        )
        return 0
    worst = 0
    for target in [options.target] if options.target else sorted(TARGETS):
        with tempfile.TemporaryDirectory() as folder:
            seeds(target, Path(folder))
            own = [sys.executable, "-m", "tests.robustness.fuzz", "--target", target]
            share = options.seconds if options.target else options.seconds // len(TARGETS)
            bounds = ["--seconds", str(share), "--runs", str(options.runs)]
            bounds += ["--keep", options.keep, "--inside", folder]
            worst = max(worst, abs(subprocess.run([*own, *bounds], check=False).returncode))
    return worst


if __name__ == "__main__":
    sys.exit(main())
