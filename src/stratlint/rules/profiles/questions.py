"""What a careful reader asks of a strategy, answered with the place: 28 questions.

The questions stand in ``rules/language/questions.yaml``. An answer says what was found, never what
is so: 'absent' means looked for in all known wordings and not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.records import DocumentKind, Kind, Profile, Quotation
from stratlint.resources import data_dir
from stratlint.rules.check import CannotRunError, Hit
from stratlint.rules.checks.statistics import sentences_about
from stratlint.rules.claims.figures import statistics_of
from stratlint.rules.claims.voice import is_of_a_city
from stratlint.rules.hits import document_hits
from stratlint.rules.loader import every_rule
from stratlint.rules.profiles.stages import stage_of
from stratlint.rules.profiles.styles import UNKNOWN, style_of
from stratlint.rules.profiles.ties import partner_places, places_beyond
from stratlint.rules.rule import Rule
from stratlint.rules.themes import Score, ThemeScore
from stratlint.rules.view import View
from stratlint.rules.world import World
from stratlint.text.wordings import ExactWordings, WordFile, Wordings, words_of

CANNOT_TELL = "cannot tell"
DEFINED = 3
"""Sentences about a sector from which a reader can tell what is meant by it."""
OFTEN = 3
"""Places at which joint work with somebody named is spoken of, from which it is done; of 2, 3 and
5 the best on ten documents that readers had gone through."""
LEAST_FIGURES = 5
"""Figures that it takes to speak of a share of them."""


class Words(WordFile):
    """``rules/language/profiles/questions.yaml``."""

    joined: ExactWordings
    target: ExactWordings
    much: Wordings
    aimed: ExactWordings
    base: Wordings


_wordings = words_of("profiles/questions", Words)
_TOLD = (
    (("absent",), "Looked for and not found"),
    (("passing",), "Named in passing only"),
    (("said",), "Said, with nothing found to be done about it"),
    (
        ("no", "hardly any", "not each", "not for all of it"),
        "Its own pages speak against this, by rules that readers have yet to judge",
    ),
)
"""Answers that a draft's author should hear of, and how the list of them opens."""
_STRATEGIES = (Kind.STRATEGY, Kind.INNOVATION_STRATEGY)
_WORDS = {
    Score.ABSENT: "absent",
    Score.PASSING: "passing",
    Score.CLAIMED: "said",
    Score.EVIDENCED: "said",
    Score.ACTED_ON: "acted",
}


class Question(Editable):
    """One question: answered by a ``theme``, by what a ``rule`` finds, or ``by`` a function."""

    id: str
    asks: str
    short: str = ""
    """What is looked for, for the sentence that says what was not found; '' for what has no such
    answer, or one that readers found wrong too often (the stage's next moment: 3 of 3)."""
    theme: str | None = None
    or_else: str | None = None
    acted_from: int = Field(default=0, ge=0)
    """Sentences on the theme from which something is done about it, though no money or owner
    stands beside them (0: never). Set on ten documents that readers had gone through."""
    at_most: Literal["said", "acted"] = "acted"
    rule: str | None = None
    findings: tuple[str, ...] = ()
    """Further rules, in force, whose findings answer it: a report points to them."""
    answers: tuple[tuple[str, int], ...] = ()
    partly: str | None = None
    list: bool = False
    by: str | None = None
    rural: bool = False
    """Not asked of a city."""

    @property
    def answered_by(self) -> tuple[str, ...]:
        """Rules whose findings answer it."""
        return (*([self.rule] if self.rule else []), *self.findings)


class Questions(Editable):
    """``questions.yaml``."""

    questions: tuple[Question, ...]


Answer: TypeAlias = tuple[object, tuple[Quotation, ...]]


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """The questions in their order. Raises FileFault for a fault in the file."""
    return load_yaml(data_dir("rules") / "language" / "questions.yaml", Questions).questions


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in every_rule()}


