"""How far places are from a point by the way a request travels, as days are planned with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes.planning.clock import TourClock
from lens_routes.planning.qualify.qualify import Candidate
from lens_routes.planning.travel.travel import travel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies


class Away(NamedTuple):
    """How far a place is from door to door, metres and seconds."""

    distance_m: float
    duration_s: int


def away(request: Request, places: Sequence[Place], supplies: Supplies) -> list[Away]:
    """Return how far each place is from the start of a request that does not ride by timetables.

    Raises
    ------
    NotInstalledError
        No ways by its mode are known here.
    """
    candidates = [Candidate(place, (), 0, (), 0.0) for place in places]
    clock = TourClock(request.date, ZoneInfo(supplies.catalogue.timezone))
    ways = travel(request, supplies, candidates, clock, 0)
    start, metres = len(places), ways.walk_m
    return [
        Away(
            metres[start][number] if metres is not None else 0.0,
            ways.times.seconds(start, number, 0),
        )
        for number in range(len(places))
    ]
