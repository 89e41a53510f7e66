"""Jobs in a plan's own count that are made elsewhere, or by others with other money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable
from stratlint.records import Record, Span
from stratlint.rules.check import Check, Hit
from stratlint.rules.claims.aims import under_titles
from stratlint.rules.claims.tables import Table, tables_of
from stratlint.rules.claims.voice import is_anothers
from stratlint.rules.view import Match, View
from stratlint.rules.world import World
from stratlint.text.quoting import cut

_NUMBER = (
    r"\d{1,3}(?:,\d{3})+|\d{2,}|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|"
    r"twenty) (?:thousand|hundred)"
)
_SOME = r"(?:some |about |around |nearly |over |perhaps |only |at least |almost |up to )?"
_COUNTED = re.compile(
    r"\b(?:included|counted|reckoned|taken|put|entered|figured|factored|built|rolled|worked|"
    r"add(?:ed)?)\b"
    r"(?! separately| apart)[^.;]{0,40}\b(?:in|into|towards?|among|to|within|by)\b[^.;]{0,40}"
    r"\b(?:targets?|outcomes?|totals?|figures?|headline|aims?|ambition|goals?|count|numbers?)\b|"
    r"\bcounts? (?:towards?|in|for) (?:our|the)\b[^.;]{0,20}\b(?:targets?|totals?|ambition|goal)\b|"
    r"\b(?:targets?|totals?|figures?|ambition|aim|goal|headline)(?: of [^.;]{0,40}?)? (?:includes?|"
    r"embraces?|comprises?|covers?|counts?|takes? in|takes? credit for|claims?|rests? on|"
    r"allows? for|(?:leans?|builds?) (?:\w+ )?on|relies on|"
    r"depends on)\b[^.;]{0,30}(?:\d|jobs|posts)|"
    r"\b(?:at the heart of|part of|within|make up [^.;]{0,25} of) (?:our|the|this)"
    r" (?:\w+ ){0,2}(?:targets?|goals?|jobs figure)\b",
    re.IGNORECASE,
)
"""'Is included in our jobs target', 'the target includes 600 posts at …'."""
_OF_THE = re.compile(
    rf"\b(?:{_NUMBER}|one in \w+|most|half|a (?:third|quarter)) of (?:the|our|these|those|them)\b"
    rf"(?: (?:jobs|posts))?[^.;]{{0,40}}?\b(?:are|is|will|be|would|come|comes|depends?|rests?|"
    rf"lies?|"
    rf"belongs?)\b|"
    rf"\bof (?:the|these|our|those|this|them)(?: (?:\w+ )?(?:{_NUMBER}))?\b[^.;]{{0,40}}?,? {_SOME}"
    rf"(?:{_NUMBER}|half|two thirds|three quarters|two fifths|a (?:third|quarter|fifth)|most) "
    rf"(?:\w+ ){{0,3}}?(?:are|is|will|would|come|depend|rest|lie|stand|should|arise|belong)\b|"
    rf"\b(?:{_NUMBER}) (?:\w+ )?of (?:the|these|our|those|all) (?:{_NUMBER})\b"
    rf"[^.;]{{0,60}}?\b(?:are|is|will|be|would|come|depend|rest|lie|stand)\b|"
    rf"\b(?:half|a third|a quarter|two thirds|three quarters|two fifths|most|the (?:bulk|rest|"
    rf"remainder)) of (?:the|these|our|those|them)\b[^.;]{{0,50}}?\b(?:are|is|will|be|would|come|"
    rf"depend|rest|lie|stand|fall)\b",
    re.IGNORECASE,
)
"""'Of the 6,000 jobs under T1, 2,400 are expected to come forward at …'."""
_OF_WHICH = re.compile(
    rf"\b(?:(?:{_NUMBER}) (?:\w+ ){{0,2}}?(?:jobs|posts|positions)|(?:jobs|posts)\b[^.;]{{0,20}}: "
    rf"(?:{_NUMBER}))\b[^.;]{{0,40}}, (?:of which|of them|of these|and of these|including) {_SOME}"
    rf"(?:{_NUMBER})[^.;]{{0,60}}\b(?:in|at|by|from|with|of)\b|"
    rf"\b(?:{_NUMBER})\b[^.;]{{0,60}}, {_SOME}(?:{_NUMBER}) of (?:them|these|those)\b|"
    rf"\b(?:{_NUMBER})\b[^.;]{{0,60}}[;:] {_SOME}(?:{_NUMBER}) (?:places|posts|jobs|positions)? ?"
    rf"(?:will|would|are|come)\b",
    re.IGNORECASE,
)
_INCLUDES = re.compile(
    rf"\bincluded (?:here|above|in (?:this|these|that)) (?:are|is) {_SOME}(?:{_NUMBER}) (?:jobs|"
    rf"posts)\b|"
    rf"\b(?:{_NUMBER}) (?:\w+ )?(?:jobs|posts)\b[^.;]{{0,20}} (?:leans?|depends?|rests?|allows?) "
    rf"(?:\w+ )?(?:on|for) (?:the |those )?{_SOME}(?:{_NUMBER})\b|"
    rf"\b(?:we|plan|strategy|council|it)\b[^.;]{{0,25}}\b(?:count|counts|counted|includes?|"
    rf"included|"
    rf"adds?|added)\b(?: to (?:our|its|the)[^.;]{{0,20}})? (?:the |those |"
    rf"all )?{_SOME}(?:{_NUMBER}) "
    rf"(?:\w+ )?(?:jobs|posts|positions)\b|"
    rf"\b(?:jobs|posts|positions|targets?|totals?|figures?) (?:\w+ ){{0,3}}?(?:includes?|counts?|"
    rf"embraces?|comprises?|covers?|takes? in) (?:the |those |all |both )?{_SOME}(?:{_NUMBER}|"
    rf"jobs|posts)\b|"
    rf"^\W*(?:\d\W{{1,2}})?includes? (?:the )?{_SOME}(?:{_NUMBER}) (?:jobs|posts|positions)\b",
    re.IGNORECASE,
)
"""'The 22,000 jobs include the 7,500 at …'; a note to a table: '† Includes 690 posts …'."""
_BEYOND = re.compile(
    r"\b(?:(?:across|over) (?:the|our) (?:\w+ )?(?:boundary|border|county|river|water|line|bridge|"
    r"estuary|firth|sound|bay|valley|lake|motorway|channel|strait)|(?:immediately |just |well |"
    r"lies |lie |largely )?(?:outside|beyond)"
    r"(?: of)?(?: the| our| this)? (?:\w+ )?(?:area|county|district|region|borough|boundary|"
    r"boundaries|borders?|sub-region|city|province|valley|partnership)|neighbouring|adjoining|"
    r"adjacent|next (?:county|district|shire|borough|valley|state|region|authority|door)|"
    r"other side "
    r"of|elsewhere|another (?:county|region|shire|authority|borough|district|state|council|"
    r"country|city|province|valley)|its (?:works|plant|factory|yard) in|(?:an hour|hours|minutes|"
    r"miles|kilometres) [^.;]{0,25}away|neighbour(?:[’']s|s[’'])?)\b",
    re.IGNORECASE,
)
"""Words for what is not of the area."""
_OTHERS_DOING = re.compile(
    r"\b(?:already announced|announced by|proposed by|promised by|promoted by|forecast by|"
    r"developers?"
    r"(?:[’']s?)?|proponents?[’']?|national decision|decision of|in favour of|(?:funded|paid for|"
    r"owned|"
    r"built|run|led|delivered|carried out|employed|financed) by (?!the (?:plan|strategy|"
    r"partnership|"
    r"programme|council)\b|us\b|our\b)|by [A-Z]\w+ (?:[A-Z]\w+ )?(?:clients|companies|tenants)|"
    r"according to (?:that|its|their|the) |[’']s own (?:plan|expansion|growth|project|scheme|"
    r"money|board)|"
    r"would have come|home office scheme|maker (?:intends|plans)|"
    r"for (?:the )?(?:government|ministers?|parliament|state) to (?:choose|decide|grant|say)|"
    r"(?:that|its|their) own (?:plan|forecast|figures|"
    r"estimate|"
    r"money|board)|ministry[’']?s?|under the [\w ]{0,30}contract|said to be|operator[’']s|"
    r"government[’']s own|(?:company|firm|developers?|owners?|operator|airline|airport|"
    r"university|bank)\b[^.;]{0,20}\b(?:announced|promised|proposes?|plans|hopes|says)|"
    r"(?:home office|ministry|health service|nhs|government|treasury|army|navy|air force|state|"
    r"highways "
    r"agency)\b[^.;]{0,25}\b(?:build|pay|fund|financ|promis|own|run|open)\w*|"
    r"private(?:ly)?[- ](?:project|funded|promoted)|would (?:come|happen|"
    r"arise) "
    r"(?:anyway|in any (?:case|event))|not (?:ours|of our|by us))",
    re.IGNORECASE,
)
"""Words for what others do with other money."""
_PASSING = re.compile(
    r"\b(?:(?:at|during|for|of) (?:the |its )?(?:peak|height)(?: of)?|peak (?:site|construction|"
    r"workforce|years?)|construction (?:peak|phase|jobs?|workforce|workers|posts|period|site|"
    r"of the)|"
    r"temporary|builders (?:working|who|of)|will (?:vanish|end|go) (?:when|once)|while (?:it|"
    r"they) (?:is|are) built|for the (?:games|"
    r"building|construction))\b",
    re.IGNORECASE,
)
"""Words for jobs that do not last."""
_LEFT_OUT = re.compile(
    r"\b(?:not (?:been )?(?:counted|included|claimed)|no(?:ne|t one|t a single)\b[^.;]{0,30}"
    r"(?:claim|count)\w*|claim (?:not|none|no)|excluded?|excluding|left out|leave (?:them|these|"
    r"it) "
    r"out|apart from (?:these|them|it)|over and above|in addition|does not count|do not count)\b",
    re.IGNORECASE,
)
"""Words by which a text keeps such jobs apart itself."""
_GONE = re.compile(
    r"\b(?:gained|lost|added|were|was|had|since|between (?:19|20)\d\d and)\b", re.IGNORECASE
)
"""What was, of which no plan counts a part as its own."""
_WANTED = re.compile(
    r"\b(?:will|would|shall|expect\w*|targets?|goals?|aims?|ambitions?|outcomes?|by (?:19|20)\d\d|"
    r"forecast|additional|new|create\w*|promis\w+|to come|hop(?:e|ed)|net|depend\w*)\b",
    re.IGNORECASE,
)
_JOBS = re.compile(
    r"\b(?:jobs?|posts|positions|employment|employ|take on|workplaces|(?:residents|"
    r"people)\b[^.;]{0,15}"
    r"\b(?:in|at|into) work)\b",
    re.IGNORECASE,
)
_OUTWARD = re.compile(
    r"\b(?:(?:outside|beyond)(?: of)? (?:the|our|this)\b|commut\w+|travel\w* (?:out|to work|"
    r"to jobs|"
    r"daily)|leave (?:the \w+ )?(?:each|every) (?:day|morning))",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|in|near) (?:the )?((?:[a-z]+ ){0,4}?)([A-Z][a-z]{3,})")
_NAME = re.compile(r"(?:\b(?:in|to|at|for|and)(?: the)?|[,-]) ?([A-Z][a-z]{3,})")
_TO_BE_AT = re.compile(
    rf"\b(?:expect|will be|hope (?:for|to see)|foresee)\b[^.;]{{0,30}}?(?P<number>{_NUMBER}) "
    r"(?:jobs|posts|people|residents|of our)\b[^.;]{0,60}\b(?:at|in) [A-Z]",
)
"""'By 2030 we expect 3,000 people to be at work at …'."""
_MONEY = re.compile(
    r"[£€$]|\b(?:costs?|budget|funding|grant|deal|ask|public|private|investment|million|request)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:[–—-]|nil|none|0|n/?a|)", re.IGNORECASE)
_TARGETS = re.compile(
    r"\b(?:targets?|outcomes?|measures? of success|success|what (?:we|there|will|it)\b|by (?:19|20)"
    r"\d\d|promised|indicators|goals?)\b",
    re.IGNORECASE,
)
"""Titles under which numbers are to be reached."""
_WORD = re.compile(r"[A-Z][a-z]+")
_NO_PLACES = frozenset(
    "Census January February March April June July August September October November December "
    "Government Council Partnership Authority Agency Board Table Survey England Britain Scotland "
    "Wales Ireland Europe Kingdom County District Region City North South East West".split()
)
"""Capitalised words that name no place outside."""
_FEW = 20
"""Jobs from which a part of a count is worth a word."""
_NOTES = 2
"""Blocks below a table that may be notes to it."""
_NEAR = 2
"""Sentences after a count that may say where the jobs are: a page may part them."""


class Options(Editable):
    """A row without money counts from ``share_at_least`` of the jobs of its table."""

    share_at_least: float = Field(default=0.1, ge=0, le=1)


class Counted(Record, frozen=True):
    """Jobs that are counted: the words that say so and where they stand."""

    words: str
    why: str
    span: Span
    other: Span | None = None


def _run(options: Options, view: View, _world: World) -> Iterable[Hit]:
    said: set[Span] = set()
    for found in (
        *_told(view),
        *_placed_out(view),
        *_noted(view),
        *_parted_rows(view),
        *_unpaid(options, view),
    ):
        if any(start < found.span[1] and found.span[0] < end for start, end in said):
            continue
        said.add(found.span)
        spans = [found.span, *([found.other] if found.other else [])]
        yield Hit(
            document=view.source,
            region=view.region,
            holes={"words": found.words, "why": found.why},
            quotations=tuple(view.quote(*span) for span in spans),
            subject=found.words,
        )


def _told(view: View) -> Iterator[Counted]:
    """Sentences that count jobs and say, there or in the next, whose they are or where."""
    sentences = view.analysis.sentences
    wanted = _under_targets(view)
    for index in view.holding(_COUNTED, _INCLUDES, _OF_THE, _OF_WHICH):
        sentence = sentences[index]
        if view.setting(index) not in ("paragraph", "list_item", "caption", "footnote"):
            continue
        text = view.text(index)
        if not re.search(
            r"\d|\bcount|\binclud|\btaken|\breckoned|\bfigured|\bthese jobs|goal", text
        ):
            continue
        last = min(len(sentences), index + _NEAR)
        near = " ".join(view.text(s) for s in range(index, last))
        before = view.text(index - 1) if index else ""
        counted = view.search(_COUNTED, index) or view.search(_INCLUDES, index)
        parted = view.search(_OF_THE, index) or view.search(_OF_WHICH, index)
        if not (counted or parted):
            continue
        if _LEFT_OUT.search(near):
            continue
        if counted and not _JOBS.search(f"{before} {text}"):
            continue
        if not counted:
            if not (parted and (_JOBS.search(f"{before} {near}") or _is_of_jobs(view, parted))):
                continue
            # Residents who work elsewhere are no jobs that are promised; what others do is told so.
            promised = _WANTED.search(f"{before} {text}") or index in wanted
            if not promised and (
                _GONE.search(text) or not (_OTHERS_DOING.search(near) or _PASSING.search(near))
            ):
                continue
        why = _not_its_own(f"{before} {near}" if counted else near) or _far(view, text)
        found = counted or parted
        if why is None or found is None:
            continue
        match = Match(start=sentence.start, end=sentence.end, sentence=index, phrase=found.group())
        if not is_anothers(view, match):
            yield Counted(
                words=cut(text, 110),
                why=f"'{why}'",
                span=(sentence.start + found.start(), sentence.start + found.end()),
            )


def _not_its_own(text: str) -> str | None:
    """The words by which jobs are told to be elsewhere, others' or soon over."""
    for pattern in (_BEYOND, _OTHERS_DOING, _PASSING):
        found = pattern.search(text)
        if found is not None:
            return " ".join(found.group().split())
    return None


