"""Features and classes in words that a person can argue with.

The machine formats keep the names of features; this is what ``stratlint explain`` says of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stratlint.records import Commitment, Form, Polarity, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

CLASSES: dict[Commitment, str] = {
    Commitment.PRIORITY: "a priority",
    Commitment.SUPPORT: "supported, without being chosen above others",
    Commitment.STRENGTH: "a strength",
    Commitment.HEDGED: "a possibility only",
    Commitment.NEGATED: "refused or restricted",
    Commitment.PAST: "past",
    Commitment.OTHER_ACTOR: "somebody else's",
    Commitment.FACT: "a fact without commitment",
}
POLARITIES: dict[Polarity, str] = {
    Polarity.CHOSEN: "chooses",
    Polarity.REFUSED: "leaves out",
    Polarity.DEMOTED: "ranks low",
    Polarity.SUPPORT: "supports without choosing",
    Polarity.HEDGED: "leaves open",
    Polarity.STRENGTH: "praises",
    Polarity.PAST: "tells of the past of",
    Polarity.OTHER: "reports what others say of",
    Polarity.FACT: "reports figures of",
}
VOICES: dict[Voice, str] = {
    Voice.OWN: "",
    Voice.ADOPTED: ", taking up what others chose",
    Voice.OTHER: ", but others speak",
    Voice.ASKED: ", but only asks",
}
FORMS: dict[Form, str] = {form: form.value for form in Form} | {
    Form.BULLETS: "a list",
    Form.NUMBERS: "a numbered list",
    Form.LETTERS: "a lettered list",
    Form.SENTENCE: "a sentence",
    Form.PARENTHESIS: "a list in brackets",
    Form.ROWS: "the rows of a table",
    Form.COLUMN: "a column of a table",
}
_SPEAKERS = {
    "own voice": "the document speaks in its own voice",
    "nobody named": "nobody else is named as the speaker",
    "government": "the speaker is the government, not the document's own place",
    "a partnership above": "the speaker is a partnership above, not the document's own place",
    "a regional plan": "the speaker is a plan for a wider area",
    "a European body": "the speaker is a European or international body",
    "a consultee": "the speaker is somebody who was consulted",
    "a study": "the speaker is a study or a report",
    "somewhere else": "the sentence is about somewhere else",
}
_KINDS = {"heading": "the heading over it", "lead-in": "the words that lead into its list"}


_PLACES = {
    "just before the list": "just before it",
    "just before the name": "just before it",
    "before the list": "before it, in its clause",
    "before the name": "before it, in its clause",
    "just after the list": "just after it",
    "just after the name": "just after it",
    "after the list": "after it, in its clause",
    "after the name": "after it, in its clause",
    "within the list": "among the names beside it",
    "with the name": "in its name",
    "in the sentence": "in its sentence",
    "opens the sentence": "at the start of its sentence",
    "in another clause": "in another clause of its sentence",
}
_CUES = {
    "priority word": "a word of priority",
    "key sector": "a phrase such as “key sector”",
    "growth sector": "a phrase such as “growth sector”",
    "priority sector": "a phrase such as “priority sector”",
    "selecting verb": "a verb that selects",
    "singling out": "a word such as “particularly”",
    "undertaking verb": "a verb such as “support” or “develop”",
    "will undertake": "an undertaking such as “will support”",
    "to undertake": "an aim such as “to support”",
    "own voice": "a word in the document's own voice",
    "our": "“our” or “we”",
    "strong": "a word of strength or success",
    "important": "a word of importance",
    "growing": "a word of growth",
    "hedge": "a word that hedges",
    "may be": "“may”, “could” or “potential”",
    "not": "a negation",
    "refusal": "a word of refusal",
    "past tense": "a verb in the past",
    "history": "a word of history",
    "decline": "a word of decline",
    "statistic": "a statistic",
    "figure": "a figure",
    "money": "a sum or a word of money",
    "government": "the government or its policy",
    "partnership above": "a partnership above, such as a LEP,",
    "study": "a study or its findings",
    "elsewhere": "a word for somewhere else",
    "land and buildings": "a word of land or buildings",
    "skills": "a word of skills or training",
    "jobs": "a word of jobs",
}


def phrase(name: str) -> str | None:
    """What a feature says, as the end of 'because …'; None where it says nothing of the text."""
    for pattern, say in _PHRASES:
        found = pattern.fullmatch(name)
        if found:
            return say(found)
    return None


def plainness(name: str) -> int:
    """How little a feature relates: 0 a relation, 1 a cue that is merely near, 2 a word."""
    if name.startswith(("word '", "words '")):
        return 2
    return int(name.split(": ")[0] in _CUES or name.startswith("sentence of"))


def _speaker(found: re.Match[str]) -> str:
    who, _, where = found["who"].partition(", ")
    said = _SPEAKERS.get(who, f"the speaker is {who}")
    return f"{said} ({where})" if where.startswith(("in the sentence", "in the lead")) else said


def _together(found: re.Match[str]) -> str | None:
    said = phrase(found["what"])
    who = _SPEAKERS.get(found["who"], f"the speaker is {found['who']}")
    return said and f"{said}, and {who}"


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _template(text: str) -> Callable[[re.Match[str]], str]:
    def say(found: re.Match[str]) -> str:
        return text.format(**{key: value or "" for key, value in found.groupdict().items()})

    return say


def _where(found: re.Match[str]) -> str:
    where = _PLACES.get(found["where"], found["where"])
    return f"{_CUES.get(found['cue'], 'a word for ' + repr(found['cue']))} stands {where}"


_PHRASES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = tuple(
    (re.compile(pattern), _template(say) if isinstance(say, str) else say)
    for pattern, say in (
        (r"list of \d|sectors named here: .*|document: .*", lambda _: None),
        (
            r"declared by (?P<form>.*)",
            lambda found: f"it is a member of a declaration ({FORMS[Form(found['form'])]})",
        ),
        (r"(?P<what>.+); speaker: (?P<who>.+)", _together),
        (r"speaker: (?P<who>.+?)(?:, in a (?:local plan|strategy|national document))?", _speaker),
        (
            r"listed (?:further on )?under (?P<kind>[\w-]+) sectors",
            "it stands in a list of “{kind} sectors”",
        ),
        (
            r"(?:said to be|called|listed with one called) (?P<kind>[\w-]+) sectors",
            lambda found: f"it is said to be {_article(found['kind'])} sector",
        ),
        (
            r"(?:earlier|later) than (?P<kind>[\w-]+) sectors|names (?P<other>[\w-]+) sectors",
            lambda found: f"its sentence speaks of “{found['kind'] or found['other']} sectors”",
        ),
        (
            r"(?P<kind>[\w-]+) sectors in the (?P<where>[\w -]+?)(?:, with a colon)?",
            lambda found: (
                f"{_KINDS.get(found['where'], 'the ' + found['where'])} speaks of"
                f" “{found['kind']} sectors”"
            ),
        ),
        (r"chosen(?:: .*)?", "a phrase that chooses sectors holds for it"),
        (
            r"selected: (?P<verb>[^,;]+)(?:, at once)?",
            "“{verb}” governs it in the same clause",
        ),
        (r"selected(?:, at once)?", "a verb that selects governs it in the same clause"),
        (
            r"particularly, within an undertaking(?:: '.*'|, as sectors)?",
            "it is singled out (“particularly”) within an undertaking",
        ),
        (r"particularly(?:, .*)?", "it is singled out (“particularly”)"),
        (r"said to be a priority", "the sentence says that it is a priority"),
        (r"named as (?P<what>a priority|an aim)", "it follows words that name {what}"),
        (r"part of a measure's name: '(?P<what>\w+)'", "it is part of a measure's name (“{what}”)"),
        (r"money (?:before|paid for) the name", "a sum of money stands before it"),
        (r"undertaking: '(?P<verb>\w+)'(?:, .*)?", "the verb “{verb}…” governs it"),
        (r"undertaking of the '(?P<noun>\w+)'", "something is undertaken for its {noun}"),
        (
            r"undertaking, as a description(?:, .*)?",
            "the verb before it describes and undertakes nothing",
        ),
        (r"undertaking, with could(?:, .*)?", "an undertaking with “could” or “may” governs it"),
        (r"undertaking, with (?P<how>[^,]+)(?:, .*)?", "an undertaking with “{how}” governs it"),
        (r"undertaking(?:,)? .*", "an undertaking governs it"),
        (
            r"(?P<how>[\w ]+) supported, (?:after|ahead of|before) the name",
            "“{how} supported” is said of it",
        ),
        (
            r"(?P<how>will be|should be|could be|is|was|being) '(?P<verb>\w+)', after the name",
            "“{how} {verb}…” is said of it",
        ),
        (r"governed by '(?P<word>\w+)'", "“{word}” governs it, which undertakes nothing"),
        (r"(?P<verb>[\w ]+), after the name", "“{verb}” is said after it"),
        (r"own place named", "the document's own place is named in its sentence"),
        (r"named as an industry", "it is named as an industry, with a word such as 'sector'"),
        (r"(?P<what>list item|heading|table cell)", "it stands in a {what}"),
        (r"in an enumeration|list of sectors", "it stands among other sectors"),
        (r"after a colon", "it stands behind a colon"),
        (r"in a list of chosen sectors", "it stands in a list of chosen sectors"),
        (
            r"under a (?P<where>[\w -]+) (?P<what>of chosen sectors|that selects|that undertakes"
            r"|of aims|with an undertaking verb)",
            "it stands under a {where} {what}",
        ),
        (r"takes up a .*", "it takes up what the sentence before selects"),
        (r"told in the past only", "the clause is told in the past only"),
        (r"history told in the past", "the clause tells of history"),
        (r"no verb of time", "its piece of text has no verb that tells time"),
        (r"words? '(?P<words>.*)' in the (?P<where>[\w -]+)", "“{words}” stands in the {where}"),
        (
            r"words? '(?P<words>.*?)'(?:,? (?:\d )?(?P<side>before|after) the (?:name|list))?",
            lambda found: f"“{found['words']}” stands {found['side'] or 'near'} it",
        ),
        (r"(?P<cue>[a-zA-Z][\w -]+): (?P<where>.+)", _where),
        (r"sentence of (?P<length>.*) words", "its sentence has {length} words"),
    )
)
