"""A plan is a document: written, read and written again it is the same."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import schemas

from lens_routes.errors import BadInputError
from lens_routes.plan.document import dumps, faults, from_document, read, to_document
from lens_routes.text import language

if TYPE_CHECKING:
    from collections.abc import Iterator

SAVED = Path(__file__).parents[1] / "output" / "golden" / "day.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Give a saved plan as parsed."""
    loaded: dict[str, Any] = json.loads(SAVED.read_text(encoding="utf-8"))
    return loaded


def test_a_plan_read_and_written_is_the_same(document: dict[str, Any]) -> None:
    """Nothing is lost between file and plan, to the byte; the file is as the schema says."""
    assert to_document(read(SAVED)) == document
    assert dumps(to_document(read(SAVED))) == SAVED.read_text(encoding="utf-8")
    schemas.assert_valid(document)


def test_a_plan_of_the_version_before_is_read(document: dict[str, Any]) -> None:
    """What was saved before anybody came by bike holds, and is written as it is today."""
    old = {**document, "schema": "lens-routes/plan/1"}
    assert not [*faults(old)]
    assert to_document(from_document(old)) == document


def test_a_plan_is_read_in_the_language_in_use(document: dict[str, Any]) -> None:
    """Sentences that know how to be said in French are; names and the request are left alone."""
    try:
        language.use("fr")
        plan = read(SAVED)
        again = to_document(plan)
    finally:
        language.use("en")
    assert plan.left_out[0].reason.startswith(
        "fermé le mercredi 25 novembre 2026\N{NO-BREAK SPACE};"
    )
    assert "Entrée payante." in plan.days[0].stops[0].notes
    assert plan.request == document["request"]
    assert again["language"] == "fr"
    assert again["translations"]["en"]["Entrée payante."] == "Entry is charged."


def test_a_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    """A plan that an editor saved with a mark is read all the same."""
    marked = tmp_path / "day.json"
    marked.write_bytes(b"\xef\xbb\xbf" + SAVED.read_bytes())
    assert read(marked) == read(SAVED)


@pytest.mark.parametrize(
    ("name", "read_as"),
    [("\ud83d\ude00", "\N{GRINNING FACE}"), ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b")],
)
def test_half_a_character_is_made_whole(
    tmp_path: Path, document: dict[str, Any], name: str, read_as: str
) -> None:
    """JSON can escape what no text can hold; whole characters beyond 16 bits are escaped in two."""
    file, document = tmp_path / "day.json", copy.deepcopy(document)
    document["days"][0]["start"]["name"] = name
    file.write_text(json.dumps(document))
    assert read(file).days[0].start.name == read_as


def test_what_is_not_a_number_is_not_written() -> None:
    """JSON has no NaN; a plan that held one would be no document."""
    with pytest.raises(ValueError, match="Out of range"):
        dumps({"score": float("nan")})


def _fields(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield (*path, key)
        yield from _fields(value[key], (*path, key))


FIELDS = list(_fields(json.loads(SAVED.read_text(encoding="utf-8"))))
nonsense = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)


@given(st.sampled_from(FIELDS), nonsense)
def test_a_changed_field_is_read_or_named(
    tmp_path_factory: pytest.TempPathFactory, field: tuple[Any, ...], value: Any
) -> None:
    """Whatever stands in a field, reading the plan works or says that the file is at fault."""
    changed = json.loads(SAVED.read_text(encoding="utf-8"))
    part = changed
    for key in field[:-1]:
        part = part[key]
    part[field[-1]] = copy.deepcopy(value)
    path = tmp_path_factory.getbasetemp() / "changed.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    error = _refusal(path)
    assert error is None or str(path) in error.message


def _refusal(path: Path) -> BadInputError | None:
    try:
        read(path)
    except BadInputError as error:
        return error
    return None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "[/x]", "Europe", "../UTC", "\0", "x" * 999])
def test_a_zone_that_does_not_exist_is_named(
    tmp_path: Path, document: dict[str, Any], zone: str
) -> None:
    """A plan edited to a time zone nobody knows is refused before anybody asks for its clock."""
    document["request"]["timezone"] = zone
    path = tmp_path / "day.json"
    path.write_text(json.dumps(document))
    with pytest.raises(BadInputError, match=r"request\.timezone"):
        read(path)


@pytest.mark.parametrize("field", ["created", "days", "provenance", "score"])
def test_a_missing_field_is_named(tmp_path: Path, document: dict[str, Any], field: str) -> None:
    """A plan without one of its fields is refused with the field's name."""
    path = tmp_path / "day.json"
    path.write_text(json.dumps({k: v for k, v in document.items() if k != field}))
    with pytest.raises(BadInputError, match=field):
        read(path)
    with pytest.raises(KeyError):
        from_document({})