def _far(view: View, text: str) -> str | None:
    """A place in a sentence that the text elsewhere tells to lie outside its area."""
    outside: frozenset[str] = view.remember("names outside", lambda: _outside(view))
    found = next((f for f in _AT.finditer(text) if f.group(2) in outside), None)
    return " ".join(found.group().split()) if found is not None else None


def _outside(view: View) -> frozenset[str]:
    """Names in sentences that tell where residents go to work, or what lies beyond the boundary."""
    own = set(_WORD.findall(f"{view.document.title or ''} {view.region or ''}"))
    names = {
        name
        for index in view.holding(_OUTWARD)
        if view.setting(index) == "paragraph" and _OUTWARD.search(view.text(index))
        for name in _NAME.findall(view.text(index))
    }
    return frozenset(names - own - _NO_PLACES)


def _placed_out(view: View) -> Iterator[Counted]:
    """Jobs expected at a place outside, whose number is also a part of what is to be reached."""
    wanted = _under_targets(view)
    for index in view.holding(_TO_BE_AT):
        sentence, text = view.analysis.sentences[index], view.text(index)
        found = _TO_BE_AT.search(text) if view.setting(index) == "paragraph" else None
        why = _far(view, text) if found is not None else None
        if found is None or why is None or _LEFT_OUT.search(text):
            continue
        if any(found.group("number") in view.text(s) for s in wanted if s != index):
            yield Counted(
                words=cut(text, 110),
                why=f"'{why}'",
                span=(sentence.start + found.start(), sentence.start + found.end()),
            )


