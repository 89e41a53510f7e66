"""What stands in each table: column names, types and meanings. Every writer keeps to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | int | float | bool | None


class Column(NamedTuple):
    """A column: its name, the type of its values (str, int, float, bool) and its meaning."""

    name: str
    type: type
    meaning: str


class Table(NamedTuple):
    """A tidy table. A missing value is None."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_REGION = Column("region", str, "region of the document, or its file name where it has none")
_DOCUMENT = Column("document", str, "file name of the document")
_SECTOR = Column("sector", str, "id of the sector in the taxonomy")
_PAGE = Column(
    "page",
    int,
    "page of the file, from 1; empty where none is meant or the file has none",
)
_LABEL = Column("page_label", str, "number printed on the page; empty as the page is")
_PAGES = Column(
    "pages",
    str,
    "printed labels of the pages of its evidence; empty where it has none",
)

FINDINGS = (
    Column("fingerprint", str, "identity of the finding; stays when the layout changes"),
    Column("rule", str, "id of the rule"),
    Column("name", str, "name of the rule"),
    Column("family", str, "family of the rule"),
    Column("severity", str, "error, warning or info"),
    Column("confidence", str, "high, medium or low: how sure, not how grave"),
    _REGION,
    _DOCUMENT,
    _SECTOR,
    _PAGE,
    _LABEL,
    Column("place", str, "where a person finds it: the page, or line and heading"),
    Column("message", str, "what the rule has to say"),
    Column("quotation", str, "first quotation that carries it"),
    Column("figures", str, "figures that carry it, with source and year"),
    Column("why", str, "why it matters"),
    Column("fix", str, "what to do about it"),
    Column("suppressed", str, "reason given for suppressing it; empty when it stands"),
)
PRIORITIES = (
    _REGION,
    _DOCUMENT,
    _SECTOR,
    Column("rank", int, "rank in the document, from 1"),
    Column("basis", str, "'declared list' or 'inferred'"),
    Column("score", float, "summed commitment weight"),
    _PAGES,
    Column("lq", float, "location quotient, England or the table's nation = 1"),
    Column("lq_source", str, "table that the quotient was worked out from"),
    Column("lq_year", int, "year of the quotient"),
    Column("lq_reliable", bool, "false where the cell is small or the years disagree"),
)
MATRIX = (
    _REGION,
    _DOCUMENT,
    _SECTOR,
    Column("sector_name", str, "name of the sector"),
    Column("rank", int, "rank as a priority; empty when it is none"),
    Column("basis", str, "'declared list' or 'inferred'; empty when no priority"),
    Column("emphasis_quotient", float, "share of commitment weight over its share in the corpus"),
    Column("lq", float, "location quotient"),
    Column("lq_measure", str, "what the quotient counts"),
    Column("lq_year", int, "year of the quotient"),
    Column("lq_source", str, "table that the quotient was worked out from"),
    Column("lq_reliable", bool, "false where the cell is small or the years disagree"),
    Column("gap", str, "claim and quotient together, in words; empty where nothing is to say"),
)
MENTIONS = (
    _REGION,
    _DOCUMENT,
    _SECTOR,
    Column("term", str, "label of the taxonomy that matched"),
    Column("commitment", str, "what the document says of the sector there"),
    Column("probability", float, "calibrated probability of that class"),
    _PAGE,
    _LABEL,
    Column("start", int, "first character in the document's text, from 0"),
    Column("end", int, "character after the last"),
    Column("sentence", str, "the sentence around it"),
    Column("features", str, "what helped to decide the class, with its pull"),
)
DOCUMENTS = (
    _REGION,
    _DOCUMENT,
    Column("title", str, "title of the document"),
    Column("year", int, "year of the document"),
    Column("pages", int, "pages read; empty where the file has none of its own"),
    Column("words", int, "words of the body"),
    Column("priorities", int, "sectors that are priorities"),
    Column("measured", int, "priorities with a quotient, reliable or not"),
    Column("share_above_1", float, "share of measured priorities with a quotient above 1.0"),
    Column("share_above_1_25", float, "the same above 1.25"),
    Column("share_above_1_5", float, "the same above 1.5"),
    Column(
        "krugman",
        float,
        "Krugman index: distance of the region's structure from the mean of the other regions'",
    ),
    Column("strengths_ignored", str, "strong sectors that it does not choose, joined by '; '"),
    Column("distinctiveness", float, "distance of its wording from the other documents' centre"),
    Column("interchangeability", float, "likeness of its wording to the others, places masked"),
    Column("findings", int, "findings that stand"),
    Column("sha256", str, "hash of the file"),
)
SIMILARITY = (
    Column("a", str, "first region"),
    Column("b", str, "second region"),
    Column("shared", int, "priorities that both have"),
    Column("expected", float, "what chance gives them, popularity and lengths of lists kept"),
    Column("jaccard", float, "shared priorities over all priorities of the two"),
    Column("overlap", float, "shared priorities over the smaller set"),
    Column("z", float, "overlap against chance, in standard deviations"),
    Column("p", float, "share of random matrices with at least this overlap"),
    Column("p_adjusted", float, "the same for all pairs together (Benjamini and Hochberg)"),
    Column("text", float, "cosine of wording, places masked"),
    Column(
        "jensen_shannon",
        float,
        "Jensen-Shannon divergence: difference of wording, places masked, in bits",
    ),
    Column("structure", float, "Krugman distance of the two economies; empty without figures"),
)
PASSAGES = (
    Column("passage", str, "id of the passage"),
    Column("kind", str, "verbatim, edited or place-swapped"),
    Column("words", int, "length"),
    Column(
        "substance",
        float,
        "mean idf of the shared words in these documents: near nought, every one uses them",
    ),
    Column("template", bool, "whether most documents share it"),
    Column("joint", bool, "whether it is nearly all of the text of its holders"),
    Column("setting", str, "body, quotation, contents, references or imprint"),
    Column("source", str, "document that it comes from, where known"),
    _REGION,
    _DOCUMENT,
    Column("role", str, "strategy, or source: a document that is only matched"),
    Column("year", int, "year of the document"),
    _PAGE,
    _LABEL,
    Column("start", int, "first character in the document's text, from 0"),
    Column("end", int, "character after the last"),
    Column("attributed", bool, "whether this holder names its source"),
    Column("text", str, "the passage as it stands in this document"),
)
QUOTIENTS = (
    _REGION,
    _SECTOR,
    Column("value", float, "location quotient"),
    Column("year", int, "year"),
    Column("measure", str, "what it counts"),
    Column("source", str, "table it was worked out from"),
    Column("size", float, "size of the region's cell"),
    Column("unit", str, "unit of the size"),
    Column("codes", str, "SIC 2007 codes counted as the sector"),
    Column("lowest", float, "lowest quotient of the years looked at"),
    Column("highest", float, "highest quotient of the years looked at"),
    Column("reliable", bool, "false where the cell is small or the years disagree"),
    Column("caveat", str, "why it is not reliable"),
)
KEYNESS = (
    _REGION,
    _DOCUMENT,
    Column("word", str, "word that marks the document off from the rest"),
    Column("count", int, "times in this document"),
    Column("reference_count", int, "times in the other documents"),
    Column("z", float, "log-odds with an informative Dirichlet prior, standardised"),
    Column("g2", float, "log-likelihood ratio"),
    Column("p", float, "how often chance gives a g2 as large (chi-squared, one degree)"),
    Column("p_adjusted", float, "the same for all words tested (Benjamini and Hochberg)"),
)
RULES = (
    Column("rule", str, "id of the rule"),
    Column("name", str, "name"),
    Column("family", str, "family"),
    Column("severity", str, "severity of its findings"),
    Column("confidence", str, "confidence of its findings"),
    Column("scope", str, "document or corpus"),
    Column("findings", int, "findings that stand"),
    Column("precision", float, "share of judged findings that were right; empty if not measured"),
    Column("judged", int, "findings judged by a person for that measure"),
)
POPULARITY = (
    _SECTOR,
    Column("sector_name", str, "name of the sector"),
    Column("documents", int, "documents that choose it"),
    Column("share", float, "their share of all documents"),
    Column("below_1", int, "of them, how many have a reliable quotient below 1.0"),
    Column("regions", str, "who chooses it, joined by '; '"),
)
PROFILES = (
    _REGION,
    _DOCUMENT,
    Column("profile", str, "what the profile is of: journey, leadership, network, …"),
    Column("value", str, "the answer"),
    Column("summary", str, "what it rests on, in words"),
    _PAGES,
)
CONCORDANCE = (
    _DOCUMENT,
    Column("left", str, "words before"),
    Column("keyword", str, "the term as it stands"),
    Column("right", str, "words after"),
    Column("start", int, "first character in the document's text, from 0"),
    Column("end", int, "character after the last"),
    _LABEL,
)
DISPERSION = (
    _DOCUMENT,
    Column("term", str, "the term looked for"),
    Column("count", int, "times in the document"),
    Column("dp", float, "Gries' deviation of proportions: 0 even, towards 1 in one place"),
    Column("dp_normalised", float, "the same, over the most that it can be"),
)
THEMES = (
    _REGION,
    _DOCUMENT,
    Column("theme", str, "id of the theme"),
    Column("name", str, "name of the theme"),
    Column("score", str, "absent, passing, claimed, evidenced or acted on"),
    Column("sentences", int, "sentences that speak of it"),
    Column("looked_for", str, "what counts as speaking of it"),
)
JOURNEY = (
    _REGION,
    _DOCUMENT,
    Column("stage", str, "A to E; empty where too little speaks for any"),
    Column("stage_name", str, "name of the stage"),
    Column("beside", str, "a stage for which nearly as much speaks"),
    *(
        Column(f"sentences_{s}", int, f"sentences that speak for stage {s.upper()}")
        for s in "abcde"
    ),
    Column("moment_ahead", str, "the critical moment before the next stage"),
    Column("prepared", bool, "whether the text speaks of that moment"),
    _PAGES,
)
LEADERSHIP = (
    _REGION,
    _DOCUMENT,
    Column("style", str, "style of leadership, or that too few are named who decide"),
    Column("actors", int, "actors named"),
    Column("kinds", int, "kinds of actor among them"),
    Column("kind_names", str, "those kinds, joined by '; '"),
    Column("deciders", int, "those named who decide"),
    Column("decider_names", str, "the first twelve of them, joined by '; '"),
    Column("told_in_words", bool, "whether the text itself says how it is led"),
    _PAGES,
)
DECLARATIONS = (
    _REGION,
    _DOCUMENT,
    Column("declaration", int, "number of the declaration in its document, from 1"),
    _SECTOR,
    Column("member", str, "the member of the declaration that names the sector"),
    Column("polarity", str, "what is said of it: chosen, refused, support, strength, …"),
    Column("voice", str, "who says so: own, adopted, other or asked"),
    Column("form", str, "how it is set: sentence, bullets, rows, headings, …"),
    Column("chooses", bool, "whether the document itself chooses the sector by it"),
    Column("sure", bool, "false where the words are weaker than a choice in so many words"),
    Column("tier", int, "1 to 3 where it ranks its members among others"),
    Column("number", int, "how many members the phrase says there are"),
    Column("phrase", str, "the words that declare"),
    _PAGE,
    _LABEL,
    Column("start", int, "first character of the member in the document's text, from 0"),
    Column("end", int, "character after the last"),
)
QUESTIONS = (
    _REGION,
    _DOCUMENT,
    Column("question", str, "id of the question"),
    Column("asks", str, "the question"),
    Column("answer", str, "the answer; several are joined by '; '"),
    Column("page_label", str, "where the answer stands; empty where it rests on nothing seen"),
)
BREADTH = (
    _REGION,
    _DOCUMENT,
    Column("priorities", int, "sectors that are priorities"),
    Column("divisions", int, "SIC 2007 divisions that they cover, each counted once"),
    Column("coverage", float, "those over all 88 divisions"),
    Column("divisions_per_priority", float, "mean divisions of a priority: more is coarser"),
    Column("names", int, "different names that the text gives its priorities"),
    Column("granularity", float, "mean different names of a priority: more is finer"),
)
TEXTS = (
    Column("doc_id", str, "file name of the document"),
    Column("text", str, "its body in reading order, without notes and running heads"),
    _REGION,
    Column("year", int, "year of the document"),
    Column("title", str, "title of the document"),
    Column("kind", str, "what it is for: strategy, land-use plan, …; empty where unasked"),
    Column("language", str, "language of most of the prose"),
    Column("pages", int, "pages read; empty where the file has none of its own"),
    Column("words", int, "words of the body"),
    Column("sha256", str, "hash of the file"),
)
DICTIONARY = (
    Column("table", str, "name of the table, of its file and of its frame"),
    Column("column", str, "name of the column"),
    Column("type", str, "str, int, float or bool"),
    Column("meaning", str, "what stands in it"),
)


