"""What figures look like in words, and the words that make a number something else."""

from __future__ import annotations

import re

from stratlint.text.phrases import phrase_set

COUNTED = (
    r"(?:jobs|people|workers|employees|firms|businesses|companies|enterprises|residents|"
    r"households|students|graduates|researchers|visitors|visits|commuters|tonnes|hectares|"
    r"start-ups|inhabitants|patents|patent applications|scientists|apprentices|SMEs|clusters)"
)
_UNIT = r"\s?(?:%|per ?cent\b|percentage points?\b|(?:m|bn|million|billion|trillion|thousand)\b)"
# Nothing begins within a word: said first, it spares looking at every letter of one.
STATISTIC = re.compile(
    rf"(?<!\w)(?:(?<![\w.])(?:[£€$]\s?)?(?:\d[\d,]*(?:\.\d+)?{_UNIT}|(?:two|three|four|five|six|seven|"
    r"eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"{_UNIT})"
    r"|(?<![\w.£€$])(?!(?:19|20)\d\d\b)(?:\d[\d,]*(?:\.\d+)?)"
    r"(?:\s[\w-]+){0,2}?\s" + COUNTED + r"\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|a|an|almost|nearly|about|around|roughly|"
    r"over|more than|less than)[ -](?:half|quarters?|thirds?|fifths?|tenths?|sixth|"
    r"seventh|eighth) (?:of|as)\b"
    r"|\b(?:half|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:every )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty)\b"
    r"|\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))[ -]"
    r"(?:largest|biggest|highest|lowest|best|worst|fastest|busiest|richest|poorest|strongest|most)\b"
    r"|\btop[ -](?:\d+|three|five|ten|twenty|fifty|hundred)\b(?! priorit| sector| team| level))",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?<![\d.,£€$])(?:19[5-9]\d|20[0-4]\d)(?![\d%])")
NUMBERED = re.compile(r"\W*\d{1,2}\.\d{1,2}\s")
MONEY = re.compile(r"[£€$]|\b(?:m|bn|million|billion|trillion)\b", re.IGNORECASE)
ECONOMY = re.compile(
    r"\b(?:turnover|gva|gdp|gross|output|exports?|exported|imports?|revenues?|sales|econom\w+|"
    r"contribut\w+|market|industry|sector|value added|wages?|salar\w+|earnings|income|profits?|"
    r"productivity|trade|spending power|debt|deficit|losses|box office)\b",
    re.IGNORECASE,
)
"""Money is a statistic where it measures an economy; else it is a budget or a price."""
FORWARD = phrase_set(
    (
        "will",
        "shall",
        "would",
        "aim|aims|aiming|aimed to|for|at|is",
        "our aim|aims|target|targets|goal|goals|vision|ambition",
        "target|targets|targeted",
        "by 2010|2011|2012|2013|2014|2015|2016|2017|2018|2019|2020|2021|2022|2023|2024|2025|2026|"
        "2027|2028|2030|2035|2040|2050",
        "goal|goals",
        "objective|objectives",
        "ambition|ambitions",
        "up to",
        "over|within the next",
        "commit|commits|commitment|commitments|committed",
        "expected|forecast|forecasts|projected|predicted|anticipated|set to",
        "intend|intends|intended|plan to|plans to|planned|propose|proposes|proposed|proposal",
        "if|suppose|imagine|example",
        "potential to|for|of",
        "could|might|may",
        "threshold*|eligible|eligibility|minimum|maximum|at least|no more than|cap|limit|scale of",
        "contribution|intervention|grant|interest|tax|corporation|relief rate",
        "co financ*|match fund*|tax relief|credit|credits|allowance",
        "fewer|less|more|over|at least|to|between than <number> employees|people|staff|persons",
        "employ|employs|employing|with up|over|fewer|less|more|under|than .. employees|people",
        "<number> or more|fewer|less employees|people|staff|workers",
        "definition|defined|defines",
    )
)
BUDGET = phrase_set(
    (
        "fund|funds|funded|funding|budget|budgets|budgeted|grant|grants|allocated|allocation",
        "award|awarded|awards|package|scheme|schemes|programme|programmes|loan|loans|initiative",
        "invest|invested|investing|investment|investments|provide|provided|providing|provides",
        "worth of|challenge",
        "deal|deals|announced|announce|announcing|pledged|secured|cost|costs|costing|spend|spending",
        "project|projects|competition|support|supported|supports|supporting|launched|deliver|"
        "delivered|delivering|created through",
    )
)
ASKED = phrase_set(
    (
        "interview|interviews|interviewed|respondents|respondent|responded|responses|responding",
        "questionnaire|questionnaires|consulted|consultation|workshop|workshops|attended",
        "participants|participated|delegates|sample|submissions|took part",
    )
)
NATIONAL = (
    "nationally",
    "national|UK's",
    "UK|Britain|England|Scotland|Wales|Germany|France|Netherlands|Finland",
    "United Kingdom",
    "the|this|our country",
    "across the country",
    "world|globe",
    "globally|worldwide|global",
    "Europe|EU|European|Europe's",
)
NOT_NATIONAL = (
    "office for national statistics",
    "national statistics|insurance|health|park|parks|trust|lottery|grid|vocational|office",
    "national curriculum",
    "East|South|North|West of England",
    "North|South East|West England",
    "Bank of England",
    "New England",
)
LOCAL = (
    "region|regions|region's|regional|regionally",
    "local|locally",
    "here",
    "our",
    "county|counties|city|cities|district*|sub region*",
    "north|south|east|west|midlands|northern|southern|eastern|western",
)


