"""What the sense filter looks at around a candidate, named so that a person can read it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from stratlint.knowledge.yamlfile import load_yaml
from stratlint.language.sectors.senses import Candidate, SenseCues, Term
from stratlint.resources import data_dir
from stratlint.text.trie import TokenTrie
from stratlint.text.words import Words, term_keys, word_key

_WINDOW = 5
"""Words to either side that count as near."""
_CHAIN_LIMIT = 24
"""Words that an enumeration may run on to either side."""
_COLON_LIMIT = 90
"""Words back to the colon that a list may come under."""
_LEAD = 12
"""Words before a colon that say what the list is of."""
_BODY_LIMIT = 9
"""Words of a body's name: 'Department for Digital, Culture, Media and Sport'."""
_LEAD_NEAR = 8
"""Words before or after an enumeration that speak of it."""
_NAME_WORD = 4
"""Letters of a word whose capital tells a title from a sentence: not 'a', 'of', 'and'."""
_GOAL_BACK = 6
"""Words before a name that may say that a place moves towards it."""
_LEAD_FAR = 24
"""Words before an opener among which a sector word still says, less surely, what is listed."""
_TERMS = 4_096
"""Terms whose own features are kept: the lists have some thousands, a document a few hundred."""
BEHIND = "right behind another name"
_DETERMINERS = frozenset("a an the our its their this that these those each every some up".split())


class _Cues:
    """The cues compiled."""

    def __init__(self, file: SenseCues) -> None:
        self.bare = frozenset(word_key(word) for word in file.bare)
        self.group: dict[str, str] = {}
        for name, members in file.groups.items():
            for word in members:
                self.group.setdefault(word_key(word), name)
        self.scenes = TokenTrie((p, n) for n, phrases in file.scenes.items() for p in phrases)
        self.openers = TokenTrie((phrase, self._opener(phrase)) for phrase in file.openers)
        self.chain = frozenset(word_key(word) for word in file.chain)
        self.bodies = frozenset(word_key(word) for word in file.bodies)
        self.addresses = frozenset(word_key(word) for word in file.addresses)
        self.aspects = frozenset(word_key(word) for word in file.aspects)
        self.activities = frozenset(word_key(word) for word in file.activities)
        self.goals = frozenset(word_key(word) for word in file.goals)

    def _opener(self, phrase: str) -> str:
        """What a phrase that opens a list says of its members: a group, or nothing."""
        groups = [self.group.get(key, "") for key in term_keys(phrase)]
        return next((group for group in groups if group), "")


@cache
def cues() -> _Cues:
    """The cues of ``rules/language/senses.yaml``."""
    return _Cues(load_yaml(data_dir("rules") / "language" / "senses.yaml", SenseCues))


@dataclass(slots=True)
class Setting:
    """Everything the features need to know of a text, computed once."""

    words: Words
    candidates: Sequence[Candidate]
    sentence_of: Sequence[int]
    scenes: Mapping[int, tuple[str, ...]]
    named: Mapping[int, tuple[str, ...]]
    inside: Sequence[Term | None]
    openers: Mapping[int, str]


def setting_of(words: Words, candidates: Sequence[Candidate], starts: Sequence[int]) -> Setting:
    """The setting of all candidates of a text; ``starts`` are offsets of its sentences."""
    known = cues()
    sentence_of = _sentence_of(words.starts, starts)
    scenes: dict[int, set[str]] = {}
    for first, _, names in known.scenes.longest(words):
        scenes.setdefault(sentence_of[first], set()).update(names)
    named: dict[int, set[str]] = {}
    inside: list[Term | None] = [None] * len(words.keys)
    for candidate in candidates:
        if candidate.term.level in ("label", "acronym", "alternative"):
            named.setdefault(sentence_of[candidate.first], set()).add(candidate.term.sector)
        for index in range(candidate.first, candidate.last):
            inside[index] = candidate.term
    openers = {
        index: groups[0]
        for first, last, groups in known.openers.longest(words)
        for index in range(first, last)
    }
    return Setting(
        words=words,
        candidates=candidates,
        sentence_of=sentence_of,
        scenes={key: tuple(sorted(value)) for key, value in scenes.items()},
        named={key: tuple(sorted(value)) for key, value in named.items()},
        inside=inside,
        openers=openers,
    )


