"""Wordings: what each sign of the language finds, and what a fault of a file is told by."""

from __future__ import annotations

import re
import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import stratlint
from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import load_yaml
from stratlint.resources import data_dir
from stratlint.text.wordings import (
    READERS,
    ExactWordings,
    RunningWordings,
    WordFile,
    Wordings,
    compile_wordings,
)


class Words(WordFile):
    """A file of two lists."""

    jobs: Wordings
    places: ExactWordings


class Running(WordFile):
    """A file of one list for running text."""

    says: RunningWordings


@pytest.mark.parametrize(
    ("wording", "found", "not_found"),
    [
        ("job[s]", ["Jobs", "a job."], ["jobless", "odd-jobber"]),
        ("[up to ]forty jobs", ["up to forty jobs", "forty jobs"], ["forty posts"]),
        ("[<word> ]{2}jobs at", ["new jobs at", "new full jobs at"], ["jobs in"]),
        ("compan(y|ies)", ["company", "Companies"], ["companion"]),
        ("unemploy+", ["unemployed"], ["unemploy"]),
        ("export*", ["export", "exporters"], ["xexport"]),
        ("promis…", ["promised"], ["compromised"]),
        ("…berry", ["strawberry"], ["berries"]),
        ("by <year>", ["by 2030"], ["by 2130", "by 20301"]),
        ("£[ ]<figure>[ ](m|bn)", ["£3.5m", "€ 2 bn", "$1,200m"], ["£3", "3m"]),
        ("counted ..20 target", ["counted in our target"], ["counted. A target", "counted tart"]),
        ("counted ..5 target", ["counted, target"], ["counted in our target"]),
        ("of ..30<words> jobs", ["of many new jobs"], ["of rail, and jobs"]),
        ("^note", ["Note", "* note"], ["a note"]),
        ("total$", ["the total"], ["total of all"]),
        ("paid by (!us|our)", ["paid by the state"], ["paid by us", "paid by our council"]),
        ("(<!not )ours", ["all ours"], ["not ours"]),
        ("council's", ["council's", "council’s"], ["councils"]),
        ("2020–21", ["2020-21", "2020–21"], ["2020/21"]),
        (r"\(all\)", ["(all)"], ["all"]),
    ],
)
def test_each_sign_finds_what_it_says(wording: str, found: list[str], not_found: list[str]) -> None:
    pattern = compile_wordings([wording])
    assert [text for text in found if not pattern.search(text)] == []
    assert [text for text in not_found if pattern.search(text)] == []


def test_a_set_may_use_those_above_it_and_no_other() -> None:
    sets = {"number": ("<digits>", "two"), "some": ("about {number}",)}
    assert compile_wordings(["{some} jobs"], sets).search("about two jobs")
    with pytest.raises(ValueError, match="there is no set 'some'"):
        compile_wordings(["{number}"], {"number": ("{some}",), "some": ("about",)})


def test_a_named_part_is_read_by_its_name() -> None:
    found = compile_wordings(["at (place=<capital><word>)"], exact=True).search("at Ashby")
    assert found is not None
    assert found["place"] == "Ashby"


def test_in_running_text_a_space_is_any_white_space(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("sets:\n  some: [no one]\nsays: ['{some} trade ..9 first']\n", "utf-8")
    says = load_yaml(path, Running).says
    assert says.search("we put no\n one trade, ever, first")
    assert not says.search("no one trade that comes first")


def test_as_few_words_as_will_do_or_as_many() -> None:
    text = "most of the jobs are and the rest are"
    many, few = compile_wordings(["most ..40 are"]), compile_wordings(["most ..40? are"])
    assert (many.search(text) or [""])[0] == text
    assert (few.search(text) or [""])[0] == "most of the jobs are"


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("{numbr} jobs", "there is no set 'numbr'; did you mean 'number'?"),
        ("<yaer>", "there is no class <yaer>; did you mean 'year'?"),
        ("job[s", "']' is missing"),
        ("jobs)", "')' closes what nothing opened"),
        ("a ..5000 b", "a gap is at most 999 characters wide"),
        ("(<!a|bcd )x", "look-behind requires fixed-width pattern"),
        (" ", "a wording cannot be empty"),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(tmp_path: Path, wording: str, said: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(f"sets:\n  number: [two]\nplaces: [Ashby]\njobs: ['{wording}']\n", "utf-8")
    with pytest.raises(FileFault, match=re.escape(said)) as caught:
        load_yaml(path, Words)
    assert f"{path}:4:" in str(caught.value)


def test_a_mistyped_list_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("jbos: [job]\nplaces: [Ashby]\n", "utf-8")
    with pytest.raises(FileFault, match="unknown key 'jbos'; did you mean 'jobs'"):
        load_yaml(path, Words)


def test_no_wording_of_ours_runs_away() -> None:
    """A hundred words that begin every gap and end none take no longer than reading them."""
    pattern = compile_wordings(["[<word> ]{9}counted ..999 into ..999 the total"])
    text = "counted into " * 100
    begun = time.process_time()
    assert pattern.search(text) is None
    assert time.process_time() - begun < 5


def test_every_shipped_list_has_a_reader() -> None:
    """A file of words that no module reads is a list that changes nothing."""
    for module in walk_packages(stratlint.__path__, "stratlint."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    folder = data_dir("rules") / "language"
    named = {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.yaml")
        if path.parent != folder
    }
    assert named <= set(READERS)
    assert [name for name, read in READERS.items() if not isinstance(read(), WordFile)] == []
