"""Begin a corpus: a manifest from a folder of documents, and settings to change.

Titles, regions and years are guesses; each is named under ``guessed`` until a person has
looked, and an audit says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from stratlint.atomic import write_atomically
from stratlint.errors import UsageError, shown
from stratlint.knowledge.places import load_places
from stratlint.records import Document, Record
from stratlint.resources import real
from stratlint.run.corpus import (
    MANIFEST,
    Corpus,
    Entry,
    folder_corpus,
)
from stratlint.run.read import read_documents
from stratlint.run.regions import RegionGuess, recognise
from stratlint.run.settings import FILE_NAME, Limits, Settings

if TYPE_CHECKING:
    from stratlint.run.run import Run

_NATIONAL = re.compile(
    r"\b(?:national|government|white paper|green paper|ministry|department|kingdom|england|"
    r"european|commission)\b",
    re.IGNORECASE,
)
_MANIFEST_HEAD = """\
# The documents of this comparison. Written by `stratlint init`; yours to correct.
#
# role      strategy (audited), or source (a national document: matched, not audited)
# region    a region of the evidence tables, so that local figures are found
# area      a county, district, partnership or other area below it, or a list of them
# guessed   fields that nobody has confirmed: take a name out when you have looked
# evidence  your own tables instead of the official ones, such as [tables/jobs.csv]
# rules     changes for this corpus, such as {SB005: off, TR001: error}
"""
_SETTINGS_HEAD = """\
# Settings of stratlint for this folder and those below it. Every line that begins with '#' shows
# a default: take the mark away to change it. The environment (STRATLINT_JOBS=4) and flags
# override this file; `stratlint config` shows what is in force and from where.
"""


class EntryGuess(Record):
    """What one document seems to be. ``reasons`` says why, by field."""

    entry: Entry
    reasons: dict[str, str]


class Beginning(Record):
    """What was written, and what could not be read."""

    manifest: Path
    settings: Path | None
    guesses: tuple[EntryGuess, ...]
    not_read: tuple[tuple[str, str], ...]


def begin(
    folder: Path,
    run: Run,
    *,
    force: bool = False,
) -> Beginning:
    """Write ``manifest.yaml`` and, where there is none, ``stratlint.yaml`` in a folder.

    Raises UsageError when there is no such folder, no document in it, or a manifest already
    and not ``force``. Settings that are there are only replaced with ``force``.
    """
    target = folder / MANIFEST
    if target.exists() and not force:
        raise UsageError(f"{target} is already there; --force replaces it")
    corpus = _documents(folder, run.settings)
    guesses, not_read = _guess_all(corpus, run)
    write_atomically(target, manifest_text(folder, guesses, not_read))
    own = folder / FILE_NAME
    wanted = force or not own.exists()
    if wanted:
        write_atomically(own, settings_template())
    return Beginning(
        manifest=target, settings=own if wanted else None, guesses=guesses, not_read=not_read
    )


def _documents(folder: Path, settings: Settings) -> Corpus:
    """The folder as it would be taken without a manifest."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder", code="missing")
    return folder_corpus(folder, settings)


def _guess_all(
    corpus: Corpus, run: Run
) -> tuple[tuple[EntryGuess, ...], tuple[tuple[str, str], ...]]:
    done = read_documents(corpus.entries, run)
    by_source = {document.source: document for document in done.documents}
    asked = [(e, by_source[e.source]) for e in corpus.entries if e.source in by_source]
    guesses = tuple(
        guess_entry(entry, by_source[entry.source], region)
        for entry, region in recognise(asked, run)
    )
    named = tuple(g for g in guesses if _is_utf8(g.entry.path))
    nameless = [(g.entry.source, _NAMELESS) for g in guesses if g not in named]
    return named, (*((item.source, item.reason) for item in done.not_read), *nameless)


_NAMELESS = "its name is not UTF-8, which a manifest cannot hold; rename the file"


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def guess_entry(entry: Entry, document: Document, told: RegionGuess) -> EntryGuess:
    """Title, region, year and role of a document, from its text and its file's name."""
    path, named = entry.path, entry.region
    reasons = {guess.field: guess.reason for guess in document.guesses}
    region, why = told.region, told.reason
    role = entry.role
    if region is None and _NATIONAL.search(f"{document.title or ''} {path.stem}"):
        role = "source"
        reasons["role"] = f"{why}, and the title speaks of a nation"
    elif region is None and named not in load_places().region_names():
        region = named
        why = f"the file's name; {why}"
    if region:
        reasons["region"] = why
    if told.area is not None:
        reasons["area"] = told.area_reason
    entry = Entry(
        path=path,
        source=document.source,
        role=role,
        region=region,
        area=told.area,
        title=document.title,
        year=document.year,
    )
    return EntryGuess(entry=entry, reasons=reasons)


