"""Profiles as a reader wants them: the answer, its measured parts, a few sentences of evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stratlint.records import DocumentAnalysis, Finding, Profile, Quotation, Record
from stratlint.reporting.hygiene import one_line
from stratlint.reporting.index import Index
from stratlint.reporting.words import number
from stratlint.rules.profiles.questions import questions

KINDS = {
    "journey": "Innovation journey",
    "leadership": "Leadership",
    "cities": "Cities",
    "rural": "Rural areas",
    "network": "Network of places",
    "themes": "Themes of a spatially aware strategy",
}
SCORES = {"absent": 0, "passing": 0, "claimed": 1, "evidenced": 2, "acted on": 3}
"""Steps of shade by how far a theme is taken; a word in passing is shaded as if absent."""
_QUOTATIONS = {"journey": 1, "leadership": 1, "cities": 0, "rural": 0, "network": 0, "themes": 0}
_STYLES = {
    "orchestral": "orchestral: many players, one conductor",
    "barber-shop quartet": "a quartet: few players, who decide together",
    "enthusiastic improvisation": "improvisation: few players, each on their own",
    "jamming super-group": "a super-group: many players, nobody conducts",
}
"""The briefing's four styles of leadership with what they mean."""
_PAGES = 4
_NAMES = 8


QUESTIONS = "questions"
"""The profile that is a table of answers, shown by itself."""


class Answered(Record):
    """A question that a careful reader asks, what the text says to it, and where."""

    asks: str
    value: str
    quotation: Quotation | None
    findings: tuple[Finding, ...] = ()
    """The first finding of each rule that answers it too: it must not say the opposite."""


class Stage(Record):
    """One stage of the journey with the sentences that speak for it."""

    letter: str
    sentences: int
    current: bool


class ProfileView(Record):
    """A profile to show: rows are (label, words); ``pages`` are places of further evidence."""

    kind: str
    title: str
    value: str
    summary: str
    stages: tuple[Stage, ...]
    rows: tuple[tuple[str, str], ...]
    quotations: tuple[Quotation, ...]
    pages: tuple[Quotation, ...]


class ThemeCell(Record):
    """How far one document takes one theme: the word for it and its step, 0 to 3."""

    word: str
    step: int
    sentences: int


class ThemeRow(Record):
    """One theme over all documents; a document without a profile has None."""

    name: str
    looked_for: str
    cells: tuple[ThemeCell | None, ...]


def profiles(index: Index, analysis: DocumentAnalysis) -> tuple[ProfileView, ...]:
    """The profiles of a document; a sentence is quoted under one of them only."""
    seen: set[tuple[int, int]] = {
        (q.start, q.end) for p in analysis.priorities for q in p.evidence[:1]
    }
    made = []
    for profile in index.profiles(analysis):
        if profile.kind == QUESTIONS:
            continue
        fresh = [q for q in profile.quotations if (q.start, q.end) not in seen]
        fresh = fresh[: _QUOTATIONS.get(profile.kind, 1)]
        seen |= {(q.start, q.end) for q in fresh}
        made.append(
            ProfileView(
                kind=profile.kind,
                title=KINDS.get(profile.kind, profile.kind),
                value=_STYLES.get(profile.value, profile.value),
                summary=profile.summary,
                stages=_stages(profile),
                rows=_rows(profile),
                quotations=tuple(fresh),
                pages=_pages(profile) if not fresh else (),
            )
        )
    return tuple(made)


def _pages(profile: Profile) -> tuple[Quotation, ...]:
    """One quotation for each page that the evidence stands on, in page order."""
    found = {q.page: q for q in reversed(profile.quotations)}
    return tuple(found[page] for page in sorted(found))[:_PAGES]


def _stages(profile: Profile) -> tuple[Stage, ...]:
    counts = profile.facts.get("sentences")
    if profile.kind != "journey" or not isinstance(counts, Mapping):
        return ()
    current = profile.facts.get("stage")
    return tuple(
        Stage(letter=str(letter), sentences=int(n), current=letter == current)
        for letter, n in counts.items()
    )


def _rows(profile: Profile) -> tuple[tuple[str, str], ...]:
    """What the summary does not say already."""
    if profile.kind == "network":
        return _places(profile.facts.get("nodes", ()))
    if profile.kind in KINDS:
        return ()  # their summaries say it
    words = ((key, _words(value)) for key, value in profile.facts.items())
    return tuple((key.replace("_", " "), said) for key, said in words if said is not None)


