"""Tile maps: where the areas of one kind stand beside each other."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from stratlint.knowledge.yamlfile import Editable, load_yaml
from stratlint.resources import data_dir

EMPTY = "."


class Layout(Editable):
    """The areas of one kind, from north to south and from west to east."""

    kind: str
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1)

    def places(self) -> dict[str, tuple[int, int]]:
        """Column and row of each area, from 1, by its name in small letters."""
        return {
            name.casefold(): (column, row)
            for row, names in enumerate(self.rows, 1)
            for column, name in enumerate(names, 1)
            if name != EMPTY
        }


class TilesFile(Editable):
    """``rules/places/tiles.yaml``."""

    layouts: tuple[Layout, ...] = Field(min_length=1)


@cache
def load_layouts() -> tuple[Layout, ...]:
    """The layouts that are known. Raises FileFault at the line and column of what is wrong."""
    return load_yaml(data_dir("rules") / "places" / "tiles.yaml", TilesFile).layouts
