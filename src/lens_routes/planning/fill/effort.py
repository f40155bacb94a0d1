"""State what the ways of a day cost, in the terms of `lens_routes.tour.problem.Prices`.

The planner counts on figures that are known before ways are traced and rides chosen; a document
states what its own figures come to, so that anyone can follow the sum.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.plan.moments import elapsed_s
from lens_routes.tour.effort import HOUR_S, tired_effort, wait_effort

if TYPE_CHECKING:
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Stop
    from lens_routes.tour.problem import Prices

#: Efforts are stated to so many decimals.
DIGITS = 4


def with_effort(day: Day, prices: Prices) -> Day:
    """Return a day whose legs and totals say their effort: of the way, and of waiting after it."""
    legs, walked_m, idle_s = [], 0.0, 0.0
    left = day.start_time
    for index, leg in enumerate(day.legs):
        stop = day.stops[index] if index < len(day.stops) else None
        effort = _of_leg(leg, prices)
        effort += tired_effort(prices, walked_m + leg.distance_m) - tired_effort(prices, walked_m)
        walked_m += leg.distance_m
        if stop is not None:
            waited_s = elapsed_s(left, stop.begin) - leg.duration_s
            before_s = idle_s if index and _joined(day.stops[index - 1], stop, leg) else 0.0
            # Who would wait for the first stop leaves later.
            idle_s = before_s + waited_s if index else 0.0
            effort += wait_effort(prices, idle_s) - wait_effort(prices, before_s)
            left = stop.leave
        legs.append(replace(leg, effort=round(effort, DIGITS)))
    worth = round(sum(stop.score for stop in day.stops), DIGITS)
    total = round(sum(leg.effort or 0.0 for leg in legs), DIGITS)
    score = round(worth - total, DIGITS)
    totals = replace(day.totals, worth=worth, effort=total, score=score)
    return replace(day, legs=tuple(legs), totals=totals)


def _of_leg(leg: Leg, prices: Prices) -> float:
    if leg.mode != "walk":
        foot_s = leg.walk_s
        return (prices.walk * foot_s + prices.ride * (leg.duration_s - foot_s)) / HOUR_S
    share = (leg.main_road_m or 0.0) / leg.distance_m if leg.distance_m else 0.0
    seconds = prices.walk * leg.duration_s + prices.in_the_dark * leg.dark_s
    return (seconds + prices.along_main_roads * share * leg.duration_s) / HOUR_S


def _joined(before: Stop, stop: Stop, leg: Leg) -> bool:
    """Return whether a stop is a break right after a visit or after a break there."""
    return stop.kind == "break" and before.leave == stop.arrive and not leg.duration_s
