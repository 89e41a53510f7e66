"""The language server, spoken to as an editor speaks: from open to set aside."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stratlint.cli import main
from tests.editor.client import Editor, edited, path_of
from tests.made import RULE, write_corpus

pytest.importorskip("pygls", reason="needs stratlint[lsp]")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="pipes of a POSIX system"),
    pytest.mark.xdist_group("editor"),
]

TEXT = """---
title: An economic strategy for the North East
---

# An economic strategy for the North East

The 𝒩orth East is a place of shipyards.

It *will* be the next Silicon Valley
of the north.

- We will be the Silicon Valley of wool.
- We spin it.
"""

WORDS = ("grey", "brown", "plain", "heavy", "light", "woven", "felted", "combed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the session stands that most tests share: it takes seconds to begin."""
    return tmp_path_factory.mktemp("edited")


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Editor]:
    found = Editor(folder)
    able = found.begin(folder)
    assert able["codeActionProvider"]["codeActionKinds"] == ["quickfix"]
    yield found
    try:
        assert found.end() == 0
    finally:
        found.kill()


@pytest.fixture
def editor(session: Editor, folder: Path) -> Iterator[Editor]:
    """The session, with no draft open and nothing in its folder before and after."""
    yield session
    session.close_all()
    for path in folder.iterdir():
        path.unlink()