def _sentence_of(places: Sequence[int], starts: Sequence[int]) -> list[int]:
    """The number of the sentence in which each of some places stands, -1 before the first one.

    Both run in order, so that a sentence is looked up once, not once a word.
    """
    found: list[int] = []
    for number, start in enumerate(starts):
        found += [number - 1] * (bisect_left(places, start, len(found)) - len(found))
    found += [len(starts) - 1] * (len(places) - len(found))
    return found


def features_of(setting: Setting, candidate: Candidate) -> list[str]:
    """The features of one candidate, by name."""
    term, level = candidate.term, candidate.term.level
    own, fixed = _of_term(term)
    words, known = setting.words, cues()
    sentence = setting.sentence_of[candidate.first]
    after, after_word, chained = _head(setting, candidate)
    before = _list_head(setting, candidate)
    found = [
        *fixed,
        *_then(after, level, term.sector),
        f"then '{after_word}'",
        *_listed(after, chained, before, level),
    ]
    scenes = setting.scenes.get(sentence, ())
    found += [f"scene {scene}" for scene in scenes]
    found += [f"scene {scene} {level}" for scene in scenes]
    found += [f"scene {scene} {term.sector}" for scene in scenes]
    found += [f"{own} then {after}", *(f"{own} scene {scene}" for scene in scenes)]
    if not known.goals.isdisjoint(
        words.keys[max(0, candidate.first - _GOAL_BACK) : candidate.first]
    ):
        found += ["a goal to move to", f"a goal to move to {term.sector}", f"{own} as a goal"]
    others = min(3, len(set(setting.named.get(sentence, ())) - {term.sector}))
    found += [f"{others} other sectors", f"{others} other sectors {level}"]
    tail = _list_tail(setting, candidate)
    found += [f"followed by {tail}", f"followed by {tail} {level}"]
    siblings = _siblings(setting, candidate)
    if siblings:
        found += [f"list {sibling}" for sibling in siblings]
        found += [f"list {sibling} {level}" for sibling in siblings]
    colon = _colon(setting, candidate)
    found += [f"under a colon after {colon}", f"under a colon after {colon} {level}"]
    found += _adjacent(setting, candidate)
    found += _body(setting, candidate)
    found += _neighbours(setting, candidate)
    found += _case(words, candidate)
    found += _own_name(setting, candidate)
    found += _form(words, candidate)
    return found


@lru_cache(maxsize=_TERMS)
def _of_term(term: Term) -> tuple[str, tuple[str, ...]]:
    """The feature of a term by itself, and all that do not depend on what stands around it."""
    own = f"term {term.sector} '{word_key(term.name)}'"
    level, sector = f"level {term.level}", f"sector {term.sector}"
    return own, ("always", level, sector, f"{sector} {term.level}", own)


# Names that many candidates share are made once: a string that is kept is not hashed again.
@lru_cache(maxsize=_TERMS)
def _then(after: str, level: str, sector: str) -> tuple[str, ...]:
    """What follows a term, by itself and with its level and sector."""
    return f"then {after}", f"then {after} {level}", f"then {after} {sector}"


@lru_cache(maxsize=_TERMS)
def _listed(after: str, chained: bool, before: str, level: str) -> tuple[str, ...]:
    """How a term hangs together with what follows it, and what opens its list."""
    return (
        f"{'across a list' if chained else 'directly'} {after}",
        f"list opened by {before}",
        f"list opened by {before} {level}",
    )


@lru_cache(maxsize=_TERMS)
def _near(key: str) -> str:
    return f"near '{key}'"


def _head(setting: Setting, candidate: Candidate) -> tuple[str, str, bool]:
    """The word that a term modifies: its group, itself, and whether a list lies between.

    In 'retail, digital and tourism sectors' the name 'tourism sectors' has swallowed the word
    that all three share, so the end of another name counts as well.
    """
    words, known = setting.words, cues()
    chained = False
    for index in range(candidate.last, min(len(words.keys), candidate.last + _CHAIN_LIMIT)):
        if words.gaps[index] == 2:
            return "end", "", chained
        key = words.keys[index]
        group = known.group.get(key)
        inside = setting.inside[index] is not None
        if group and (not inside or (chained and group == "industry")):
            if group != "industry" and _leads_to_industry(setting, index):
                return "industry", "sector", True
            return group, key, chained
        if key not in known.chain and not inside:
            if chained and _leads_to_industry(setting, index):
                return "industry", "sector", True
            return ("end" if key in ".;:" else "word"), "" if chained else key, chained
        chained = True
    return "end", "", chained


