"""Change one value of a YAML file that people edit, and leave every other byte as it stands.

The parser says where each value begins and ends; only that span of the text is replaced, so that
comments, quotes, order and line ends stay. What comes out is read again and compared with what was
meant: a file whose shape defeats the edit is refused, never spoilt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import yaml

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import compose

Way: TypeAlias = Sequence[str | int]
"""Keys and numbers that lead to a value: ``("documents", 2, "region")``."""
GONE: Final = object()
"""Instead of a value: the key or the item is taken out."""


def with_value(text: str, way: Way, value: object, *, path: str, order: Sequence[str] = ()) -> str:
    """The text with a value put in, replaced, or (``GONE``) taken out.

    A number past the end of a list adds an item. A new key is put behind the last of those that
    ``order`` names before it. Raises FileFault for text that is not YAML, and for text in which
    this value cannot be changed alone: behind an alias, for instance.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""  # some editors begin a file with it
    text = text.removeprefix(mark)
    root = compose(text, path)
    wanted = _meant(_data(text), way, value)
    if root is None:
        made: str | None = _below(text, f"{way[0]}: {_written(value)}")
    else:
        made = _Text(text).changed(root, way, value, order)
    if made is None or _data(made, wanted) != wanted:
        where = ".".join(str(part) for part in way)
        raise FileFault(f"{where} cannot be changed alone here; change it by hand", path=path)
    return mark + made


def _data(text: str, otherwise: object = None) -> Any:
    """What the text holds; of text that is none any more something that equals nothing."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError:
        return [otherwise]


def _meant(data: Any, way: Way, value: object) -> Any:
    """What the file is to hold."""
    made = _apart(data) if data is not None else {}
    inner = made
    for part in way[:-1]:
        inner = inner[part]
    last: Any = way[-1]
    if value is GONE:
        del inner[last]
    elif isinstance(inner, list) and last == len(inner):
        inner.append(value)
    else:
        inner[last] = value
    return made


def _apart(data: Any) -> Any:
    """A copy in which nothing is shared: behind an alias stands the same thing twice."""
    if isinstance(data, dict):
        return {key: _apart(value) for key, value in data.items()}
    return [_apart(item) for item in data] if isinstance(data, list) else data


def _written(value: object) -> str:
    """A value on one line, quoted so that it may stand between brackets too."""
    text = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=10**6)
    return text.strip()[1:-1]


def _below(text: str, line: str) -> str:
    """A line at the end of text that has none but comments."""
    end = "\r\n" if "\r\n" in text else "\n"
    return (text if not text or text.endswith("\n") else text + end) + line + end


def _end(node: yaml.Node) -> int:
    """Where the last thing of a node ends: a block's own mark stands behind its comments."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


