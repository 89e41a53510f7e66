"""Success that is to be measured by what has no value: measures without a figure, or put off."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Role, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.quoting import cut
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/measures.yaml``."""

    heading: Wordings
    other_heading: Wordings
    measured: Wordings
    leading: Wordings
    past: ExactWordings
    outcome: Wordings
    value: Wordings
    aimed: Wordings
    elsewhere: Wordings
    valued: Wordings
    wanted: Wordings
    label: Wordings
    money: Wordings
    names_a_measure: Wordings
    works: Wordings
    parts: Wordings
    numbered: Wordings
    no_value: Wordings
    open: Wordings


_wordings = words_of("checks/measures", Words)
_TITLE = 4
"""Words of a line that is a title."""
_TOLD = 8
"""Words at the beginning of a sentence that tell whether it looks back: 'was judged by'."""
_SEVERAL = 3
"""Titles 'Indicator 1', 'Indicator 2' of a text that tells each at length."""
_SHOWN = 60


class Options(Editable):
    """``deferred`` are words by which measures, baselines or targets are put off."""

    deferred: tuple[PhraseText, ...] = ()
    measures_at_least: int = Field(default=3, ge=1)
    """Measures that are named without a figure; one or two may be asides."""
    open_at_least: float = Field(default=0.5, gt=0, le=1)
    """Share of the cells for values, or of listed measures, that are left open."""


class Named(Record, frozen=True):
    """Measures that a passage names: where, each of them, how many have a value, what to show."""

    span: Span
    sentence: int
    items: tuple[str, ...]
    valued: int
    words: str = ""


def _run(options: Options, view: View, _world: World) -> Iterator[Hit]:
    yield from _open_tables(options, view)
    if _has_values(view):
        return
    yield from _deferred(options, view)
    told: set[int] = set()
    for named in (*_in_chapters(view), *_in_sentences(view), *_in_tables(options, view)):
        without = len(named.items) - named.valued
        if named.sentence in told or without < options.measures_at_least:
            continue
        if named.valued and without < options.open_at_least * len(named.items):
            continue
        told.add(named.sentence)
        match = Match(
            start=named.span[0], end=named.span[1], sentence=named.sentence, phrase="named"
        )
        if not is_anothers(view, match):
            share = f"of {len(named.items)} measures {without} have no value and no target"
            yield _hit(view, match, share if named.valued else _NOTHING, named.words)


_NOTHING = "no table gives a measure with its value today or a target"


def _has_values(view: View) -> bool:
    """Whether a table gives measures with their values, or each has a title of its own."""
    titles = (view.document.block_text(n) for n in range(len(view.document.blocks)))
    if sum(_wordings().numbered.match(title) is not None for title in titles) >= _SEVERAL:
        return True
    for table in tables_of(view):
        heads = [head for head in table.heads[1:] if _wordings().valued.search(head)]
        numbers = [row for row in table.rows if any(c.value is not None for c in row.cells[1:])]
        labelled = any(_wordings().label.search(head) for head in table.heads[:2]) and not any(
            _wordings().money.search(head) for head in table.heads
        )
        wanted = any(_wordings().wanted.search(head) for head in table.heads)
        if len(numbers) >= 2 and ((labelled and heads) or wanted):
            return True
    return False


def _open_tables(options: Options, view: View) -> Iterator[Hit]:
    """Tables of measures whose cells for values are left open, though some may be filled."""
    for table in tables_of(view):
        places = [n for n, head in enumerate(table.heads) if n and _wordings().wanted.search(head)]
        cells = [c for n in places for c in table.column(n) if c is not None]
        left = [c for c in cells if _wordings().open.fullmatch(c.text)]
        # An empty cell may be one that the row above spans: words say that it is open.
        words = [c for c in left if c.text.strip("–—- ")]
        if len(table.rows) < options.measures_at_least or not words:
            continue
        if len(left) >= options.open_at_least * len(cells):
            yield Hit(
                document=view.source,
                region=view.region,
                holes={
                    "words": words[0].text,
                    "wanting": f"{len(left)} of {len(cells)} values in the table of measures are "
                    "left open",
                },
                quotations=tuple(
                    view.quote(
                        view.document.blocks[r.block].start, view.document.blocks[r.block].end
                    )
                    for r in table.rows[:2]
                ),
            )


def _deferred(options: Options, view: View) -> Iterator[Hit]:
    skip = ("heading", "quotation", "contents", "references", "running_head", "caption", "footnote")
    for match in view.find(phrase_set(options.deferred), skip):
        if is_anothers(view, match):
            continue
        yield _hit(view, match, _NOTHING)


def _in_chapters(view: View) -> Iterator[Named]:
    """Chapters on how success is told that name measures: in a list, or in a sentence."""
    for index, block in enumerate(view.document.blocks):
        title = view.document.block_text(index)
        if block.role is not Role.HEADING or not _wordings().heading.search(title):
            continue
        under = [s for s in view.under(index) if view.setting(s) in ("paragraph", "list_item")]
        said = " ".join(view.text(s) for s in under)
        if _wordings().other_heading.search(title) or _wordings().elsewhere.search(said):
            continue
        # A value in a sentence that names no measure is of something else.
        plain = [s for s in under if view.setting(s) == "paragraph"]
        if any(
            _valued(t) and _wordings().outcome.search(t) and _wordings().aimed.search(t)
            for t in map(view.text, plain)
        ):
            continue
        yield from _listed(view, under)
        for sentence in plain:
            text = view.text(sentence)
            if _wordings().measured.search(text):
                yield from _spoken(view, sentence)


