"""What `validate` finds, feature by feature and field by field."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lens_routes.catalogue.check.validate import validate
from lens_routes.catalogue.file import document
from lens_routes.catalogue.file.faults import Fault, Severity
from lens_routes.catalogue.load import load
from lens_routes.errors import BadInputError

Written = Callable[[Any], Path]
LOUVRE = "louvre-lens"


def told(faults: list[Fault]) -> list[tuple[str, str, str]]:
    return [(str(fault.severity), fault.feature, fault.field) for fault in faults]


def test_sound(sound: dict[str, Any], written: Written) -> None:
    """A catalogue in the form of the contract has no fault at all."""
    assert validate(written(sound)) == []


PROPERTIES = [
    ("name", "", "empty"),
    ("name", None, "no name"),
    ("name", 7, "not a text"),
    ("name", "Mus\u0007ée", "U+0007"),
    ("name", "Mus\u202eée", "U+202E"),
    ("name", "Two\nlines", "U+000A"),
    ("name_en", "\ud800", "U+D800"),
    ("name", "Mus\uffffée", "U+FFFF"),
    ("name", "\ufdd0", "U+FDD0"),
    ("name", "\U0001fffe", "U+1FFFE"),
    ("insee", 62498, "not a text"),
    ("description_fr", "x" * 10_001, "10001"),
    ("interest", 0, "out of range"),
    ("interest", 6, "out of range"),
    ("interest", "5", "not a number"),
    ("interest", True, "not a number"),
    ("interest", 3.5, "not a whole number"),
    ("interest", math.nan, "not a number"),
    ("visit_minutes", 0, "out of range"),
    ("visit_minutes", -30, "out of range"),
    ("visit_minutes", 721, "out of range"),
    ("visit_minutes", 10**400, "absurd"),
    ("visit_minutes_min", 151, "longer"),
    ("elevation_m", math.inf, "not a number"),
    ("elevation_m", "30", "not a number"),
    ("fee", "gratuit", "not a value"),
    ("wheelchair", "Yes", "not a value"),
    ("status", 1, "not a value"),
    ("coord_confidence", "hihg", "not a value"),
    ("outdoor", "yes", "neither true nor false"),
    ("unesco", 1, "neither true nor false"),
    ("tourable", "false", "neither true nor false"),
    ("checked", "01/11/2025", "not a date"),
    ("checked", "2025-02-30", "not in the calendar"),
    ("checked", 20251101, "not a date"),
    ("source_date", "2025-13", '"2025-13" is not in the calendar'),
    ("source_date", "25", "not a date"),
    ("source_date", "9999", "after the day"),
    ("booking", "at the desk", "neither a telephone number"),
    ("booking", "+33", "neither a telephone number"),
    ("seen_from_outside", 1, "neither true nor false"),
    ("by_appointment", "yes", "neither true nor false"),
    ("price_eur", "6", "not a price"),
    ("price_eur", -1, "not a price"),
    ("price_reduced_eur", True, "not a price"),
    ("parts", "fosse", "not a list"),
    ("parts", [""], "not a name"),
    ("parts", ["a", "a"], "named twice"),
    ("parts", [1], "not a text"),
    ("website", "www.louvrelens.fr", "not a web address"),
    ("website", "https://", "not a web address"),
    ("website", "https://[", "not a web address"),
    ("website", "https://a b", "not a web address"),
    ("website", "javascript:alert(1)", "not a web address"),
    ("opening_hours", 10, "not a text"),
    ("opening_hours", "every day, more or less", "every day"),
    ("themes", "culture", "not a list"),
    ("themes", {"culture": True}, "not a list"),
    ("whatever", math.nan, "not a number"),
]


@pytest.mark.parametrize(("key", "value", "problem"), PROPERTIES)
def test_property(
    sound: dict[str, Any], written: Written, key: str, value: Any, problem: str
) -> None:
    """A wrong property is one error that names file, feature and field, and what to write."""
    sound["features"][0]["properties"][key] = value
    path = written(sound)
    (fault,) = validate(path)
    assert told([fault]) == [("error", LOUVRE, f"properties.{key}")]
    if problem == "not a number":
        assert "not a number" in fault.problem or "not a number" in fault.remedy
    elif problem == "absurd":
        assert "absurdly" in fault.problem
    else:
        assert problem in fault.problem
    assert fault.file == str(path)
    assert fault.remedy
    str(fault).encode()  # can be printed


@pytest.mark.parametrize(
    ("properties", "severity", "field", "problem"),
    [
        (
            {"price_eur": 6, "price_reduced_eur": 7, "fee": "paid"},
            "error",
            "price_reduced_eur",
            "more",
        ),
        ({"price_eur": 6, "fee": "free"}, "warning", "price_eur", "free"),
        ({"price_reduced_eur": 3}, "warning", "price_reduced_eur", "no price"),
        ({"by_appointment": True, "phone": None}, "warning", "by_appointment", "with whom"),
        ({"parts": ["louvre-lens"]}, "error", "parts[0]", "part of itself"),
        ({"parts": ["Salle", "gare-de-lens"]}, "error", "parts[1]", "a stop by itself"),
        ({"parts": ["gare-de-lense"]}, "warning", "parts[0]", "not the id of a place"),
    ],
)
def test_fields_that_disagree(
    sound: dict[str, Any],
    written: Written,
    properties: dict[str, Any],
    severity: str,
    field: str,
    problem: str,
) -> None:
    """Fields that are sound each by itself are held against each other and other places."""
    sound["features"][0]["properties"] |= properties
    (fault,) = validate(written(sound))
    assert told([fault]) == [(severity, LOUVRE, f"properties.{field}")]
    assert problem in fault.problem


def test_fields_that_agree(sound: dict[str, Any], written: Written) -> None:
    """Prices, evidence, appointments and parts that fit are not remarked upon."""
    station = next(f for f in sound["features"] if f["id"] == "gare-de-lens")
    station["properties"]["tourable"] = False
    sound["lens_routes"]["currency"] = "GBP"
    sound["features"][0]["properties"] |= {
        "fee": "paid", "price_eur": 6, "price_reduced_eur": 6, "by_appointment": True,
        "booking": "https://example.org/book", "source_date": "2025", "checked": "2025-01-01",
        "parts": ["Pavillon de verre", "gare-de-lens"],
    }  # fmt: skip
    assert validate(written(sound)) == []


@pytest.mark.parametrize(
    ("themes", "remedy"),
    [(["cultur"], '"culture"'), (["Culture"], '"culture"'), (["golf"], "one of culture, memory")],
)
def test_unknown_theme(
    sound: dict[str, Any], written: Written, themes: list[str], remedy: str
) -> None:
    """A theme that is not declared is refused, the nearest suggested, or all of them."""
    sound["features"][0]["properties"]["themes"] = themes
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", LOUVRE, "properties.themes[0]")]
    assert remedy in fault.remedy


@pytest.mark.parametrize("value", [3, None, ["culture"], "Not kebab"])
def test_theme_that_is_no_id(sound: dict[str, Any], written: Written, value: Any) -> None:
    """A theme of the wrong type or form is named by its place in the list."""
    del sound["lens_routes"]["themes"]
    sound["features"][1]["properties"]["themes"] = ["culture", value]
    errors = [fault for fault in validate(written(sound)) if fault.severity is Severity.ERROR]
    assert told(errors) == [("error", "parc-du-louvre-lens", "properties.themes[1]")]


COORDINATES = [
    ([50.43056, 2.80333], "swapped"),
    ([704_000, 7_036_000], "metres"),
    ([312_000.5, 6_530_000.1], "metres"),
    ([0, 0], "Atlantic"),
    ([2.8, 95.0], "not on the earth"),
    ([-200.0, 50.4], "not on the earth"),
    (["2.80333", "50.43056"], "not a number"),
    ([2.80333, True], "not a number"),
    ([2.80333, None], "not a number"),
    ([2.80333], "1 numbers instead of two"),
    ([2.80333, 50.43056, 30, 0], "4 numbers"),
    ([[2.80333, 50.43056]], "1 numbers"),
    ([], "0 numbers"),
    (None, "not a list"),
    ("2.80333, 50.43056", "not a list"),
    ([math.nan, 50.4], "no coordinate"),
    ([2.8, math.inf], "no coordinate"),
    ([10**400, 50.4], "no coordinate"),
]


@pytest.mark.parametrize(("coordinates", "problem"), COORDINATES)
def test_coordinates(
    sound: dict[str, Any], written: Written, coordinates: Any, problem: str
) -> None:
    """One position that is wrong among right ones is named with the reason."""
    sound["features"][0]["geometry"]["coordinates"] = coordinates
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", LOUVRE, "geometry.coordinates")]
    assert problem in fault.problem


def test_elevation_is_allowed(sound: dict[str, Any], written: Written) -> None:
    """RFC 7946 allows a third coordinate."""
    sound["features"][0]["geometry"]["coordinates"].append(35.0)
    assert validate(written(sound)) == []


@pytest.mark.parametrize("declared", [True, False])
def test_all_swapped(sound: dict[str, Any], written: Written, *, declared: bool) -> None:
    """Latitude first in the whole file is told once, with or without a stated time zone."""
    if not declared:
        del sound["lens_routes"]
    for feature in sound["features"]:
        feature["geometry"]["coordinates"].reverse()
    errors = [fault for fault in validate(written(sound)) if fault.severity is Severity.ERROR]
    assert told(errors) == [("error", "", "geometry.coordinates")]
    assert "all 8 features" in errors[0].problem
    assert "swapped" in errors[0].problem
    assert "[2.80333, 50.4306]" in errors[0].remedy


def test_most_swapped(sound: dict[str, Any], written: Written) -> None:
    """Where most positions are swapped, these are named, not the right ones."""
    for feature in sound["features"][1:]:
        feature["geometry"]["coordinates"].reverse()
    faults = validate(written(sound))
    assert [fault.feature for fault in faults] == [f["id"] for f in sound["features"][1:]]
    assert all("swapped" in fault.problem for fault in faults)


def test_all_in_metres(sound: dict[str, Any], written: Written) -> None:
    """A whole file in a projected system is told once, with the command that converts it."""
    for feature in sound["features"]:
        feature["geometry"]["coordinates"] = [686_000.0, 7_036_000.0]
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", "", "geometry.coordinates")]
    assert "ogr2ogr" in fault.remedy


@pytest.mark.parametrize(
    ("timezone", "lon", "lat"),
    [
        ("Indian/Reunion", 55.45, -20.88),
        ("America/Martinique", -61.07, 14.61),
        ("Asia/Kolkata", 77.2, 28.6),
        ("Africa/Cairo", 31.2, 30.0),
        ("America/New_York", -80.2, 25.8),
        ("Asia/Shanghai", 75.99, 39.47),
        ("Australia/Sydney", 151.2, -33.9),
        ("Etc/UTC", 2.8, 50.4),
        ("Europe/Paris", 9.45, 42.7),
    ],
)
def test_other_parts_of_the_earth(
    sound: dict[str, Any], written: Written, timezone: str, lon: float, lat: float
) -> None:
    """A right catalogue anywhere on the earth is not taken for a swapped one."""
    sound["lens_routes"]["timezone"] = timezone
    for index, feature in enumerate(sound["features"]):
        feature["geometry"]["coordinates"] = [lon + index / 100, lat]
    assert validate(written(sound)) == []


def test_outlier(sound: dict[str, Any], written: Written) -> None:
    """A position far from all others is doubted, not refused."""
    sound["features"][2]["geometry"]["coordinates"] = [7.75, 48.58]
    (fault,) = validate(written(sound))
    assert told([fault]) == [("warning", "gare-de-lens", "geometry.coordinates")]
    assert "km from the middle" in fault.problem


@pytest.mark.parametrize(
    ("geometry", "field"),
    [
        (None, "geometry"),
        ("POINT(2.8 50.4)", "geometry"),
        ([2.8, 50.4], "geometry"),
        (
            {"type": "Polygon", "coordinates": [[[2, 50], [3, 50], [3, 51], [2, 50]]]},
            "geometry.type",
        ),
        ({"type": "LineString", "coordinates": [[2, 50], [3, 50]]}, "geometry.type"),
        ({"type": "MultiPoint", "coordinates": [[2, 50]]}, "geometry.type"),
        ({"type": "GeometryCollection", "geometries": []}, "geometry.type"),
        ({"type": "point", "coordinates": [2.8, 50.4]}, "geometry.type"),
        ({"coordinates": [2.8, 50.4]}, "geometry.type"),
        ({"type": "Point"}, "geometry.coordinates"),
    ],
)
def test_geometry(sound: dict[str, Any], written: Written, geometry: Any, field: str) -> None:
    """Anything but a Point is refused by name."""
    sound["features"][3]["geometry"] = geometry
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", "gare-de-loison-sous-lens", field)]
    assert "oint" in fault.remedy or "[longitude, latitude]" in fault.remedy


def test_missing_geometry(sound: dict[str, Any], written: Written) -> None:
    """A feature without a geometry has no position."""
    del sound["features"][3]["geometry"]
    assert told(validate(written(sound))) == [("error", "gare-de-loison-sous-lens", "geometry")]


@pytest.mark.parametrize(
    ("identity", "remedy"),
    [
        ("Musée du Louvre", '"musee-du-louvre"'),
        ("louvre_lens", '"louvre-lens"'),
        ("-louvre", '"louvre"'),
        ("", "gare-de-lens"),
        ("x" * 101, "xxx"),
        (12, "gare-de-lens"),
        (["louvre"], "gare-de-lens"),
    ],
)
def test_id_form(sound: dict[str, Any], written: Written, identity: Any, remedy: str) -> None:
    """An id that is not kebab-case is named by the feature's number, with a better one."""
    sound["features"][0]["id"] = identity
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", "#1", "id")]
    assert remedy in fault.remedy


