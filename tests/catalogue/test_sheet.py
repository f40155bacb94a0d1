"""Editing the text of a catalogue: what is meant changes, and not a byte more."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens_routes.catalogue.exchange.changes import open_sheet
from lens_routes.catalogue.file.sheet import ORDER, read_sheet
from lens_routes.errors import BadInputError, StorageError
from lens_routes.files.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Ways in which programs write JSON.
STYLES: dict[str, Callable[[Any], str]] = {
    "indent 1": lambda document: json.dumps(document, ensure_ascii=False, indent=1) + "\n",
    "indent 4, escapes": lambda document: json.dumps(document, indent=4),
    "tabs": lambda document: json.dumps(document, ensure_ascii=False, indent="\t"),
    "one line": lambda document: json.dumps(document, ensure_ascii=False),
    "tight": lambda document: json.dumps(document, separators=(",", ":")),
    "a line a feature": lambda document: (
        '{"type": "FeatureCollection", "features": [\n'
        + ",\n".join(json.dumps(feature) for feature in document["features"])
        + "\n]}\n"
    ),
    "windows": lambda document: "\ufeff" + json.dumps(document, indent=2).replace("\n", "\r\n"),
}


def feature(number: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"place-{number}",
        "geometry": {"type": "Point", "coordinates": [2.8 + number / 100, 50.43, 31]},
        "properties": {"name": f"Musée {number}", "themes": ["culture"], "interest": 3},
    }


DOCUMENT = {"type": "FeatureCollection", "features": [feature(n) for n in range(3)], "x": [1.50]}
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=6), st.just(["a", "é"])
)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 9), st.sampled_from([*ORDER, "own"]), VALUES),
        st.tuples(st.just("move"), st.integers(0, 9), st.floats(2, 3), st.floats(50, 51)),
        st.tuples(st.just("add"), st.integers(100, 999)),
        st.tuples(st.just("remove"), st.integers(0, 9)),
    ),
    max_size=8,
)


@pytest.mark.parametrize("style", STYLES)
@given(edits=EDITS)
@settings(max_examples=40, deadline=None)
def test_the_text_says_what_the_edits_meant(
    tmp_path_factory: pytest.TempPathFactory, style: str, edits: list[Any]
) -> None:
    """In every way of writing, a row of edits gives the JSON that the same edits of values give."""
    path = tmp_path_factory.mktemp("sheet") / "own.geojson"
    path.write_bytes(STYLES[style](DOCUMENT).encode())
    sheet = read_sheet(path)
    expected = json.loads(path.read_bytes())["features"]
    for kind, *values in edits:
        index = values[0] % max(1, len(expected))
        if kind == "set":
            sheet.set_property(index, values[1], values[2])
            properties = expected[index]["properties"]
            properties[values[1]] = values[2]
            if values[2] is None:
                del properties[values[1]]
        elif kind == "move":
            sheet.move(index, values[1], values[2])
            expected[index]["geometry"]["coordinates"][:2] = values[1:]
        elif kind == "add":
            sheet.append(feature(values[0]))
            expected.append(feature(values[0]))
        elif len(expected) > 1:
            sheet.remove(index)
            del expected[index]
    document = json.loads(sheet.data.decode("utf-8-sig"))
    assert document["features"] == expected
    assert document["type"] == "FeatureCollection"


@pytest.mark.parametrize("style", STYLES)
def test_nothing_to_do_changes_nothing(tmp_path: Path, style: str) -> None:
    """The text cut up and put together again is the text, its mark and line ends too."""
    path = tmp_path / "own.geojson"
    path.write_bytes(STYLES[style](DOCUMENT).encode())
    assert read_sheet(path).data == path.read_bytes()


def _changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_only_the_lines_meant_change_in_the_shipped_catalogue(tmp_path: Path) -> None:
    """A value is one line, a new field is one line more, a new place stands as the others do."""
    path = tmp_path / "places.geojson"
    path.write_bytes(shipped("places.geojson").read_bytes())
    before = path.read_text(encoding="utf-8")
    sheet = read_sheet(path)
    sheet.set_property(0, "interest", 4)
    assert _changed(before, sheet.text) == ['-    "interest": 5,', '+    "interest": 4,']
    sheet = read_sheet(path)
    sheet.set_property(0, "elevation_m", 42.5)
    assert _changed(before, sheet.text) == ['+    "elevation_m": 42.5,']
    sheet = read_sheet(path)
    sheet.set_property(0, "phone", None)
    assert [line[:12] for line in _changed(before, sheet.text)] == ['-    "phone"']
    sheet = read_sheet(path)
    sheet.move(0, 2.80333, 50.5)
    assert len(_changed(before, sheet.text)) == 2
    sheet = read_sheet(path)
    sheet.append(sheet.values()[-1] | {"id": "new"})
    added = _changed(before, sheet.text)
    assert all(line.startswith("+") for line in added)
    assert sheet.features[-1] == sheet.features[-2].replace(sheet.values()[-2]["id"], "new", 1)
    sheet.remove(len(sheet.features) - 1)
    assert sheet.text == before


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Two people who edit at once lose nothing: the second one is told."""
    path = tmp_path / "own.geojson"
    path.write_text(STYLES["indent 1"](DOCUMENT), encoding="utf-8")
    first, second = read_sheet(path), read_sheet(path)
    first.set_property(0, "interest", 5)
    first.save()
    saved = path.read_bytes()
    second.set_property(0, "interest", 1)
    with pytest.raises(StorageError, match="changed by somebody else"):
        second.save()
    assert path.read_bytes() == saved == first.data


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"features": 3}', '{"features": []}', '{"features": [3]}', "\xff"],
)
def test_what_is_no_catalogue_cannot_be_edited(tmp_path: Path, text: str) -> None:
    """Broken files are refused with the reason, not edited into something worse."""
    path = tmp_path / "own.geojson"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInputError):
        open_sheet(path)
    with pytest.raises(BadInputError):
        open_sheet(tmp_path / "none.geojson")
