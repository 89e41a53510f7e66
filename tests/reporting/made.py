"""Audit results made from a seed: what reporters are tested on.

Every word is made up. The records are real ones, consistent with one another: offsets point
into the text, quotations are slices of it, and fingerprints are unique unless asked otherwise.
"""

from __future__ import annotations

import hashlib
import random
from typing import NamedTuple

import msgspec

from stratlint.comparison.statistics.adjusting import adjusted
from stratlint.records import (
    AuditResult,
    Basis,
    Block,
    CheckPassed,
    Commitment,
    Comparison,
    Confidence,
    Declaration,
    Document,
    DocumentAnalysis,
    Feature,
    Figure,
    Finding,
    Fit,
    Form,
    Holding,
    Keyword,
    Line,
    Member,
    Mention,
    NotRead,
    Page,
    Passage,
    PassageKind,
    PlaceMention,
    Polarity,
    Priority,
    Profile,
    Quotation,
    Quotient,
    ReadWarning,
    Role,
    RuleCard,
    RuleNotRun,
    RunInfo,
    Sector,
    Sentence,
    Severity,
    Similarity,
    SourceNote,
    Voice,
)

REGIONS = (
    "North East",
    "North West",
    "Yorkshire and the Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)
SECTORS = (
    Sector(id="life_sciences", name="Life sciences", sic2007=("21", "26.6", "32.5", "72.1")),
    Sector(id="creative", name="Creative and cultural industries", sic2007=("59", "60", "90")),
    Sector(id="digital_ict", name="Digital and ICT", sic2007=("61", "62", "63")),
    Sector(id="advanced_manufacturing", name="Advanced manufacturing and engineering"),
    Sector(id="aerospace", name="Aerospace", sic2007=("30.3",)),
    Sector(id="automotive", name="Automotive", sic2007=("29", "45")),
    Sector(id="marine", name="Marine and maritime", sic2007=("30.1", "33.15", "50")),
    Sector(id="chemicals", name="Chemicals and process industries", sic2007=("19", "20")),
    Sector(id="metals", name="Metals and steel", sic2007=("24", "25")),
    Sector(id="energy", name="Energy (conventional, nuclear, oil and gas)", sic2007=("35",)),
    Sector(id="low_carbon", name="Low carbon and renewable energy"),
    Sector(id="environmental_tech", name="Environmental technologies", sic2007=("36", "37")),
    Sector(id="food_drink", name="Food and drink manufacturing", sic2007=("10", "11")),
    Sector(id="construction", name="Construction and built environment", sic2007=("41", "42")),
    Sector(id="tourism", name="Tourism, hospitality and visitor economy", sic2007=("55", "56")),
    Sector(id="financial_services", name="Financial services", sic2007=("64", "65", "66")),
    Sector(id="professional_services", name="Business and professional services"),
    Sector(id="defence_security", name="Defence and security", sic2007=("25.4", "30.4")),
)
HOSTILE = (
    '</p></bdi></section><script>alert("x")</script><img src=x onerror=alert(1)>',
    "<style>*{display:none}</style><!-- --><textarea>",
    "{{ 7*7 }} {% for x in y %} ${x} %s &lt;b&gt; &amp; \"quoted\" 'single'",
    "=cmd|' /C calc'!A0",
    "+SUM(1+1)*2",
    "-2+3+cmd",
    "@SUM(A1)",
    "\tleading tab",
    "\rleading return",
    "\u202eright to left override \u2066isolate never closed",
    "العربية בדיקה mixed with English",
    "null \x00 bell \x07 escape \x1b[31mred\x1b[0m form feed \x0c",
    "javascript:alert(1)//\u2028\u2029]]>--><![CDATA[",
    "fi\ufb01ligature soft\u00adhyphen zero\u200bwidth \ufeffbom",
    "::error file=x::injected%0A::set-output name=a::b",
    "| pipe | table ` tick * star _ underscore [link](javascript:x) <b>",
)

_RULES = (
    ("SB001", "crowded-priority", "SB", "warning", "medium"),
    ("SB002", "priority-without-local-evidence", "SB", "warning", "medium"),
    ("SB003", "copied-priority-without-local-evidence", "SB", "error", "high"),
    ("SB004", "missed-strength", "SB", "info", "medium"),
    ("SB005", "emulation", "SB", "warning", "high"),
    ("TR001", "passage-shared-with-another-region", "TR", "warning", "high"),
    ("TR002", "place-swapped-passage", "TR", "error", "high"),
    ("FR001", "no-functional-region", "FR", "warning", "low"),
    ("RU001", "no-rural-component", "RU", "warning", "medium"),
    ("BU001", "no-lead-business-users", "BU", "info", "low"),
    ("EV001", "priority-with-no-figure", "EV", "info", "medium"),
)
_WORDS = (
    "region economy firms growth skills investment partners programme network evidence city "
    "coast supply chain research graduates exports market towns enterprise centre quality "
    "ambition cluster demand innovation places people plans support new local strong future"
).split()


class _Place(NamedTuple):
    start: int
    end: int
    sentence: int


def made_result(
    seed: int = 7,
    *,
    regions: tuple[str, ...] = REGIONS,
    findings: int = 90,
    hostile: bool = False,
    compared: bool = True,
) -> AuditResult:
    """A whole audit: one document a region, two measures of evidence, shared passages."""
    rng = random.Random(seed)
    analyses = tuple(_analysis(rng, region, hostile) for region in regions)
    quotients = tuple(q for a in analyses for q in _quotients(rng, a.name))
    comparison = _comparison(rng, analyses, quotients) if compared else None
    rules = tuple(_rule(rng, *row) for row in _RULES)
    made = _findings(rng, analyses, rules, findings, hostile)
    passed = tuple(
        CheckPassed(rule=rule.id, name=rule.name, document=a.document.source)
        for a in analyses
        for rule in rules
        if not any(f.rule == rule.id and f.document == a.document.source for f in made)
    )
    title = "English regions, made-up strategies"
    return AuditResult(
        title=f"{title} {HOSTILE[0]}" if hostile else title,
        analyses=analyses,
        comparison=comparison,
        findings=made,
        profiles=tuple(p for a in analyses for p in _profiles(rng, a)),
        passed=passed,
        not_run=(RuleNotRun(rule="EV003", name="national-figure", reason="needs a gazetteer"),),
        not_read=(
            NotRead(source=HOSTILE[1] if hostile else "scan.pdf", code="no-text", reason="no text"),
        ),
        rules=rules,
        sectors=SECTORS,
        sources=(
            SourceNote(
                name="gva.csv",
                title="ONS regional GVA",
                publisher="Office for National Statistics",
                licence="Open Government Licence v3.0",
                date="2023-04-25",
                url="https://www.ons.gov.uk/",
            ),
        ),
        run=RunInfo(
            version="0.1.0",
            knowledge="sha256:0123456789abcdef",
            settings={"fail_on": "error", "share_of_regions": 0.6, "text": HOSTILE[2]},
            inputs={a.document.source: a.document.sha256 for a in analyses},
            packages={"spacy": "3.8.18", "scikit-learn": "1.9.1"},
        ),
        warnings=("one table of evidence has no year 2009",),
        files={a.document.source: f"corpus/{a.document.source}" for a in analyses},
    )


def _sentence(rng: random.Random, sector: str | None) -> str:
    words = rng.choices(_WORDS, k=rng.randint(9, 24))
    if sector is not None:
        words[rng.randint(2, 6)] = f"will concentrate on {sector}"
    return " ".join(words).capitalize() + "."


def _analysis(rng: random.Random, region: str, hostile: bool) -> DocumentAnalysis:
    slug = region.lower().replace(" ", "-")
    chosen = rng.sample(SECTORS, rng.randint(4, 8))
    if "London" not in region and SECTORS[0] not in chosen:
        chosen[0] = SECTORS[0]
    parts: list[str] = []
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    text, n_pages = "", 24
    for number in range(96):
        page = number * n_pages // 96
        start, block = len(text), len(blocks)
        lines: list[Line] = []
        for _ in range(3):
            sector = rng.choice(SECTORS) if rng.random() < 0.3 else None
            if rng.random() < 0.2:
                sector = rng.choice(chosen)
            term = sector.name.lower() if sector else None
            words = _sentence(rng, term)
            if hostile and rng.random() < 0.2:
                words = f"{words[:-1]} {rng.choice(HOSTILE)}."
            place = _Place(len(text), len(text) + len(words), len(sentences))
            sentences.append(Sentence(start=place.start, end=place.end, block=block))
            top = 80.0 + 50 * len(lines)
            box = (60.0, top, 520.0, top + 12)
            lines.append(Line(start=place.start, end=place.end, page=page, bbox=box))
            if sector is not None and term is not None:
                at = place.start + words.lower().index(term)
                mentions.append(_mention(rng, sector.id, at, term, block, place, sector in chosen))
            parts.append(words)
            text += words + " "
        text = text[:-1] + "\n\n"
        role = Role.LIST_ITEM if number % 7 == 3 else Role.PARAGRAPH
        blocks.append(
            Block(role=role, page=page, start=start, end=len(text) - 2, lines=tuple(lines))
        )
    document = Document(
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        source=f"{slug}.pdf",
        reader="pdfium",
        text=text,
        body_end=len(text),
        pages=tuple(
            Page(index=i, label=("i", "ii")[i] if i < 2 else str(i - 1), width=595, height=842)
            for i in range(n_pages)
        ),
        blocks=tuple(blocks),
        region=region,
        title=f"{region} strategy {rng.choice(HOSTILE)}" if hostile else f"A plan for {region}",
        year=2006 + rng.randint(0, 3),
        warnings=(ReadWarning(code="glued-words", message="three words were parted", page=4),),
    )
    places = tuple(
        PlaceMention(start=s.start, end=s.start + 5, name="Northtown", kind="city", region=region)
        for s in sentences[::12]
    )
    bare = DocumentAnalysis(
        document=document,
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        places=places,
        actors=(),
        priorities=(),
    )
    priorities = tuple(
        Priority(
            sector=sector.id,
            rank=rank,
            basis=Basis.DECLARED_LIST if rank < 4 else Basis.INFERRED,
            score=round(12.5 / rank, 3),
            mentions=sum(m.sector == sector.id for m in mentions),
            evidence=tuple(
                made_quotation(bare, m.start, m.end) for m in mentions if m.sector == sector.id
            )[:3],
            salience=round(rng.random(), 3),
        )
        for rank, sector in enumerate(chosen, 1)
    )
    return DocumentAnalysis(
        document=document,
        sentences=bare.sentences,
        mentions=bare.mentions,
        places=places,
        actors=(),
        priorities=priorities,
        declarations=(_declaration(document, bare.mentions[0]),),
    )


def _declaration(document: Document, mention: Mention) -> Declaration:
    """The first mention declared in the words before it."""
    start = max(0, mention.start - 20)
    member = Member(start=mention.start, end=mention.end, sectors=(mention.sector,))
    return Declaration(
        start=start,
        end=mention.start,
        phrase=document.text[start : mention.start],
        polarity=Polarity.CHOSEN,
        voice=Voice.OWN,
        form=Form.SENTENCE,
        extent=(start, mention.end),
        ended_by="the end of the sentence",
        members=(member,),
    )


def _mention(
    rng: random.Random, sector: str, at: int, term: str, block: int, place: _Place, own: bool
) -> Mention:
    kinds = list(Commitment)
    commitment = rng.choice(kinds[:3]) if own else rng.choice(kinds[2:])
    return Mention(
        sector=sector,
        start=at,
        end=at + len(term),
        term=term,
        block=block,
        sentence=place.sentence,
        commitment=commitment,
        probability=round(rng.uniform(0.4, 0.99), 3),
        features=(Feature(name="cue=will concentrate on", weight=1.3),),
    )


def made_quotation(analysis: DocumentAnalysis, start: int, end: int) -> Quotation:
    """The sentence around a span, with the span marked."""
    document = analysis.document
    around = next(s for s in analysis.sentences if s.start <= start < s.end)
    page = document.page_at(start)
    return Quotation(
        document=document.source,
        page=page.index,
        page_label=page.label,
        text=document.text[around.start : around.end],
        start=around.start,
        end=around.end,
        marks=((start - around.start, end - around.start),),
        boxes=document.boxes(around.start, around.end),
    )


def _quotients(rng: random.Random, region: str) -> list[Quotient]:
    made: list[Quotient] = []
    for sector in SECTORS:
        if sector.id == "low_carbon":
            continue
        value = round(rng.lognormvariate(0, 0.5), 3)
        small = rng.random() < 0.15
        made += [
            Quotient(
                region=region,
                sector=sector.id,
                value=value if measure == "GVA" else round(value * 1.1, 3),
                year=2006,
                measure=measure,
                source="ONS regional GVA" if measure == "GVA" else "ONS BRES",
                size=round(rng.uniform(20, 4000), 1),
                unit="£m" if measure == "GVA" else "jobs",
                codes=sector.sic2007 or ("28",),
                years=((2005, round(value * 0.9, 3)), (2006, value), (2007, value)),
                reliable=not small,
                caveat="small cell" if small else "",
            )
            for measure in ("GVA", "employment")
        ]
    return made


def _comparison(
    rng: random.Random, analyses: tuple[DocumentAnalysis, ...], quotients: tuple[Quotient, ...]
) -> Comparison:
    names = [a.document.source for a in analyses]
    drawn = tuple(
        Similarity(
            a=a,
            b=b,
            shared=1,
            expected=1.0,
            p_adjusted=1.0,
            jaccard=round(rng.random() * 0.6, 3),
            overlap=round(rng.random(), 3),
            z=round(rng.gauss(0, 1.4), 3),
            p=round(rng.random() ** 2, 4),
            text=round(rng.uniform(0.1, 0.7), 3),
            jensen_shannon=round(rng.uniform(0.1, 0.6), 4),
        )
        for i, a in enumerate(names)
        for b in names[i + 1 :]
    )
    corrected = adjusted([s.p for s in drawn]).tolist()
    similarities = tuple(
        msgspec.structs.replace(s, p_adjusted=q) for s, q in zip(drawn, corrected, strict=True)
    )
    keywords = tuple(
        Keyword(
            word=word,
            document=name,
            count=rng.randint(8, 60),
            reference_count=rng.randint(0, 30),
            z=round(rng.uniform(2, 9), 2),
            g2=round(rng.uniform(5, 80), 2),
            p=0.01,
            p_adjusted=0.02,
        )
        for name in names
        for word in rng.sample(_WORDS, 6)
    )
    fits = tuple(
        Fit(
            document=a.document.source,
            priorities=len(a.priorities),
            measured=max(0, len(a.priorities) - 1),
            shares={"1.0": 0.8, "1.25": round(rng.random() * 0.8, 2), "1.5": 0.1},
            ignored=tuple(
                q.sector
                for q in quotients
                if q.region == a.name
                and q.measure == "GVA"
                and q.value > 1.5
                and q.reliable
                and a.priority(q.sector) is None
            ),
            krugman=round(rng.uniform(0.1, 0.5), 3),
            distinctiveness=round(rng.random(), 3),
            interchangeability=round(rng.random(), 3),
        )
        for a in analyses
    )
    emphasis = {
        a.document.source: {p.sector: round(rng.lognormvariate(0.3, 0.6), 3) for p in a.priorities}
        for a in analyses
    }
    return Comparison(
        order=tuple(names),
        sector_order=tuple(s.id for s in SECTORS),
        similarities=similarities,
        passages=_passages(rng, analyses) if len(analyses) > 1 else (),
        keywords=keywords,
        fits=fits,
        quotients=quotients,
        emphasis=emphasis,
        statistics={"mean_jaccard": 0.31, "null_mean_jaccard": 0.24, "p": 0.012},
    )


def _passages(rng: random.Random, analyses: tuple[DocumentAnalysis, ...]) -> tuple[Passage, ...]:
    made: list[Passage] = []
    shapes = (
        (PassageKind.VERBATIM, 3, False, None),
        (PassageKind.PLACE_SWAPPED, 2, False, None),
        (PassageKind.EDITED, 2, False, None),
        (PassageKind.VERBATIM, 7, True, None),
        (PassageKind.VERBATIM, 2, False, "national-framework.pdf"),
    )
    for number, (kind, holders, template, source) in enumerate(shapes, 1):
        chosen = rng.sample(analyses, min(holders, len(analyses)))
        common = [_sentence(rng, "biotechnology") for _ in range(4)]
        holdings: list[Holding] = []
        if source is not None:
            holdings.append(_holding(source, None, " ".join(common), 3, role="source"))
        for analysis in chosen:
            words = " ".join(common)
            if kind is PassageKind.PLACE_SWAPPED:
                words = f"In {analysis.name}, {words}"
            if kind is PassageKind.EDITED:
                words = words.replace("region", "area", len(holdings))
            holding = _holding(analysis.document.source, analysis.name, words, number + 2)
            holdings.append(holding)
        made.append(
            Passage(
                id=f"P{number}",
                kind=kind,
                words=sum(len(s.split()) for s in common),
                substance=round(rng.uniform(2, 7), 2),
                holdings=tuple(holdings),
                source=source,
                template=template,
            )
        )
    return tuple(made)


def _holding(
    source: str, region: str | None, words: str, page: int, role: str = "strategy"
) -> Holding:
    quotation = Quotation(
        document=source,
        page=page,
        page_label=str(page - 1),
        text=words,
        start=100,
        end=100 + len(words),
    )
    return Holding(document=source, region=region, quotation=quotation, year=2007, role=role)


def _rule(
    rng: random.Random, rule: str, name: str, family: str, severity: str, confidence: str
) -> RuleCard:
    return RuleCard(
        id=rule,
        name=name,
        family=family,
        severity=Severity(severity),
        confidence=Confidence(confidence),
        why="A plan that follows the crowd spends money where it has no advantage.",
        fix="Say what evidence of your own stands behind it, with a figure, a source and a year.",
        scope="corpus" if family in {"SB", "TR"} else "document",
        known_false_alarms=("a region whose figures hide one large employer",),
        references=("NESTA 2008, 'Most innovation policy is spatially blind'",),
        tags=("spatial-blindness",),
        precision=round(rng.uniform(0.7, 1), 2) if rng.random() < 0.6 else None,
        judged=rng.randint(12, 60),
    )


def _findings(
    rng: random.Random,
    analyses: tuple[DocumentAnalysis, ...],
    rules: tuple[RuleCard, ...],
    count: int,
    hostile: bool,
) -> tuple[Finding, ...]:
    made: list[Finding] = []
    for number in range(count):
        rule = rules[number % (len(rules) - 1)]
        analysis = analyses[rng.randrange(len(analyses))]
        mention = rng.choice(analysis.mentions)
        name = next(s.name for s in SECTORS if s.id == mention.sector)
        quotation = made_quotation(analysis, mention.start, mention.end)
        corpus = number % 29 == 28
        message = f"{name} is a priority in most of {len(analyses)} regions, its LQ is 0.71"
        if hostile:
            message = f"{rng.choice(HOSTILE)} {message}"
        made.append(
            Finding(
                rule=rule.id,
                name=rule.name,
                family=rule.family,
                severity=rule.severity,
                confidence=rule.confidence,
                message=message,
                why=rule.why,
                fix=rule.fix,
                fingerprint=hashlib.sha256(f"{rule.id}{number}".encode()).hexdigest()[:16],
                document=None if corpus else analysis.document.source,
                region=None if corpus else analysis.name,
                sector=mention.sector,
                page=None if corpus else quotation.page,
                page_label=None if corpus else quotation.page_label,
                quotations=(quotation,),
                figures=(
                    Figure(
                        label="location quotient",
                        value=0.71,
                        unit="",
                        source="ONS regional GVA",
                        year=2006,
                        region=analysis.name,
                        sector=mention.sector,
                    ),
                )
                if rule.family == "SB"
                else (),
                suppressed="agreed with the region, 2009" if number % 41 == 40 else None,
            )
        )
    return tuple(made)


def _profiles(rng: random.Random, analysis: DocumentAnalysis) -> list[Profile]:
    document = analysis.document.source
    first = analysis.mentions[0]
    quotation = made_quotation(analysis, first.start, first.end)
    return [
        Profile(
            kind="journey",
            document=document,
            value=rng.choice(("stage B", "stage C", "not discernible")),
            summary="Its programmes are new, and it names no earlier success to renew.",
            facts={
                "stage": "C",
                "beside": None,
                "stage_name": "piloting",
                "sentences": {"A": 0, "B": 1, "C": 6, "D": 0, "E": 1},
                "moment_ahead": "sustaining momentum",
                "prepared": False,
            },
            quotations=(quotation,),
        ),
        Profile(
            kind="leadership",
            document=document,
            value=rng.choice(("orchestral", "barber-shop quartet")),
            summary="Few kinds of actor, and one body decides.",
            facts={
                "kinds": ["agency", "business"],
                "actors": 4,
                "deciders": ["board"],
                "n_deciders": 1,
                "told_in_words": False,
            },
            quotations=(),
        ),
        Profile(
            kind="themes",
            document=document,
            value="0 of 1 acted on",
            summary="1 claimed.",
            facts={
                "rural": {
                    "name": "rural areas",
                    "score": "claimed",
                    "sentences": 2,
                    "looked_for": "villages, market towns",
                }
            },
        ),
        Profile(
            kind="questions",
            document=document,
            value="1 of 1 answered",
            summary="Nothing is done about it.",
            facts={
                "rural_economy": {
                    "asks": "Are rural areas economies of their own?",
                    "value": "said",
                    "where": "5",
                    "quotation": None,
                }
            },
        ),
    ]
