"""Rule files are untrusted too: each hostile one ends in a fault that names file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.cli import main
from stratlint.errors import FileFault
from stratlint.records import ExitCode
from stratlint.rules.loader import every_rule, read_rule
from stratlint.rules.schema import check_message
from stratlint.text.phrases import PhraseSet

RULE = """\
id: ZZ001
name: made-up
check: phrase-present
with: {phrases: [growth]}
severity: info
confidence: low
message: "says '{words}'"
why: A rule that is made up to be spoilt in one place at a time.
fix: Take it out of the pack again.
known_false_alarms: [none is known]
references: [made up]
tags: [made-up]
tests:
  - {name: fires, documents: {A: We plan for growth.}, want: [{document: A, contains: growth}]}
  - {name: silent, documents: {A: We plan.}, none: true}
"""


def _with(old: str, new: str) -> bytes:
    assert old in RULE
    return RULE.replace(old, new).encode("utf-8", "surrogatepass")


_LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
SPOILT: dict[str, bytes] = {
    "object": _with("[growth]", "!!python/object/apply:os.system ['true']"),
    "laughs": _LAUGHS.encode(),
    "deep": ("id: " + "[" * 3_000 + "]" * 3_000).encode(),
    "long": b"id: " + b"x" * 3_000_000,
    "attribute": _with("{words}", "{words.__class__.__mro__}"),
    "index": _with("{words}", "{words[0]}"),
    "wide": _with("{words}", "{words:>999999999}"),
    "width from the text": _with("{words}", "{words:{words}}"),
    "open brace": _with("{words}", "{words"),
    "path as id": _with("ZZ001", "../../etc/passwd"),
    "path as name": _with("made-up\ncheck", "../../x\ncheck"),
    "code as check": _with("phrase-present", "os.system"),
    "backtracking": _with("growth]", "'(a+)+$']"),
    "gaps": _with("growth]", "'" + " .. ".join(["growth"] * 12) + "']"),
    "words": _with("growth]", "'" + "growth " * 20_000 + "']"),
    "theme outside": _with("check:", "only_if: {theme: ../../themes, at_least: claimed}\ncheck:"),
    "control": RULE.encode() + b"\0",
    "latin": _with("spoilt", "spoilt caf\u00e9").replace("\u00e9".encode(), b"\xe9"),
    "noise": bytes(range(256)) * 20,
    "utf-16": RULE.encode("utf-16"),
    "surrogate": _with("made up to", "made up \ud800 to"),
}


def test_the_rule_is_sound_before_it_is_spoilt(tmp_path: Path) -> None:
    (tmp_path / "ZZ001.yaml").write_text(RULE, encoding="utf-8")
    assert any(rule.id == "ZZ001" for rule in every_rule((tmp_path,)))


@pytest.mark.parametrize("name", sorted(SPOILT))
def test_a_spoilt_rule_is_a_fault_with_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / "ZZ001.yaml"
    path.write_bytes(SPOILT[name])
    with pytest.raises(FileFault) as caught:
        read_rule(path)
    assert "ZZ001.yaml" in str(caught.value)
    assert len(str(caught.value)) < 1_000


def test_the_command_ends_with_2_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    circle = _with("check:", "extends: ZZ001\ncheck:")
    for data in (SPOILT["noise"], SPOILT["wide"], circle):
        (tmp_path / "ZZ001.yaml").write_bytes(data)
        assert main(["test", "--rules", str(tmp_path)]) == ExitCode.USAGE
        shown = capsys.readouterr().err
        assert shown.startswith("stratlint: error: ")
        assert "Traceback" not in shown


def test_a_folder_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "ZZ001.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert sum(rule.id == "ZZ001" for rule in every_rule((tmp_path,))) == 1


def test_a_message_within_bounds_is_kept() -> None:
    check_message("{count:>12} of {count}", {"count": 3})
    with pytest.raises(ValueError, match="more than 99 places"):
        check_message("{count:>100}", {"count": 3})


def test_phrases_with_gaps_do_not_multiply() -> None:
    """Work grows with the text, not with the ways in which gaps could be filled."""
    with pytest.raises(ValueError, match="gap"):
        PhraseSet(["growth .. growth .. growth .. growth .. decline"])