def test_missing_id(sound: dict[str, Any], written: Written) -> None:
    """A feature without an id is offered one made of its name."""
    del sound["features"][0]["id"]
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", "#1", "id")]
    assert '"musee-du-louvre-lens"' in fault.remedy


def test_id_among_properties(sound: dict[str, Any], written: Written) -> None:
    """An id among the properties works, with a warning; two that differ do not."""
    first = sound["features"][0]
    first["properties"]["id"] = first["id"]
    assert validate(written(sound)) == []
    del first["id"]
    assert told(validate(written(sound))) == [("warning", LOUVRE, "properties.id")]
    assert load(written(sound)).places[0].id == LOUVRE
    first["id"] = "other"
    assert told(validate(written(sound))) == [("error", "other", "properties.id")]


def test_repeated_id(sound: dict[str, Any], written: Written) -> None:
    """The second feature of an id is named, with the number of the first."""
    sound["features"][3]["id"] = LOUVRE
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", LOUVRE, "id")]
    assert "#4" in fault.problem
    assert "#1" in fault.problem


@pytest.mark.parametrize("member", [None, 3, "louvre", [], {}])
def test_not_a_feature(sound: dict[str, Any], written: Written, member: Any) -> None:
    """What is no feature is one fault, named by its number."""
    sound["features"].insert(1, member)
    assert told(validate(written(sound))) == [("error", "#2", "")]


