"""stratlint extract, as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stratlint.cli import main
from stratlint.cli.extract import command
from stratlint.records import ExitCode

from .pdfs import Sheet, write_pdf


def _plan(folder: Path) -> Path:
    sheets = []
    for number in (1, 2):
        sheet = Sheet()
        sheet.text(60, 810, "Plan of the harbour towns")
        sheet.text(60, 700, "We will build boats.")
        sheet.text(300, 30, str(number))
        sheets.append(sheet)
    return write_pdf(folder / "plan.pdf", sheets)


def test_text_is_the_body(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(_plan(tmp_path))])
    assert result.exit_code == 0
    assert result.stdout == "We will build boats.\n\nWe will build boats.\n"


def test_furniture_stands_where_it_is_printed(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(_plan(tmp_path)), "--with", "furniture"])
    assert result.stdout.split("\n\n")[:3] == [
        "Plan of the harbour towns",
        "We will build boats.",
        "1",
    ]


def test_json_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out" / "plan.json"
    arguments = [str(_plan(tmp_path)), "--format", "json", "-o", str(target)]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data["source"] == "plan.pdf"
    assert [b["role"] for b in data["blocks"]].count("running_head") == 4


def test_unknown_extras_are_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(_plan(tmp_path)), "--with", "pictures"])
    assert result.exit_code == ExitCode.USAGE
    assert "choose from notes, furniture" in result.output


def test_unreadable_input_is_exit_code_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(tmp_path / "none.pdf")]) == ExitCode.UNREADABLE
    assert "none.pdf" in capsys.readouterr().err
