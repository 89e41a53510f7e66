"""The house stays as it is meant: words in files that analysts read, pieces of a readable size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "stratlint"
SEARCHES = {
    "compile",
    "search",
    "match",
    "fullmatch",
    "split",
    "sub",
    "subn",
    "findall",
    "finditer",
}
# Escapes, classes, names of groups and slots hold letters that are no words of a text.
NO_WORDS = re.compile(r"\\.|\[[^\]]*\]|\(\?P<\w+>|\(\?[a-z-]+:|\{\w*\}")
WORD = re.compile(r"[A-Za-z]{3,}")
BETWEEN = re.compile(r"[a-z]{3}\??\)?\|\(?[a-z]{2}|\(\?:[a-z]")
PLAIN = re.compile(r"[A-Za-z][a-z’']*(?:[ -][a-z’']+)*")
SEVERAL = 4
"""Words from which a tuple, list or set of them is a word list."""
LINES = 432
"""Lines of word lists in the code today, numerals, names of settings and patterns of layout among
them. A list that grows here belongs into ``rules/language``; lower this with each that moves."""
ROOMS = {"rules": 20, "language/commitment": 136, "priorities": 11}
"""The same of the rooms that read most."""
MODULE, FUNCTION = 500, 80


def word_lines(tree: ast.Module) -> set[int]:
    """Lines with words in patterns and lists: not docstrings, names or messages."""
    found: set[int] = set()
    skipped: set[int] = set()
    for node in ast.walk(tree):
        typed = isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal"
        listed = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "")[:2] == "__"
        if typed or listed or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            skipped |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        for part in _of_words(node):
            for text in ast.walk(part):
                if id(text) in skipped or not isinstance(text, ast.Constant):
                    continue
                if isinstance(text.value, str) and WORD.search(NO_WORDS.sub(" ", text.value)):
                    found |= set(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return found


def _of_words(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that hold words to be found in texts."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        called = node.func
        searched = isinstance(called.value, ast.Name) and called.value.id == "re"
        if searched and called.attr in SEARCHES:
            yield from node.args[:1]
        if called.attr == "split" and isinstance(called.value, ast.Constant):
            yield called.value
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and BETWEEN.search(node.value)
    ):
        yield node
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) >= SEVERAL:
        values = [getattr(element, "value", None) for element in node.elts]
        if all(isinstance(value, str) and PLAIN.fullmatch(value) for value in values):
            yield node


def test_no_list_of_words_grows_in_the_code() -> None:
    counted = {
        path.relative_to(SOURCE).as_posix(): len(word_lines(ast.parse(path.read_text("utf-8"))))
        for path in SOURCE.rglob("*.py")
    }
    largest = sorted(counted.items(), key=lambda item: -item[1])[:5]
    assert sum(counted.values()) <= LINES, f"move words to rules/language; most are in {largest}"
    for room, most in ROOMS.items():
        held = {name: n for name, n in counted.items() if name.startswith(f"{room}/") and n}
        assert sum(held.values()) <= most, (room, held)


def test_a_list_of_words_is_seen() -> None:
    seen = word_lines(
        ast.parse(
            "import re\n"
            "A = re.compile(r'\\b(?:jobs|posts)\\b')\n"
            "B = ('growth', 'rise', 'gain', 'increase')\n"
            "C = 'one two three'.split()\n"
            "D = rf'(?:plan|strategy) {A}'\n"
            "E = re.compile(r'[a-z]+\\d{2}(?P<year>\\d)')\n"
            "F: Literal['a road', 'bridge', 'canal', 'rail']\n"
        )
    )
    assert seen == {2, 3, 4, 5}


def test_modules_and_functions_are_of_a_readable_size() -> None:
    long = []
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        if text.count("\n") > MODULE:
            long.append(f"{path.relative_to(SOURCE)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION:
                    long.append(f"{path.relative_to(SOURCE)}: {node.name} of {lines} lines")
    assert long == [], "split by meaning"
