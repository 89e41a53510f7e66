"""Show why a document was read the way it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratlint.cli.common import EXISTING, OUTPUT, Command, emit, emit_json, running
from stratlint.cli.options import settings_from
from stratlint.errors import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stratlint.priorities.reasons import Weight
    from stratlint.records import Declaration, Document, DocumentAnalysis, Mention, Priority

_EPILOG = """\b
Examples:
  stratlint explain strategy.pdf --sector life_sciences
  stratlint explain strategy.pdf --class priority --all
  stratlint explain strategy.pdf --json -o why.json"""
_WIDTH = 96
_LIMIT = 10
_REASONS = 4


@click.command("explain", cls=Command, epilog=_EPILOG)
@click.argument("document", type=EXISTING)
@click.option("--sector", help="Only this sector of the taxonomy.")
@click.option("--class", "commitment", help="Only mentions of this class, such as priority.")
@click.option(
    "--limit",
    default=_LIMIT,
    type=click.IntRange(1, 100_000),
    show_default=True,
    help="Mentions to show, the strongest first.",
)
@click.option("--all", "everything", is_flag=True, help="Show every mention.")
@click.option(
    "--json", "as_json", is_flag=True, help="Machine-readable: ids, offsets, features, weights."
)
@OUTPUT
def command(
    document: Path,
    sector: str | None,
    commitment: str | None,
    limit: int,
    everything: bool,
    as_json: bool,
    output: Path | None,
) -> None:
    """Show what DOCUMENT says of each sector, where, and what decided that.

    The strongest mentions come first: priorities, then support, then the rest. Each has its page,
    its sentence with the name in brackets, how likely the reading is, and what speaks for it and
    against it, in words. Reader, limits, sectors and places are those of the settings in force
    ('stratlint config').
    """
    from stratlint.priorities import weigh_sectors
    from stratlint.run.analyse import analyse_document
    from stratlint.run.read import read_document

    settings = settings_from({}, near=document)
    # Sectors and places are those of the run, to the last line.
    with running(settings) as run:
        _check(sector, commitment)
        read_as = read_document(document, run)
        result = analyse_document(read_as, spacy_model=settings.spacy_model, kind=settings.kind)
        found = (read_as, result.sentences, result.mentions, result.declarations)
        priorities, told = result.priorities, result.kind
        weights = weigh_sectors(*found, kind=told.kind if told else None)
        wanted = sorted(
            (
                m
                for m in result.mentions
                if sector in (None, m.sector) and commitment in (None, m.commitment.value)
            ),
            key=_strength,
        )
        shown = wanted if everything else wanted[:limit]
        if as_json:
            emit_json(_json(read_as, priorities, wanted, result.declarations, weights), output)
            return
        lines = [*_conclusion(priorities, sector, weights), ""]
        if sector in weights:
            lines += [*_weight(read_as, weights[sector], result.declarations), ""]
        if commitment is None:
            lines += _declarations(read_as, result.declarations, sector)
        for mention in shown:
            lines += [*_mention(read_as, result, mention), ""]
        lines.append(f"{len(shown)} of {len(wanted)} mentions shown")
        if len(shown) < len(wanted):
            lines[-1] += "; --all shows the others"
        emit(safe("\n".join(lines)) + "\n", output)


def _strength(mention: Mention) -> tuple[int, float, int]:
    """Strongest first: by class in the order of the coding guide, then how likely, then place."""
    from stratlint.records import Commitment

    return list(Commitment).index(mention.commitment), -mention.probability, mention.start


def _json(
    document: Document,
    priorities: tuple[Priority, ...],
    mentions: Sequence[Mention],
    declarations: Sequence[Declaration],
    weights: Mapping[str, Weight],
) -> bytes:
    import msgspec

    rows = [
        {
            "sector": m.sector,
            "class": m.commitment.value,
            "probability": m.probability,
            "page": document.page_at(m.start).label if document.paged else None,
            "start": m.start,
            "end": m.end,
            "declared_by": m.declared_by,
            "features": [{"name": f.name, "weight": f.weight} for f in m.features],
        }
        for m in mentions
    ]
    ranked = [{"sector": p.sector, "rank": p.rank, "basis": p.basis.value} for p in priorities]
    encoded = msgspec.json.encode(
        {
            "priorities": ranked,
            "weights": [weights[sector] for sector in sorted(weights)],
            "declarations": declarations,
            "mentions": rows,
        }
    )
    return msgspec.json.format(encoded, indent=1) + b"\n"


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


def _conclusion(
    priorities: tuple[Priority, ...], sector: str | None, weights: Mapping[str, Weight]
) -> Iterator[str]:
    if not priorities:
        yield "Priorities: none found"
        return
    yield f"Priorities ({priorities[0].basis.value}):"
    for priority in priorities:
        mark = "*" if priority.sector == sector else " "
        page = f", {priority.evidence[0].where}" if priority.evidence else ""
        times = "once" if priority.mentions == 1 else f"{priority.mentions} times"
        points = f"{weights[priority.sector].chosen:.2f} points"
        yield f" {mark}{priority.rank:2}. {_name(priority.sector)}: {points}, named {times}{page}"


def _weight(
    document: Document, weight: Weight, declarations: Sequence[Declaration]
) -> Iterator[str]:
    """What a sector is chosen for, or not: each reason with its points, the heaviest first."""
    import textwrap

    verdict = "a priority" if weight.is_chosen else "no priority"
    against = f", {weight.refused:.2f} against it" if weight.refused else ""
    yield f"{_name(weight.sector)} is {verdict}: {weight.chosen:.2f} points{against}; 1 is needed"
    for reason in weight.reasons:
        quoted = ""
        if reason.declaration is not None:
            declaration = declarations[reason.declaration]
            quoted = f" ({document.place_of(declaration.start)}: “{declaration.phrase}”)"
        yield textwrap.fill(
            f"{reason.points * reason.counted:+.2f} {reason.says}{quoted}",
            _WIDTH,
            initial_indent="  ",
            subsequent_indent=" " * 8,
        )


def _declarations(
    document: Document, declarations: Sequence[Declaration], sector: str | None
) -> Iterator[str]:
    """Each declaration: what it says in whose voice, its members, and where and why it ends."""
    import textwrap

    from stratlint.language.commitment.phrasing import FORMS, POLARITIES, VOICES

    shown = [d for d in declarations if sector is None or sector in d.sectors]
    if not shown:
        return
    yield "Declarations:"
    for declaration in shown:
        named = [" and ".join(_name(s) for s in member.sectors) for member in declaration.members]
        counted = "one member" if len(named) == 1 else f"{len(named)} members"
        lines = [
            f"{document.place_of(declaration.start)}: “{declaration.phrase}”"
            f" {POLARITIES[declaration.polarity]}{VOICES[declaration.voice]}"
            f"{'' if declaration.sure else ', in weak words'} ({FORMS[declaration.form]})",
            f"{counted}: {'; '.join(named)}",
            f"ends at {declaration.ended_by}",
        ]
        if declaration.signs:
            lines.append("chosen as a group: " + "; ".join(declaration.signs))
        for at, line in enumerate(lines):
            indent = "      " if at else "  "
            yield textwrap.fill(
                line, _WIDTH, initial_indent=indent, subsequent_indent=" " * (len(indent) + 2)
            )
    yield ""


def _name(sector: str) -> str:
    from stratlint.knowledge.taxonomy import load_taxonomy

    return next((e.name for e in load_taxonomy().sectors if e.id == sector), sector)


def _mention(document: Document, result: DocumentAnalysis, mention: Mention) -> Iterator[str]:
    import textwrap

    from stratlint.language.commitment.phrasing import CLASSES

    sentence = result.sentences[mention.sentence]
    text = document.text
    quoted = " ".join(
        f"{text[sentence.start : mention.start]}[{text[mention.start : mention.end]}]"
        f"{text[mention.end : sentence.end]}".split()
    )
    yield (
        f"{document.place_of(mention.start)}: {_name(mention.sector)} is read as "
        f"{CLASSES[mention.commitment]}"
        f" ({mention.probability:.0%} likely)"
    )
    yield textwrap.indent(textwrap.fill(textwrap.shorten(quoted, 420), _WIDTH), "    ")
    by = None if mention.declared_by is None else result.declarations[mention.declared_by]
    for reason in _reasons(mention, by):
        yield textwrap.fill(
            reason, _WIDTH, initial_indent="    ", subsequent_indent=" " * len("    although ")
        )


def _reasons(mention: Mention, by: Declaration | None) -> Iterator[str]:
    """What speaks for a reading and against it, strongest first, each thing once."""
    from stratlint.language.commitment.phrasing import FORMS, POLARITIES, phrase, plainness

    if by is not None:
        yield f"because “{by.phrase}” {POLARITIES[by.polarity]} it ({FORMS[by.form]})"
        return
    said: set[str] = set()
    # What a relation says is worth more to a reader than that a word stands near.
    for feature in sorted(mention.features, key=lambda f: plainness(f.name)):
        reason = phrase(feature.name)
        what = (reason or "").split(" stands ")[0]
        if reason and what not in said and len(said) < _REASONS:
            said.add(what)
            yield f"{'because ' if feature.weight > 0 else 'although'} {reason}"