NUMBER = re.compile(r"(?<![\w.,])(?:[£€$]\s?)?\d[\d,]*(?:\.\d+)?")
SPELT = phrase_set(
    (
        "half|third|quarter|fifth|tenth of",
        "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|sixty|hundred|"
        "thousand firms|people|jobs|companies|businesses|plants|employers|suppliers|sites",
        "one|two|three|four in three|four|five|six|seven|eight|nine|ten",
        "hundred|thousand|million|billion",
        "one|two|three|four|five of the|our|its two|three|four|five|six|seven|eight|nine|ten "
        "best|top|leading|strongest|largest|most|highest|worst|poorest|fastest",
        "one|two|three|four .. in three|four|five|six|seven|eight|nine|ten|twenty",
    )
)


LABEL = 5
"""Words that a sentence needs; fewer are the label of a chart."""
REFERENCE = re.compile(
    r"(?<!\w)(?:^\W*\d{1,2}(?:\.\d{1,2})*[.):]?(?=\s|$)(?!\s+(?:per|jobs|people|firms|%))"
    r"|(?<![\w.,])\(?\d{1,2}\)"
    r"|\b(?:figures?|fig\.?|tables?|annex|annexe|appendix|chapters?|sections?|pages?|pp?\.|picture|box|"
    r"extra|maps?|phases?|stages?|steps?|priority|priorities|objectives?|themes?|article|part|level|"
    r"volume|step|goal|action|question)\s+\d+(?:\.\d+)*(?:\s*(?:and|to|[-–&,])\s*\d+(?:\.\d+)*)*"
    r"|\b\d[DG]\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d\d[- ](?:and|year)[- ](?:over|olds?)\b"
    r"|(?<![\w.])\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b)",
    re.IGNORECASE,
)
"""Numbers that measure nothing: of chapters, figures, lists, days and ages."""
IMPERATIVES = frozenset(
    "reach increase provide invest establish deliver support create build launch double raise "
    "spend extend boost cut reduce grow train recruit open fund publish introduce".split()
)


VERBS = frozenset(
    "is are was were has have had be been employ employs account accounts make makes made produce "
    "produces contribute contributes represent represents comprise comprises generate generates "
    "grew grow grows fell falls rose rises work works live lives export exports handle handles "
    "come comes came receive receives spend spends hold holds held provide provides constitute "
    "constitutes support supports take takes took lie lies stand stands stood give gives gave "
    "suffer suffers use uses remain remains say says do does did run runs ran".split()
)
