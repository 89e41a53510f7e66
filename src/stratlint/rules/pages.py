"""A rule explained: as text for a terminal, as JSON, as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stratlint.rules.rule import Rule
from stratlint.rules.schema import FAMILIES


def as_data(rule: Rule) -> dict[str, Any]:
    """Everything that is known of a rule, as plain data."""
    return {
        "id": rule.id,
        "name": rule.name,
        "family": FAMILIES.get(rule.family, rule.family),
        "check": rule.check.name,
        "with": rule.options.model_dump(mode="json", by_alias=True),
        "scope": rule.scope.model_dump(mode="json"),
        "pack": rule.pack,
        "changes": rule.changes,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "message": rule.message,
        "message_many": rule.message_many,
        "why": rule.why.strip(),
        "fix": rule.fix.strip(),
        "known_false_alarms": list(rule.known_false_alarms),
        "references": list(rule.references),
        "tags": list(rule.tags),
        "preview": rule.preview,
        "judged": rule.judged,
        "right": rule.right,
        "precision": rule.precision,
        "tuned": {"right": rule.tuned[0], "judged": rule.tuned[1]},
        "cases": [case.name for case in rule.tests],
    }


def as_text(rule: Rule) -> str:
    """The rule for a terminal."""
    lines = [
        f"{rule.id} {rule.name}",
        f"{FAMILIES.get(rule.family, rule.family)} · {rule.pack} · {rule.severity.value} · "
        f"confidence {rule.confidence.value} · looks at a {rule.scope.level}",
        "",
        *_indented("What it says", [rule.message]),
        *_indented("Why", [rule.why.strip()]),
        *_indented("What to do", [rule.fix.strip()]),
        *_indented("Known false alarms", rule.known_false_alarms),
        *_indented("Measured", [trust(rule)]),
        *_indented(
            "How it decides", [f"check {rule.check.name}: {rule.check.doc}", *_options(rule)]
        ),
        *_indented("References", rule.references),
    ]
    return "\n".join(lines).rstrip() + "\n"


def trust(rule: Rule) -> str:
    """What is known of the rule's precision, in a sentence."""
    if rule.precision is None:
        said = "No finding of this rule has yet been judged on a document that nobody tuned on."
    else:
        said = (
            f"On documents that nobody tuned on {rule.right} of {rule.judged} findings were right "
            f"and useful ({rule.precision:.2f})."
        )
    right, judged = rule.tuned
    if judged:
        said += (
            f" Of {judged} read while the rule was worded {right} were right, which is no measure "
            "of how it does elsewhere."
        )
    if rule.preview:
        said += " It is a preview and off unless asked for."
    return said


def _options(rule: Rule) -> list[str]:
    kinds = ", ".join(kind.value for kind in rule.scope.kinds) or "documents of every kind"
    whole = " that are whole" if rule.scope.whole else ""
    found = [f"asked of: {kinds}{whole}"]
    for name, value in rule.options.model_dump(mode="json", by_alias=True).items():
        if value in (None, [], ""):
            continue
        found.append(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    return found


def _indented(title: str, lines: Iterable[str]) -> list[str]:
    body = [f"  {line}" for line in lines]
    return [title, *body, ""] if body else []


def as_page(rule: Rule) -> str:
    """The rule as a Markdown page."""
    lines = [
        f"# {rule.id} {rule.name}",
        "",
        f"Family: {FAMILIES.get(rule.family, rule.family)}. Pack: {rule.pack}. "
        f"Severity: **{rule.severity.value}**. "
        f"Confidence: **{rule.confidence.value}**. Looks at a {rule.scope.level}.",
        "",
        f"> {_plain(rule.message)}",
        "",
        "## Why",
        "",
        _plain(rule.why),
        "",
        "## What to do",
        "",
        _plain(rule.fix),
        "",
        "## How far to trust it",
        "",
        trust(rule),
        "",
        *_bullets("Known false alarms", rule.known_false_alarms),
        "## How it decides",
        "",
        f"Check `{rule.check.name}`: {_plain(rule.check.doc)}",
        "",
        *[f"- `{option}`" for option in _options(rule)],
        "",
        *_bullets("References", rule.references),
        *_cases(rule),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _bullets(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *[f"- {_plain(line)}" for line in lines], ""] if lines else []


def _cases(rule: Rule) -> list[str]:
    lines = ["## Cases", ""]
    for case in rule.tests:
        kind = "fires" if case.want else "is not run" if case.not_run else "stays silent"
        said = "" if case.name.startswith(kind) else f" ({kind})"
        lines += [f"### {_plain(case.name)}{said}", ""]
        for name, text in {**case.documents, **case.sources}.items():
            quoted = [
                f"> {_plain(line)}" if line.strip() else ">" for line in text.strip().split("\n")
            ]
            lines += [f"{name}:", "", *quoted, ""]
        for region, sectors in case.evidence.items():
            values = ", ".join(
                f"{sector} {figure if isinstance(figure, float | int) else figure.lq}"
                for sector, figure in sectors.items()
            )
            lines += [f"Location quotients of {region}: {values}.", ""]
    return lines


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return " ".join(text.split()).replace("<", "&lt;").replace("{", "&#123;").replace("}", "&#125;")


def index_page(rules: Sequence[Rule]) -> str:
    """The table of all rules by family."""
    lines = ["# Rules", "", f"{len(rules)} rules in {len({r.family for r in rules})} families.", ""]
    for family, title in FAMILIES.items():
        members = [rule for rule in rules if rule.family == family]
        if not members:
            continue
        lines += [
            f"## {family}: {title}",
            "",
            "| rule | pack | severity | precision | judged |",
            "|---|---|---|---|---|",
        ]
        for rule in members:
            precision = "–" if rule.precision is None else f"{rule.precision:.2f}"
            preview = ", preview" if rule.preview else ""
            lines.append(
                f"| [{rule.id} {rule.name}]({rule.id}.md) | {rule.pack} "
                f"| {rule.severity.value}{preview} "
                f"| {precision} | {rule.judged} |"
            )
        lines.append("")
    return "\n".join(lines)
