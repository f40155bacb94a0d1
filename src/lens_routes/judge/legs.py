"""Check the legs of a day: from where to where, how far, how fast, along what line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point, distance_m
from lens_routes.judge.asked import (
    ROUNDING_M,
    ROUNDING_S,
    SAME_POSITION,
    moment_of,
    seconds_between,
    shorter_than_straight,
)
from lens_routes.judge.shape import Fault
from lens_routes.judge.vehicles import check_driven
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from lens_routes.judge.asked import Asked

#: A traced walk may differ from the planner's figure by two seconds before the tour is planned
#: again.
WALK_ROUNDING_S = 4.0
#: Nobody takes more than three times as long for steps as for the same length of street.
STEPS_FACTOR = 3.0
#: A metre up takes as long as eight on the flat (Naismith, Scarf), one down as none; for who rolls
#: other metres up, and down.
CLIMB_FACTORS = {"": (8.0, 0.0), "wheelchair": (20.0, 5.0), "pushchair": (12.0, 0.0)}
#: Heights are told to a decimetre, and a line may leave out points between which it undulates.
HEIGHT_ROUNDING_M = 1.0
#: A line is as long as the way it draws, but for the precision of maps.
DRAWN_TOLERANCE, DRAWN_TOLERANCE_M = 0.01, 5.0


def check_leg(
    leg: Mapping[str, Any],
    origin: Mapping[str, Any],
    destination: Mapping[str, Any],
    path: str,
    asked: Asked,
) -> Iterator[Fault]:
    """Yield every fault of a leg between two points of a day."""
    for end, point in (("from", origin), ("to", destination)):
        if leg[end] != point["name"]:
            yield _fault(path, end, tr("{found} is not {due}", found=leg[end], due=point["name"]))
    if leg["mode"] not in ("walk", "transit"):
        yield from check_driven(leg, (origin, destination), path, asked.speed_kmh)
        yield from _check_parts(leg, path, asked)
        return
    if leg["mode"] == "transit":
        yield from check_rides_of(leg, path)
        yield from _check_parts(leg, path, asked)
        return
    if leg["rides"]:
        yield _fault(path, "rides", tr("nobody rides on a walk"))
    if shorter_than_straight(leg["distance_m"], _point(origin), _point(destination)):
        straight_m = distance_m(_point(origin), _point(destination))
        yield _fault(
            path,
            "distance_m",
            tr(
                "{metres} m is shorter than the straight line, {straight} m",
                metres=leg["distance_m"],
                straight=f"{straight_m:.0f}",
            ),
        )
    yield from _check_pace(leg, path, asked)
    yield from _check_rolled(leg, path, asked)
    yield from _check_heights(leg, path)
    yield from check_shares(leg, path)
    yield from check_line(leg, origin, destination, path)


def _fault(path: str, field: str, message: str) -> Fault:
    return Fault(f"{path}.{field}", message)


def _times(item: Mapping[str, Any]) -> tuple[dt.datetime, dt.datetime]:
    return moment_of(item["depart"]), moment_of(item["arrive"])


def _point(item: Mapping[str, Any]) -> Point:
    return Point(item["lon"], item["lat"])


def _check_pace(
    leg: Mapping[str, Any], path: str, asked: Asked, *, part: bool = False
) -> Iterator[Fault]:
    """Check that a walk takes as long as it does at the pace asked for."""
    level_s = leg["distance_m"] / (asked.pace_kmh / 3.6)
    steps_s = (STEPS_FACTOR - 1) * (leg.get("steps_m") or 0.0) / (asked.pace_kmh / 3.6)
    up, down = CLIMB_FACTORS[asked.rolls]
    up_m, down_m = (leg.get(field) or 0.0 for field in ("ascent_m", "descent_m"))
    there_s, back_s = (
        (up * a + down * b) / (asked.pace_kmh / 3.6) for a, b in ((up_m, down_m), (down_m, up_m))
    )
    # A walk to or from a ride is counted the slower way round, or as if it were level.
    least_s, most_s = (0.0, max(there_s, back_s)) if part else (there_s, there_s)
    over_s = leg["duration_s"] - level_s
    if not least_s - WALK_ROUNDING_S <= over_s <= most_s + steps_s + WALK_ROUNDING_S:
        yield _fault(
            path,
            "duration_s",
            tr(
                "{seconds} s for {metres} m at {pace} km/h, which takes {due} s",
                seconds=leg["duration_s"],
                metres=leg["distance_m"],
                pace=f"{asked.pace_kmh:g}",
                due=f"{level_s:.0f}",
            ),
        )


def _check_rolled(leg: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Check that who rolls takes no steps, and is told how much of a way is known."""
    if not asked.rolls:
        return
    if leg.get("steps_m"):
        yield _fault(path, "steps_m", tr("nobody rolls over steps"))
    told_m = (leg.get("passable_m") or 0.0) + (leg.get("unknown_m") or 0.0)
    if abs(told_m - leg["distance_m"]) > 3 * ROUNDING_M:
        due = f"{leg['distance_m']:g}"
        yield _fault(path, "unknown_m", tr("{found} should be {due}", found=f"{told_m:g}", due=due))