def test_feature_type(sound: dict[str, Any], written: Written) -> None:
    """A feature of another type, or without properties, is named."""
    sound["features"][0]["type"] = "feature"
    sound["features"][1]["properties"] = None
    assert told(validate(written(sound))) == [
        ("error", LOUVRE, "type"),
        ("error", "parc-du-louvre-lens", "properties"),
    ]


def test_field_beside_properties(sound: dict[str, Any], written: Written) -> None:
    """A field beside the properties would be silently lost."""
    sound["features"][0]["interest"] = 5
    assert told(validate(written(sound))) == [("error", LOUVRE, "interest")]


def test_mistyped_field(sound: dict[str, Any], written: Written) -> None:
    """A field that looks like a slip is pointed at; one's own fields are welcome."""
    sound["features"][0]["properties"] |= {"opening_hour": "24/7", "mascot": "a lion", "x": 1.5}
    sound["features"][0]["properties"]["opening_hours_source"] = "the door"
    (fault,) = validate(written(sound))
    assert told([fault]) == [("warning", LOUVRE, "properties.opening_hour")]
    assert '"opening_hours"' in fault.remedy


def test_null_and_empty_are_absent(sound: dict[str, Any], written: Written) -> None:
    """Null and empty properties, which other programs write, count as absent."""
    properties = sound["features"][0]["properties"]
    for key in [key for key in properties if key != "name"]:
        properties[key] = None
    sound["features"][1]["properties"]["website"] = ""
    assert validate(written(sound)) == []
    assert load(written(sound)).places[0].fee == "unknown"


