"""Names in wordings of our own, by kind: each kind was written before what reads it.

Every row is a text, the sectors that it names as industries, and those that it does not.
"""

from __future__ import annotations

import pytest

from stratlint.language.pipeline import document_of, parse

Row = tuple[str, str, str]

LED: tuple[Row, ...] = (
    ("We back key sectors such as education, health and tourism.", "education health_care", ""),
    ("Growth sectors, including energy, retail and software, come first.", "energy retail", ""),
    (
        "Four clusters were identified after long debate, namely: energy, food, sensors and water.",
        "energy food_drink electronics",
        "",
    ),
    ("Target industries include health, materials and energy.", "health_care energy", ""),
    (
        "The industries that we shall work with hardest are, in order: retail, energy and care.",
        "retail energy",
        "",
    ),
    (
        "Five clusters give a firm ground for the plan, namely Food, Energy, Health and Water.",
        "food_drink energy",
        "",
    ),
    ("Sectors like construction, education and transport take on school leavers.", "education", ""),
    (
        "The board selected the following clusters: logistics, energy and defence.",
        "energy defence_security",
        "",
    ),
    ("Our specialisms are (1) photonics, (2) energy and (3) health.", "energy health_care", ""),
    ("Key employment sectors, e.g. education and health, grow fastest.", "education", ""),
    (
        "Among the growth industries singled out are digital, energy and construction.",
        "digital_ict energy construction",
        "",
    ),
    ("Specialisation is sought in three clusters, namely space, energy and timber.", "energy", ""),
    ("Priority sectors comprise manufacturing, energy and education.", "energy education", ""),
    (
        "We shall help clean industries, light manufacturing, digital and logistics: all growth"
        " sectors.",
        "digital_ict",
        "",
    ),
    ("Support goes to sectors of promise, for example health, food and energy.", "energy", ""),
    ("The town centre has room for retail, leisure and education uses.", "", "education"),
    ("New homes need schools such as Hill Street, health centres and shops.", "", "education"),
    ("Services for residents, including education, health and libraries, are near.", "", "energy"),
    (
        "The plan covers topics such as transport, energy, waste and water.",
        "",
        "environmental_tech",
    ),
    ("Proposals should include details of energy, water and waste.", "", "energy"),
)

VERBS: tuple[Row, ...] = (
    ("The trade, which makes up a tenth of all jobs, is steady.", "", "chemicals"),
    ("Tourism makes up a third of output.", "tourism", "chemicals"),
    ("We are growing the software sector with care.", "digital_ict", "agri"),
    ("Objective 5 is growing the visitor economy.", "tourism", "agri"),
    ("This means growing our life sciences base.", "life_sciences", "agri"),
    ("Investment displays other patterns in the capital.", "", "electronics creative"),
    ("The map displays each sector by colour.", "", "electronics creative"),
    ("A sector that catches up with its rivals needs skills.", "", "agri"),
    ("Needs are of an increasingly composite nature.", "", "advanced_materials"),
    ("A composite index of employment was made.", "", "advanced_materials"),
    ("By comparison, the engineering sector is small.", "advanced_manufacturing", "retail"),
    ("In comparison with other regions the sector is weak.", "", "retail"),
    ("The sector processes some two million claims a year.", "", "chemicals"),
    ("The economy sails through a rough spell.", "", "marine"),
    ("Firms ship their goods from four industries to sixty countries.", "", "marine"),
    ("Industry designs its own training.", "", "creative"),
    ("The sector banks on its skills.", "", "financial_services"),
    ("The county fashions its own answer to the sector's decline.", "", "textiles"),
    ("The industry steels itself for change.", "", "metals"),
    ("The cluster mines its own data.", "", "mining_minerals"),
)

NAMES: tuple[Row, ...] = (
    ("The office stands at Foundry House, 3 Mill Lane.", "", "metals textiles"),
    ("Employers include Bramley Motors and the hospital.", "", "automotive"),
    ("Sites at Salt End and Steel Street will be developed for chemicals.", "chemicals", "metals"),
    ("Salt End is important for the chemicals industry.", "chemicals", "mining_minerals"),
    ("Mr Baker and Mrs Fisher spoke for the business sector.", "", "food_drink agri"),
    ("Farmer Close and Miller Road lie beside the industrial estate.", "", "agri"),
    ("Tourism is strong at the seafront, the Marina and the Old Docks.", "tourism", "marine"),
    ("The firm is registered with the International Telecommunications Union.", "", "digital_ict"),
    ("The Secretary of State for Digital, Culture, Media and Sport decided.", "", "creative"),
    ("The Retail Park on Glass Street employs two hundred people.", "", "ceramics_glass"),
    ("The Textile Works, a listed building, holds flats and a business centre.", "", "textiles"),
    ("Jobs at Tannery Court and Brewery Yard were lost.", "", "textiles food_drink"),
    ("The Space, a theatre, employs ten people.", "", "space"),
    ("Enterprise zones at Shipyard Wharf and Boatyard Quay are full.", "", "marine"),
    ("Councillor Taylor thanked businesses in Potter Street.", "", "ceramics_glass"),
    ("The Health and Safety Executive advises industry.", "", "health_care"),
    ("European Marine Sites protect the coast and its economy.", "", "marine"),
    ("A cluster of firms sits around Colliery Lane.", "", "mining_minerals"),
    ("The Cotton Exchange hosts business start-ups.", "", "textiles"),
    ("Forest Gate and Forest Hill have many small businesses.", "", "forestry_wood"),
)

