"""Risks that a plan names and does not answer: a list, a table or a sentence of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Role, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.wording import count
from stratlint.rules.world import World
from stratlint.text.quoting import cut
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of


class Words(WordFile):
    """``rules/language/checks/risks.yaml``."""

    title: Wordings
    other_title: Wordings
    alone: Wordings
    named: Wordings
    announced: Wordings
    answer: Wordings
    no_answer: Wordings
    response: Wordings
    grades: Wordings
    before: Wordings
    risky: Wordings
    fragment: Wordings
    second: ExactWordings
    parts: ExactWordings
    stops: ExactWordings
    wanted: Wordings
    sure: Wordings
    blank: Wordings
    risk: Wordings


_wordings = words_of("checks/risks", Words)
_TITLE_WORDS = 8
"""Words of a line that may be a title, though the layout does not show it as one."""
_REACH = 60
"""Blocks below a title that are read: a chapter on risks is a page, and a text may have many."""
_NEAR = 8
"""Sentences of the same paragraph in which an answer may stand."""
_FIRST = 3
"""Words of a longer title among which it says so."""
_PROSE = 6
"""Sentences up to which a chapter tells one risk in each."""
_NUMBER = re.compile(r"^\W*(?:[\dA-Z]\.?)*\d?[.)]?\s")


class Options(Editable):
    """``risks_at_least`` are named, and ``unanswered_at_least`` of them have no answer."""

    risks_at_least: int = Field(default=3, ge=2)
    unanswered_at_least: float = Field(default=0.75, gt=0, le=1)


class Risks(Record, frozen=True):
    """Risks that stand together: how many, and the words and places of those without an answer."""

    number: int
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def _run(options: Options, view: View, _world: World) -> Iterator[Hit]:
    for risks in (*_tabled(view), *_under_titles(view), *_in_sentences(view)):
        left = len(risks.words)
        if risks.number < options.risks_at_least or left < options.risks_at_least - 1:
            continue
        if left < options.unanswered_at_least * risks.number:
            continue
        index = view.sentence_at(risks.spans[0][0])
        match = Match(
            start=risks.spans[0][0], end=risks.spans[0][1], sentence=index or 0, phrase="risks"
        )
        if is_anothers(view, match):
            continue
        yield Hit(
            document=view.source,
            region=view.region,
            holes={
                "risks": count(risks.number, "risk"),
                "left": "none" if left == risks.number else f"only {risks.number - left}",
                "words": cut(risks.words[0].strip(" •–—-*·.;"), 70),
            },
            quotations=tuple(view.quote(*span) for span in dict.fromkeys(risks.spans[:3])),
            subject="risks",
            weight=left,
        )
        return


def _tabled(view: View) -> Iterator[Risks]:
    """Tables of risks with nothing, or next to nothing, in the place of an answer."""
    for table in tables_of(view):
        label = table.heads[0] if table.heads else ""
        if not _wordings().risk.search(label) or _wordings().other_title.search(label):
            continue
        places = [
            n for n, head in enumerate(table.heads) if n and _wordings().response.search(head)
        ]
        graded = any(_wordings().grades.search(head) for head in table.heads[1:])
        if not places and not (graded and _only_grades(table)):
            continue
        left = [
            row
            for row in table.rows
            if all(
                _wordings().blank.fullmatch(row.cells[n].text) if n < len(row.cells) else True
                for n in places
            )
        ]
        yield Risks(
            number=len(table.rows),
            words=tuple(row.label for row in left),
            spans=tuple((row.cells[0].start, row.cells[-1].end) for row in left if row.cells),
        )


def _only_grades(table: Table) -> bool:
    """Whether no other cell says more than a grade: 'High', '3', 'Red'."""
    return all(len(c.text.split()) <= 3 for row in table.rows for c in row.cells[1:])


def _under_titles(view: View) -> Iterator[Risks]:
    """Lists and sentences below a title that speaks of risks."""
    blocks = view.document.blocks
    for index, block in enumerate(blocks):
        title = view.document.block_text(index)
        short = block.role is Role.HEADING or (
            block.role in (Role.PARAGRAPH, Role.LIST_ITEM)
            and _wordings().alone.fullmatch(title) is not None
        )
        if (
            not short
            or not _wordings().title.search(title)
            or _wordings().other_title.search(title)
        ):
            continue
        items: list[int] = []
        texts: list[int] = []
        for number in range(index + 1, min(len(blocks), index + _REACH)):
            role = blocks[number].role
            if role is Role.HEADING or (role is Role.TABLE_ROW) or _is_title(view, number):
                break
            (items if role is Role.LIST_ITEM else texts).append(number)
        said = [s for n in texts for s in view.of_block(n)]
        if items and any(
            _answered(view.text(s)) and not _wordings().named.search(view.text(s)) for s in said
        ):
            continue
        if items:
            yield _of_blocks(view, items)
        elif block.role is Role.HEADING and (_is_of_risks(title) or _announces(view, said)):
            yield _of_sentences(view, said)


def _is_of_risks(title: str) -> bool:
    """Whether a title speaks of risks first: 'Governance, money and risk' tells more before."""
    words = _NUMBER.sub("", title).split()
    return _wordings().title.search(
        " ".join(words[: _FIRST + 2])
    ) is not None and not _wordings().before.search(title)


def _announces(view: View, sentences: list[int]) -> bool:
    return any(_wordings().announced.search(view.text(s)) for s in sentences)


def _is_title(view: View, number: int) -> bool:
    """Whether a block of a list is the title of another: '25. MONITORING'."""
    text = view.document.block_text(number)
    return text.isupper() and len(text.split()) <= _TITLE_WORDS


def _of_blocks(view: View, items: list[int]) -> Risks:
    blocks = view.document.blocks
    texts = [(view.document.block_text(n), (blocks[n].start, blocks[n].end)) for n in items]
    # What is offered against risks is no risk: 'a helpline for farmers'.
    if any(_wordings().wanted.search(text) for text, _ in texts):
        return Risks(number=0, words=(), spans=())
    left = [(t, span) for t, span in texts if not _answered(t)]
    return Risks(
        number=len(texts), words=tuple(t for t, _ in left), spans=tuple(s for _, s in left)
    )


def _of_sentences(view: View, sentences: list[int]) -> Risks:
    """Risks that are told one to a sentence; all of them, or none, have an answer."""
    announced = [s for s in sentences if _wordings().announced.search(view.text(s))]
    if announced:
        sentences = [s for s in sentences if s > announced[0]]
    if any(_wordings().named.search(view.text(s)) or _answered(view.text(s)) for s in sentences):
        return Risks(number=0, words=(), spans=())
    named = [s for s in sentences if not _wordings().no_answer.search(view.text(s))]
    if len(named) > 1 and any(_may_answer(view.text(s)) for s in named):
        return Risks(number=0, words=(), spans=())
    # A page on risks argues about them: it is no list told in sentences.
    if len(named) > _PROSE:
        return Risks(number=0, words=(), spans=())
    spans = [(view.analysis.sentences[s].start, view.analysis.sentences[s].end) for s in named]
    if len(named) == 1:
        parts = tuple(p.strip() for p in _wordings().stops.split(view.text(named[0])) if p.strip())
        return Risks(number=len(parts), words=parts, spans=tuple(spans))
    return Risks(number=len(named), words=tuple(view.text(s) for s in named), spans=tuple(spans))


def _may_answer(text: str) -> bool:
    """Whether a sentence on a page of risks may tell an answer in words of its own."""
    if _wordings().fragment.fullmatch(text) or text.startswith("That "):
        return False
    return _wordings().risky.search(text) is None or _wordings().second.search(text) is not None


def _in_sentences(view: View) -> Iterator[Risks]:
    """Sentences that name several risks, with no answer in what stands around."""
    for index in view.holding(_wordings().named):
        sentence, text = view.analysis.sentences[index], view.text(index)
        found = _wordings().named.search(text)
        if found is None or view.setting(index) not in ("paragraph", "list_item"):
            continue
        # 'Recognising that the risks are growing' names none.
        if len(text[: found.start()].split()) > _FIRST + 2:
            continue
        last = min(len(view.analysis.sentences), index + _NEAR + 1)
        near = (s for s in range(max(0, index - _NEAR), last) if s != index)
        around = [s for s in near if view.analysis.sentences[s].block == sentence.block]
        tail = text[found.end() :]
        if (
            any(_answered(view.text(s)) for s in around)
            or _answered(text)
            or _wordings().other_title.search(text[: found.end()])
        ):
            continue
        # Semicolons part what has commas in it.
        cut_at = _wordings().stops if ";" in tail else _wordings().parts
        parts = [p.strip(" :") for p in cut_at.split(tail) if len(p.strip(" :")) > 3]
        yield Risks(
            number=len(parts),
            words=tuple(parts),
            spans=((sentence.start, sentence.end),),
        )


def _answered(text: str) -> bool:
    """Whether a risk is told with its answer; a review or a report is none."""
    if _wordings().sure.search(text):
        return True
    return _wordings().answer.search(text) is not None and not _wordings().no_answer.search(text)


CHECK = Check(
    name="unanswered-risks",
    level="document",
    options=Options,
    holes={"risks": "4 risks", "left": "none", "words": "Orders for the yard are reduced"},
    run=_run,
    doc="Risks that are named, in a list, a table or a sentence, with no answer to them.",
)
