"""Choice groups: parallel entries of which a document chooses all, by the signs that they show.

'Three passed all of these', and three headings below; '2.1 Growing and packing. …' under 'What the
district will work on'; rows of a budget below 'A. SECTORS'. No sentence chooses a sector there: the
group is the choice. Its signs have points (``rules/language/groups.yaml``). What an entry is of is
said by its title, else by what its text is about; what it only mentions is not chosen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from pydantic import model_validator

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.language.commitment.layout import layout
from stratlint.language.commitment.reading import CHOICE, LEAST, NUMBERS, Raw
from stratlint.language.commitment.slots import runs
from stratlint.language.sectors.topics import topic_words
from stratlint.records import Declaration, Form, Member, Polarity, Voice
from stratlint.resources import data_dir
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.reading import Opening, Reading
    from stratlint.language.commitment.slots import Run, Slot

MOST = 0.6
"""Share of the entries that must name a sector or be about one before any is taken by its text."""
TITLED = 8
"""Words of a title that may be one of a theme: longer ones are sentences."""
LAST_WORDS = 200
"""Characters from the end of a lead-in in which it leaves out what follows."""


class Words(WordFile):
    """``rules/language/commitment/groups.yaml``."""

    will: Wordings
    number: Wordings
    denied: Wordings
    not_words: Wordings


_wordings = words_of("commitment/groups", Words)
# One of a few signs first: a search then passes over all other signs at once.
_PAID = re.compile(
    r"[£€$\dGgFfBb](?:(?<=[£€$])\s?\d|(?<=\b\d)[\d.,]*\s*(?i:million|billion|m|bn)\b"
    r"|(?<=\b[Gg])(?i:bp)\b|(?<=\b[Ff])(?i:unded)\b|(?<=\b[Bb])(?i:udget)\b)"
)
_WORDS = re.compile(r"[a-z0-9]+")


class Sign(StrEnum):
    """What a group shows."""

    OPENED = "opened"
    OPENED_WEAKLY = "opened weakly"
    CHOOSES = "chooses"
    KINDS = "kinds"
    LEAD_CHOOSES = "lead chooses"
    COUNTED = "counted"
    LABELLED = "labelled"
    IN_ORDER = "in order"
    BUDGET = "budget"
    NAMED = "named"
    ABOUT = "about"
    ALL = "all"
    UNDERTAKEN = "undertaken"
    PAID = "paid"
    GOVERNED = "governed"
    LEFT_OUT = "left out"
    PROFILE = "profile"
    PAST = "past"
    ASKED = "asked"
    OTHER = "other"
    OUT = "out"
    REFUSED = "refused"
    FIGURES = "figures"
    THEMES = "themes"
    CHAPTERS = "chapters"
    WHOLE = "whole"


_MUST = frozenset(
    {
        Sign.OPENED,
        Sign.OPENED_WEAKLY,
        Sign.CHOOSES,
        Sign.LEAD_CHOOSES,
        Sign.COUNTED,
        Sign.LABELLED,
        Sign.BUDGET,
    }
)
"""Signs that something is chosen there: one of them must be, however much is undertaken."""
_WITHIN = (Sign.NAMED, Sign.ABOUT, Sign.UNDERTAKEN, Sign.PAID, Sign.GOVERNED, Sign.LEFT_OUT)
"""What the entries themselves may add at most."""
_SECTIONS = {
    "evidence": Sign.PROFILE,
    "past": Sign.PAST,
    "asked": Sign.ASKED,
    "other": Sign.OTHER,
    "out": Sign.OUT,
}


class Entry(Editable):
    """The points of a sign, and what it says in words."""

    points: float
    says: str


class GroupsFile(Editable):
    """The whole file."""

    enough: float
    sure: float
    points: dict[Sign, Entry]
    chooses: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    themes: tuple[str, ...]
    beside: tuple[str, ...]
    chapters: tuple[str, ...]

    @model_validator(mode="after")
    def _has_all(self) -> GroupsFile:
        """Refuse a file that leaves a sign out."""
        missing = [sign.value for sign in Sign if sign not in self.points]
        if missing:
            raise ValueError(f"nothing is said of {', '.join(missing)}")
        return self


class Lexicon:
    """The words of the file, ready to be looked for."""

    def __init__(self, file: GroupsFile) -> None:
        self.file = file
        self.chooses, self.kinds = Phrases(file.chooses), Phrases(file.kinds)
        self.themes, self.beside = Phrases(file.themes), Phrases(file.beside)
        self.labels, self.chapters = frozenset(file.labels), frozenset(file.chapters)


class Phrases:
    """Phrases that are looked for in a text, by their first words: faster than one long pattern."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        for phrase in phrases:
            words = _WORDS.findall(phrase.lower())
            self._by_first.setdefault(words[0], []).append(words)

    def found(self, text: str) -> bool:
        """Whether a text has one of the phrases."""
        words = _WORDS.findall(text.lower())
        return any(
            words[at : at + len(phrase)] == phrase
            for at, word in enumerate(words)
            for phrase in self._by_first.get(word, ())
        )