def _check_heights(leg: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that a walk rises and falls as much as the heights of its points say."""
    heights = leg.get("elevations") or []
    if not heights:
        return
    points = leg.get("points") or len(leg.get("geometry") or ())
    if len(heights) != points:
        told = tr("{n} heights for {points} points", n=len(heights), points=points)
        yield _fault(path, "elevations", told)
    up_m, down_m = leg.get("ascent_m") or 0.0, leg.get("descent_m") or 0.0
    rise_m = heights[-1] - heights[0]
    if abs(up_m - down_m - rise_m) > HEIGHT_ROUNDING_M:
        yield _fault(
            path,
            "ascent_m",
            tr(
                "{up} m up and {down} m down do not lead {rise} m higher",
                up=f"{up_m:g}",
                down=f"{down_m:g}",
                rise=f"{rise_m:.1f}",
            ),
        )
    drawn_m = sum(max(0.0, b - a) for a, b in pairwise(heights))
    if up_m < drawn_m - HEIGHT_ROUNDING_M - 0.1 * len(heights):
        less = tr("{up} m up, by its heights {due} m", up=f"{up_m:g}", due=f"{drawn_m:.1f}")
        yield _fault(path, "ascent_m", less)


def check_shares(leg: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that no part of a walk is longer than the walk, and that its directions add up."""
    snap_m = leg.get("snap_m") or 0.0
    along_m = leg["distance_m"] - snap_m
    allowed_m = ROUNDING_M * (len(leg["steps"]) + 2)
    if along_m < -allowed_m:
        yield _fault(path, "snap_m", tr("{metres} m is more than the whole walk", metres=snap_m))
    for field in ("main_road_m", "steps_m"):
        share_m = leg.get(field) or 0.0
        if share_m > max(0.0, along_m) + allowed_m:
            yield _fault(
                path, field, tr("{metres} m is more than the streets walked", metres=share_m)
            )
    told_m = sum(step["distance_m"] for step in leg["steps"])
    if leg["steps"] and leg.get("snap_m") is not None and abs(told_m - along_m) > allowed_m:
        yield _fault(
            path,
            "steps",
            tr(
                "lead {told} m along streets of {due} m", told=f"{told_m:.1f}", due=f"{along_m:.1f}"
            ),
        )


def check_line(
    leg: Mapping[str, Any],
    origin: Mapping[str, Any],
    destination: Mapping[str, Any],
    path: str,
) -> Iterator[Fault]:
    """Check that the line of a walk leads from its start to its end, and is as long as it."""
    line = [Point(*position[:2]) for position in leg["geometry"] or ()]
    if not line:
        if leg["source"] == "streets" and leg["distance_m"] > 0:
            yield _fault(path, "geometry", tr("a walk along the streets has a line"))
        return
    drawn_m = sum(distance_m(a, b) for a, b in pairwise(line))
    if abs(drawn_m - leg["distance_m"]) > DRAWN_TOLERANCE * leg["distance_m"] + DRAWN_TOLERANCE_M:
        yield _fault(
            path,
            "geometry",
            tr(
                "is {drawn} m long, the leg {metres} m",
                drawn=f"{drawn_m:.0f}",
                metres=leg["distance_m"],
            ),
        )
    for end, due in ((line[0], origin), (line[-1], destination)):
        if abs(end.lon - due["lon"]) > SAME_POSITION or abs(end.lat - due["lat"]) > SAME_POSITION:
            yield _fault(path, "geometry", tr("does not touch {place}", place=due["name"]))


def check_rides_of(leg: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that one can take the rides of a leg one after the other, and within it."""
    if not leg["rides"]:
        yield _fault(path, "rides", tr("there is no ride"))
    clock, since = leg["depart"], tr("the leg begins")
    for i, ride in enumerate(leg["rides"]):
        if seconds_between(clock, ride["depart"]) < 0:
            early = tr(
                "{time} is before {event}, {clock}", time=ride["depart"], event=since, clock=clock
            )
            yield _fault(path, f"rides[{i}].depart", early)
        if seconds_between(ride["depart"], ride["arrive"]) < 0:
            before = tr("is before its departure, {time}", time=ride["depart"])
            yield _fault(path, f"rides[{i}].arrive", before)
        clock, since = ride["arrive"], tr("the ride before arrives")
    if seconds_between(clock, leg["arrive"]) < 0:
        late = tr(
            "{time} is before {event}, {clock}",
            time=leg["arrive"],
            event=tr("the last ride arrives"),
            clock=clock,
        )
        yield _fault(path, "arrive", late)


def _check_parts(leg: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Check that walks and rides of a leg follow each other, and add up to it."""
    parts = leg.get("parts") or []
    if not parts:
        return
    clock = leg["depart"]
    for i, part in enumerate(parts):
        where = f"parts[{i}]"
        if seconds_between(clock, part["depart"]) < 0:
            early = tr("{time} is before one is there, {clock}", time=part["depart"], clock=clock)
            yield _fault(path, f"{where}.depart", early)
        if abs(seconds_between(part["depart"], part["arrive"]) - part["duration_s"]) > ROUNDING_S:
            wrong = tr("{seconds} s, not by its times", seconds=part["duration_s"])
            yield _fault(path, f"{where}.duration_s", wrong)
        yield from _check_heights(part, f"{path}.{where}")
        if part["mode"] == "walk":
            yield from _check_pace(part, f"{path}.{where}", asked, part=True)
            yield from _check_rolled(part, f"{path}.{where}", asked)
        elif part["mode"] == "transit" and part["distance_m"]:
            yield _fault(path, f"{where}.distance_m", tr("nobody walks on a ride"))
        clock = part["arrive"]
    if seconds_between(clock, leg["arrive"]) < -ROUNDING_S:
        late = tr(
            "{time} is before {event}, {clock}",
            time=leg["arrive"],
            event=tr("the last part ends"),
            clock=clock,
        )
        yield _fault(path, "arrive", late)
    ridden = [_times(part) for part in parts if part["mode"] == "transit"]
    if ridden != [_times(ride) for ride in leg["rides"]]:
        yield _fault(path, "parts", tr("their rides are not those of the leg"))
    walk_m = sum(part["distance_m"] for part in parts if part["mode"] == "walk")
    if abs(walk_m - leg["distance_m"]) > ROUNDING_M * (len(parts) + 1):
        due = tr("{metres} m, by its walks {due} m", metres=leg["distance_m"], due=f"{walk_m:g}")
        yield _fault(path, "distance_m", due)
