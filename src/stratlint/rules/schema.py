"""The YAML of a rule file: its model, one for each check, and its JSON Schema."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field, create_model, field_validator

from stratlint.knowledge.yamlfile import Editable, nearest
from stratlint.records import Confidence, Kind, Severity
from stratlint.rules.check import COMMON_HOLES, MANY_HOLES, Check
from stratlint.rules.checks import CHECKS
from stratlint.text.phrases import PhraseText

Setting: TypeAlias = Literal[
    "heading",
    "paragraph",
    "list_item",
    "table_row",
    "caption",
    "footnote",
    "quotation",
    "contents",
    "running_head",
    "references",
]
Within: TypeAlias = Literal["clause", "sentence", "paragraph", "section", "document"]
Pack: TypeAlias = Literal["core", "editorial"]
Changes: TypeAlias = Literal["choices", "text", "reach", "delivery", "evidence", "wording"]
CHANGES: tuple[Changes, ...] = get_args(Changes)
"""What an author would change after a finding, what matters most first: findings rank by it."""
FAMILIES: Mapping[str, str] = {
    "SB": "spatial blindness",
    "TR": "text reuse",
    "FR": "functional regions",
    "RU": "rural areas",
    "CT": "cities",
    "IJ": "innovation journey",
    "LD": "leadership",
    "BU": "business users",
    "SK": "skills of policy makers",
    "EV": "evidence",
}


def _words(value: object) -> object:
    """One phrase may stand where a list of phrases is meant."""
    return (value,) if isinstance(value, str) else value


Phrases: TypeAlias = Annotated[tuple[PhraseText, ...], BeforeValidator(_words)]


class Scope(Editable):
    """What a rule looks at."""

    level: Literal["document", "pair", "corpus"] = "document"
    min_documents: int = Field(default=1, ge=1)
    min_words: int = Field(default=0, ge=0)
    skip: tuple[Setting, ...] = ("quotation", "contents", "references", "running_head")
    kinds: tuple[Kind, ...] = ()
    """Kinds of document that the rule is asked of; empty for every kind."""
    whole: bool = False
    """Only a whole strategy can answer: a leaflet or an extract is not asked."""


class Unless(Editable):
    """Words near a finding that make it untrue."""

    phrase: Phrases
    within: Within = "paragraph"


class OnlyIf(Editable):
    """The rule runs only where a theme has come at least so far in the document."""

    theme: str
    at_least: Literal["passing", "claimed", "evidenced", "acted on"] = "claimed"


class Rate(Editable):
    """A rule speaks only where it holds at so many places of a document."""

    at_least: int = Field(default=1, ge=1)
    per_thousand_words: float = Field(default=0.0, ge=0)


class Want(Editable):
    """A finding that a case expects."""

    document: str | None = None
    contains: str | None = None
    message: str | None = None
    sector: str | None = None


class CaseFigure(Editable):
    """A made location quotient of a case."""

    lq: float
    reliable: bool = True
    size: float = 500.0
    year: int = 2006


class Case(Editable):
    """A test inside a rule: made documents, made evidence, and what the rule must say."""

    name: str
    documents: dict[str, str] = Field(min_length=1)
    sources: dict[str, str] = Field(default_factory=dict)
    evidence: dict[str, dict[str, float | CaseFigure]] = Field(default_factory=dict)
    kind: Kind = Kind.STRATEGY
    near_miss: bool = False
    want: tuple[Want, ...] = ()
    none: bool = False
    not_run: bool = False


class RuleFile(Editable):
    """One rule as it stands in its file. ``with`` is checked by the model of its check."""

    holes: ClassVar[Mapping[str, object]] = {}

    id: str = Field(pattern=r"^[A-Z]{2}[0-9]{3}$")
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    extends: str | None = None
    check: str
    with_: Any = Field(default_factory=dict, alias="with")
    pack: Pack = "core"
    changes: Changes = "wording"
    scope: Scope = Scope()
    unless: tuple[Unless, ...] = ()
    only_if: OnlyIf | None = None
    instead_of: tuple[str, ...] = ()
    """Ids of rules that say less of the same: where this one speaks of a sector of a document,
    or of a document as a whole, they do not."""
    rate: Rate | None = None
    severity: Severity
    confidence: Confidence = Confidence.MEDIUM
    message: str
    message_many: str | None = None
    """What is said of several places of a document: ``n`` places, ``sectors`` by name. Findings
    about sectors are put together only where this is given; others always are."""
    why: str = Field(min_length=20)
    fix: str = Field(min_length=10)
    known_false_alarms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    preview: bool = False
    tests: tuple[Case, ...] = ()

    @field_validator("check")
    @classmethod
    def _known_check(cls, value: str) -> str:
        if value not in CHECKS:
            close = nearest(value, sorted(CHECKS))
            raise ValueError(
                f"there is no check '{value}'" + (f"; did you mean '{close}'?" if close else "")
            )
        return value

    @field_validator("message", "message_many")
    @classmethod
    def _right_holes(cls, value: str | None) -> str | None:
        if cls.holes and value is not None:
            check_message(value, cls.holes)
        return value


_WIDE = re.compile(r"[0-9]{3}|[{}]")
"""A width or precision that would fill memory, or one that comes from the text."""


def check_message(message: str, holes: Mapping[str, object]) -> None:
    """Raise ValueError when a message has a hole that its check does not fill."""
    try:
        parsed = [
            (field, form or "")
            for _, field, form, _ in string.Formatter().parse(message)
            if field is not None
        ]
    except ValueError as error:
        raise ValueError(f"the message is not a format string: {error}") from None
    for field, form in parsed:
        if _WIDE.search(form):
            raise ValueError(f"the hole '{{{field}:{form}}}' asks for more than 99 places")
        if field not in holes:
            close = nearest(field, sorted(holes))
            raise ValueError(
                f"the message has a hole '{{{field}}}' that the check does not fill"
                + (
                    f"; did you mean '{{{close}}}'?"
                    if close
                    else f"; it fills {', '.join(sorted(holes))}"
                )
            )
    try:
        message.format(**holes)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise ValueError(f"the message does not suit its values: {error}") from None


@lru_cache(maxsize=64)
def model_for(name: str) -> type[RuleFile]:
    """The rule-file model whose ``with`` is the options of one check."""
    check: Check = CHECKS[name]
    model = create_model(
        "RuleFile",
        __base__=RuleFile,
        with_=(check.options, Field(default_factory=check.options, alias="with")),
    )
    model.holes = {**COMMON_HOLES, **MANY_HOLES, **check.holes}
    return model


@lru_cache(maxsize=1)
def partial_model() -> type[RuleExtension]:
    """The model of a rule file that extends another one: any key may be left out."""
    fields: dict[str, Any] = {}
    for name, field in RuleFile.model_fields.items():
        if name in ("id", "name"):
            continue
        fields[name] = (field.annotation | None, Field(default=None, alias=field.alias))  # type: ignore[operator]
    return create_model("RuleExtension", __base__=RuleExtension, **fields)


class RuleExtension(Editable):
    """The keys a rule must give although it extends another."""

    id: str = Field(pattern=r"^[A-Z]{2}[0-9]{3}$")
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    extends: str | None = None


def given_keys(file: Editable) -> dict[str, Any]:
    """The keys that a file gives, by the names that it gives them."""
    names = type(file).model_fields
    return {(names[key].alias or key): getattr(file, key) for key in file.model_fields_set}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of rule files, for editors: ``with`` is chosen by ``check``."""
    schema = RuleFile.model_json_schema(by_alias=True)
    definitions = schema.setdefault("$defs", {})
    branches = []
    for name, check in sorted(CHECKS.items()):
        options = check.options.model_json_schema(
            by_alias=True, ref_template=f"#/$defs/{name}/$defs/{{model}}"
        )
        definitions[name] = options
        branches.append(
            {
                "if": {"properties": {"check": {"const": name}}, "required": ["check"]},
                "then": {"properties": {"with": {"$ref": f"#/$defs/{name}"}}},
            }
        )
    schema["properties"]["check"] = {"enum": sorted(CHECKS), "description": "one of the checks"}
    schema["allOf"] = branches
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "stratlint rule"
    # A rule that extends another may leave out everything but its names.
    required = schema.pop("required", [])
    schema["anyOf"] = [{"required": required}, {"required": ["id", "name", "extends"]}]
    return schema
