"""What a command prints, Python finds too: every command beside the functions it stands for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

import stratlint
from stratlint.cli import COMMANDS, main
from stratlint.records import AuditResult, Document
from stratlint.reporting import render
from stratlint.tables import frames
from stratlint.workers.execution import InlineExecutor
from tests.runs import inline

CASES: dict[str, Callable[..., None]] = {}


class Desk:
    """A corpus, what commands print, and what Python finds with nothing kept."""

    def __init__(self, corpus: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.corpus, self.folder, self._capsys = corpus, folder, capsys
        self.draft = corpus / "north-east.md"

    def run(self, *words: str | Path, code: tuple[int, ...] = (0, 1)) -> str:
        """Standard output of a command."""
        self._capsys.readouterr()
        assert main([str(word) for word in words]) in code
        return self._capsys.readouterr().out

    def audit(self) -> AuditResult:
        return stratlint.audit(self.corpus, executor=InlineExecutor(), cache=False)


@pytest.fixture
def desk(made_corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(made_corpus, tmp_path, capsys)


def case(function: Callable[..., None]) -> Callable[..., None]:
    """Beside the command of its name."""
    CASES[function.__name__.rstrip("_")] = function
    return function


@case
def audit(desk: Desk) -> None:
    words = ("--format", "xlsx", "--format", "texts", "--fail-on", "never")
    desk.run("audit", desk.corpus, "-o", desk.folder / "said", *words)
    found = desk.audit()
    stratlint.write_reports(found, desk.folder / "found", ("xlsx", "texts"))
    said, made = (
        {p.relative_to(desk.folder / name): p for p in (desk.folder / name).rglob("*.*")}
        for name in ("said", "found")
    )
    assert set(said) == set(made)
    for name in ("findings.csv", "priorities.csv", "matrix.csv", "texts.csv", "stratlint.xlsx"):
        assert said[Path(name)].read_bytes() == made[Path(name)].read_bytes(), name
    rows = list(csv.DictReader(io.StringIO(said[Path("priorities.csv")].read_text("utf-8"))))
    assert [r["sector"] for r in rows] == frames.priorities(found)["sector"].tolist()


@case
def check(desk: Desk) -> None:
    words = ("--region", "North East", "--against", str(desk.corpus), "--format", "json")
    said = json.loads(desk.run("check", desk.draft, *words))
    found = stratlint.check(
        desk.draft, region="North East", against=desk.corpus, executor=InlineExecutor(), cache=False
    )
    assert [f["fingerprint"] for f in said["findings"]] == [
        f["fingerprint"] for f in json.loads(str(render(found, "json")))["findings"]
    ]
    assert len(said["findings"]) > 0


@case
def extract(desk: Desk) -> None:
    document = stratlint.read(desk.draft)
    said = json.loads(desk.run("extract", desk.draft, "--format", "json"))
    blocks = [document.block_text(i) for i in range(len(document.blocks))]
    assert [block["text"] for block in said["blocks"]] == blocks


@case
def explain(desk: Desk) -> None:
    said = json.loads(desk.run("explain", desk.draft, "--json", "--all"))
    found = stratlint.analyse(desk.draft)
    assert {(m["start"], m["sector"], m["class"]) for m in said["mentions"]} == {
        (m.start, m.sector, m.commitment.value) for m in found.mentions
    }
    assert [p["sector"] for p in said["priorities"]] == [p.sector for p in found.priorities]
    assert len(said["declarations"]) == len(found.declarations)
    frame = frames.mentions(found)
    assert sorted(frame["start"]) == sorted(m["start"] for m in said["mentions"])


def _documents(desk: Desk) -> list[Document]:
    return [stratlint.read(desk.corpus / f"{n}.md") for n in ("north-east", "south-west")]


@case
def passages(desk: Desk) -> None:
    files = [desk.corpus / d.source for d in _documents(desk)]
    (said,) = (
        json.loads(line) for line in desk.run("passages", *files, "--format", "json").splitlines()
    )
    found = stratlint.shared_passages(_documents(desk))
    spans = []
    for passage in found:
        # The likely source stands first; the command has the files in their order.
        by_file = {h.document: h.quotation for h in passage.holdings}
        spans.append([x for f in files for x in (by_file[f.name].start, by_file[f.name].end)])
    assert sorted(spans) == sorted(said["alignments"])
    assert spans


@case
def compare(desk: Desk) -> None:
    said = json.loads(desk.run("compare", desk.corpus, "--format", "json"))
    found = desk.audit().comparison
    assert found is not None
    assert said == json.loads(msgspec.json.encode(found))
    files = [desk.corpus / d.source for d in _documents(desk)]
    said = json.loads(desk.run("compare", *files, "--format", "json"))
    analyses = [stratlint.analyse(file) for file in files]
    assert said == json.loads(msgspec.json.encode(stratlint.compare(analyses)))
    lines = desk.run("compare", *files, "--term", "harbour").splitlines()
    frame = frames.concordance(analyses, "harbour")
    assert len([line for line in lines if line.startswith("  l. ")]) == len(frame) > 0


@case
def diff(desk: Desk) -> None:
    from stratlint.versions import compare_versions, one_document

    old, new = desk.folder / "old.md", desk.folder / "new.md"
    text = desk.draft.read_text(encoding="utf-8")
    old.write_text(text, encoding="utf-8")
    lines = [line for line in text.splitlines() if "Biotechnology" not in line]
    new.write_text("\n".join(lines), encoding="utf-8")
    said = json.loads(desk.run("diff", old, new, "--region", "North East", "--format", "json"))
    sides = []
    for path in (old, new):
        result = stratlint.check(path, region="North East", executor=InlineExecutor(), cache=False)
        sides.append(one_document(result, result.analyses[0].document.source))
    found = compare_versions(*sides, names=(str(old), str(new)))
    assert said["priorities"] == json.loads(msgspec.json.encode(found.priorities))
    assert said["priorities"]


@case
def profile(desk: Desk) -> None:
    from stratlint.digest import encode_digest
    from stratlint.run.corpus import load_corpus
    from stratlint.run.digesting import digest_of

    file = desk.folder / "others.json"
    desk.run("profile", desk.corpus, "-o", file)
    with inline(cache=False) as run:
        made = digest_of(load_corpus(desk.corpus), run)
    assert file.read_text(encoding="utf-8") == encode_digest(made.digest)
    said = json.loads(desk.run("check", desk.draft, "--against", file, "--format", "json"))
    found = stratlint.check(desk.draft, against=file, executor=InlineExecutor(), cache=False)
    assert {f["fingerprint"] for f in said["findings"]} == {f.fingerprint for f in found.findings}


@case
def init(desk: Desk) -> None:
    from stratlint.run.begin import begin

    folders = [desk.folder / "said", desk.folder / "found"]
    for folder in folders:
        folder.mkdir()
        (folder / "plan.md").write_bytes(desk.draft.read_bytes())
    desk.run("init", folders[0])
    with inline(cache=False) as run:
        begin(folders[1], run)
    said, found = ((f / "manifest.yaml").read_text("utf-8") for f in folders)
    assert yaml.safe_load(said)["documents"] == yaml.safe_load(found)["documents"]


@case
def ignore(desk: Desk) -> None:
    """What the command sets aside, Python sets aside once it is given the folder of the file."""
    from stratlint.run.suppressions import suppress

    kept = desk.folder / "stratlint-ignore.yaml"
    draft = desk.folder / "draft.md"
    draft.write_bytes(desk.draft.read_bytes())
    words = ("--region", "North East", "--against", desk.corpus, "--format", "json")
    first = json.loads(desk.run("check", draft, *words))["findings"][0]
    reason = ("--reason", "a cluster that the figures miss", "--file", kept)
    desk.run("ignore", first["fingerprint"], *reason)
    said = json.loads(desk.run("check", draft, *words))
    aside = [f["fingerprint"] for f in said["findings"] if f.get("suppressed")]

    found = stratlint.check(
        draft, region="North East", against=desk.corpus, executor=InlineExecutor(), cache=False
    )
    with inline() as run:
        result = suppress(found, run.settings, kept.parent)
    assert [f.fingerprint for f in result.findings if f.suppressed] == aside
    assert aside == [first["fingerprint"]]


@case
def config(desk: Desk) -> None:
    from stratlint.run.settings import Settings

    said = json.loads(desk.run("config", "--format", "json"))
    values = Settings().model_dump(mode="json", by_alias=True)
    assert set(said) == set(values)
    for name, row in said.items():
        if row["origin"] == "default":
            assert row["value"] == values[name], name


@case
def rule(desk: Desk) -> None:
    from stratlint.rules import load_rules

    said = json.loads(desk.run("rule", "--all", "--format", "json"))
    rules = load_rules(include_preview=True)
    assert [row["id"] for row in said] == [r.id for r in rules]
    in_force = set(frames.rules(desk.audit())["rule"])
    assert in_force <= {row["id"] for row in said}


@case
def test_(desk: Desk) -> None:
    from stratlint.rules import load_rules
    from stratlint.rules.cases import Pipeline, faults_of, run_cases

    said = desk.run("test", "SB007", code=(0,))
    (chosen,) = (r for r in load_rules(include_preview=True) if r.id == "SB007")
    results = run_cases(chosen, Pipeline())
    assert faults_of(chosen, results) == ()
    assert f"1 of 1 rules pass, {len(results)} cases" in said


@case
def validate(desk: Desk) -> None:
    from stratlint.run.corpus import load_corpus

    manifest = desk.corpus / "manifest.yaml"
    assert "no faults" in desk.run("validate", manifest, code=(0,))
    assert len(load_corpus(manifest).entries) == 4
    broken = desk.folder / "manifest.yaml"
    broken.write_text("title: x\ndocuments:\n  - {fil: a.md}\n", encoding="utf-8")
    desk.run("validate", broken, code=(2,))
    with pytest.raises(stratlint.UsageError, match="did you mean 'file'"):
        stratlint.audit(broken)


@case
def classify(desk: Desk) -> None:
    from stratlint.language.commitment.decide import classify_passage
    from stratlint.training.gold import load_passages

    file = desk.folder / "passages.jsonl"
    texts = ("Proposals for tourism development will be supported.", "Steel was once made here.")
    lines = [json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts)]
    file.write_text("\n".join(lines), encoding="utf-8")
    said = [json.loads(line) for line in desk.run("classify", file).splitlines()]
    found, _ = load_passages(file)
    assert [row["labels"] for row in said] == [classify_passage(p).labels for p in found]


def _gold(desk: Desk) -> Path:
    file = desk.folder / "gold.jsonl"
    texts = {
        "Proposals for tourism development will be supported.": {"tourism": "support"},
        "Our priority sectors are aerospace and tourism.": {
            "aerospace": "priority",
            "tourism": "priority",
        },
        "Steel was once made in the valley.": {"metals": "past"},
    }
    rows = [
        {"id": f"{n}-{i}", "document": f"d{n}", "text": text, "labels": labels}
        for n in range(6)
        for i, (text, labels) in enumerate(texts.items())
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


@case
def evaluate(desk: Desk) -> None:
    from stratlint.language.commitment.decide import classify_passage
    from stratlint.training.evaluation import evaluate as measure
    from stratlint.training.gold import load_gold

    file = _gold(desk)
    said = json.loads(desk.run("evaluate", file, "--json", "--resamples", "20"))
    gold = load_gold(file)
    labels = {p.id: classify_passage(p).labels for p in gold}
    found = measure(gold, labels, resamples=20)
    assert said == json.loads(msgspec.json.encode(found))


@case
def train(desk: Desk) -> None:
    from stratlint.language.commitment.model import write_model
    from stratlint.training.fit import train as learn
    from stratlint.training.gold import load_gold

    file, model = _gold(desk), desk.folder / "model.json"
    desk.run("train", file, "-o", model, "--folds", "2")
    made = write_model(learn(load_gold(file), count=2))
    assert model.read_bytes() == (made.encode() if isinstance(made, str) else made)


@case
def label(desk: Desk) -> None:
    from stratlint.training.labelling import draw

    words = ("--count", "3", "--seed", "5")
    said = [json.loads(line) for line in desk.run("label", desk.draft, *words).splitlines()]
    found: list[Any] = list(draw(stratlint.read(desk.draft), count=3, seed=5, place="", kind=""))
    assert [row["text"] for row in said] == [candidate.text for candidate in found]


@case
def cache(desk: Desk) -> None:
    from stratlint.workers.cache import Cache

    # One that nobody else fills meanwhile.
    with pytest.MonkeyPatch.context() as own:
        own.setenv("STRATLINT_CACHE_DIR", str(desk.folder))
        stratlint.check(desk.draft, executor=InlineExecutor())
        with Cache() as kept:
            entries = kept.info().entries
        assert f"entries  {entries}\n" in desk.run("cache", "info")
    assert entries > 0


ELSEWHERE = {
    "lsp": "tests/editor: an editor shows what check finds",
    "serve": "tests/web: the page shows what check finds",
}


@pytest.mark.parametrize("name", [n for n in COMMANDS if n not in ELSEWHERE])
def test_python_finds_what_the_command_says(name: str, desk: Desk) -> None:
    CASES[name](desk)


def test_every_command_has_its_case() -> None:
    assert set(CASES) | set(ELSEWHERE) == set(COMMANDS)
