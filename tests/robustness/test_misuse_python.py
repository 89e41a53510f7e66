"""Odd input to every public function: an answer, or an error of ours that says what is wanted."""

from __future__ import annotations

import inspect
import math
import os
import re
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stratlint
from stratlint.errors import StratlintError
from stratlint.run.settings import Settings
from stratlint.tables import frames
from stratlint.workers.execution import InlineExecutor

ODD: dict[str, Any] = {
    "None": None,
    "nought": 0,
    "a negative number": -1,
    "a fraction": 3.5,
    "no number": math.nan,
    "without end": math.inf,
    "a huge number": 10**30,
    "a truth value": True,
    "bytes": b"plan.md",
    "an empty name": "",
    "a missing file": "not-there.md",
    "a folder": "folder.md",
    "an empty file": "empty.md",
    "noise": "noise.pdf",
    "another kind": "plan.exe",
    "a NUL": "a\0b.md",
    "a long name": "x" * 5_000,
    "a lone surrogate": "\ud800.md",
    "an escape": "\x1b[31m.md",
    "an object": object(),
    "an empty list": [],
    "a list of nothing": [None],
    "a list of numbers": [1, 2],
    "a dictionary": {"a": 1},
    "a function": len,
    "a range": range(3),
    "a class": Path,
    "an error": ValueError("x"),
    "a generator": "generator",
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(stratlint, name)
        for name in stratlint.__all__
        if inspect.isfunction(getattr(stratlint, name))
    },
    **{f"frames.{name}": getattr(frames, name) for name in frames.__all__},
}
"""Every public function, as the packages have them: a new one is tried as soon as it is there."""
MORE = {"settings": tuple(Settings.model_fields)}
"""What a function takes beyond its own parameters, by what it calls them."""
QUICK: dict[str, dict[str, Any]] = {
    "audit": {"select": ["SB005"], "executor": InlineExecutor()},
    "check": {"select": ["SB005"], "executor": InlineExecutor()},
    "write_reports": {"force": True},
    "compare": {"permutations": 9},
}
"""What keeps a use that is let in short: one rule, no worker processes."""


def parameters(function: Callable[..., Any]) -> Iterator[str]:
    """Each parameter of a function, and each that it hands on."""
    for param in inspect.signature(function).parameters.values():
        if param.kind is not param.VAR_KEYWORD:
            yield param.name
        else:
            yield from MORE[param.name]
    yield "no_such_parameter"


USES = [(name, param, what) for name, f in FUNCTIONS.items() for param in parameters(f)
        for what in ODD]  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each parameter that must be given is when it is right, whatever the function."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "corpus").mkdir()
    (folder / "two").mkdir()
    for name, text in (
        ("corpus/a.md", "# Plan\n\nTourism is a priority. We will be the next Silicon Valley.\n"),
        ("two/a.md", "# Plan\n\nTourism is a priority.\n"),
        ("two/b.md", "# Plan\n\nAerospace is a priority of the North East.\n"),
        ("plan.md", "# Plan\n\nTourism is a priority.\n"),
        ("empty.md", ""),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "noise.pdf").write_bytes(bytes(range(256)) * 20)
    (folder / "plan.exe").write_bytes(b"MZ")
    (folder / "folder.md").mkdir()
    plan = folder / "plan.md"
    result = stratlint.audit(folder / "two", **QUICK["audit"])
    analyses = list(result.analyses)
    return {
        "home": folder,
        "path": plan,
        "document": plan,
        "analysis": analyses[0],
        "draft": plan,
        "corpus": folder / "corpus",
        "analyses": analyses,
        "documents": analyses,
        "result": result,
        "folder": folder / "out",
        "term": "tourism",
        "terms": ["tourism"],
    }


def _rightly(sound: dict[str, Any], name: str) -> dict[str, Any]:
    """What a function is given when all is right."""
    params = inspect.signature(FUNCTIONS[name]).parameters.values()
    wanted = [p.name for p in params if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    missing = [param for param in wanted if param not in sound]
    assert not missing, f"say in the fixture 'sound' what a right {missing} of {name} is"
    return {**{param: sound[param] for param in wanted}, **QUICK.get(name, {})}


def _try(sound: dict[str, Any], name: str, param: str, what: str) -> str | None:
    """What is wrong with how the use ends, or None."""
    value = ODD[what] if what != "a generator" else (n for n in range(3))
    function = FUNCTIONS[name]
    given = {**_rightly(sound, name), param: value}
    try:
        function(**given)
    except (StratlintError, TypeError, ValueError) as error:
        frames_of = traceback.extract_tb(error.__traceback__)
        ours = "stratlint" in frames_of[-1].filename and "site-packages" not in (
            frames_of[-1].filename
        )
        # Python's own word where a parameter is not there stands at the call itself.
        if not ours and len(frames_of) > 1:
            return f"{type(error).__name__} from {frames_of[-1].filename}: {error}"
        if type(error) is ValueError and "ValueError" not in (function.__doc__ or ""):
            return f"a ValueError that is not documented: {error}"
        if len(str(error)) < 10:
            return f"says nothing: {error!r}"
        if len(str(error)) > 2_000:
            return "says too much"
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} from {at.filename}:{at.lineno}: {error}"
    return None


def test_every_public_function_is_tried() -> None:
    """The page of the reference is made from the same lists: what it shows is tried."""
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "python.md"
    shown = re.findall(
        r"^### stratlint\.(?:tables\.)?(\S+)$", page.read_text("utf-8"), re.MULTILINE
    )
    assert set(shown) == set(FUNCTIONS)
    assert len(USES) >= 2_000


def test_a_new_function_is_tried_at_once(
    sound: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fresh(result: Any, *, width: int = 60) -> int:
        return len(result.analyses) // width

    assert list(parameters(fresh)) == ["result", "width", "no_such_parameter"]
    monkeypatch.setitem(FUNCTIONS, "fresh", fresh)
    assert "ZeroDivisionError" in str(_try(sound, "fresh", "width", "nought"))
    assert "AttributeError" in str(_try(sound, "fresh", "result", "None"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_odd_input_is_answered_or_told(
    sound: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sound["home"])
    FUNCTIONS[name](**_rightly(sound, name))
    said = {
        f"{param}={what}": fault
        for function, param, what in USES
        if function == name and (fault := _try(sound, name, param, what)) is not None
    }
    assert not said, os.linesep.join(f"{use}: {fault}"[:300] for use, fault in said.items())
