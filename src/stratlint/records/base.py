"""What every record has in common: frozen, with named fields, and how spans and boxes are given."""

from __future__ import annotations

from typing import TypeAlias, dataclass_transform

import msgspec

BBox: TypeAlias = tuple[float, float, float, float]
Span: TypeAlias = tuple[int, int]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class _RecordMeta(msgspec.StructMeta):
    """Tells type checkers that subclasses of :class:`Record` are frozen without saying so."""


class Record(msgspec.Struct, metaclass=_RecordMeta, frozen=True, kw_only=True):
    """A frozen record; fields are passed by name."""