@cache
def lexicon(path: Path | None = None) -> Lexicon:
    """Load the signs that ship with stratlint, or another file of them. Raises FileFault."""
    return Lexicon(load_yaml(path or data_dir("rules") / "language" / "groups.yaml", GroupsFile))


class Unnamed(NamedTuple):
    """A sector that an entry is about without a word for it: its title stands for it."""

    sector: str
    start: int
    end: int


class Group(NamedTuple):
    """What a group declares, the hits of its members, and the sectors that no hit names."""

    declaration: Declaration
    hits: tuple[int, ...]
    unnamed: tuple[Unnamed, ...]


def groups(reading: Reading, refused: frozenset[int] = frozenset()) -> Iterator[Group]:
    """The groups that a document chooses, in the order in which they are found.

    ``refused`` are hits that a list, a table or headings leave out.
    """
    file = lexicon().file
    for run in runs(reading):
        signs = _signs(reading, run)
        if not signs:
            continue
        points = _sum(signs)
        members, hits, unnamed = _members(reading, run, refused, counted=Sign.COUNTED in signs)
        if len(members) < LEAST:
            continue
        first, last = run.slots[0], run.slots[-1]
        over = run.heading or first.part
        if run.lead and over.kind != "heading":
            over = run.lead[-1]
        made = Declaration(
            start=over.start,
            end=over.end,
            phrase=reading.quoted(over.start, over.end),
            polarity=Polarity.CHOSEN,
            voice=Voice.OWN,
            form=run.form,
            extent=(first.part.start, last.body[1]),
            ended_by="the last of its entries",
            members=tuple(members),
            number=len(run.slots) if Sign.COUNTED in signs else None,
            sure=points >= file.sure,
            signs=tuple(
                f"{file.points[sign].points:+.1f} {file.points[sign].says}" for sign in signs
            ),
        )
        yield Group(made, tuple(hits), tuple(unnamed))


def _sum(signs: Iterable[Sign]) -> float:
    known = lexicon().file.points
    return round(sum(known[sign].points for sign in signs), 3)


def with_groups(reading: Reading, found: Sequence[Raw]) -> tuple[list[Raw], list[Group]]:
    """Declarations with the groups among them: those known already become surer by their signs.

    The groups that no other declaration chooses come along too.
    """
    result, added = list(found), []
    refused = frozenset(
        hit
        for declaration, hits in found
        if declaration.polarity in (Polarity.REFUSED, Polarity.DEMOTED)
        for hit in hits
    )
    for group in groups(reading, refused):
        hits, named = set(group.hits), group.declaration.sectors
        same = next(
            (
                at
                for at, raw in enumerate(result)
                if raw.declaration.chooses
                and hits <= set(raw.hits)
                and (not group.unnamed or named == raw.declaration.sectors)
            ),
            None,
        )
        if same is None:
            result.append(Raw(group.declaration, group.hits))
            added.append(group)
            continue
        known = result[same].declaration
        if len(group.declaration.signs) > len(known.signs):
            sure = known.sure or group.declaration.sure
            surer = msgspec.structs.replace(known, sure=sure, signs=group.declaration.signs)
            result[same] = Raw(surer, result[same].hits)
    return result, added


