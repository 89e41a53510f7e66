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
from stratlint.run.settings import Limits, Settings, load_settings
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


VALE = """areas:
  - {name: The Vale, kind: corridor, members: {TLJ14: 1.0, TLJ11: 0.4}}
names:
  TLJ14: [The Ashby Shire]
"""


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
        self.write("base.yaml", "preview: true\n")
        self.write("vale/areas.yaml", VALE)

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
    "own name": ("own/OW001.yaml", "name: no-ferry", "name: ferry-wanted"),
    "own why": ("own/OW001.yaml", "An island needs", "Every island needs"),
    "own fix": ("own/OW001.yaml", "Name the ferry", "Name the ferries"),
    "own case": ("own/OW001.yaml", "by 2012.", "by 2013."),
    "own theme's name": ("own/themes.yaml", "{name: ferries", "{name: boats"),
    "own theme's words": ("own/themes.yaml", "a word on ferries", "any word on ferries"),
    "own theme's nearest": (
        "own/themes.yaml",
        "phrases: [ferry]",
        "phrases: [ferry], near: [wind]",
    ),
    "own theme's other sense": (
        "own/themes.yaml",
        "phrases: [ferry]",
        "phrases: [apprentice], unless: [trade]",
    ),
    "another theme": (
        "own/themes.yaml",
        "themes:\n",
        "themes:\n  rail: {name: rail, looked_for: x, phrases: [rail]}\n",
    ),
    "other document": ("corpus/b.md", "\n", "\nWe will invest in aerospace and in space.\n"),
    "a line end": ("corpus/b.md", "\n", "\r\n"),
    "a figure more": (
        "corpus/jobs.csv",
        "North East,2006,20,X,50\n",
        "North East,2006,20,X,50\nNorth East,2006,62,Y,9\n",
    ),
    "a figure less": ("corpus/jobs.csv", "North East,2006,20,X,50\n", ""),
    "a code": ("corpus/jobs.csv", "South West,2008,01", "South West,2008,02"),
    "a year of a figure": ("corpus/jobs.csv", "South West,2008,01", "South West,2005,01"),
    "a region of a figure": ("corpus/jobs.csv", "South West,2008,01", "Cornwall,2008,01"),
    "publisher": ("corpus/jobs.yaml", "publisher: P", "publisher: Q"),
    "licence": ("corpus/jobs.yaml", "licence: L", "licence: M"),
    "date of a table": ("corpus/jobs.yaml", "'2009'", "'2010'"),
    "measure": ("corpus/jobs.yaml", "measure: jobs", "measure: GVA"),
    "unit": ("corpus/jobs.yaml", "unit: jobs", "unit: thousand jobs"),
    "what a table is set against": ("corpus/jobs.yaml", "sum of regions", "South West"),
    "least size": ("corpus/jobs.yaml", "title: Jobs", "title: Jobs\nminimum_size: 20"),
    "what is absent": ("corpus/jobs.yaml", "title: Jobs", "title: Jobs\nabsent: nought"),
    "note of a table": ("corpus/jobs.yaml", "title: Jobs", "title: Jobs\nnote: seen"),
    "address of a table": (
        "corpus/jobs.yaml",
        "title: Jobs",
        "title: Jobs\nurl: https://example.org",
    ),
    "area": ("corpus/manifest.yaml", "North East, year", "North East, area: Durham, year"),
    "a guess": (
        "corpus/manifest.yaml",
        "North East, year: 2007",
        "North East, year: 2007, guessed: [year]",
    ),
    "modelled": ("corpus/manifest.yaml", "title: Made", "title: Made\nmodelled: true"),
    "a document less": ("corpus/manifest.yaml", "  - {file: n.md, role: source}\n", ""),
    "another order": (
        "corpus/manifest.yaml",
        "  - {file: a.md, region: North East, year: 2007}\n"
        "  - {file: b.md, region: South West, year: 2007}\n",
        "  - {file: b.md, region: South West, year: 2007}\n"
        "  - {file: a.md, region: North East, year: 2007}\n",
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
    "repair: false",
    "limits: {max_pages: 1}",
    "limits: {seconds: 60}",
    "limits: {memory_mb: 1024}",
    "marks: false",
    "exclude: [b.md]",
    "exclude: ['role:source']",
    "reference: United Kingdom",
    "sectors: uk-industrial-strategy-2025",
    "kind: land-use plan",
    "rules: {OW001: {severity: error, confidence: low}}",
    "rules: {OW: off}",
    "rules: {OW001: {with: {themes: [rural]}}}",
    "select: [SB, OW]",
    "ignore: [SB]",
    "fail_on: info",
    "show: error",
    "formats: [xlsx]",
    "extends: base.yaml",
    "places: vale",
    "ocr: true",
    "roles: {n.md: source}",
]
NO_CHANGE = {
    "cache": "what is compared",
    "jobs": "one process here; `stratlint test` of two counts of workers is elsewhere",
    "rules_dirs": "is there in every run, and its files are changed above",
    "spacy_model": "none is installed for tests; its version is part of the key",
    "suppressions": "findings are set aside after the run, from the file as it then is",
}
"""Settings that are not changed here, and why."""


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


def test_every_file_and_setting_that_exists_is_changed(place: Place) -> None:
    """A setting that is added is changed here, or is said why not."""
    changed = {line.partition(":")[0] for line in SETTINGS}
    assert not changed & NO_CHANGE.keys()
    assert changed | NO_CHANGE.keys() == set(Settings.model_fields)
    inner = {line.partition("{")[2].partition(":")[0] for line in SETTINGS if "limits" in line}
    assert inner == set(Limits.model_fields)
    files = {
        p.relative_to(place.folder).as_posix() for p in place.folder.rglob("*.*") if p.is_file()
    }
    named = {"stratlint.yaml", "base.yaml", "vale/areas.yaml"}
    assert {name for name, _, _ in CHANGES.values()} | named == files
    assert len(CHANGES) + len(SETTINGS) >= 80


@pytest.mark.parametrize(
    ("name", "setting", "old", "new"),
    [
        ("base.yaml", "extends: base.yaml", "preview: true", "pack: all"),
        ("vale/areas.yaml", "places: vale", "TLJ11: 0.4", "TLJ11: 0.9"),
        ("vale/areas.yaml", "places: vale", "[The Ashby Shire]", "[Durham]"),
    ],
)
def test_a_changed_file_that_a_setting_names_is_not_answered_from_before(
    place: Place, name: str, setting: str, old: str, new: str
) -> None:
    before = (place.folder / name).read_text(encoding="utf-8")
    assert old in before
    try:
        place.write("stratlint.yaml", f"rules_dirs: [own]\n{setting}\n")
        place.audit(cache=True)
        place.write(name, before.replace(old, new, 1))
        assert place.audit(cache=True) == place.audit(cache=False)
    finally:
        place.write("stratlint.yaml", "rules_dirs: [own]\n")
        place.write(name, before)


def test_what_was_changed_back_is_found_again(place: Place) -> None:
    assert place.audit(cache=True) == place.audit(cache=False)
