"""Where a document declares its sectors: in sentences, lists, tables, headings and objectives.

Every declaration is found where it stands, with the words that declare, what they govern and why
they govern no more. What follows from several of them is the business of ``priorities``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from stratlint.language.commitment.frames import load_frames
from stratlint.language.commitment.layout import label, layout
from stratlint.language.commitment.lists import listings, named, named_in
from stratlint.language.commitment.outline import Outline
from stratlint.language.commitment.tables import Table, said_by, tables
from stratlint.records import Declaration, Form, Member, Polarity, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stratlint.language.commitment.context import Hit
    from stratlint.language.commitment.lists import Listing
    from stratlint.language.commitment.outline import Part
    from stratlint.language.commitment.statements import Statement, Statements
    from stratlint.records import Document, Sentence, Span

LEAST = 2
"""Sectors that make a list of headings, or a group of titles, a declaration."""
_LABEL = 7
"""Words of a lead-in or a heading that may be a mere label."""
_SHORT = 3
"""Words of a lead-in that is nothing but a label: 'Grow:', 'Tier 2:'."""
_ABOVE = 14
"""Parts before the first entry in which its section announces them; a table may be there."""
_BODY = 3
"""Paragraphs below an entry in which it is said what its title stands for."""
_QUOTED = 110
_CHOICE = (Polarity.CHOSEN, Polarity.REFUSED, Polarity.DEMOTED)
"""What is kept of sentences: the rest of what they say is the classifier's."""
_AIMS = frozenset(
    "priority priorities objective goal aim mission engine pillar ambition bet flagship outcome"
    " driver so".split()
)
"""Labels with a number that make an aim of what they entitle: 'Mission 2: …'."""
_AIM = re.compile(r"(?:strategic|big|grand|well-?being|growth) \w+")
_OWN = re.compile(
    r"\b(?:we|our|ours|us|this (?:plan|strategy|council|partnership|board|document))\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:these|those|they|all|both|each|the (?:above|two|three|four|five|six|seven|eight|list)"
    r"|it is (?:these|against these)"
    r"|together|such|every one|the first (?P<first>two|three|four|five|six))\b",
    re.IGNORECASE,
)
_COUNTS = {word: n for n, word in enumerate("two three four five six seven eight nine".split(), 2)}
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_COUNTS)})\b", re.IGNORECASE)
_STRUCK = re.compile(r"~~|\[(?:deleted|removed|struck out)\]", re.IGNORECASE)
_PROJECTS = re.compile(
    r"\b(?:priority|key|strategic|flagship)\s+(?:\w+\s+)?(?:projects?|actions?|measures|interventions|schemes"
    r"|sites|routes|places|species|habitats|locations|wards|groups|documents|messages|findings|facts"
    r"|partners|stakeholders|challenges|issues|weaknesses|risks)\b",
    re.IGNORECASE,
)
"""Choices of something else than sectors."""
_LEADER = re.compile(r"\W*lead(?:ing|er)?\b(?!\s+(?:sector|cluster|industr|market))", re.IGNORECASE)
"""Heads of columns of who leads: 'Lead business' is no column of lead sectors."""
_ASKS = re.compile(r"\W*(?:what|which|where|who)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:strategy|plan|prospectus|agenda|framework|report)\b", re.IGNORECASE)
_ABOUT = {"past": Polarity.PAST, "out": Polarity.REFUSED}
_KINDS = re.compile(
    r"\b(?:sectors|clusters|domains|platforms|anchors|engines|pillars|specialisms|speciali[sz]ations|priorities"
    r"|industries|missions|choices|bets|flagships|themes|trades)\W*$",
    re.IGNORECASE,
)
_TOP, _LONG, MOSTLY = 2, 40, 0.6
"""Deepest level of a title; parts of a text that has one; share of them that stands below it."""
SHORTEST_TITLE = 3
"""Words beyond which a first heading with 'strategy' or 'plan' is a title."""
_LEAVES = re.compile(
    r"\b(?:discontinued|dropped|removed|withdrawn|deleted|struck|retired|abandoned|excluded|rejected"
    r"|deferred|declined|turned down|ruled out)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:[:–—-]|\b\w+)\s*$")
