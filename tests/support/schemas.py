"""Validate documents against the JSON Schemas the project publishes."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schemas"


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """Return the schema of a kind of document, such as ``plan``."""
    text = (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def names() -> set[str]:
    """Return the kinds of document that have a schema."""
    return {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json")}


@functools.cache
def validator(name: str) -> Draft202012Validator:
    """Return the validator of a kind of document."""
    common = Resource.from_contents(schema("common"))
    registry = Registry().with_resource("common.schema.json", common)
    return Draft202012Validator(
        schema(name), registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def assert_valid(document: Any) -> None:
    """Fail, saying where, unless a document is as the schema of its kind says."""
    name = "error" if "error" in document else document["schema"].split("/")[1]
    faults = [
        f"{fault.json_path}: {fault.message}" for fault in validator(name).iter_errors(document)
    ]
    assert not faults, "\n".join(faults)
