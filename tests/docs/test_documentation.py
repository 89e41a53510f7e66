"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import docx
import pytest
import yaml

from stratlint.cli import COMMANDS, cli, main
from stratlint.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
WRITTEN = [p for p in PAGES if not {"rules", "sample"} & set(p.relative_to(ROOT).parts[:-1])]


def _ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_generated_pages_are_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "build.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_picture_of_the_architecture_is_what_its_script_draws() -> None:
    spec = importlib.util.spec_from_file_location("picture", DOCS / "pictures" / "architecture.py")
    assert spec is not None
    assert spec.loader is not None
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    assert picture.TARGET.read_text(encoding="utf-8") == picture.draw()
    rooms = {path.parent.name for path in (ROOT / "src" / "stratlint").glob("*/__init__.py")}
    found = picture.rooms()
    assert rooms <= set(found.modules)
    heights = picture.levels(found)
    assert not [(a, b) for a, b in found.imports if heights[a] <= heights[b]], "imports that go up"
    page = (DOCS / "explanation" / "architecture.md").read_text(encoding="utf-8")
    assert rooms <= set(re.findall(r"`(\w+)`", page))
    table = page.split("## Where to change what")[1].split("\n## ")[0]
    for name in re.findall(r"`([\w-]+(?:/[\w.-]+)+/?)`", table):
        assert any((root / name).exists() for root in (ROOT, ROOT / "src" / "stratlint")), name


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("strategies/draft.pdf", True),
        ("strategies/plans/north.docx", True),
        ("plan.md", True),
        ("strategies/regions.json", False),
        ("stratlint.yaml", False),
        ("README.md", False),
        ("notes", False),
    ],
)
def test_the_hook_takes_documents_alone(path: str, wanted: bool) -> None:
    """Whatever folder ``files`` names: pre-commit searches ``exclude`` in each path."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    check = next(hook for hook in hooks if hook["id"] == "stratlint-check")
    assert "files" not in check
    assert (re.search(check["exclude"], path) is None) is wanted


def _commands(path: Path) -> list[str]:
    """Lines that show a call: in a fence, or indented by four."""
    found = []
    fenced = False
    for line in path.read_text(encoding="utf-8").splitlines():
        fenced ^= line.lstrip().startswith("```")
        if fenced or line.startswith("    "):
            match = re.match(r"\s*(?:\$ )?(?:\.venv/bin/)?(stratlint [^#|]*)", line)
            if match and "…" not in match[1]:
                found.append(match[1].strip().rstrip("\\"))
    return found


@pytest.mark.parametrize("path", WRITTEN, ids=_ids)
def test_commands_shown_exist_with_their_options(path: Path) -> None:
    for line in _commands(path):
        words = shlex.split(line)[1:]
        if not words or words[0].startswith("-") or not words[0].islower():
            continue
        if words[0] not in COMMANDS:
            # Prose that begins with the product's name.
            assert not line.startswith("stratlint --"), line
            continue
        command = cli.get_command(click.Context(cli), words[0])
        assert command is not None
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
        for sub in getattr(command, "commands", {}).values():
            known |= {o for p in sub.params for o in (*p.opts, *p.secondary_opts)}
        for word in words[1:]:
            if re.match(r"--?[a-z]", word):
                option = word.split("=")[0]
                assert option in {*known, "--help"}, f"{line}: no option {option}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", ["README.md", "docs/how-to/check-in-the-terminal.md", "docs/tutorials/analyst.md"]
)
def test_commands_shown_run_in_their_order(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command of a page, on copies of the modelled strategies under the names it uses."""
    english = ROOT / "corpora" / "english-regions"
    shutil.copytree(english, tmp_path / "corpora" / "english-regions")
    shutil.copytree(ROOT / "corpora" / "evidence", tmp_path / "corpora" / "evidence")
    (tmp_path / "my-strategies").mkdir()
    shutil.copy(english / "north-east.pdf", tmp_path / "my-strategies")
    shutil.copy(english / "london.pdf", tmp_path / "my-strategies")
    for name in ("draft.pdf", "draft-v1.pdf", "draft-v2.pdf", "strategy.pdf"):
        shutil.copy(english / "north-west.pdf", tmp_path / name)
    draft = docx.Document()
    draft.add_paragraph("Our priority sectors are tourism and aerospace in the North East.")
    draft.save(str(tmp_path / "draft.docx"))
    monkeypatch.chdir(tmp_path)
    ran = 0
    for line in _commands(ROOT / page):
        words = shlex.split(line)[1:]
        # Watching never ends; a made-up fingerprint and words in capitals stand for one's own.
        if "--watch" in words or words[0] == "ignore" or any(w.isupper() for w in words[1:]):
            continue
        assert main(words) in (0, 1), line
        ran += 1
    assert ran >= 3


@pytest.mark.parametrize("path", WRITTEN, ids=_ids)
def test_relative_links_lead_somewhere(path: Path) -> None:
    made_later = {"rules", "sample"}
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target) or made_later & set(Path(target).parts):
            continue
        notebook = (path.parent / target).with_suffix(".ipynb")
        assert (path.parent / target).exists() or notebook.exists(), f"{path.name}: {target}"


def test_every_page_is_in_the_navigation() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = yaml.safe_load(text)["nav"]

    def pages(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        if isinstance(entry, dict):
            return [p for value in entry.values() for p in pages(value)]
        assert isinstance(entry, list)
        return [p for value in entry for p in pages(value)]

    listed = set(pages(nav))
    there = {str(p.relative_to(DOCS)) for p in WRITTEN if DOCS in p.parents}
    notebooks = {f"tutorials/{path.stem}.md" for path in DOCS.glob("tutorials/*.ipynb")}
    assert there - notebooks <= listed
    assert listed - {"reference/rules/index.md"} - notebooks <= there
    assert notebooks <= listed


def test_every_rule_gets_a_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stratlint", "rule", "--all", "-o", str(tmp_path)]
    subprocess.run(command, check=True)
    text = "\n".join(p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.md"))
    for rule in load_rules():
        assert rule.id in text
    assert (tmp_path / "index.md").exists()


def test_tests_named_on_pages_exist() -> None:
    """A page that says what is held names the test that holds it."""
    held = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    names = {
        name
        for page in (ROOT / "docs").rglob("*.md")
        for name in re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8"))
    }
    assert len(names) >= 40
    assert not [name for name in sorted(names) if f"def {name}(" not in held]
