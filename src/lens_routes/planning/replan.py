"""Plan the rest of a day anew, as close as possible to what was planned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.errors import BadInputError, InfeasibleError, UsageError
from lens_routes.plan import elapsed_s
from lens_routes.planning.flow import plan_tour
from lens_routes.planning.request import Request
from lens_routes.tour.problem import StaticTimes

if TYPE_CHECKING:
    from lens_routes.plan import Day, Plan, Stop, Waypoint
    from lens_routes.planning.flow import Supplies
    from lens_routes.tour.problem import Problem


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the person is, at what local time of the planned day, and what is done with.

    ``date`` tells which day of a plan of several is meant.

    ``done`` holds ids of places and names of breaks.
    """

    here: Waypoint
    now: dt.time
    date: dt.date
    done: tuple[str, ...]


def replan(old: Plan, situation: Situation, supplies: Supplies) -> Plan:
    """Return the rest of a planned day from *situation* on.

    Nothing is added. If the planned visits that are not done still fit in their order, the rest
    stays as it was planned. Otherwise those stay that fit, for the greatest interest; must-sees
    stay as long as that is possible at all. The day ends where and when it was to end. Breaks
    that are done, or whose time has passed, are not taken again; appointments that were missed
    are dropped, and said to be. No time is kept in hand.

    Raises
    ------
    UsageError
        The plan covers several days and none of them is meant, or the day is over.
    InfeasibleError
        Nothing is left to visit, or the rest does not fit.
    """
    day = _day_of(old, situation)
    try:
        asked = Request.from_document(old.request)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            f"The request in the plan has a fault: {error!r}.", "Check it with: lens-routes check"
        ) from error
    request = _rest(asked, day, situation)
    try:
        if asked.mode != "walk":
            # Trains keep their own order of the day: with them only what still fits is asked.
            plan = plan_tour(request, supplies)
        else:
            plan = _in_order(request, day, situation, supplies)
    except InfeasibleError:
        plan = _as_much_as_fits(request, supplies)
    return replace(plan, warnings=(*_changes(day, plan, situation), *plan.warnings))


def _day_of(old: Plan, situation: Situation) -> Day:
    """Return the day of the plan that is being walked."""
    if len(old.days) == 1:
        return old.days[0]
    for day in old.days:
        if day.date == situation.date:
            return day
    dates = ", ".join(day.date.isoformat() for day in old.days)
    raise UsageError(
        f"The plan covers {dates}, and none of them is {situation.date.isoformat()}.",
        "Say which with --date.",
    )


def _in_order(request: Request, day: Day, situation: Situation, supplies: Supplies) -> Plan:
    """Return the rest of the day as planned: every visit left, in the order planned.

    Raises
    ------
    InfeasibleError
        They no longer all fit in that order.
    """
    left = [stop for stop in day.stops if not _is_done(stop, situation)]
    order = {stop.place: rank for rank, stop in enumerate(left) if stop.place}
    # The planner may not go back in the order: from a later visit to an earlier one no time is
    # short enough.
    never_s = 2 * 86_400

    def keep_order(problem: Problem) -> Problem:
        ranks = [order[site.id] for site in problem.sites]
        rows = [
            [
                never_s
                if i < len(ranks) and j < len(ranks) and ranks[i] > ranks[j]
                else problem.travel.seconds(i, j, 0)
                for j in range(len(ranks) + 2)
            ]
            for i in range(len(ranks) + 2)
        ]
        return replace(problem, travel=StaticTimes(rows))

    everything = replace(request, must=tuple(order))
    plan = plan_tour(everything, supplies, keep_order)
    # Best in this order is not best of all.
    asked = {**plan.request, "must": list(request.must)}
    return replace(plan, request=asked, proven=False, bound=None)


def _as_much_as_fits(request: Request, supplies: Supplies) -> Plan:
    """Return the rest of the day, without the must-sees and appointments that no longer fit."""
    try:
        return plan_tour(request, supplies)
    except InfeasibleError:
        if not request.required:
            raise InfeasibleError(
                "Nothing that was planned still fits.",
                "Go straight to where the day ends: lens-routes route HERE THERE",
            ) from None
    return _as_much_as_fits(replace(request, must=(), appointments=()), supplies)


def _is_done(stop: Stop, situation: Situation) -> bool:
    return stop.place in situation.done or stop.name in situation.done


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
    stops = [stop for stop in day.stops if not _is_done(stop, situation)]
    left = tuple(stop.place for stop in stops if stop.place)
    if not left:
        raise InfeasibleError("Every planned visit is done.", "Plan something new with: plan")
    lasting = {s.place: round(elapsed_s(s.begin, s.leave) / 60) for s in stops if s.place}
    breaks = {stop.name for stop in stops if stop.kind == "break"}
    walked_m = sum(
        leg.distance_m
        for leg, stop in zip(day.legs, day.stops, strict=False)
        if _is_done(stop, situation)
    )
    return replace(
        asked,
        date=day.date,
        days=1,
        start=situation.here,
        at=situation.now,
        minutes=minutes,
        only=left,
        avoid=(),
        must=tuple(place for place in asked.must if place in left),
        appointments=tuple(
            item
            for item in asked.appointments
            if item.place in left and item.time >= situation.now and item.date in (None, day.date)
        ),
        pauses=tuple(
            replace(pause, earliest=max(pause.earliest, situation.now))
            for pause in asked.pauses
            if pause.name in breaks and pause.latest >= situation.now
        ),
        max_visits=None,
        max_walk_m=None if asked.max_walk_m is None else max(1.0, asked.max_walk_m - walked_m),
        visit_minutes={place: stay for place, stay in lasting.items() if stay <= minutes},
        margin_minutes=0,
    )


def _changes(day: Day, plan: Plan, situation: Situation) -> list[str]:
    """Return in words what became of the visits that were planned and not done."""
    kept = {stop.place: stop for stop in plan.days[0].stops}
    lost = [
        stop.name
        for stop in day.stops
        if stop.place and not _is_done(stop, situation) and stop.place not in kept
    ]
    moved = [
        f"{stop.name} {kept[stop.place].begin:%H:%M} instead of {stop.begin:%H:%M}"
        for stop in day.stops
        if stop.place in kept and wording.clock(kept[stop.place].begin) != wording.clock(stop.begin)
    ]
    said = []
    if lost:
        said.append(f"No longer in the day: {', '.join(lost)}.")
    if moved:
        said.append(f"Moved: {', '.join(moved)}.")
    return said