def manifest_text(
    folder: Path, guesses: Sequence[EntryGuess], not_read: Sequence[tuple[str, str]] = ()
) -> str:
    """The manifest of a folder, with a comment for every guess."""
    title = shown(real(folder).name)
    lines = [_MANIFEST_HEAD + f"title: {_scalar(title)}", "documents:"]
    for guess in guesses:
        entry = guess.entry
        file = entry.path.relative_to(folder).as_posix()
        lines.append(f"  - file: {_scalar(file)}")
        fields: dict[str, Any] = {
            "role": entry.role if entry.role != "strategy" else None,
            "region": entry.region,
            "area": None if entry.area is None else entry.area.in_manifest,
            "title": entry.title,
            "year": entry.year,
        }
        for name, value in fields.items():
            if value is None:
                continue
            why = f"   # {_comment(guess.reasons[name])}" if name in guess.reasons else ""
            lines.append(f"    {name}: {_scalar(value)}{why}")
        if guess.reasons:
            lines.append(f"    guessed: [{', '.join(sorted(guess.reasons))}]")
    for source, reason in not_read:
        lines.append(f"  # not read: {_comment(source)}: {_comment(reason)}")
    return "\n".join(lines) + "\n"


def _scalar(value: object) -> str:
    """One value on one line, quoted where YAML would read it as something else."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6)
    return text.removesuffix("\n").removesuffix("\n...").strip()


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def settings_template() -> str:
    """``stratlint.yaml`` with every setting, its default and what it means, commented out."""
    lines = [_SETTINGS_HEAD]
    for name, field in Settings.model_fields.items():
        meaning = _MEANINGS.get(name) or field.description or name
        lines.append(f"# {meaning}")
        if name == "limits":
            lines.append("# limits:")
            for limit, inner in Limits.model_fields.items():
                lines.append(f"#   {limit}: {_scalar(inner.default)}   # {inner.description}")
        else:
            key = field.alias or name
            default = field.get_default(call_default_factory=True)
            shown = default.value if hasattr(default, "value") else default
            shown = list(shown) if isinstance(shown, tuple) else shown
            mark = "" if name == _SHOWN_ACTIVE else "# "
            lines.append(f"{mark}{key}: {_scalar(shown)}")
        lines.append("")
    return "\n".join(lines)


_SHOWN_ACTIVE = "fail_on"
"""One setting is active, at its default: a file of comments alone is an empty file to YAML."""

_MEANINGS = {
    "rules": "changes by rule id, name or family, such as {SB005: off, TR001: error}",
    "pack": "rules that run: core, editorial (wording, owners, sources) or all",
    "preview": "also run rules not yet proven on documents that nobody tuned on",
    "select": "run only these rules or families, such as [SB, TR001]",
    "ignore": "do not run these rules or families",
    "reader": "how PDF files are read: pdfium, or pdfplumber",
    "repair": "mend ligatures, hyphens and notes; null: for PDF files only",
    "ocr": "recognise scanned pages (needs stratlint[ocr])",
    "kind": "kind of the documents, such as prospectus; null: told by their text",
    "spacy_model": "an installed spaCy model to use besides the rules",
    "jobs": "processes; 0 means one for each core",
    "cache": "keep analyses between runs",
    "fail_on": "least severity that makes exit code 1: error, warning, info or never",
    "show": "least severity that is printed",
    "formats": "further outputs of an audit, such as [xlsx, sarif]",
    "rules_dirs": "folders with rules of your own",
    "suppressions": "the ignore file; null: stratlint-ignore.yaml beside the documents",
    "marks": "heed <!-- stratlint ignore RULE: reason --> in the documents",
    "sectors": "another list of sectors: a folder, uk-industrial-strategy-2025 or eu-s3-priorities",
    "reference": "what quotients are against: England, or United Kingdom",
    "limits": "what one document may cost before it is refused",
}
