"""Whether each day leaves time to get from its start to its end at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
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
                    " the way alone takes {minutes} min.",
                    number=number,
                    minutes=-(-travel // 60),
                ),
                tr("Allow {minutes} min more.", minutes=-(-over // 60)),
            )
        if problem.max_walk_m is not None:
            way_m = problem.metres(day.start, day.end, day.depart_s)
            if way_m > problem.max_walk_m:
                raise InfeasibleError(
                    tr(
                        "The walking limit of {limit} m does not even get from the start to the"
                        " end of day {number}, {way} m.",
                        limit=round(problem.max_walk_m),
                        number=number,
                        way=round(way_m),
                    ),
                    tr("Allow {metres} m more.", metres=round(way_m - problem.max_walk_m)),
                )