def _under_targets(view: View) -> frozenset[int]:
    """Sentences under a heading that announces what is to be reached."""
    return view.remember("under targets", lambda: under_titles(view, _TARGETS, lead_ins=True))


def _parted_rows(view: View) -> Iterator[Counted]:
    """A row "of which" under one of jobs to come, that tells of another place or others."""
    for table in tables_of(view):
        for before, row in zip(table.rows, table.rows[1:], strict=False):
            if not re.match(r"\W*(?:of which|of these|including)\b", row.label, re.IGNORECASE):
                continue
            why = _not_its_own(row.label)
            jobs = _JOBS.search(f"{before.label} {row.label} {' '.join(table.heads)}")
            last = row.cells[-1]
            if why is not None and jobs and last.value and last.value >= _FEW:
                yield Counted(
                    words=cut(f"{row.label}: {last.text}", 110), why=f"'{why}'", span=row.span
                )


def _noted(view: View) -> Iterator[Counted]:
    """A note under a table of jobs: a peak of workers, jobs that others pay for."""
    for table in tables_of(view):
        if not any(_JOBS.search(head) for head in table.heads):
            continue
        last = table.rows[-1].block
        for index in range(last + 1, min(last + 1 + _NOTES, len(view.document.blocks))):
            for sentence in view.of_block(index):
                text = view.text(sentence)
                # A star at the head of a note makes a list item of it in some formats.
                note = view.setting(sentence) == "list_item" or re.match(
                    r"\W{0,3}[*†‡§]|\W*includes?\b", text, re.IGNORECASE
                )
                why = _not_its_own(text)
                if note and why is not None and not _LEFT_OUT.search(text):
                    found = view.analysis.sentences[sentence]
                    yield Counted(
                        words=cut(text, 110), why=f"'{why}'", span=(found.start, found.end)
                    )


