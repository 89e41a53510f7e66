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
        "most": rule.most,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "message": rule.message,
        "why": rule.why.strip(),
        "fix": rule.fix.strip(),
        "known_false_alarms": list(rule.known_false_alarms),
        "references": list(rule.references),
        "tags": list(rule.tags),
        "preview": rule.preview,
        "judged": rule.judged,
        "right": rule.right,
        "precision": rule.precision,
        "firing_rate": rule.firing,
        "cases": [case.name for case in rule.cases],
    }


def as_text(rule: Rule) -> str:
    """The rule for a terminal."""
    lines = [
        f"{rule.id} {rule.name}",
        f"{FAMILIES.get(rule.family, rule.family)} · {rule.severity.value} · "
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
        said = "No finding of this rule has yet been judged on a real document."
    else:
        counts = f"{rule.right} of {rule.judged}"
        said = f"{counts} findings read by hand were right ({rule.precision:.2f})."
    if rule.mended:
        wrong = rule.judged - rule.right
        said += (
            f" After them the rule was corrected: {rule.mended} of the {wrong} wrong "
            f"{'one' if wrong == 1 else 'ones'} no longer appear, which is no measure of how it "
            "does elsewhere."
        )
    if rule.firing is not None:
        said += f" It fires on {rule.firing:.0%} of the documents it was tried on."
    if rule.preview:
        said += " It is a preview rule and off by default."
    return said


def _options(rule: Rule) -> list[str]:
    found = [] if rule.most is None else [f"most: {rule.most} findings of a document are shown"]
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
        f"Family: {FAMILIES.get(rule.family, rule.family)}. Severity: **{rule.severity.value}**. "
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
    for case in rule.cases:
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
            "| rule | severity | precision | judged |",
            "|---|---|---|---|",
        ]
        for rule in members:
            precision = "–" if rule.precision is None else f"{rule.precision:.2f}"
            preview = ", preview" if rule.preview else ""
            lines.append(
                f"| [{rule.id} {rule.name}]({rule.id}.md) | {rule.severity.value}{preview} "
                f"| {precision} | {rule.judged} |"
            )
        lines.append("")
    return "\n".join(lines)
