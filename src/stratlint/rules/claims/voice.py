"""Whose words a sentence has: the document's own, or those of somebody whom it quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from stratlint.records import Kind, Role, Span
from stratlint.rules.view import Match, View
from stratlint.text.phrases import PhraseSet, phrase_set

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
_PART_IN_TITLE = re.compile(
    r"\b(?:county|district|borough|city (?:council|of|region)|town|partnership|LEP|"
    r"combined authority|peninsula)\b",
    re.IGNORECASE,
)
NO_PLACE = (
    "not read as the strategy of a place: no region of its own and no priorities are recognised"
)
_QUOTED = re.compile(r"“[^“”]{40,2500}”|(?<!\w)\"[^\"“”]{40,1500}\"(?!\w)")
"""Whole clauses in quotation marks: a single word in them is irony or a name, and one's own."""
_THEIRS = phrase_set(
    (
        "opinion|opinions|view|views|comment|comments|suggestion|suggestions|remark|remarks|wish|"
        "wishes|concern|concerns|request|requests|complaint|complaints|feedback|recommendation|"
        "recommendations|issue|issues|question|questions|idea|ideas|proposal|proposals|message|"
        "messages|point|points|answers|responses|need|needs|conclusion|conclusions",
    )
)
_CONSULTED = phrase_set(
    (
        "consult*",
        "interview*",
        "respondent*|participants|attendees|delegates|workshop*|questionnaire*|survey*|hearing*|"
        "round table*",
        "shared|raised|made|voiced|expressed|given|submitted|mentioned|identified by",
        "put forward by",
        "partners|entrepreneurs|businesses|firms|companies|stakeholders|experts reflected|said|"
        "stated|felt|raised|asked|mentioned|stressed|called|expressed|suggested|proposed|wanted",
    )
)
_RULERS = phrase_set(
    (
        "national|central|federal government|ministry|policy",
        "the government|cabinet|ministry|minister",
        "government's",
        "ministry|minister|department of|for",
        "european commission|council|union|parliament",
        "europe 2020",
        "top team|teams",
    )
)
_AIMING = phrase_set(
    (
        "aim|aims|ambition|ambitions|goal|goals|target|targets|objective|objectives|criteria|"
        "criterion|principles|premise|measures|priorities",
    )
)
_SAID = phrase_set(
    (
        "respondents|interviewees|consultees|participants|entrepreneurs|delegates|experts|critics|"
        "companies|firms|stakeholders|scientists|researchers .. said|say|says|stated|state|felt|"
        "feel|argued|argue|believed|believe|thought|think|considered|mentioned|stressed that",
        "commission|government|ministry|minister|cabinet|oecd|council|parliament has|have said|"
        "stated|argued|recommended|stressed|concluded|announced|decided that",
        "commission|government|ministry|minister|cabinet|oecd|parliament said|stated|argued|"
        "recommended|recommends|argues|stresses|concluded|concludes|announced that",
        "according to the government|ministry|commission|oecd|respondents|interviewees",
    )
)
_BACKGROUND = re.compile(
    r"\b(?:national|european|europe|eu|global|international|worldwide|federal|government)\b"
    r"(?:[\s\w,&’'-]{0,40})\b(?:polic(?:y|ies)|challenges?|trends?|context|strateg(?:y|ies)|"
    r"frameworks?|agendas?|programmes?|drivers|developments?|outlook|background)\b",
    re.IGNORECASE,
)
"""Headings of chapters that tell what others decided, or how the world goes."""
_OURS = re.compile(
    r"\b(?:we|our|ours|us|region|regions|region[’']s|regional|sub-?regions?|provinc\w+|count(?:y|ies)"
    r"|city|cities|partners)\b",
    re.IGNORECASE,
)
_OF_A_PLACE = phrase_set(
    (
        "our region|county|city|area|province|valley|town|district|economy|strategy|vision|"
        "priorities|businesses|universities|partners",
        "the region's|county's|province's|city's strategy|priorities|economy",
        "this strategy|plan",
        "we shall|will",
    )
)


