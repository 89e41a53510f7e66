"""Whose words a sentence has: the document's own, or those of somebody whom it quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from stratlint.records import Kind, Role, Span
from stratlint.rules.view import Match, View
from stratlint.text.phrases import PhraseSet
from stratlint.text.wordings import Phrases, WordFile, Wordings, words_of

SHORT = 400
"""Words up to which a text is too short to tell that it is no strategy of a place."""
SURE = 0.6
"""Confidence from which a document told to be a strategy is one of a place whatever it names: an
essay of which nothing speaks for another kind reaches .5; seven of eight strategies on the tuning
set reach .66, the eighth names its place."""
CITY_WORDS = 5
"""Times that a text names its city before it counts as being about one."""
REGION_WORDS = 2
"""Times that a text says 'the region' at most, without counting as being about one: of 60 texts
21 are of regions, and three of those (two of them essays) say it three to five times."""
NAMED_REGION = 5
"""Times that a text names its region, and no place more often, before it counts as being about the
whole of it. Of 19 texts about a part that nobody knows by name those name the region at most twice;
texts about regions name theirs 6 to 36 times, but for three that say 'the region' instead."""


class Words(WordFile):
    """``rules/language/claims/voice.yaml``."""

    part_in_title: Wordings
    theirs: Phrases
    consulted: Phrases
    rulers: Phrases
    aiming: Phrases
    said: Phrases
    ours: Wordings
    of_a_place: Phrases
    regions: Phrases
    parts: Phrases
    cities: Phrases
    lands: Phrases
    background: Wordings


_wordings = words_of("claims/voice", Words)
NO_PLACE = (
    "not read as the strategy of a place: no region of its own and no priorities are recognised"
)
_QUOTED = re.compile(r"“[^“”]{40,2500}”|(?<!\w)\"[^\"“”]{40,1500}\"(?!\w)")
"""Whole clauses in quotation marks: a single word in them is irony or a name, and one's own."""


CITY = "the text is about a city or a town, which need not have a rural part"
REGION = "the text is about a whole region, whose labour markets lie within it"


def is_of_a_city(view: View) -> bool:
    """Whether a text speaks of its own place as of a city far more than as of a land."""
    skip = ("quotation", "references", "footnote")
    return view.remember(
        "of a city",
        lambda: (
            len(view.find(_wordings().cities, skip))
            > max(CITY_WORDS, 3 * len(view.find(_wordings().lands, skip)))
        ),
    )


def is_of_a_region(view: View) -> bool:
    """Whether a text speaks of its own place as of a region far more than as of a part of one."""
    skip = ("quotation", "references", "footnote")
    return view.remember(
        "of a region",
        lambda: (
            len(view.find(_wordings().regions, skip))
            > max(REGION_WORDS, 2 * len(view.find(_wordings().parts, skip)))
        ),
    )


def is_of_its_region(view: View) -> bool:
    """Whether a document is about the whole of the region that it is said to lie in.

    Its title names the region and no part of one, it speaks of a region more than of a part of
    one, or it names the region more than any other place. A text without a title that speaks of
    no part has the benefit of the doubt.
    """
    return view.remember("of its region", lambda: _is_of_its_region(view))


def _is_of_its_region(view: View) -> bool:
    title = view.document.title or ""
    if is_of_a_region(view):
        return True
    if _wordings().part_in_title.search(title):
        return False
    if view.region and view.region.casefold() in title.casefold():
        return True
    skip = ("quotation", "references", "footnote")
    whole, part = len(view.find(_wordings().regions, skip)), len(view.find(_wordings().parts, skip))
    if whole > part or not (title or part):
        return True
    times = Counter(place.name for place in view.analysis.places)
    named = times[view.region or ""]
    return named >= NAMED_REGION and named == max(times.values())


def is_of_a_place(view: View) -> bool:
    """Whether a text can be read as the strategy of a place.

    A national document is not. Else it is where priorities are recognised in it, where it names
    the region that it is said to be of, or speaks of 'our region'; a text of few words has the
    benefit of the doubt.
    """
    return view.remember("of a place", lambda: _is_of_a_place(view))


