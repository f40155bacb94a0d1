"""A leg by public transport taken apart again: which of its lines and directions are whose.

A saved plan keeps the line and the directions of such a leg as a whole, and says how many points
and directions are each part's; those of before 2026-11-22 did not, and are measured.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.geo import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.geo import Point
    from lens_routes.plan.leg import Leg, Step

    _Ride = Mapping[str, Any] | None


class LegPart(NamedTuple):
    """A walk or a ride of a leg, with its own line and directions, empty where none are known.

    ``ride`` is the ride as the plan tells of it, None for a walk.
    """

    leg: Leg
    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    ride: Mapping[str, Any] | None

    @property
    def kind(self) -> str:
        """How one gets along: ``ride``, or the mode of what one moves oneself by."""
        return "ride" if self.ride is not None or self.leg.mode == "transit" else self.leg.mode


def parts_of(leg: Leg) -> tuple[LegPart, ...]:
    """Return the walks and rides of a leg; a leg that tells no parts is its only one.

    Where the lines cannot be told apart, as in a plan edited by hand, the first part gets all.
    """
    if not leg.parts:
        ride = leg.rides[0] if len(leg.rides) == 1 else None
        return (LegPart(leg, leg.geometry or (), leg.steps, ride),)
    rides = iter(leg.rides)
    of_parts = [None if part.mode == "walk" else next(rides, None) for part in leg.parts]
    if any(part.geometry for part in leg.parts):
        own = [(part.geometry or (), part.steps) for part in leg.parts]
        return tuple(
            LegPart(part, *lines, ride)
            for part, lines, ride in zip(leg.parts, own, of_parts, strict=True)
        )
    return tuple(map(LegPart, leg.parts, _lines(leg, of_parts), _steps(leg), of_parts))


def legs_of(leg: Leg) -> tuple[Leg, ...]:
    """Return the walks and rides of a leg as legs of their own; of a leg without parts, itself."""
    if not leg.parts:
        return (leg,)
    return tuple(
        replace(
            part.leg,
            geometry=part.points or None,
            steps=part.steps,
            rides=(dict(part.ride),) if part.ride else (),
        )
        for part in parts_of(leg)
    )


def _lines(leg: Leg, rides: Sequence[_Ride]) -> list[tuple[Point, ...]]:
    nothing: tuple[Point, ...] = ()
    points = leg.geometry or ()
    pieces = list(_pieces(points, leg.parts, rides))
    if all(len(piece) > 1 for piece in pieces) and sum(map(len, pieces)) == len(points):
        return pieces
    return [points, *[nothing] * (len(leg.parts) - 1)]


def _pieces(
    points: Sequence[Point], parts: Sequence[Leg], rides: Sequence[_Ride]
) -> Iterator[tuple[Point, ...]]:
    """Yield the points of each part: a walk is as long as it says, a ride goes from stop to stop.

    Each piece begins where the one before ends, and that point is there twice.
    """
    start = 0
    for part, ride in zip(parts[:-1], rides, strict=False):
        if part.mode == "walk":
            end = _end_of_walk(part, start, points)
        else:
            end = _end_of_ride(ride, start)
        yield tuple(points[start:end])
        start = end
    yield tuple(points[start:])


def _end_of_ride(ride: _Ride, start: int) -> int:
    between = (ride or {}).get("stops_between")
    return start + 2 + (between if isinstance(between, int) and between > 0 else 0)


def _end_of_walk(part: Leg, start: int, points: Sequence[Point]) -> int:
    """Return behind the point of the line where its length comes nearest to the walk's."""
    walked = accumulate((distance_m(a, b) for a, b in pairwise(points[start:])), initial=0.0)
    lengths = list(walked)
    nearest = min(
        range(1, len(lengths)), key=lambda i: abs(lengths[i] - part.distance_m), default=0
    )
    return start + nearest + 1


def _steps(leg: Leg) -> list[tuple[Step, ...]]:
    """Return each part's directions: those of a walk end with a step of no length, the arrival."""
    groups: list[list[Step]] = [[]]
    for step in leg.steps:
        groups[-1].append(step)
        if step.distance_m == 0:
            groups.append([])
    groups = [group for group in groups if group]
    walks = [number for number, part in enumerate(leg.parts) if part.mode == "walk"]
    result: list[tuple[Step, ...]] = [()] * len(leg.parts)
    if len(groups) == len(walks):
        for number, group in zip(walks, groups, strict=True):
            result[number] = tuple(group)
    elif result:
        result[0] = leg.steps
    return result