def profile(view: View, world: World) -> Profile:
    """The answers with their places."""
    facts: dict[str, object] = {}
    quotations: list[Quotation] = []
    why = _unanswerable(view)
    for question in questions():
        value, found = _answer(question, view, world)
        if why and value in ("absent", "no", "none", "0", None):
            value, found = CANNOT_TELL, ()
        facts[question.id] = {
            "asks": question.asks,
            "value": value,
            "where": found[0].page_label if found else "",
            "quotation": len(quotations) if found else None,
        }
        quotations += found[:1]
    told = sum(fact["value"] != CANNOT_TELL for fact in facts.values() if isinstance(fact, dict))
    acted = sum(fact["value"] == "acted" for fact in facts.values() if isinstance(fact, dict))
    return Profile(
        kind="questions",
        document=view.source,
        value=f"{told} of {len(facts)} answered",
        summary=_summary(facts, acted) + (f" {why}" if why else ""),
        facts=facts,
        quotations=tuple(quotations),
    )


def _summary(facts: Mapping[str, object], acted: int) -> str:
    """What was found and what was not, in plain words: it stands over a draft's findings."""
    said = [
        f"Of {len(facts)} questions of a careful reader, something is done about {acted or 'none'}."
    ]
    values = {name: fact["value"] for name, fact in facts.items() if isinstance(fact, dict)}
    for answers, opening in _TOLD:
        # Reasoning is at most said: there is nothing to be done about it.
        asked = [q for q in questions() if q.short and q.at_most not in answers]
        short = [q.short for q in asked if values[q.id] in answers]
        if short:
            said.append(f"{opening}: {'; '.join(short)}.")
    return " ".join(said)


def _unanswerable(view: View) -> str:
    """Why what was not found may be there all the same, or ''."""
    kind: DocumentKind | None = view.analysis.kind
    if kind is not None and kind.kind not in _STRATEGIES:
        return f"The text is {kind.kind.phrase}: what is not in it may stand elsewhere."
    if kind is not None and not kind.whole:
        return "The text is an extract or a leaflet: what is not in it may stand elsewhere."
    if any(w.code in ("scanned-page", "no-unicode") for w in view.document.warnings):
        return "Some pages could not be read: what was not found may stand there."
    return ""


def _answer(question: Question, view: View, world: World) -> Answer:
    if question.rural and is_of_a_city(view):
        return "none", ()
    if question.by is not None:
        return _BY[question.by](view, world)
    if question.theme is not None:
        return _by_theme(question, view, world)
    return _by_rule(question, view, world)


def _by_theme(question: Question, view: View, world: World) -> Answer:
    score = world.theme(view, str(question.theme))
    if score.score is Score.ABSENT and question.or_else is not None:
        other = world.theme(view, question.or_else)
        value = _WORDS[other.score]
        return value, _quoted(view, other)
    value = _WORDS[score.score]
    sentences = len({s.match.sentence for s in score.sightings})
    if 0 < question.acted_from <= sentences:
        value = "acted"
    return question.at_most if value == "acted" else value, _quoted(view, score)


def _quoted(view: View, score: ThemeScore) -> tuple[Quotation, ...]:
    matches = [s.match for s in score.sightings[:1]] or list(score.near[:1])
    return tuple(view.quote(match.start, match.end) for match in matches)


def _by_rule(question: Question, view: View, world: World) -> Answer:
    hits = _hits(str(question.rule), view, world)
    if hits is None:
        return CANNOT_TELL, ()
    quotations = tuple(q for hit in hits for q in hit.quotations[:1])
    if question.list:
        return sorted({hit.sector for hit in hits if hit.sector}), quotations
    if not hits and question.partly is not None:
        partly = _hits(question.partly, view, world)
        if partly and len(partly) > 1:
            return "partly", tuple(q for hit in partly for q in hit.quotations[:1])
    value = [answer for answer, least in question.answers if len(hits) >= least][-1]
    return value, quotations


def _hits(name: str, view: View, world: World) -> list[Hit] | None:
    """What a rule sees, whether or not it is in force; None where it cannot judge."""
    try:
        return document_hits(_rules()[name], view, world)
    except CannotRunError:
        return None