def _members(
    reading: Reading, run: Run, refused: frozenset[int], *, counted: bool
) -> tuple[list[Member], list[int], list[Unnamed]]:
    """What each entry names, else what it is about, unless it is beside the choice.

    Where most titles name their sectors, one that does not is about something else, unless the
    document counts it in.
    """
    count = len(run.slots)
    named = sum(bool(slot.named) for slot in run.slots)
    filled = sum(bool(slot.named or _about(reading, slot)) for slot in run.slots)
    by_text = (counted or named * 2 < count) and filled >= MOST * count
    members: list[Member] = []
    hits: list[int] = []
    unnamed: list[Unnamed] = []
    for slot in run.slots:
        if _is_beside(reading, slot) or (slot.named and refused.issuperset(slot.named)):
            continue
        if slot.named:
            start = min(reading.hits[i].start for i in slot.named)
            end = max(reading.hits[i].end for i in slot.named)
            sectors = tuple(dict.fromkeys(reading.hits[i].sector for i in slot.named))
            hits += slot.named
        else:
            start, end = slot.title
            called = slot.called if named * 2 >= count else ()
            sectors = called or (_about(reading, slot) if by_text else ())
            begin = bisect_left(reading.starts, start)
            inside = range(begin, bisect_left(reading.starts, slot.body[1]))
            for sector in sectors:
                first = next((i for i in inside if reading.hits[i].sector == sector), None)
                if first is None:
                    unnamed.append(Unnamed(sector, start, end))
                else:
                    hits.append(first)
        if sectors and (not members or start >= members[-1].end):
            number = slot.part.count[-1] if slot.part.count else None
            members.append(Member(start=start, end=end, sectors=sectors, count=number))
    return members, hits, unnamed


def _about(reading: Reading, slot: Slot) -> tuple[str, ...]:
    """The sectors that an entry is about, with its title."""
    return reading.topics(slot.part.start, slot.body[1])


def _is_beside(reading: Reading, slot: Slot) -> bool:
    """Whether an entry says that it is none of those chosen: 'Other sectors', 'In figures'."""
    title = reading.text[slice(*slot.title)]
    about = layout().section(title)
    if about == "out" or (about and not slot.named) or lexicon().beside.found(title):
        return True
    return bool(slot.named) and _refuses(reading, slot, opening=True)


# What they show --------------------------------------------------------------------------------


def _signs(reading: Reading, run: Run) -> tuple[Sign, ...]:
    """The signs of a run of slots; none where they do not make it a choice.

    What is soon seen is asked first: most runs of a long text are no choice, and to read sentences
    takes a hundred times as long as to look for words.
    """
    file, count = lexicon().file, len(run.slots)
    if sum(reading.has_name(slot.part.start, slot.body[1]) for slot in run.slots) < LEAST:
        return ()
    signs = [*_above(reading, run), *_labels(reading, run)]
    opened = file.points[Sign.OPENED].points
    most = sum(file.points[sign].points for sign in _WITHIN) + opened
    if _sum(signs) + most < file.enough:
        return ()
    opening = _opening(reading, run)
    in_column = run.form is Form.COLUMN
    if in_column or (opening is not None and opening.polarity is Polarity.CHOSEN):
        sure = in_column or (opening is not None and opening.sure)
        signs.insert(0, Sign.OPENED if sure else Sign.OPENED_WEAKLY)
    if not _MUST & set(signs) or _sum(signs) + most - opened < file.enough:
        return ()
    signs += _inside(reading, run)
    if reading.leaves_out:
        signs.append(Sign.LEFT_OUT)
    if _sum(signs) < file.enough:
        return ()
    refused = sum(_refuses(reading, slot) for slot in run.slots)
    if refused * 2 >= count or (
        opening is not None and opening.polarity in (Polarity.REFUSED, Polarity.DEMOTED)
    ):
        signs.append(Sign.REFUSED)
    return tuple(signs) if _sum(signs) >= file.enough else ()


def _above(reading: Reading, run: Run) -> Iterator[Sign]:
    """What the heading and the text before a run show."""
    words, lead, heading = lexicon(), run.lead, run.heading
    title = "" if heading is None or reading.is_title(heading) else reading.outline.words(heading)
    before = " ".join(reading.outline.words(part) for part in lead)
    if words.chooses.found(title):
        yield Sign.CHOOSES
    elif words.kinds.found(title):
        yield Sign.KINDS
    if words.chooses.found(before):
        yield Sign.LEAD_CHOOSES
    if run.form is Form.ROWS and lead and words.kinds.found(reading.outline.words(lead[-1])):
        yield Sign.BUDGET
    count = len(run.slots)
    if any(_value(m[0]) == count for m in _wordings().number.finditer(f"{title} {before}")) or (
        run.label.split()[-1:]
        and run.label.split()[-1] in words.labels
        and _counts(reading, run.label, count)
    ):
        yield Sign.COUNTED
    chapters = run.form is Form.HEADINGS and (heading is None or reading.is_title(heading))
    unnamed = sum(not slot.named for slot in run.slots) * 2 > count
    if chapters and unnamed and Sign.LABELLED not in _labels(reading, run):
        yield Sign.WHOLE
    left = _wordings().denied.search(title) or (lead and _leaves(reading, lead[-1]))
    chain = [] if heading is None else [heading, *reading.outline.path(heading)]
    sections = (layout().section(reading.outline.words(part)) for part in chain)
    section = next((_SECTIONS[about] for about in sections if about), None)
    if left or section is Sign.OUT:
        yield Sign.OUT
    elif section is not None:
        yield section


