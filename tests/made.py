"""Small documents made for these tests: a corpus of three regions and a source, and drafts."""

from __future__ import annotations

from pathlib import Path

SHARED = (
    "The apprentice who learns a trade beside somebody who has practised it for thirty years "
    "learns more than the trade, and we shall pay for the hours that the older of the two gives "
    "up, so that no workshop closes its doors with its knowledge still inside."
)
NORTH_EAST = f"""# Making and mending in the North East

2008

## 1 Where we are

Newcastle, Sunderland, Durham and Middlesbrough made ships, glass and chemicals. Today 31,000
people in Teesside work in the chemicals industry (ONS, 2006), and the region is good at it.

## 2 Priorities

Our priority sectors are:

- Chemicals and process industries
- Offshore wind and renewable energy
- Biotechnology and life sciences

We will invest £12 million in the chemicals industry of Teesside by 2010.

## 3 Skills

{SHARED}

Small firms in Gateshead will have a voice in every decision that the board takes.
"""
SOUTH_WEST = f"""# A harbour strategy for the South West

2007

## 1 Harbours

Plymouth, Exeter, Bristol and Truro look outwards. Ferries bring
400,000 visitors a year (ONS, 2006).

## 2 Priorities

Our priority sectors are:

- Biotechnology and life sciences
- Tourism
- Aerospace

We will support aerospace firms around Bristol with a fund of £20 million.

## 3 Craft

{SHARED}

The harbour board of Plymouth meets the city-region of Bristol twice a year.
"""
EAST_MIDLANDS = """# Patient places: the East Midlands

2006

## 1 Valleys

Derby, Nottingham, Leicester and Lincoln lie an hour apart. Derby builds engines and trains.

## 2 Priorities

Our priority sectors are:

- Biotechnology and life sciences
- Food and drink
- Rail

We will support food manufacturers in Lincolnshire with laboratories and with buyers' fairs.

## 3 Villages

Every village hall in the Wolds will have a line that is fast enough for a drawing office.
"""
NATIONAL = """# A national framework for enterprise

2005

Government has identified five sectors:

- Biotechnology and life sciences
- Aerospace
- Tourism
- Textiles
- Food and drink

Places prosper when institutions learn faster than their rivals, when ideas travel freely between
laboratory, workshop and market, and when public money follows evidence and not habit.
"""
MANIFEST = """\
title: Three made regions
documents:
  - {file: north-east.md, region: North East, year: 2008}
  - {file: south-west.md, region: South West, year: 2007}
  - {file: east-midlands.md, region: East Midlands, year: 2006}
  - {file: national.md, role: source, title: A national framework for enterprise, year: 2005}
"""


def write_corpus(folder: Path) -> Path:
    """The corpus in a folder, with its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("north-east.md", NORTH_EAST),
        ("south-west.md", SOUTH_WEST),
        ("east-midlands.md", EAST_MIDLANDS),
        ("national.md", NATIONAL),
        ("manifest.yaml", MANIFEST),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_word_draft(path: Path) -> Path:
    """A Word draft with runs, a list and a table, holding a sentence that a rule will mark."""
    import docx

    draft = docx.Document()
    draft.core_properties.title = "Making and mending in the North East"
    draft.add_heading("Making and mending in the North East", 0)
    draft.add_heading("1 Our region", 1)
    opening = draft.add_paragraph("Newcastle, Sunderland and Durham have always made things. ")
    opening.add_run("We will become the next Silicon Valley").bold = True
    opening.add_run(" of the north within five years. Nobody else will.")
    draft.add_heading("2 Priorities", 1)
    draft.add_paragraph("Our priority sectors are:")
    for sector in ("Biotechnology and life sciences", "Offshore wind and renewable energy"):
        draft.add_paragraph(sector, style="List Bullet")
    table = draft.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Sector", "Action"
    cells = table.add_row().cells
    cells[0].text = "Chemicals"
    cells[1].text = "We will become the next Golden Triangle of chemicals by 2010."
    draft.save(str(path))
    return path


RULE = """id: XX001
name: wool-named
check: phrase-present
with: {phrases: [wool mill]}
severity: warning
confidence: high
message: "names a wool mill"
why: Because mills are old.
fix: Name another trade.
tests:
  - name: fires
    documents: {A: "The wool mill is here."}
    want: [{document: A, contains: wool mill}]
  - {name: stays silent, documents: {A: "The loom is here."}, none: true, near_miss: true}
"""
"""A rule of one's own, for tests of where rules are found."""
