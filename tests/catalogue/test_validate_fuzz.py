"""Whatever a file holds, `validate` answers and `load` answers or refuses."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens_routes.catalogue.check.validate import validate
from lens_routes.catalogue.file.faults import Severity
from lens_routes.catalogue.load import load
from lens_routes.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

RELAXED = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["Point", "Feature", "louvre-lens", "gare-de-lens", "free", "2025-11-01"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "id", "geometry", "properties", "coordinates", "name", "themes"]
            )
            | st.text(max_size=8),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def check(path: Path) -> None:
    """`load` refuses exactly what `validate` calls an error, and says nothing unprintable."""
    faults = validate(path)
    for fault in faults:
        str(fault).encode()
        assert fault.problem
        assert fault.remedy
        assert "\x1b" not in str(fault)
    # Opening hours are read by validate alone: load keeps them as they are written.
    errors = [
        fault
        for fault in faults
        if fault.severity is Severity.ERROR and fault.field != "properties.opening_hours"
    ]
    try:
        catalogue = load(path)
    except BadInputError as error:
        assert errors or any(fault.field == "properties.opening_hours" for fault in faults)
        error.message.encode()
    else:
        assert errors == []
        assert catalogue.places


@RELAXED
@given(content=st.binary(max_size=200))
def test_bytes(tmp_path: Path, content: bytes) -> None:
    """Bytes of any kind are refused, not stumbled over."""
    path = tmp_path / "bytes.geojson"
    path.write_bytes(content)
    check(path)


@RELAXED
@given(document=anything)
def test_documents(tmp_path: Path, document: Any) -> None:
    """JSON of any shape is refused, not stumbled over."""
    path = tmp_path / "document.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    check(path)


def slots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value inside *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, child in inner:
        found.append((*path, key))
        if isinstance(child, dict | list):
            found += slots(child, (*path, key))
    return found


@RELAXED
@given(data=st.data())
def test_mutations(tmp_path: Path, sound: dict[str, Any], data: st.DataObject) -> None:
    """A sound catalogue with a few values replaced or dropped is refused or read, never worse."""
    document = copy.deepcopy(sound)
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(slots(document)))
        holder: Any = document
        for key in way:
            holder = holder[key]
        if data.draw(st.booleans()):
            holder[last] = data.draw(anything)
        else:
            del holder[last]
    path = tmp_path / "mutated.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    check(path)


@RELAXED
@given(data=st.data())
def test_truncation(tmp_path: Path, sound: dict[str, Any], data: st.DataObject) -> None:
    """A catalogue that ends too soon is refused with line and column."""
    text = json.dumps(sound, indent=1, ensure_ascii=False).encode()
    path = tmp_path / "short.geojson"
    path.write_bytes(text[: data.draw(st.integers(0, len(text) - 1))])
    (fault,) = validate(path)
    assert fault.severity is Severity.ERROR
    check(path)
