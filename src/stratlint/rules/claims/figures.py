"""Sentences that state a figure: its source, its year, and whether it is the country's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from stratlint.records import Record
from stratlint.rules.claims import figurewords as words
from stratlint.rules.claims.sources import sourced, whole_paragraph
from stratlint.rules.view import View
from stratlint.text.phrases import phrase_set


class Statistic(Record, frozen=True):
    """A figure in a sentence.

    ``describes`` is False for targets, budgets and thresholds; ``sourced`` as in
    :func:`stratlint.rules.claims.sources.sourced`; ``year`` is the latest of the paragraph.
    """

    start: int
    end: int
    sentence: int
    year: int | None
    sourced: bool
    national: bool
    describes: bool


def numbers_of(view: View) -> frozenset[int]:
    """Sentences that state any quantity, of whatever kind: years and list numbers are none."""
    return view.remember("numbers", lambda: frozenset(_numbers(view)))


def _numbers(view: View) -> Iterable[int]:
    yield from (match.sentence for match in view.find(words.wordings().spelt))
    referring = view.holding(words.wordings().reference)
    for index in view.holding(words.DIGIT):
        if view.setting(index) in ("contents", "running_head", "references", "footnote"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        if index in referring:
            text = words.wordings().reference.sub(" ", text)
        if view.setting(index) == "heading" and not words.wordings().statistic.search(text):
            continue
        for found in words.NUMBER.finditer(text):
            word = found.group()
            opens = found.start() <= 2 and view.setting(index) in ("heading", "list_item")
            if not opens and not words.YEAR.fullmatch(word):
                yield index
                break


def statistics_of(view: View) -> list[Statistic]:
    """The first figure of every sentence of running text that states one, in order."""
    return list(view.remember("statistics", lambda: list(_statistics(view))))


def _statistics(view: View) -> Iterable[Statistic]:
    with_source = sourced(view)
    forward = {m.sentence for m in view.find(words.wordings().forward)}
    budgets = {m.sentence for m in view.find(words.wordings().budget)}
    asked = {m.sentence for m in view.find(words.wordings().asked)}
    names = {
        place
        for name in view.find(phrase_set(words.wordings().not_national))
        for place in range(name.start, name.end)
    }
    national = {
        m.sentence for m in view.find(phrase_set(words.wordings().national)) if m.start not in names
    }
    local = {m.sentence for m in view.find(phrase_set(words.wordings().local))}
    year_of = cache(lambda paragraph: _year(view, paragraph))
    for index in view.holding(words.wordings().statistic):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence = view.analysis.sentences[index]
        text = view.document.text[sentence.start : sentence.end]
        found = words.wordings().statistic.search(text)
        if found is None:
            continue
        is_share = "%" in found.group() or "cent" in found.group().casefold()
        is_money = words.wordings().money.search(found.group()) is not None
        own_doing = index in budgets and (
            not is_share or words.wordings().money.search(text) is not None
        )
        yield Statistic(
            start=sentence.start + found.start(),
            end=sentence.start + found.end(),
            sentence=index,
            year=year_of(whole_paragraph(view, index)),
            sourced=index in with_source,
            national=index in national and not (index in local or _names_own_place(view, index)),
            describes=not (
                index in forward
                or own_doing
                or index in asked
                or (is_money and words.wordings().economy.search(text) is None)
                or found.group().startswith("100%")
                or (found.start() < 2 and words.NUMBERED.match(text) is not None)
                or _is_label(view, index, text)
                or _looks_ahead(view, text)
            ),
        )


def _looks_ahead(view: View, text: str) -> bool:
    """Whether a sentence names a year that was still to come when the document was written."""
    published = view.document.year
    return published is not None and any(int(y) > published for y in words.YEAR.findall(text))


def _is_label(view: View, index: int, text: str) -> bool:
    """A few words are the label of a chart; a list item in the imperative is an action."""
    said = text.split()
    in_list = view.setting(index) == "list_item"
    ended = len(said) > words.LABEL and text.rstrip().endswith(".") and not in_list
    if len(said) < words.LABEL or not (ended or any(_is_verb(word) for word in said)):
        return True
    if not in_list:
        return False
    first = next((w for w in said if w.isalpha()), "").casefold()
    return first in words.wordings().imperatives


def _is_verb(word: str) -> bool:
    """Whether a word looks like one of the verbs by which figures are stated."""
    plain = word.strip("(),.;:'’").casefold()
    return plain in words.wordings().verbs or (plain.endswith("ed") and len(plain) > 4)


def _year(view: View, paragraph: Iterable[int]) -> int | None:
    """The latest year of a paragraph: the one its figures are at least as old as."""
    years = [int(y) for s in paragraph for y in words.YEAR.findall(view.text(s))]
    return max(years, default=None)


def _names_own_place(view: View, sentence: int) -> bool:
    """Whether a sentence names a place of the document's own region."""
    if view.region is None:
        return False
    return view.region.casefold() in view.text(sentence).casefold() or any(
        place.region == view.region for place in view.places_by_sentence.get(sentence, [])
    )
