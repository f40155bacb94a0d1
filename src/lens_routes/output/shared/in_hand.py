"""When one has to be at a stop, where little time is in hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.plan.plan import Day, Plan, Stop

#: Less time in hand than this is worth a word, minutes.
LITTLE_MINUTES = 10


def tight(plan: Plan, day: Day) -> list[Stop]:
    """Return the visits at which little time in hand runs out.

    Who may be five minutes late at the first of five because the fifth closes hears of the fifth;
    of a pause one takes later, and of being home later than one wished, nobody has to hear.
    """
    later = [stop.slack_minutes for stop in day.stops[1:]] + [_left_minutes(plan, day)]
    return [
        stop
        for stop, after in zip(day.stops, later, strict=False)
        if stop.kind == "visit" and stop.slack_minutes < min(LITTLE_MINUTES, after)
    ]


def tight_places(plan: Plan) -> frozenset[str]:
    """Return the ids of the places at which little time in hand runs out, on any day."""
    return frozenset(stop.place for day in plan.days for stop in tight(plan, day) if stop.place)


def _left_minutes(plan: Plan, day: Day) -> int:
    """Return how many minutes before the end of the time asked for a day is over."""
    asked = plan.request
    try:
        at = dt.time.fromisoformat(asked["at"])
        begin = dt.datetime.combine(day.date, at, day.end_time.tzinfo)
        end = begin.astimezone(dt.UTC) + dt.timedelta(minutes=asked["minutes"])
    except (KeyError, TypeError, ValueError):
        return LITTLE_MINUTES
    return int(elapsed_s(day.end_time, end) // 60)


def be_there_by(stop: Stop) -> str:
    """Return when one has to be at a stop at the latest for the rest of the day to work."""
    latest = stop.arrive.astimezone(dt.UTC) + dt.timedelta(minutes=stop.slack_minutes)
    return tr("be there by {time}", time=wording.clock(latest.astimezone(stop.arrive.tzinfo)))
