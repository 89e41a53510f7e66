"""Read YAML that people edit: a schema, and faults with file, line, column and a suggestion.

Files are read with PyYAML's safe constructor. Aliases are expanded by reference, so the
"billion laughs" file is bounded by counting nodes before anything is built.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from stratlint.errors import FileFault
from stratlint.knowledge.files import file_text

MAX_BYTES = 4_000_000
MAX_NODES = 100_000
MAX_DEPTH = 40

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Editable(BaseModel):
    """Base of every model of a file that people edit: frozen, and no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


EditableT = TypeVar("EditableT", bound=Editable)


Choice: TypeAlias = type[EditableT] | Callable[[Mapping[str, Any]], type[EditableT]]
"""A model, or a function that chooses one by the keys that the file gives."""


def load_yaml(path: Path, model: Choice[EditableT]) -> EditableT:
    """Read one YAML file into a model.

    Raises FileFault naming path, line and column (from 1) when the file is missing, is not
    YAML, or does not fit the model; an unknown key names the nearest right one.
    """
    text = file_text(path, most=MAX_BYTES)
    return load_yaml_text(text, model, path=str(path))


def load_yaml_text(text: str, model: Choice[EditableT], *, path: str = "<text>") -> EditableT:
    """The same from text already in memory."""
    node = compose(text, path)
    if node is None:
        raise FileFault("the file is empty", path=path, line=1, column=1)
    if not isinstance(node, yaml.MappingNode):
        raise _fault("expected keys and values (key: value)", path, node)
    _reject_repeated_keys(node, path)
    data = _construct(node, path)
    chosen: type[EditableT] = model if isinstance(model, type) else model(data)
    try:
        return chosen.model_validate(data)
    except ValidationError as error:
        raise _explain(error, node, chosen, path) from None


def compose(text: str, path: str) -> yaml.Node | None:
    """The tree of a text, of bounded size; None where it holds nothing. Raises FileFault."""
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _marked(error, path) from None
    except yaml.reader.ReaderError as error:
        raise _unreadable_character(error, text, path) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FileFault(f"not valid YAML: {_first_line(error)}", path=path) from None
    finally:
        loader.dispose()
    if node is not None:
        _bound(node, path)
    return node


def _bound(root: yaml.Node, path: str) -> None:
    """Refuse trees that are too deep, too large once aliases are followed, or circular."""
    count = 0
    stack: list[tuple[yaml.Node, int]] = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_NODES:
            raise _fault(
                f"more than {MAX_NODES:,} values once its aliases are followed", path, node
            )
        if depth > MAX_DEPTH:
            raise _fault(f"nested more than {MAX_DEPTH} deep", path, node)
        stack.extend((child, depth + 1) for child in _children(node))


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _reject_repeated_keys(node: yaml.Node, path: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen if isinstance(key, yaml.ScalarNode) else False:
                raise _fault(f"the key '{key.value}' stands here twice", path, key)
            if isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
    for child in _children(node):
        _reject_repeated_keys(child, path)


def _construct(node: yaml.Node, path: str) -> Any:
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        raise _marked(error, path) from None
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise FileFault(f"not valid YAML: {_first_line(error)}", path=path) from None
    finally:
        loader.dispose()


def _marked(error: yaml.MarkedYAMLError, path: str) -> FileFault:
    """The parser's fault at its place; only what it says first, without the parser's view."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = _first_line(error.problem or error.context or "cannot be parsed")
    return FileFault(f"not valid YAML: {said}", path=path, line=line, column=column)


def _unreadable_character(error: yaml.reader.ReaderError, text: str, path: str) -> FileFault:
    """A character that YAML does not allow: the parser counts from the start of the file."""
    before = text[: error.position] if isinstance(error.position, int) else ""
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    said = f"{_first_line(error.reason)} ({_shown(error.character)})"
    return FileFault(f"not valid YAML: {said}", path=path, line=line, column=column)


def _shown(character: object) -> str:
    if isinstance(character, bytes):
        character = character[0] if character else 0
    return f"U+{character:04X}" if isinstance(character, int) else ascii(character)


def _first_line(said: object) -> str:
    """One line of what another library said, in characters that are safe to print."""
    line = next(iter(str(said).splitlines()), "")
    return "".join(c if c.isprintable() else "�" for c in line)[:200]


def _fault(message: str, path: str, node: yaml.Node) -> FileFault:
    mark = node.start_mark
    return FileFault(message, path=path, line=mark.line + 1, column=mark.column + 1)


def _explain(
    error: ValidationError, root: yaml.Node, model: type[BaseModel], path: str
) -> FileFault:
    """The first fault, at its place; several are counted."""
    faults = error.errors(include_url=False)
    # A mistyped key also makes the right one missing, and a faulty item its list too short:
    # the cause is what helps, not what follows from it.
    first = min(
        faults, key=lambda f: (f["type"] in ("missing", "too_short"), _position(root, f["loc"]))
    )
    node = _node_at(root, first["loc"], key=first["type"] == "extra_forbidden")
    where = ".".join(str(part) for part in first["loc"] if not _is_tag(part))
    if first["type"] == "extra_forbidden":
        name = str(first["loc"][-1])
        message = f"unknown key '{name}'" + _nearest(name, _keys_of(model, first["loc"][:-1]))
    elif first["type"] == "missing":
        message = f"the key '{first['loc'][-1]}' is missing"
    else:
        said = first["msg"].removeprefix("Value error, ")
        message = f"{where}: {said[:1].lower()}{said[1:]}" if where else said
        expected = str(first.get("ctx", {}).get("expected", ""))
        if first["type"] in ("enum", "literal_error") and isinstance(first.get("input"), str):
            choices = [part.strip("' ") for part in expected.replace(" or ", ",").split(",")]
            message += f", not '{first['input']}'" + _nearest(str(first["input"]), choices)
    if len(faults) > 1:
        message += f" (and {len(faults) - 1} more)"
    return _fault(message, path, node)


def _is_tag(part: object) -> bool:
    """Whether pydantic put the part there to say which arm of a union it tried."""
    return isinstance(part, str) and ("[" in part or part in ("str", "int", "float", "bool"))


def _position(root: yaml.Node, loc: tuple[int | str, ...]) -> tuple[int, int]:
    mark = _node_at(root, loc, key=True).start_mark
    return mark.line, mark.column


def _node_at(root: yaml.Node, loc: tuple[int | str, ...], *, key: bool) -> yaml.Node:
    """The deepest node that a pydantic location reaches; the key's own node for ``key``."""
    node = root
    for depth, part in enumerate(loc):
        last = depth == len(loc) - 1
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is None:
                continue
            node = pair[0] if key and last else pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part] if part < len(node.value) else node
    return node


def _keys_of(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the model allows at a location."""
    current: type[BaseModel] | None = model
    for part in loc:
        if current is None:
            break
        for name, field in current.model_fields.items():
            if part in (name, field.alias):
                current = _model_in(field.annotation) or current
                break
    if current is None:
        return []
    return sorted(field.alias or name for name, field in current.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def nearest(name: str, names: Mapping[str, object] | list[str] | tuple[str, ...]) -> str | None:
    """The name closest to a mistyped one, or None when nothing is close."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return found[0] if found else None


def _nearest(name: str, names: list[str]) -> str:
    close = nearest(name, names)
    if close:
        return f"; did you mean '{close}'?"
    return f"; the keys here are {', '.join(names)}" if names else ""
