"""``stratlint audit``: a whole corpus into a report."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stratlint.cli.common import FORCE, Command, Input, Target, is_forced, running, say
from stratlint.cli.options import exit_code, settings_from, settings_options

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from stratlint.records import AuditResult
    from stratlint.workers.store import Store

EPILOG = """\b
Examples:
  stratlint audit corpora/english-regions -o out
  stratlint audit strategies/ -o out --format xlsx --format sarif
  stratlint audit strategies/ -o out --fail-on warning --ignore TR
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("corpus", type=Input())
@click.option(
    "-o",
    "--output",
    type=Target(folder=True),
    default=Path("stratlint-report"),
    show_default=True,
    help="Folder for the report and its tables.",
)
@FORCE
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="A further output: xlsx, parquet, sarif, junit, … (may be repeated).",
)
@click.option("--tables", "tables", multiple=True, hidden=True)
@click.option("--brief", is_flag=True, help="Also two pages for a briefing, HTML and Word.")
@click.option("--bundle", is_flag=True, help="Also a zip with the quoted pages, to pass on.")
@click.option("--links/--no-links", default=True, help="Links to the documents' own files.")
@click.option("--one-file", is_flag=True, help="The report in one file, for mail.")
@click.option("--page-images", is_flag=True, help="Crops of the real pages in the report.")
@click.option(
    "--area",
    multiple=True,
    metavar="NAME",
    help="The county, district, partnership or other area that all of it is for, but where the "
    "manifest says another (may be repeated).",
)
@click.option("--dask", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786.")
@click.option(
    "--store",
    metavar="URL",
    help="Keep what is made in a bucket or folder that workers share, such as s3://bucket/plans.",
)
@click.option(
    "--write-baseline",
    type=Input(dir_okay=False),
    help="Write today's findings as suppressions, to see only new ones from now on.",
)
@settings_options
def command(
    corpus: Path,
    output: Path,
    formats: tuple[str, ...],
    tables: tuple[str, ...],
    brief: bool,
    bundle: bool,
    links: bool,
    one_file: bool,
    page_images: bool,
    area: tuple[str, ...],
    dask: str | None,
    store: str | None,
    write_baseline: Path | None,
    **flags: Any,
) -> int:
    """Audit the strategies in CORPUS, a folder or its manifest.yaml.

    Writes report/index.html, findings.json, findings.csv, priorities.csv, matrix.csv and
    run.json, and further formats when asked. Without a manifest each file is a document and
    its region is guessed from its text.
    """
    from stratlint.outputs import mixture
    from stratlint.reporting import check_formats, write_reports
    from stratlint.run.audit import audit
    from stratlint.run.corpus import about, load_corpus
    from stratlint.run.suppressions import suppress

    settings = settings_from(flags, near=corpus)
    word = mixture(output)
    if word is not None:
        say(f"warning: {word}")
    further = [name for name, asked in (("brief", brief), ("bundle", bundle)) if asked]
    wanted = tuple(dict.fromkeys((*settings.formats, *formats, *tables, *further)))
    check_formats(wanted)
    # run.json says how the run was made, and what it wrote belongs to that.
    settings = settings.model_copy(update={"formats": wanted})
    with _executor(dask) as executor, running(settings, executor, _store(store)) as run:
        loaded = about(load_corpus(corpus, settings), area)
        for warning in loaded.warnings:
            say(f"warning: {warning}")
        result = audit(loaded, run)
    result = suppress(result, settings, loaded.folder, baseline=write_baseline)
    paths = write_reports(
        result,
        output,
        wanted,
        one_file=one_file,
        page_images=page_images,
        links=links,
        force=is_forced(),
    )
    _summary(result, paths, said=loaded.warnings)
    return exit_code(result, settings.fail_on)


def _executor(address: str | None) -> AbstractContextManager[Executor | None]:
    if address is None:
        return nullcontext(None)
    from stratlint.run.run import PRELOAD
    from stratlint.workers.dask import dask_executor

    return dask_executor(address, preload=PRELOAD)


def _store(url: str | None) -> Store | None:
    if url is None:
        return None
    from stratlint.workers.store import Store

    return Store(url)


def _summary(result: AuditResult, paths: tuple[Path, ...], *, said: tuple[str, ...]) -> None:
    from stratlint.reporting.terminal.pen import SEVERITY_WORDS

    for item in result.not_read:
        say(f"not read: {item.source}: {item.reason}")
    for warning in result.warnings:
        if warning not in said:
            say(f"warning: {warning}")
    for analysis in result.analyses:
        for note in analysis.document.warnings:
            page = "" if note.page is None else f" page {note.page + 1}:"
            # Words that were mended are nothing to worry about.
            kind = "note" if note.code == "mended" else "warning"
            say(f"{kind}: {analysis.document.source}:{page} {note.message}")
    live = [f for f in result.findings if f.suppressed is None]
    counts = ", ".join(
        f"{n} {word}{'' if n == 1 else 's'}"
        for severity, word in SEVERITY_WORDS.items()
        if (n := sum(f.severity is severity for f in live))
    )
    read = len(result.analyses)
    documents = f"{read} document{'' if read == 1 else 's'}"
    findings = f"{len(live)} finding{'' if len(live) == 1 else 's'}"
    aside = len(result.findings) - len(live)
    more = (f" ({counts})" if counts else "") + (f", {aside} set aside" if aside else "")
    say(f"{documents}, {findings}{more}")
    report = next((p for p in paths if p.name in ("index.html", "report.html")), paths[0])
    say(f"Report: {report}")