def test_twins(sound: dict[str, Any], written: Written) -> None:
    """The same name at the same spot is doubted; the same name elsewhere is not."""
    twin = json.loads(json.dumps(sound["features"][5]))
    twin["id"] = "eglise-2"
    twin["properties"]["name"] = "Eglise Saint Théodore"
    sound["features"].append(twin)
    (fault,) = validate(written(sound))
    assert told([fault]) == [("warning", "eglise-2", "properties.name")]
    assert "eglise-saint-theodore" in fault.problem
    twin["geometry"]["coordinates"][1] += 0.01
    assert validate(written(sound)) == []


HEADER = [
    ("timezone", "Europe/Lens"),
    ("timezone", "../../etc/passwd"),
    ("timezone", "Europe"),
    ("timezone", 1),
    ("timezone", ""),
    ("country", "France"),
    ("country", "fr"),
    ("country", 33),
    ("school_holidays_zone", 2),
    ("title", ["Lens"]),
    ("title", "Bell\u0007"),
    ("default_start", "gare-de-len"),
    ("default_end", 4),
    ("themes", ["culture"]),
]


@pytest.mark.parametrize(("key", "value"), HEADER)
def test_header(sound: dict[str, Any], written: Written, key: str, value: Any) -> None:
    """A wrong default of the catalogue is named by its field."""
    sound["lens_routes"][key] = value
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", "", f"lens_routes.{key}")]


