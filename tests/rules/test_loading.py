from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from stratlint.errors import FileFault, UsageError
from stratlint.records import Severity
from stratlint.rules import RuleOverrides, load_rules

GOOD = dedent(
    """\
    id: ZZ001
    name: no-slogans
    check: phrase-present
    with:
      phrases: [onwards and upwards]
    severity: info
    message: "a slogan: '{words}'"
    why: Slogans say nothing about the place.
    fix: Leave it out.
    """
)


def pack(folder: Path, text: str, name: str = "rule.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, text: str) -> str:
    with pytest.raises(FileFault) as caught:
        load_rules([pack(folder, text)])
    return caught.value.message


def test_own_pack_joins_the_shipped_rules(tmp_path: Path) -> None:
    rules = {rule.id: rule for rule in load_rules([pack(tmp_path, GOOD)])}
    assert "SB003" in rules
    assert rules["ZZ001"].severity is Severity.INFO


def test_unknown_key_names_place_and_nearest_key(tmp_path: Path) -> None:
    message = fault(tmp_path, GOOD.replace("severity", "severty"))
    assert "rule.yaml:6:1" in message
    assert "did you mean 'severity'" in message


def test_unknown_option_names_place_and_nearest_key(tmp_path: Path) -> None:
    message = fault(tmp_path, GOOD.replace("phrases:", "phrase:"))
    assert "rule.yaml:5:3" in message
    assert "did you mean 'phrases'" in message


def test_unknown_check_names_the_nearest(tmp_path: Path) -> None:
    message = fault(tmp_path, GOOD.replace("phrase-present", "phrase-presnt"))
    assert "rule.yaml:3" in message
    assert "did you mean 'phrase-present'" in message


def test_wrong_hole_is_found_when_the_file_is_loaded(tmp_path: Path) -> None:
    message = fault(tmp_path, GOOD.replace("{words}", "{wrds}"))
    assert "rule.yaml:7" in message
    assert "did you mean '{words}'" in message


def test_holes_reach_no_attributes(tmp_path: Path) -> None:
    assert "does not fill" in fault(tmp_path, GOOD.replace("{words}", "{words.__class__}"))


def test_faulty_phrase_is_found_when_the_file_is_loaded(tmp_path: Path) -> None:
    assert "cannot hold" in fault(tmp_path, GOOD.replace("onwards and upwards", "'(a+)+$'"))


def test_unknown_theme_names_the_nearest(tmp_path: Path) -> None:
    text = GOOD.replace("phrases: [onwards and upwards]", "theme: funtional_region")
    assert "did you mean 'functional_region'" in fault(tmp_path, text)


def test_wrong_level_is_refused(tmp_path: Path) -> None:
    assert "looks at a document" in fault(tmp_path, GOOD + "scope: {level: corpus}\n")


def test_extends_keeps_what_it_does_not_change(tmp_path: Path) -> None:
    child = "id: ZZ002\nname: stricter\nextends: SB002\nwith: {location_quotient_below: 0.8}\n"
    rules = {rule.id: rule for rule in load_rules([pack(tmp_path, child)], include_preview=True)}
    options = rules["ZZ002"].options.model_dump()
    assert options["location_quotient_below"] == 0.8
    assert options["every_year"] is True
    assert rules["ZZ002"].why == rules["SB002"].why
    assert rules["ZZ002"].tests == ()


def test_extending_nothing_names_the_nearest(tmp_path: Path) -> None:
    assert "did you mean" in fault(tmp_path, "id: ZZ002\nname: stricter\nextends: SB0022\n")


def test_extending_oneself_is_a_fault(tmp_path: Path) -> None:
    assert "extends" in fault(tmp_path, "id: ZZ002\nname: stricter\nextends: ZZ002\n")


def test_two_files_cannot_share_an_id(tmp_path: Path) -> None:
    pack(tmp_path, GOOD, "other.yaml")
    assert "is also the id of" in fault(tmp_path, GOOD)


def test_rules_are_switched_off_graded_and_set_anew() -> None:
    overrides = RuleOverrides.model_validate(
        {
            "rules": {
                "SB005": False,
                "RU": "info",
                "missed-strength": {"with": {"location_quotient_at_least": 2.0}},
            },
            "pack": "all",
            "preview": True,
        }
    )
    rules = {rule.id: rule for rule in load_rules(None, overrides)}
    assert "SB005" not in rules
    assert rules["RU001"].severity is Severity.INFO
    assert rules["SB004"].options.model_dump()["location_quotient_at_least"] == 2.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SB555": "off"}, "there is no rule 'SB555'"),
        ({"SB002": {"with": {"location_quotient_blow": 1}}}, "location_quotient_below"),
    ],
)
def test_overrides_that_fit_nothing_are_faults(changes: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        load_rules(None, RuleOverrides.model_validate({"rules": changes}))


def test_select_keeps_only_what_is_named() -> None:
    chosen = load_rules(None, RuleOverrides(select=("FR", "SB001")))
    assert {rule.id[:2] for rule in chosen} == {"FR", "SB"}
    assert sum(rule.family == "SB" for rule in chosen) == 1


def test_an_edited_folder_is_read_anew(tmp_path: Path) -> None:
    def severity() -> Severity:
        return {rule.id: rule for rule in load_rules([tmp_path])}["ZZ001"].severity

    pack(tmp_path, GOOD)
    assert severity() is Severity.INFO
    pack(tmp_path, GOOD.replace("severity: info", "severity: error"))
    assert severity() is Severity.ERROR


def test_own_themes_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "themes.yaml").write_text(
        "themes:\n  canals: {name: canals, looked_for: canals, phrases: [canal*]}\n", "utf-8"
    )
    text = GOOD.replace("phrases: [onwards and upwards]", "theme: canals")
    assert "ZZ001" in {rule.id for rule in load_rules([pack(tmp_path, text)])}
