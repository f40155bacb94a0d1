"""How late one may be at each stop, and still make all that follows by the ways of the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens_routes.plan.plan import Day
    from lens_routes.planning.fill.itinerary import Outing


def with_slack(day: Day, outing: Outing) -> Day:
    """Return a day with the slack of every stop, worked out from its end back.

    A walk takes as long whenever it begins; a ride leaves when it leaves.
    """
    clock, latest_s = outing.clock, outing.deadline_s
    stops = []
    for stop, leg, windows in zip(
        reversed(day.stops), reversed(day.legs), reversed(outing.windows), strict=False
    ):
        leave_s = clock.seconds(leg.depart) if leg.rides else latest_s - round(leg.duration_s)
        by_s = leave_s - (clock.seconds(stop.leave) - clock.seconds(stop.begin))
        latest_s = max(min(closes, by_s) for opens, closes in windows if opens <= by_s)
        slack_s = latest_s - clock.seconds(stop.arrive)
        stops.append(replace(stop, slack_minutes=slack_s // 60))
    return replace(day, stops=tuple(reversed(stops)))
