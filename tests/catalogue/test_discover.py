"""A draft made of the map: what is taken, what is one thing, what it is worth, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lens_routes.catalogue.discover.draft import draft
from lens_routes.catalogue.discover.element import Element, of_answer, of_file
from lens_routes.geo import Point

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.catalogue.exchange.changes import Row

NOTED = {"wikidata": "Q1", "wikipedia": "fr:X"}


def thing(number: int, name: str, east_m: float = 0, **tags: str) -> Element:
    return Element(f"node/{number}", {"name": name, **tags}, Point(2.8 + east_m / 70_900, 50.43))


def rows(*elements: Element, everything: bool = False) -> dict[str, Row]:
    found = draft(elements, [], "FR", everything=everything)
    return {row.fields["name"]: row for row in found}


def test_three_tiers() -> None:
    """A museum is a sight by its tag, a church by what is said of it, a school never.

    Where there are too few for a day, churches nobody speaks of make up the number.
    """
    others = [thing(n, f"Tour {n}", n * 2000, historic="tower") for n in range(10, 21)]
    things = (
        thing(1, "Musée A", tourism="museum"),
        thing(2, "Saint-B", 2000, amenity="place_of_worship"),
        thing(3, "Saint-C", 4000, amenity="place_of_worship", wikidata="Q3"),
        thing(4, "École D", 6000, amenity="school", wikidata="Q4"),
        thing(5, "Villa E", 8000, building="yes", website="https://e.example", fee="yes"),
    )
    named = {f"Tour {n}" for n in range(10, 21)}
    assert set(rows(*things, *others)) - named == {"Musée A", "Saint-C"}
    assert set(rows(*things)) == {"Musée A", "Saint-B", "Saint-C"}
    assert set(rows(*things, everything=True)) == {"Musée A", "Saint-B", "Saint-C", "Villa E"}


def test_one_thing_mapped_twice_is_one_place() -> None:
    """By its Wikidata item or its name near by; numbers tell pits and heaps apart."""
    found = rows(
        thing(1, "Fort Antoine", historic="fort", wheelchair="no"),
        thing(2, "Fort Antoine", 100, building="yes", website="https://fort.example"),
        thing(3, "Zoo", 3000, tourism="zoo", wikidata="Q9"),
        thing(4, "Jardin animalier", 3400, leisure="garden", wikidata="Q9"),
        thing(5, "Fosse 11", 6000, historic="mine"),
        thing(6, "Fosse 12", 6100, historic="mine"),
    )
    assert set(found) == {"Fort Antoine", "Zoo", "Fosse 11", "Fosse 12"}
    assert found["Fort Antoine"].fields["website"] == "https://fort.example"


def test_what_is_inside_a_larger_sight_is_its_part() -> None:
    """A cave in a garden one visits; not the museum beside it, which is worth more."""
    shapely = pytest.importorskip("shapely")
    garden = Element(
        "way/1",
        {"name": "Jardin exotique", "leisure": "garden", **NOTED},
        Point(2.8, 50.43),
        shapely.box(2.799, 50.429, 2.801, 50.431),
    )
    found = rows(
        garden,
        thing(2, "Grotte", natural="cave_entrance"),
        thing(3, "Musée national", 10, tourism="museum", **{**NOTED, "wikidata": "Q2"}),
    )
    assert found["Jardin exotique"].fields["parts"] == ["Grotte"]
    assert "Musée national" in found


def test_interest_is_a_guess_with_its_reasons() -> None:
    """The more speaks for a sight the higher its rank; a station is none."""
    things = [thing(n, f"Musée {n}", n * 2000, tourism="museum") for n in range(1, 20)]
    best = thing(20, "Louvre", 50_000, tourism="museum", heritage="1", fee="yes", **NOTED)
    gare = thing(21, "Gare", 50_900, railway="station")
    found = rows(*things, best, gare)
    assert found["Louvre"].fields["interest"] == 5
    assert found["Louvre"].fields["guessed"] == ["tag", "wikidata", "wikipedia", "heritage", "fee"]
    assert {found[f"Musée {n}"].fields["interest"] for n in range(1, 20)} == {2}
    assert found["Gare"].fields["tourable"] is False


def test_hours_that_cannot_be_read_stay_unknown() -> None:
    """What the map says of a sight is taken over only where it can be read."""
    found = rows(
        thing(1, "A", tourism="museum", opening_hours="Tu-Su 10:00-18:00", fee="8 €"),
        thing(2, "B", 2000, tourism="museum", opening_hours="on request", wheelchair="limited"),
    )
    assert found["A"].fields["opening_hours"] == "Tu-Su 10:00-18:00"
    assert "fee" not in found["A"].fields
    assert "opening_hours" not in found["B"].fields
    assert found["B"].fields["wheelchair"] == "limited"


def test_an_answer_of_a_server_holds_areas() -> None:
    """Ways by their nodes, relations by their ways; a point on each, and what they enclose."""
    corners = [(2.79, 50.42), (2.81, 50.42), (2.81, 50.44), (2.79, 50.44)]
    answer = [
        *({"type": "node", "id": n, "lon": x, "lat": y} for n, (x, y) in enumerate(corners)),
        {"type": "way", "id": 7, "nodes": [0, 1, 2, 3, 0], "tags": {"name": "Parc"}},
        {"type": "way", "id": 8, "nodes": [0, 1, 2]},
        {"type": "way", "id": 9, "nodes": [2, 3, 0]},
        {"type": "relation", "id": 5, "tags": {"name": "Bois"},
         "members": [{"type": "way", "ref": way, "role": "outer"} for way in (8, 9)]},
        {"type": "node", "id": 99, "lon": 2.8, "lat": 50.43, "tags": {"name": "Puits"}},
    ]  # fmt: skip
    found = {one.id: one for one in of_answer(answer)}
    assert set(found) == {"way/7", "relation/5", "node/99"}
    for area in (found["way/7"].area, found["relation/5"].area):
        assert area is not None
        assert area.bounds == (2.79, 50.42, 2.81, 50.44)
    assert found["node/99"].point == Point(2.8, 50.43)


def test_of_an_answer_what_cannot_be_placed_is_left_out() -> None:
    """A way without its nodes, a node without a position, what is no element."""
    tags = {"name": "A", "tourism": "museum"}
    answer: list[object] = [
        17,
        {"type": "node", "id": 1, "tags": tags},
        {"type": "node", "id": 2, "lat": "x", "lon": None, "tags": tags},
        {"type": "node", "id": 3, "lat": 50.4, "lon": 2.8, "tags": {"name": ["A"]}},
        {"type": "way", "id": 4, "nodes": [901, 902], "tags": tags},
        {"type": "relation", "id": 5, "members": [None, {"type": "way"}], "tags": tags},
        {"type": "node", "id": 6, "lat": 50.4, "lon": 2.8, "tags": {**tags, "ele": 7}},
    ]
    assert [(one.id, one.tags) for one in of_answer(answer)] == [("node/6", tags)]


def test_names_of_other_languages() -> None:
    """Those spoken there and those of the program come along; ids are made of any script."""
    temple = Element(
        "way/1",
        {"name": "浅草寺", "name:en": "Sensō-ji", "name:fr": "Senso-ji", "name:ja": "浅草寺",
         "name:ru": "Сэнсо-дзи", "historic": "monument"},
        Point(139.797, 35.715),
    )  # fmt: skip
    (row,) = draft([temple], [], "JP")
    assert row.fields["names"] == {"en": "Sensō-ji", "fr": "Senso-ji"}
    assert row.fields["name_en"] == "Sensō-ji"


def test_of_one_kind_side_by_side_the_better_has_the_others() -> None:
    """A longer name has the shorter; a museum nothing speaks for is a room of that beside it."""
    found = rows(
        thing(1, "CMCF Oignies", tourism="museum"),
        thing(2, "Centre Denis Papin - CMCF Oignies", 150, tourism="museum"),
        thing(3, "Musée de la Chartreuse", 3000, tourism="museum"),
        thing(4, "Photothèque", 3060, tourism="museum"),
        thing(5, "Photothèque lointaine", 3400, tourism="museum"),
    )
    assert set(found) == {
        "Centre Denis Papin - CMCF Oignies", "Musée de la Chartreuse", "Photothèque lointaine"
    }  # fmt: skip
    assert found["Musée de la Chartreuse"].fields["parts"] == ["Photothèque"]


def test_a_station_no_sight_is_near_is_no_start() -> None:
    """From the others one walks to a sight."""
    found = rows(
        thing(1, "Musée A", tourism="museum"),
        thing(2, "Gare A", 1000, railway="station"),
        thing(3, "Gare B", 9000, railway="station"),
    )
    assert set(found) == {"Musée A", "Gare A"}


def test_an_item_of_wikidata_is_little_where_each_thing_has_one() -> None:
    """Streets and statues have to be written of; a square, drawn as an area, has not."""
    shapely = pytest.importorskip("shapely")
    area = shapely.box(2.799, 50.4295, 2.8005, 50.4305)
    others = [thing(n, f"Tour {n}", n * 2000, historic="tower") for n in range(10, 22)]
    square = thing(3, "Place C", 4000, highway="pedestrian", wikidata="Q3")
    found = rows(
        *others,
        thing(1, "Rue A", highway="pedestrian", wikidata="Q1"),
        thing(2, "Rue B", 2000, highway="pedestrian", **NOTED),
        Element(square.id, square.tags, square.point, area),
        thing(4, "Statue D", 6000, tourism="artwork", wikidata="Q4"),
    )
    assert {name for name in found if not name.startswith("Tour")} == {"Rue B", "Place C"}


def test_a_park_is_as_large_as_its_paths_where_it_is_a_point(tmp_path: Path) -> None:
    """Kilometres of paths around it make a sight of it; a way cut at the edge is left out."""
    osmium = pytest.importorskip("osmium")
    file = tmp_path / "parks.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        node, way = osmium.osm.mutable.Node, osmium.osm.mutable.Way
        park = {"leisure": "park"}
        writer.add_node(node(id=1, location=(2.8, 50.43), tags={"name": "Grand parc", **park}))
        writer.add_node(node(id=2, location=(2.9, 50.43), tags={"name": "Square", **park}))
        for row in range(10):
            north = 50.4295 + row / 10_000
            for column in range(5):
                identity = 10 + 5 * row + column
                writer.add_node(node(id=identity, location=(2.7980 + column / 1000, north)))
        for row in range(10):
            nodes = [10 + 5 * row + column for column in range(5)]
            writer.add_way(way(id=row + 1, nodes=nodes, tags={"highway": "path"}))
        cut = {"name": "Rue coupée", "highway": "pedestrian"}
        writer.add_way(way(id=99, nodes=[10, 990, 991], tags=cut))
    elements = of_file(file)
    sizes = {one.tags["name"]: one.hectares for one in elements}
    assert sizes == {"Grand parc": pytest.approx(11.3, abs=0.2), "Square": 0}
    others = [thing(n, f"Tour {n}", n * 2000, historic="tower") for n in range(100, 112)]
    found = rows(*elements, *others)
    assert "Square" not in found
    assert found["Grand parc"].fields["guessed"] == ["tag", "size"]
