"""Which language a document is written in, told by the small words that carry no matter."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stratlint.records import ReadWarning, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stratlint.records import Block

# The commonest words of each language that are no words of English, so that a shared 'in',
# 'die' or 'on' never speaks for the wrong one. In running text they make up a fifth to two
# fifths of all words.
_WORDS = {
    "en": "the of and to in that is for with be this are by from have which will as it its our "
    "we their at on or was has been an these all can not but they more",
    "cy": "yr y ar gyfer mewn gan wedi eu ein hyn bydd rydym sydd fel neu ac hefyd ei oedd ymlaen "
    "gyda gwaith lle ni fydd yng ym nghymru",
    "ga": "agus na ar an leis atá sa seo tá ag chun don faoi nó lena gach ina bhfuil sin is mar",
    "gd": "agus tha ann bidh airson gu aig bho leis seo chan eil gach nan airson",
    "de": "der und das den von zu des ist mit sich für dem eine nicht auf ein einer werden wird "
    "sind auch oder durch bei zur zum einen",
    "fr": "le la les des et du une est dans pour que qui par sur pas au aux avec ce cette sont il "
    "nous leur ses ou",
    "nl": "de het een van en dat met voor zijn niet op te wordt worden aan er ook naar door bij "
    "deze onze om tot als uit",
    "es": "el la los las y del que una para con por su más como se al lo sus esta este entre son",
    "ca": "el els les i del que una per amb als seva més com es al dels aquesta aquest són",
    "it": "il di che la e per una della con del sono le gli dei alla delle nel anche più si nella",
    "pt": "o os da do das dos que uma para com em não por mais como se na no ao pela são sua",
    "sv": "och att det som en av för är med den till på ska inte om vi ett kan har från eller",
    "da": "og at det som en af er med den til på skal ikke om vi et kan har fra eller de vores",
    "nb": "og å det som en av er med den til på skal ikke om vi et kan har fra eller de vår",
    "fi": "ja on ei se että ovat myös kuin tai sekä joka jotka voi tämä mukaan ole sen niiden",
    "et": "ja on ei et see mis või ka oma kui ning selle ta nende kuid aga nii välja",
    "lv": "un ir ar par no uz kas kā arī lai vai tiek gan pie šo to tās",
    "lt": "ir yra kad su iš kaip bei į tai už jų taip pat ar nuo apie kuri",
    "pl": "i w na z do jest się nie że oraz dla przez od jak są po lub które to ich",
    "cs": "a v na je se že pro s z do které jako jsou nebo by ve od také její k",
    "hu": "a az és hogy nem egy is meg ez vagy mint azt van csak már amely",
    "ro": "și de în la a că cu pentru din este care pe nu sau sunt mai prin",
    "hr": "i u je na da se za od su s koji kao iz ili što bi te koje",
    "tr": "ve bir bu için ile olarak da de en daha olan gibi çok her",
}
_NAMES = {
    "en": "English", "cy": "Welsh", "ga": "Irish", "gd": "Scottish Gaelic", "de": "German",
    "fr": "French", "nl": "Dutch", "es": "Spanish", "ca": "Catalan", "it": "Italian",
    "pt": "Portuguese", "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "fi": "Finnish",
    "et": "Estonian", "lv": "Latvian", "lt": "Lithuanian", "pl": "Polish", "cs": "Czech",
    "hu": "Hungarian", "ro": "Romanian", "hr": "Croatian", "tr": "Turkish", "el": "Greek",
    "he": "Hebrew", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
    "und-Cyrl": "a language in Cyrillic letters", "und-Arab": "a language in Arabic letters",
}  # fmt: skip
_SCRIPTS = (
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("und-Cyrl", re.compile("[\u0400-\u052f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("und-Arab", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
_MAYBE_SCRIPT = re.compile(
    "[\u0370-\u052f\u0590-\u06ff\u0750-\u077f\u1f00-\u1fff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
)
_SPEAKS: dict[str, tuple[str, ...]] = {}
for _code, _words in _WORDS.items():
    for _word in _words.split():
        _SPEAKS[_word] = (*_SPEAKS.get(_word, ()), _code)
_WORD = re.compile(r"[^\W\d_]+")
_PROSE = 12
"""Words of a block from which it counts: names and headings are alike in all languages."""
_ENOUGH = 40
"""Words of prose below which nothing is said of a document."""
_SPOKEN = 0.10
"""Share of small words below which a block speaks no known language. English prose has .25 to
.45, its tables and lists of names .05 to .15."""
_SPOKEN_ROLES = (Role.PARAGRAPH, Role.LIST_ITEM, Role.QUOTATION)
_SAMPLE = 200
"""Blocks that tell the language of a document, taken evenly from all of it."""
_PART = 0.2
"""Share of the prose from which a second language is worth a warning: a summary in Welsh."""


def find_language(
    blocks: Sequence[Block], text: str, body_end: int
) -> tuple[str | None, list[ReadWarning]]:
    """The language of most of the prose, as a BCP 47 tag, and what to say of it.

    None says that there is too little prose to tell; ``und`` that it is in no known language.
    """
    counts: Counter[str | None] = Counter()
    prose = [b for b in blocks if b.start < body_end and b.role in _SPOKEN_ROLES]
    # Neither every block of a long plan nor a page pasted into one need be read to its end.
    for block in prose[:: 1 + len(prose) // _SAMPLE]:
        language, words = _spoken(text[block.start : min(block.end, block.start + 20_000)])
        counts[language] += words
    total = counts.total()
    if total < _ENOUGH:
        return None, []
    known = [(n, code) for code, n in counts.items() if code is not None]
    count, language = max(known, default=(0, ""))
    if count < _PART * total:
        unknown = (
            f"Hardly any of the {total:,} words looked at is a common word of a known language: "
            "it is in another language, or its letters are mapped wrongly; look at the text "
            "(stratlint extract)."
        )
        return "und", [ReadWarning(code="other-language", message=unknown)]
    if language != "en":
        message = f"The text seems to be in {_NAMES[language]}; rules and words are for English."
        return language, [ReadWarning(code="other-language", message=message)]
    return language, [
        ReadWarning(
            code="other-language",
            message=f"About {100 * n / total:.0f} % of the text seems to be in {_NAMES[code]}; "
            "rules and words are for English.",
        )
        for n, code in sorted(known, reverse=True)
        if code != "en" and n >= _PART * total
    ]


def _spoken(text: str) -> tuple[str | None, int]:
    """The language of a block and how many words it has; no words for what is too short."""
    if _MAYBE_SCRIPT.search(text):
        script = _script(text)
        if script is not None:
            return script, len(_WORD.findall(text)) if script not in ("zh", "ja") else len(
                text
            ) // 2
    words = _WORD.findall(text.lower())
    if len(words) < _PROSE:
        return None, 0
    heard: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for code in _SPEAKS.get(word, ()):
            heard[code] += times
    language, count = max(
        heard.items(), key=lambda item: (item[1], item[0] == "en"), default=("", 0)
    )
    return (language if count >= _SPOKEN * len(words) else None), len(words)


def _script(text: str) -> str | None:
    """The language told by letters other than Latin ones, where most letters are such."""
    letters = sum(map(len, _WORD.findall(text)))
    for code, pattern in _SCRIPTS:
        if 2 * len(pattern.findall(text)) > letters:
            return code
    return None