def _is_of_jobs(view: View, found: re.Match[str]) -> bool:
    """Whether the whole of which a part is told is a figure of jobs in a table: 'Of the 52,000'.

    It may be what two columns differ by: from 28,900 to 31,000, 'of the 2,100'.
    """
    whole = re.search(_NUMBER, found.group())
    if whole is None:
        return False
    number = float(whole.group().replace(",", ""))
    for table in tables_of(view):
        for row in table.rows:
            values = [c.value for c in row.cells if c.value is not None]
            apart = values[-1] - values[0] if len(values) > 1 else None
            if (number in values or number == apart) and _JOBS.search(row.label):
                return True
    return False


def _unpaid(options: Options, view: View) -> Iterator[Counted]:
    """Rows of a table of schemes that bring jobs and take none of its money."""
    for table in tables_of(view):
        jobs = [n for n, head in enumerate(table.heads) if n and _JOBS.search(head)]
        money = [
            n for n, head in enumerate(table.heads) if n and n not in jobs and _MONEY.search(head)
        ]
        if len(jobs) != 1 or not money or not _paid_rows(table, money):
            continue
        counts = [
            (row, row.cells[jobs[0]])
            for row in table.rows
            if not row.total and not row.part and jobs[0] < len(row.cells)
        ]
        whole = sum(cell.value or 0 for _, cell in counts)
        for row, cell in counts:
            places = [row.cells[n].text for n in money if n < len(row.cells)]
            bare = bool(places) and all(_NONE.fullmatch(text) for text in places)
            if bare and cell.value and cell.value >= options.share_at_least * whole:
                block = view.document.blocks[row.block]
                yield Counted(
                    words=f"{row.label}: {cell.text}",
                    why="none of the money in its table",
                    span=(block.start, block.end),
                )


def _paid_rows(table: Table, money: list[int]) -> bool:
    """Whether most of the other rows have a sum: else the column is no measure of anything."""
    sums = [
        any(n < len(row.cells) and row.cells[n].value is not None for n in money)
        for row in table.rows
    ]
    return sum(sums) * 2 > len(sums) >= 3


CHECK = Check(
    name="jobs-elsewhere",
    level="document",
    options=Options,
    holes={"words": "600 posts, included in our jobs target", "why": "'neighbouring'"},
    run=_run,
    doc="Jobs that a plan counts as its own, and that are made outside its area or by others.",
)
