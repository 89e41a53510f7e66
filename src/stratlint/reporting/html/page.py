"""Turn templates into self-contained, safe pages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from unicodedata import bidirectional

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from stratlint.evidence.marks import KEYS, mark_of
from stratlint.records import Quotation
from stratlint.reporting import words
from stratlint.reporting.hygiene import excerpt, one_line, printable, terminal
from stratlint.reporting.index import slugify
from stratlint.resources import data_dir
from stratlint.text.quoting import QUOTATION_LIMIT

# End tags that HTML lets out, where what follows closes the element (HTML, 13.1.2.4).
_OPTIONAL = re.compile(
    r"</(?:td|th)>\s*(?=<(?:td|th|/tr)\b)|</tr>\s*(?=<tr\b|</t(?:body|head|foot)>)"
    r"|</li>\s*(?=<li\b|</[ou]l>)|</d[dt]>\s*(?=<d[dt]\b|</div>)"
    r"|</p>\s*(?=<(?:p|div|ol|ul|dl|figure|details|table|section|article|h[1-6])\b"
    r"|</(?:div|section|article|li|details|figure)>)"
)
# Line ends before tags at which a line breaks anyway; those before headings stay, for reading.
_BREAK = re.compile(
    r"\n(?=</?(?:p|div|figure|figcaption|ul|ol|li|dl|table|caption|thead|tbody|tr|details|section"
    r"|svg|path|use|option)\b)"
)
# Attribute values that need no quotes (HTML, 13.1.2.3); one that ends in a slash keeps them.
_TAG = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r' ([a-z-]+)="([\w.#:/%-]*[\w.#:%-])"(?=[\s>])', re.ASCII)
_HOLE = "\0{}\0"  # no text from elsewhere holds this: see _finalize
_COLON = re.compile(r'("[^"]*")|([a-z-]): ')  # what stands in quotes stays
_COMMENT = re.compile(r"^\s*(?://.*|/\*[^*]*\*/)$", re.MULTILINE)
"""Comments that have their lines to themselves."""
_LOOSE = re.compile(r"\s*([{};,])\s*")
_INDENT = re.compile(r"\s*\n\s*")


@cache
def environment() -> Environment:
    """Jinja with everything escaped, unknown names refused, and forbidden characters shown."""
    made = Environment(
        loader=FileSystemLoader(data_dir("reports") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters |= {
        "said": said,
        "words_of": marked,
        "count_of": words.count,
        "number": words.number,
        "sentence": lambda text: curly(words.sentence(text)),
        "curly": curly,
        "statistic": statistic,
        "listed": words.listed,
        "ordinal": words.ordinal,
        "lq": words.quotient,
        "mark": mark_of,
        "percent": words.percent,
        "plain": terminal,
        "figure": words.figure_value,
        "humane": humane,
        "slug": slugify,
        "rule_name": rule_name,
        "shortened": shortened,
        "spans": spans,
        "without_sector": without_sector,
    }
    made.globals |= dict(zip(("average", "notable", "strong"), KEYS, strict=True))
    return made


def _finalize(value: Any) -> Any:
    """Refuse None, which would print as a word; show what HTML may not hold, such as NUL."""
    if value is None:
        raise ValueError("a template printed None")
    return printable(value) if type(value) is str else value


def said(text: str) -> Markup:
    """Words from a document or a rule's hole, on one line, isolated from the text around.

    Words whose letters all run from left to right cannot turn what stands around them.
    """
    return _isolated(Markup("{}").format(one_line(text)))


_BULLET = re.compile(r"\s*[•▪◦‣]\s+")


def marked(quotation: Quotation, limit: int = QUOTATION_LIMIT) -> Markup:
    """A quotation's words, isolated, its evidence in ``mark``."""
    text, marks = excerpt(quotation, limit)
    parts: list[Markup] = []
    reached = bullet.end() if (bullet := _BULLET.match(text)) else 0
    marks = tuple((max(start, reached), end) for start, end in marks if end > reached)
    for start, end in marks:
        parts.append(_escaped(text[reached:start]))
        parts.append(Markup("<mark>{}</mark>").format(_escaped(text[start:end])))
        reached = end
    parts.append(_escaped(text[reached:]))
    return _isolated(Markup("").join(parts))


def _isolated(words_: Markup) -> Markup:
    return words_ if _plain(str(words_)) else Markup("<bdi>{}</bdi>").format(words_)


