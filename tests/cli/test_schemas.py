"""Every answer under --json is one document as its published schema says."""

from __future__ import annotations

import ast
import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests.support import schemas
from tests.support.program import run

from lens_routes.plan import values
from lens_routes.plan.plan import SCHEMA
from lens_routes.plan.request import RequestFields
from lens_routes.tour.problem import USUAL_PRICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "lens_routes"


def test_each_kind_of_document_has_a_schema() -> None:
    """No ``lens-routes/KIND/1`` is printed anywhere whose schema is not published, and reverse."""
    printed = {
        match[1]
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if (match := re.fullmatch(r"lens-routes/([a-z-]+)/1", node.value))
    }
    assert printed == schemas.names() - {"common", "error"}


@pytest.mark.parametrize("name", sorted(schemas.names()))
def test_what_a_schema_refers_to_is_found_from_any_folder(name: str, tmp_path: Path) -> None:
    """References lead to the file beside, wherever the folder of schemas was copied to."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(schemas.FOLDER, folder)

    def retrieve(uri: str) -> Resource[Any]:
        return Resource.from_contents(
            json.loads(Path(url2pathname(urlsplit(uri).path)).read_bytes())
        )

    registry: Registry[Any] = Registry(retrieve=retrieve)
    base = (folder / f"{name}.schema.json").as_uri()
    resolver = registry.resolver(base)
    for reference in _references(schemas.schema(name)):
        resolver.lookup(reference)


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)


@pytest.mark.parametrize("name", sorted(schemas.names()))
def test_schemas_are_sound_and_say_what_fields_mean(name: str) -> None:
    """Each schema is valid draft 2020-12, and each of its fields is described or refers."""
    schema = schemas.schema(name)
    Draft202012Validator.check_schema(schema)
    undescribed = [
        path for path, part in _fields(schema, name) if not {"description", "$ref"} & part.keys()
    ]
    assert undescribed == []


def _fields(part: Any, path: str) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(part, list):
        return [found for item in part for found in _fields(item, path)]
    if not isinstance(part, dict):
        return []
    found = [(f"{path}.{key}", value) for key, value in part.get("properties", {}).items()]
    return found + [
        deeper for key, value in part.items() for deeper in _fields(value, f"{path}.{key}")
    ]


def _types(schema: Any) -> Any:
    """Return what a schema allows, as far as a field's type says it."""
    if "$ref" in schema:
        return _types(schemas.schema("common")["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return next(_types(one) for one in schema["anyOf"] if one.get("type") != "null")
    kind = schema.get("type", "string")
    kind = kind if isinstance(kind, str) else kind[0]
    if "properties" in schema and schema.get("additionalProperties") is False:
        return {name: _types(inner) for name, inner in schema["properties"].items()}
    return [_types(schema["items"])] if schema.get("items") else kind


def _types_of(kind: values.Kind) -> Any:
    if isinstance(kind, values.Maybe):
        return _types_of(kind.of)
    if isinstance(kind, values.Many):
        return [_types_of(kind.of)]
    if isinstance(kind, values.Number):
        return "integer" if kind.whole or kind.digits == 0 else "number"
    if isinstance(kind, values.Record) and not isinstance(kind, values.Open):
        return {field.key.name: _types_of(field.kind) for field in kind.fields}
    if isinstance(kind, values.Plain):
        return {str: "string", bool: "boolean", dict: "object"}[kind.type]
    named = {values.Table: "object", values.Open: "object", values.Position: "array"}
    return named.get(type(kind), "string")


def test_the_schema_of_a_request_is_its_definition() -> None:
    """What may be asked is written in the schema as the program defines it, no more and no less.

    Beside it stand the data it was asked of, and what an hour of the way was said to cost.
    """
    published = _types(schemas.schema("plan")["properties"]["request"])
    beside = {name: published.pop(name) for name in ("timezone", "catalogue", "prices")}
    assert beside["timezone"] == "string"
    assert beside["prices"] == dict.fromkeys(asdict(USUAL_PRICES), "number")
    assert published == _types_of(values.record(RequestFields))


@pytest.mark.usefixtures("streets")
@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("plan", "plan"),
        ("plan --one-way --theme nature --max-walk 6km --max-visits 2 --visit terril=30", "plan"),
        ("nearby gare --within 1h", "nearby"),
        ("nearby 50.43,2.79", "nearby"),
        ("route gare musee terril", "route"),
        ("route gare gare", "route"),
        ("reach gare --within 10min", "reach"),
        ("reach gare --within 5min --mode vélo", "reach"),
        ("places list", "places"),
        ("places search lampe", "places"),
        ("places show musee", "place"),
        ("places themes", "themes"),
        ("places validate", "validate"),
        ("doctor", "doctor"),
    ],
)
def test_answers_over_a_catalogue(town: Town, command: str, kind: str) -> None:
    """Each command prints one document of its kind on stdout, and nothing on stderr."""
    result = run(*command.split(), "--places", town.catalogue, "--json")
    assert result.document["schema"] == SCHEMA if kind == "plan" else f"lens-routes/{kind}/1"
    assert result.err == ""
    schemas.assert_valid(result.document)


def test_answers_about_streets(town: Town, tmp_path: Path) -> None:
    """Importing, looking at, tabulating and removing streets are answered by their documents."""
    own = ("--places", town.catalogue, "--json")
    for command in (
        ("streets", "import", town.map, *own),
        ("streets", "info", "--json"),
        ("streets", "table", "--output", tmp_path / "table.csv", *own),
        ("streets", "remove", "--json"),
        ("streets", "remove", "--json"),
        ("doctor", *own),
    ):
        result = run(*command)
        schemas.assert_valid(result.document)


@pytest.mark.usefixtures("streets")
def test_a_saved_plan_is_the_printed_one(town: Town, tmp_path: Path) -> None:
    """``--save`` writes what ``--json`` prints, and ``check --json`` says that it holds."""
    saved = tmp_path / "day.json"
    printed = run("plan", "--places", town.catalogue, "--json", "--save", saved)
    assert saved.read_bytes() == printed.stdout
    checked = run("check", saved, "--places", town.catalogue, "--json")
    schemas.assert_valid(checked.document)


@pytest.mark.parametrize("version", ["lens-routes/plan/3", "lens-routes/plan/1 "])
def test_other_versions_are_not_ours(version: str) -> None:
    """The plan's schema refuses a document of another version."""
    fault = next(schemas.validator("plan").iter_errors({"schema": version}))
    assert list(fault.path) in ([], ["schema"])
