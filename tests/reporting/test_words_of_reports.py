"""Terminal text, Markdown, the summary and the small words."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratlint.records import AuditResult, Quotation, Severity
from stratlint.reporting import render
from stratlint.reporting.draft import render_draft
from stratlint.reporting.formats.markdown import escape
from stratlint.reporting.gaps import Gap, gap
from stratlint.reporting.html.matrix import lq_bin, position
from stratlint.reporting.hygiene import excerpt, printable, terminal
from stratlint.reporting.index import Index
from stratlint.reporting.summary import summarise
from stratlint.reporting.terminal.findings import render as render_text
from stratlint.reporting.terminal.findings import render_check
from stratlint.reporting.words import count, listed, ordinal, sentence
from tests.reporting.made import SECTORS, made_result


@pytest.mark.parametrize(
    ("value", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(value: int, words: str) -> None:
    assert ordinal(value) == words


def test_counts_and_lists() -> None:
    assert count(1, "finding") == "one finding"
    assert count(0, "priority", "priorities") == "no priorities"
    assert count(1234, "page") == "1,234 pages"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdef"), 3) == "a, b, c and three others"


def test_quotients_are_binned_as_they_are_printed(result: AuditResult) -> None:
    assert result.comparison is not None
    quotient = next(q for q in result.comparison.quotients if q.reliable)
    near = msgspec.structs.replace(quotient, value=1.2496)  # printed 1.25
    assert gap(True, near) is Gap.SUPPORTED
    assert lq_bin(near) == "l4"
    assert gap(True, msgspec.structs.replace(near, reliable=False)) is Gap.UNSURE
    assert gap(True, None) is Gap.UNMEASURED
    assert gap(False, msgspec.structs.replace(near, value=1.5)) is Gap.MISSED
    assert gap(False, near) is Gap.NONE


def test_one_stands_in_the_middle_of_the_axis() -> None:
    middle, left, right = position(1.0), position(0.5), position(2.0)
    assert middle is not None
    assert left is not None
    assert right is not None
    assert right - middle == pytest.approx(middle - left, abs=0.2)
    assert position(1e9) == position(8.0)
    assert position(0.0) == position(1e-9)
    assert position(None) is None


@given(st.text(min_size=0, max_size=900), st.data())
def test_excerpts_keep_their_marks_on_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quotation = Quotation(
        document="d",
        page=0,
        page_label="1",
        text=text,
        start=0,
        end=len(text),
        marks=((start, end),),
    )
    words, marks = excerpt(quotation)
    assert len(words) <= 302
    for first, last in marks:
        assert words[first:last] in text[start:end]


@given(st.text())
def test_printable_text_keeps_its_length_and_encodes(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert "\x1b" not in terminal(text)


def test_every_number_of_the_summary_is_in_the_data(result: AuditResult) -> None:
    words = " ".join(s.text for s in summarise(Index(result)))
    live = [f for f in result.findings if f.suppressed is None]
    assert f"{len(live)} findings" in words
    assert f"{sum(len(a.document.pages) for a in result.analyses)} pages" in words
    assert "by eight of the nine" in words  # all but London, as the strategies were made
    assert "One file could not be read" in words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.4], "The only one of them for which it can be measured has a location quotient of 1.0"),
        ([1.4, 1.0], "Both of those for which it can be measured have a location quotient of 1.0"),
        ([1.4, 1.0, 2.0], "Each of the three for which it can be measured has a location quotient"),
        ([0.4], "In the only one where it can be measured, the location quotient is below 1.0: "),
        ([0.4, 1.2], "In one of the two where it can be measured, the location quotient is below"),
        ([0.4, 0.5], "In both where it can be measured, the location quotient is below 1.0: "),
        ([0.4, 0.5, 0.6], "In all three where it can be measured, the location quotient is below"),
        ([0.4, 0.5, 1.6], "In two of the three where it can be measured, the location quotient is"),
    ],
)
def test_evidence_for_the_crowd_is_said_in_sentences(
    result: AuditResult, values: list[float], said: str
) -> None:
    """However many holders of the commonest sector can be measured."""
    sector = max(SECTORS, key=lambda s: sum(a.priority(s.id) is not None for a in result.analyses))
    holders = [a.name for a in result.analyses if a.priority(sector.id)]
    comparison = result.comparison
    assert comparison is not None
    kept = dict(zip(holders, values, strict=False))
    quotients = tuple(
        msgspec.structs.replace(q, value=kept[q.region], reliable=True)
        for q in comparison.quotients
        if q.sector == sector.id and q.region in kept and q.measure == "GVA"
    )
    fewer = msgspec.structs.replace(comparison, quotients=quotients)
    index = Index(msgspec.structs.replace(result, comparison=fewer))
    assert any(s.text.startswith(said) for s in summarise(index)), said


def test_no_priorities_is_said_plainly(result: AuditResult) -> None:
    bare = tuple(msgspec.structs.replace(a, priorities=()) for a in result.analyses)
    given_ = msgspec.structs.replace(result, analyses=bare)
    words = " ".join(s.text for s in summarise(Index(given_)))
    assert "No priority sectors were found in North East" in words


def test_a_run_without_findings_says_so(result: AuditResult) -> None:
    words = [s.text for s in summarise(Index(msgspec.structs.replace(result, findings=())))]
    assert "The 11 rules in force found nothing to say." in words


def test_colours_only_when_asked_for(result: AuditResult) -> None:
    plain = render_text(result)
    assert "\x1b" not in plain
    painted = render_text(result, colour=True)
    assert "\x1b[31;1m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_the_check_quotes_explains_and_says_what_to_do(result: AuditResult) -> None:
    source = result.analyses[2].document.source
    text = render_check(result, source)
    found = Index(result).findings(result.analyses[2])
    for finding in found:
        assert finding.rule in text
    rules = {finding.rule for finding in found}
    assert text.count("Why: ") == text.count("Fix: ") == len(rules) < len(found)
    assert text.count("as said above for ") == len(found) - len(rules)
    assert "stratlint rule " in text
    assert "not run: EV003" in text


def test_a_draft_is_the_document_that_the_result_is_titled_after(result: AuditResult) -> None:
    source = result.analyses[3].document.source
    titled = msgspec.structs.replace(result, title=source)
    assert str(render_draft(titled)).startswith("A plan for East Midlands")
    page = str(render_draft(titled, "html"))
    assert page.count("<h1") == 1
    assert "A plan for East Midlands" in page
    for finding in Index(result).findings(result.analyses[3]):
        assert finding.fingerprint in page


def test_show_hides_what_is_less_severe(result: AuditResult) -> None:
    text = str(render_draft(result, show=Severity.ERROR))
    assert "warning SB" not in text
    assert "note " not in text


def test_statistics_count_each_rule(result: AuditResult) -> None:
    lines = str(render_draft(result, statistics=True)).splitlines()
    total = sum(int(line.split()[0]) for line in lines)
    assert total == sum(f.suppressed is None for f in result.findings)


@given(st.text())
def test_markdown_text_is_no_markup(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(f"x {escape(text)} x")
    inline = [child.type for t in tokens for child in t.children or ()]
    assert set(inline) <= {"text", "text_special"}


def test_markdown_caps_long_lists() -> None:
    text = str(render(made_result(findings=900), "markdown"))
    assert re.search(r"^and \d+ more, all in the format csv$", text, re.MULTILINE)
    assert "findings.csv" not in text, "a check writes none"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("2 choices are argued", "Two choices are argued"),
        ("12 choices are argued", "12 choices are argued"),
        ("3.5 million is spent", "3.5 million is spent"),
        ("1 in ten is told", "One in ten is told"),
        ("7th of nine", "7th of nine"),
        ("rural areas stand in 2 sentences", "Rural areas stand in two sentences"),
        ("it is chosen in 7 of 9 regions", "It is chosen in 7 of 9 regions"),
        ("it says 'in 2 places' and 3 times", "It says 'in 2 places' and 3 times"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_word(message: str, said: str) -> None:
    assert sentence(message) == said
