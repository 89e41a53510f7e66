"""Whether a sentence says where it has its knowledge from: a note, a named body, a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from stratlint.rules.claims.answers import answered, stems_of
from stratlint.rules.view import View
from stratlint.text.wordings import Phrases, WordFile, Wordings, words_of

_CITED = re.compile(
    r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]"
    r"|\((?:see |cf\.? |e\.g\.,? )?[A-Z][\w&.,;’'\s-]{1,80}(?:19|20)\d\d[a-z]?\)"
    r"|\b[A-Z][\w’'-]+(?: et al\.?,?| and [A-Z][\w’'-]+)? \((?:19|20)\d\d[a-z]?\)"
    r"|https?://|\bwww\.",
)
_MARK = r"[.,;:”’\"')]"
# The digit comes first, as there are few: what stands before it is looked at only then.
_FUSED = re.compile(
    rf"\d(?:(?:(?<=[a-z%)]{_MARK}{_MARK}\d)(?P<marks>)|(?<=[a-z%)]{_MARK}\d)(?P<mark>))"
    r"\d{0,2}(?=\s|$)|(?<=[a-z]{3}\d)\d?(?=[.,;](?:\s|$)))"
)
"""Note markers that a plain text file has kept: 'clusters.6', 'Review,4'."""


class Words(WordFile):
    """``rules/language/claims/sources.yaml``."""

    named: Phrases
    exhibit: Phrases
    studied: Phrases
    goes_on: Wordings


_wordings = words_of("claims/sources", Words)
_ALIKE = 1
"""Telling words that a sentence shares with one just before whose note answers for it too."""
_TORN = 3
"""Pieces into which a narrow column may have torn a sentence."""
_BACKWARD = 3
_FORWARD = 3


def sourced(view: View) -> frozenset[int]:
    """Sentences whose source is named: in them, beside them, or by a note in their paragraph.

    A note marker answers for its own sentence and the three before it; a named source for its
    own and the three after it; a table or figure that is referred to for the rest of the
    paragraph.
    """
    return view.remember("sourced", lambda: frozenset(_sourced(view)))


def _sourced(view: View) -> Iterable[int]:
    named = own_sources(view)
    noted = noted_sentences(view)
    exhibits = frozenset(m.sentence for m in view.find(_wordings().exhibit))
    first_shown = cache(lambda paragraph: min(paragraph & exhibits, default=None))
    credited = _credited_blocks(view)
    studied = noted & {m.sentence for m in view.find(_wordings().studied)}
    # Of most sentences these tell at once that nothing is near enough to answer for them.
    by_note = {s - n for s in noted for n in range(_BACKWARD + 1)}
    by_name = {s + n for s in named for n in range(-1, _FORWARD + 1)}
    after = {s + n for s in noted for n in (1, 2)}
    every = named | noted | exhibits
    for index in range(len(view.analysis.sentences)):
        if view.analysis.sentences[index].block in credited:
            yield index
            continue
        paragraph = whole_paragraph(view, index)
        if (
            (
                index in by_note
                and any(s in noted and s in paragraph for s in range(index, index + _BACKWARD + 1))
            )
            or (
                index in by_name
                and any(s in named and s in paragraph for s in range(index - _FORWARD, index + 2))
            )
            or ((shown := first_shown(paragraph)) is not None and shown <= index)
            or (index in after and _continues(view, index, noted, paragraph))
            or _led_in(view, index, every)
            or answered(view, index, studied)
        ):
            yield index


def _continues(view: View, index: int, noted: frozenset[int], paragraph: frozenset[int]) -> bool:
    """Whether a sentence goes on with what a note before it in the paragraph has sourced.

    The next sentence does where it opens with 'However' or 'This'; it and the one after it do
    where they speak of the same thing.
    """
    before = [s for s in (index - 1, index - 2) if s in noted and s in paragraph]
    if index - 1 in before and _wordings().goes_on.match(view.text(index)):
        return True
    return any(len(stems_of(view, s) & stems_of(view, index)) >= _ALIKE for s in before)


def whole_paragraph(view: View, index: int) -> frozenset[int]:
    """The sentences of a paragraph, with those of a neighbour where one breaks off into it.

    All sentences of a block have the same one: what is kept by it is found once a paragraph.
    """
    known: dict[int, frozenset[int]] = view.remember("whole paragraphs", dict)
    block = view.analysis.sentences[index].block
    if block not in known:
        known[block] = frozenset(_whole_paragraph(view, index))
    return known[block]


def _whole_paragraph(view: View, index: int) -> list[int]:
    found = list(view.around(index, "paragraph"))
    before = found[0] - 1
    for _ in range(_TORN):
        if before < 0 or not _breaks_off(view, before):
            break
        found = [*view.around(before, "paragraph"), *found]
        before = min(found) - 1
    following = found[-1] + 1
    if following < len(view.analysis.sentences) and _breaks_off(view, found[-1]):
        found += view.around(following, "paragraph")
    return found


def _breaks_off(view: View, sentence: int) -> bool:
    """Whether a sentence of running text stops in the middle, as before a picture."""
    text = view.text(sentence).rstrip()
    return view.setting(sentence) == "paragraph" and text[-1:].isalpha() and len(text.split()) > 3


def _led_in(view: View, index: int, sources: frozenset[int]) -> bool:
    """Whether the paragraph that introduces a list names the source of its items."""
    lead = view.block(index).lead_in
    if lead is None or view.setting(index) != "list_item":
        return False
    block = view.document.blocks[lead]
    first = view.sentence_at(block.start)
    return any(
        s in sources
        for s in view.around(index, "paragraph")
        if first is not None and s >= first and view.analysis.sentences[s].block == lead
    )


def own_sources(view: View) -> frozenset[int]:
    """Sentences that name a source or cite one in words."""
    return view.remember("own sources", lambda: frozenset(_own(view)))


def _own(view: View) -> Iterable[int]:
    yield from (match.sentence for match in view.find(_wordings().named))
    yield from cited_sentences(view)


def cited_sentences(view: View) -> frozenset[int]:
    """Sentences with a citation in brackets or a web address."""
    return view.remember(
        "cited",
        lambda: frozenset(
            index for index in view.holding(_CITED) if _CITED.search(view.text(index))
        ),
    )


def cited_works(text: str) -> frozenset[str]:
    """The citations in a text, each once."""
    return frozenset(found.group() for found in _CITED.finditer(text))


def noted_sentences(view: View) -> frozenset[int]:
    """Sentences with a note marker in them or at their end."""
    return view.remember("noted", lambda: frozenset(_noted(view)))


def _noted(view: View) -> Iterable[int]:
    text = view.document.text
    for offset in view.document.notes:
        # The marker often stands apart from the sentence that it closes.
        index = view.sentence_at(_last_letter(text, offset))
        if index is not None:
            yield index
    if not view.document.notes:
        for found in _FUSED.finditer(text):
            before = {"marks": 3, "mark": 2}.get(found.lastgroup or "", 0)
            index = view.sentence_at(found.start() - before)
            if index is not None:
                yield index


def _last_letter(text: str, offset: int) -> int:
    """Where the last sign before an offset stands."""
    while offset > 0 and text[offset - 1].isspace():
        offset -= 1
    return max(0, offset - 1)


def _credited_blocks(view: View) -> frozenset[int]:
    """Blocks that are followed by a line that begins with 'Source'."""
    blocks, text = view.document.blocks, view.document.text
    return frozenset(
        index
        for index in range(len(blocks) - 1)
        if text[blocks[index + 1].start : blocks[index + 1].start + 7]
        .casefold()
        .startswith("source")
    )