CITY = "the text is about a city or a town, which need not have a rural part"
REGION = "the text is about a whole region, whose labour markets lie within it"
_REGIONS = phrase_set(
    (
        "the|this|our|whole|entire region",
        "region's",
        "regional council|assembly|agency|strategy|programme|product|average|observatory",
        "regional economic|innovation|spatial strategy",
    )
)
_PARTS = phrase_set(
    (
        "the|this|our|whole|entire county|district|borough|area|city|valley|partnership|LEP",
        "the|this|our peninsula|coast|island",
        "county|district|borough council",
        "county's|district's|area's|borough's",
        "city region",
    )
)
_CITIES = phrase_set(
    (
        "the|this|our|whole|entire city|borough|town",
        "city|borough council|council's|centre",
        "city's",
        "boroughs",
        "inner city|borough|london",
        "metro|tram|tramway|underground|tube line|lines|stop|stops|station|stations|extension|map",
        "trams",
        "tower|high-rise block|blocks|flats|estate|estates",
        "metropolitan borough|boroughs",
    )
)
_LANDS = phrase_set(
    (
        "the|this|our|whole|entire region|county|province|counties|valley|coast|valleys|district|"
        "provinces|LEP",
        "city region",
        "region's|county's|province's|area's",
        "county council",
        "rural",
        "counties|villages|districts",
    )
)


def is_of_a_city(view: View) -> bool:
    """Whether a text speaks of its own place as of a city far more than as of a land."""
    skip = ("quotation", "references", "footnote")
    return view.remember(
        "of a city",
        lambda: len(view.find(_CITIES, skip)) > max(CITY_WORDS, 3 * len(view.find(_LANDS, skip))),
    )


def is_of_a_region(view: View) -> bool:
    """Whether a text speaks of its own place as of a region far more than as of a part of one."""
    skip = ("quotation", "references", "footnote")
    return view.remember(
        "of a region",
        lambda: (
            len(view.find(_REGIONS, skip)) > max(REGION_WORDS, 2 * len(view.find(_PARTS, skip)))
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
    if _PART_IN_TITLE.search(title):
        return False
    if view.region and view.region.casefold() in title.casefold():
        return True
    skip = ("quotation", "references", "footnote")
    whole, part = len(view.find(_REGIONS, skip)), len(view.find(_PARTS, skip))
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
        view.find(_OF_A_PLACE, ("quotation", "references", "footnote"))
    )


def is_anothers(view: View, match: Match) -> bool:
    """Whether the words of a match are somebody else's, reported by the document."""
    if match.sentence in reported_sentences(view):
        return True
    spans = view.remember("quoted", lambda: tuple(_quoted(view)))
    before = bisect_right(spans, match.start, key=itemgetter(0)) - 1
    if before >= 0 and match.end <= spans[before][1]:
        return True
    said = view.remember("said", lambda: {m.sentence: m.end for m in view.find(_SAID)})
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
    theirs, consulted = _in(view, _THEIRS), _in(view, _CONSULTED)
    rulers, aiming = _in(view, _RULERS), _in(view, _AIMING)
    for index in range(len(view.analysis.sentences)):
        lead = _lead_of(view, index)
        if lead:
            # The last sentence says what is listed, it or the ones before whose it is.
            ours = any(view.search(_OURS, s) for s in lead[-1:])
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
        known[heading] = _BACKGROUND.search(title) is not None and _OURS.search(title) is None
    return known[heading]


def _speaks_of_itself(view: View, index: int) -> bool:
    """Whether a sentence, or the item's lead-in, names the region or says 'we' or 'region'."""
    text = view.text(index)
    own = re.search(rf"\b{re.escape(view.region)}\b", text) if view.region else None
    return own is not None or view.search(_OURS, index) is not None
