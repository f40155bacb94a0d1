"""Places to and from tables, tracks and maps: what goes out comes back, and bad rows are told."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens_routes.catalogue.catalogue import Term
from lens_routes.catalogue.exchange.changes import Change, Row, apply_rows, open_sheet, remove_place
from lens_routes.catalogue.exchange.collection import read_collection
from lens_routes.catalogue.exchange.draft import Unreadable, meaning, number, value_of
from lens_routes.catalogue.exchange.table import read_table, write_table
from lens_routes.catalogue.exchange.waypoints import read_waypoints, write_waypoints
from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.catalogue.place import Place
from lens_routes.errors import BadInputError
from lens_routes.geo import Point
from lens_routes.output.csv_table import DIALECTS
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lens_routes.catalogue.file.sheet import Sheet

THEMES = [Term("memory", "Mémoire", "Memory"), Term("mining-heritage", "Patrimoine minier", "x")]


@pytest.fixture
def sheet(sound: dict[str, Any], written: Callable[[Any], Path]) -> Sheet:
    return open_sheet(written(json.dumps(sound, ensure_ascii=False, indent=1)))


def states(changes: list[Change]) -> list[str]:
    return [change.state for change in changes]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("name", "  Gare  ", "Gare"),
        ("name_en", " ", None),
        ("outdoor", "oui", True),
        ("outdoor", "VRAI", True),
        ("unesco", "No", False),
        ("interest", "4", 4),
        ("visit_minutes", "90,0", 90),
        ("price_eur", "6,50", 6.5),
        ("elevation_m", "187", 187),
        ("elevation_m", "−3.5", -3.5),
        ("checked", "22/11/2026", "2026-11-22"),
        ("checked", "2026-11-22", "2026-11-22"),
        ("themes", "Mémoire; mining-heritage, Mémoire", ["memory", "mining-heritage"]),
        ("themes", '["memory"]', ["memory"]),
        ("themes", ",", None),
        ("fee", "Gratuit", "free"),
        ("wheelchair", "limité", "limited"),
        ("status", "fermé", "closed"),
        ("fee", "cheap", "cheap"),
        ("by_appointment", "oui", True),
        ("price_reduced_eur", "2,50", 2.5),
        ("booking", "+33 3 21 68 40 74", "+33 3 21 68 40 74"),
        ("source_date", "2017", "2017"),
        ("source_date", "05/2017", "2017-05"),
        ("source_date", "12/05/2017", "2017-05-12"),
        ("parts", "fosse-2-oignies, Salle des pendus", ["fosse-2-oignies", "Salle des pendus"]),
        ("parts", '["Bains, douches"]', ["Bains, douches"]),
    ],
)
def test_words_become_values(field: str, text: str, value: object) -> None:
    """What French and English sheets write is read as the catalogue's own values."""
    assert value_of(field, text, THEMES) == value
    assert type(value_of(field, text, THEMES)) is type(value)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("outdoor", "perhaps"),
        ("interest", "3,5"),
        ("interest", "many"),
        ("elevation_m", "1.2.3"),
        ("checked", "31/02/2026"),
        ("checked", "yesterday"),
        ("themes", "[1]"),
        ("themes", "[x"),
        ("source_date", "last year"),
        ("parts", "[1]"),
    ],
)
def test_words_that_are_no_value(field: str, text: str) -> None:
    """What cannot be read is refused with a remedy, never guessed."""
    with pytest.raises(Unreadable) as caught:
        value_of(field, text)
    assert all(caught.value.args)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6))
def test_numbers_are_read_in_both_spellings(value: float) -> None:
    """A decimal comma means what a point means."""
    text = repr(value)
    assert number(text) == number(text.replace(".", ",")) == value


def test_every_field_is_explained() -> None:
    """Whoever is asked for a field is told what it is for."""
    assert all(meaning(field).endswith((".", "…")) for field in FIELDS)


def test_a_place_holds_every_field() -> None:
    """What may be written of a place is what the program knows of it, and nothing is left out."""
    held = set(Place._fields)
    of_the_header = {"currency", "kind_name", "theme_names"}
    assert held - set(FIELDS) == {"id", "lon", "lat", *of_the_header}
    assert set(FIELDS) <= held


