"""Files of other makers: known by their content, read with care, and updated without loss."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from lens_routes.catalogue.catalogue import Term
from lens_routes.catalogue.exchange.changes import apply_rows, open_sheet
from lens_routes.catalogue.sector.brought import brought_into
from lens_routes.catalogue.sector.recognise import listings
from lens_routes.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lens_routes.catalogue.exchange.changes import Row

TODAY = dt.date(2026, 6, 10)
THEMES = [Term(one, one, one) for one in ("culture", "nature", "architecture", "memory", "family")]


def rows_of(path: Path, country: str = "FR") -> list[Row]:
    found = listings(path, TODAY, country)
    assert found is not None
    return [listing.row(THEMES) for listing in found]


def written(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("datatourisme/index.json", ["Escapade Nature Pays d'Argentat",
                                     "Abbaye Sainte-Trinité de La Lucerne"]),
        ("datatourisme/objects", ["DOMAINE DE SOUSTRES"]),
        ("datatourisme/places.csv", ["Chez Jeanne", "ESPACE AUDIOVISUEL ACHILLE MIR"]),
        ("apidae/a_poi.json", ["Un point d'intérêt"]),
        ("apidae/apidaeContent.json", ["Quey' Raft"]),
        ("tourinsoft/tourinsoftContent.json", ["Hôtel du Perche"]),
        ("geotrek/poi.json", ["Pic des Trois Seigneurs", "Étang d'Arbu"]),
        ("geotrek/touristiccontent.json", ["Balad'âne"]),
        ("overpass/POI_OSM.json", ["Grande Tête de l'Obiou", "Le Rocher Rond"]),
        ("wikivoyage/listings.csv", ["Mori Art Museum"]),
    ],
)  # fmt: skip
def test_real_exports_are_known_by_what_stands_in_them(
    shared: Path, file: str, names: list[str]
) -> None:
    """Whatever they are called; every place has a position and a name its source knows it by."""
    rows = rows_of(shared / "tourism" / file)
    found = {row.fields.get("name") for row in rows}
    assert found.issuperset(names)
    named = [row for row in rows if row.fields.get("name")]
    assert all(row.point is not None and row.fields["source_id"] for row in named)
    assert not [row.refusal for row in named if row.refusal]


OBJECT = "30-0075b425-3bee-3e37-ae93-5f5a5535d1b2.json"
JSON = [f"datatourisme/objects/0/00/{OBJECT}", "apidae/a_poi.json", "geotrek/poi.json",
        "tourinsoft/tourinsoftContent.json", "overpass/POI_OSM.json"]  # fmt: skip


def in_lists(value: Any) -> Any:
    """Put each text of JSON in a list, as JSON-LD may."""
    if isinstance(value, dict):
        return {key: in_lists(one) for key, one in value.items()}
    if isinstance(value, list):
        return [in_lists(one) for one in value]
    return [value] if isinstance(value, str) else value


@pytest.mark.shared
@pytest.mark.parametrize("file", JSON)
def test_lists_encodings_and_objects_without_their_answer_change_nothing(
    shared: Path, tmp_path: Path, file: str
) -> None:
    """The same places come from every way to write them down."""
    text = (shared / "tourism" / file).read_text(encoding="utf-8")
    expected = [(row.point, row.fields.get("name")) for row in rows_of(shared / "tourism" / file)]
    (tmp_path / "le.json").write_bytes(text.encode("utf-16-le"))
    written(tmp_path, "lists.json", in_lists(json.loads(text)))
    document = json.loads(text)
    within = document.get("d", document)
    objects = next((within[key] for key in ("objetsTouristiques", "results") if key in within), [])
    written(tmp_path, "array.json", objects if len(objects) else document)
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(text.encode("utf-8-sig")))
    written(tmp_path, "pages.json", [document])
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("export/objects.JSON", text)
    for name in ("le.json", "lists.json", "array.json", "packed.json.gz", "pages.json",
                 "export.zip"):  # fmt: skip
        found = rows_of(tmp_path / name)
        assert [(row.point, row.fields.get("name")) for row in found] == expected, name


def strange(value: Any, stand_in: Any) -> Iterator[Any]:
    """Yield JSON with something else where one of its values stood, for each of them."""
    items = value.items() if isinstance(value, dict) else enumerate(value[:2])
    for key, one in items:
        whole = value.copy()
        whole[key] = stand_in
        yield whole
        if isinstance(one, dict | list):
            for part in strange(one, stand_in):
                whole = value.copy()
                whole[key] = part
                yield whole


@pytest.mark.shared
@pytest.mark.parametrize("file", JSON)
@pytest.mark.parametrize("stand_in", [None, "x", ["x"], {"a": "b"}])
def test_whatever_stands_where_something_else_is_due(
    shared: Path, tmp_path: Path, file: str, stand_in: Any
) -> None:
    """A place is read without it or refused, and the others are read."""
    document = json.loads((shared / "tourism" / file).read_text(encoding="utf-8"))
    for value in strange(document, stand_in):
        found = listings(written(tmp_path, "a.json", value), TODAY, "FR")
        assert all(one.row(THEMES).line for one in found or ())


@pytest.mark.shared
@pytest.mark.parametrize("file", ["datatourisme/places.csv", "wikivoyage/listings.csv"])
def test_tables_are_known_however_they_are_written(shared: Path, tmp_path: Path, file: str) -> None:
    """Quotes, semicolons, columns in another order, UTF-16 without its mark, in a zip."""
    text = (shared / "tourism" / file).read_text(encoding="utf-8")
    expected = [(row.point, row.fields.get("name")) for row in rows_of(shared / "tourism" / file)]
    table = [row[::-1] for row in csv.reader(io.StringIO(text))]
    with (tmp_path / "table.csv").open("w", encoding="utf-16-le", newline="") as stream:
        csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    with zipfile.ZipFile(tmp_path / "table.zip", "w") as archive:
        archive.writestr("place.csv", text)
    for name in ("table.csv", "table.zip"):
        found = rows_of(tmp_path / name)
        assert [(row.point, row.fields.get("name")) for row in found] == expected, name


@pytest.mark.parametrize(
    "identity",
    [{"id": "node/12"}, {"id": "n12"}, {"properties": {"@id": "node/12"}},
     {"properties": {"full_id": "n12"}}, {"properties": {"osm_type": "node", "osm_id": "12"}}],
)  # fmt: skip
def test_elements_are_known_by_every_way_to_name_them(
    tmp_path: Path, identity: dict[str, Any]
) -> None:
    """Overpass turbo, osmium and QGIS write the type and number of an element each in its way."""
    point = {"type": "Point", "coordinates": [2.8, 50.4]}
    tags = {"name": "Tour", "historic": "tower", **identity.get("properties", {})}
    feature = {"type": "Feature", "geometry": point, **identity, "properties": tags}
    path = written(tmp_path, "a.geojson", {"type": "FeatureCollection", "features": [feature]})
    assert rows_of(path)[0].fields["source_id"] == "osm:node/12"


def test_hours_that_have_run_out_or_contradict_their_words_stay_unknown(tmp_path: Path) -> None:
    """Somebody looks at both; nobody is sent to a closed door."""

    def poi(**where: Any) -> dict[str, Any]:
        geo = {"schema:latitude": "50.43", "schema:longitude": "2.83"}
        return {
            "@id": "https://data.datatourisme.fr/1/a", "@type": ["Museum", "PointOfInterest"],
            "rdfs:label": {"fr": ["Musée"]},
            "isLocatedAt": [{"schema:geo": geo, "schema:openingHoursSpecification": [where]}],
        }  # fmt: skip

    spec = {"schema:opens": "10:00:00", "schema:closes": "18:00:00",
            "schema:dayOfWeek": [{"@id": "schema:Tuesday"}],
            "schema:validFrom": "2026-04-01", "schema:validThrough": "2026-10-31"}  # fmt: skip
    (valid,) = rows_of(written(tmp_path, "a.json", poi(**spec)))
    assert valid.fields["opening_hours"] == "2026 Apr 01-2026 Oct 31 Tu 10:00-18:00"
    assert (valid.fields["kind"], valid.fields["themes"]) == ("museum", ["culture"])
    past = spec | {"schema:validThrough": "2025-01-01"}
    (over,) = rows_of(written(tmp_path, "b.json", poi(**past)))
    assert "opening_hours" not in over.fields
    assert "2025-01-01" in over.doubts[0]
    said = {"additionalInformation": {"fr": ["Fermé le mardi"]}}
    (torn,) = rows_of(written(tmp_path, "c.json", poi(**spec | said)))
    assert "opening_hours" not in torn.fields
    assert torn.fields["notes"] == "Fermé le mardi"
    assert "Tu 10:00-18:00" in torn.doubts[0]


def test_days_without_times_leave_the_hours_unknown(tmp_path: Path) -> None:
    """A season is no promise that a door is open at night."""
    document = {
        "objetsTouristiques": [
            {"id": 1, "nom": {"libelleFr": "Lac"},
             "localisation": {"geolocalisation": {"geoJson": {"coordinates": [2.8, 50.4]}}},
             "ouverture": {"periodeEnClair": {"libelleFr": "Du 01/05 au 31/10."}}}
        ]
    }  # fmt: skip
    (row,) = rows_of(written(tmp_path, "a.json", document))
    assert "opening_hours" not in row.fields
    assert row.fields["notes"] == "Du 01/05 au 31/10."


def test_a_map_of_my_maps_and_an_area_of_the_map_become_points(tmp_path: Path) -> None:
    """The point of an area lies in it, also where its middle does not."""
    kml = (
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        "<name>Musée d’ici</name><description><![CDATA[Un <b>beau</b> musée]]></description>"
        "<Point><coordinates>2.8,50.4,0</coordinates></Point></Placemark></Document></kml>"
    )
    (mark,) = rows_of(written(tmp_path, "a.kml", kml))
    assert (mark.fields["name"], mark.fields["description_fr"]) == ("Musée d’ici", "Un beau musée")
    assert mark.point == (2.8, 50.4)
    ring = [[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3], [0, 0]]
    area = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": "way/9", "properties": {"name": "U"},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}
        ],
    }  # fmt: skip
    (shape,) = rows_of(written(tmp_path, "a.geojson", area))
    assert shape.point is not None
    assert not (1 < shape.point.lon < 2 and shape.point.lat > 1)


def test_an_update_finds_its_places_and_leaves_alone_what_a_person_edited(tmp_path: Path) -> None:
    """By the name their source knows them by; the rest follows the source."""
    catalogue = written(
        tmp_path, "mine.geojson",
        {"type": "FeatureCollection", "features": [],
         "lens_routes": {"title": "T", "timezone": "Europe/Paris", "country": "FR"}},
    )  # fmt: skip

    def overpass(**tags: str) -> Path:
        one = {"type": "node", "id": 1, "lat": 50.4, "lon": 2.8, "tags": tags}
        return written(tmp_path, "map.json", {"elements": [one]})

    def taken(path: Path) -> tuple[list[str], dict[str, Any], tuple[str, ...]]:
        sheet, brought = open_sheet(catalogue), brought_into(catalogue)
        rows = rows_of(path)
        changes = apply_rows(sheet, brought.guarded(sheet, rows))
        sheet.save()
        brought.take(rows)
        (feature,) = sheet.values()
        return [change.state for change in changes], feature["properties"], changes[0].said

    assert taken(overpass(name="Musée", tourism="museum", website="http://a.fr"))[0] == ["added"]
    sheet = open_sheet(catalogue)
    sheet.set_property(0, "name", "Le musée")
    sheet.save()
    states, properties, remarks = taken(
        overpass(name="Musee", tourism="museum", website="http://b.fr")
    )
    assert states == ["changed"]
    assert (properties["name"], properties["website"]) == ("Le musée", "http://b.fr")
    assert any("name" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.json", '{"elements": [{"type": "node"', "not JSON"),
        ("a.kml", '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>', "not XML"),
        ("index.json", '[{"file": "../../etc/passwd"}]', "outside its folder"),
    ],
)
def test_files_that_break_off_or_point_elsewhere_are_named(
    tmp_path: Path, name: str, text: str, what: str
) -> None:
    """Nothing is read half, nor from where it should not be."""
    with pytest.raises(BadInputError, match=what):
        listings(written(tmp_path, name, text), TODAY, "FR")


def test_a_gzip_that_breaks_off_is_named(tmp_path: Path) -> None:
    """As a zip is."""
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"{}" * 1000)[:20])
    with pytest.raises(BadInputError, match="breaks off"):
        listings(tmp_path / "cut.json.gz", TODAY, "FR")


def test_a_zip_of_the_flux_is_read_like_its_folder(tmp_path: Path) -> None:
    """As the platform hands it out."""
    geo = {"schema:latitude": "1", "schema:longitude": "2"}
    poi = {
        "@id": "https://data.datatourisme.fr/1/a",
        "@type": ["Park"],
        "rdfs:label": {"fr": ["P"]},
        "isLocatedAt": [{"schema:geo": geo}],
    }
    with zipfile.ZipFile(tmp_path / "flux.zip", "w") as archive:
        archive.writestr("index.json", "[]")
        archive.writestr("objects/0/a.json", json.dumps(poi))
    (row,) = rows_of(tmp_path / "flux.zip")
    assert (row.fields["name"], row.fields["source_id"]) == ("P", "datatourisme:a")


def test_a_zip_that_is_broken_is_named_whatever_is_broken_in_it(tmp_path: Path) -> None:
    """Cut, turned over at any byte, or holding a broken object: refused or read, no more."""
    with zipfile.ZipFile(tmp_path / "whole.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", "type,title,lat,lon\n" * 20)
        archive.writestr("objects/0/a.json", json.dumps({"@id": "a"}))
    whole = (tmp_path / "whole.zip").read_bytes()
    broken = [whole[: len(whole) // 2]]
    broken += [
        whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(4, len(whole))
    ]
    messages = []
    for data in broken:
        (tmp_path / "broken.zip").write_bytes(data)
        try:
            listings(tmp_path / "broken.zip", TODAY, "FR")
        except BadInputError as error:
            messages.append(error.message)
    assert all("broken.zip" in message for message in messages)
    assert len(messages) > len(broken) / 3


def test_no_zip_in_a_zip_and_no_broken_object_is_followed(tmp_path: Path) -> None:
    """A table that is a zip itself is none; an object of a flux that breaks off is named."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("table.csv", "a")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("table.csv", inner.getvalue())
    assert not listings(tmp_path / "outer.zip", TODAY, "FR")
    (tmp_path / "flux").mkdir()
    (tmp_path / "flux" / "a.json").write_text('{"@id": ')
    with pytest.raises(BadInputError, match=r"a\.json is not JSON"):
        listings(tmp_path / "flux", TODAY, "FR")
