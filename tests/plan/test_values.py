"""What a document may hold is what the types of its dataclasses say."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.program import run

from lens_routes.geo import Point
from lens_routes.plan.grade import Grade
from lens_routes.plan.values import Always, Choice, Degrees, Key, Kind, Spare, Tenths, Whole, record

SAVED = Path(__file__).parents[1] / "output" / "golden" / "day.json"


@dataclass(frozen=True)
class Inner:
    name: str
    where: Degrees


@dataclass(frozen=True)
class Outer:
    inner: Inner
    begin: Annotated[dt.datetime, Key("inner.time")]
    grade: Grade
    count: int
    metres: Tenths
    seconds: Whole
    line: tuple[Point, ...]
    last: Annotated[str, Key("first", before="count")] = "x"
    wished: Always[str | None] = None
    spare: Spare[float | None] = None
    sizes: dict[str, int] | None = None
    colour: Annotated[str, Choice(("red", "blue"))] = "red"


VALUE = Outer(
    Inner("a", 2.123456789),
    dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC),
    Grade.TABLE,
    3,
    12.345,
    59.7,
    (Point(2.8, 50.4),),
)
WRITTEN: dict[str, Any] = {
    "inner": {"name": "a", "where": 2.1234568, "time": "2026-11-25T09:00:00+00:00"},
    "grade": "table",
    "first": "x",
    "count": 3,
    "metres": 12.3,
    "seconds": 60,
    "line": [[2.8, 50.4]],
    "wished": None,
    "sizes": None,
    "colour": "red",
}


def test_a_value_is_written_as_its_type_says() -> None:
    """Keys, order, digits, what is left out: all of it is in the types, for reading too."""
    kind = record(Outer)
    assert json.dumps(kind.write(VALUE)) == json.dumps(WRITTEN)
    assert list(kind.faults(WRITTEN, "")) == []
    assert kind.write(kind.read(WRITTEN)) == WRITTEN


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("count", None, "count: None should be a whole number from 0 upwards"),
        ("count", 2.5, "count: 2.5 should be a whole number from 0 upwards"),
        ("metres", "far", "metres: 'far' should be a number from 0 upwards"),
        ("metres", True, "metres: True should be a number from 0 upwards"),
        ("seconds", -1, "seconds: -1 should be a number from 0 upwards"),
        ("grade", "guess", "grade: 'guess' should be 'streets' or 'table' or 'estimate'"),
        ("colour", "green", "colour: 'green' should be 'red' or 'blue'"),
        ("inner", [], "inner: should be an object"),
        ("line", {}, "line: should be a list"),
        ("line", [[1]], "line[0]: [1] should be [longitude, latitude]"),
        (
            "sizes",
            {"a": "b"},
            "sizes: {'a': 'b'} should be an object of numbers from 0 upwards or null",
        ),
        ("wished", 1, "wished: 1 should be text or null"),
    ],
)
def test_a_wrong_value_is_named(path: str, value: Any, told: str) -> None:
    """Where it stands, what stands there, and what should."""
    faults = [
        f"{where}: {what}" for where, what in record(Outer).faults(WRITTEN | {path: value}, "")
    ]
    assert faults[0] == told


def test_what_may_be_missing_has_a_default_and_null_says_it() -> None:
    """A field with a default may be missing or null; one that always stands may not be missing."""
    kind = record(Outer)
    least = {name: WRITTEN[name] for name in WRITTEN if name not in ("first", "sizes", "colour")}
    assert kind.read(least) == kind.read(WRITTEN)
    assert kind.read(WRITTEN | {"first": None}) == kind.read(WRITTEN)
    missing = {name: value for name, value in WRITTEN.items() if name != "wished"}
    assert [where for where, _ in kind.faults(missing, "")] == ["wished"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from([*WRITTEN, "inner.name", "inner.where", "inner.time"]), json_values)
def test_what_has_no_fault_can_be_read(path: str, value: Any) -> None:
    """Whatever stands in a field, it is a fault, or can be read and written again."""
    document = json.loads(json.dumps(WRITTEN))
    outer, _, inner = path.rpartition(".")
    (document[outer] if outer else document)[inner] = value
    kind: Kind = record(Outer)
    if not list(kind.faults(document, "")):
        again = kind.write(kind.read(document))
        assert list(kind.faults(again, "")) == []
        assert kind.write(kind.read(again)) == again


@pytest.mark.parametrize(
    ("field", "value"), [("snap_m", None), ("snap_m", "x"), ("parts", [{}]), ("parts", [None])]
)
@pytest.mark.parametrize("command", ["export {file} --to pdf -o -", "replan {file} --now 10:00"])
def test_a_broken_leg_is_named_at_the_door(
    tmp_path: Path, field: str, value: Any, command: str
) -> None:
    """Each command that reads a plan refuses what no plan holds, naming file and field."""
    document = json.loads(SAVED.read_text(encoding="utf-8"))
    document["days"][0]["legs"][0][field] = value
    file = tmp_path / "day.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    result = run(*command.format(file=file).split())
    if value is None:
        assert result.code != 70, result.err
    else:
        assert result.code == 3
        assert f"days[0].legs[0].{field}" in result.err
        assert str(file) in result.err
