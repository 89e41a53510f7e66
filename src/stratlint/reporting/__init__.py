"""Reporters: one audit result, many outputs, one module for each format.

Reporters read :class:`stratlint.records.AuditResult` and nothing else. Modules are imported
when a format is asked for, because some bring heavy libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from stratlint.errors import UsageError
from stratlint.outputs import write_results
from stratlint.records import AuditResult

__all__ = ["FORMATS", "Format", "check_formats", "render", "write_reports"]


class Format(NamedTuple):
    """One output: its module under ``stratlint``, its file name and what it is for.

    ``always`` marks what every audit writes; ``beside`` are formats that come with it.
    """

    module: str
    function: str
    filename: str
    summary: str
    always: bool = False
    beside: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    "html": Format(
        "reporting.html.report",
        "render",
        "report.html",
        "the report in one file",
        True,
    ),
    "json": Format(
        "reporting.formats.jsonfile", "render", "findings.json", "findings, versioned schema", True
    ),
    "csv": Format("tables.csvfile", "findings", "findings.csv", "findings, one a row", True),
    "priorities": Format(
        "tables.csvfile", "priorities", "priorities.csv", "priorities of each region", True
    ),
    "matrix": Format(
        "tables.csvfile", "matrix", "matrix.csv", "region by sector, one cell a row", True
    ),
    "run": Format("reporting.formats.runfile", "render", "run.json", "how the run was made", True),
    "text": Format(
        "reporting.terminal.findings", "render", "findings.txt", "findings for a terminal"
    ),
    "jsonl": Format(
        "reporting.formats.jsonl", "render", "findings.jsonl", "findings, one JSON object a line"
    ),
    "xlsx": Format("tables.xlsx", "render", "stratlint.xlsx", "a workbook with a data dictionary"),
    "parquet": Format(
        "tables.parquet",
        "findings",
        "findings.parquet",
        "typed tables for research (needs stratlint[parquet])",
        beside=("parquet-priorities", "parquet-matrix", "parquet-mentions"),
    ),
    "parquet-priorities": Format(
        "tables.parquet", "priorities", "priorities.parquet", "priorities as Parquet"
    ),
    "parquet-matrix": Format("tables.parquet", "matrix", "matrix.parquet", "the matrix as Parquet"),
    "parquet-mentions": Format(
        "tables.parquet", "mentions", "mentions.parquet", "mentions as Parquet"
    ),
    "texts": Format(
        "tables.texts",
        "csv",
        "texts.csv",
        "the texts with docvars, for quanteda and its like",
        beside=("texts-json",),
    ),
    "texts-json": Format("tables.texts", "json", "texts.json", "the texts as JSON"),
    "markdown": Format(
        "reporting.formats.markdown", "render", "findings.md", "a summary for a merge request"
    ),
    "sarif": Format(
        "reporting.formats.sarif", "render", "findings.sarif", "SARIF 2.1.0 for code scanning"
    ),
    "junit": Format(
        "reporting.formats.junit", "render", "junit.xml", "JUnit XML for build servers"
    ),
    "github": Format(
        "reporting.formats.github", "render", "annotations.txt", "GitHub workflow annotations"
    ),
    "vale-json": Format(
        "reporting.formats.valejson",
        "render",
        "vale.json",
        "the JSON of vale, for editors whose plug-ins read that",
    ),
    "brief": Format(
        "reporting.brief",
        "render",
        "brief.html",
        "two pages for a briefing",
        beside=("brief-docx",),
    ),
    "brief-docx": Format("reporting.brief", "render_docx", "brief.docx", "the same for Word"),
    "bundle": Format(
        "reporting.bundle",
        "render",
        "stratlint-bundle.zip",
        "report, tables and the quoted pages, to pass on",
    ),
    "graphml": Format(
        "reporting.formats.graphml",
        "similarity",
        "similarity.graphml",
        "networks of similarity and of places",
        beside=("graphml-places",),
    ),
    "graphml-places": Format(
        "reporting.formats.graphml", "places", "places.graphml", "the network of places"
    ),
}


_LIBRARIES: Mapping[str, str] = {"tables.parquet": "pyarrow"}
"""Libraries of an extra, by the module that needs them."""


def check_formats(names: Sequence[str]) -> None:
    """Refuse formats that cannot be written, before the minutes that an audit takes.

    Raises UsageError when there is no such format, or the library that it needs is missing.
    """
    for name in names:
        module = _format(name).module
        library = _LIBRARIES.get(module)
        if library is not None and find_spec(library) is None:
            extra = module.rpartition(".")[2]
            raise UsageError(f"{extra} needs {library}: pip install 'stratlint[{extra}]'")


def render(result: AuditResult, format: str) -> str | bytes:  # noqa: A002 - the field's word
    """One output of an audit, as text or bytes.

    Raises UsageError when there is no such format, or the library that it needs is missing.
    """
    entry = _format(format)
    module = import_module(f"stratlint.{entry.module}")
    function: Callable[[AuditResult], str | bytes] = getattr(module, entry.function)
    return function(result)


def write_reports(
    result: AuditResult,
    directory: Path,
    formats: Sequence[str] = (),
    *,
    one_file: bool = False,
    page_images: bool = False,
    links: bool = True,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write every output that an audit always writes, and the ``formats`` asked for besides.

    The report is a folder of pages, or with ``one_file`` one page. ``page_images`` adds crops of
    the real pages to it. Links to the documents are relative to ``directory``; without ``links``
    there are none. Beside a folder's pages its charts stand as SVG and PNG. Returns the paths
    written, in a fixed order. Raises UsageError for an unknown format, and for a file in the way
    that stratlint did not write unless ``force``; nothing is written then. What an earlier run
    wrote there and this one does not is taken away.
    """
    wanted = [name for name, entry in FORMATS.items() if entry.always]
    for name in formats:
        wanted += [name, *_format(name).beside]
    files: dict[str, str | bytes] = {}
    for name in dict.fromkeys(wanted):
        if name == "html":
            html = import_module(f"{__name__}.html.report")
            pages = html.pages(
                result,
                directory,
                one_file=one_file,
                page_images=page_images,
                excerpts=None if links else {},
            )
        else:
            pages = {FORMATS[name].filename: render(result, name)}
        files |= pages
    if not one_file:
        charts = import_module(f"{__name__}.charts")
        index = import_module(f"{__name__}.index").Index(result)
        drawn = charts.chart_files(index)
        files |= {f"report/charts/{name}": data for name, data in drawn.items()}
    return write_results(directory, files, force=force)


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise UsageError(f"there is no output format '{name}'; there are {', '.join(FORMATS)}")
    return FORMATS[name]
