"""One form for all spellings of a word: British and American.

Words are only ever compared by what this module makes of them, so the form need not be
anybody's spelling ('enterprize', 'gallery' as 'galery'): it must be the same for what is the
same word, and different for what is not. Lists in YAML pass through it as texts do.
"""

from __future__ import annotations

import re

# Left to right; more than one may apply. A rule may spoil other words alike, as long as no two
# different words meet: 'our' needs two letters before it, or 'four' would be 'for'.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^practis(?=e|ing)"), "practic"),
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e[drs]?|ers|ing|able|ations?|ational|ability)$)"), "iz"),
    (re.compile(r"ys(?=(?:e[drs]?|ers|ing)$)"), "yz"),
    (
        re.compile(
            r"(?<=[a-z][bcdfghlmnprtv])our"
            r"(?=(?:s|ed|ings?|able|al|ants?|ists?|ful|less|ly|y|ers?|hoods?|ites?)?$)"
        ),
        "or",
    ),
    (re.compile(r"(?<=[a-z][bcdgt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z][bcdgt])red$"), "ered"),
    (re.compile(r"^fibre"), "fiber"),
    (re.compile(r"^centre"), "center"),
    (re.compile(r"ll(?=(?:ed|ings?|ers?|ery|ors?|ists?|ous|en|ens|ment|ments|ful)$)"), "l"),
    (re.compile(r"(?<=fi)ll$|(?<=sti)ll$|(?<=ro)ll$|(?<=tra)ll$"), "l"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"ens(?=(?:e[ds]?|ing)$)"), "enc"),
    (re.compile(r"ae(?!r)(?=[a-z]{2})"), "e"),
    (re.compile(r"^(?:oe(?=str|soph|nol)|foe(?=t))|(?<=hom)oe|(?<=rrh)oe"), "e"),
    (re.compile(r"gramme(?=s?$)"), "gram"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"^mould"), "mold"),
    (re.compile(r"^plough"), "plow"),
    (re.compile(r"^draught"), "draft"),
    (re.compile(r"^tyre"), "tire"),
    (re.compile(r"aluminium"), "aluminum"),
    (re.compile(r"^aeroplane"), "airplane"),
    (re.compile(r"dgement"), "dgment"),
    (re.compile(r"^jewell?e?r"), "jewelr"),
)
_ANY = re.compile(
    r"is[aei]|ys[ei]|our|[bcdgt]re|ll|ogue|ens[ei]|ae|oe|gramme|sulph|mould|plough|draught|tyre"
    r"|alumin|dgement|fib|jewel|practis|aerop"
)
"""What any of the rules above needs: most words have none of it and are done."""
_WORDS = {
    "ageing": "aging",
    "artefact": "artifact",
    "cheque": "check",
    "chilli": "chili",
    "disc": "disk",
    "enquiry": "inquiry",
    "grey": "gray",
    "haulier": "hauler",
    "kerb": "curb",
    "maths": "math",
    "mollusc": "mollusk",
    "speciality": "specialty",
    "storey": "story",
    "whisky": "whiskey",
    "yoghurt": "yogurt",
}
_SHORTEST = 4


def one_spelling(word: str) -> str:
    """The form that a word in small letters shares with its other spellings."""
    if word in _WORDS:
        return _WORDS[word]
    if len(word) >= _SHORTEST and _ANY.search(word):
        for pattern, other in _SPELLINGS:
            word = pattern.sub(other, word)
    return word
