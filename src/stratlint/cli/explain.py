"""Show why a document was read the way it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import EXISTING, OUTPUT, emit, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratlint.language.analysis import LanguageResult
    from stratlint.records import Document, Mention, Priority

_EPILOG = """\b
Examples:
  stratlint explain strategy.pdf --sector life_sciences
  stratlint explain strategy.pdf --class priority"""
_WIDTH = 96


@click.command("explain", epilog=_EPILOG)
@click.argument("document", type=EXISTING)
@click.option("--sector", help="Only this sector of the taxonomy.")
@click.option("--class", "commitment", help="Only mentions of this class, such as priority.")
@click.option("--region", help="Whose document it is, where it does not say so.")
@OUTPUT
def command(
    document: Path,
    sector: str | None,
    commitment: str | None,
    region: str | None,
    output: Path | None,
) -> None:
    """Show what DOCUMENT says of each sector, where, and what decided that.

    Each mention has its class, the probability of it, its page, and the features that pulled
    hardest: + towards the class, - away from it.
    """
    from stratlint.documents import read
    from stratlint.language.analysis import analyse_language
    from stratlint.priorities import rank_priorities

    _check(sector, commitment)
    read_as = read(document)
    result = analyse_language(read_as, own_region=region)
    priorities = rank_priorities(read_as, result.sentences, result.mentions)
    wanted = [
        m
        for m in result.mentions
        if sector in (None, m.sector) and commitment in (None, m.commitment.value)
    ]
    lines = [*_conclusion(priorities, sector), ""]
    for mention in wanted:
        lines += [*_mention(read_as, result, mention), ""]
    lines.append(f"{len(wanted)} of {len(result.mentions)} mentions shown")
    emit(safe("\n".join(lines)) + "\n", output)


def _check(sector: str | None, commitment: str | None) -> None:
    """Refuse ids that do not exist, with the nearest that does."""
    import difflib

    from stratlint.errors import UsageError
    from stratlint.knowledge.taxonomy import load_taxonomy
    from stratlint.records import Commitment

    for given, known, what in (
        (sector, [e.id for e in load_taxonomy().sectors], "sector"),
        (commitment, [c.value for c in Commitment], "class"),
    ):
        if given is not None and given not in known:
            near = difflib.get_close_matches(given, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f": one of {', '.join(known)}"
            raise UsageError(f"there is no {what} '{given}'{hint}")


def _conclusion(priorities: tuple[Priority, ...], sector: str | None) -> Iterator[str]:
    if not priorities:
        yield "Priorities: none found"
        return
    yield f"Priorities ({priorities[0].basis.value}):"
    for priority in priorities:
        mark = "*" if priority.sector == sector else " "
        page = f", page {priority.evidence[0].page_label}" if priority.evidence else ""
        yield f" {mark}{priority.rank:2}. {priority.sector}: {priority.mentions} mentions{page}"


def _mention(document: Document, result: LanguageResult, mention: Mention) -> Iterator[str]:
    import textwrap

    sentence = result.sentences[mention.sentence]
    text = document.text
    quoted = " ".join(
        f"{text[sentence.start : mention.start]}[{text[mention.start : mention.end]}]"
        f"{text[mention.end : sentence.end]}".split()
    )
    page = document.page_at(mention.start)
    yield (
        f"page {page.label}: {mention.sector} is read as {mention.commitment.value}"
        f" ({mention.probability:.0%} likely)"
    )
    yield textwrap.indent(textwrap.fill(textwrap.shorten(quoted, 420), _WIDTH), "    ")
    for feature in mention.features:
        yield f"    {feature.weight:+.2f}  {feature.name}"