GOALS: tuple[Row, ...] = (
    ("The plan eases the transition to a low carbon economy.", "", "low_carbon"),
    ("New homes must help the move to a low carbon economy.", "", "low_carbon"),
    (
        "Planning mitigates climate change, including moving to a low carbon economy.",
        "",
        "low_carbon",
    ),
    ("We must reduce emissions and adapt as we shift to a low carbon economy.", "", "low_carbon"),
    ("Energy efficient homes help us become a low carbon economy.", "", "low_carbon"),
    ("The transition towards a circular economy begins in each kitchen.", "", "environmental_tech"),
    ("Buildings shall use low carbon and renewable energy.", "", "low_carbon"),
    ("Development should draw a tenth of its heat from renewable energy.", "", "low_carbon"),
    ("Electric vehicles improve the air in our streets.", "", "automotive"),
    ("Low emission vehicles and cycling cut pollution.", "", "automotive"),
    ("Advances in technology change how goods reach the shops.", "", "digital_ict"),
    ("The low carbon economy employs nine thousand people here.", "low_carbon", ""),
    ("Our low carbon economy is a strength, with forty firms in wind.", "low_carbon", ""),
    ("We will grow the low carbon sector.", "low_carbon", ""),
    ("The renewable energy industry will be attracted to the port.", "low_carbon", ""),
    ("Makers of electric vehicles are invited to the estate.", "automotive", ""),
    (
        "Priority goes to the circular economy, creative firms and tourism.",
        "environmental_tech",
        "",
    ),
    ("The sectors of growth are the low carbon economy and digital.", "low_carbon", ""),
    ("Firms in renewable energy employ six hundred people.", "low_carbon", ""),
    ("The district hopes to lead in low carbon technologies.", "low_carbon", ""),
)

PLURALS: tuple[Row, ...] = (
    (
        "British defence and security industries work together.",
        "defence_security",
        "financial_services",
    ),
    ("The security industry guards the port.", "", "financial_services"),
    ("The securities industry trades from the square.", "financial_services", "defence_security"),
    ("Composites are our strength.", "advanced_materials", ""),
    ("Composite picture of the sector: mixed.", "", "advanced_materials"),
    ("National security and defence firms recruit.", "defence_security", "financial_services"),
)

_DONE_WITH = (
    ("agri-food processing", "food_drink", "chemicals"),
    ("glass processing", "ceramics_glass", "chemicals"),
    ("leather processing", "textiles", "chemicals"),
    ("cork processing", "forestry_wood", "chemicals"),
    ("wool processing", "textiles", "chemicals"),
    ("grain processing", "food_drink", "chemicals"),
    ("data processing", "digital_ict", "chemicals"),
    ("chemicals and processing", "chemicals", ""),
    ("the processing industries", "chemicals", ""),
    ("recycling of batteries", "environmental_tech", "automotive"),
    ("the recycling of plastics", "environmental_tech", "advanced_materials"),
    ("recycling of textiles", "environmental_tech", "textiles"),
    ("recycling of metals", "environmental_tech", "metals"),
    ("reprocessing of glass", "environmental_tech", "ceramics_glass"),
    ("recycling of vehicles", "environmental_tech", "automotive"),
    ("vehicle recycling", "environmental_tech", "automotive"),
    ("textile recycling", "environmental_tech", "textiles"),
    ("the recycling of aircraft", "environmental_tech", "aerospace"),
    ("recycling of wind turbine blades", "environmental_tech", "low_carbon"),
    ("recycling, textiles and aerospace", "environmental_tech textiles aerospace", ""),
)
DONE_WITH: tuple[Row, ...] = tuple(
    (f"Our priority sectors are tourism and {what}.", named, unnamed)
    for what, named, unnamed in _DONE_WITH
)
"""What is done with a sector's goods."""

KINDS = {
    "led": LED,
    "verbs": VERBS,
    "names": NAMES,
    "goals": GOALS,
    "plurals": PLURALS,
    "done with": DONE_WITH,
}
FLOORS = {"led": 0.85, "verbs": 0.75, "names": 0.8, "goals": 0.9, "plurals": 0.8, "done with": 0.95}
"""Share of a kind's wordings that are read right; .85, .70, .70, .95, .33 and .25 before."""


def _is_right(row: Row) -> bool:
    text, named, unnamed = row
    found = {span.sector for span in parse(document_of(text)).spans}
    return set(named.split()) <= found and found.isdisjoint(unnamed.split())


@pytest.mark.parametrize("kind", KINDS)
def test_wordings_of_a_kind_are_read(kind: str) -> None:
    wrong = [row for row in KINDS[kind] if not _is_right(row)]
    share = 1 - len(wrong) / len(KINDS[kind])
    assert share >= FLOORS[kind], wrong