def _plain(text: str) -> bool:
    """Whether nothing in the text turns the direction: no letters from the right, no controls."""
    return text.isascii() or all(bidirectional(c) in _LEFT_TO_RIGHT for c in text)


_LEFT_TO_RIGHT = frozenset({"L", "EN", "ES", "ET", "CS", "NSM", "BN", "S", "WS", "ON"})


def _escaped(text: str) -> Markup:
    """Escaped, white space collapsed; spaces at the ends stay because words may follow."""
    return Markup("{}").format(re.sub(r"\s+", " ", printable(text)))


_OPENS = re.compile(r"(?<![\w’'])'(?=\w)")


def curly(text: str) -> str:
    """Straight quotation marks of our own sentences as print sets them."""
    return _OPENS.sub("‘", text).replace("'", "’")


_STATISTICS = {
    "interchangeability.chapters": "Chapters whose document was guessed, names masked",
    "interchangeability.traced": "Share of them that was guessed rightly",
    "interchangeability.chance": "Share that chance alone would guess",
    "mantel.r": "Do places of like economy choose alike? Correlation (Mantel’s r)",
    "mantel.p": "How often chance gives as much (Mantel’s p)",
    "mantel.regions": "Places that this was asked of",
    "pairs": "Pairs of documents compared",
}
"""Statistics over all documents in words; one that is missing here shows its key."""


def statistic(key: str) -> str:
    """A statistic's name in words."""
    return _STATISTICS.get(key) or words.sentence(key.replace("_", " ").replace(".", ": "))


def rule_name(name: str) -> str:
    """A rule's name in words, with a capital."""
    said = words.rule_words(name)
    return said[:1].upper() + said[1:]


def shortened(text: str, limit: int) -> str:
    """The text cut between words."""
    line = one_line(text)
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def spans(rules: Iterable[str]) -> str:
    """Rule ids with neighbours drawn together: 'BU001–003 CT002'."""
    runs: list[list[str]] = []
    for rule in sorted(rules):
        if runs and _next(runs[-1][-1]) == rule:
            runs[-1].append(rule)
        else:
            runs.append([rule])
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1][_FAMILY:]}" for run in runs)


_FAMILY = 2
"""Letters of a rule's family at the head of its id."""


def _next(rule: str) -> str | None:
    """The id after an id, or None where it is not made of a family and three digits."""
    family, number = rule[:_FAMILY], rule[_FAMILY:]
    return f"{family}{int(number) + 1:03}" if number.isdecimal() and len(number) == 3 else None


def without_sector(label: str, told: bool, sector: str) -> str:
    """A figure's label without the sector, where the finding names it already."""
    return label.replace(f", {sector}", "", 1) if told and sector else label


def humane(value: Any) -> str:
    """A fact of a profile, or a setting, in plain words."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {humane(entry)}" for key, entry in value.items()) or "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(humane(entry) for entry in value) or "none"
    return one_line(str(value)).replace("_", " ") if not isinstance(value, str) else one_line(value)


@cache
def asset(name: str) -> str:
    """The style sheet or the script, without what only readers of the source need."""
    text = _COMMENT.sub("", (data_dir("reports") / name).read_text(encoding="utf-8"))
    text = _INDENT.sub("\n", text).strip()
    if not name.endswith(".css"):
        return text
    spare = _COLON.sub(lambda at: at[1] or f"{at[2]}:", _LOOSE.sub(r"\1", text))
    return spare.replace(";}", "}")


def policy() -> str:
    """A content security policy that allows these very styles and this very script, no more."""
    hashes = {name: _hash(asset(name)) for name in ("report.css", "report.js")}
    return (
        f"default-src 'none'; style-src '{hashes['report.css']}'; "
        f"script-src '{hashes['report.js']}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def fill(template: str, **values: Any) -> str:
    """One page from a template, in as few bytes as HTML allows: reports go by mail."""
    made = environment().get_template(template)
    holes = {name: Markup(_HOLE.format(name)) for name in ("css", "js")}  # noqa: S704 - our own
    page = made.render(policy=policy(), **holes, **values)
    # Every attribute of the templates stands in double quotes: an apostrophe ends none.
    page = _OPTIONAL.sub("", _INDENT.sub("\n", page)).replace("&#39;", "'")
    page = _BREAK.sub("", page)
    page = _TAG.sub(lambda tag: _QUOTED.sub(r" \1=\2", tag.group()), page).strip() + "\n"
    # After the rest, because what was hashed must not change.
    for name in holes:
        page = page.replace(_HOLE.format(name), asset(f"report.{name}"))
    return page