class Kind(NamedTuple):
    """A kind of table: its title, what a row of it is, and its columns."""

    title: str
    row: str
    columns: tuple[Column, ...]


SCHEMA: Mapping[str, Kind] = {
    "findings": Kind("Findings", "a finding, set aside or not, worst first", FINDINGS),
    "priorities": Kind("Priorities", "a priority of a document, with pages and LQ", PRIORITIES),
    "matrix": Kind(
        "Region by sector", "a document and a sector of which text or figures speak", MATRIX
    ),
    "popularity": Kind(
        "Sectors by how many choose them", "a sector that some document chooses", POPULARITY
    ),
    "documents": Kind("Documents", "a document: size, fit, distinctiveness", DOCUMENTS),
    "breadth": Kind("Breadth", "a document: how widely and how finely it chooses", BREADTH),
    "declarations": Kind("Declarations", "a sector that a declaration names", DECLARATIONS),
    "themes": Kind("Themes", "a document and a theme", THEMES),
    "journey": Kind("Innovation journey", "a document", JOURNEY),
    "leadership": Kind("Leadership", "a document", LEADERSHIP),
    "questions": Kind("Questions", "a document and a question asked of it", QUESTIONS),
    "profiles": Kind("Profiles", "a profile of a document", PROFILES),
    "similarity": Kind("Similarity", "a pair of documents, most unusual overlap first", SIMILARITY),
    "passages": Kind("Shared passages", "a holder of a shared passage", PASSAGES),
    "quotients": Kind("Location quotients", "a place, sector and measure", QUOTIENTS),
    "keyness": Kind(
        "Keyness",
        "a word, used three times or more, that marks a document off",
        KEYNESS,
    ),
    "rules": Kind("Rules", "a rule in force, with its measured precision", RULES),
    "mentions": Kind("Mentions", "a mention of a sector, with what decided its class", MENTIONS),
    "texts": Kind("Texts", "a document with its text", TEXTS),
    "concordance": Kind("Concordance", "an occurrence of a term in its context", CONCORDANCE),
    "dispersion": Kind("Dispersion", "a document and a term", DISPERSION),
    "dictionary": Kind("Data dictionary", "a column of a table", DICTIONARY),
}
"""Every table that there is. Files, sheets, frames and their reference page follow from this."""


def table(name: str, rows: Iterable[tuple[Cell, ...]]) -> Table:
    """A table of a kind with its rows."""
    kind = SCHEMA[name]
    return Table(name, kind.title, kind.columns, tuple(rows))


def dictionary(names: Iterable[str] = SCHEMA) -> Table:
    """The columns of tables, with type and meaning."""
    return table(
        "dictionary",
        (
            (name, column.name, column.type.__name__, column.meaning)
            for name in names
            for column in SCHEMA[name].columns
        ),
    )
