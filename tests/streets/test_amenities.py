"""What travellers need: which tags say so, what is near, and what one passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from lens_routes.errors import UsageError
from lens_routes.geo import Point
from lens_routes.plan.amenity import Need, needs_called
from lens_routes.streets.around.amenities import along, near
from lens_routes.streets.build.amenities.reader import AmenityCollector
from lens_routes.streets.build.amenities.tags import needs_met
from lens_routes.streets.build.osm_file import read

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.streets.network.amenities import Amenities


@pytest.mark.parametrize(
    ("tags", "needs"),
    [
        ({"amenity": "drinking_water"}, [Need.WATER]),
        ({"amenity": "fountain"}, []),
        ({"amenity": "fountain", "drinking_water": "yes"}, [Need.WATER]),
        ({"man_made": "water_tap"}, []),
        ({"man_made": "water_tap", "drinking_water": "yes"}, [Need.WATER]),
        ({"amenity": "water_point", "drinking_water": "no"}, []),
        ({"amenity": "toilets", "access": "private"}, []),
        ({"amenity": "restaurant", "toilets": "yes"}, [Need.RESTAURANT, Need.TOILETS]),
        ({"amenity": "cafe", "toilets": "yes", "toilets:access": "private"}, [Need.CAFE]),
        ({"tourism": "museum", "toilets": "yes"}, [Need.TOILETS]),
        ({"building": "yes", "drinking_water": "no"}, []),
        ({"shop": "bicycle"}, [Need.BIKE_REPAIR]),
        ({"shop": "bicycle", "service:bicycle:repair": "no"}, []),
        ({"amenity": "parking", "access": "private"}, []),
        ({"highway": "bus_stop", "name": "Mairie"}, [Need.STOP]),
        ({"highway": "footway"}, []),
    ],
)
def test_what_tags_are_good_for(tags: dict[str, str], needs: list[Need]) -> None:
    """Also what other things offer beside; never what is shut to those who pass."""
    assert needs_met(tags) == needs


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("toilets", (Need.TOILETS,)),
        ("Toilettes", (Need.TOILETS,)),
        ("WC", (Need.TOILETS,)),
        ("eau potable", (Need.WATER,)),
        ("cafés", (Need.CAFE,)),
        ("boulangerie", (Need.BAKERY,)),
        ("bike rack", (Need.BIKE_RACK,)),
        ("lunch", (Need.RESTAURANT, Need.CAFE)),
    ],
)
def test_needs_are_named_in_either_language(words: str, needs: tuple[Need, ...]) -> None:
    """Whatever the language in use, with or without accents, one or many."""
    assert needs_called(words) == needs


def test_what_nobody_knows_is_refused() -> None:
    """The names there are stand in the hint."""
    with pytest.raises(UsageError) as refused:
        needs_called("happiness")
    assert "drinking water" in refused.value.hint


def collected() -> Amenities:
    """Return a tap at 2.800, toilets at 2.810 and 2.8101, and a café that is a house, at 2.820."""
    collector = AmenityCollector()
    collector.add_node(1, {"amenity": "toilets", "name": "Parc"}, 28100000, 504000000)
    collector.add_node(2, {"amenity": "drinking_water"}, 28000000, 504001000)
    collector.add_node(3, {"amenity": "toilets", "wheelchair": "yes"}, 28101000, 504000000)
    collector.add_node(4, {"amenity": "post_box"}, 28000000, 504000000)
    hours = {"amenity": "cafe", "opening_hours": "Mo-Su 08:00-18:00", "name": "Chez Léon"}
    collector.add_way(9, hours, [11, 12, 13, 11])
    assert collector.node_ids().tolist() == [11, 12, 13]
    return collector.assemble(
        np.array([11, 12, 13]),
        np.array([28200000, 28202000, 28201000], dtype=np.int32),
        np.array([504000000, 504000000, 504003000], dtype=np.int32),
        None,
    )


def test_points_and_houses_are_kept() -> None:
    """From west to east, a house at its middle, with name, hours and what wheelchairs find."""
    kept = collected()
    kinds = [kept[i].kind for i in range(len(kept))]
    assert kinds == ["water", "toilets", "toilets", "cafe"]
    assert kept[2].wheelchair == "yes"
    cafe = kept[3]
    assert (cafe.name, cafe.hours) == ("Chez Léon", "Mo-Su 08:00-18:00")
    assert (cafe.lon, cafe.lat) == pytest.approx((2.8201, 50.4001))
    assert kept.counts()[Need.TOILETS] == 2


def test_a_box_keeps_what_lies_in_it() -> None:
    """An import clipped to a box has nothing from outside."""
    collector = AmenityCollector()
    for i, lon_e7 in enumerate((28000000, 29000000)):
        collector.add_node(i, {"amenity": "bench"}, lon_e7, 504000000)
    empty = np.zeros(0, dtype=np.int32)
    kept = collector.assemble(np.zeros(0, dtype=np.int64), empty, empty, (2.75, 50.3, 2.85, 50.5))
    assert [kept[i].lon for i in range(len(kept))] == [2.8]


def test_a_multipolygon_is_kept_at_its_middle(tmp_path: Path) -> None:
    """A car park drawn as a relation counts, its hole and ways that are not there aside."""
    corners = [(2.8, 50.4), (2.802, 50.4), (2.802, 50.402), (2.8, 50.402)]
    nodes = "".join(
        f"<node id='{n}' version='1' lon='{lon}' lat='{lat}'/>"
        for n, (lon, lat) in enumerate(corners, 1)
    )

    def way(number: int, refs: tuple[int, ...], tags: str = "") -> str:
        return (
            f"<way id='{number}' version='1'>"
            + "".join(f"<nd ref='{ref}'/>" for ref in refs)
            + f"{tags}</way>"
        )

    file = tmp_path / "map.osm"
    file.write_text(
        f"<osm version='0.6'>{nodes}{way(5, (1, 2, 3))}{way(6, (3, 4, 1))}"
        + way(7, (1, 2), "<tag k='highway' v='residential'/>")
        + "<relation id='8' version='1'><member type='way' ref='5' role='outer'/>"
        "<member type='way' ref='6' role=''/><member type='way' ref='9' role='outer'/>"
        "<tag k='type' v='multipolygon'/><tag k='amenity' v='parking'/><tag k='name' v='Nord'/>"
        "</relation></osm>",
        encoding="utf-8",
    )
    kept = read(file).amenities
    assert [(kept[i].kind, kept[i].name) for i in range(len(kept))] == [("car-park", "Nord")]
    assert (kept[0].lon, kept[0].lat) == pytest.approx((2.801, 50.401))


def test_the_nearest_comes_first() -> None:
    """Within a circle, by the straight line, of the kinds asked for."""
    found = near(collected(), Point(2.8103, 50.4), 800, [Need.TOILETS, Need.WATER])
    assert [one.kind for one in found] == ["toilets", "toilets", "water"]
    assert found[0].distance_m == pytest.approx(14.2, abs=0.2)
    assert near(collected(), Point(2.8103, 50.4), 100, [Need.WATER]) == []


def test_what_one_passes_is_told_in_order_once() -> None:
    """Along a street: water first, then toilets once, though two stand side by side."""
    line = [Point(2.799, 50.4), Point(2.815, 50.4)]
    passed = along(collected(), line, [Need.TOILETS, Need.WATER])
    assert [(one.kind, one.name) for one in passed] == [("water", ""), ("toilets", "Parc")]
    assert passed[0].at_m == pytest.approx(70.9, abs=0.2)
    assert passed[0].distance_m == pytest.approx(11.1, abs=0.2)
    back = along(collected(), line[::-1], [Need.TOILETS, Need.WATER])
    assert [one.kind for one in back] == ["toilets", "water"]