def _places(nodes: Any) -> tuple[tuple[str, str], ...]:
    """Places named together, inside the boundary and beyond it, most often named first."""
    ranked = sorted(
        (n for n in nodes if isinstance(n, Mapping)),
        key=lambda n: (-int(n.get("count", 0)), str(n.get("name"))),
    )
    rows = []
    for label, inside in (("inside the boundary", True), ("beyond it", False)):
        named = [one_line(f"{n.get('name')} ({n.get('count')})") for n in ranked]
        kept = [w for w, n in zip(named, ranked, strict=True) if n.get("inside") is inside]
        if len(kept) > _NAMES:
            kept = [*kept[:_NAMES], f"and {number(len(kept) - _NAMES)} more"]
        rows.append((label, ", ".join(kept) or "none"))
    return tuple(rows)


def _words(value: Any) -> str | None:
    """A simple fact in words; None for one that would need a table."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        if not all(isinstance(entry, (str, int)) for entry in value):
            return None
        return one_line(", ".join(str(entry).replace("_", " ") for entry in value)) or "none"
    return None if value is None or isinstance(value, Mapping) else one_line(str(value))


def themes(index: Index) -> tuple[ThemeRow, ...]:
    """Themes by document: how far each is taken, from absent to acted on."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for profile in index.result.profiles:
        analysis = index.analysis(profile.document)
        if profile.kind == "themes" and analysis is not None:
            for key, fact in profile.facts.items():
                if isinstance(fact, Mapping) and fact.get("score") in SCORES:
                    found.setdefault(key, {})[analysis.document.source] = fact
    rows = []
    for key, facts in found.items():
        first = next(iter(facts.values()))
        rows.append(
            ThemeRow(
                name=one_line(str(first.get("name", key.replace("_", " ")))),
                looked_for=one_line(str(first.get("looked_for", ""))),
                cells=tuple(_cell(facts.get(a.document.source)) for a in index.ordered),
            )
        )
    return tuple(rows)


def _cell(fact: Mapping[str, Any] | None) -> ThemeCell | None:
    if fact is None:
        return None
    score = str(fact["score"])
    return ThemeCell(word=score, step=SCORES[score], sentences=int(fact.get("sentences", 0) or 0))


def answers(index: Index, analysis: DocumentAnalysis) -> tuple[Answered, ...]:
    """The questions of a careful reader with the document's answers, in their order."""
    answered_by = {q.id: q.answered_by for q in questions()}
    first = {f.rule: f for f in reversed(index.findings(analysis))}
    for profile in index.profiles(analysis):
        if profile.kind == QUESTIONS:
            return tuple(
                _answered(profile, fact, tuple(first[r] for r in answered_by[key] if r in first))
                for key, fact in profile.facts.items()
                if isinstance(fact, Mapping)
            )
    return ()


def _answered(profile: Profile, fact: Mapping[str, Any], findings: tuple[Finding, ...]) -> Answered:
    value = _answer(fact["value"])
    place = fact["quotation"]
    own = (q for f in findings for q in f.quotations if q.document == f.document)
    return Answered(
        asks=str(fact["asks"]),
        value="" if findings and value in _NOTHING else value,
        quotation=profile.quotations[place] if place is not None else next(own, None),
        findings=findings,
    )


_NOTHING = ("nothing found against it", "no", "none", "unclear", "cannot tell")
"""Answers that a finding on the same page makes untrue."""
_SHARE = re.compile(r"[01]\.\d")


def _answer(value: object) -> str:
    """An answer in words: lists named, 'three or more', 'one or two', 'nine in ten'."""
    if isinstance(value, (list, tuple)):
        return ", ".join(one_line(str(entry)) for entry in value) or "none"
    text = one_line(str(value)).replace("_", " ")
    if _SHARE.fullmatch(text):
        tenths = round(float(text) * 10)
        return {0: "none", 10: "all"}.get(tenths, f"{number(tenths)} in ten")
    least, open_, _ = text.partition("+")
    if open_ and least.isdecimal():
        return f"{number(int(least))} or more"
    first, _, last = text.partition("-")
    if first.isdecimal() and last.isdecimal():
        return f"{number(int(first))} or {number(int(last))}"
    return {"0": "none"}.get(text, text)