def test_no_head_of_a_column_means_two_fields() -> None:
    """A table's head stands for one field, whatever language it is in."""
    heads = [
        *(name.replace("_", " ") for name in FIELDS),
        *(h for f in FIELDS.values() for h in f.heads),
    ]
    assert [head for head, n in Counter(heads).items() if n > 1] == []
    assert [head for head in heads if fold(head) != head] == []


@pytest.mark.parametrize("name", DIALECTS)
def test_a_table_comes_back_unchanged(sheet: Sheet, tmp_path: Path, name: str) -> None:
    """Written in any dialect and read again, nothing has changed: formulas, lines, quotes too."""
    awkward = ["=1+1", "'=x", "-5 °C", "@home", 'a "b"; c, d', "zwei\nZeilen", "'tis", "+33 3 21"]
    for index, text in enumerate(awkward):
        sheet.set_property(index % len(sheet.features), "notes", text)
        sheet.set_property(index % len(sheet.features), "phone", text.replace("\n", " "))
    sheet.set_property(0, "parts", ["Bains, douches", "[salle]", "fosse"])
    sheet.set_property(1, "source_date", "2017-05")
    dialect = DIALECTS[name]
    path = tmp_path / "table.csv"
    data = write_table(
        sheet.values(), separator=dialect.separator, decimal=dialect.decimal, mark=dialect.prefix
    )
    path.write_bytes(data)
    rows, remarks = read_table(path, THEMES)
    before = sheet.text
    assert states(apply_rows(sheet, rows)) == ["unchanged"] * len(sheet.features)
    assert (sheet.text, remarks) == (before, [])
    for line in data.decode("utf-8-sig").splitlines():
        for cell in line.split(dialect.separator):
            assert not cell.lstrip('"').startswith(("=", "@"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_a_table(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """No text is changed by the way through a spreadsheet, but for the blanks around it."""
    path = tmp_path_factory.mktemp("t") / "t.csv"
    feature = {
        "id": "a",
        "geometry": {"coordinates": [-1.5, 50.25]},
        "properties": {"name": "A", "notes": text},
    }
    path.write_bytes(write_table([feature], separator=";", decimal=",", mark="\ufeff"))
    ((row,), _) = read_table(path, ())
    assert row.point == Point(-1.5, 50.25)
    assert (row.fields["notes"] or "") == text.strip()


def test_waypoints_come_back_unchanged(sheet: Sheet, tmp_path: Path) -> None:
    """A GPX file of the places, read again, changes nothing, whatever the names hold."""
    sheet.set_property(0, "name", "Musée <&> «x»")
    sheet.set_property(1, "elevation_m", 36)
    path = tmp_path / "places.gpx"
    path.write_bytes(write_waypoints(sheet.values(), "tests"))
    before = sheet.text
    assert states(apply_rows(sheet, read_waypoints(path))) == ["unchanged"] * len(sheet.features)
    assert sheet.text == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_tables_of_strangers(tmp_path: Path, encoding: str, separator: str) -> None:
    """Encoding, separator, French heads and decimal commas are found out."""
    rows = [
        ["Nom", "Latitude", "Longitude", "Thèmes", "Durée de visite", "Couleur", "Tarif"],
        ["Église de l’Été", '"50,4309"', '"2,7998"', '"Mémoire, mining-heritage"', "30", "x", "é"],
    ]
    path = tmp_path / "t.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    ((row,), remarks) = read_table(path, THEMES)
    assert (row.line, row.point, row.refusal) == (2, Point(2.7998, 50.4309), "")
    assert row.fields == {
        "name": "Église de l’Été",
        "themes": ["memory", "mining-heritage"],
        "visit_minutes": 30,
        "fee": "é",
    }
    assert len(remarks) == 1
    assert "Couleur" in remarks[0]


def test_lines_pasted_together_keep_each_its_encoding(tmp_path: Path) -> None:
    """Nobody sees in a spreadsheet that half of it came from elsewhere."""
    path = tmp_path / "t.csv"
    path.write_bytes("nom\nMusée\n".encode() + "Été\nCafé\n".encode("cp1252"))
    rows, _ = read_table(path, THEMES)
    assert [row.fields["name"] for row in rows] == ["Musée", "Été", "Café"]


def test_coordinates_that_are_texts_and_features_that_are_none_are_named(tmp_path: Path) -> None:
    """What stands there is said, and of which place."""
    path = tmp_path / "map.geojson"
    feature = {
        "type": "Feature",
        "properties": {"name": "A"},
        "geometry": {"type": "Point", "coordinates": ["2,77", 50.4]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    ((row,), _) = read_collection(path, THEMES)
    assert row.refusal == 'geometry.coordinates: "2,77" is not a number.'
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, 17]}))
    with pytest.raises(BadInputError, match=r"feature #2: This is not a feature"):
        read_collection(path, THEMES)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column"),
        ("a;b;c\n1;2;3", "no column"),
        ("id;id\n1;2", "two columns"),
        ('name;notes\nx;"never closed', "line 2"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, text: str, says: str) -> None:
    """A table that cannot be told which places it is about is refused."""
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(BadInputError, match=says):
        read_table(path, ())


def test_the_hint_for_excel_is_no_row(tmp_path: Path) -> None:
    """A first line such as "sep=;" is passed over, and lines are counted with it."""
    path = tmp_path / "places.csv"
    path.write_text("sep=;\nid;name\na;A\n")
    (row,), remarks = read_table(path, ())
    assert (row.line, row.id, row.fields["name"], remarks) == (3, "a", "A", [])
    path.write_text('sep=;\nid;name\na;"A\n')
    with pytest.raises(BadInputError, match="line 3"):
        read_table(path, ())


def test_rows_know_their_lines(tmp_path: Path) -> None:
    """A cell of two lines and empty lines do not put the count out."""
    path = tmp_path / "t.csv"
    path.write_text('name;notes;interest\na;"x\ny";1\n\nb;;many\nc;;;;4\n')
    rows, _ = read_table(path, ())
    assert [(row.line, row.fields["name"]) for row in rows] == [(2, "a"), (5, "b"), (6, "c")]
    assert "interest" in rows[1].refusal
    assert "more cells" in rows[2].refusal


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<gpx>", "line 1: this is not XML"),
        ("<gpx/>", "no waypoint"),
        ("", "not XML"),
        ('<!DOCTYPE g [<!ENTITY a "b">]><gpx/>', "entities"),
    ],
)
def test_tracks_that_are_no_places(tmp_path: Path, text: str, says: str) -> None:
    """A GPX file that is broken, dangerous or empty is refused, and the line is named."""
    path = tmp_path / "t.gpx"
    path.write_text(text)
    with pytest.raises(BadInputError, match=says):
        read_waypoints(path)


