"""Check the ways by a vehicle of one's own: where it stands, how far and how fast one rides."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point, distance_m
from lens_routes.judge.asked import (
    ROUNDING_M,
    SAME_POSITION,
    seconds_between,
    shorter_than_straight,
)
from lens_routes.judge.shape import Fault
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: What nobody exceeds on average, nor falls below, km/h: pushing a bike, and town traffic.
_FASTEST_KMH = {"bike": 45.0, "car": 130.0}
_SLOWEST_KMH = 3.0
#: A cyclist is as fast as he says on the level and up to this much faster on smooth ground;
#: downhill up to twice as fast.
_SMOOTH, _DOWNHILL = 1.15, 2.3
_USUAL_KMH = 18.0
#: Who is so near the vehicle has no walk to it.
_THERE_M = 30.0


def check_driven(
    leg: Mapping[str, Any],
    ends: Sequence[Mapping[str, Any]],
    path: str,
    speed_kmh: float | None,
) -> Iterator[Fault]:
    """Yield every fault of a leg by a vehicle between two points of a day."""
    parts = leg.get("parts") or []
    rides = [part for part in parts if part["mode"] != "walk"]
    if [part["mode"] for part in rides] != [leg["mode"]] or len(parts) > 3:
        yield Fault(f"{path}.parts", tr("a walk to the vehicle, a ride and a walk from it at most"))
        return
    if leg["rides"]:
        yield Fault(f"{path}.rides", tr("nobody rides on a walk"))
    for before, after in pairwise(parts):
        if seconds_between(before["arrive"], after["depart"]):
            yield Fault(f"{path}.parts", tr("one part does not begin when the other ends"))
    times = (parts[0]["depart"], parts[-1]["arrive"])
    if any(
        seconds_between(a, b) for a, b in zip(times, (leg["depart"], leg["arrive"]), strict=True)
    ):
        yield Fault(f"{path}.parts", tr("they do not begin and end with the leg"))
    number = parts.index(rides[0])
    where = f"{path}.parts[{number}]"
    yield from _check_ride(rides[0], where, speed_kmh)
    if abs((leg.get("ride_m") or 0.0) - rides[0]["distance_m"]) > ROUNDING_M:
        due = rides[0]["distance_m"]
        yield Fault(
            f"{path}.ride_m", tr("{found} should be {due}", found=leg.get("ride_m"), due=f"{due:g}")
        )
    spots = _spots(rides[0])
    if len(spots) == 2:
        yield from _check_walks(parts, number, ends, spots, path)


def _check_walks(
    parts: Sequence[Mapping[str, Any]],
    number: int,
    ends: Sequence[Mapping[str, Any]],
    spots: Sequence[Point],
    path: str,
) -> Iterator[Fault]:
    """Check that one walks from the place to the vehicle, and from it to the next."""
    origin, destination = (Point(end["lon"], end["lat"]) for end in ends)
    for here, there, walks in (
        (origin, spots[0], parts[:number]),
        (spots[1], destination, parts[number + 1 :]),
    ):
        walked_m = sum(walk["distance_m"] for walk in walks)
        if not walks and distance_m(here, there) > _THERE_M:
            yield Fault(f"{path}.parts", tr("nobody walks to where the vehicle stands"))
        elif walks and shorter_than_straight(walked_m, here, there):
            yield Fault(f"{path}.parts", tr("a walk is shorter than the straight line"))


def _spots(ride: Mapping[str, Any]) -> list[Point]:
    return [Point(*position[:2]) for position in ride.get("spots") or ()]


def _check_ride(ride: Mapping[str, Any], path: str, speed_kmh: float | None) -> Iterator[Fault]:
    """Check that a ride is as long as it has to be, and no faster than one may be."""
    spots = _spots(ride)
    if len(spots) != 2:
        yield Fault(f"{path}.spots", tr("where the vehicle stands is not said"))
    elif shorter_than_straight(ride["distance_m"], *spots):
        yield Fault(f"{path}.distance_m", tr("a ride is shorter than the straight line"))
    handling_s = ride.get("handling_s") or 0
    if handling_s <= 0:
        yield Fault(f"{path}.handling_s", tr("to set off and to park takes no time"))
    moving_s = ride["duration_s"] - handling_s
    kmh = 3.6 * ride["distance_m"] / moving_s if moving_s > 0 else math.inf
    most_kmh = _FASTEST_KMH[ride["mode"]]
    if ride["mode"] == "bike":
        factor = _DOWNHILL if ride.get("descent_m") else _SMOOTH
        most_kmh = min(most_kmh, factor * (speed_kmh or _USUAL_KMH))
    # Seconds are whole: of a very short ride they say little.
    slack_kmh = 3.6 * ride["distance_m"] / max(1.0, moving_s) ** 2 if moving_s > 0 else 0.0
    if ride["distance_m"] and not _SLOWEST_KMH - slack_kmh <= kmh <= most_kmh + slack_kmh:
        yield Fault(
            f"{path}.duration_s",
            tr("{speed} km/h on average, {most} at most", speed=f"{kmh:.1f}", most=f"{most_kmh:g}"),
        )


def check_vehicle(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the legs that take a vehicle where it was not left, or one that was not asked for."""
    asked = document["request"].get("mode")
    left: Point | None = None
    for d, day in enumerate(document["days"]):
        for n, leg in enumerate(day["legs"]):
            path = f"days[{d}].legs[{n}]"
            if leg["mode"] not in ("walk", asked):
                yield Fault(
                    f"{path}.mode", tr("the tour was asked for with --mode {mode}", mode=asked)
                )
            for ride in leg.get("parts") or ():
                spots = _spots(ride)
                if ride["mode"] not in _FASTEST_KMH or len(spots) != 2:
                    continue
                if left is not None and not _same(left, spots[0]):
                    yield Fault(path, tr("the vehicle was left elsewhere"))
                left = spots[1]
        yield from _check_ridden(day, f"days[{d}]", document["request"].get("max_ride_m"))


def _same(a: Point, b: Point) -> bool:
    return abs(a.lon - b.lon) <= SAME_POSITION and abs(a.lat - b.lat) <= SAME_POSITION


def _check_ridden(day: Mapping[str, Any], path: str, most_m: float | None) -> Iterator[Fault]:
    """Check how far one goes by a vehicle on a day."""
    legs = day["legs"]
    ridden_m = sum(leg.get("ride_m") or 0.0 for leg in legs)
    allowed_m = ROUNDING_M * (len(legs) + 1)
    told_m = day["totals"].get("ride_m") or 0.0
    if abs(told_m - ridden_m) > allowed_m:
        yield Fault(
            f"{path}.totals.ride_m",
            tr("{found} should be {due}", found=told_m, due=f"{ridden_m:g}"),
        )
    if most_m is not None and ridden_m > most_m + allowed_m:
        yield Fault(
            f"{path}.legs",
            tr(
                "{metres} m by vehicle, {most} m allowed",
                metres=f"{ridden_m:.0f}",
                most=f"{most_m:.0f}",
            ),
        )