"""How a lead-in ends: with a colon or without a stop; a whole sentence is a weaker one."""
_DEFINES = re.compile(
    r"\b(?:by (?:this|it|which) (?:we|is) (?:mean|meant)|(?:here )?we mean|include[sd]?|comprises?"
    r"|takes? in|spans|brings? together|covers?|consists? of|embraces?|is about|combines?)\b",
    re.IGNORECASE,
)
"""Words by which a text says what a name stands for: 'Talking Machines. By this we mean …'."""
_TICK = re.compile(r"[✓✔☑✅]")


class Found(NamedTuple):
    """The declarations of a document, and which of them each hit is a member of."""

    declarations: tuple[Declaration, ...]
    by_hit: dict[int, int]


class _Raw(NamedTuple):
    """A declaration with the hits of its members."""

    declaration: Declaration
    hits: tuple[int, ...]


class _Opening(NamedTuple):
    """What a lead-in, a heading or a title says of what it governs."""

    polarity: Polarity
    voice: Voice
    span: Span
    number: int | None = None
    tier: int | None = None
    sure: bool = True


@cache
def _frames() -> dict[str, Polarity]:
    """What each frame says before anything is known of who asks or doubts."""
    return {entry.name: Polarity(entry.polarity) for entry in load_frames().entries}


def find_declarations(
    document: Document, sentences: Sequence[Sentence], hits: Sequence[Hit], statements: Statements
) -> Found:
    """Find the declarations of a document among the sectors that it names.

    ``statements`` read its text with the same hits.
    """
    finder = _Finder(document, sentences, hits, statements)
    raw = sorted(finder.all(), key=lambda r: (r.declaration.start, r.declaration.extent))
    by_hit: dict[int, int] = {}
    for index, (declaration, members) in enumerate(raw):
        for hit in members:
            known = by_hit.get(hit)
            if known is None or _weight(declaration) > _weight(raw[known].declaration):
                by_hit[hit] = index
    return Found(tuple(r.declaration for r in raw), by_hit)


def _weight(declaration: Declaration) -> tuple[bool, bool, bool, int]:
    """Which of two declarations of one mention says more of it.

    A sentence about a member says more than the list it stands in only where it refuses.
    """
    refuses = declaration.polarity in (Polarity.REFUSED, Polarity.DEMOTED)
    return refuses, declaration.chooses, declaration.sure, len(declaration.members)


