"""What can be wrong in a use of the command line: odd files, places to write, numbers, words."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.made import NORTH_EAST, SOUTH_WEST

_OWN_RULE = """id: OW001
name: no-ferry
check: phrase-present
with: {phrases: [ferry]}
severity: info
confidence: low
message: "says '{words}'"
why: An island needs a ferry, and a strategy for one says so.
fix: Name the ferry and who pays for it.
tests:
  - {name: fires, documents: {A: A ferry will run.}, want: [{document: A, contains: ferry}]}
  - {name: silent, documents: {A: We plan.}, none: true}
"""
_PASSAGE = (
    '{{"id": "{n}", "document": "d{of}", "text": "We will support tourism.", '
    '"labels": {{"tourism": "priority"}}}}\n'
)


def lay(folder: Path) -> None:
    """Lay out what uses are about: sound files, and odd ones of every kind."""
    for name, text in {
        "plan.md": NORTH_EAST,
        "other.md": SOUTH_WEST,
        "corpus/north.md": NORTH_EAST,
        "corpus/south.md": SOUTH_WEST,
        "corpus/manifest.yaml": "documents:\n  - {file: north.md, region: North East}\n"
        "  - {file: south.md, region: South West}\n",
        "fresh/north.md": NORTH_EAST,
        "own/OW001.yaml": _OWN_RULE,
        "gold.jsonl": "".join(_PASSAGE.format(n=n, of=n % 6) for n in range(12)),
        "mine/keep.txt": "a person's own file",
        "odd/empty.md": "",
        "odd/empty.yaml": "",
        "odd/list.yaml": "[1, 2]\n",
        "odd/wrong.json": '{"a": [NaN, 1e999]}',
        "odd/broken.json": '{"a": ',
        "odd/no-keys.yaml": "nonsense: 1\n",
        "odd/unreadable.md": "Tourism is a priority.",
        "odd/unreadable.yaml": "title: a\n",
        "odd/plan.exe": "MZ",
        "odd/new\nline.md": "Tourism is a priority.",
        "odd/folder.md/inside.txt": "Tourism is a priority.",
        "odd/hidden/plan.md": "Tourism is a priority.",
        "odd/no-documents/notes.xyz": "x",
        "odd/locked/there.md": "Tourism is a priority.",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    noise = random.Random(2008).randbytes(5_000)
    for name in ("noise.pdf", "noise.docx", "noise.md", "noise.yaml", "noise.json", "noise.csv"):
        (folder / "odd" / name).write_bytes(noise)
    (folder / "odd" / "latin.md").write_bytes("Café and ferry: tourism.".encode("latin-1"))
    (folder / "odd" / "latin.yaml").write_bytes("title: café\n".encode("latin-1"))
    (folder / "odd" / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (folder / "odd" / "nowhere.md").symlink_to("not-there.md")
    (folder / "odd" / "loop.md").symlink_to("loop.md")
    os.mkfifo(folder / "odd" / "pipe.md")
    for name, mode in {
        "odd/unreadable.md": 0,
        "odd/unreadable.yaml": 0,
        "odd/hidden": 0,
        "odd/locked": 0o555,
    }.items():
        (folder / name).chmod(mode)


# Each is what stands on the command line, and whether it must be refused wherever it is given.

ODD_INPUTS: dict[str, tuple[str, bool]] = {
    "missing": ("not-there.md", True),
    "missing folder": ("not/there", True),
    "nothing": ("", True),
    "a folder called a file": ("odd/folder.md", False),
    "empty": ("odd/empty.md", False),
    "empty yaml": ("odd/empty.yaml", False),
    "a list": ("odd/list.yaml", False),
    "other keys": ("odd/no-keys.yaml", False),
    "other json": ("odd/wrong.json", False),
    "half a json": ("odd/broken.json", False),
    "noise pdf": ("odd/noise.pdf", False),
    "noise word": ("odd/noise.docx", False),
    "noise text": ("odd/noise.md", False),
    "noise yaml": ("odd/noise.yaml", False),
    "noise json": ("odd/noise.json", False),
    "noise csv": ("odd/noise.csv", False),
    "unreadable": ("odd/unreadable.md", True),
    "unreadable yaml": ("odd/unreadable.yaml", True),
    "in a hidden folder": ("odd/hidden/plan.md", True),
    "a hidden folder": ("odd/hidden", True),
    "not UTF-8": ("odd/latin.md", False),
    "not UTF-8 yaml": ("odd/latin.yaml", False),
    "cut": ("odd/cut.pdf", True),
    "of another kind": ("odd/plan.exe", False),
    "a link to nothing": ("odd/nowhere.md", True),
    "a link to itself": ("odd/loop.md", True),
    "a pipe": ("odd/pipe.md", True),
    "a device": ("/dev/zero", True),
    "below a file": ("plan.md/below.md", True),
    "a name too long": ("x" * 300 + ".md", True),
    "a path too long": ("x/" * 3_000 + "a.md", True),
    "a name with a line break": ("odd/new\nline.md", False),
    "a name with an escape": ("odd/\x1b[31m\u202e.md", True),
    "a name that is not UTF-8": ("odd/\udcff.md", True),
    "the folder above": ("..", False),
    "no documents": ("odd/no-documents", False),
    "an option's name": ("--", True),
}
ODD_TARGETS: dict[str, tuple[str, bool]] = {
    "nothing": ("", True),
    "an input": ("plan.md", True),
    "somebody's file": ("mine/keep.txt", True),
    "somebody's folder": ("mine", True),
    "the corpus": ("corpus", True),
    "a document of the corpus": ("corpus/north.md", True),
    "in a read-only folder": ("odd/locked/new", True),
    "below a file": ("plan.md/below", True),
    "a link to itself": ("odd/loop.md", True),
    "a full device": ("/dev/full", False),
    "a name too long": ("x" * 300, True),
    "in a hidden folder": ("odd/hidden/new", True),
    "the working folder": (".", True),
    "the root": ("/", True),
    "a process file": ("/proc/self/mem/x", True),
}
ODD_NUMBERS: dict[str, tuple[str, bool]] = {
    "a word": ("many", True),
    "nothing": ("", True),
    "not a number": ("nan", True),
    "without end": ("inf", True),
    "minus without end": ("-inf", True),
    "negative": ("-1", True),
    "huge": ("9" * 30, True),
    "beyond a float": ("1e400", True),
    "nought": ("0", False),
    "a half": ("0.5", False),
    "other digits": ("１２", False),
    "hexadecimal": ("0x10", True),
    "very long": ("1" * 5_000, True),
}
ODD_WORDS: dict[str, tuple[str, bool]] = {
    "nothing": ("", False),
    "unknown": ("no-such-thing", False),
    "long": ("x" * 10_000, False),
    "an escape": ("\x1b[31mred\u202e", False),
    "not UTF-8": ("\udcff", False),
    "a path up": ("../../../etc/passwd", False),
    "a line break": ("one\ntwo", False),
    "a pattern": ("(a+)+$ [", False),
    "braces": ("{0.__class__} {x}", False),
}

BASES: dict[str, tuple[str, ...]] = {
    "audit": ("audit", "corpus", "-o", "out"),
    "check": ("check", "plan.md"),
    "serve": ("serve", "--port", "0"),
    "lsp": ("lsp",),
    "extract": ("extract", "plan.md"),
    "explain": ("explain", "plan.md"),
    "passages": ("passages", "plan.md", "other.md"),
    "compare": ("compare", "plan.md", "other.md"),
    "diff": ("diff", "plan.md", "other.md"),
    "profile": ("profile", "corpus", "-o", "out.json"),
    "init": ("init", "fresh"),
    "ignore": ("ignore", "0123456789abcdef", "--reason", "it is so", "--rule", "SB003"),
    "config": ("config",),
    "rule": ("rule", "SB003"),
    "test": ("test", "SB003"),
    "validate": ("validate", "corpus"),
    "classify": ("classify", "gold.jsonl"),
    "evaluate": ("evaluate", "gold.jsonl", "--resamples", "1"),
    "train": ("train", "gold.jsonl", "-o", "out.json", "--folds", "2"),
    "label": ("label", "plan.md"),
    "cache info": ("cache", "info"),
    "cache clear": ("cache", "clear"),
}
"""A sound use of each command, in which one thing at a time is made wrong."""

TOGETHER: tuple[str, ...] = (
    "check plan.md --as plan.md",
    "check plan.md other.md --as x.md",
    "check - -",
    "check plan.md - --as x.md",
    "check plan.md -o plan.md",
    "check plan.md --annotate plan.md",
    "check plan.md --annotate out.pdf",
    "check plan.md --annotate out.md --annotate out.md",
    "check plan.md --select SB --ignore SB",
    "check plan.md --against plan.md",
    "check plan.md --against own",
    "check plan.md --against odd/wrong.json",
    "check plan.md --format no-such",
    "check plan.md --region Narnia --area Narnia",
    "check plan.md --area Cornwall --area Nowhere",
    "check plan.md --watch --format json -o plan.md",
    "check plan.md --show never",
    "audit corpus -o corpus",
    "audit corpus -o corpus/inside/../..",
    "audit corpus -o .",
    "audit plan.md -o out",
    "audit corpus -o out --format no-such",
    "audit corpus -o out --select NO --ignore NO",
    "audit corpus -o out --select SB --ignore SB",
    "audit corpus -o out --dask tcp://127.0.0.1:1",
    "audit corpus -o out --dask nowhere",
    "audit corpus -o out --write-baseline plan.md",
    "audit corpus -o out --write-baseline odd/locked/x.yaml",
    "audit corpus other.md -o out",
    "extract plan.md other.md",
    "extract plan.md -o plan.md --force",
    "extract plan.md --with nonsense",
    "extract plan.md --password x",
    "passages plan.md",
    "passages",
    "passages plan.md plan.md",
    "passages plan.md other.md --pairs odd/noise.csv",
    "passages --pairs odd/empty.md --root odd",
    "passages --pairs not-there.jsonl",
    "passages plan.md other.md -o other.md",
    "compare plan.md",
    "compare corpus corpus",
    "diff plan.md",
    "diff odd/wrong.json odd/broken.json",
    "diff plan.md odd/wrong.json --year 2007",
    "diff odd/wrong.json odd/wrong.json --region Cornwall",
    "diff plan.md other.md -o other.md",
    "profile corpus -o corpus/north.md",
    "profile corpus -o corpus/manifest.yaml --force",
    "init corpus",
    "init plan.md",
    "ignore",
    "ignore 0123 --reason why",
    "ignore 0123456789abcdef",
    "ignore 0123456789abcdef --reason x",
    "ignore --rule NO --document plan.md --reason because",
    "ignore --rule SB003 --reason because",
    "ignore --rule SB003 --document plan.md --reason because --until tomorrow",
    "ignore --rule SB003 --document plan.md --reason because --until 0000-00-00",
    "ignore --rule SB003 --document plan.md --reason because --file plan.md",
    "rule",
    "rule NO",
    "rule SB003 --all",
    "test NO",
    "test --rules odd",
    "validate odd",
    "validate plan.md",
    "classify plan.md",
    "classify gold.jsonl --model gold.jsonl",
    "evaluate plan.md",
    "evaluate gold.jsonl --labels gold.jsonl",
    "train gold.jsonl",
    "train gold.jsonl -o gold.jsonl",
    "train gold.jsonl -o out.json --kinds odd/wrong.json",
    "label plan.md --seed 1.5",
    "cache",
    "cache forget",
    "config --template --format xml",
    "",
    "audti corpus",
    "--nonsense",
    "-",
    "--version --nonsense",
    "serve --behind nowhere",
    "serve --host 0.0.0.0",
    "serve --host 192.168.1.20 --token short",
    "serve --behind http://a/b/c",
    "serve --port 65536",
    "serve --corpus not-there",
    "lsp --against not-there",
)
"""Uses in which each word is right and the whole is not, or that leave something out."""
