"""One small document in five formats: text, Markdown, HTML, Word and PDF."""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING

import docx

from tests.documents.pdfs import A4, Sheet, write_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATS = ("txt", "md", "html", "docx", "pdf")
_ITEM = re.compile(r"(- |\d\. |\w\) )(.*)")


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """Kind, mark and words of each line of a layout."""
    for line in text.splitlines():
        heading = re.match(r"(#+) (.*)", line)
        item = _ITEM.match(line)
        if heading:
            yield "heading", heading[1], heading[2]
        elif line.startswith("| "):
            yield "row", "", line[2:]
        elif item:
            yield "item", item[1], item[2]
        else:
            yield "text", "", line


def write(folder: Path, text: str, kind: str) -> Path:
    """Write a layout as a file of a format."""
    path = folder / f"plan.{kind}"
    if kind == "docx":
        _word(text).save(str(path))
    elif kind == "pdf":
        _pdf(path, text)
    else:
        written = {"txt": _plain, "md": _markdown, "html": _html}[kind](text)
        path.write_text(written, encoding="utf-8")
    return path


def _plain(text: str) -> str:
    lines = []
    for kind, mark, words in blocks(text):
        if kind == "row":
            lines.append("\t".join(cell.strip() for cell in words.split("|")))
        else:
            lines.append(f"{mark}{words}" if kind == "item" else words)
            lines += [""] if kind != "item" else []
    return "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    lines: list[str] = []
    last = ""
    for kind, mark, words in blocks(text):
        if kind != last or kind in ("text", "heading"):
            lines.append("")
        if kind == "row":
            lines.append(f"| {words} |")
            if last != "row":
                lines.append("|" + "---|" * (words.count("|") + 1))
        elif kind == "heading":
            lines.append(f"{mark} {words}")
        else:
            lines.append(f"{mark}{words}")
        last = kind
    return "\n".join(lines) + "\n"


def _html(text: str) -> str:
    found: list[str] = []
    last = ""
    for kind, mark, words in blocks(text):
        ordered = mark[:1].isdigit()
        shut = {"row": "</table>", "ordered": "</ol>", "item": "</ul>"}
        now = "ordered" if kind == "item" and ordered else kind
        if last in shut and now != last:
            found.append(shut[last])
        escaped = html.escape(words)
        if kind == "row":
            tag = "td" if last == "row" else "th"
            found.append("" if last == "row" else "<table>")
            cells = "".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in escaped.split("|"))
            found.append(f"<tr>{cells}</tr>")
        elif kind == "heading":
            found.append(f"<h{len(mark) + 1}>{escaped}</h{len(mark) + 1}>")
        elif kind == "item":
            opened = "<ol>" if ordered else "<ul>"
            found.append("" if last == now else opened)
            lettered = mark if not ordered and mark != "- " else ""
            found.append(f"<li>{lettered}{escaped}</li>")
        else:
            found.append(f"<p>{escaped}</p>")
        last = now
    return "<!doctype html><html><body>" + "\n".join(found) + "</body></html>"


def _word(text: str) -> docx.document.Document:
    word = docx.Document()
    rows: list[list[str]] = []
    for kind, mark, words in [*blocks(text), ("end", "", "")]:
        if kind == "row":
            rows.append([cell.strip() for cell in words.split("|")])
            continue
        if rows:
            table = word.add_table(rows=len(rows), cols=len(rows[0]))
            for made, cells in zip(table.rows, rows, strict=True):
                for cell, value in zip(made.cells, cells, strict=False):
                    cell.text = value
            rows = []
        if kind == "heading":
            word.add_heading(words, len(mark))
        elif kind == "item":
            style = "List Number" if mark[:1].isdigit() else "List Bullet"
            lettered = mark if mark[:1].isalpha() else ""
            word.add_paragraph(f"{lettered}{words}", style=style)
        elif kind == "text":
            word.add_paragraph(words)
    return word


def _pdf(path: Path, text: str) -> None:
    sheet = Sheet()
    y = A4[1] - 72
    for kind, mark, words in blocks(text):
        if kind == "heading":
            y -= 14
            sheet.text(72, y, words, size=20 - 3 * len(mark), font="F2")
            y -= 12
        elif kind == "row":
            for place, cell in enumerate(words.replace("✓", "Yes").split("|")):
                sheet.text(72 + 170 * place, y, cell.strip())
            y -= 14
        elif kind == "item":
            sheet.text(80, y, "•" if mark == "- " else mark.strip())
            y = sheet.lines(96, y, textwrap.wrap(words, 80)) - 2
        else:
            y = sheet.lines(72, y - 6, textwrap.wrap(words, 86)) - 6
        y -= 2
    write_pdf(path, [sheet])