def _of(remarks: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    return [remark for remark in remarks if remark.get("code") == code]


def test_from_open_to_set_aside_by_a_mark(editor: Editor, folder: Path) -> None:
    draft = folder / "marked.md"
    editor.open(draft, TEXT)
    first, second = _of(editor.remarks(draft), "SB005")
    assert first["source"] == "stratlint"
    assert first["severity"] == 2
    assert "What to do: " in first["message"]
    lines = TEXT.split("\n")
    at = first["range"]
    assert at["start"]["line"] == at["end"]["line"] == 8
    assert lines[8][at["start"]["character"] : at["end"]["character"]] == "be the next Silicon"
    assert second["range"]["start"]["line"] == 11

    mark, entry = editor.actions(draft, first)
    assert "add a mark" in mark["title"]
    assert "stratlint-ignore.yaml" in entry["title"]
    text = edited(TEXT, mark["edit"]["changes"][draft.as_uri()])
    assert text.split("\n")[9] == "of the north. <!-- stratlint ignore SB005: -->"
    editor.change(draft, text, 2)
    remarks = editor.remarks(draft, 2)
    assert len(_of(remarks, "SB005")) == 2, "without a reason nothing is set aside"
    (told,) = _of(remarks, "mark")
    assert "gives no reason" in told["message"]
    assert told["range"]["start"]["line"] == 9

    text = text.replace("SB005: -->", "SB005: words of the old plan -->")
    editor.change(draft, text, 3)
    remarks = editor.remarks(draft, 3)
    assert [r["range"]["start"]["line"] for r in _of(remarks, "SB005")] == [11]
    assert not _of(remarks, "mark")

    (left,) = _of(remarks, "SB005")
    mark, _ = editor.actions(draft, left)
    text = edited(text, mark["edit"]["changes"][draft.as_uri()])
    text = text.replace("SB005: -->", "SB005: a joke about wool -->")
    assert "- We will be the Silicon Valley of wool. <!-- stratlint ignore SB005: a joke" in text
    editor.change(draft, text, 4)
    assert not _of(editor.remarks(draft, 4), "SB005")
    assert not draft.exists(), "the server writes nothing"


def test_from_open_to_set_aside_by_the_ignore_file(editor: Editor, folder: Path) -> None:
    draft = folder / "listed.md"
    editor.open(draft, TEXT)
    remarks = _of(editor.remarks(draft), "SB005")
    assert len(remarks) == 2
    target = folder / "stratlint-ignore.yaml"
    standing = []
    for remark, reason in zip(remarks, ("it is quoted", "it is a joke"), strict=True):
        _, entry = editor.actions(draft, remark)
        *made, change = entry["edit"]["documentChanges"]
        assert path_of(change["textDocument"]["uri"]) == target
        assert bool(made) == (not target.exists())
        before = target.read_text("utf-8") if target.exists() else ""
        text = edited(before, change["edits"])
        assert len(re.findall(r"reason: $", text, re.MULTILINE)) == 1, "the reason is to be written"
        target.write_text(re.sub(r"reason: $", f"reason: {reason}", text, flags=re.MULTILINE))
        editor.tell("textDocument/didSave", {"textDocument": {"uri": target.as_uri()}})
        standing.append(len(_of(editor.remarks(draft), "SB005")))
    assert standing == [2, 0], "a finding of two places goes when both are set aside"
    assert main(["validate", str(target)]) == 0


COUNTED = "# The North East\n\n𝒩𝒩 be the next Silicon Valley.\n"


def _counts_by(editor: Editor, path: Path, units: int) -> None:
    """Whether a letter beyond the basic plane counts as so many characters of a line."""
    editor.open(path, COUNTED)
    (remark,) = _of(editor.remarks(path), "SB005")
    assert remark["range"]["start"] == {"line": 2, "character": 2 * units + 1}


def test_characters_count_in_pairs_where_the_editor_says_nothing(
    editor: Editor, folder: Path
) -> None:
    _counts_by(editor, folder / "a.md", 2)


def test_characters_count_as_the_editor_counts(tmp_path: Path) -> None:
    """Bytes are counted in `test_what_changes_beside_the_draft_is_noticed`."""
    editor = Editor(tmp_path)
    try:
        editor.begin(tmp_path, positionEncodings=["utf-32"])
        _counts_by(editor, tmp_path / "a.md", 1)
        assert editor.end() == 0
    finally:
        editor.kill()


def test_bad_messages_do_not_end_the_session(editor: Editor, folder: Path) -> None:
    for bad in (b"{nope", b"3", b"[1]", b'"x"', b"\xff\xfe", b"{}"):
        editor.send(bad)
    editor.tell("textDocument/didOpen", {"textDocument": 3})
    editor.tell("textDocument/didChange", {"textDocument": {"uri": "nope:", "version": 1}})
    editor.tell("no/suchThing", {"a": 1})
    editor.open(Path("/no/where/code.py"), "x = 1\n", "python")
    editor.open(folder / "empty.md", " \n")
    assert editor.remarks(folder / "empty.md") == []
    draft = folder / "after.md"
    editor.open(draft, TEXT)
    assert _of(editor.remarks(draft), "SB005")


def test_faults_of_settings_are_told_in_the_draft_and_mended(editor: Editor, folder: Path) -> None:
    draft, settings = folder / "faulty.md", folder / "stratlint.yaml"
    settings.write_text("slect: [SB005]\n")
    editor.open(draft, TEXT)
    (fault,) = editor.remarks(draft)
    assert "not checked: " in fault["message"]
    assert "did you mean 'select'?" in fault["message"]
    settings.write_text("select: [SB005]\n")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": settings.as_uri()}})
    assert {r["code"] for r in editor.remarks(draft)} == {"SB005"}
    editor.close(draft)
    assert editor.remarks(draft) == []


def test_what_changes_beside_the_draft_is_noticed(tmp_path: Path) -> None:
    """Documents, rules and figures of the corpus, while an editor is open."""
    corpus = write_corpus(tmp_path / "corpus")
    rules = tmp_path / "rules"
    rules.mkdir()
    rule = rules / "XX001.yaml"
    rule.write_text(RULE)
    draft = tmp_path / "draft.md"
    own = " ".join(f"We will weave {word} cloth in our valley mills." for word in WORDS)
    text = f"# An economic strategy for the North East\n\n{own}\n\nThe wool mill is here.\n"
    editor = Editor(tmp_path, "--against", str(corpus), "--rules", str(rules))
    version = 1

    def codes() -> set[str]:
        nonlocal version
        version += 1
        editor.change(draft, f"{text}{version}\n", version)
        return {remark["code"] for remark in editor.remarks(draft, version)}

    try:
        editor.begin(tmp_path, positionEncodings=["utf-8"])
        _counts_by(editor, tmp_path / "a.md", 4)
        editor.close(tmp_path / "a.md")
        editor.open(draft, text)
        assert "TR001" not in codes()
        copied = corpus / "south-west.md"
        before = copied.read_text(encoding="utf-8")
        copied.write_text(f"{before}\n\n{own}\n", encoding="utf-8")
        assert {"TR001", "XX001"} <= codes()
        copied.write_text(before, encoding="utf-8")
        rule.write_text(RULE.replace("[wool mill]", "[silk mill]"))
        assert not {"TR001", "XX001"} & codes()
        (corpus / "manifest.yaml").write_text("documents: []\n")
        editor.change(draft, text, version + 1)
        (fault,) = editor.remarks(draft, version + 1)
        assert "manifest.yaml" in fault["message"]
        assert editor.end() == 0
    finally:
        editor.kill()


def test_an_editor_that_goes_takes_the_server_with_it(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    try:
        editor.begin(tmp_path)
        editor.open(tmp_path / "draft.md", TEXT)
        assert editor.process.stdin is not None
        editor.process.stdin.close()
        editor.process.wait(timeout=60)
    finally:
        editor.kill()


def test_a_faulty_command_is_told_at_the_start(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stratlint.yaml").write_text("slect: [SB005]\n")
    assert main(["lsp"]) == 2
    assert "did you mean 'select'?" in capfd.readouterr().err
