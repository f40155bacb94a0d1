"""Whether each day leaves time to get from its start to its end at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.tour.problem import Problem


def require_ways_home(problem: Problem) -> None:
    """Refuse a problem that has a day on which even the way to its end does not fit.

    Raises
    ------
    InfeasibleError
        The way from the start to the end of a day takes too long, or is too far to walk.
    """
    for number, day in enumerate(problem.days, start=1):
        travel = problem.travel.seconds(day.start, day.end, day.depart_s)
        over = day.depart_s + travel - day.deadline_s
        if over > 0:
            raise InfeasibleError(
                tr(
                    "Day {number} is too short to get from its start to its end:"
                    " the way alone takes {duration}.",
                    number=number,
                    duration=wording.duration(_up(travel, 60)),
                ),
                tr("Allow {amount} more.", amount=wording.duration(_up(over, 60))),
            )
        if problem.max_walk_m is not None:
            way_m = problem.metres(day.start, day.end, day.depart_s)
            short_m = way_m - problem.max_walk_m
            if short_m > 0:
                raise InfeasibleError(
                    tr(
                        "The limit of {limit} does not even get from the start to the"
                        " end of day {number}, {way}.",
                        limit=wording.distance(problem.max_walk_m),
                        number=number,
                        way=wording.distance(_up(way_m, 10)),
                    ),
                    tr("Allow {amount} more.", amount=wording.distance(_up(short_m, 100))),
                )


def _up(amount: float, step: int) -> int:
    """Return the next whole step that is enough."""
    return -int(-amount // step) * step
