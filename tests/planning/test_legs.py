"""Legs as they are told: what is closed when one passes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.streets.small_maps import BUILT
from tests.streets.test_ways_used import JUNE, NODES, ROUND, A, B, way

from lens_routes.plan.grade import Grade
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.travel.legs import route
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.travel.foot.walk import Walk
from lens_routes.travel.tables.table import NO_FIT
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from pathlib import Path


def test_a_leg_names_what_is_closed_when_one_passes(tmp_path: Path) -> None:
    """A way of a tour is planned for any hour; a gate shut at that of the leg is named with it."""
    passage = way(13, [1, 3], "highway=footway|name=Passage|opening_hours=Mo-Su 08:00-12:00")
    file = tmp_path / "map.osm"
    file.write_text(f"<osm version='0.6'>{NODES}{passage}{ROUND}</osm>", encoding="utf-8")
    walking = Walking(compile_network(read(file), built=BUILT), (), NO_FIT)
    ends = Waypoint("A", *A), Waypoint("B", *B)
    traced = route(walking, *ends, Walk(500.0, Grade.TABLE), 4.5)
    assert traced.leg(JUNE).shut is None
    shut = traced.leg(JUNE + dt.timedelta(hours=3)).shut
    assert str(shut) == "Passage (the map says: Mo-Su 08:00-12:00)"
