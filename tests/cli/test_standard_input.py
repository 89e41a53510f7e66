"""A draft on standard input, as editors send it, and findings with line and column."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import pytest

from stratlint.cli import main
from tests.made import NORTH_EAST, write_corpus

DRAFT = """# An economic strategy for the North East

We *will* make the North East the next Silicon Valley of the north.

The region will prioritise **biotechnology** and [marine
  energy](https://example.org/x).
"""


def _send(text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    data = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def _vale(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["check", *arguments, "--format", "vale-json"]) == 0
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return found


def test_what_an_editor_sends_comes_back_as_vale_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _send(DRAFT, monkeypatch)
    alerts = _vale(["-", "--as", str(tmp_path / "not-there.md")], capfd)["stdin.md"]
    model = next(a for a in alerts if a["Check"] == "stratlint.SB005")
    assert set(model) == {
        "Action", "Span", "Check", "Description", "Link", "Message", "Severity", "Match", "Line",
    }  # fmt: skip
    assert model["Severity"] == "warning"
    line = DRAFT.split("\n")[model["Line"] - 1]
    first, last = model["Span"]
    assert line[first - 1 : last] == model["Match"] == "next Silicon Valley"


class Action(msgspec.Struct):
    """As vale's language server decodes it."""

    Name: str | None
    Params: list[str] | None


class Alert(msgspec.Struct):
    """An alert with the types that vale writes and its plug-ins for VS Code and LSP decode."""

    Action: Action
    Check: Annotated[str, msgspec.Meta(pattern=r"^[^.]+\.[^.]+$")]
    Match: Annotated[str, msgspec.Meta(min_length=1)]
    Description: str
    Link: str
    Line: Annotated[int, msgspec.Meta(ge=1)]
    Span: tuple[Annotated[int, msgspec.Meta(ge=1)], Annotated[int, msgspec.Meta(ge=1)]]
    Severity: Literal["suggestion", "warning", "error"]
    Message: str


def test_plug_ins_for_vale_can_decode_and_list_every_alert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also those on what a draft lacks: VS Code's lists no alert with an empty match."""
    _send(f"{NORTH_EAST}\n\nWe will be the next Silicon Valley.\n", monkeypatch)
    words = ["--as", str(tmp_path / "draft.md"), "--kind", "strategy", "--select", "SB004,SB005"]
    found = msgspec.convert(_vale(["-", *words], capfd), dict[str, list[Alert]])
    (alerts,) = found.values()
    whole = [a for a in alerts if a.Match == "(the whole document)"]
    assert 0 < len(whole) < len(alerts)
    assert all((a.Line, a.Span) == (1, (1, 1)) for a in whole)
    assert all(a.Span[0] <= a.Span[1] for a in alerts)


def test_a_file_has_its_own_name_and_the_same_alerts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    of_file = _vale([str(path)], capfd)
    _send(DRAFT, monkeypatch)
    sent = _vale(["-", "--as", str(path)], capfd)
    assert list(of_file) == [str(path)]
    assert of_file[str(path)] == sent["stdin.md"]


def test_json_sarif_and_github_name_line_and_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "draft.md"
    said = {}
    for form in ("json", "sarif", "github"):
        _send(DRAFT, monkeypatch)
        command = ["check", "-", "--as", str(path), "--format", form, "--select", "SB005"]
        assert main(command) == 0
        said[form] = capfd.readouterr().out
    finding = json.loads(said["json"])["findings"][0]
    quote = finding["quotations"][0]
    lines = DRAFT.split("\n")
    assert lines[quote["line"] - 1][quote["column"] - 1 :].startswith("We *will* make")
    assert (quote["end_line"], quote["end_column"]) == (3, len(lines[2]) + 1)
    result = json.loads(said["sarif"])["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == str(path)
    assert place["region"] == {
        "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": len(lines[2]) + 1,
    }  # fmt: skip
    first = lines[2].index("next") + 1
    last = first + len("next Silicon Valley") - 1
    assert f"line=3,endLine=3,col={first},endColumn={last}," in said["github"]


def test_its_own_file_is_no_other_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    own = corpus / "north-east.md"
    assert own.is_file()
    _send(own.read_bytes(), monkeypatch)
    command = ["check", "-", "--as", str(own), "--against", str(corpus), "--format", "json"]
    main([*command, "--fail-on", "never"])
    held = capfd.readouterr().out
    main(["check", str(own), *command[4:], "--fail-on", "never"])
    plain = capfd.readouterr().out
    assert json.loads(held)["findings"] == json.loads(plain)["findings"]
    assert json.loads(held)["findings"]


@pytest.mark.parametrize(
    ("arguments", "sent", "code", "said"),
    [
        (["-"], DRAFT, 2, "name it with --as, such as"),
        (["-", "--as", "a.mdd"], DRAFT, 2, "did you mean '.md'?"),
        (["-", "--as", "draft"], DRAFT, 2, "has no ending (known: .docm"),
        (["a.md", "--as", "b.md"], DRAFT, 2, "give - as the draft"),
        (["-", "a.md", "--as", "b.md"], DRAFT, 2, "- is one draft"),
        (["-", "--as", "b.md", "--watch"], DRAFT, 2, "need a file"),
        (["-", "--as", "b.md"], " \n", 3, "standard input: nothing came"),
        (["-", "--as", "b.md", "--max-bytes", "9"], DRAFT, 3, "over the limit of 9 bytes"),
        (["-", "--as", "sub/b.pdf"], DRAFT, 3, "sub/b.pdf: is not a PDF"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    arguments: list[str],
    sent: str,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _send(sent, monkeypatch)
    assert main(["check", *arguments]) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
