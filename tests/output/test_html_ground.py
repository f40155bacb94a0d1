"""The base map in a page: all of it where it fits, the nearest and largest where it does not."""

from __future__ import annotations

import json

import pytest
from tests.output.maps import saved, streets, town

from lens_routes.geo import Point
from lens_routes.output.html.ground import DETAILS, ground
from lens_routes.output.html.page import MOST_GROUND_OCTETS, MOST_OCTETS, dumps
from lens_routes.output.html.tour import surroundings, walked
from lens_routes.plan.basemap import BaseMap, Ground, MapArea, MapLine, Way

PLENTY = 10**9


def test_all_is_drawn_where_it_fits() -> None:
    """Every line and area of a day's surroundings is there, the names said once."""
    base = town(saved())
    data = ground(base, walked(saved()), MOST_OCTETS)
    assert sum(len(group["at"]) for group in data["lines"].values()) == len(base.lines)
    assert [area[0] for area in data["areas"]] == ["water", "green"]
    assert [len(area) - 2 for area in data["areas"]] == [2, 1]
    assert len(data["names"]) == len(set(data["names"]))


def test_lines_keep_their_names() -> None:
    """A line's number leads to its name; a railway's name is not told."""
    base = town(saved())
    data = ground(base, [], PLENTY)
    for way in Way:
        group = data["lines"][way.value]
        shown = [data["names"][number] for number in group["name"]]
        wanted = [line.name for line in base.lines if line.way is way]
        assert shown == ([""] * len(wanted) if way is Way.RAILWAY else wanted)


@pytest.mark.parametrize("most", [200_000, 50_000, 20_000, 5_000, 300])
def test_a_large_map_is_thinned_until_it_fits(most: int) -> None:
    """However small the room, the map fits; main roads stay longest."""
    base = streets((2.0, 50.0, 3.0, 51.0), across=250)
    data = ground(base, walked(saved()), most)
    assert len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()) <= most
    if data["lines"]:
        assert Way.MAIN_ROAD.value in data["lines"]


def test_paths_stay_near_the_tour() -> None:
    """Thinned, a map has the paths where people walk, and not those far away."""
    here = walked(saved())[0]
    near = MapLine(Way.PATH, (here, Point(here.lon + 0.001, here.lat)))
    far = [
        MapLine(Way.PATH, (Point(3 + n / 1000, 50.9), Point(3 + n / 1000, 50.91)))
        for n in range(2000)
    ]
    base = BaseMap((2, 50, 5, 51), (near, *far), (), "©")
    assert len(ground(base, [here], PLENTY)["lines"]["path"]["at"]) == 2001
    assert len(ground(base, [here], 20_000)["lines"]["path"]["at"]) == 1


def test_distant_roads_are_coarse_before_near_ones_go() -> None:
    """A road far from the tour gives up its bends so that the streets around it can stay."""
    here = walked(saved())[0]
    bends = [(n % 2 * 1e-4, n * 3e-4) for n in range(40)]
    near = MapLine(Way.STREET, tuple(Point(here.lon + x, here.lat + y) for x, y in bends))
    far = [
        MapLine(Way.MAIN_ROAD, tuple(Point(3 + k / 100 + x, 50.9 + y) for x, y in bends))
        for k in range(200)
    ]
    base = BaseMap((2, 50, 5, 51), (near, *far), (), "©")
    full, tight = (ground(base, [here], most)["lines"] for most in (PLENTY, 20_000))
    assert tight["street"]["at"] == full["street"]["at"]
    assert len(tight["main-road"]["at"][0]) < len(full["main-road"]["at"][0])


def test_small_areas_go_first() -> None:
    """Thinned, a lake stays and a pond goes."""

    def square(side: float) -> tuple[Point, ...]:
        return tuple(
            Point(2.8 + side * x, 50.4 + side * y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 0))
        )

    areas = [MapArea(Ground.WATER, (square(0.0001),)) for _ in range(2000)]
    base = BaseMap((2, 50, 3, 51), (), (MapArea(Ground.WATER, (square(0.05),)), *areas), "©")
    assert len(ground(base, [], 20_000)["areas"]) == 1


def test_the_last_resort_is_an_empty_map() -> None:
    """The details go from all there is to nothing, so that something always fits."""
    assert DETAILS[0].everywhere == frozenset(Way)
    assert not DETAILS[-1].everywhere
    assert not DETAILS[-1].near_m


def test_a_page_of_a_whole_county_stays_light() -> None:
    """Streets for 100 km around, as for days by train: a phone can draw what is left of them."""
    west, south, east, north = surroundings(saved())
    base = streets((west - 0.7, south - 0.5, east + 0.7, north + 0.5), across=420)
    page = dumps(saved(), base)
    assert MOST_GROUND_OCTETS / 2 < len(page) - len(dumps(saved())) <= MOST_GROUND_OCTETS + 100
    assert base.lines[0].name.encode() in page
