"""What every record has in common: frozen, with named fields, and how spans and boxes are given."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias, dataclass_transform

import msgspec

BBox: TypeAlias = tuple[float, float, float, float]
Span: TypeAlias = tuple[int, int]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class _RecordMeta(msgspec.StructMeta):
    """Tells type checkers that subclasses of :class:`Record` are frozen without saying so."""


class Record(msgspec.Struct, metaclass=_RecordMeta, frozen=True, kw_only=True, gc=False):
    """A frozen record; fields are passed by name.

    It holds data only, made before it, and so is in no cycle: the garbage collector, which took a
    twelfth of an audit to walk through millions of them, leaves it and tuples of it alone.
    """


def plain(text: str, most: int = 300) -> str:
    """Text as a notebook may show it: one line, cut short, nothing that turns or drives it."""
    line = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def card(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """A small table for a notebook; every text is a stranger's, and escaped."""
    lines = "".join(
        f'<tr><th style="text-align:left;vertical-align:top">{escape(plain(name))}</th>'
        f'<td style="text-align:left">{escape(plain(value))}</td></tr>'
        for name, value in rows
        if value
    )
    return (
        f'<table><caption style="text-align:left"><b>{escape(plain(title))}</b></caption>'
        f"{lines}</table>"
    )
