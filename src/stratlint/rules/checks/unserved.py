"""What a plan wants or was told and does nothing about: a target, or a need, without a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.targets import targets_in
from stratlint.rules.claims.aims import aimed_lines, is_of_schemes, tells_now_and_then, under_titles
from stratlint.rules.claims.aims import wordings as aims_wordings
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.quoting import cut
from stratlint.text.wordings import WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/unserved.yaml``."""

    doing: Wordings
    numbered: Wordings
    not_done: Wordings
    aside: Wordings
    describes: Wordings
    first: Wordings
    row: Wordings
    own_first: Wordings
    said_by: Wordings
    pronoun: Wordings
    answered: Wordings
    measure: Wordings
    scheme: Wordings
    reply: Wordings
    obstacle: Wordings
    open: Wordings
    other: Wordings
    stock: Wordings


_wordings = words_of("checks/unserved", Words)
_NEAR = 2
"""Sentences of a paragraph before that of a need, which say what it is."""
_ONE = 14
"""Words up to which a line tells one target: of a longer one each group may find its own."""
_ITEM = 4
"""Words from which an item or a line says what is done, and does not only name."""
_SHOWN = 90


class Place(Record, frozen=True):
    """Where a target or a need stands: its sentences, and the span that names it."""

    sentences: tuple[int, ...]
    span: Span


class Group(Editable):
    """One thing: by which words it is ``named``, and by which words a measure for it goes."""

    what: str
    named: tuple[PhraseText, ...] = Field(min_length=1)
    served_by: tuple[PhraseText, ...] = Field(min_length=1)


class Options(Editable):
    """``groups`` of words; ``of``: results that are to be reached, or needs that come first."""

    of: Literal["targets", "needs"] = "targets"
    groups: tuple[Group, ...] = Field(min_length=1)
    doings_at_least: int = Field(default=4, ge=1)
    """A text that tells of fewer things to be done leaves them to another paper."""


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    named = [view.by_sentence(phrase_set(group.named)) for group in options.groups]
    anything = frozenset(s for held in named for s in held)
    targets = list(_targets(view, anything))
    places = targets if options.of == "targets" else list(_needs(view, anything))
    if not places:
        return
    paid = _paid(view)
    own = {s for place in (*targets, *places) for s in place.sentences}
    # What stands under their title in running text may be what is done.
    own |= {
        s
        for s in under_titles(view, aims_wordings().target_title)
        if view.setting(s) != "paragraph"
    }
    is_done = cache(lambda s: s not in own and _is_doing(view, s, paid))
    # As many as are asked for are enough to know: a plan has a thousand.
    doings = (s for s in range(len(view.analysis.sentences)) if is_done(s))
    if len(list(islice(doings, options.doings_at_least))) < options.doings_at_least:
        return
    taken: set[Span] = set()
    for group, held in zip(options.groups, named, strict=True):
        # What is told of one thing in particular is not told of another in general.
        at = [
            (place, s)
            for place in places
            for s in place.sentences
            if _names(place, held.get(s, ())) and place.span not in taken
        ]
        if not at:
            continue
        taken.update(place.span for place, s in at if len(view.text(s).split()) <= _ONE)
        if any(map(is_done, view.by_sentence(phrase_set(group.served_by)))):
            continue
        shown = list(dict.fromkeys(place.span for place, _ in at))
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"what": group.what, "words": _words(view, shown[0])},
            quotations=tuple(view.quote(*span) for span in shown[:2]),
            subject=group.what,
        )


def _words(view: View, span: Span) -> str:
    """What a target or a need says, on one line; of a row, the whole of it."""
    index = view.sentence_at(span[0])
    text = view.document.text[slice(*span)]
    if index is not None and view.setting(index) == "table_row":
        text = view.text(index)
    return cut(" ".join(text.split()).strip(" •–-"), _SHOWN)


def _names(place: Place, matches: Iterable[Match]) -> bool:
    return any(place.span[0] <= m.start and m.end <= place.span[1] for m in matches)


