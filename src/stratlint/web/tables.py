"""The tables at stable addresses, and their description for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from stratlint._version import __version__
from stratlint.tables import rows
from stratlint.tables.schema import SCHEMA

if TYPE_CHECKING:
    from stratlint.records import AuditResult
    from stratlint.tables.schema import Table

TABLES: Mapping[str, Callable[[AuditResult], Table]] = {
    "findings": rows.findings_table,
    "priorities": rows.priorities_table,
    "matrix": rows.matrix_table,
    "mentions": rows.mentions_table,
    "passages": rows.passages_table,
    "quotients": rows.quotients_table,
}
_KINDS = {str: "string", int: "integer", float: "number", bool: "boolean"}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def description() -> dict[str, Any]:
    """The addresses as OpenAPI describes them, columns and meanings from the tables' own schema."""
    paths: dict[str, Any] = {
        "/api/drafts": {
            "get": {
                "summary": "The drafts on the desk and how far each has come",
                "responses": {"200": {"description": "a list of drafts"}},
            }
        }
    }
    for name in TABLES:
        columns = {
            column.name: {"type": [_KINDS[column.type], "null"], "description": column.meaning}
            for column in SCHEMA[name].columns
        }
        schema = {"type": "array", "items": {"type": "object", "properties": columns}}
        for form, content in (
            ("json", {"application/json": {"schema": schema}}),
            ("csv", {"text/csv": {"schema": {"type": "string"}}}),
        ):
            answer = {"200": {"description": name, "content": content}}
            summary = f"{name} as {form.upper()}"
            paths[f"/api/corpus/{name}.{form}"] = {
                "get": {"summary": f"{summary}, of the audited corpus", "responses": answer}
            }
            paths[f"/api/drafts/{{id}}/{name}.{form}"] = {
                "get": {
                    "summary": f"{summary}, of a draft and what it stands beside",
                    "parameters": [_ID],
                    "responses": answer,
                }
            }
    info = {"title": "stratlint serve", "version": __version__}
    return {"openapi": "3.1.0", "info": info, "paths": paths}