def _leads_to_industry(setting: Setting, index: int) -> bool:
    """Whether an industry word follows within two words: 'service sectors'."""
    words, known = setting.words, cues()
    for later in range(index + 1, min(len(words.keys), index + 3)):
        if words.gaps[later] == 2 or words.keys[later] in ".;:,":
            return False
        if known.group.get(words.keys[later]) == "industry":
            return True
    return False


def _list_head(setting: Setting, candidate: Candidate) -> str:
    """What introduces the enumeration that a term stands in: a group, 'words' or 'nothing'."""
    words, known = setting.words, cues()
    opened: int | None = None
    index = candidate.first - 1
    least = max(-1, candidate.first - _CHAIN_LIMIT)
    while index > least:
        key = words.keys[index]
        if index in setting.openers or key in ":•":
            if setting.openers.get(index):
                return setting.openers[index]
            opened = index
        elif setting.inside[index] is None and key not in known.chain:
            break
        index -= 1
    # In 'key sectors such as health' the word that says what is listed may itself be a link.
    past = index + 1 if opened is None else opened
    lead = words.keys[max(0, past - _LEAD_NEAR) : past]
    if "." in lead:
        lead = lead[len(lead) - lead[::-1].index(".") :]
    groups = {known.group.get(key) for key in lead}
    for group in ("industry", "business", "work"):
        if group in groups:
            return f"{group} nearby" if opened is None else group
    if opened is None:
        return "nothing"
    # 'Five clusters were found to be a firm base for the plan, namely food, energy and health.'
    far = words.keys[max(0, past - _LEAD_FAR) : past]
    far = far[len(far) - far[::-1].index(".") :] if "." in far else far
    return "industry, far" if "industry" in {known.group.get(key) for key in far} else "words"


def _list_tail(setting: Setting, candidate: Candidate) -> str:
    """What is said after the enumeration: 'retail and care employ a third of the workforce'."""
    words, known = setting.words, cues()
    index = candidate.last
    most = min(len(words.keys), candidate.last + _CHAIN_LIMIT)
    while index < most and (setting.inside[index] is not None or words.keys[index] in known.chain):
        if words.gaps[index] == 2:
            return "nothing"
        index += 1
    tail = words.keys[index : index + _LEAD_NEAR]
    if "." in tail:
        tail = tail[: tail.index(".")]
    groups = {known.group.get(key) for key in tail}
    return next((g for g in ("industry", "work", "business", "land_use") if g in groups), "nothing")


def _siblings(setting: Setting, candidate: Candidate) -> list[str]:
    """What stands in the same enumeration: how many other sectors, and of which strength."""
    words, chain = setting.words, cues().chain
    found: set[Term] = set()
    for step, start in ((-1, candidate.first - 1), (1, candidate.last)):
        index = start
        strangers = 0
        while 0 <= index < len(words.keys) and abs(index - start) < _CHAIN_LIMIT:
            if step > 0 and words.gaps[index] == 2:
                break
            term = setting.inside[index]
            if term is not None:
                found.add(term)
                strangers = 0
            elif words.keys[index] not in chain:
                strangers += 1
                if strangers > 2 or words.keys[index] == ".":
                    break
            if step < 0 and words.gaps[index] == 2:
                break
            index += step
    others = [t for t in found if t.sector != candidate.term.sector]
    if not others:
        return []
    count = len({t.sector for t in others})
    strong = len({t.sector for t in others if t.level in ("label", "acronym")})
    return [f"of {min(4, count)}", f"with {min(3, strong)} strong"]


def _colon(setting: Setting, candidate: Candidate) -> str:
    """What stands before the colon that a candidate comes under, however far it is."""
    words, known = setting.words, cues()
    for index in range(candidate.first - 1, max(-1, candidate.first - _COLON_LIMIT), -1):
        key = words.keys[index]
        if key == ".":
            return "nothing"
        if key == ":":
            before = words.keys[max(0, index - _LEAD) : index]
            groups = {known.group.get(word) for word in before}
            return next((g for g in ("industry", "business", "work") if g in groups), "words")
    return "nothing"