def _listed(view: View, under: list[int]) -> Iterator[Named]:
    """A list of measures: the first sentence of each item, in a chapter of such a heading."""
    firsts: dict[int, int] = {}
    for sentence in under:
        if view.setting(sentence) == "list_item":
            firsts.setdefault(view.analysis.sentences[sentence].block, sentence)
    items = [view.text(s) for s in firsts.values()]
    named = [
        item
        for item in items
        if _wordings().outcome.search(item) and not _wordings().works.search(item)
    ]
    if not items or len(named) * 2 < len(items):
        return
    first = next(
        s for s in firsts.values() if not _valued(view.text(s)) or s == list(firsts.values())[-1]
    )
    shown = view.analysis.sentences[first]
    yield Named(
        span=(shown.start, shown.end),
        sentence=first,
        items=tuple(named),
        valued=sum(_valued(item) for item in named),
        words="; ".join(_bare(item) for item in named if not _valued(item)),
    )


def _bare(item: str) -> str:
    """An item without its bullet and full stop."""
    return item.strip(" \t\n•–-*·.;")


def _in_sentences(view: View) -> Iterator[Named]:
    """Sentences that say by their first words that they list measures."""
    elsewhere: dict[int, bool] = {}
    for index in view.holding(_wordings().leading):
        text = view.text(index)
        if view.setting(index) not in ("paragraph", "list_item") or not _wordings().leading.search(
            text
        ):
            continue
        block = view.analysis.sentences[index].block
        if block not in elsewhere:
            around = view.around(index, "paragraph")
            elsewhere[block] = any(_wordings().elsewhere.search(view.text(s)) for s in around)
        if elsewhere[block]:
            continue
        # 'Monitoring. Twice a year the board hears of …': the next sentence may hold the list.
        # '25. MONITORING' is a title that the layout does not show as one.
        alone = len(text.split()) <= _TITLE and index + 1 < len(view.analysis.sentences)
        sentences = view.analysis.sentences
        after = index + 1 < len(sentences) and (alone or sentences[index + 1].block == block)
        for sentence in (index, index + 1) if after else (index,):
            yield from _spoken(view, sentence)


def _spoken(view: View, index: int) -> Iterator[Named]:
    """The measures that a sentence lists, with what stands before a colon left out."""
    text = view.text(index)
    tail = text.rpartition(":")[2] if _wordings().outcome.search(text.rpartition(":")[2]) else text
    # Semicolons part what has commas in it, and each part may have a value of its own.
    parts = tail.split(";") if tail.count(";") >= 2 else _wordings().parts.split(tail)
    items = tuple(part.strip() for part in parts if _wordings().outcome.search(part))
    if tail.count(";") >= 2 and len(items) > 1:
        # Where two of them are measures the others are: 'people who have stayed'.
        items = tuple(part.strip() for part in parts if part.strip())
    valued = sum(_valued(item) for item in items) if tail.count(";") >= 2 else 0
    if (_valued(text) and not valued) or _wordings().past.search(" ".join(text.split()[:_TOLD])):
        return
    sentence = view.analysis.sentences[index]
    yield Named(
        span=(sentence.start, sentence.end),
        sentence=index,
        items=items,
        valued=valued,
        words="; ".join(_bare(item) for item in items if not _valued(item)) if valued else "",
    )


def _in_tables(options: Options, view: View) -> Iterator[Named]:
    """Tables of measures that say who counts and how often, and give no value."""
    for table in tables_of(view):
        if not any(_wordings().names_a_measure.search(head) for head in table.heads[:2]):
            continue
        items = [row.label for row in table.rows if _wordings().outcome.search(row.label)]
        others = [c.text for row in table.rows for c in row.cells[1:]]
        if len(items) < options.measures_at_least or any(_valued(text) for text in others):
            continue
        block = view.document.blocks[table.rows[0].block]
        index = view.sentence_at(block.start)
        if index is not None and not any(_valued(item) for item in items):
            yield Named(span=(block.start, block.end), sentence=index, items=tuple(items), valued=0)


def _valued(text: str) -> bool:
    """Whether a sentence gives a value: 'five meetings' and years are none."""
    return _wordings().value.search(_wordings().no_value.sub(" ", text)) is not None


def _hit(view: View, match: Match, wanting: str, words: str = "") -> Hit:
    return Hit(
        document=view.source,
        region=view.region,
        holes={
            "words": cut(words or view.document.text[match.start : match.end], _SHOWN),
            "wanting": wanting,
        },
        quotations=(view.quote(match.start, match.end),),
    )


CHECK = Check(
    name="measures-without-values",
    level="document",
    options=Options,
    holes={"words": "indicators will be agreed", "wanting": _NOTHING},
    run=_run,
    doc="A text that says how success is told and gives no value of any measure, or puts it off.",
)