def _targets(view: View, named: frozenset[int]) -> Iterator[Place]:
    """The clauses of each target that says no more; of a list or a table, its rows one by one."""
    targets = targets_in(view, sorted(named))
    told = {target.span[0] for target in targets}
    lines: set[int] = set()
    for number in aimed_lines(view):
        block, within = view.document.blocks[number], tuple(view.of_block(number))
        lines.update(within)
        yield Place(sentences=within, span=(block.start, block.end))
    for table in tables_of(view):
        told_there = any(c.start in told for row in table.rows for c in row.cells)
        if is_of_schemes(table) or not (told_there or tells_now_and_then(table)):
            continue
        for row in table.rows:
            # What a row is about is its label; a further cell may tell what is done for it.
            label = next((c for c in row.cells if c.text == row.label), row.cells[0])
            if any(c.value is not None for c in row.cells if c.start > label.start):
                rows = tuple(view.of_block(row.block))
                yield Place(sentences=rows, span=(label.start, label.end))
    for target in targets:
        index = view.sentence_at(target.span[0])
        if index is None or view.setting(index) == "table_row" or index in lines:
            continue
        # 'We will fund a programme that helps firms to export' is target and measure in one.
        words = view.document.text[slice(*target.span)]
        if not (_wordings().measure.search(words) or aims_wordings().by_name.search(words)):
            yield Place(sentences=(index,), span=target.span)


def _needs(view: View, named: frozenset[int]) -> Iterator[Place]:
    """Sentences that say what is needed first; where one does not name it, its paragraph."""
    for index in view.holding(_wordings().first, _wordings().own_first):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence, text = view.analysis.sentences[index], view.text(index)
        own = view.search(_wordings().own_first, index) is not None
        asked: object = view.search(_wordings().first, index)
        if asked and not _wordings().said_by.search(text):
            earlier = view.text(index - 1) if index else ""
            asked = _wordings().said_by.search(earlier) and _wordings().pronoun.match(text)
        if not (own or asked) or _wordings().answered.search(text):
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase="need")
        if is_anothers(view, match) and "told" not in text:
            continue
        before = tuple(s for s in view.of_block(sentence.block) if s <= index)
        near = before if own else tuple(s for s in before if index - s <= _NEAR)
        block = view.document.blocks[sentence.block]
        heading = view.under(block.heading) if block.heading is not None else ()
        if index in named:
            # Of a row of concerns only the first is put first.
            row = _wordings().row.search(text)
            end = sentence.start + row.end() if row is not None else sentence.end
            yield Place(sentences=(index,), span=(sentence.start, end))
        elif named.intersection(near):
            yield Place(sentences=near, span=(block.start, block.end))
        elif own:
            # 'The damp should be treated as a matter of urgency': what it is stands further up.
            yield Place(sentences=before or tuple(heading[:1]), span=(block.start, block.end))
    yield from _unreplied(view)


def _unreplied(view: View) -> Iterator[Place]:
    """Rows of a table of obstacles and replies in which the reply is left open."""
    for table in tables_of(view):
        place = next(
            (n for n, head in enumerate(table.heads) if n and _wordings().reply.search(head)), None
        )
        if place is None or not _wordings().obstacle.search(table.heads[0]):
            continue
        for row in table.rows:
            reply = row.cells[place].text if place < len(row.cells) else ""
            if _wordings().open.fullmatch(reply.strip()) and not _wordings().other.match(row.label):
                yield Place(sentences=tuple(view.of_block(row.block)), span=row.span)


def _paid(view: View) -> frozenset[int]:
    """Blocks that are rows of money that is spent, or of things to be done."""
    return frozenset(
        row.block
        for table in tables_of(view)
        for row in table.rows
        if is_of_schemes(table)
        or (
            _wordings().scheme.search(row.label)
            and not any(_wordings().stock.search(head) for head in table.heads)
        )
        or any(
            cell.money and not _wordings().stock.search(head)
            for cell, head in zip(row.cells, (*table.heads, *[""] * len(row.cells)), strict=False)
        )
    )


def _is_doing(view: View, index: int, paid: frozenset[int]) -> bool:
    """Whether a sentence, an item or a row tells of something that is done or paid for."""
    setting = view.setting(index)
    if setting == "table_row":
        return view.analysis.sentences[index].block in paid
    if setting not in ("paragraph", "list_item", "footnote", "quotation"):
        return False
    if (
        index in _aside(view)
        or view.search(_wordings().describes, index)
        or view.search(_wordings().not_done, index)
    ):
        return False
    if len(view.text(index).split()) < _ITEM:
        return False
    if setting == "list_item" or view.search(_wordings().doing, index) is not None:
        return True
    return (
        _wordings().numbered.match(view.document.block_text(view.analysis.sentences[index].block))
        is not None
    )


def _aside(view: View) -> frozenset[int]:
    return view.remember("sentences set aside", lambda: under_titles(view, _wordings().aside))


CHECK = Check(
    name="unserved",
    level="document",
    options=Options,
    holes={"what": "exports", "words": "Firms exporting 57 115"},
    run=_run,
    doc="A target, or a need that comes first, for which nothing in the text is done.",
)
