"""Odd input to every public function: an answer, or an error of ours that says what is wanted."""

from __future__ import annotations

import inspect
import math
import os
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stratlint
from stratlint.errors import StratlintError
from stratlint.tables import frames
from stratlint.workers.execution import InlineExecutor
from tests.made import NORTH_EAST, SOUTH_WEST

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
_SCALARS = ("region", "year", "title", "source", "reader", "repair", "ocr", "spacy_model")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each parameter is when it is right."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "corpus").mkdir()
    for name, text in (("a.md", NORTH_EAST), ("b.md", SOUTH_WEST)):
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    (folder / "plan.md").write_text("# Plan\n\nTourism is a priority.\n", encoding="utf-8")
    (folder / "empty.md").write_text("", encoding="utf-8")
    (folder / "noise.pdf").write_bytes(bytes(range(256)) * 20)
    (folder / "plan.exe").write_bytes(b"MZ")
    (folder / "folder.md").mkdir()
    plan = folder / "plan.md"
    result = stratlint.audit(folder / "corpus", executor=InlineExecutor(), cache=False)
    analyses = list(result.analyses)
    return {
        "folder": folder,
        "plan": plan,
        "result": result,
        "analyses": analyses,
        "read": {"path": plan},
        "analyse": {"document": plan},
        "audit": {"corpus": folder / "corpus", "executor": InlineExecutor(), "cache": False},
        "check": {"draft": plan, "executor": InlineExecutor(), "cache": False},
        "compare": {"analyses": analyses},
        "shared_passages": {"documents": analyses},
        "write_reports": {"result": result, "folder": folder / "out", "force": True},
        "to_spacy": {"analysis": plan},
        **{f"frames.{name}": {"result": result} for name in FRAMES if name != "dictionary"},
        "frames.concordance": {"result": result, "term": "tourism"},
        "frames.dispersion": {"result": result, "terms": ["tourism"]},
    }


FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(stratlint, name)
    for name in stratlint.__all__
    if inspect.isfunction(getattr(stratlint, name))
}
FRAMES: dict[str, Callable[..., Any]] = {
    name: function
    for name, function in vars(frames).items()
    if name in frames.__all__ or name in ("concordance", "dispersion")
}
SETTINGS = ("select", "fail_on", "jobs", "kind", "limits", "rules_dirs", "sectors", "places", "no")
_SETTERS = ("audit", "check")


def _uses() -> Iterator[tuple[str, str, str]]:
    for name, function in FUNCTIONS.items():
        for param in inspect.signature(function).parameters.values():
            if param.kind is not param.VAR_KEYWORD:
                yield from ((name, param.name, what) for what in ODD)
        if name in _SETTERS:
            yield from ((name, setting, what) for setting in SETTINGS for what in ODD)
        yield (name, "no_such_parameter", "nought")
    for name, function in FRAMES.items():
        for given in inspect.signature(function).parameters:
            yield from ((f"frames.{name}", given, what) for what in ODD)


USES = list(_uses())


def _try(sound: dict[str, Any], name: str, param: str, what: str) -> str | None:
    """What is wrong with how the use ends, or None."""
    value = ODD[what] if what != "a generator" else (n for n in range(3))
    function = FRAMES[name[7:]] if name.startswith("frames.") else FUNCTIONS[name]
    given = {**sound.get(name, {}), param: value}
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
        if len(str(error)) < 10:
            return f"says nothing: {error!r}"
        if len(str(error)) > 2_000:
            return "says too much"
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} from {at.filename}:{at.lineno}: {error}"
    return None


def test_there_are_five_hundred_and_more() -> None:
    assert len(USES) >= 500
    assert set(FUNCTIONS) == {
        "analyse", "audit", "check", "compare", "read", "shared_passages", "to_spacy",
        "write_reports",
    }  # fmt: skip


@pytest.mark.parametrize("name", [*FUNCTIONS, *(f"frames.{f}" for f in FRAMES)])
def test_odd_input_is_answered_or_told(
    sound: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sound["folder"])
    said = {
        f"{param}={what}": fault
        for function, param, what in USES
        if function == name and (fault := _try(sound, name, param, what)) is not None
    }
    assert not said, os.linesep.join(f"{use}: {fault}"[:300] for use, fault in said.items())