def _opening(reading: Reading, run: Run) -> Opening | None:
    """What stands over a run and says in words what is chosen, or what is not, in its own voice."""
    entries = [slot.part for slot in run.slots]
    opening = reading.announced(run.heading, entries) or reading.opening(run.heading)
    if run.lead and (opening is None or opening.polarity not in CHOICE):
        opening = reading.opening(run.lead[-1]) or opening
    own = opening is not None and opening.voice in (Voice.OWN, Voice.ADOPTED)
    refuses = opening is not None and opening.polarity is not Polarity.CHOSEN
    return opening if own or refuses else None


def _labels(reading: Reading, run: Run) -> Iterator[Sign]:
    """What the entries call themselves."""
    words = lexicon()
    own = run.label.split()[-1] if run.label else ""
    labels = {reading.outline.label(slot.part)[0] for slot in run.slots}
    if own in words.labels or labels <= words.labels:
        yield Sign.LABELLED
    elif own in words.chapters:
        yield Sign.CHAPTERS
    elif own:
        yield Sign.IN_ORDER


def _inside(reading: Reading, run: Run) -> Iterator[Sign]:
    """What the entries themselves show."""
    text, slots, count = reading.text, run.slots, len(run.slots)
    rows = slots[0].part.kind == "row"
    named = sum(bool(slot.named) for slot in slots)
    filled = sum(bool(slot.named or _about(reading, slot)) for slot in slots)
    if named * 2 >= count:
        yield Sign.NAMED
    if filled * 4 >= count * 3:
        yield Sign.ABOUT
    if filled == count and named * 2 < count:
        yield Sign.ALL
    will = sum(_wordings().will.search(text, *slot.body) is not None for slot in slots)
    paid = sum(_PAID.search(text, slot.title[0], slot.body[1]) is not None for slot in slots)
    if will * 2 >= count:
        yield Sign.UNDERTAKEN
    if paid * 2 >= count or rows:
        yield Sign.PAID
    if not (will or paid or rows):
        yield Sign.FIGURES
    if sum(_is_governed(reading, slot, run) for slot in slots) * 2 >= count:
        yield Sign.GOVERNED
    titles = [text[slice(*slot.title)] for slot in slots if not slot.named]
    short = [title for title in titles if len(title.split()) <= TITLED]
    if sum(map(lexicon().themes.found, short)) * 2 >= count:
        yield Sign.THEMES


def _leaves(reading: Reading, lead: Part) -> bool:
    """Whether the last words before a group leave out what follows: 'Six were not adopted.'"""
    words = reading.text[max(lead.start, lead.end - LAST_WORDS) : lead.end]
    if layout().leaves.search(words) or layout().section(words) == "out":
        return True
    return any(lexicon().chooses.found(found[0]) for found in _wordings().not_words.finditer(words))


def _value(word: str) -> int | None:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower())


def _counts(reading: Reading, label: str, count: int) -> bool:
    """Whether the document counts entries by their label: 'There are three bets.'"""
    counted = re.compile(
        rf"\b(?P<n>{'|'.join(NUMBERS)}|[2-9])\s+(?:\w+\s+){{0,2}}{re.escape(label)}s?\b",
        re.IGNORECASE,
    )
    return any(_value(found["n"]) == count for found in counted.finditer(reading.text))


def _is_governed(reading: Reading, slot: Slot, run: Run) -> bool:
    """Whether the words of a title come back in a row of a table elsewhere."""
    words = set(topic_words(reading.text[slice(*slot.title)]))
    return any(
        not run.slots[0].part.start <= start < run.slots[-1].body[1] and words & found
        for start, found in reading.row_words
    )


def _refuses(reading: Reading, slot: Slot, *, opening: bool = False) -> bool:
    """Whether an entry refuses what it is of; ``opening`` asks its title and first sentence."""
    parts = reading.outline.parts[slot.part.index : slot.last + 1]
    until = slot.body[1]
    if opening:
        spans = [span for part in parts[:2] for span in reading.spans(part)]
        until = spans[min(1, len(spans) - 1)][1] if spans else slot.title[1]
    named = set(slot.named)
    return any(
        said.polarity in ("refused", "demoted")
        and said.members
        and said.voice in ("own", "adopted")
        and said.start < until
        and (not named or named & set(said.members))
        for part in parts
        if part.kind in ("text", "item", "heading")
        for said in reading.said(part)
    )
