"""What the parts of a document say: the common ground of lists, headings and tables.

An **opening** is what a lead-in, a heading or a title says of what it governs. **Entries** are what
it governs, each with the sectors that it names, or that its text says it stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.language.commitment.frames import load_frames
from stratlint.language.commitment.layout import label, layout, said_by
from stratlint.language.commitment.lists import named
from stratlint.language.commitment.outline import Outline
from stratlint.language.sectors.topics import about, topic_words, topics
from stratlint.records import Declaration, Form, Member, Polarity, Voice
from stratlint.text.wordings import WordFile, Wordings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.statements import Statement, Statements
    from stratlint.language.sectors.topics import Named
    from stratlint.records import Document, Sentence, Span

LEAST = 2
"""Sectors that make a list of headings, or a group of titles, a declaration."""
LABEL = 7
"""Words of a lead-in or a heading that may be a mere label."""
_TAIL = 9
"""Words from the end of a predicate to the end of a lead-in that is one."""
_SHORT = 3
"""Words of a lead-in that is nothing but a label: 'Grow:', 'Tier 2:'."""
_ABOVE = 14
"""Parts before the first entry in which its section announces them; a table may be there."""
BODY = 3
"""Paragraphs below an entry in which it is said what its title stands for."""
QUOTED = 110
"""Characters of a phrase that are quoted, from its end."""
CHOICE = (Polarity.CHOSEN, Polarity.REFUSED, Polarity.DEMOTED)
"""What is kept of sentences: the rest of what they say is the classifier's."""


class Words(WordFile):
    """``rules/language/commitment/reading.yaml``."""

    own: Wordings
    asked: Wordings
    back: Wordings
    number_word: Wordings
    projects: Wordings
    leader: Wordings
    asks: Wordings
    title: Wordings
    defines: Wordings


wordings = words_of("commitment/reading", Words)
NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine".split(), 2)}
_ABOUT = {"past": Polarity.PAST, "out": Polarity.REFUSED}
_TOP, _LONG, MOSTLY = 2, 40, 0.6
"""Deepest level of a title; parts of a text that has one; share of them that stands below it."""
PLAIN_MARKS = frozenset({"", "bullet", "number", "letter", "line"})
"""Marks of items that say nothing of them, as 'objective' and 'option' do."""
LABELLED = 40
"""Characters before an item in which its label stands."""
SHORTEST_TITLE = 3
"""Words beyond which a first heading with 'strategy' or 'plan' is a title."""
_LEADS = re.compile(r"(?:[:–—-]|\b\w+)\s*$")
"""How a lead-in ends: with a colon or without a stop; a whole sentence is a weaker one."""


class Raw(NamedTuple):
    """A declaration with the hits of its members."""

    declaration: Declaration
    hits: tuple[int, ...]


class Opening(NamedTuple):
    """What a lead-in, a heading or a title says of what it governs."""

    polarity: Polarity
    voice: Voice
    span: Span
    number: int | None = None
    tier: int | None = None
    sure: bool = True


READ = 1500
"""Characters from the beginning of an entry by which it is told what it is about."""
COVERED = 0.5
"""Share of a title that names of sectors make up where it is nothing but such names."""
_COUNT = re.compile(r"^\w?\d+\s+")
Entry = tuple["Part", tuple[int, ...]]
"""A part and the hits that it names."""


@cache
def _frames() -> dict[str, Polarity]:
    """What each frame says before anything is known of who asks or doubts."""
    return {entry.name: Polarity(entry.polarity) for entry in load_frames().entries}


