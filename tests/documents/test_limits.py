"""Reading within limits: what is too much is refused in words that name the limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from stratlint.cli.extract import command
from stratlint.documents import ReadOptions, read
from stratlint.documents.pdf import plumber
from stratlint.documents.pdf.words import FULL
from stratlint.errors import UnreadableInput
from stratlint.run.corpus import Entry
from stratlint.run.read import read_document, read_documents
from stratlint.run.run import Run
from stratlint.run.settings import Settings
from tests.robustness.making import good, pdf, simple


def _crowded_page(lines: int) -> bytes:
    show = b"(" + b"spatially blind " * 1_000 + b") Tj T*\n"
    return b"BT /F1 8 Tf 10 TL 20 780 Td\n" + show * lines + b"ET"


@pytest.mark.parametrize(("reader", "lines"), [("pdfium", 30), ("pdfplumber", 1)])
def test_a_page_too_full_is_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, lines: int
) -> None:
    path = tmp_path / "full.pdf"
    path.write_bytes(pdf(simple(_crowded_page(lines))))
    # pdfplumber needs a quarter of a minute for as many characters: it gets a thirtieth of page
    # and of limit.
    monkeypatch.setattr(plumber, "FULL", FULL // 30)
    with pytest.raises(UnreadableInput, match="1 page too full to read, first page 1"):
        read(path, ReadOptions(reader=reader))  # type: ignore[arg-type]


def test_pages_and_characters_name_their_flag(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(good(200, 1))
    with pytest.raises(UnreadableInput, match="--max-characters"):
        read(path, ReadOptions(max_characters=50))
    with pytest.raises(UnreadableInput, match="--max-pages"):
        read(path, ReadOptions(max_pages=0))


def test_reading_in_a_process_is_the_same_reading(tmp_path: Path) -> None:
    paths = []
    for number in range(5):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(good(100 + number, number))
    with Run(Settings(cache=False)) as run:
        found = read_documents([Entry(path=p, source=p.name) for p in paths], run)
        assert list(found.documents) == [read(p) for p in paths]
        assert read_document(paths[0], run) == read(paths[0])


def _read_within(path: Path, **limits: float) -> None:
    with Run(Settings.model_validate({"cache": False, "limits": limits})) as run:
        read_document(path, run)


def test_a_file_that_takes_too_long_is_named(tmp_path: Path) -> None:
    path = tmp_path / "slow.html"
    path.write_bytes(b"<table>" + b"<tr><td>x</td><td>y</td></tr>" * 60_000 + b"</table>")
    with pytest.raises(UnreadableInput, match=r"slow\.html: took longer .*--max-seconds") as caught:
        _read_within(path, seconds=0.3)
    assert caught.value.code == "timeout"


def test_extract_has_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(good(200, 1))
    result = CliRunner().invoke(command, [str(path), "--max-characters", "50"])
    assert isinstance(result.exception, UnreadableInput)
    assert "more than 50 (raise with --max-characters)" in result.exception.message
    assert CliRunner().invoke(command, [str(path)]).exit_code == 0


def test_deep_and_wide_markup_keeps_its_text(tmp_path: Path) -> None:
    deep = tmp_path / "deep.html"
    deep.write_bytes(b"<div>" * 3_000 + b"bottom <script>no</script>" + b"<b>" * 3_000 + b"text")
    assert read(deep).text.split() == ["bottom", "text"]