def test_dangling_start(sound: dict[str, Any], written: Written) -> None:
    """A default start that is no place is refused, the nearest id suggested."""
    sound["lens_routes"]["default_start"] = "gare-lens"
    (fault,) = validate(written(sound))
    assert '"gare-de-lens"' in fault.remedy


def test_header_themes(sound: dict[str, Any], written: Written) -> None:
    """Declared themes need kebab-case ids and printable labels."""
    sound["lens_routes"]["themes"] |= {
        "Big Hall": {},
        "halls": "Halls",
        "bells": {"fr": "\u0007", "en": 3},
    }
    assert told(validate(written(sound))) == [
        ("error", "", "lens_routes.themes.Big Hall"),
        ("error", "", "lens_routes.themes.halls"),
        ("error", "", "lens_routes.themes.bells.fr"),
        ("error", "", "lens_routes.themes.bells.en"),
    ]


def test_header_slip_and_type(sound: dict[str, Any], written: Written) -> None:
    """A mistyped default is pointed at; a member that is no object is refused."""
    sound["lens_routes"]["time_zone"] = "Europe/Paris"
    assert told(validate(written(sound))) == [("warning", "", "lens_routes.time_zone")]
    sound["lens_routes"] = "Lens"
    assert ("error", "", "lens_routes") in told(validate(written(sound)))


def test_no_timezone(sound: dict[str, Any], written: Written) -> None:
    """Without a time zone Paris is assumed with a warning, and far from Paris not at all."""
    del sound["lens_routes"]["timezone"]
    assert told(validate(written(sound))) == [("warning", "", "lens_routes.timezone")]
    for index, feature in enumerate(sound["features"]):
        feature["geometry"]["coordinates"] = [-73.57 + index / 100, 45.5]
    assert told(validate(written(sound))) == [("error", "", "lens_routes.timezone")]


def test_rare_theme(sound: dict[str, Any], written: Written) -> None:
    """Where no theme is declared, one that looks like a slip of another is pointed at."""
    del sound["lens_routes"]["themes"]
    sound["features"][2]["properties"]["themes"] = ["cultur"]
    (fault,) = validate(written(sound))
    assert told([fault]) == [("warning", "gare-de-lens", "properties.themes")]
    assert '"culture"' in fault.remedy


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"]
)
def test_crs_of_geojson(sound: dict[str, Any], written: Written, name: str) -> None:
    """An old file that names WGS 84 is right."""
    sound["crs"] = {"type": "name", "properties": {"name": name}}
    assert validate(written(sound)) == []


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
        {"type": "name", "properties": {"name": "EPSG:3857"}},
        {"type": "link", "properties": {"href": "https://example.org"}},
        "EPSG:2154",
        {"properties": [1]},
    ],
)
def test_other_crs(sound: dict[str, Any], written: Written, crs: Any) -> None:
    """Another coordinate system is refused with the command that converts it."""
    sound["crs"] = crs
    (fault,) = validate(written(sound))
    assert told([fault]) == [("error", "", "crs")]
    assert "ogr2ogr" in fault.remedy