class Reading:
    """A document's outline with its sectors, and what its parts say of them."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        hits: Sequence[Hit],
        statements: Statements,
        names: Sequence[Named] = (),
    ) -> None:
        self.text = document.text
        self.outline = Outline(document)
        self.sentences = sentences
        self.hits = hits
        self._names = names
        self._name_starts = [name.start for name in names]
        self.starts = [hit.start for hit in hits]
        self._statements = statements
        self._sentence_starts = [s.start for s in sentences]
        self._said: dict[int, tuple[Statement, ...]] = {}
        self._openings: dict[int, Opening | None] = {}
        self._topics: dict[Span, tuple[str, ...]] = {}
        self.below: dict[int, list[Part]] = {}
        """The headings and the titled paragraphs right below each heading."""
        for part in self.outline.parts:
            titled = part.kind == "text" and part.title is not None
            if part.under is not None and (part.kind == "heading" or titled):
                self.below.setdefault(part.under, []).append(part)

    def named(self, part: Part) -> tuple[int, ...]:
        """The hits that a part names."""
        return named(self.text, part, self.hits, self.starts)

    def has_hit(self, start: int, end: int) -> bool:
        """Whether a hit begins in some parts, or in a label before them.

        Where none does, nothing is declared, whatever is said there.
        """
        first = bisect_left(self.starts, start - LABELLED)
        return first < len(self.starts) and self.starts[first] < end

    def has_name(self, start: int, end: int) -> bool:
        """Whether a stretch of the text has any name of a sector, if a doubtful one."""
        first = bisect_left(self._name_starts, start)
        return first < len(self._name_starts) and self._name_starts[first] < end

    def topics(self, start: int, end: int) -> tuple[str, ...]:
        """The sectors that a stretch of the text is about."""
        if (start, end) not in self._topics:
            first = bisect_left(self._name_starts, start)
            stop = min(end, start + READ)
            names = self._names[first : bisect_left(self._name_starts, stop)]
            self._topics[start, end] = topics(about(self.text[start:stop], start, names))
        return self._topics[start, end]

    @cached_property
    def leaves_out(self) -> bool:
        """Whether a heading of the document says what it leaves out."""
        heads = (part for part in self.outline.parts if part.kind == "heading")
        return any(layout().section(self.outline.words(head)) == "out" for head in heads)

    @cached_property
    def row_words(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Where each row of a table begins, and the words of its first cell."""
        rows = (part for part in self.outline.parts if part.kind == "row")
        return tuple(
            (row.start, frozenset(topic_words(self.text[slice(*row.cells[0])]))) for row in rows
        )

    def called(self, start: int, end: int) -> tuple[str, ...]:
        """The sectors that words of a title name which elsewhere may mean something else."""
        bracket = self.text.find("(", start, end)
        end = bracket if bracket > start else end
        first = bisect_left(self._name_starts, start)
        inside = self._names[first : bisect_left(self._name_starts, end)]
        names = [name for name in inside if name.level != "negative"]
        words = _COUNT.sub("", self.text[start:end].strip())
        covered = sum({name.start: len(name.name) for name in names}.values())
        sectors = tuple(dict.fromkeys(name.sector for name in names))
        return sectors if covered >= COVERED * len(words) else ()

    def above(self, part: Part) -> Part | None:
        """The heading over a part."""
        return None if part.under is None else self.outline.parts[part.under]

    def declare(
        self,
        opening: Opening,
        form: Form,
        entries: Sequence[Entry],
        part: Part,
        extent: Span,
        ended_by: str,
    ) -> Raw:
        """The declaration of entries by an opening, as the section of ``part`` bears it."""
        start, end = opening.span
        made = Declaration(
            start=start,
            end=end,
            phrase=self.quoted(start, end),
            polarity=opening.polarity,
            voice=opening.voice,
            form=form,
            extent=extent,
            ended_by=ended_by,
            members=self.members(
                [group for _, group in entries],
                [entry.count[-1] if entry.count else None for entry, _ in entries],
            ),
            tier=opening.tier,
            number=opening.number,
            sure=opening.sure,
        )
        hits = tuple(hit for _, group in entries for hit in group)
        return Raw(self.fit(made, part, self.text[start:end]), hits)

    def quoted(self, start: int, end: int) -> str:
        """The words of a span, as a phrase that is quoted."""
        return " ".join(self.text[start:end].split())[-QUOTED:]

    def said(self, part: Part) -> tuple[Statement, ...]:
        """The statements of a part's sentences."""
        if part.index not in self._said:
            self._said[part.index] = self._statements.of(list(self.spans(part)))
        return self._said[part.index]

    def spans(self, part: Part) -> Iterator[Span]:
        """The sentences of a part, cut to it."""
        index = max(0, bisect_right(self._sentence_starts, self._begin(part)) - 1)
        while index < len(self.sentences) and self.sentences[index].start < part.end:
            start = max(self._begin(part), self.sentences[index].start)
            end = min(part.end, self.sentences[index].end)
            if start < end and self.text[start:end].strip():
                yield start, end
            index += 1

    def _begin(self, part: Part) -> int:
        """Where the words of a part begin: at a label that says what they are ('Goal 2: …')."""
        if part.mark in PLAIN_MARKS or part.kind == "heading":
            return part.start
        line = self.text.rfind("\n", 0, part.start) + 1
        return max(line, part.start - LABELLED)

    def opening(self, part: Part | None) -> Opening | None:
        """What a part says of a list or of headings that follow it."""
        if part is None:
            return None
        if part.index not in self._openings:
            self._openings[part.index] = None if self.is_title(part) else self._opening(part)
        return self._openings[part.index]

    def _opening(self, part: Part) -> Opening | None:
        statements = self.said(part)
        spans = list(self.spans(part))
        last = spans[-1][0] if spans else part.start
        waiting = [s for s in reversed(statements) if s.open and s.start >= last]
        waiting.sort(key=lambda s: s.frame.startswith("label"))
        opened = next(iter(waiting), None)
        if opened is not None and opened.frame.startswith("label"):
            # A label is a lead-in by itself, not a word in the middle of one.
            opened = opened if len(self.text[last : part.end].split()) <= _SHORT else None
        if opened is not None and not wordings().projects.search(self.text, last, part.end):
            polarity, voice = Polarity(opened.polarity), Voice(opened.voice)
            asks = wordings().asks.match(self.text, last if part.kind == "text" else part.start)
            if asks and (
                part.kind == "heading" or wordings().asked.search(self.text, last, part.end)
            ):
                # 'Which industries come first?' as a heading is answered by what it stands over.
                polarity, voice = _frames().get(opened.frame, Polarity.CHOSEN), Voice.OWN
            if polarity is Polarity.CHOSEN and layout().leaves.search(self.text, last, part.end):
                polarity = Polarity.REFUSED
            if part.kind == "heading" and polarity is Polarity.CHOSEN:
                about = layout().section(self.outline.words(part))
                voice = Voice.OTHER if about == "other" else voice
                polarity = _ABOUT.get(about, polarity)
            leads = part.kind != "text" or self._leads(opened, last, part.end)
            return Opening(
                polarity,
                voice,
                (opened.start, opened.end),
                opened.number,
                opened.tier,
                opened.sure and (leads or opened.number is not None),
            )
        words = self.text[last : part.end]
        if wordings().projects.search(words):
            return None
        if part.kind != "heading" and last > part.start and words.rstrip().endswith(":"):
            # As in 'The other six were not chosen. The reasons in short'.
            before = self.text[part.start : last].lower()
            if layout().leaves.search(before) or layout().section(before) == "out":
                return Opening(Polarity.REFUSED, Voice.OWN, (part.start, last))
        if len(words.split()) <= LABEL:
            said = said_by(label(words))
            about = layout().section(words) if part.kind == "heading" else ""
            if said is not None:
                voice = Voice.OTHER if about == "other" else Voice.OWN
                return Opening(_ABOUT.get(about, said), voice, (last, part.end))
        return None

    def _leads(self, opened: Statement, start: int, end: int) -> bool:
        """Whether a predicate leads into what follows: it ends a lead-in that ends in no stop."""
        words = self.text[start:end].lower()
        if _LEADS.search(words) is None:
            return False
        final = next((w for w in reversed(opened.phrase.split()) if w.isalpha()), "")
        return len(words[words.rfind(final) :].split()) <= _TAIL

    def is_title(self, part: Part) -> bool:
        """Whether a heading is the document's own title: 'Smart Specialisation Strategy of …'."""
        if part.kind != "heading" or part.depth > _TOP:
            return False
        words = self.outline.words(part)
        if wordings().title.search(words) is not None and len(words.split()) > SHORTEST_TITLE:
            return part.under is None or self.outline.parts[part.under].under is None
        count = len(self.outline.parts)
        return count > _LONG and self.inside(part) - part.index > MOSTLY * count

    def opened(self, start: int, end: int) -> Polarity | None:
        """What a cell says of what stands below or beside it."""
        if wordings().leader.match(self.text, start, end):
            return None
        for statement in self._statements.of([(start, end)]):
            if statement.open and statement.voice in ("own", "adopted"):
                polarity = Polarity(statement.polarity)
                return polarity if polarity in CHOICE else None
        return None

    def section(self, part: Part) -> str:
        """What the section of a part is about, as far as its headings tell."""
        for heading in self.outline.path(part):
            opening = self.opening(heading)
            if opening is not None and opening.polarity is Polarity.CHOSEN:
                return ""
            about = layout().section(self.outline.words(heading))
            if about:
                return about
        return ""

    def fit(self, declaration: Declaration, part: Part, words: str) -> Declaration:
        """A declaration as its section bears it: others' lists, past ones, what was asked."""
        about = self.section(part)
        own = wordings().own.search(words) is not None or wordings().asks.match(words) is not None
        if not about or declaration.polarity is not Polarity.CHOSEN:
            return declaration
        replace = msgspec.structs.replace
        if about == "asked" and not own:
            return replace(declaration, voice=Voice.ASKED)
        if about == "other" and not own:
            return replace(declaration, voice=Voice.OTHER)
        if about == "past" and not own:
            return replace(declaration, polarity=Polarity.PAST)
        if about == "out":
            return replace(declaration, polarity=Polarity.DEMOTED)
        return replace(declaration, sure=declaration.sure and own)

    def members(
        self, groups: Iterable[Sequence[int]], counts: Sequence[int | None] = ()
    ) -> tuple[Member, ...]:
        """Members of hits: those of one group are one; names that overlap too."""
        found: list[Member] = []
        for index, group in enumerate(groups):
            if not group:
                continue
            start = min(self.hits[h].start for h in group)
            end = max(self.hits[h].end for h in group)
            sectors = tuple(dict.fromkeys(self.hits[h].sector for h in group))
            count = counts[index] if index < len(counts) else None
            if found and start < found[-1].end:
                before = found.pop()
                sectors = tuple(dict.fromkeys((*before.sectors, *sectors)))
                start, end = before.start, max(before.end, end)
            found.append(Member(start=start, end=end, sectors=sectors, count=count))
        return tuple(found)

    def inside(self, heading: Part) -> int:
        """The index of the last part under a heading."""
        index = heading.index
        for part in self.outline.parts[heading.index + 1 :]:
            if part.kind == "heading" and heading not in self.outline.path(part):
                break
            index = part.index
        return index

    def entries(
        self, parts: Sequence[Part], end: int, number: int | None, *, kinds: bool
    ) -> list[Entry]:
        """Entries with the sectors of their titles, or of what says what a title stands for.

        ``end`` is the index of the last part below them. Where most titles name their sectors, one
        that does not is about something else, unless the document counts it in. ``kinds`` says that
        what stands over them ends in a word for what is chosen ('the domains').
        """
        titled = [(part, self.named_title(part)) for part in parts]
        named_ones = sum(bool(group) for _, group in titled)
        if number != len(parts) and (named_ones * 2 >= len(parts) or not kinds):
            return titled
        found = []
        for place, (part, group) in enumerate(titled):
            stop = parts[place + 1].index if place + 1 < len(parts) else end + 1
            out = layout().section(self.outline.words(part)) == "out"
            found.append((part, group if group or out else self._named_below(part, stop)))
        return found

    def _named_below(self, part: Part, stop: int) -> tuple[int, ...]:
        """The sectors that the text of an entry says its title stands for, else names first."""
        texts = [p for p in self.outline.parts[part.index + 1 : stop] if p.kind == "text"]
        spans = [span for text in [part, *texts[:BODY]] for span in self.spans(text)]
        first: tuple[int, ...] = ()
        for start, end in spans:
            if part.title is not None and end <= part.title + 1:
                continue
            begin = bisect_left(self.starts, start)
            inside = tuple(range(begin, bisect_left(self.starts, end)))
            if inside and wordings().defines.search(self.text, start, end):
                return inside
            first = first or inside
        return first

    def announced(self, heading: Part | None, entries: Sequence[Part]) -> Opening | None:
        """What the text between a heading and its first entry says of the entries.

        A number in it that is theirs ('four platforms', 'resolved on six') says that it means them.
        """
        begin = 0 if heading is None else heading.index + 1
        between = [
            p
            for p in self.outline.parts[max(begin, entries[0].index - _ABOVE) : entries[0].index]
            if p.kind in ("text", "caption")
        ]
        counted = len(entries) > LEAST and any(
            NUMBERS.get(found.group().lower()) == len(entries)
            for part in between
            for found in wordings().number_word.finditer(self.text, part.start, part.end)
        )
        for part in reversed(between):
            for statement in reversed(self.said(part)):
                polarity = Polarity(statement.polarity)
                meant = counted or statement.number == len(entries)
                if wordings().back.match(self.text, statement.start):
                    continue
                if statement.open and meant and polarity in CHOICE and statement.voice != "other":
                    return Opening(
                        polarity,
                        Voice(statement.voice),
                        (statement.start, statement.end),
                        len(entries),
                        statement.tier,
                        statement.sure,
                    )
        opening = None if heading is None else self.opening(heading)
        if opening is not None and counted:
            return opening._replace(number=len(entries))
        return None

    def named_title(self, part: Part) -> tuple[int, ...]:
        """The sectors that a heading or a title names, unless it leaves them out."""
        found = self.named(part)
        if not found:
            return ()
        for statement in self.said(part):
            if statement.polarity in ("refused", "demoted") and statement.members:
                return ()
        return () if layout().section(self.outline.words(part)) == "out" else found