def test_waypoints_of_a_device(tmp_path: Path) -> None:
    """What a device writes is enough for a place; a bad position is told with its line."""
    path = tmp_path / "t.gpx"
    path.write_text(
        '<gpx xmlns="http://www.topografix.com/GPX/1/0">\n<wpt lat="50.4" lon="2.8">\n'
        "<name>Calvaire</name><ele>51.3</ele><sym>Flag</sym></wpt>\n"
        '<wpt lat="x" lon="2.8"><name>B</name></wpt></gpx>'
    )
    good, bad = read_waypoints(path)
    assert (good.line, good.point) == (2, Point(2.8, 50.4))
    assert good.fields == {"name": "Calvaire", "elevation_m": 51.3}
    assert (bad.line, bad.refusal != "") == (4, True)


def test_a_map_of_a_colleague(sheet: Sheet, sound: dict[str, Any], tmp_path: Path) -> None:
    """GeoJSON from elsewhere: null empties a field, absence says nothing, lists may be texts."""
    one, two = sound["features"][0], sound["features"][1]
    one["properties"] = {"interest": 4, "fee": None, "themes": '["memory"]', "colour": "red"}
    two["geometry"] = {"type": "Polygon", "coordinates": []}
    path = tmp_path / "back.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [one, two]}, indent=1))
    rows, remarks = read_collection(path, THEMES)
    changed, refused = apply_rows(sheet, rows)
    assert changed.fields == {
        "themes": (["culture"], ["memory"]),
        "interest": (5, 4),
        "fee": ("free", None),
    }
    assert refused.reasons == ("Its geometry is not a point.",)
    assert refused.line > changed.line > 1
    assert remarks == ["Property colour is not read."]
    properties = sheet.values()[0]["properties"]
    assert "fee" not in properties
    assert properties["name"] == "Musée du Louvre-Lens"


