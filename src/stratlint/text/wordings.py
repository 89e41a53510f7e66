r"""Wordings: the pattern language of the word lists in ``rules/language``.

A phrase (:mod:`stratlint.text.phrases`) is a run of whole words. A wording also reads parts of
words, figures and marks, and is searched in one sentence or label. It is written so:

``job[s]``, ``[up to ]forty``
    what stands in square brackets may be missing; ``[<word> ]{2}`` up to two times.
``compan(y|ies)``
    one of several; ``[the|our]`` one of several, or none.
``export*``, ``unemploy+``
    any ending or none; an ending of a letter or more.
``{number}``
    one of a set of words, of those above it under ``sets``.
``<word>``, ``<digits>``, ``<year>`` …
    a class of :data:`CLASSES`.
``counted ..40 target``
    up to 40 characters in between, none of them ``.`` or ``;``. What else is not passed stands
    behind the figure: ``..40<.,:>``; ``..40<words>`` passes words only, ``..40<any>`` anything.
    With spaces around it, words end and begin there.
``..40?``, ``[<word> ]{2?}``
    as few as will do; without the mark as many as can be.
``^``, ``$``, ``_``
    the beginning, marks before the first word passed over; the end; where a word begins or ends.
``plan…``, ``…berry``
    the word may go on: 'plans', 'strawberry'. What else it holds is not part of what is found.
``(!by)``, ``(<!who )``, ``(=the)``
    not followed by, not behind, followed by.
``(place=<word>)``
    a part that the check reads by its name.
``'``, ``–``, ``£``
    either apostrophe; a dash or hyphen; a sign for pounds, euros or dollars.
``\(``
    a sign that else means something, as such.

A wording begins and ends where words do. Every repetition has a bound or stands for one run of
letters, digits or spaces, so that no search runs away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, NamedTuple, NoReturn, TypeAlias, TypeVar

from pydantic import Field, PlainValidator, ValidationInfo

from stratlint.knowledge.yamlfile import Editable, load_yaml, nearest
from stratlint.resources import data_dir
from stratlint.text.phrases import PhraseSet, phrase_set

CLASSES: Mapping[str, str] = {
    # One word, one with hyphens and apostrophes in it, one letter or digit.
    "word": r"\w+",
    "compound": r"[\w'’-]+",
    "letter": r"\w",
    # Figures: '7', '2019', '1,200.5', '1,200', '4.2.1', 'B2', only with commas, 1900 to 2099.
    "digit": r"\d",
    "digits": r"\d+",
    "figure": r"\d[\d.,]*",
    "whole": r"\d[\d,]*",
    "section": r"\d[\d.]*",
    "code": r"[\dA-Z]+",
    "thousands": r"\d{1,3}(?:,\d{3})+",
    "year": r"(?:19|20)\d\d",
    # The very beginning, where no mark is passed over.
    "start": "^",
    # Letters by their case, where capitals count; an acronym always has capitals.
    "capital": "[A-Z]",
    "acronym": "(?-i:[A-Z]{3,})",
    "small": "[a-z]",
    "smalls": "[a-z]+",
    # A mark or a space, white space, all up to the next white space.
    "sign": r"\W",
    "spaces": r"\s+",
    "rest": r"\S*",
}
_SIGNS: Mapping[str, str] = {"'": "['’]", "’": "['’]", "–": "[–—-]", "£": "[£€$]"}
_PIECE = re.compile(
    r"\\(?P<plain>.)|(?P<opens>\((?:<?!|<?=|[a-z_][a-z_0-9]*=)?|\[)|(?P<closes>[\])])|(?P<bar>\|)"
    r"|\{(?P<set>[\w-]+)\}|<(?P<class>[\w-]*)>"
    r"|(?P<gap> ?\.\.(?P<width>\d+)(?P<least>\??)(?:<(?P<marks>[^<>]+)>)?(?P<after> ?))"
    r"|(?P<ending>[*+])|(?P<edge>[\^$_…])|(?P<letter>.)",
    re.DOTALL,
)
_SPACE = re.compile(r"(?P<gap> ?\.\.\d+\??(?:<[^<>]+>)? ?)| ")
_TIMES = re.compile(r"\{(\d)(\??)\}")
_SHOWN = 80
"""Characters of a wording that a fault repeats."""
_STOPS = ".;"
_PASSED: Mapping[str, str] = {"words": r"[\w ]", "any": "."}
_MOST = 999
"""Characters that a gap may be wide: a long sentence has as many."""


class _Made(NamedTuple):
    """A part of a wording as a regular expression, and whether words may begin or end at its ends.

    ``first`` and ``last`` hold 'w' where a letter or digit may stand there, 'n' where something
    else may; neither for a part that may be empty.
    """

    pattern: str
    first: frozenset[str]
    last: frozenset[str]
    empty: bool = False


_NOTHING = _Made("", frozenset(), frozenset(), empty=True)
_W, _N = frozenset("w"), frozenset("n")

_EDGES: Mapping[str, _Made] = {
    "^": _Made(r"^\W*", _N, _N),
    "$": _Made("$", _N, _N),
    "_": _Made(r"\b", _N, _N),
    "…": _Made("", _N, _N),
}


def compile_wordings(
    wordings: Sequence[str], sets: Mapping[str, Iterable[str]] | None = None, *, exact: bool = False
) -> re.Pattern[str]:
    """A regular expression that finds any of some wordings, the first before the next.

    Capitals count only where it is to be ``exact``. Raises ValueError that says what is wrong with
    which wording.
    """
    made = [_read(wording, sets or {}) for wording in wordings]
    # Neighbours whose ends are words share their edges: that is shorter, and searched sooner.
    runs: list[tuple[str, str, list[str]]] = []
    for part in made:
        before, after = _before(part), _behind(part)
        if not runs or runs[-1][:2] != (before, after):
            runs.append((before, after, []))
        runs[-1][2].append(part.pattern)
    text = "|".join(
        f"{before}{_group(inner) if before or after else '|'.join(inner)}{after}"
        for before, after, inner in runs
    )
    try:
        return re.compile(text, re.NOFLAG if exact else re.IGNORECASE)
    except re.error as error:
        # What stands behind '(<!' must be of one length; a part's name is used once.
        raise ValueError(f"{error.msg} (in '{', '.join(wordings)[:_SHOWN]}')") from None


def _group(patterns: list[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _before(part: _Made) -> str:
    """What holds a part to the beginning of a word, where it begins with one."""
    if part.empty or "w" not in part.first:
        return ""
    return r"\b" if part.first == _W else r"(?<!\w)"


def _behind(part: _Made) -> str:
    """What holds a part to the end of a word, where it ends with one."""
    if part.empty or "w" not in part.last:
        return ""
    return r"\b" if part.last == _W else r"(?!\w)"


def _read(wording: str, sets: Mapping[str, Iterable[str]]) -> _Made:
    if not wording.strip():
        raise ValueError("a wording cannot be empty")
    made, at = _alternatives(wording, 0, sets, "")
    if at < len(wording):
        _refuse(wording, f"'{wording[at]}' closes what nothing opened")
    return made


def _alternatives(
    wording: str, at: int, sets: Mapping[str, Iterable[str]], until: str
) -> tuple[_Made, int]:
    """Sequences of which one stands there, up to the bracket that closes them."""
    found: list[_Made] = []
    parts: list[_Made | re.Match[str]] = []
    while at < len(wording):
        piece = _PIECE.match(wording, at)
        assert piece is not None
        kind = (
            piece.lastgroup
            if piece.lastgroup not in ("width", "least", "marks", "after")
            else "gap"
        )
        if kind == "closes":
            break
        at = piece.end()
        if kind == "bar":
            found.append(_joined(parts))
            parts = []
        elif kind == "opens":
            part, at = _bracket(wording, piece, sets)
            parts.append(part)
        elif piece["gap"]:
            if int(piece["width"]) > _MOST:
                _refuse(wording, f"a gap is at most {_MOST} characters wide")
            parts.append(piece)
        else:
            parts.append(_piece(wording, piece, sets))
    if until and not wording.startswith(until, at):
        _refuse(wording, f"'{until}' is missing")
    found.append(_joined(parts))
    return _either(found), at


def _either(found: list[_Made]) -> _Made:
    if len(found) == 1:
        return found[0]
    return _Made(
        "|".join(part.pattern for part in found),
        frozenset().union(*(part.first for part in found)),
        frozenset().union(*(part.last for part in found)),
        any(part.empty for part in found),
    )


def _bracket(
    wording: str, opening: re.Match[str], sets: Mapping[str, Iterable[str]]
) -> tuple[_Made, int]:
    """What stands in brackets, and where it ends."""
    opens = opening.group()
    closing = "]" if opens == "[" else ")"
    inner, at = _alternatives(wording, opening.end(), sets, closing)
    at += 1
    if opens == "[":
        times = _TIMES.match(wording, at)
        many = f"{{0,{times[1]}}}{times[2]}" if times else "?"
        body = inner.pattern if len(inner.pattern) == 1 else f"(?:{inner.pattern})"
        return _Made(body + many, inner.first, inner.last, empty=True), times.end() if times else at
    if opens == "(":
        return inner._replace(pattern=f"(?:{inner.pattern})"), at
    if opens in ("(!", "(<!", "(=", "(<="):
        return _NOTHING._replace(pattern=f"(?{opens[1:]}{inner.pattern})"), at
    return inner._replace(pattern=f"(?P<{opens[1:-1]}>{inner.pattern})"), at


def _piece(wording: str, piece: re.Match[str], sets: Mapping[str, Iterable[str]]) -> _Made:
    """One sign, class or set."""
    if (name := piece["set"]) is not None:
        if name not in sets:
            _refuse(wording, f"there is no set '{name}'" + _hint(name, list(sets)))
        inner = _either([_read(word, _above(sets, name)) for word in sets[name]])
        return inner._replace(pattern=f"(?:{inner.pattern})")
    if (name := piece["class"]) is not None:
        if name not in CLASSES:
            _refuse(wording, f"there is no class <{name}>" + _hint(name, list(CLASSES)))
        side = _N if name in ("sign", "spaces", "start") else _W | _N if name == "rest" else _W
        return _Made(CLASSES[name], side, side, empty=name == "rest")
    if piece["ending"]:
        return _Made(rf"\w{piece['ending']}", _W, _W, empty=piece["ending"] == "*")
    if piece["edge"]:
        return _EDGES[piece["edge"]]
    sign = piece["plain"] or piece["letter"]
    side = _W if sign.isalnum() else _N
    if piece["plain"] is None and sign in _SIGNS:
        return _Made(_SIGNS[sign], side, side)
    return _Made(re.escape(sign) if sign != " " else sign, side, side)


def _above(sets: Mapping[str, Iterable[str]], name: str) -> Mapping[str, Iterable[str]]:
    """The sets above one: it may use no other, or none would ever end."""
    names = list(sets)
    return {other: sets[other] for other in names[: names.index(name)]}


def _joined(parts: list[_Made | re.Match[str]]) -> _Made:
    """Parts that follow one another; at a gap with spaces around it words end and begin."""
    made = _NOTHING
    for number, part in enumerate(parts):
        if isinstance(part, _Made):
            made = _followed(made, part)
            continue
        marks = part["marks"] or _STOPS
        passed = _PASSED.get(marks) or f"[^{re.escape(marks)}]"
        gap = f"{passed}{{0,{part['width']}}}{part['least']}"
        before = _behind(made) if part.group().startswith(" ") else ""
        behind = parts[number + 1] if number + 1 < len(parts) else None
        after = _before(behind) if part["after"] and isinstance(behind, _Made) else ""
        made = _followed(made, _Made(before + gap + after, _N, _N))
    return made


def _followed(one: _Made, other: _Made) -> _Made:
    return _Made(
        one.pattern + other.pattern,
        one.first | other.first if one.empty else one.first,
        other.last | one.last if other.empty else other.last,
        one.empty and other.empty,
    )


def _hint(name: str, names: list[str]) -> str:
    close = nearest(name, names)
    return f"; did you mean '{close}'?" if close else f"; there are {', '.join(names) or 'none'}"


def _refuse(wording: str, why: str) -> NoReturn:
    raise ValueError(f"{why} (in '{wording[:_SHOWN]}')")


def _compiled(value: Any, info: ValidationInfo, *, exact: bool) -> re.Pattern[str]:
    if isinstance(value, str) or not isinstance(value, list | tuple) or not value:
        raise ValueError("a list of wordings is expected")
    if any(not isinstance(wording, str) for wording in value):
        raise ValueError("a wording is text; put figures and yes or no in quotation marks")
    return compile_wordings(value, info.data.get("sets", {}), exact=exact)


def _in_any_case(value: Any, info: ValidationInfo) -> re.Pattern[str]:
    return _compiled(value, info, exact=False)


def _as_written(value: Any, info: ValidationInfo) -> re.Pattern[str]:
    return _compiled(value, info, exact=True)


def _one_by_one(value: Any, info: ValidationInfo) -> tuple[re.Pattern[str], ...]:
    _as_written(value, info)
    sets = info.data.get("sets", {})
    return tuple(compile_wordings([wording], sets, exact=True) for wording in value)


def _in_running_text(value: Any, info: ValidationInfo) -> re.Pattern[str]:
    _in_any_case(value, info)
    sets = {name: tuple(map(_running, words)) for name, words in info.data.get("sets", {}).items()}
    return compile_wordings([*map(_running, value)], sets)


def _running(wording: str) -> str:
    """A wording in which a space, other than those around a gap, is any white space."""
    return _SPACE.sub(lambda found: found["gap"] or "<spaces>", wording)


Wordings: TypeAlias = Annotated[re.Pattern[str], PlainValidator(_in_any_case)]
"""A list of wordings in a file, read as one pattern."""
RunningWordings: TypeAlias = Annotated[re.Pattern[str], PlainValidator(_in_running_text)]
"""A list of wordings for text that is not on one line: a space is any white space."""
SingleWordings: TypeAlias = Annotated[tuple[re.Pattern[str], ...], PlainValidator(_one_by_one)]
"""A list of wordings as written, each looked for by itself."""
ExactWordings: TypeAlias = Annotated[re.Pattern[str], PlainValidator(_as_written)]
"""The same, with capitals as they are written."""


def _phrases(value: Any) -> PhraseSet:
    if not isinstance(value, list) or not all(isinstance(phrase, str) for phrase in value):
        raise ValueError("a list of phrases is expected")
    return phrase_set(tuple(value))


Phrases: TypeAlias = Annotated[PhraseSet, PlainValidator(_phrases)]
"""A list of phrases (:mod:`stratlint.text.phrases`), looked for together."""


class WordFile(Editable):
    """A file of ``rules/language``: ``sets`` of words, and wordings that may use them."""

    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)


WordFileT = TypeVar("WordFileT", bound=WordFile)
READERS: dict[str, Callable[[], WordFile]] = {}
"""What reads each file of words, by its name: to read them all at once, or to test them."""


def words_of(name: str, model: type[WordFileT]) -> Callable[[], WordFileT]:
    """A function that gives the words of ``rules/language/NAME.yaml``, read when first asked for.

    It raises FileFault for a file that does not fit.
    """

    @cache
    def words() -> WordFileT:
        return load_yaml(data_dir("rules") / "language" / f"{name}.yaml", model)

    READERS[name] = words
    return words
