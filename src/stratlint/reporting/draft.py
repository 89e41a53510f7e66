"""One draft before publication: what an auditor will say of it, and what to fix first."""

from __future__ import annotations

from collections import Counter

import msgspec

from stratlint.errors import UsageError
from stratlint.records import AuditResult, DocumentAnalysis, Severity
from stratlint.reporting.gaps import Gap
from stratlint.reporting.index import Index
from stratlint.reporting.words import Hidden

_PAGE_FORMATS = ("text", "html")


def render_draft(
    result: AuditResult,
    format: str = "text",  # noqa: A002 - the field's word
    *,
    colour: bool = False,
    width: int = 88,
    show: Severity | None = None,
    statistics: bool = False,
) -> str | bytes:
    """The draft's own page or text, or any other format of its findings.

    The draft is the document that the result is titled after, else the first. ``show`` is the
    least severity that is shown, ``width`` the columns of text; ``statistics`` prints a count
    for each rule instead. Raises UsageError for a format that there is not, or when there is no
    document.
    """
    from stratlint.reporting import FORMATS, render
    from stratlint.reporting.terminal.findings import render_check

    if format not in FORMATS:
        raise UsageError(f"there is no output format '{format}'; there are {', '.join(FORMATS)}")
    if not result.analyses:
        raise UsageError("there is no draft to report on")
    shown = at_least(result, show)
    source = draft_of(shown).document.source
    hidden = _hidden(result, shown, show)
    if statistics:
        return _statistics(shown, hidden)
    if format == "text":
        return render_check(shown, source, colour=colour, width=width, hidden=hidden)
    if format == "html":
        return draft_page(shown, hidden)
    if hidden:
        # Whoever reads a file of findings must not take what is left for all there is.
        warning = f"findings {hidden.scope}; {hidden.words} (--show)"
        shown = msgspec.structs.replace(shown, warnings=(*shown.warnings, warning))
    return render(shown, format)


def at_least(result: AuditResult, show: Severity | None) -> AuditResult:
    """The result without findings below a severity."""
    if show is None or show is Severity.INFO:
        return result
    kept = tuple(f for f in result.findings if f.severity.weight >= show.weight)
    return msgspec.structs.replace(result, findings=kept)


def _hidden(result: AuditResult, shown: AuditResult, show: Severity | None) -> Hidden | None:
    """What ``at_least`` took away, or None when that was nothing."""
    live = [sum(f.suppressed is None for f in r.findings) for r in (result, shown)]
    return Hidden(live[0] - live[1], show) if show is not None and live[0] > live[1] else None


def draft_of(result: AuditResult) -> DocumentAnalysis:
    """The analysis of the draft."""
    return Index(result).analysis(result.title) or result.analyses[0]


def _statistics(result: AuditResult, hidden: Hidden | None) -> str:
    """Rules by the number of their findings, most first."""
    counts = Counter((f.rule, f.name) for f in result.findings if f.suppressed is None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{n:5}  {rule}  {name}\n" for (rule, name), n in ranked]
    if hidden:
        lines.append(f"{'' if lines else f'no findings {hidden.scope}; '}{hidden.words}\n")
    return "".join(lines) or "no findings\n"


def draft_page(result: AuditResult, hidden: Hidden | None = None) -> str:
    """The draft's page: one self-contained HTML file; ``hidden`` findings are counted."""
    from stratlint.reporting.html.page import fill
    from stratlint.reporting.html.pageimages import PageImages
    from stratlint.reporting.html.passages import Shared, anchors, shared_by
    from stratlint.reporting.html.region import grouped, region
    from stratlint.reporting.html.report import ONE_FILE, common_values

    index = Index(result)
    analysis = draft_of(result)
    view = region(index, analysis)
    source = analysis.document.source
    cards = shared_by(index, source)
    others = [a for a in index.ordered if a is not analysis]
    # Links lead only to what this page has: its own passages, and no table of figures.
    values = common_values(
        index,
        PageImages(result, on=False),
        one_file=True,
        here=ONE_FILE,
        passages=anchors(Shared(own=cards, sourced=(), template=())),
    )
    values |= {"figures_here": False, "rules_here": False}
    return fill(
        "draft.html.jinja",
        **values,
        view=view,
        hidden=hidden,
        groups=grouped((*index.findings(analysis), *index.findings(None))),
        supported=[p for p in view.priorities if p.gap in (Gap.SUPPORTED, Gap.AVERAGE)],
        cards=cards,
        others=[index.label(a.document.source) for a in others],
    )
