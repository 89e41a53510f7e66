from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from stratlint.errors import FileFault
from stratlint.records import Confidence, Finding, Severity
from stratlint.rules import (
    apply_suppressions,
    fingerprint,
    load_suppressions,
    write_baseline,
)
from stratlint.rules.suppressions import Judged

TODAY = date(2008, 6, 1)


def finding(subject: str, rule: str = "SB005", document: str = "north.pdf") -> Finding:
    return Finding(
        rule=rule,
        name="emulation",
        family="SB",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message="says so",
        why="because",
        fix="do not",
        fingerprint=fingerprint(rule, subject),
        document=document,
        region="North",
    )


def ignore(folder: Path, entry: str) -> Path:
    path = folder / "stratlint-ignore.yaml"
    path.write_text(f"ignore:\n  - {entry}\n", encoding="utf-8")
    return path


def test_one_finding_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    one, other = finding("one"), finding("other")
    path = ignore(
        tmp_path,
        f"{{rule: SB005, fingerprint: '{one.fingerprint}', reason: a real name, by: the board}}",
    )
    marked, warnings = apply_suppressions([one, other], load_suppressions(path), TODAY)
    assert [f.suppressed for f in marked] == ["a real name", None]
    assert warnings == ()


def test_a_rule_is_set_aside_in_one_document_by_id_or_name(tmp_path: Path) -> None:
    path = ignore(tmp_path, "{rule: emulation, document: north.pdf, reason: agreed}")
    marked, _ = apply_suppressions(
        [finding("one"), finding("two", document="south.pdf")], load_suppressions(path), TODAY
    )
    assert [f.suppressed for f in marked] == ["agreed", None]


def test_entries_lapse_the_day_after_their_date(tmp_path: Path) -> None:
    path = ignore(
        tmp_path, "{rule: SB005, document: north.pdf, reason: for now, until: 2008-06-01}"
    )
    entries = load_suppressions(path)
    marked, warnings = apply_suppressions([finding("one")], entries, TODAY)
    assert marked[0].suppressed == "for now"
    assert warnings == ()
    marked, warnings = apply_suppressions([finding("one")], entries, date(2008, 6, 2))
    assert marked[0].suppressed is None
    assert "expired on 2008-06-01" in warnings[0]


def test_entries_that_cover_nothing_are_warned_of(tmp_path: Path) -> None:
    path = ignore(tmp_path, "{rule: TR001, document: north.pdf, reason: agreed}")
    _, warnings = apply_suppressions([finding("one")], load_suppressions(path), TODAY)
    assert warnings == ("unused suppression: TR001 north.pdf (agreed)",)


def test_entries_about_what_was_not_judged_are_left_alone(tmp_path: Path) -> None:
    judged = Judged(
        rules=frozenset({"SB005", "emulation"}),
        known=frozenset({"SB005", "emulation", "TR001"}),
        documents=frozenset({"north.pdf", "North"}),
        whole=False,
    )

    def warned(entry: str, judged: Judged = judged) -> bool:
        entries = load_suppressions(ignore(tmp_path, entry))
        return bool(apply_suppressions([], entries, TODAY, judged)[1])

    assert warned("{rule: SB005, document: north.pdf, reason: agreed}")
    assert warned("{rule: emulation, document: North, reason: agreed}")
    assert warned("{rule: SB055, document: south.pdf, reason: no such rule}")
    assert not warned("{rule: SB005, document: south.pdf, reason: agreed}")
    assert not warned("{rule: TR001, document: north.pdf, reason: agreed}")
    bare = "{rule: SB005, fingerprint: aaaabbbbccccdddd, reason: agreed}"
    assert not warned(bare), "it may be another document's"
    assert warned(bare, msgspec.structs.replace(judged, whole=True))


@pytest.mark.parametrize(
    "entry",
    ["{rule: SB005, document: north.pdf}", "{rule: SB005, reason: everywhere}", "{reason: none}"],
)
def test_an_entry_needs_rule_reason_and_a_target(tmp_path: Path, entry: str) -> None:
    with pytest.raises(FileFault, match=r"stratlint-ignore\.yaml:2"):
        load_suppressions(ignore(tmp_path, entry))


def test_baseline_sets_aside_what_is_there_and_nothing_new(tmp_path: Path) -> None:
    path = tmp_path / "stratlint-ignore.yaml"
    old = [finding("one"), finding("two")]
    assert write_baseline(path, old) == 2
    assert write_baseline(path, old) == 0
    marked, warnings = apply_suppressions([*old, finding("three")], load_suppressions(path), TODAY)
    assert [f.suppressed is None for f in marked] == [False, False, True]
    assert warnings == ()


def test_baseline_takes_in_what_only_a_lapsed_entry_covers(tmp_path: Path) -> None:
    entry = "{rule: SB005, document: north.pdf, reason: for now, until: 2008-05-31}"
    path = ignore(tmp_path, entry)
    assert write_baseline(path, [finding("one")], today=date(2008, 5, 31)) == 0
    assert write_baseline(path, [finding("one")], today=TODAY) == 1
    marked, _ = apply_suppressions([finding("one")], load_suppressions(path), TODAY)
    assert marked[0].suppressed is not None


@pytest.mark.parametrize(
    "digits", ["1234567890123456", "0012345670123456", "0012345678901234", "0000000000000000"]
)
def test_a_fingerprint_of_digits_alone_needs_no_quotes(tmp_path: Path, digits: str) -> None:
    path = ignore(tmp_path, f"{{rule: SB005, fingerprint: {digits}, reason: agreed}}")
    assert load_suppressions(path).ignore[0].fingerprint == digits


def test_fingerprint_forgets_case_spacing_and_punctuation() -> None:
    assert fingerprint("A", "The next, great  thing") == fingerprint("A", "the next great thing.")
    assert fingerprint("A", "this") != fingerprint("A", "that")
    assert fingerprint("A", "this") != fingerprint("B", "this")
    assert fingerprint("A", "this", "A plan") != fingerprint("A", "this", "Another plan")


def test_a_finding_of_several_places_comes_back_with_a_new_one(tmp_path: Path) -> None:
    def places(*subjects: str) -> Finding:
        parts = tuple(fingerprint("SB005", subject) for subject in subjects)
        return msgspec.structs.replace(finding("all places"), places=len(parts), parts=parts)

    path = tmp_path / "stratlint-ignore.yaml"
    assert write_baseline(path, [places("one", "two")], today=TODAY) == 1
    assert len(load_suppressions(path).ignore) == 2

    def aside(made: Finding) -> bool:
        marked, warnings = apply_suppressions([made], load_suppressions(path), TODAY)
        assert warnings == ()
        return marked[0].suppressed is not None

    assert aside(places("two", "one"))
    assert not aside(places("one", "two", "three"))
    assert write_baseline(path, [places("one", "two", "three")], today=TODAY) == 1
    assert aside(places("one", "two", "three"))