class _Finder:
    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        hits: Sequence[Hit],
        statements: Statements,
    ) -> None:
        self.text = document.text
        self.outline = Outline(document)
        self.sentences = sentences
        self.hits = hits
        self.starts = [hit.start for hit in hits]
        self._statements = statements
        self._sentence_starts = [s.start for s in sentences]
        self._said: dict[int, tuple[Statement, ...]] = {}
        self._below: dict[int, list[Part]] = {}
        for part in self.outline.parts:
            titled = part.kind == "text" and part.title is not None
            if part.under is not None and (part.kind == "heading" or titled):
                self._below.setdefault(part.under, []).append(part)

    def all(self) -> Iterator[_Raw]:
        """All declarations, in no order."""
        taken: set[int] = set()
        for listing in listings(self.outline):
            taken |= {item.index for item in listing.items}
            yield from self._of_list(listing)
        for rows in tables(self.outline):
            yield from self._of_table(rows)
        for part in self.outline.parts:
            if part.kind == "heading":
                yield from self._of_heading(part)
            if part.kind in ("text", "item", "heading", "caption"):
                yield from self._of_sentences(part)
        yield from self._of_series()

    # What the words of a part say ---------------------------------------------------------

    def said(self, part: Part) -> tuple[Statement, ...]:
        """The statements of a part's sentences."""
        if part.index not in self._said:
            self._said[part.index] = self._statements.of(list(self._spans(part)))
        return self._said[part.index]

    def _spans(self, part: Part) -> Iterator[Span]:
        """The sentences of a part, cut to it."""
        index = max(0, bisect_right(self._sentence_starts, part.start) - 1)
        while index < len(self.sentences) and self.sentences[index].start < part.end:
            start = max(part.start, self.sentences[index].start)
            end = min(part.end, self.sentences[index].end)
            if start < end and self.text[start:end].strip():
                yield start, end
            index += 1

    def opening(self, part: Part | None) -> _Opening | None:
        """What a part says of a list or of headings that follow it."""
        if part is None or self._is_title(part):
            return None
        statements = self.said(part)
        spans = list(self._spans(part))
        last = spans[-1][0] if spans else part.start
        opened = next((s for s in reversed(statements) if s.open and s.start >= last), None)
        if opened is not None and opened.frame.startswith("label"):
            # A label is a lead-in by itself, not a word in the middle of one.
            opened = opened if len(self.text[last : part.end].split()) <= _SHORT else None
        if opened is not None and not _PROJECTS.search(self.text, last, part.end):
            polarity, voice = Polarity(opened.polarity), Voice(opened.voice)
            if part.kind == "heading" and _ASKS.match(self.text, part.start):
                # 'Which industries come first?' as a heading is answered by what it stands over.
                polarity, voice = _frames()[opened.frame], Voice.OWN
            if polarity is Polarity.CHOSEN and _LEAVES.search(self.text, last, part.end):
                polarity = Polarity.REFUSED
            if part.kind == "heading" and polarity is Polarity.CHOSEN:
                about = layout().section(self.outline.words(part))
                voice = Voice.OTHER if about == "other" else voice
                polarity = _ABOUT.get(about, polarity)
            leads = part.kind != "text" or _LEADS.search(self.text[last : part.end]) is not None
            return _Opening(
                polarity,
                voice,
                (opened.start, opened.end),
                opened.number,
                opened.tier,
                opened.sure and (leads or opened.number is not None),
            )
        words = self.text[last : part.end]
        if _PROJECTS.search(words):
            return None
        if len(words.split()) <= _LABEL:
            said = said_by(label(words))
            if said is not None:
                return _Opening(said, Voice.OWN, (last, part.end))
        return None

    def _is_title(self, part: Part) -> bool:
        """Whether a heading is the document's own title: 'Smart Specialisation Strategy of …'."""
        if part.kind != "heading" or part.depth > _TOP:
            return False
        words = self.outline.words(part)
        if _TITLE.search(words) is not None and len(words.split()) > SHORTEST_TITLE:
            return part.under is None or self.outline.parts[part.under].under is None
        count = len(self.outline.parts)
        return count > _LONG and self._inside(part) - part.index > MOSTLY * count

    def _opened(self, start: int, end: int) -> Polarity | None:
        """What a cell says of what stands below or beside it."""
        if _LEADER.match(self.text, start, end):
            return None
        for statement in self._statements.of([(start, end)]):
            if statement.open and statement.voice in ("own", "adopted"):
                polarity = Polarity(statement.polarity)
                return polarity if polarity in _CHOICE else None
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

    def _fit(self, declaration: Declaration, part: Part, words: str) -> Declaration:
        """A declaration as its section bears it: others' lists, past ones, what was asked."""
        about = self.section(part)
        own = _OWN.search(words) is not None or _ASKS.match(words) is not None
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

    # Sentences ----------------------------------------------------------------------------

    def _of_sentences(self, part: Part) -> Iterator[_Raw]:
        if bisect_left(self.starts, part.start) == bisect_left(self.starts, part.end):
            return
        for statement in self.said(part):
            polarity = Polarity(statement.polarity)
            if not statement.members or polarity not in _CHOICE:
                continue
            if part.kind == "item" and polarity is Polarity.DEMOTED:
                # What an item ranks low in passing ('software inside other industries') is its
                # explanation.
                continue
            members = self._members([(h,) for h in statement.members])
            first = self.hits[statement.members[0]].start
            inside = self.text.rfind("(", statement.start, first) > self.text.rfind(
                ")", statement.start, first
            )
            form = Form.PARENTHESIS if inside else Form.SENTENCE
            form = Form.HEADINGS if part.kind == "heading" else form
            made = Declaration(
                start=statement.start,
                end=statement.end,
                phrase=statement.phrase,
                polarity=polarity,
                voice=Voice(statement.voice),
                form=form,
                extent=(statement.start, statement.end),
                ended_by="the end of the sentence",
                members=members,
                tier=statement.tier,
                number=statement.number,
                sure=statement.sure,
            )
            words = self.text[statement.start : statement.end]
            yield _Raw(self._fit(made, part, words), statement.members)

    def _members(
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

    # Lists --------------------------------------------------------------------------------

    def _of_list(self, listing: Listing) -> Iterator[_Raw]:
        opening, part = self._leads(listing)
        if listing.items[0].count and opening is not None:
            groups = self._entries(
                listing.items, self._last_of(listing), opening.number, kinds=False
            )
        else:
            groups = [(item, self._named(item)) for item in listing.items]
        if not any(group for _, group in groups):
            return
        back = self._taken_back(listing)
        if opening is None or opening.polarity not in _CHOICE:
            opening = back or opening
        if opening is None:
            yield from self._by_labels(listing)
            return
        kept: list[tuple[Part, tuple[int, ...]]] = []
        dropped: list[tuple[Part, tuple[int, ...]]] = []
        ticked = any(_TICK.search(self.text, i.start, i.end) for i in listing.items)
        for item, group in groups:
            (dropped if self._is_out(item, group, ticked=ticked) else kept).append((item, group))
        yield from self._made(listing, opening, part, kept)
        if opening.polarity is Polarity.CHOSEN and dropped:
            refused = opening._replace(polarity=Polarity.REFUSED)
            yield from self._made(listing, refused, part, dropped)

    def _named(self, part: Part) -> tuple[int, ...]:
        return named(self.text, part, self.hits, self.starts)

    def _last_of(self, listing: Listing) -> int:
        """The index of the last part below the last item of a list."""
        index = listing.items[-1].index
        for part in self.outline.parts[index + 1 : index + 1 + _BODY]:
            if part.kind != "text" or part.title is not None:
                break
            index = part.index
        return index

    def _made(
        self,
        listing: Listing,
        opening: _Opening,
        part: Part,
        groups: Sequence[tuple[Part, tuple[int, ...]]],
    ) -> Iterator[_Raw]:
        filled = [(item, group) for item, group in groups if group]
        if not filled:
            return
        members = self._members(
            [group for _, group in filled], [i.count[-1] if i.count else None for i, _ in filled]
        )
        start, end = opening.span
        made = Declaration(
            start=start,
            end=end,
            phrase=self._quoted(start, end),
            polarity=opening.polarity,
            voice=opening.voice,
            form=listing.form,
            extent=(listing.items[0].start, listing.end),
            ended_by=listing.ended_by,
            members=members,
            tier=opening.tier,
            number=opening.number,
            # A list of which few items name a sector is a list of something else.
            sure=opening.sure and len(filled) * 2 >= len(groups),
        )
        hits = tuple(h for _, group in filled for h in group)
        yield _Raw(self._fit(made, part, self.text[start:end]), hits)

    def _leads(self, listing: Listing) -> tuple[_Opening | None, Part]:
        """What leads into a list: its lead-in, or the heading above where that only points."""
        lead, first = listing.lead, listing.items[0]
        above = self.outline.parts[first.under] if first.under is not None else None
        if first.count and len(listing.items) >= LEAST:
            counted = self._announced(above, listing.items)
            if counted is not None and counted.number is not None:
                return counted, lead or first
        opening = self.opening(lead)
        if opening is not None and lead is not None:
            return opening, lead
        if lead is None or lead.kind == "heading" or self._only_points(lead) or first.count:
            heading = lead if lead is not None and lead.kind == "heading" else above
            opening = self.opening(heading)
            if opening is None and first.count:
                opening = self._announced(above, listing.items)
            if opening is not None and heading is not None:
                return opening, heading
        return None, first

    def _only_points(self, lead: Part) -> bool:
        """Whether a lead-in says nothing of its own: 'They are:', 'These are as follows:'."""
        words = self.outline.words(lead)
        return len(words.split()) <= _LABEL and _BACK.match(words) is not None

    def _taken_back(self, listing: Listing) -> _Opening | None:
        """What the text behind a list says of it: 'All four have been adopted.'"""
        after = next(
            (p for p in self.outline.parts[listing.items[-1].index + 1 :][:1] if p.kind == "text"),
            None,
        )
        if after is None:
            return None
        for statement in self.said(after):
            if statement.members or not _BACK.match(self.text, statement.start):
                return None
            polarity = Polarity(statement.polarity)
            if polarity in _CHOICE:
                return _Opening(polarity, Voice(statement.voice), (statement.start, statement.end))
        return None

    def _is_out(self, item: Part, group: Sequence[int], *, ticked: bool) -> bool:
        """Whether an item of a list is refused: struck out, not ticked, or in so many words."""
        if _STRUCK.search(self.text, max(0, item.start - 3), item.end):
            return True
        if ticked and not _TICK.search(self.text, max(0, item.start - 3), item.end + 2):
            return True
        refused = {
            hit
            for s in self.said(item)
            if s.polarity == "refused" and s.sure and s.voice in ("own", "adopted")
            for hit in s.members
        }
        return bool(group) and set(group) <= refused

    def _by_labels(self, listing: Listing) -> Iterator[_Raw]:
        """Items that each begin with a label: 'Grow: a and b', 'Watch: c'."""
        said = []
        for item in listing.items:
            stop = self.text.find(":", item.start, item.end)
            words = self.text[item.start : stop] if stop > 0 else ""
            polarity = said_by(label(words)) if words and len(words.split()) <= _LABEL else None
            said.append((item, stop, polarity))
        if not any(p is Polarity.CHOSEN for *_, p in said):
            return
        for item, stop, polarity in said:
            group = (
                named_in(self.text, stop + 1, item.end, self.hits, self.starts) if stop > 0 else ()
            )
            if polarity is not None and group:
                opening = _Opening(polarity, Voice.OWN, (item.start, stop))
                yield from self._made(listing, opening, item, [(item, (h,)) for h in group])

    def _quoted(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())[-_QUOTED:]

    # Tables -------------------------------------------------------------------------------

    def _of_table(self, rows: list[Part]) -> Iterator[_Raw]:
        table = Table(self.outline, rows, self.hits, self.starts, self._opened)
        title, opening = self._title_of(rows[0])
        around = " ".join(
            self.outline.words(p)
            for p in self.outline.parts[max(0, rows[0].index - 2) : rows[-1].index + 3]
            if p.kind in ("text", "caption")
        )
        polarity = opening.polarity if opening is not None else None
        if opening is not None and opening.voice not in (Voice.OWN, Voice.ADOPTED):
            polarity = Polarity.OTHER
        span = opening.span if opening is not None else (rows[0].start, rows[0].end)
        following = self.outline.parts[rows[-1].index + 1 :][:1]
        ended = "what stands below the table" if following else "the end of the text"
        for verdict in table.verdicts(polarity, span, around):
            start, end = verdict.phrase
            made = Declaration(
                start=start,
                end=end,
                phrase=self._quoted(start, end),
                polarity=verdict.polarity,
                voice=Voice.OTHER if verdict.polarity is Polarity.OTHER else Voice.OWN,
                form=verdict.form,
                extent=(rows[0].start, rows[-1].end),
                ended_by=ended,
                members=self._members(
                    [hits for _, hits, _ in verdict.members], [c for *_, c in verdict.members]
                ),
                number=opening.number if opening is not None else None,
                sure=verdict.sure,
            )
            hits = tuple(h for _, group, _ in verdict.members for h in group)
            about = title if title is not None else rows[0]
            yield _Raw(self._fit(made, about, self.text[start:end]), hits)

    def _title_of(self, first: Part) -> tuple[Part | None, _Opening | None]:
        """What entitles a table: the caption or the text before it, else the heading."""
        index = first.index - 1
        while index >= 0 and self.outline.parts[index].kind in ("text", "caption", "heading"):
            part = self.outline.parts[index]
            opening = self.opening(part)
            if opening is not None:
                return part, opening
            if part.kind in ("heading", "text"):
                break
            index -= 1
        heading = self.outline.parts[first.under] if first.under is not None else None
        return heading, self.opening(heading)

    # Headings -----------------------------------------------------------------------------

    def _of_heading(self, heading: Part) -> Iterator[_Raw]:
        """The headings or the titles that a heading governs."""
        below = self._below.get(heading.index, [])
        children = [p for p in below if p.kind == "heading"]
        titled = [p for p in below if p.kind == "text"]
        if not children and not titled:
            return
        opening = self.opening(heading)
        end = self._inside(heading)
        for parts, form in ((children, Form.HEADINGS), (titled, Form.RUN_IN_HEADINGS)):
            if not parts:
                continue
            said = self._announced(heading, parts) or opening
            if said is None or said.polarity not in _CHOICE:
                continue
            kinds = _KINDS.search(self.outline.words(heading)) is not None
            groups = self._entries(parts, end, said.number, kinds=kinds)
            kept = [(p, g) for p, g in groups if g]
            if not kept or (len(kept) < LEAST and len(kept) < len(parts)):
                continue
            yield self._governed(heading, said, form, kept, end)
            return

    def _governed(
        self,
        heading: Part,
        opening: _Opening,
        form: Form,
        kept: Sequence[tuple[Part, tuple[int, ...]]],
        last: int,
    ) -> _Raw:
        """The declaration of what stands below a heading."""
        after = self.outline.parts[last + 1] if last + 1 < len(self.outline.parts) else None
        ended = "the end of the text"
        if after is not None:
            ended = f"the heading “{self.outline.words(after)[:_QUOTED]}”"
        start, end = opening.span
        made = Declaration(
            start=start,
            end=end,
            phrase=self._quoted(start, end),
            polarity=opening.polarity,
            voice=opening.voice,
            form=form,
            extent=(heading.start, self.outline.parts[last].end),
            ended_by=ended,
            members=self._members(
                [g for _, g in kept], [p.count[-1] if p.count else None for p, _ in kept]
            ),
            tier=opening.tier,
            number=opening.number,
            sure=opening.sure,
        )
        hits = tuple(h for _, group in kept for h in group)
        return _Raw(self._fit(made, heading, self.text[start:end]), hits)

    def _inside(self, heading: Part) -> int:
        """The index of the last part under a heading."""
        index = heading.index
        for part in self.outline.parts[heading.index + 1 :]:
            if part.kind == "heading" and heading not in self.outline.path(part):
                break
            index = part.index
        return index

    def _entries(
        self, parts: Sequence[Part], end: int, number: int | None, *, kinds: bool
    ) -> list[tuple[Part, tuple[int, ...]]]:
        """Entries with the sectors of their titles, or of what says what a title stands for.

        ``end`` is the index of the last part below them. Where most titles name their sectors, one
        that does not is about something else, unless the document counts it in. ``kinds`` says that
        what stands over them ends in a word for what is chosen ('the domains').
        """
        titled = [(part, self._named_title(part)) for part in parts]
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
        spans = [span for text in [part, *texts[:_BODY]] for span in self._spans(text)]
        first: tuple[int, ...] = ()
        for start, end in spans:
            if part.title is not None and end <= part.title + 1:
                continue
            begin = bisect_left(self.starts, start)
            inside = tuple(range(begin, bisect_left(self.starts, end)))
            if inside and _DEFINES.search(self.text, start, end):
                return inside
            first = first or inside
        return first

    def _announced(self, heading: Part | None, entries: Sequence[Part]) -> _Opening | None:
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
            _COUNTS.get(found.group().lower()) == len(entries)
            for part in between
            for found in _NUMBER_WORD.finditer(self.text, part.start, part.end)
        )
        for part in reversed(between):
            for statement in reversed(self.said(part)):
                polarity = Polarity(statement.polarity)
                meant = counted or statement.number == len(entries)
                if _BACK.match(self.text, statement.start):
                    continue
                if statement.open and meant and polarity in _CHOICE and statement.voice != "other":
                    return _Opening(
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

    def _named_title(self, part: Part) -> tuple[int, ...]:
        """The sectors that a heading or a title names, unless it leaves them out."""
        found = named(self.text, part, self.hits, self.starts)
        if not found:
            return ()
        for statement in self.said(part):
            if statement.polarity in ("refused", "demoted") and statement.members:
                return ()
        return () if layout().section(self.outline.words(part)) == "out" else found

    def _of_series(self) -> Iterator[_Raw]:
        """Headings or titles that count aims: 'Mission 1: …', 'Objective 2: …'."""
        series: dict[tuple[int | None, str], list[Part]] = {}
        for part in self.outline.parts:
            if part.mark in _AIMS or _AIM.fullmatch(part.mark):
                series.setdefault((part.under, part.mark), []).append(part)
        for parts in series.values():
            groups = [(p, g) for p in parts if (g := self._named_title(p))]
            if not groups or len(parts) < LEAST:
                continue
            first, last = parts[0], parts[-1]
            made = Declaration(
                start=self.outline.document.blocks[first.block].start,
                end=first.start,
                phrase=self._quoted(self.outline.document.blocks[first.block].start, first.start),
                polarity=Polarity.CHOSEN,
                voice=Voice.OWN,
                form=Form.OBJECTIVES,
                extent=(first.start, last.end),
                ended_by="the last of its numbers",
                members=self._members(
                    [g for _, g in groups], [p.count[-1] if p.count else None for p, _ in groups]
                ),
                sure=first.mark in ("priority", "priorities"),
            )
            hits = tuple(h for _, group in groups for h in group)
            yield _Raw(self._fit(made, first, self.text[first.start : first.end]), hits)
