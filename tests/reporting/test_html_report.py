"""The report as a file: safe, self-contained, complete, small."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from stratlint.knowledge.areas import load_areas
from stratlint.knowledge.tiles import load_layouts
from stratlint.records import AuditResult, Finding, Profile
from stratlint.reporting import write_reports
from stratlint.reporting.draft import draft_page
from stratlint.reporting.html.overview import CROWD, copies_of, overview
from stratlint.reporting.html.page import asset, curly, statistic
from stratlint.reporting.html.passages import Shared, shared
from stratlint.reporting.html.profiles import answers
from stratlint.reporting.html.region import FIRST
from stratlint.reporting.html.report import pages, render
from stratlint.reporting.html.scatter import scatter
from stratlint.reporting.index import Index
from stratlint.reporting.words import listed, number, quotient
from stratlint.resources import data_dir
from stratlint.rules import load_rules
from tests.reporting.made import HOSTILE, made_result


class _Outline(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open[-1:]):
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def _outline(page: str) -> _Outline:
    outline = _Outline()
    outline.feed(page)
    return outline


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 reckons it, from 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_every_step_of_the_scale(theme: str) -> None:
    css = (data_dir("reports") / "report.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    # Print has its own colours, further down: the first of each name are the screen's.
    colours: dict[str, str] = {}
    for name, colour in re.findall(
        r"--([a-z0-9-]+): (#[0-9a-f]{6});", light if theme == "light" else dark
    ):
        colours.setdefault(name, colour)
    contrasts = [_contrast(colours["ink"], colours[f"step{n}"]) for n in range(6)]
    assert contrasts == sorted(contrasts, reverse=True), "each step stands further from the paper"
    assert min(contrasts) >= 4.6


@pytest.fixture(scope="module")
def page(result: AuditResult) -> str:
    return render(result)


@pytest.fixture(scope="module")
def outline(page: str) -> _Outline:
    return _outline(page)


def test_the_page_is_whole(page: str, outline: _Outline) -> None:
    assert page.startswith("<!DOCTYPE html>")
    assert "<html lang=en-GB>" in page
    assert outline.elements["h1"] == 1
    assert outline.elements["main"] == 1
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    assert not [h for h in outline.values("href") if h[:1] == "#" and h[1:] not in set(ids)]


def test_sections_stand_in_their_order(page: str) -> None:
    order = [
        "documents",
        "matrix",
        "strength",
        "passages",
        "similarity",
        "regions",
        "findings",
        "method",
        "downloads",
    ]
    found = re.findall(r'<section id="?([a-z-]+)"? class="?part', page)
    assert [name for name in found if name in order] == order


def test_nine_regions_stay_under_400_kilobytes(page: str) -> None:
    assert len(page.encode()) < 400_000


def test_nothing_is_fetched_and_nothing_inline_but_what_is_hashed(
    page: str, outline: _Outline
) -> None:
    assert not outline.values("style")
    assert not outline.values("src")
    assert not [n for _, n, _ in outline.attributes if n.startswith("on")]
    assert outline.elements["script"] == outline.elements["style"] == 1
    assert "@import" not in page
    assert "url(" not in page
    policy = re.search(r'Content-Security-Policy content="([^"]*)"', page)
    assert policy is not None
    for tag in ("style", "script"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body.group(1).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.group(1)
    assert "default-src 'none'" in policy.group(1)
    assert "unsafe" not in policy.group(1)


def test_every_table_has_a_caption_and_every_header_a_scope(page: str, outline: _Outline) -> None:
    assert outline.elements["table"] == outline.elements["caption"] > 10
    headers = [tag for tag, name, _ in outline.attributes if tag == "th" and name == "scope"]
    assert len(headers) == outline.elements["th"]
    regions = [v for v in outline.values("role") if v == "region"]
    assert len(regions) == outline.elements["table"]


def test_hostile_text_changes_no_element(result: AuditResult) -> None:
    """The same audit, with and without markup in every text, has the same elements."""

    def poison(finding: Finding, words: str) -> Finding:
        quotations = tuple(
            msgspec.structs.replace(q, text=words + q.text, marks=()) for q in finding.quotations
        )
        return msgspec.structs.replace(finding, message=words, quotations=quotations)

    def build(words: str) -> AuditResult:
        return msgspec.structs.replace(
            result,
            title=words,
            findings=tuple(poison(f, words) for f in result.findings),
            warnings=(words,),
            analyses=tuple(
                msgspec.structs.replace(
                    a, document=msgspec.structs.replace(a.document, title=words)
                )
                for a in result.analyses
            ),
        )

    def elements(words: str) -> Counter[str]:
        # Whether words are isolated depends on their letters, and is tested by itself.
        found = _outline(render(build(words))).elements
        return Counter({tag: n for tag, n in found.items() if tag != "bdi"})

    harmless = elements("harmless words, with a length of sixty letters or more – ok")
    for words in HOSTILE:
        assert elements(words + " and then harmless words to be long enough") == harmless, words


def test_hostile_text_is_still_read_as_it_was_written(hostile: AuditResult) -> None:
    outline = _outline(render(hostile))
    text = " ".join("".join(outline.text).split())
    assert HOSTILE[0] in text
    assert "<style>*{display:none}</style><!-- --><textarea>" in text
    assert not [
        h
        for h in outline.values("href")
        if not h.startswith(("#", "corpus/", "https://"))
        and not re.fullmatch(r"[a-z.-]+\.(csv|json|html)(#.*)?", h)
    ]


def test_words_from_documents_are_isolated(hostile: AuditResult) -> None:
    page_ = render(hostile)
    for match in re.finditer("\u202e", page_):
        before = page_[: match.start()]
        assert before.rfind("<bdi>") > before.rfind("</bdi>"), before[-200:]


def test_words_that_cannot_turn_the_direction_need_no_isolation(result: AuditResult) -> None:
    given = msgspec.structs.replace(result, title="“Plans” – first’s • £1 5% of Århus")
    assert "<h1>“Plans” – first’s • £1 5% of Århus</h1>" in render(given)
    given = msgspec.structs.replace(result, title="Plans \u202e of \u05d0")
    assert "<h1><bdi>" in render(given)


def test_every_finding_is_on_the_page_and_reached_from_the_list(
    result: AuditResult, page: str, outline: _Outline
) -> None:
    ids, links = set(outline.values("id")), set(outline.values("href"))
    for finding in result.findings:
        assert f"f-{finding.fingerprint}" in ids
        if finding.suppressed is None:
            assert f"#f-{finding.fingerprint}" in links
        else:
            assert finding.suppressed in page


def test_two_findings_with_one_fingerprint_have_two_ids(result: AuditResult) -> None:
    first = result.findings[0]
    given = msgspec.structs.replace(
        result, findings=(first, msgspec.structs.replace(first, message="again"))
    )
    ids = _outline(render(given)).values("id")
    assert f"f-{first.fingerprint}" in ids
    assert f"f-{first.fingerprint}-2" in ids


def test_every_number_on_a_chart_is_in_a_table(result: AuditResult, page: str) -> None:
    """Each lollipop stands in a row that prints both its quotients."""
    index = Index(result)
    rows = re.findall(r"<tr><th scope=row>([^<]*)(?:<td>[^<]*){4}<td><svg class=lolly", page)
    charts = page.count("<svg class=lolly")
    assert charts == len(rows) > 30
    strength = page[page.index("id=strength ") : page.index("id=passages ")]
    for analysis in result.analyses:
        for priority in analysis.priorities:
            found = index.quotient(analysis, priority.sector)
            if found is not None:
                assert f"<td>{quotient(found.value)}" in strength
    matrix = page[page.index("class=matrix>") : page.index("id=after-matrix>")]
    assert matrix.count("<b>") == sum(len(a.priorities) for a in result.analyses)


def test_evidence_links_lead_to_the_page_of_the_file(result: AuditResult, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    files = {a.document.source: str(folder / a.document.source) for a in result.analyses}
    given = msgspec.structs.replace(result, files=files)
    made = pages(given, tmp_path / "out")[
        f"report/region-{Index(result).slug(result.analyses[0].document.source)}.html"
    ]
    quotation = result.analyses[0].priorities[0].evidence[0]
    link = f"../../corpus/{quotation.document}#page={quotation.page + 1}"
    assert f'href="{link}">page {quotation.page_label}' in made


def test_a_document_without_a_file_has_no_link(result: AuditResult) -> None:
    made = render(msgspec.structs.replace(result, files={}))
    assert ".pdf#page=" not in made
    assert "page " in made


def test_other_geographies_have_a_table_and_no_map() -> None:
    made = render(made_result(regions=("Île-de-France", "Nord", "Île-de-France")))
    assert "class=tiles" not in made
    assert "id=documents-caption" in made


@pytest.mark.parametrize(
    ("kind", "names", "columns"),
    [
        ("combined authority", ("Greater Manchester", "Tees Valley"), {1, 2}),
        ("ITL2 area", ("Kent", "Cornwall and Isles of Scilly"), {1, 7}),
    ],
)
def test_areas_of_a_known_layout_stand_on_a_map(
    kind: str, names: tuple[str, ...], columns: set[int]
) -> None:
    areas = {area.name: area for area in load_areas().of_kind(kind)}
    plain = made_result(regions=names)
    analyses = tuple(
        msgspec.structs.replace(
            a, document=msgspec.structs.replace(a.document, area=areas[a.document.region or ""])
        )
        for a in plain.analyses
    )
    made = render(msgspec.structs.replace(plain, analyses=analyses))
    found = re.findall(r'class="tile \w+ c(\d) y\d+"', made)
    assert {int(column) for column in found} == columns
    mixed = render(msgspec.structs.replace(plain, analyses=(analyses[0], plain.analyses[1])))
    assert 'aria-label="Tile map"' not in mixed


def test_a_map_of_a_few_areas_begins_where_they_are() -> None:
    made = pages(made_result(regions=("South East", "London", "East of England")), None)
    index = made["report/index.html"]
    assert set(re.findall(r'class="tile \w+ c(\d+) y(\d+)"', index)) == {
        ("1", "2"),
        ("2", "1"),
        ("2", "2"),
    }


def test_the_first_screen_and_the_rule_mean_one_crowd() -> None:
    (rule,) = (rule for rule in load_rules() if rule.id == "SB003")
    assert rule.options.model_dump()["share_of_regions"] == CROWD


def test_every_area_of_a_layout_is_known() -> None:
    for layout in load_layouts():
        known = {area.name.casefold() for area in load_areas().of_kind(layout.kind)}
        assert set(layout.places()) == known


def test_without_a_comparison_the_page_still_stands() -> None:
    made = render(made_result(regions=("London",), compared=False))
    assert "Nothing was compared" in made


def test_every_link_of_the_folder_leads_somewhere(tmp_path: Path) -> None:
    result = made_result(findings=300)
    written = write_reports(result, tmp_path)
    html = {
        p.relative_to(tmp_path / "report").as_posix(): p for p in written if p.suffix == ".html"
    }
    outlines = {name: _outline(p.read_text(encoding="utf-8")) for name, p in html.items()}
    ids = {name: outline.values("id") for name, outline in outlines.items()}
    for name, outline in outlines.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for href in outline.values("href"):
            page_, _, anchor = href.partition("#")
            if page_ in html or not page_:
                assert not anchor or anchor in ids[page_ or name], (name, href)
            elif page_.startswith("../") and "corpus" not in page_:
                assert (tmp_path / "report" / page_).is_file(), (name, href)


def test_no_finding_stands_twice(tmp_path: Path) -> None:
    result = made_result(findings=300)
    written = write_reports(result, tmp_path)
    found = Counter(
        value
        for path in written
        if path.suffix == ".html"
        for value in _outline(path.read_text(encoding="utf-8")).values("id")
        if value.startswith("f-")
    )
    assert set(found.values()) == {1}
    assert {f"f-{f.fingerprint}" for f in result.findings} <= set(found)


def test_a_document_s_page_begins_with_seven_findings_at_most(tmp_path: Path) -> None:
    made = pages(made_result(findings=300), tmp_path)
    for name, page_ in made.items():
        if name.startswith("report/region-"):
            head = page_[: page_.index("What it chooses")].split("id=further-")[0]
            assert head.count("class=finding") <= FIRST


def test_stale_pages_are_taken_away_and_other_peoples_stay(
    result: AuditResult, tmp_path: Path
) -> None:
    write_reports(result, tmp_path)
    mine = tmp_path / "report-of-mine.html"
    mine.write_text("<p>written by somebody else</p>", encoding="utf-8")
    assert (tmp_path / "report" / "region-london.html").exists()
    write_reports(made_result(regions=("North East",)), tmp_path)
    assert not (tmp_path / "report" / "region-london.html").exists()
    assert mine.exists()


def test_the_first_screen_names_the_crowd_by_how_little_stands_behind_it(
    result: AuditResult,
) -> None:
    index = Index(result)
    strips = overview(index, shared(index)).strips
    assert strips
    assert [s.below for s in strips] == sorted((s.below for s in strips), reverse=True)
    for strip in strips:
        held = [a for a in result.analyses if a.priority(strip.sector)]
        assert strip.chosen == len(held)
        assert len(strip.marks) == len(result.analyses)


def test_the_first_screen_says_how_often_each_rule_at_work_was_right(result: AuditResult) -> None:
    index = Index(result)
    seen = overview(index, shared(index))
    cards = {r.id: r for r in result.rules}
    at_work = {f.rule for f in index.live}
    judged = [cards[r] for r in at_work if cards[r].judged and cards[r].precision is not None]
    assert len(seen.rates) + seen.more_rates == len(judged) > 0
    assert len(seen.unjudged) == len(at_work) - len(judged)
    shares = [(rate.right / rate.judged, rate.judged) for rate in seen.rates]
    assert shares == sorted(shares), "of equal rates the one with fewer judged is less sure"
    made = pages(result, None)["report/index.html"]
    for rate in seen.rates:
        here = sum(f.rule == rate.rule for f in index.live)
        assert f"{rate.right} of {rate.judged}</b> {rate.name}" in made
        assert rate.here == here
        assert f"({here} here)" in made


def test_what_the_rates_come_to_is_weighted_by_what_stands_here(result: AuditResult) -> None:
    index = Index(result)
    busiest = max(Counter(f.rule for f in index.live).items(), key=lambda one: (one[1], one[0]))
    rule, here = busiest
    other = next(f.rule for f in index.live if f.rule != rule)
    rates = {rule: (0.0, 4), other: (1.0, 40)}
    cards = tuple(
        msgspec.structs.replace(
            card,
            precision=rates.get(card.id, (None, 0))[0],
            judged=rates.get(card.id, (None, 0))[1],
        )
        for card in result.rules
    )
    seen = Index(msgspec.structs.replace(result, rules=cards))
    right = sum(f.rule == other for f in index.live)
    said = overview(seen, shared(seen)).trust
    # All ratings together would say 40 of 44.
    assert f"about {number(right)} of the {number(here + right)} " in said
    assert f"of the {number(len(index.live))} findings here" in said


def test_who_does_not_name_a_source_is_named(result: AuditResult) -> None:
    index = Index(result)
    found = shared(index)
    assert found.sourced
    card = found.sourced[0]
    own = [h for h in card.passage.holdings if h.role != "source"]
    holdings = tuple(
        msgspec.structs.replace(h, attributed=h is own[0]) for h in card.passage.holdings
    )
    passage = msgspec.structs.replace(card.passage, holdings=holdings)
    one = msgspec.structs.replace(card, passage=passage)
    said = [c.after for c in copies_of(index, Shared(own=(), sourced=(one,), template=()))]
    silent = [index.label(h.document) for h in own[1:]]
    assert len(silent) >= 1
    assert f"{listed(silent, 3)} {'does' if len(silent) == 1 else 'do'} not name it" in said[0]


def test_a_finding_names_the_file_that_its_link_leads_into(result: AuditResult) -> None:
    index = Index(result)
    checked = 0
    made = pages(result, None)
    for analysis in index.ordered:
        source = analysis.document.source
        page = made[f"report/region-{index.slug(source)}.html"]
        for finding in index.findings(analysis)[:7]:
            card = page[page.index(f"id={index.anchor(finding)}>") :]
            card = card[: card.index("What to do.")]
            if finding.quotations and finding.quotations[0].document == source:
                assert f"{source}, " in card
                checked += 1
    assert checked


def test_a_passage_has_one_length_wherever_it_is_named(result: AuditResult) -> None:
    index = Index(result)
    found = shared(index)
    alone = [c for c in overview(index, found).shared if c.passages == 1]
    assert alone
    made = pages(result, None)["report/passages.html"]
    for copy in alone:
        card = made[made.index(f"id={copy.anchor}>") :]
        assert f": {copy.words} words, " in card[: card.index("</h3>")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.9", "nine in ten"),
        ("0.0", "none"),
        ("1.0", "all"),
        ("1-2", "one or two"),
        ("3+", "three or more"),
        ("0", "none"),
        ("not_each", "not each"),
        (["Rail", "Space"], "Rail, Space"),
    ],
)
def test_an_answer_is_said_in_words(value: object, words: str) -> None:
    made = _asked(made_result(), {"targets_without_baseline": value})
    index = Index(made)
    (answered,) = answers(index, index.ordered[0])
    assert answered.value == words


def test_a_question_does_not_say_the_opposite_of_a_finding_on_its_page(
    result: AuditResult,
) -> None:
    index = Index(result)
    analysis = index.ordered[0]
    finding = msgspec.structs.replace(
        next(f for f in index.live if f.document == analysis.document.source),
        rule="LD006",
        name="nobody-answers-for-it",
    )
    asked = {"somebody_named": "nothing found against it", "own_money": "nothing found against it"}
    made = _asked(msgspec.structs.replace(result, findings=(finding,)), asked)
    page = pages(made, None)[f"report/region-{index.slug(analysis.document.source)}.html"]
    table = page[page.index("What a careful reader asks") :]
    line = table[table.index("Asks somebody_named") :]
    assert line.index(f"#f-{finding.fingerprint}") < line.index("Nothing found against it.")
    assert "Asks own_money" in table[table.index("Nothing found against it.") :]


def _asked(result: AuditResult, values: Mapping[str, object]) -> AuditResult:
    """The result with a profile of the first document that answers these questions so."""
    document = Index(result).ordered[0].document.source
    profile = Profile(
        kind="questions",
        document=document,
        value="",
        summary="",
        facts={
            key: {"asks": f"Asks {key}", "value": value, "where": "", "quotation": None}
            for key, value in values.items()
        },
        quotations=(),
    )
    return msgspec.structs.replace(result, profiles=(profile,))


def test_quotation_marks_of_our_own_sentences_are_set_as_print_sets_them() -> None:
    assert curly("the sector's 'aim' and ('more')") == "the sector’s ‘aim’ and (‘more’)"


def test_every_statistic_of_a_comparison_has_a_name_in_words() -> None:
    assert statistic("mantel.r").startswith("Do places of like economy")
    assert statistic("new.kind_of") == "New: kind of"


def test_no_name_on_the_picture_covers_a_point_or_a_name(result: AuditResult) -> None:
    found = scatter(Index(result))
    assert found is not None
    named = [p for p in found.points if p.text]
    assert named
    for point in named:
        assert point.text is not None
        (begin, line), width = point.text, 5.8 * len(f"{point.name}, {point.label}")
        for other in found.points:
            inside = begin < other.x < begin + width
            assert not (inside and abs(line - 4 - other.y) < 6), (point, other)
        assert not begin < found.middle < begin + width, "no name crosses the heavy line"
        near = {"end": begin + width, "start": begin, "middle": begin + width / 2}[point.side]
        assert abs(near - point.x) < 9, "a name stands at its point"


def test_the_style_keeps_what_stands_in_quotes() -> None:
    written = (data_dir("reports") / "report.css").read_text(encoding="utf-8")
    assert set(re.findall(r'"[^"\n]*"', written)) <= set(
        re.findall(r'"[^"\n]*"', asset("report.css"))
    )


def test_places_without_figures_are_said_first_and_leave_no_empty_columns() -> None:
    result = made_result(regions=("Nord", "Bretagne", "Corse"))
    assert result.comparison is not None
    bare = msgspec.structs.replace(result.comparison, quotients=())
    made = render(msgspec.structs.replace(result, comparison=bare))
    assert made.index("Not judged") < made.index("Who copied from whom")
    assert "no official figures" in made
    assert "LQ below 1.0</th>" not in made


def test_the_page_of_a_draft_is_as_safe(hostile: AuditResult) -> None:
    outline = _outline(draft_page(hostile))
    assert outline.elements["h1"] == outline.elements["script"] == outline.elements["style"] == 1
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    assert not [h for h in outline.values("href") if h[:1] == "#" and h[1:] not in set(ids)]


def test_a_template_never_prints_none() -> None:
    from stratlint.reporting.html.page import environment

    with pytest.raises(ValueError, match="printed None"):
        environment().from_string("{{ x }}").render(x=None)


def test_a_template_with_an_unknown_name_fails() -> None:
    from jinja2 import UndefinedError

    from stratlint.reporting.html.page import environment

    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing_of_the_kind }}").render()


def test_no_heading_stands_before_the_title_of_a_page(result: AuditResult) -> None:
    titled = msgspec.structs.replace(result, title=result.analyses[0].document.source)
    whole = [render(result), draft_page(titled), *pages(result, None).values()]
    assert len(whole) > 4
    for page in whole:
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
        assert levels[0] == 1
        assert levels.count(1) == 1