def _neighbours(view: View, world: World) -> Answer:
    joint = world.theme(view, "cross_boundary")
    own = [*re.findall(r"\w+", f"{view.document.title or ''} {view.region or ''}"), "HM"]
    named = [
        s
        for s in joint.sightings
        for found in _wordings().joined.findall(view.text(s.match.sentence))[:1]
        if not {*found.split()} & {*own, "Government"}
    ]
    together: Answer | None = None
    if named:
        match = named[0].match
        value = "acted" if len(named) >= OFTEN else _WORDS[named[0].score]
        together = value, (view.quote(match.start, match.end),)
    if view.region is None or not world.knows_region(view.region):
        return together or (CANNOT_TELL, ())
    ties = [tie for tie in partner_places(view, world) if tie.inside is False]
    if ties:
        acted = [t for t in ties if world.lexicon.has(view, "owners", t.sentence)]
        tie = (acted or ties)[0]
        return "acted" if acted else "said", (view.quote(tie.start, tie.end),)
    if together:
        return together
    beyond = places_beyond(view, world)
    quoted = tuple(view.quote(place.start, place.end) for place in beyond[:1])
    return "passing" if beyond else "absent", quoted


def _stage(view: View, world: World) -> Answer:
    standing = stage_of(view, world)
    if standing.stage is None:
        return "unclear", ()
    value = standing.stage + (f" or {standing.beside}" if standing.beside else "")
    return value, tuple(view.quote(m.start, m.end) for m in standing.evidence[:1])


def _moment(view: View, world: World) -> Answer:
    standing = stage_of(view, world)
    if standing.stage is None:
        return "unclear", ()
    if not standing.prepared:
        # A risk that is seen is said, though nothing meets the moment before the next stage.
        seen = world.theme(view, "risk_seen")
        return ("said", _quoted(view, seen)) if seen.sightings else ("absent", ())
    score = world.theme(view, f"moment_{standing.ahead.lower()}").score
    quoted = tuple(view.quote(m.start, m.end) for m in standing.preparation[:1])
    return "acted" if score is Score.ACTED_ON else "said", quoted


def _style(view: View, world: World) -> Answer:
    style = style_of(view, world)
    quoted = tuple(view.quote(m.start, m.end) for m in style.evidence[:1])
    return "unclear" if style.name == UNKNOWN else style.name, quoted


def _defined(view: View, _world: World) -> Answer:
    priorities = view.analysis.priorities
    if not priorities:
        return "none", ()
    vague = [
        p
        for p in priorities
        if len(sentences_about(view, view.mentions_by_sector.get(p.sector, []))) < DEFINED
    ]
    quoted = tuple(q for p in vague or priorities for q in p.evidence[:1])
    return "no" if len(vague) * 2 > len(priorities) else "yes", quoted


def _figures(view: View, _world: World) -> Answer:
    described = [s for s in statistics_of(view) if s.describes]
    if len(described) < LEAST_FIGURES:
        return CANNOT_TELL, ()
    bare = [s for s in described if not s.sourced and s.year is None]
    quoted = tuple(view.quote(s.start, s.end) for s in bare[:1])
    return f"{len(bare) / len(described):.1f}", quoted


def _targets(view: View, world: World) -> Answer:
    """Targets with a year to come and no level from which they start."""
    hits = _hits("EV005", view, world)
    written = view.document.year or 0
    bare = []
    for index in view.holding(_wordings().target):
        text = view.text(index)
        ahead = [int(found) for found in _wordings().target.findall(text)]
        if not any(found > written for found in ahead) or _wordings().base.search(text):
            continue
        rest = _wordings().target.sub("", text)
        if (
            _wordings().much.search(rest)
            and _wordings().aimed.search(rest)
            and view.setting(index) != "footnote"
        ):
            bare.append(index)
    quoted = tuple(q for hit in hits or () for q in hit.quotations[:1])
    if bare and not quoted:
        sentence = view.analysis.sentences[bare[0]]
        quoted = (view.quote(sentence.start, sentence.end),)
    number = max(len(bare), len(hits or ()))
    return ("3+" if number > 2 else "1-2" if number else "0"), quoted


_BY: Mapping[str, Callable[[View, World], Answer]] = {
    "neighbours": _neighbours,
    "stage": _stage,
    "moment": _moment,
    "style": _style,
    "defined": _defined,
    "figures": _figures,
    "targets": _targets,
}
