"""Our own small documents: how lists, headings, tables and aims choose sectors.

A block is a line: ``# `` and ``## `` begin headings, ``- ``, ``1. ``, ``a) `` items, ``| `` rows of
a table (the first is its head), all else is a paragraph. Capitals are sectors: A, B and C are
chosen, X, Y and Z are not. A lower-case letter writes the name without its capital.
"""

from __future__ import annotations

LEADS = (
    "Our priority sectors are:",
    "We have chosen the following sectors:",
    "The Partnership will concentrate its efforts on:",
    "The plan selects three clusters:",
    "Growth will be driven by:",
    "The Board has settled on these industries:",
    "Priority will be given to:",
    "We will specialise in:",
    "The target sectors of this strategy are:",
    "The county's key growth sectors are:",
)
"""Lead-ins that choose what follows."""
OTHERS = (
    "Jobs have been lost since 1990 in:",
    "These sectors were considered and not chosen:",
    "The following industries are no longer priorities:",
    "The largest employers of the area are found in:",
    "The Government's priority sectors are:",
    "Consultees asked us to add:",
    "The highest vacancy rates were recorded in:",
    "No programme will be run for:",
    "The previous strategy had chosen:",
    "Industries in decline:",
)
"""Lead-ins that refuse, report, or are somebody else's."""
AFTER = (
    "{X} was left out.",
    "Most residents work in {x} or {y}.",
    "Planning permissions for {x} are not affected.",
    "The task group had members from {x} and {y}.",
    "Figures for {x} are not available at this level.",
    "{X} will be reviewed in 2030.",
)
"""Sentences after a list that choose nothing."""
MARKS = ("- ", "1. ", "a) ")


def _items(letters: str, mark: str) -> list[str]:
    marks = {"1. ": "123", "a) ": "abc"}.get(mark)
    return [
        f"{mark if marks is None else mark.replace(mark[0], marks[place])}{{{letter}}}"
        for place, letter in enumerate(letters)
    ]