def _body(setting: Setting, candidate: Candidate) -> Iterator[str]:
    """Whether a name is part of a body's or an officer's: 'Department for Culture, Media …'."""
    words, chain, bodies = setting.words, cues().chain, cues().bodies
    for index in range(candidate.first - 1, max(0, candidate.first - _BODY_LIMIT), -1):
        if words.gaps[index + 1] == 2:
            break
        key = words.keys[index]
        if key in ("for", "of") and words.keys[index - 1] in bodies:
            yield "in a body's name"
            yield f"in a body's name {candidate.term.level}"
            return
        if key not in chain and setting.inside[index] is None and key not in ("for", "of"):
            break
    capital = words.forms[candidate.first][0].isupper()
    for index in range(candidate.last, min(len(words.keys), candidate.last + _BODY_LIMIT)):
        if words.gaps[index] == 2:
            return
        if words.keys[index] in bodies and words.forms[index][0].isupper() and capital:
            yield "before a body"
            yield f"before a body {candidate.term.level}"
            return
        if words.keys[index] not in chain and setting.inside[index] is None:
            return


def _adjacent(setting: Setting, candidate: Candidate) -> Iterator[str]:
    """Whether another sector's name stands right beside: 'engineering' in 'marine engineering'."""
    words = setting.words
    first, last = candidate.first, candidate.last
    before = setting.inside[first - 1] if first and words.gaps[first] < 2 else None
    after = setting.inside[last] if last < len(words.keys) and words.gaps[last] < 2 else None
    if before is not None and before.sector != candidate.term.sector:
        yield BEHIND
        yield f"{BEHIND} {candidate.term.sector}"
    if after is not None and after.sector != candidate.term.sector:
        yield "right before another name"


def _neighbours(setting: Setting, candidate: Candidate) -> Iterator[str]:
    """The words around, within the sentence."""
    words = setting.words
    sentence = setting.sentence_of[candidate.first]
    for index in range(max(0, candidate.first - _WINDOW), candidate.first):
        if setting.sentence_of[index] == sentence:
            yield _near(words.keys[index])
    for index in range(candidate.last, min(len(words.keys), candidate.last + _WINDOW)):
        if setting.sentence_of[index] == sentence:
            yield _near(words.keys[index])
    if candidate.first and setting.sentence_of[candidate.first - 1] == sentence:
        yield f"before '{words.keys[candidate.first - 1]}'"


def _case(words: Words, candidate: Candidate) -> Iterator[str]:
    """Capitals in the middle of a sentence mark a name: 'Farm Road', 'Department of Health'."""
    form = words.forms[candidate.first]
    following = words.forms[candidate.last] if candidate.last < len(words.keys) else ""
    if form[0].isupper() and not form.isupper():
        yield "capital"
        if following[:1].isupper():
            yield "capital and capital"
    if form.isupper() and len(form) > 3:
        yield "capitals"


def _own_name(setting: Setting, candidate: Candidate) -> Iterator[str]:
    """Whether a name is part of somebody's own: 'Foundry House', 'Bentley Motors', 'Salt End'.

    In a title every word has a capital, which says nothing.
    """
    words, first, last = setting.words, candidate.first, candidate.last
    form = words.forms[first]
    if not form[0].isupper() or form.isupper():
        return
    sentence, size = setting.sentence_of[first], len(words.keys)
    start, end = first, last
    while start > 0 and first - start < _CHAIN_LIMIT and setting.sentence_of[start - 1] == sentence:
        start -= 1
    while end < size and end - last < _CHAIN_LIMIT and setting.sentence_of[end] == sentence:
        end += 1
    long = [f for f in words.forms[start:end] if len(f) >= _NAME_WORD and f.isalpha()]
    if 2 * sum(f[0].isupper() for f in long) >= len(long) > 2:
        yield "in a title"
        return
    before, after = first - 1, last
    if before > start and words.forms[before][0].isupper() and setting.inside[before] is None:
        yield "behind a capital"
        yield f"behind a capital {candidate.term.level}"
    if after < end and words.forms[after][0].isupper() and setting.inside[after] is None:
        yield "before a capital"
        yield f"before a capital {candidate.term.level}"


def _form(words: Words, candidate: Candidate) -> Iterator[str]:
    """Whether a single word may be a verb: 'growing the …'."""
    if candidate.last - candidate.first > 1:
        return
    form = words.forms[candidate.first].lower()
    is_before = candidate.last < len(words.keys) and words.keys[candidate.last] in _DETERMINERS
    if is_before and form.endswith(("s", "ing")):
        yield "before a determiner"
        yield f"before a determiner {candidate.term.level}"