class _Text:
    """Text to be cut and mended at the places that a parser tells of."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_end = "\r\n" if "\r\n" in text else "\n"

    def changed(self, node: yaml.Node, way: Way, value: object, order: Sequence[str]) -> str | None:
        """The changed text; None where the way leads nowhere."""
        for part in way[:-1]:
            found = _child(node, part)
            if found is None:
                return None
            node = found
        last = way[-1]
        if isinstance(node, yaml.SequenceNode) and isinstance(last, int):
            if last == len(node.value) and value is not GONE:
                return self._added(node, value)
            return self._without_item(node, last) if value is GONE else None
        if isinstance(node, yaml.MappingNode) and isinstance(last, str):
            keys = [key.value for key, _ in node.value]
            if last not in keys:
                return self._inserted(node, keys, last, value, order)
            if value is GONE:
                return self._without_key(node, keys.index(last))
            key, old = node.value[keys.index(last)]
            return self._replaced(key, old, value)
        return None

    def _cut(self, start: int, end: int, by: str = "") -> str:
        return self._text[:start] + by + self._text[end:]

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        """Where the line after a place begins; a place behind a line end is there already."""
        if at and self._text[at - 1] == "\n":
            return at
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found + 1

    def _replaced(self, key: yaml.Node, old: yaml.Node, value: object) -> str:
        start, end = old.start_mark.index, _end(old)
        if isinstance(old, yaml.CollectionNode) and not old.flow_style:
            # A list over several lines becomes a value on the key's own.
            return self._cut(key.end_mark.index, end, f": {_written(value)}")
        lines = self._text[start:end]
        tail = lines[len(lines.rstrip()) :]  # a text over several lines takes its line end along
        space = "" if start and self._text[start - 1].isspace() else " "
        return self._cut(start, end, space + _written(value) + tail)

    def _inserted(
        self,
        node: yaml.MappingNode,
        keys: Sequence[str],
        key: str,
        value: object,
        order: Sequence[str],
    ) -> str | None:
        if value is GONE or not keys:
            return None
        line = f"{key}: {_written(value)}"
        before = order[: order.index(key)] if key in order else ()
        after = max((i for i, known in enumerate(keys) if known in before), default=len(keys) - 1)
        end = _end(node.value[after][1])
        if node.flow_style:
            return self._cut(end, end, f", {line}")
        # A line of a template that shows this very key is where people look for it.
        shown = re.search(rf"^#[ ]?{re.escape(key)}:.*\r?\n", self._text, re.MULTILINE)
        column = node.value[0][0].start_mark.column
        if shown is not None and column == 0:
            return self._cut(shown.end(), shown.end(), line + self._line_end)
        return self._put_line(end, " " * column + line)

    def _put_line(self, after: int, line: str) -> str:
        """A line behind the one that a place is on."""
        at = self._next_line(after)
        lead = "" if not at or self._text[at - 1] == "\n" else self._line_end
        return self._cut(at, at, lead + line + self._line_end)

    def _without_key(self, node: yaml.MappingNode, at: int) -> str | None:
        key, value = node.value[at]
        start, end = key.start_mark.index, _end(value)
        if node.flow_style:
            return self._without_part(node, at, start, end)
        if self._text[self._line_start(start) : start].strip():
            # Behind the dash of a list: the next key takes its place.
            if at + 1 == len(node.value):
                return None
            return self._cut(start, node.value[at + 1][0].start_mark.index)
        return self._cut(self._line_start(start), self._next_line(end))

    def _without_item(self, node: yaml.SequenceNode, at: int) -> str | None:
        if at >= len(node.value):
            return None
        item = node.value[at]
        start, end = item.start_mark.index, _end(item)
        if node.flow_style:
            return self._without_part(node, at, start, end)
        dash = self._text.rfind("-", 0, start)
        line = self._line_start(dash)
        if dash < 0 or self._text[line:dash].strip() or self._text[dash + 1 : start].strip():
            return None
        return self._cut(line, self._next_line(end))

    def _without_part(self, node: yaml.CollectionNode, at: int, start: int, end: int) -> str:
        """A part between brackets goes with the comma before it, the first with the one after."""
        if at:
            last = node.value[at - 1]
            return self._cut(_end(last[1] if isinstance(last, tuple) else last), end)
        if len(node.value) > 1:
            then = node.value[1]
            first = then[0] if isinstance(then, tuple) else then
            return self._cut(start, first.start_mark.index)
        return self._cut(start, end)

    def _added(self, node: yaml.SequenceNode, value: object) -> str | None:
        if not node.value:
            return None
        end = _end(node.value[-1])
        if node.flow_style:
            return self._cut(end, end, f", {_written(value)}")
        indent = " " * node.start_mark.column
        if not isinstance(value, Mapping):
            return self._put_line(end, f"{indent}- {_written(value)}")
        lines = [f"{key}: {_written(entry)}" for key, entry in value.items()]
        return self._put_line(end, f"{indent}- " + f"{self._line_end}{indent}  ".join(lines))


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        found: yaml.Node = node.value[part]
        return found
    return None