LAYOUTS: dict[str, tuple[str, ...]] = {
    "lists": tuple(
        "\n".join([lead, *_items("ABC", mark), after])
        for lead in LEADS
        for mark, after in zip(MARKS, AFTER, strict=False)
    ),
    "second lists": tuple(
        "\n".join([lead, *_items("ABC", "- "), other, *_items("XY", "- ")])
        for lead, other in zip(LEADS, OTHERS, strict=True)
    )
    + tuple(
        "\n".join([other, *_items("XY", "1. "), lead, *_items("AB", "1. ")])
        for lead, other in zip(LEADS, OTHERS, strict=True)
    ),
    "lists that choose nothing": tuple(
        "\n".join([other, *_items("XYZ", mark)])
        for other, mark in zip(OTHERS, MARKS * 4, strict=False)
    ),
    "headings": (
        "# Our clusters\n## {A}\nSix thousand people work here.\n## {B}\nIt grew up by the port."
        "\n# Transport\nRoads to the {x} sites are full.",
        "# Priority sectors\n## 1. {A}\nA supply chain is in place.\n## 2. {B}\nPatents are many."
        "\n## 3. {C}\nFirms are small.\n# Housing\nHomes are needed near the {x} sites.",
        "# Where we will focus\n## {A}\nAn action plan follows.\n## {B}\nA board will meet."
        "\n# Other sectors\n## {X}\nIt is served by others.",
        "# Target sectors\n## {A}\nGrowth is fast.\n## {B}\nGrowth is steady.\n# Sectors outside"
        " the scope of this plan\n## {X}\nSee another plan.",
        "# The sectors that will drive our growth\n## Leading the country in {a}\nOutput rises.\n##"
        " Scaling up in {b}\nFirms are few.\n# Digital connectivity\nCoverage is good.",
        "# Accelerate {a}\nWe will fund equipment.\n# Strengthen {b}\nWe will broker links.\n# Know"
        " our labour market\nWorkers in {x} travel far.",
        "# Priority 1: {A}\nA manager is in post.\n# Priority 2: {B}\nA fund is open.\n# Priority"
        " 3: Better buses\nThe {x} sites have none.",
        "# Which industries come first?\n## {A}\nBecause it is strong.\n## {B}\nBecause it is new."
        "\n# What is left out?\n## {X}\nIt has its own plan.",
    ),
    "headings that choose nothing": (
        "# Employment land by occupier\n## {X}\nSites are small.\n## {Y}\nDemand is low.",
        "# The economy today\n## {X}\nThere are 3,000 jobs.\n## {Y}\nThere are 2,000 jobs.",
        "# The national strategy\n## {X}\nIt is a national priority sector.\n## {Y}\nSo is this.",
        "# What consultees told us\n## {X}\nMany asked for it.\n## {Y}\nSome asked for it.",
        "# History\n## {X}\nThe mills shut.\n## {Y}\nThe last pit closed.",
    ),
    "run-in headings": (
        "Three fields were chosen:\n1. {A}. It was taken because skills are here.\n2. {B}. Two"
        " hospitals buy from it.\n3. {C}. Studios came in 2010.",
        "# Our chosen specialisms\n1. {A} – the order books are full.\n2. {B} – the yard has room."
        "\n# Transport\nThe road to the {x} sites is slow.",
        "The Board has agreed on three sectors.\n3.1. {A}. Firms are many.\n3.2. {B}. Firms are"
        " new.\n3.3. {C}. Firms are large.",
        "# Our sectoral ambitions\n1. {A}. By 2032 we want to lead.\n2. {B}. By 2032 we want jobs."
        "\n# Evidence\n1. Output. It is low.\n2. Structure. The decline of {x} explains it.",
    ),
    "tables with an answer": (
        "| Sector | Priority sector?\n| {A} | Yes\n| {X} | No\n| {B} | Yes\n| {Y} | No",
        "| Industry | Adopted as priority | Jobs\n| {A} | Yes | 3,900\n| {B} | Yes | 450\n| {X}"
        " | No | 6,100",
        "| Sector | Outcome\n| {A} | Adopted\n| {X} | Rejected\n| {B} | Adopted\n| {Y} | Deferred",
        "| Sector | Priority\n| {A} | High\n| {X} | Low\n| {B} | High",
        "| Sector | Chosen\n| {A} | ✓\n| {X} | \n| {B} | ✓",
        "| Sector | Decision\n| {A} | Taken forward\n| {X} | Not taken forward\n| {B} | Taken"
        " forward",
        "| Sector | The council's stance\n| {A} | Actively pursue\n| {B} | Actively pursue\n| {X}"
        " | Omit",
        "| Cluster | Role in this plan\n| {A} | Lead specialism\n| {X} | Reference only\n| {B} |"
        " Lead specialism\n| {Y} | Noted",
        "| Sector | Officers' advice | Cabinet decision\n| {A} | Defer | Include\n| {X} | Include"
        " | Omit\n| {B} | Include | Include",
    ),
    "tables with labels": (
        "| In | Out\n| {A} | {X}\n| {B} | {Y}",
        "| Key sectors | Enablers\n| {A} | Skills\n| {B} | Transport and freight",
        "| Tier | Sectors\n| Tier 1 | {A}, {b}\n| Tier 3 | {X}",
        "| Approach | Sectors\n| Invest | {A}\n| Invest | {B}\n| Exit | {X}",
        "| Our priority clusters\n| {A}\n| {B}\n| {C}",
    ),
    "titled tables": (
        "Priority sectors and lead officers\n| Sector | Lead | Review\n| {A} | Growth | Q2\n| {B} |"
        " Trade | Q3",
        "# Our target sectors\n| Sector | Action\n| {A} | A fund\n| {B} | A centre",
        "The limit of 18 points was fixed in advance.\n| Candidate sector | Score\n| {A} | 23\n|"
        " {B} | 19\n| {X} | 14\n| {Y} | 11",
        "| Candidate sector | Total score\n| {A} | 31\n| {B} | 27\n| Threshold for selection"
        " | 25\n| {X} | 22",
        "The first two of these will be our priorities.\n| Sector | Score\n| {A} | 9\n| {B} | 8"
        "\n| {X} | 5\n| {Y} | 4",
    ),
    "tables that choose nothing": (
        "Employment by industry, 2016\n| Industry | Jobs | Share\n| {X} | 5,690 | 19.6\n| {Y} |"
        " 3,740 | 12.9\n| {Z} | 2,960 | 10.2",
        "| Region | Its priority sectors\n| Upriver | {X}\n| Over the border | {Y}",
        "| Sector | Exporting?\n| {X} | Yes\n| {Y} | No\n| {Z} | Yes",
        "| Sector | Location quotient\n| {X} | 1.6\n| {Y} | 1.2",
        "| Sector | Exposure to tariffs\n| {X} | High\n| {Y} | Low\n| {Z} | High",
    ),
    "labels": (
        "- Grow: {a} and {b}\n- Watch: {x}",
        "- Tier 1: {a} and {b}\n- Tier 3: {x} and {y}",
        "- Gold: {a}\n- Silver: {b}\n- Unplaced: {x}\nGold and silver sectors each receive a"
        " manager.",
        "- Now: {a} and {b}\n- Next: {c}\n- Not in this plan: {x}",
        "- Invest: {a}\n- Maintain: {x}\n- Exit: {y}",
    ),
    "aims": (
        "# Objective 1: Expand {a}\nJobs will be added.\n# Objective 2: Renew {b}\nOwners will be"
        " helped.\n# Objective 3: Improve buses",
        "Goals\n1. Become a leading location for {a}.\n2. Establish {b} as a source of good jobs.\n"
        "3. Raise the employment rate to 80 per cent, making good the loss of many jobs in {x}.",
        "Headline targets for 2030:\n- 500 new businesses in {a}\n- a quarter more output from {b}",
        "Mission 1: A national centre for {a}\nMission 2: A quarter for {b}\nMission 3: Clean air",
        "By 2035 we will be:\n- the leading region for {a}\n- a recognised force in {b}\n- a place"
        " where no child grows up poor",
    ),
    "funded measures": (
        "The Council will spend £14 million on a national centre for {a} and £3 million on a {b}"
        " accelerator.",
        "A £2.5m {a} pilot will be delivered with the Council as lead funder.",
        "We will open a £900,000 fund for {a}. No money is sought for {x}.",
        "| Sector programme | £m, 2024-29\n| {A} | 18.0\n| {B} | 12.5\n| Total | 30.5",
    ),
    "money that chooses nothing": (
        "Private companies invested £310 million in {x} and £95 million in {y}.",
        "The £30m road will open up land; {x} firms queue on the old one.",
        "The bond provides £26 million for streets. No part of it is for {x} or {y}.",
    ),
}
