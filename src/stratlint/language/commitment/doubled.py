"""Denials that affirm: 'No industry matters more to us than a', 'We will not be giving up on a.'

The words deny something, and what they deny is that the sector is not chosen: a rival, a lapse, a
hesitation. A sentence of the document's own that is built so chooses the names behind the denial.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from stratlint.language.commitment.spoken import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.language.commitment.segments import Line, Segment

_ART = r"(?:for |to |the |our |its |on |in |a )*"
_RIVALS = (
    rf"\b(?:no|nowhere|nothing|none|nobody|never)\b.{{0,80}}\b(?:more|higher|better|greater"
    rf"|closer|dearer|further|prouder)\b.{{0,40}}? than {_ART}SECTOR",
    rf"\b(?:no|nothing|none|nobody)\b.{{0,40}}? (?:before|above|ahead of) {_ART}SECTOR",
    rf"\bno (?:other )?(?:\w+ ){{1,3}}(?:but|except|save|besides|beyond|other than|than)"
    rf" {_ART}SECTOR",
    rf"\b(?:none|nothing|nobody|no one) (?:but|except|save|besides|other than|less than|short of"
    rf"|if not) {_ART}SECTOR",
)
"""No rival: what stands behind is first, or alone."""
_LETS_GO = (
    r"(?:giv(?:e|en|ing) up|dropp?(?:ed|ing)?|abandon(?:ed|ing)?|eas(?:e|ed|ing) off"
    r"|let(?:ting)? go|turn(?:ed|ing)? (?:away|our backs?)|retreat(?:ed|ing)?|walk(?:ed|ing)?"
    r" away|step(?:ped|ping)? back|relinquish(?:ed|ing)?|desert(?:ed|ing)?|loosen(?:ed|ing)?"
    r"|back(?:ed|ing)? (?:off|away)|part(?:ed|ing)? with|dilut(?:e|ed|ing)|cool(?:ed|ing)? on"
    r"|tir(?:e|ed|ing) of|go(?:ne|ing)? off|forsak(?:e|en|ing)|los(?:e|t|ing) (?:faith|interest))"
)
_SLIGHT = (
    r"(?:afterthought|makeweight|footnote|side-?show|also-ran|ornament|luxury|poor relation"
    r"|stop-?gap|second best|spare part|passenger|fad|whim|hobby|frill|consolation prize)"
)
_LAPSES = (
    r"\b(?:not|never|no intention of|no thought of|no question of|refuses? to|refused to|far"
    r" from|neither|no more|wrong to (?:say|think|suppose|infer|conclude|write))\b(?: that)?"
    rf"(?: \w+){{0,3}}? (?:be |been )?{_LETS_GO}\b.{{0,25}}SECTOR",
    r"\b(?:can|could|will|shall|would|must) not (?:\w+ )?(?:do|live|manage|get by) without"
    rf" {_ART}SECTOR",
    r"SECTOR.{0,10} (?:has|have|had) (?:not|never) (?:lost|surrendered|forfeited|yielded|given up)"
    r" (?:its|their) (?:place|seat|claim|rank|standing|priority|primacy|lead)",
    r"\bneither .{1,50} nor .{1,50}? (?:shaken|moved|weakened|dented|altered|deflected|diverted"
    r"|turned|loosened|lessened)\b.{0,60}?SECTOR",
)
"""No lapse: what is not given up is kept."""
_SLIGHTS = (
    rf"SECTOR.{{0,20}} (?:is|are|was|were|will be) (?:no|not an?|never an?|hardly an?|anything but"
    rf" an?) (?:mere )?{_SLIGHT}",
    rf"\bnor (?:is|are|should|must|can|will|shall) (?:\w+ )?{_ART}SECTOR.{{0,40}}{_SLIGHT}",
    rf"\bnot (?:regard|see|treat|count|rate|think of) {_ART}SECTOR as an? (?:mere )?{_SLIGHT}",
)
"""No slight: what is no afterthought is meant."""
_LIMITS = (
    r"\bnot (?:limited|confined|restricted) (?:to|on) (?:the )?SECTOR",
    r"\bnot (?:limited|confined|restricted) (?:to|on) .{1,60}? (?:it|they|but) (?:also )?"
    r"(?:extends?|takes? in|includes?|covers?|embraces?|reach(?:es)?|runs?|applies|apply|is|are)"
    r"\b.{0,20}?SECTOR",
)
"""No limit: what is not confined to the first has the second too."""
_BOUNDS = (
    r"\bnot until (?:the )?SECTOR.{1,60}? (?:will|shall|may|can) (?:any|another|others?|anything"
    r"|anybody|anyone|a)\b",
    r"\bwithout (?:the )?SECTOR (?:\w+ ){0,2}(?:there )?(?:would|could|can|will) be no"
    r" (?:plan|strategy|programme|future|list)\b",
    r"\b(?:hardly|scarcely|not) an? (?:page|line|chapter|measure|pound|penny|scheme|grant)"
    r"\b.{0,40} (?:does|do|did|is|are|goes|leaves) not .{0,30}?SECTOR",
    r"\banything (?:less|short of|other|else)\b.{0,30}? (?:for|to|behind) (?:the )?SECTOR.{0,12}"
    r" (?:would|will) be",
    r"\bnot (?:a|one|another) (?:penny|pound|euro|dollar|cent|shilling|grant)\b.{1,60}?"
    r" (?:unless|until|except|but|save|without)\b.{0,20}?SECTOR",
)
"""Nothing before it and nothing without it."""
_HESITATIONS = (
    r"\b(?:not|never) (?:\w+ )?(?:dream|contemplate|hesitate|waver|wavered|falter|faltered"
    r"|countenance|afford not)\b.{0,40}SECTOR",
    r"\b(?:never|nothing|no) (?:\w+ ){0,3}less than\b.{0,30}SECTOR",
    r"\bat no (?:time|point|stage)\b.*\b(?:waver|doubt|hesitat|falter|flinch"
    r"|regret)\w*.{0,40}SECTOR",
    r"\blast thing\b.*\b(?:give|drop|abandon|let|leave|lose|forget)\b.{0,20}SECTOR",
    r"SECTOR.{0,20}\bnot (?:negotiable|optional|up for (?:debate|grabs)|open to (?:doubt"
    r"|question))\b",
    r"\b(?:nobody|no one|none)\b.{0,30}\b(?:accuse|suppose|infer|think|imagine|conclude"
    r"|suspect)\b.{0,60}\b(?:fail|neglect"
    r"|drop|forg[eo]t|giv|stop|ceas|displac|lost)\w*.{0,30}SECTOR",
    r"\b(?:nobody|no one|none)\b.{0,30}\b(?:accuse|suppose|infer|think|imagine|conclude"
    r"|suspect)\b.{0,60}SECTOR.{0,20}\b(?:been|is|are|has|have)\b.{0,10}\b(?:neglect|drop|forgot"
    r"|displac|lost|demot|eclips|pass)\w*",
    r"\bwrong to (?:suppose|think|say|infer|conclude)\b.{0,20}\b(?:giv|drop|forgotten|stopp|ceas"
    r"|abandon)\w*.{0,20}SECTOR",
    r"\bno (?:\w+ ){1,4}(?:in|on|of) where SECTOR.{0,12} not\b",
    r"\bno (?:\w+ ){1,5}that (?:does|did|do) not (?:\w+ ){0,2}SECTOR",
    r"\bnot (?:propose|suggest|mean|say|intend)\b.{0,20} (?:that )?(?:the )?SECTOR.{0,20}"
    r" (?:cease|stop|fall|drop|lose|leave)\b",
)
"""No hesitation: these choose only beside a word of choice."""
_CHOICE = re.compile(
    r"\b(?:priorit\w+|first|lead|leading|targets?|chosen|choice|choos\w+|list|key|focus"
    r"|specialis\w+|heart|favoured|prefer\w+|attention)\b"
)
_ALWAYS = tuple(re.compile(p) for p in (*_RIVALS, *_LAPSES, *_BOUNDS, *_SLIGHTS))
_ANYBODYS = tuple(re.compile(p) for p in _BOUNDS)
_BESIDE = tuple(re.compile(p) for p in (*_LIMITS, *_HESITATIONS))
_DENIALS = frozenset(
    "no not never nothing none nobody nowhere far wrong last refuse refuses refused neither nor"
    " hardly scarcely without anything".split()
)


def affirmed(
    line: Line, segments: Sequence[Segment], said: Sequence[Statement]
) -> list[Statement] | None:
    """What a sentence says whose denial affirms; None for every other sentence."""
    if _DENIALS.isdisjoint(line.words) or line.asks:
        return None
    if any(m.name in ("other", "past") for s in segments for m in s.matches):
        return None
    words = " ".join(line.words).replace("in which", "in where").replace("on which", "on where")
    chooses = _CHOICE.search(words) is not None
    own = any(m.name == "own" for s in segments for m in s.matches)
    patterns = (*_ALWAYS, *_BESIDE) if chooses else _ALWAYS if own else _ANYBODYS
    found = [match for pattern in patterns for match in pattern.finditer(words)]
    if not found:
        return None
    held = {at for match in found for at in _held(line, segments, words, match)}
    members = tuple(hit for at in sorted(held) for hit in line.hits[at])
    kept = [
        msgspec.structs.replace(s, members=tuple(m for m in s.members if m not in members))
        for s in said
    ]
    kept = [s for s in kept if s.members or s.open]
    phrase = " ".join(found[0][0].split()[:8])
    made = Statement(line.start, line.end, phrase, "chosen", "own", members, frame="affirms")
    return [*kept, made]


def _held(line: Line, segments: Sequence[Segment], words: str, match: re.Match[str]) -> set[int]:
    """The name that a denial affirms, and those behind it that are coordinated with it."""
    begin = len(words[: match.start()].split())
    last = begin + len(match[0].split()) - 1
    if last not in line.hits:
        last = next(at for at in sorted(line.hits) if at >= begin)
    return {
        segment.tokens[place]
        for segment in segments
        for group in segment.groups
        if last in (segment.tokens[p] for p in group.positions)
        for place in group.positions
        if segment.tokens[place] >= last
    } or {last}
