from __future__ import annotations

from pathlib import Path

import pytest

from stratlint.errors import FileFault
from stratlint.knowledge.yamlfile import Editable, load_yaml, load_yaml_text


class Part(Editable):
    file: str
    year: int | None = None


class Whole(Editable):
    title: str
    parts: tuple[Part, ...] = ()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("title: a\nparts:\n  - {file: x, yeer: 3}\n", "f.yaml:3:15", "did you mean 'year'?"),
        ("titel: a\n", "f.yaml:1:1", "unknown key 'titel'; did you mean 'title'?"),
        ("parts: []\n", "f.yaml:1:1", "the key 'title' is missing"),
        ("title: a\nparts:\n  - file: x\n    year: old\n", "f.yaml:4:11", "parts.0.year"),
        ("title: [1\n", "f.yaml:2:1", "not valid YAML"),
        ("title: a\ntitle: b\n", "f.yaml:2:1", "stands here twice"),
        ("", "f.yaml:1:1", "the file is empty"),
        ("- a\n", "f.yaml:1:1", "expected keys and values"),
        ("title: !!python/object/apply:os.system [ls]\n", "", "not valid YAML"),
    ],
)
def test_faults_name_their_place(text: str, place: str, said: str) -> None:
    with pytest.raises(FileFault) as caught:
        load_yaml_text(text, Whole, path="f.yaml")
    assert caught.value.message.startswith(place)
    assert said in caught.value.message


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(FileFault, match="once its aliases are followed"):
        load_yaml_text("\n".join(lines), Whole)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(FileFault, match="deep"):
        load_yaml_text("title: " + "[" * 60 + "]" * 60, Whole)


def test_reads_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("\ufefftitle: Größe\n".encode())
    assert load_yaml(path, Whole).title == "Größe"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"none\.yaml: there is no such file"):
        load_yaml(tmp_path / "none.yaml", Whole)


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"title: caf\xe9\n")
    with pytest.raises(FileFault, match="not UTF-8"):
        load_yaml(path, Whole)