def _is_of_a_place(view: View) -> bool:
    kind = view.analysis.kind
    told = kind.kind if kind and (kind.given or kind.confidence >= SURE) else None
    if told in (Kind.STRATEGY, Kind.INNOVATION_STRATEGY):
        return True
    # A national document chooses sectors too, and is no region of a crowd.
    if told is Kind.NATIONAL:
        return False
    if view.analysis.priorities:
        return True
    named = view.region
    # A name that came from a file and is written small is no name of a place.
    if named and named[:1].isupper() and named in view.document.body:
        return True
    # Last, for it takes the words of the text: a check asks this of every other document.
    return view.words < SHORT or bool(
        view.find(_wordings().of_a_place, ("quotation", "references", "footnote"))
    )


def is_anothers(view: View, match: Match) -> bool:
    """Whether the words of a match are somebody else's, reported by the document."""
    if match.sentence in reported_sentences(view):
        return True
    spans = view.remember("quoted", lambda: tuple(_quoted(view)))
    before = bisect_right(spans, match.start, key=itemgetter(0)) - 1
    if before >= 0 and match.end <= spans[before][1]:
        return True
    said = view.remember("said", lambda: {m.sentence: m.end for m in view.find(_wordings().said)})
    return match.sentence in said and said[match.sentence] <= match.start


def _quoted(view: View) -> Iterator[Span]:
    """Spans of text in quotation marks that hold a clause at least, in order."""
    text = view.document.text
    if not any(mark in text for mark in '“"'):
        return
    for block in view.document.blocks:
        if block.role in (Role.PARAGRAPH, Role.LIST_ITEM, Role.QUOTATION) and (
            text.find("“", block.start, block.end) >= 0
            or text.find('"', block.start, block.end) >= 0
        ):
            for found in _QUOTED.finditer(text, block.start, block.end):
                yield found.start(), found.end()


def reported_sentences(view: View) -> frozenset[int]:
    """Sentences that report what consultees said, or what a government above aims at."""
    return view.remember("reported", lambda: frozenset(_reported(view)))


def _reported(view: View) -> Iterator[int]:
    theirs, consulted = _in(view, _wordings().theirs), _in(view, _wordings().consulted)
    rulers, aiming = _in(view, _wordings().rulers), _in(view, _wordings().aiming)
    for index in range(len(view.analysis.sentences)):
        lead = _lead_of(view, index)
        if lead:
            # The last sentence says what is listed, it or the ones before whose it is.
            ours = any(view.search(_wordings().ours, s) for s in lead[-1:])
            heard = lead[-1] in theirs and consulted.intersection(lead[-2:])
            ruled = lead[-1] in aiming and rulers.intersection(lead[-3:]) and not ours
            if heard or ruled:
                yield index
        if _is_background(view, index) and not _speaks_of_itself(view, index):
            yield index


def _in(view: View, phrases: PhraseSet) -> frozenset[int]:
    return frozenset(m.sentence for m in view.find(phrases))


def _lead_of(view: View, index: int) -> list[int]:
    """The sentences of the paragraph that introduces a list item, in order."""
    lead = view.block(index).lead_in
    if lead is None or view.setting(index) != "list_item":
        return []
    block = view.analysis.sentences[index].block
    return [
        s
        for s in view.around(index, "paragraph")
        if view.analysis.sentences[s].block == lead and lead < block
    ]


def _is_background(view: View, index: int) -> bool:
    """Whether the heading of a sentence announces the policy of others, or how the world goes."""
    heading = view.block(index).heading
    if heading is None or view.block(index).role is Role.HEADING:
        return False
    known: dict[int, bool] = view.remember("backgrounds", dict)
    if heading not in known:
        title = view.document.block_text(heading)
        known[heading] = (
            _wordings().background.search(title) is not None
            and _wordings().ours.search(title) is None
        )
    return known[heading]


def _speaks_of_itself(view: View, index: int) -> bool:
    """Whether a sentence, or the item's lead-in, names the region or says 'we' or 'region'."""
    text = view.text(index)
    own = re.search(rf"\b{re.escape(view.region)}\b", text) if view.region else None
    return own is not None or view.search(_wordings().ours, index) is not None