def test_new_changed_unchanged_refused(sheet: Sheet) -> None:
    """Each row comes to what it should, with its line; what is refused leaves no trace."""
    here = Point(2.8001, 50.4311)
    rows = [
        Row(2, "louvre-lens", None, {"interest": 4, "name": "Musée du Louvre-Lens"}),
        Row(3, "gare-de-lens", None, {"interest": 1}),
        Row(4, "", here, {"name": "Café des Mineurs", "themes": ["culture"]}),
        Row(5, "", here, {"name": "Sans thème", "themes": ["nowhere"]}),
        Row(6, "louvre-lens", None, {"interest": 3}),
        Row(7, "", None, {"name": "Nulle part"}),
        Row(8, "", here, {}),
        Row(9, "terril-94", None, {"interest": 9}),
        Row(10, "", Point(50.43, 2.8), {"name": "À l’envers"}),
        Row(11, "Bad Id", here, {"name": "x"}),
        Row(12, "", here, {"name": "Heures", "opening_hours": "soon"}),
        Row(13, "", here, {}, "It could not be read."),
        Row(14, "", Point(2.7999, 50.4310), {"name": "eglise saint theodore", "interest": 2}),
    ]
    before = sheet.values()
    changes = apply_rows(sheet, rows)
    assert states(changes) == [
        "changed", "unchanged", "added", "refused", "refused", "refused", "refused",
        "refused", "refused", "refused", "refused", "refused", "changed",
    ]  # fmt: skip
    assert [change.line for change in changes] == [row.line for row in rows]
    assert all(change.reasons for change in changes if change.state == "refused")
    assert "Line 2" in changes[4].reasons[0]
    assert "swapped" in changes[8].reasons[0]
    assert "position" in changes[12].fields
    after = sheet.values()
    assert [f["id"] for f in after] == [*(f["id"] for f in before), "cafe-des-mineurs"]
    assert after[-1]["properties"] == {"name": "Café des Mineurs", "themes": ["culture"]}
    assert [i for i, f in enumerate(before) if after[i] != f] == [0, 5]


def test_what_looks_like_another_is_remarked(sheet: Sheet) -> None:
    """A new entry beside one of a like name deserves a question; any neighbour does not."""
    near = Point(2.8034, 50.4306)
    twin, other = apply_rows(
        sheet,
        [Row(1, "x", near, {"name": "Musée Louvre Lens"}), Row(2, "y", near, {"name": "Café"})],
    )
    assert len(twin.remarks) == 1
    assert "louvre-lens" in twin.remarks[0]
    assert other.remarks == ()


def test_a_catalogue_with_a_fault_can_be_mended(
    sound: dict[str, Any], written: Callable[[Any], Path]
) -> None:
    """Faults that were there before are nobody's fault now; the row that mends one is welcome."""
    sound["features"][0]["properties"]["interest"] = 9
    sheet = open_sheet(written(sound))
    (other,) = apply_rows(sheet, [Row(1, "gare-de-lens", None, {"interest": 2})])
    (mended,) = apply_rows(sheet, [Row(1, "louvre-lens", None, {"interest": 5})])
    assert (other.state, mended.state) == ("changed", "changed")


def test_a_place_is_removed_unless_it_is_needed(sheet: Sheet) -> None:
    """What tours start at stays."""
    assert remove_place(sheet, "terril-94").state == "removed"
    assert "terril-94" not in {feature["id"] for feature in sheet.values()}
    with pytest.raises(BadInputError, match="would not be sound"):
        remove_place(sheet, "gare-de-lens")
