"""Plan the rest of a day anew, as close as possible to what was planned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError, UsageError
from lens_routes.plan import elapsed_s
from lens_routes.planning.flow import plan_tour
from lens_routes.planning.request import Request

if TYPE_CHECKING:
    from lens_routes.plan import Day, Plan, Waypoint
    from lens_routes.planning.flow import Supplies


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the person is, at what local time of the planned day, and what is done with."""

    here: Waypoint
    now: dt.time
    done: tuple[str, ...]


def replan(old: Plan, situation: Situation, supplies: Supplies) -> Plan:
    """Return the rest of a planned day from *situation* on.

    Nothing is added: the planned visits that are not done stay as far as they still fit, for the
    greatest interest, must-sees and appointments in any case. The day ends where and when it was
    to end. Breaks whose time has passed are not taken again.

    Raises
    ------
    UsageError
        The plan covers several days, or the day is over.
    InfeasibleError
        Nothing is left to visit, or the rest does not fit.
    """
    if len(old.days) != 1:
        raise UsageError(
            f"The plan covers {len(old.days)} days.", "Plan the remaining days with --days."
        )
    day = old.days[0]
    asked = Request.from_document(old.request)
    request = _rest(asked, day, situation)
    plan = plan_tour(request, supplies)
    return replace(plan, warnings=(*_changes(day, plan, situation), *plan.warnings))


def _rest(asked: Request, day: Day, situation: Situation) -> Request:
    now = dt.datetime.combine(day.date, situation.now, day.start_time.tzinfo)
    begin = dt.datetime.combine(day.date, asked.at, day.start_time.tzinfo)
    minutes = asked.minutes - round(elapsed_s(begin, now) / 60)
    if minutes <= 0:
        end = begin + dt.timedelta(minutes=asked.minutes)
        raise UsageError(
            f"At {situation.now:%H:%M} the day is over: it was to end at {end:%H:%M}.",
            "Plan a new one.",
        )
    done = set(situation.done)
    left = tuple(stop.place for stop in day.stops if stop.place and stop.place not in done)
    if not left:
        raise InfeasibleError("Every planned visit is done.", "Plan something new with: plan")
    return replace(
        asked,
        start=situation.here,
        at=situation.now,
        minutes=minutes,
        only=left,
        must=tuple(place for place in asked.must if place not in done),
        appointments=tuple(item for item in asked.appointments if item.place not in done),
        pauses=tuple(
            replace(pause, earliest=max(pause.earliest, situation.now))
            for pause in asked.pauses
            if pause.latest >= situation.now
        ),
        visit_minutes={p: m for p, m in asked.visit_minutes.items() if p not in done},
    )


def _changes(day: Day, plan: Plan, situation: Situation) -> list[str]:
    """Return in words what became of the visits that were planned and not done."""
    kept = {stop.place: stop for stop in plan.days[0].stops}
    lost = [
        stop.name
        for stop in day.stops
        if stop.place and stop.place not in situation.done and stop.place not in kept
    ]
    moved = [
        f"{stop.name} {kept[stop.place].begin:%H:%M} instead of {stop.begin:%H:%M}"
        for stop in day.stops
        if stop.place in kept and kept[stop.place].begin != stop.begin
    ]
    said = []
    if lost:
        said.append(f"No longer in the day: {', '.join(lost)}.")
    if moved:
        said.append(f"Moved: {', '.join(moved)}.")
    return said