def test_repeated_keys(sound: dict[str, Any], written: Written) -> None:
    """A key that stands twice is named with its feature, since parsers keep either value."""
    text = json.dumps(sound)
    text = text.replace('"interest": 5', '"interest": 4, "interest": 5')
    text = text.replace('"id": "gare-de-lens"', '"id": "gare-de-lens", "id": "gare-de-lens"')
    text = text.replace('"coordinates": [2.80426', '"coordinates": 1, "coordinates": [2.80426')
    text = text.replace('"title":', '"title": "Mine", "title":')
    assert sorted(told(validate(written(text)))) == [
        ("error", "", "title"),
        ("error", "gare-de-lens", "id"),
        ("error", LOUVRE, "properties.interest"),
        ("error", "parc-du-louvre-lens", "geometry.coordinates"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xef\xbb\xbf", "not JSON"),
        (b"{", "not JSON"),
        (b'{"type": "FeatureCollection",\n "features": [,]}', "line 2, column 15"),
        (b"id,name\n1,Lens\n", "not JSON"),
        (b"\x89PNG\r\n\x1a\n\0", "UTF-8"),
        ('{"name": "Musée"}'.encode("latin-1"), "not in UTF-8: line 1 has the byte 0xe9"),
        ("{}".encode("utf-16"), "UTF-16"),
        ("{}".encode("utf-16-le"), "UTF-16"),
        ("{}".encode("utf-32"), "UTF-16 or UTF-32"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"1" * 5000, "thousands of digits"),
        (b"[]", "not a FeatureCollection"),
        (b"null", "not a FeatureCollection"),
        (b'"Lens"', "not a FeatureCollection"),
        (b"NaN", "not a FeatureCollection"),
    ],
)
def test_broken_file(written: Written, content: bytes, problem: str) -> None:
    """A file that is no GeoJSON at all is one error that says what it is instead."""
    errors = [fault for fault in validate(written(content)) if fault.severity is Severity.ERROR]
    assert told(errors) == [("error", "", "")]
    assert problem in errors[0].problem
    assert errors[0].remedy
    str(errors[0]).encode()


@pytest.mark.parametrize(
    ("collection", "field"),
    [
        ({}, "type"),
        ({"type": "Feature", "geometry": None, "properties": {}}, "type"),
        ({"type": "FeatureCollection"}, "features"),
        ({"type": "FeatureCollection", "features": {}}, "features"),
        ({"type": "FeatureCollection", "features": []}, "features"),
    ],
)
def test_not_a_collection(written: Written, collection: Any, field: str) -> None:
    """A document that is no collection of places says what is due."""
    assert ("error", "", field) in told(validate(written(collection)))


def test_bom(sound: dict[str, Any], written: Written) -> None:
    """A byte order mark does no harm: it is skipped with a warning."""
    path = written(b"\xef\xbb\xbf" + json.dumps(sound).encode())
    assert told(validate(path)) == [("warning", "", "")]
    assert len(load(path).places) == 8


def test_no_file(tmp_path: Path) -> None:
    """A path that cannot be read is a fault like another."""
    assert "no such file" in validate(tmp_path / "nothing")[0].problem
    assert "directory" in validate(tmp_path)[0].problem
    assert "cannot be read" in validate(Path("a\0b"))[0].problem
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "cannot be read" in validate(tmp_path / "loop")[0].problem


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(sound: dict[str, Any], written: Written) -> None:
    """A file one may not read says so."""
    path = written(sound)
    path.chmod(0)
    assert "rights" in validate(path)[0].remedy


def test_enormous(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a size no catalogue has is refused before it is parsed."""
    monkeypatch.setattr(document, "MAX_BYTES", 1_000_000)
    (fault,) = validate(written(b" " * 1_000_001))
    assert "larger than 1 MB" in fault.problem


def test_all_at_once(sound: dict[str, Any], written: Written) -> None:
    """All faults of a file come at once, and `load` tells the first with the way to the rest."""
    for feature in sound["features"]:
        feature["properties"]["interest"] = 9
    path = written(sound)
    assert [fault.feature for fault in validate(path)] == [f["id"] for f in sound["features"]]
    with pytest.raises(BadInputError) as caught:
        load(path)
    assert str(path) in caught.value.message
    assert LOUVRE in caught.value.message
    assert "properties.interest" in caught.value.message
    assert "5 more errors" in caught.value.message
    assert f"lens-routes places validate {path}" in caught.value.hint
