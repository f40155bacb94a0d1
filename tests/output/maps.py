"""What pages with a map are tested with: a ground to draw on, and a day with a train in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tests.output.golden_files import GOLDEN

from lens_routes.geo import Point
from lens_routes.output.html.tour import surroundings
from lens_routes.plan.basemap import BaseMap, Ground, MapArea, MapLine, Way
from lens_routes.plan.document import read
from lens_routes.plan.leg import Leg

if TYPE_CHECKING:
    from collections.abc import Collection

    from lens_routes.plan.plan import Plan


@cache
def saved() -> Plan:
    return read(GOLDEN / "day.json")


def streets(
    bounds: tuple[float, float, float, float],
    _ways: Collection[Way] = (),
    *,
    across: int = 12,
) -> BaseMap:
    """Return a town of straight streets in a box, with a pond, an island in it, and a park."""
    west, south, east, north = bounds
    lon, lat = (east - west) / across, (north - south) / across
    kinds = list(Way)
    lines = [
        MapLine(
            kinds[n % len(kinds)],
            tuple(Point(west + n * lon, south + i * lat) for i in range(across + 1)),
            f"Rue n° {n}",
        )
        for n in range(across)
    ] + [
        MapLine(Way.STREET, (Point(west, south + n * lat), Point(east, south + n * lat)))
        for n in range(across)
    ]

    def square(column: float, row: float, side: float) -> tuple[Point, ...]:
        corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        return tuple(
            Point(west + (column + side * x) * lon, south + (row + side * y) * lat)
            for x, y in corners
        )

    areas = (
        MapArea(Ground.WATER, (square(1, 1, 2), square(1.5, 1.5, 0.5)), "Étang"),
        MapArea(Ground.GREEN, (square(7, 7, 3),), "Parc </script>"),
    )
    return BaseMap(bounds, tuple(lines), areas, "© OpenStreetMap contributors")


def town(plan: Plan) -> BaseMap:
    return streets(surroundings(plan))


def two_days(plan: Plan) -> Plan:
    return replace(plan, days=plan.days * 2)


def with_train(plan: Plan) -> Plan:
    """Return the plan with its second leg made by train: a walk, a ride, a walk."""
    day = plan.days[0]
    leg = day.legs[1]
    line = leg.geometry or ()
    board, alight = leg.depart + dt.timedelta(minutes=5), leg.arrive - dt.timedelta(minutes=5)
    ride = {
        "line": "C51",
        "headsign": "Lille Flandres",
        "from_stop": "Sallaumines",
        "to_stop": "Lens",
        "depart": board.isoformat(),
        "arrive": alight.isoformat(),
        "from_platform": "2",
        "to_platform": None,
        "route_type": 2,
        "colour": "0749FF",
        "stops_between": 1,
        "next": {"depart": (board + dt.timedelta(hours=1)).isoformat()},
        "last": {"depart": (board + dt.timedelta(hours=9)).isoformat()},
    }
    first, second, third = line[:3], line[2:5], line[4:]
    walk = replace(leg, geometry=None, steps=())
    parts = (
        replace(walk, destination="Sallaumines", arrive=board, distance_m=length_m(first)),
        Leg("Sallaumines", "Lens", board, alight, 0, 0, leg.source, mode="transit"),
        replace(walk, origin="Lens", depart=alight, distance_m=length_m(third)),
    )
    ridden = replace(
        leg,
        mode="transit",
        geometry=(*first, *second, *third),
        steps=(*day.legs[0].steps, *leg.steps),
        rides=(ride,),
        parts=parts,
    )
    legs = (day.legs[0], ridden, *day.legs[2:])
    return replace(plan, days=(replace(day, legs=legs),))


def length_m(points: tuple[Point, ...]) -> float:
    from itertools import pairwise

    from lens_routes.geo import distance_m

    return sum(distance_m(a, b) for a, b in pairwise(points))
