"""Lay a day out as stops that could be taken in any order, and the walks between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import moment_of, seconds_between
from lens_routes.judge.grade.order import Call, Ground
from lens_routes.judge.slack import next_begin
from lens_routes.plan.grade import Grade
from lens_routes.plan.waypoint import Waypoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.judge.asked import Asked
    from lens_routes.judge.grade.order import Walk, Walks

    Between = Callable[[Sequence[Waypoint]], Walks]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A walk as the document has it."""

    distance_m: float
    duration_s: float
    grade: Grade

    def seconds(self, _pace_kmh: float) -> float:
        return self.duration_s


@dataclass(frozen=True, slots=True)
class _Corrected:
    """Walks, of which some are better known."""

    walks: Walks
    planned: Mapping[tuple[int, int], _Planned]

    def __getitem__(self, pair: tuple[int, int]) -> Walk:
        return self.planned.get(pair) or self.walks[pair]


def ground_of(
    day: Mapping[str, Any], asked: Asked, others: Sequence[Place], between: Between
) -> Ground:
    """Return the ground of a day: its start is point 0, then its stops, *others*, its end."""
    stops = [
        Waypoint(stop["name"], stop["lon"], stop["lat"], stop["place"]) for stop in day["stops"]
    ]
    more = [Waypoint(place.name, place.lon, place.lat, place.id) for place in others]
    points = [_waypoint(day["start"]), *stops, *more, _waypoint(day["end"])]
    order = [*range(len(stops) + 1), len(points) - 1]
    planned = {
        pair: _Planned(leg["distance_m"], leg["duration_s"], Grade(leg["source"]))
        for pair, leg in zip(pairwise(order), day["legs"], strict=True)
        if leg["mode"] == "walk"
    }
    begins = moment_of(day["start"]["time"])
    return Ground(
        _Corrected(between(points), planned),
        asked.pace_kmh,
        end=len(points) - 1,
        leaves=begins if asked.earliest is None else min(begins, asked.earliest),
        latest=asked.latest,
    )


def call_of(number: int, stop: Mapping[str, Any], asked: Asked) -> Call:
    """Return a stop, the *number*-th of its day from 0, as one to be put in order."""
    return Call(
        None if stop["kind"] == "break" else number + 1,
        partial(next_begin, stop, asked=asked),
        dt.timedelta(seconds=seconds_between(stop["begin"], stop["leave"])),
    )


def added_s(day: Mapping[str, Any], ground: Ground) -> dict[str, float]:
    """Return how many seconds on foot each visit adds to its day; none for days with rides."""
    if any(leg["mode"] != "walk" for leg in day["legs"]):
        return {}
    visits = [i for i, stop in enumerate(day["stops"], 1) if stop["kind"] == "visit"]
    points = [0, *visits, ground.end]

    def lasts_s(a: int, b: int) -> float:
        return ground.walks[a, b].seconds(ground.pace_kmh)

    return {
        day["stops"][here - 1]["place"]: lasts_s(a, here) + lasts_s(here, b) - lasts_s(a, b)
        for a, here, b in zip(points, visits, points[2:], strict=False)
    }


def _waypoint(end: Mapping[str, Any]) -> Waypoint:
    return Waypoint(end["name"], end["lon"], end["lat"], end["id"])
