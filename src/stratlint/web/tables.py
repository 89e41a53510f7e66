"""The tables at stable addresses, and their description for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from stratlint._version import __version__
from stratlint.reporting.draft import draft_of
from stratlint.tables import rows
from stratlint.tables.schema import SCHEMA, Column, Table

if TYPE_CHECKING:
    from stratlint.records import AuditResult
    from stratlint.web.desk import Draft
    from stratlint.web.shelf import Volume

TABLES: Mapping[str, Callable[[AuditResult], Table]] = {
    "findings": rows.findings_table,
    "priorities": rows.priorities_table,
    "matrix": rows.matrix_table,
    "mentions": rows.mentions_table,
    "passages": rows.passages_table,
    "quotients": rows.quotients_table,
}
"""Tables of a result: a draft's, or the audited corpus's."""
DRAFTS = (
    Column("id", str, "what the draft's addresses are made of"),
    Column("name", str, "name of its file"),
    Column("stage", str, "not begun, waiting, working, done, not read or cancelled"),
    Column("place", int, "how many are checked before it"),
    Column("step", str, "what is done now: read, analyse, align or judge"),
    Column("done", int, "how much of the step is done"),
    Column("total", int, "how much there is to do"),
    Column("fault", str, "why it could not be read; empty otherwise"),
    Column("versions", int, "how often it was put in"),
    Column("region", str, "place that it was judged by"),
    Column("year", int, "year that it was judged by"),
    Column("findings", int, "findings that stand: those set aside are not counted"),
)
DOCUMENTS = (
    Column("document", str, "file name of the document"),
    Column("title", str, "title"),
    Column("region", str, "region or area"),
    Column("year", int, "year"),
    Column("kind", str, "kind of document; empty where it is not known"),
    Column("role", str, "strategy, or source"),
    Column("state", str, "how far it was read, and why not"),
    Column("guessed", str, "what nobody has confirmed, with reasons"),
)
_KINDS = {str: "string", int: "integer", float: "number", bool: "boolean"}
_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "id of a draft, as /api/drafts gives it",
}
_REFUSALS = {
    "403": "neither the page's cookie nor its header came along",
    "404": "there is no such draft",
    "409": "it has not been checked yet",
}


def drafts_table(
    drafts: Iterable[tuple[Draft, Mapping[str, Any], AuditResult | None]],
) -> Table:
    """The drafts on the desk with the state of each, and what was found."""
    names = [column.name for column in DRAFTS]
    made = []
    for draft, state, result in drafts:
        known = {"id": draft.id, "name": draft.name, "versions": len(draft.versions), **state}
        if result is not None:
            document = draft_of(result).document
            left = [f for f in result.findings if f.suppressed is None]
            known |= {"region": document.place or "", "year": document.year, "findings": len(left)}
        made.append(tuple(known.get(name) for name in names))
    return Table("drafts", "Drafts", DRAFTS, tuple(made))


def documents_table(volumes: Iterable[Volume]) -> Table:
    """The documents of the corpus as its page lists them."""
    made = tuple(
        (v.source, v.title, v.region, v.year, v.kind, v.role, v.state, "; ".join(v.guesses))
        for v in volumes
    )
    return Table("documents", "Documents", DOCUMENTS, made)


def as_json(table: Table) -> list[dict[str, Any]]:
    """A table as a list of rows."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def description(address: str) -> dict[str, Any]:
    """The addresses as OpenAPI describes them, columns and meanings from the tables' own schema.

    ``address`` is where the page is.
    """
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}

    def add(path: str, name: str, columns: Iterable[Column], of: str, **more: Any) -> None:
        schemas[name] = _schema(columns)
        # The plain address is JSON too: it is what people type.
        plain = [("", "json")] if name == "drafts" else []
        for suffix, form in (*plain, (".json", "json"), (".csv", "csv")):
            paths[f"{path}{suffix}"] = {"get": _operation(path, suffix, name, form, of, more)}

    add("/api/drafts", "drafts", DRAFTS, "on the desk, and how far each has come")
    add("/api/corpus/documents", "documents", DOCUMENTS, "of the corpus, and how far each was read")
    for name in TABLES:
        columns = SCHEMA[name].columns
        add(f"/api/corpus/{name}", name, columns, "of the audited corpus", late=("409",))
        add(
            f"/api/drafts/{{id}}/{name}",
            name,
            columns,
            "of a draft and what it stands beside",
            late=("404", "409"),
            parameters=[_ID],
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stratlint serve",
            "version": __version__,
            "description": "Tables of drafts and of the corpus. Nothing is changed through these.",
        },
        "servers": [{"url": address}],
        "security": [{"reading": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "reading": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "the header that the foot of the first page shows",
                }
            },
        },
    }


def _schema(columns: Iterable[Column]) -> dict[str, Any]:
    properties = {
        column.name: {"type": [_KINDS[column.type], "null"], "description": column.meaning}
        for column in columns
    }
    row = {"type": "object", "properties": properties, "required": [*properties]}
    return {"type": "array", "items": row}


def _operation(
    path: str, suffix: str, name: str, form: str, of: str, more: Mapping[str, Any]
) -> dict[str, Any]:
    content = (
        {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        if form == "json"
        else {"text/csv": {"schema": {"type": "string"}}}
    )
    whose = path.split("/")[2] if path.count("/") > 2 else "desk"
    refused = ("403", *more.get("late", ()))
    operation = {
        "operationId": f"{whose}_{name}{suffix.replace('.', '_')}",
        "summary": f"{name.capitalize()} {of}, as {form.upper()}",
        "responses": {
            "200": {"description": f"{name}, a row for each", "content": content},
            **{status: {"description": _REFUSALS[status]} for status in refused},
        },
    }
    return {**operation, "parameters": more["parameters"]} if "parameters" in more else operation
