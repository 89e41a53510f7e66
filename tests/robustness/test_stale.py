"""Whatever changes, a run that finds something kept says what a fresh one says, byte by byte.

Settings, manifest, tables, own rules and the documents are changed one at a time. After each
change one run has the cache that all runs before have filled, another has none. Of all that
ships, each file is changed in a copy: the version in every key changes with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stratlint.reporting.formats.jsonfile import dump, render
from stratlint.run.audit import audit
from stratlint.run.corpus import load_corpus
from stratlint.run.run import Run
from stratlint.run.settings import load_settings
from stratlint.workers.execution import InlineExecutor
from tests.made import NATIONAL, NORTH_EAST, SOUTH_WEST

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow

OWN_RULE = """
id: OW001
name: no-ferry
check: theme-absent
with: {themes: [ferries]}
severity: warning
message: "looked for {looked_for}{nearest}"
why: An island needs a ferry.
fix: Name the ferry.
tests:
  - {name: fires, documents: {A: "The strategy rests on roads."}, want: [{document: A}]}
  - {name: silent, documents: {A: "A ferry will run by 2012."}, none: true}
"""
THEMES = "themes:\n  ferries: {name: ferries, looked_for: a word on ferries, phrases: [ferry]}\n"
TABLE = "region,year,industry_code,industry_name,value\n" + "".join(
    f"{region},{year},{code},X,{value}\n"
    for year in (2006, 2007, 2008)
    for region, rows in {
        "North East": {"20": 50, "55": 10, "01": 40},
        "South West": {"20": 10, "55": 60, "01": 30},
    }.items()
    for code, value in rows.items()
)
MANIFEST = """title: Made
evidence: [jobs.csv]
documents:
  - {file: a.md, region: North East, year: 2007}
  - {file: b.md, region: South West, year: 2007}
  - {file: n.md, role: source}
"""
CARD = (
    "title: Jobs\npublisher: P\nlicence: L\ndate: '2009'\nmeasure: jobs\nunit: jobs\n"
    "reference: sum of regions\n"
)


class Place:
    """A folder with a corpus, own rules and settings, and a cache that all runs share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        corpus = folder / "corpus"
        corpus.mkdir()
        for name, text in (("a.md", NORTH_EAST), ("b.md", SOUTH_WEST), ("n.md", NATIONAL)):
            (corpus / name).write_text(text, encoding="utf-8")
        self.write("corpus/manifest.yaml", MANIFEST)
        self.write("corpus/jobs.csv", TABLE)
        self.write("corpus/jobs.yaml", CARD)
        self.write("own/OW001.yaml", OWN_RULE)
        self.write("own/themes.yaml", THEMES)
        self.write("stratlint.yaml", "rules_dirs: [own]\n")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def audit(self, *, cache: bool) -> str:
        settings = load_settings(folder=self.folder, environment={}).settings
        kept = settings.model_copy(update={"cache": cache, "jobs": 1})
        with Run(kept, executor=InlineExecutor()) as run:
            result = audit(load_corpus(self.folder / "corpus"), run)
        shown = dump(result.run.settings) + render(result)
        return shown.replace(f'"cache": {str(cache).lower()}', "")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("stale"))
    made.audit(cache=True)
    return made


def test_a_file_that_ships_changes_every_key(tmp_path: Path) -> None:
    """A byte more changes the version of the knowledge, which is part of every key."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "stratlint", tmp_path / "src" / "stratlint", ignore=ignored)
    for name in ("rules", "corpora/evidence", "reports"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    done = subprocess.run(
        [sys.executable, "-c", VERSIONS, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 150


VERSIONS = """
import sys
from pathlib import Path
from stratlint.knowledge.version import knowledge_version
root = Path(sys.argv[1])
first = knowledge_version()
seen = {first}
files = [p for n in ("rules", "corpora/evidence") for p in sorted((root / n).rglob("*"))]
files = [p for p in files if p.is_file()]
files += sorted((root / "src").rglob("*.py"))[::20]
for path in files:
    before = path.read_bytes()
    path.write_bytes(before + b"\\n")
    knowledge_version.cache_clear()
    version = knowledge_version()
    assert version not in seen, path
    seen.add(version)
    path.write_bytes(before)
knowledge_version.cache_clear()
assert knowledge_version() == first
print(len(files))
"""


CHANGES: dict[str, tuple[str, str, str]] = {
    "own theme": ("own/themes.yaml", "phrases: [ferry]", "phrases: [apprentice]"),
    "own rule": ("own/OW001.yaml", "severity: warning", "severity: error"),
    "own option": ("own/OW001.yaml", "themes: [ferries]", "themes: [rural]"),
    "own message": ("own/OW001.yaml", "looked for {", "we looked for {"),
    "document": ("corpus/a.md", "Offshore wind", "Aerospace"),
    "source": ("corpus/n.md", "\n", "\nLife sciences and tourism are our priorities.\n"),
    "figure": ("corpus/jobs.csv", "North East,2007,20,X,50", "North East,2007,20,X,5"),
    "card": ("corpus/jobs.yaml", "title: Jobs", "title: Places of work"),
    "region": ("corpus/manifest.yaml", "region: North East", "region: South West"),
    "year": ("corpus/manifest.yaml", "North East, year: 2007", "North East, year: 2006"),
    "title": ("corpus/manifest.yaml", "South West, year", "South West, title: New, year"),
    "kind": ("corpus/manifest.yaml", "South West, year", "South West, kind: prospectus, year"),
    "role": ("corpus/manifest.yaml", "{file: b.md,", "{file: b.md, role: source,"),
    "official": ("corpus/manifest.yaml", "evidence: [jobs.csv]\n", ""),
    "rule off": ("corpus/manifest.yaml", "title: Made", "title: Made\nrules: {OW001: off}"),
    "rule option": (
        "corpus/manifest.yaml",
        "title: Made",
        "title: Made\nrules: {OW001: {severity: info}}",
    ),
    "manifest title": ("corpus/manifest.yaml", "title: Made", "title: Another"),
}
SETTINGS = [
    "preview: true",
    "pack: all",
    "pack: editorial",
    "select: [OW]",
    "ignore: [OW001]",
    "rules: {OW001: info}",
    "kind: prospectus",
    "repair: true",
    "reader: pdfplumber",
    "limits: {max_characters: 900}",
    "limits: {max_bytes: 1200}",
    "fail_on: info",
    "show: error",
    "formats: [xlsx]",
]


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_file_is_not_answered_from_before(place: Place, what: str) -> None:
    name, old, new = CHANGES[what]
    before = (place.folder / name).read_text(encoding="utf-8")
    assert old in before
    try:
        place.write(name, before.replace(old, new, 1))
        assert place.audit(cache=True) == place.audit(cache=False)
    finally:
        place.write(name, before)


@pytest.mark.parametrize("line", SETTINGS)
def test_a_changed_setting_is_not_answered_from_before(place: Place, line: str) -> None:
    try:
        place.write("stratlint.yaml", f"rules_dirs: [own]\n{line}\n")
        assert place.audit(cache=True) == place.audit(cache=False)
    finally:
        place.write("stratlint.yaml", "rules_dirs: [own]\n")


def test_what_was_changed_back_is_found_again(place: Place) -> None:
    assert place.audit(cache=True) == place.audit(cache=False)
