"""Check ways and journeys that another engine found, before anybody follows them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import ROUNDING_S, seconds_between
from lens_routes.judge.legs import check_line, check_rides_of, check_shares
from lens_routes.judge.shape import Fault
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.plan.waypoint import Waypoint

#: Nobody goes faster, km/h.
FASTEST_KMH = {"walk": 12.0, "bike": 45.0, "car": 150.0}
#: Timetables tell whole minutes.
SPARE_S = 60.0


def check_way(legs: Sequence[Mapping[str, Any]], points: Sequence[Waypoint]) -> list[Fault]:
    """Return what cannot be of the legs (documents) from each of some points to the next."""
    if len(legs) != len(points) - 1:
        return [Fault("legs", tr("do not lead from point to point"))]
    faults = check_journey(legs)
    for i, (leg, ends) in enumerate(zip(legs, pairwise(points), strict=True)):
        here, there = ({"name": at.name, "lon": at.lon, "lat": at.lat} for at in ends)
        faults += check_line(leg, here, there, f"legs[{i}]")
    return faults


def check_journey(legs: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """Return what cannot be of legs (documents) that follow each other, at any speeds."""
    if not legs:
        return [Fault("legs", tr("there is none"))]
    return [*_check_each(legs), *_check_order(legs)]


def _check_each(legs: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for i, leg in enumerate(legs):
        path = f"legs[{i}]"
        taken_s = seconds_between(leg["depart"], leg["arrive"])
        if taken_s < 0 or abs(taken_s - leg["duration_s"]) > ROUNDING_S:
            wrong = tr("{seconds} s, not by its times", seconds=leg["duration_s"])
            yield Fault(f"{path}.duration_s", wrong)
        if leg["mode"] == "transit":
            yield from check_rides_of(leg, path)
            continue
        yield from check_shares(leg, path)
        if leg["distance_m"] > (leg["duration_s"] + SPARE_S) * FASTEST_KMH[leg["mode"]] / 3.6:
            metres, seconds = leg["distance_m"], leg["duration_s"]
            fast = tr("{metres} m in {seconds} s", metres=metres, seconds=seconds)
            yield Fault(f"{path}.duration_s", fast)


def _check_order(legs: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for i, (one, then) in enumerate(pairwise(legs), 1):
        if seconds_between(one["arrive"], then["depart"]) < 0:
            early = tr(
                "{time} is before one is there, {clock}", time=then["depart"], clock=one["arrive"]
            )
            yield Fault(f"legs[{i}].depart", early)
