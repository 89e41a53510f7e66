"""What a plan wants or was told and does nothing about: a target, or a need, without a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Literal

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.checks.targets import targets_in
from stratlint.rules.claims.aims import (
    BY_NAME,
    TARGET_TITLE,
    aimed_lines,
    is_of_schemes,
    tells_now_and_then,
    under_titles,
)
from stratlint.rules.claims.tables import tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.phrases import PhraseText, phrase_set
from stratlint.text.quoting import cut

_DOING = re.compile(
    r"\b(?:will|shall|would|[’']ll|to be (?!found)|fund\w*|programmes?|schemes?|projects?|grants?|"
    r"invest\w*|provid\w+|support\w*|build\w*|open\w*|train\w*|pilot\w*|loans?|lend\w*|pays?|"
    r"budget\w*|set aside|allocat\w+|commission\w*|agreed|agreement|charter|service|centre|"
    r"academy|scheme|is for|"
    r"goes (?:to|into|on)|spend\w*|campaign|actions?|measures?|"
    r"vouchers?|audits?|bootcamps?|brokerage|mentor\w*|courses?|apprenticeships?|bursar\w+|"
    r"coach\w*|"
    r"advisers?|instruments?|introduc\w+|establish\w*|creat(?:e|ing)|develop(?:ing)?)\b|[£€$]\s?\d",
    re.IGNORECASE,
)
"""Words by which a sentence tells of something done: wide, for a measure that is missed makes a
false finding and one that is taken too many only a silence."""
_NUMBERED = re.compile(r"\W*(?:action|measure|project|scheme|initiative) [\dA-Z]+\b", re.IGNORECASE)
"""How a paragraph begins that is an action as a whole: 'Action 17. Broadband: fibre to …'."""
_NOT_DONE = re.compile(
    r"\b(?:(?:not|no) (?:a |an )?(?:part|priority|growth priorit\w+|bid|target|sector)\b|"
    r"stays? (?:in|with)"
    r"|belongs? to|is the business of|(?:has|have|hold|holds) (?:its|their|"
    r"the) (?:own )?(?:funding|"
    r"budget|money|list)|left (?:to|with)|could perhaps|may be (?:looked|considered)|might|drawn "
    r"(?:their|its) attention|was decided to leave|will always|mainstay|matters? to|not (?:be )?"
    r"(?:spend|spent|spending)|no money|nothing (?:is|will|shall)|never be|was considered|"
    r"asked (?:for|"
    r"that)|called for|would like|wished|is full\b|program(?:me)? is full|goes without|will go on|"
    r"go on coming)",
    re.IGNORECASE,
)
"""What is said of a thing to which nothing is done here."""
_ASIDE = re.compile(
    r"\b(?:what (?:went|came|has gone|was tried) before|before|previous|earlier|looking back|"
    r"last plan|"
    r"what (?:we were told|[\w ]{0,25}(?:said|told|asked|made of))|consult\w+|responses|objections|"
    r"submissions|suggestions|context|national (?:and|picture|policy)|policy setting|others?[’']? "
    r"(?:have )?(?:written|papers|chosen)|other people[’']s|who has chosen|other deals|"
    r"where (?:we|people) (?:are|"
    r"start|work)|at a glance|(?:county|district|region) in (?:brief|one page|figures)|"
    r"what is here|"
    r"strengths|weaknesses|opportunities|threats|swot|endowments|sectors which are not|"
    r"not (?:selected|"
    r"in the portfolio)|left out|ground we leave|below the|outside the target|the other industries|"
    r"foreword|acknowledg\w+|weaknesses)\b",
    re.IGNORECASE,
)
"""Titles under which nothing is promised."""
_DESCRIBES = re.compile(
    r"^\W*(?:threats|weaknesses|strengths|opportunities)\b|"
    r"\b(?:fell|rose|has fallen|has risen|have fallen|stood at|stands at|lag\w*|below the|"
    r"was (?:wound up|closed)|were lost|ended in|told us|asked (?:for|that)|said (?:that|they)|"
    r"respondents|consultees|on time|previous|last strategy|first strategy|(?:19|"
    r"20)\d\d[-–]\d\d)\b",
    re.IGNORECASE,
)
_NEED = (
    r"(?:obstacles?|barriers?|problem|concern|worry|request|demand|complaint|need|reason|weakness|"
    r"thing|difficulty|hindrance|brake)"
)
_FIRST = re.compile(
    rf"\b(?:most (?:often|frequent(?:ly)?|mentioned|common(?:ly)?|keenly|pressing|urgent|acute)|"
    rf"what [\w ]{{0,30}}most (?:lacks?|wants?|needs?|miss)|"
    rf"(?:greatest|great|gravest|loudest|biggest|chief|main|first|foremost|number one|"
    rf"commonest) (?:\w+ )?{_NEED}|"
    r"above (?:all|everything)|time (?:after|and) (?:time|again)|heard (?:the )?most|"
    r"before all else|why they (?:go|leave)|again and again|evidence is overwhelming|"
    r"top of (?:the|their) list|"
    r"by a distance|"
    r"before (?:anything|all|everything) else|(?:everyone|everybody|all) (?:who|"
    r"of those)\b[^.]{0,30}"
    r"\b(?:began with|spoke of|named|mentioned|raised)|one thing (?:on which|that) (?:every|all)|"
    r"than any ?thing else|(?:\w+|\d+) (?:\w+ )?(?:in|out of) (?:every )?(?:three|four|five|six|"
    r"ten) "
    r"(?:\w+ )?(?:said|named|gave|told|put)|\d+ of (?:the |our )?\d+ [\w ]{0,20}(?:said|named|"
    r"gave|told|"
    r"put)|nothing (?:holds?|keeps?|hinders?|stops?|does more)\b|came (?:first|top)|"
    r"first thing (?:that|which) (?:any|every|each|all)|"
    r"more (?:often|than any ?thing)|no (?:barrier|matter|subject|issue|question|"
    r"complaint)\b[^.]{0,20}\bmore|"
    r"put\b[^.]{0,40}\bfirst|named\b[^.]{0,40}\bfirst|"
    r"without (?:homes|houses|housing|water|workers|people|childcare|buses|broadband)"
    r" there (?:will|would|can) be no)\b",
    re.IGNORECASE,
)
"""Words by which those who were asked put a need before all others."""
_ROW = re.compile(
    r"\b(?:concerns|matters|obstacles|barriers|problems|issues|needs|requests|complaints)\b"
    r"[^.,]{0,30}(?:\bwere\b|\bare\b|:)[^,.]*,",
    re.IGNORECASE,
)
"""'The most common concerns were roads (68%), recruitment …', to the end of the first."""
_OWN_FIRST = re.compile(
    r"\b(?:(?:critical|binding|overriding|gravest|single (?:greatest|biggest|largest)) (?:\w+ )?"
    r"(?:constraint|obstacle|barrier|brake|threat|weakness|problem|uncertainty)|"
    r"most serious of all|gravest of all|(?:main|chief|principal|root) cause of|"
    r"matter of urgency|cannot wait|(?:at|is) the root of (?:all|it|every)|"
    r"no (?:growth|progress|new firm|more \w+)\b[^.]{0,20}\b(?:until|unless|without)|"
    r"(?:cost less|costs less) or matter(?:s)? more|"
    r"without (?:progress|it|this|that)(?: here| there)?,? (?:all|nothing|there|the rest|"
    r"everything)|"
    r"unless (?:it|this|that|they)(?:[’']s| is| are)? (?:solved|put right|mended|met|dealt with|"
    r"answered)|"
    r"(?:all|everything) else\b[^.]{0,30}\b(?:decoration|waits|depends)|"
    r"underl(?:ies|ie) (?:all|everything))",
    re.IGNORECASE,
)
"""Words by which a text does so itself."""
_SAID_BY = re.compile(
    r"\b(?:firms?|employers?|business(?:es)?|compan(?:y|ies)|respondents?|residents?|young|people|"
    r"folk|parents|growers?|farmers?|consultees?|responses?|survey\w*|workshops?|interview\w*|"
    r"hearings?|panel|worry|worries|mills|foundries|traders|makers|hoteliers|builders|women|"
    r"mothers|fathers|pensioners|unfit|spoke|valley|complaints?|commonest|roadshows?|"
    r"focus groups?|evenings?|"
    r"meetings?|cards?|told|asked|mentioned|raised|said|reason|"
    r"leave|left|weakness|obstacle|barrier)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\W*(?:it|this|that|these|they)\b", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\b(?:is|are|was|were) (?:answered|met|addressed)|\bin (?:answer|response)|\btherefore\b|"
    r"\bso (?:we|the)\b|\b(?:will|shall) (?!be (?:lost|needed|no\b|bring up|come to be))|"
    r"\bdecided\b|"
    r"\baction\b|\bmeasure\.",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:programmes?|schemes?|funds?|funded|funding|allocat\w+|operators?|contracts?|work with|"
    r"support\w*|advisers?|grants?|through|by means of|visits? (?:to|and)|put to us|"
    r"spatial strategy|"
    r"(?:local|core|structure) (?:plans?|strategy)|government['’]s|national (?:target|aim))\b",
    re.IGNORECASE,
)
"""Words by which a target tells its own measure."""
_SCHEME = re.compile(
    r"\b(?:vouchers?|programmes?|schemes?|funds?|cent(?:re|er)s?|training|projects?|grants?|hubs?|"
    r"academy|academies|schools?|networks?|support|phase|parks?|works|collaborative|services?|"
    r"loans?|"
    r"units|quay|halls?|campus|institute|laborator\w+)\b",
    re.IGNORECASE,
)
"""Labels of rows that are things to be done."""
_REPLY = re.compile(
    r"\b(?:repl(?:y|ies)|response|answer|what we (?:will|shall|are)|our action|"
    r"action)\b",
    re.IGNORECASE,
)
_OBSTACLE = re.compile(
    r"\b(?:obstacles?|barriers?|issues?|needs?|problems?|concerns?|requests?|what (?:you|they|"
    r"firms|"
    r"people|makers) (?:said|told|asked|want\w*)|you (?:said|asked))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[–—-]?|none|tb[cd]|to be (?:considered|decided|confirmed)|n/?a", re.IGNORECASE)
_OTHER = re.compile(r"\W*others?\b", re.IGNORECASE)
_NEAR = 2
"""Sentences of a paragraph before that of a need, which say what it is."""
_STOCK = re.compile(
    r"\b(?:jobs|employ\w*|per|pay|wages?|earnings|gva|turnover|lq|quotient|share of|change|"
    r"exports?|"
    r"berd|patents?|r&d|growth)\b|[%=]",
    re.IGNORECASE,
)
"""Heads of columns that tell what is there, in a table of industries."""
_ONE = 14
"""Words up to which a line tells one target: of a longer one each group may find its own."""
_ITEM = 4
"""Words from which an item or a line says what is done, and does not only name."""
_SHOWN = 90


class Place(Record, frozen=True):
    """Where a target or a need stands: its sentences, and the span that names it."""

    sentences: tuple[int, ...]
    span: Span


class Group(Editable):
    """One thing: by which words it is ``named``, and by which words a measure for it goes."""

    what: str
    named: tuple[PhraseText, ...] = Field(min_length=1)
    served_by: tuple[PhraseText, ...] = Field(min_length=1)


class Options(Editable):
    """``groups`` of words; ``of``: results that are to be reached, or needs that come first."""

    of: Literal["targets", "needs"] = "targets"
    groups: tuple[Group, ...] = Field(min_length=1)
    doings_at_least: int = Field(default=4, ge=1)
    """A text that tells of fewer things to be done leaves them to another paper."""


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    named = [view.by_sentence(phrase_set(group.named)) for group in options.groups]
    anything = frozenset(s for held in named for s in held)
    targets = list(_targets(view, anything))
    places = targets if options.of == "targets" else list(_needs(view, anything))
    if not places:
        return
    paid = _paid(view)
    own = {s for place in (*targets, *places) for s in place.sentences}
    # What stands under their title in running text may be what is done.
    own |= {s for s in under_titles(view, TARGET_TITLE) if view.setting(s) != "paragraph"}
    is_done = cache(lambda s: s not in own and _is_doing(view, s, paid))
    # As many as are asked for are enough to know: a plan has a thousand.
    doings = (s for s in range(len(view.analysis.sentences)) if is_done(s))
    if len(list(islice(doings, options.doings_at_least))) < options.doings_at_least:
        return
    taken: set[Span] = set()
    for group, held in zip(options.groups, named, strict=True):
        # What is told of one thing in particular is not told of another in general.
        at = [
            (place, s)
            for place in places
            for s in place.sentences
            if _names(place, held.get(s, ())) and place.span not in taken
        ]
        if not at:
            continue
        taken.update(place.span for place, s in at if len(view.text(s).split()) <= _ONE)
        if any(map(is_done, view.by_sentence(phrase_set(group.served_by)))):
            continue
        shown = list(dict.fromkeys(place.span for place, _ in at))
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"what": group.what, "words": _words(view, shown[0])},
            quotations=tuple(view.quote(*span) for span in shown[:2]),
            subject=group.what,
        )


def _words(view: View, span: Span) -> str:
    """What a target or a need says, on one line; of a row, the whole of it."""
    index = view.sentence_at(span[0])
    text = view.document.text[slice(*span)]
    if index is not None and view.setting(index) == "table_row":
        text = view.text(index)
    return cut(" ".join(text.split()).strip(" •–-"), _SHOWN)


def _names(place: Place, matches: Iterable[Match]) -> bool:
    return any(place.span[0] <= m.start and m.end <= place.span[1] for m in matches)


def _targets(view: View, named: frozenset[int]) -> Iterator[Place]:
    """The clauses of each target that says no more; of a list or a table, its rows one by one."""
    targets = targets_in(view, sorted(named))
    told = {target.span[0] for target in targets}
    lines: set[int] = set()
    for number in aimed_lines(view):
        block, within = view.document.blocks[number], tuple(view.of_block(number))
        lines.update(within)
        yield Place(sentences=within, span=(block.start, block.end))
    for table in tables_of(view):
        told_there = any(c.start in told for row in table.rows for c in row.cells)
        if is_of_schemes(table) or not (told_there or tells_now_and_then(table)):
            continue
        for row in table.rows:
            # What a row is about is its label; a further cell may tell what is done for it.
            label = next((c for c in row.cells if c.text == row.label), row.cells[0])
            if any(c.value is not None for c in row.cells if c.start > label.start):
                rows = tuple(view.of_block(row.block))
                yield Place(sentences=rows, span=(label.start, label.end))
    for target in targets:
        index = view.sentence_at(target.span[0])
        if index is None or view.setting(index) == "table_row" or index in lines:
            continue
        # 'We will fund a programme that helps firms to export' is target and measure in one.
        words = view.document.text[slice(*target.span)]
        if not (_MEASURE.search(words) or BY_NAME.search(words)):
            yield Place(sentences=(index,), span=target.span)


def _needs(view: View, named: frozenset[int]) -> Iterator[Place]:
    """Sentences that say what is needed first; where one does not name it, its paragraph."""
    for index in view.holding(_FIRST, _OWN_FIRST):
        if view.setting(index) not in ("paragraph", "list_item"):
            continue
        sentence, text = view.analysis.sentences[index], view.text(index)
        own = view.search(_OWN_FIRST, index) is not None
        asked: object = view.search(_FIRST, index)
        if asked and not _SAID_BY.search(text):
            earlier = view.text(index - 1) if index else ""
            asked = _SAID_BY.search(earlier) and _PRONOUN.match(text)
        if not (own or asked) or _ANSWERED.search(text):
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase="need")
        if is_anothers(view, match) and "told" not in text:
            continue
        before = tuple(s for s in view.of_block(sentence.block) if s <= index)
        near = before if own else tuple(s for s in before if index - s <= _NEAR)
        block = view.document.blocks[sentence.block]
        heading = view.under(block.heading) if block.heading is not None else ()
        if index in named:
            # Of a row of concerns only the first is put first.
            row = _ROW.search(text)
            end = sentence.start + row.end() if row is not None else sentence.end
            yield Place(sentences=(index,), span=(sentence.start, end))
        elif named.intersection(near):
            yield Place(sentences=near, span=(block.start, block.end))
        elif own:
            # 'The damp should be treated as a matter of urgency': what it is stands further up.
            yield Place(sentences=before or tuple(heading[:1]), span=(block.start, block.end))
    yield from _unreplied(view)


def _unreplied(view: View) -> Iterator[Place]:
    """Rows of a table of obstacles and replies in which the reply is left open."""
    for table in tables_of(view):
        place = next((n for n, head in enumerate(table.heads) if n and _REPLY.search(head)), None)
        if place is None or not _OBSTACLE.search(table.heads[0]):
            continue
        for row in table.rows:
            reply = row.cells[place].text if place < len(row.cells) else ""
            if _OPEN.fullmatch(reply.strip()) and not _OTHER.match(row.label):
                yield Place(sentences=tuple(view.of_block(row.block)), span=row.span)


def _paid(view: View) -> frozenset[int]:
    """Blocks that are rows of money that is spent, or of things to be done."""
    return frozenset(
        row.block
        for table in tables_of(view)
        for row in table.rows
        if is_of_schemes(table)
        or (_SCHEME.search(row.label) and not any(_STOCK.search(head) for head in table.heads))
        or any(
            cell.money and not _STOCK.search(head)
            for cell, head in zip(row.cells, (*table.heads, *[""] * len(row.cells)), strict=False)
        )
    )


def _is_doing(view: View, index: int, paid: frozenset[int]) -> bool:
    """Whether a sentence, an item or a row tells of something that is done or paid for."""
    setting = view.setting(index)
    if setting == "table_row":
        return view.analysis.sentences[index].block in paid
    if setting not in ("paragraph", "list_item", "footnote", "quotation"):
        return False
    if index in _aside(view) or view.search(_DESCRIBES, index) or view.search(_NOT_DONE, index):
        return False
    if len(view.text(index).split()) < _ITEM:
        return False
    if setting == "list_item" or view.search(_DOING, index) is not None:
        return True
    return (
        _NUMBERED.match(view.document.block_text(view.analysis.sentences[index].block)) is not None
    )


def _aside(view: View) -> frozenset[int]:
    return view.remember("sentences set aside", lambda: under_titles(view, _ASIDE))


CHECK = Check(
    name="unserved",
    level="document",
    options=Options,
    holes={"what": "exports", "words": "Firms exporting 57 115"},
    run=_run,
    doc="A target, or a need that comes first, for which nothing in the text is done.",
)
