"""Check the ways by a vehicle of one's own: where it stands, how far and how fast one rides."""

from __future__ import annotations

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

#: What no car exceeds on average, and nobody falls below on the level, km/h: pushing a bike, and
#: town traffic.
_FASTEST_KMH, _SLOWEST_KMH = 130.0, 3.0
#: A cyclist who says nothing else rides 18 km/h on the level, a tenth more where the ground is
#: excellent, and pushes at 4; where nobody tells how it goes down, twice as fast and more.
_USUAL_KMH, _PUSHED_KMH, _DOWNHILL = 18.0, 4.0, 2.3
_FASTEST_ON = {"paved": 19.8, "firm": 15.4, "loose": 15.4, "unknown": 19.8}
#: A metre up takes as long as so many on the level, and one down spares so many.
_UP, _DOWN = 35.0, 2.5
#: A trace may differ from the planner's figure by two seconds; figures are rounded.
_ROUNDING_S = 4.0
_SHARES = ("main_road_m", "steps_m", "calm_m", "pushed_m")
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
    least_s, most_s = _bounds_s(ride, speed_kmh)
    if ride["distance_m"] and not least_s <= moving_s <= most_s:
        yield Fault(
            f"{path}.duration_s",
            tr(
                "{seconds} s for {metres} m, which takes {least} s to {most} s",
                seconds=f"{moving_s:g}",
                metres=ride["distance_m"],
                least=f"{max(0.0, least_s):.0f}",
                most=f"{most_s:.0f}",
            ),
        )
    yield from _check_shares(ride, path)


def _bounds_s(ride: Mapping[str, Any], speed_kmh: float | None) -> tuple[float, float]:
    """Return the least and the most seconds that a ride may take, setting off and parking apart."""
    length_m, second_m = ride["distance_m"], 1 / 3.6
    most_s = length_m / (_SLOWEST_KMH * second_m) + _ROUNDING_S
    if ride["mode"] != "bike":
        return length_m / (_FASTEST_KMH * second_m) - _ROUNDING_S, most_s
    usual = (speed_kmh or _USUAL_KMH) / _USUAL_KMH
    if ride["source"] != "streets":
        # Neither surfaces nor slopes are told.
        fastest_kmh = _DOWNHILL * _USUAL_KMH * usual
        return length_m / (fastest_kmh * second_m) - _ROUNDING_S, most_s
    pushed_m = ride.get("pushed_m") or 0.0
    surface = ride.get("surface") or {"unknown": length_m}
    level_s = sum(metres / (_FASTEST_ON[name] * second_m) for name, metres in surface.items())
    # What is pushed may have been on any ground: on that which would take longest to ride.
    level_s += pushed_m / (_PUSHED_KMH * second_m) - pushed_m / (_FASTEST_ON["loose"] * second_m)
    up_m, down_m = (ride.get(field) or 0.0 for field in ("ascent_m", "descent_m"))
    climb_s = (_UP * up_m - _DOWN * down_m) / (_USUAL_KMH * second_m)
    slack_s = _ROUNDING_S + _UP * ROUNDING_M
    return (level_s + climb_s) / usual - slack_s, most_s + max(0.0, climb_s / usual) + slack_s


def _check_shares(ride: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that no part of a ride is longer than it, and that its line leads from spot to spot."""
    grounds = {f"surface.{name}": metres for name, metres in (ride.get("surface") or {}).items()}
    shares = {field: ride.get(field) or 0.0 for field in _SHARES} | grounds
    shares["surface"] = sum(grounds.values())
    for field, metres in shares.items():
        if metres > ride["distance_m"] + 5 * ROUNDING_M:
            longer = tr("{metres} m is more than the streets walked", metres=f"{metres:g}")
            yield Fault(f"{path}.{field}", longer)
    line = [Point(*position[:2]) for position in ride.get("geometry") or ()]
    spots = _spots(ride)
    if len(line) > 1 and len(spots) == 2:
        if not (_same(line[0], spots[0]) and _same(line[-1], spots[1])):
            yield Fault(f"{path}.geometry", tr("does not lead from spot to spot"))
        drawn_m = sum(distance_m(a, b) for a, b in pairwise(line))
        if abs(drawn_m - ride["distance_m"]) > 0.01 * drawn_m + 2 * _THERE_M:
            drawn, metres = f"{drawn_m:.0f}", ride["distance_m"]
            told = tr("is {drawn} m long, the leg {metres} m", drawn=drawn, metres=metres)
            yield Fault(f"{path}.geometry", told)


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
                if ride["mode"] not in ("bike", "car") or len(spots) != 2:
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
