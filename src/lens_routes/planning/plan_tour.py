"""Plan a tour as well as it can be: with ease and meals where they fit, else without."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError, NotFoundError
from lens_routes.plan.moments import elapsed_s
from lens_routes.planning.flow import plan_as_asked
from lens_routes.planning.in_hand import EASE_S, InHand, in_hand
from lens_routes.planning.meals import LUNCH_MINUTES, NOON, TWO
from lens_routes.planning.qualify.worth import in_passing
from lens_routes.planning.tell.left_out import nothing, unexplained
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.tour.search.stop import FirstOf, MaxIterations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.plan.plan import Plan, Stop
    from lens_routes.planning.request import Pause, Request
    from lens_routes.planning.solve import Refuse
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Problem

#: Who leaves so much later than he might has a reason to: an opening, a train, or only lunch.
LATE_MINUTES = 30
#: Iterations of a search that only asks whether there is any day.
QUICK_ITERATIONS = 40
#: Iterations of a search that begins with what is visited in nearly the best days there are.
TRIAL_ITERATIONS = 100
#: One eats in so long a wait.
LEAST_MEAL_MINUTES = 45


def _unchanged(problem: Problem) -> Problem:
    return problem


def plan_tour(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem] = _unchanged,
    refuse: Refuse = nothing,
    *,
    ease_s: int = EASE_S,
) -> Plan:
    """Plan a tour: choose the visits, order and time them, trace the ways between them.

    Ease before rides, closings and appointments goes where nothing fits with it, and a break that
    is only usual where the day has no room for it.

    Parameters
    ----------
    request, supplies
        What is asked, and what to plan it with.
    change
        Makes the problem another one before it is solved, for tours other than the best.
    refuse
        Makes the error of a problem without a solution; `unexplained` saves its pains where
        something else will be tried.
    ease_s
        Seconds in hand before rides, closings and appointments.

    Raises
    ------
    NotFoundError
        No place qualifies.
    InfeasibleError
        Nothing fits; the message says why and the hint what would help.
    """
    plan = _sated(request, supplies, change, refuse, ease_s)
    plan = _sooner(plan, request, supplies, change, ease_s)
    if request.weather not in ("rain", "heat") or refuse is unexplained:
        return plan
    fair = replace(request, weather="fair")
    with contextlib.suppress(InfeasibleError):
        dry = _sated(fair, supplies, change, unexplained, ease_s)
        return _given_up(plan, dry, request.weather, supplies)
    return plan


def planned(supplies: Supplies, request: Request, known: Plan) -> Plan | None:
    """Return the plan of a request, None where there is none; for who tries another one.

    The search begins with what is visited in *known*, the plan of nearly the same request. What
    takes long to prove is not proven: several days, and all there is in reach of a vehicle.
    """
    if request.days > 1 or (request.vehicle is not None and not request.themes):
        stop = supplies.stop
        supplies = supplies._replace(
            stop=lambda: FirstOf(stop(), MaxIterations(TRIAL_ITERATIONS)), effort=None
        )
    begin = frozenset(known.visited)
    with contextlib.suppress(InfeasibleError, NotFoundError):
        return plan_tour(request, supplies, lambda p: replace(p, begin=begin), unexplained)
    return None


def fits(supplies: Supplies, request: Request) -> bool:
    """Tell whether a request has a plan at all, without looking for the best one.

    What has to be in it is tried by itself before all else that may be.
    """
    *_, (least, hand) = _rungs(request, 0)
    quick = supplies._replace(stop=lambda: MaxIterations(QUICK_ITERATIONS), effort=None)
    requests = [replace(least, only=()), least] if request.required else [least]
    for asked in requests:
        with contextlib.suppress(InfeasibleError, NotFoundError):
            plan_as_asked(asked, hand, quick, _unchanged, unexplained)
            return True
    return False


def _late_s(plan: Plan, request: Request) -> float:
    """Return how many seconds later than it might a plan begins."""
    begins = plan.days[0].start_time
    return elapsed_s(dt.datetime.combine(request.date, request.at, begins.tzinfo), begins)


def _sooner(
    plan: Plan,
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem],
    ease_s: int,
) -> Plan:
    """Return a day that sets out when asked and has all that a late one has, if there is one.

    What the late one is worth more it saves on waiting, or on the way to what one passes anyway.
    """
    late_s = _late_s(plan, request)
    if request.days > 1 or request.mode == "transit" or late_s < 60 * LATE_MINUTES:
        return plan
    spent_s = elapsed_s(plan.days[0].start_time, plan.days[0].end_time)

    def sooner(problem: Problem) -> Problem:
        problem = change(problem)
        day = problem.days[0]
        end_s = day.depart_s + int(spent_s + late_s) - 60 * LATE_MINUTES
        return replace(problem, days=(day._replace(deadline_s=min(day.deadline_s, end_s)),))

    with contextlib.suppress(InfeasibleError):
        other = _sated(request, supplies, sooner, unexplained, ease_s)
        if _late_s(other, request) < 60 * LATE_MINUTES and set(other.visited) >= set(plan.visited):
            return replace(other, proven=False, bound=None)
    return plan


def _sated(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem],
    refuse: Refuse,
    ease_s: int,
) -> Plan:
    """Plan a tour that neither begins with a usual break nor waits at home for one.

    Who would set out for lunch, or later for its sake, or see less of what people come for, has it
    at home, if the tour can be over by then.
    """
    plan = _best(request, supplies, change, refuse, ease_s)
    if request.days > 1:
        return plan
    usual = (
        _set_out_for(plan, request)
        or _followed_by_rain(plan, request, supplies)
        or _cut_for(plan, request, supplies)
    )
    if not usual:
        return plan
    pauses = tuple(pause for pause in request.pauses if pause not in usual)
    # Where nothing fits without it, the day was no more than a walk after lunch.
    other = _sated(replace(request, pauses=pauses), supplies, change, refuse, ease_s)
    begins_with_it = plan.days[0].stops[0].kind != "visit"
    if begins_with_it or other.days[0].end_time.time() <= TWO:
        return other
    return plan


def _set_out_for(plan: Plan, request: Request) -> list[Pause]:
    """Return the usual breaks that a day begins with, or else the meal it begins late for."""
    day = plan.days[0]
    first = day.stops[0]
    if first.kind != "visit":
        return [pause for pause in request.pauses if pause.usual and pause.name == first.name]
    late = _late_s(plan, request) >= 60 * LATE_MINUTES
    return [pause for pause in request.pauses if late and pause.usual and pause.meal]


def _followed_by_rain(plan: Plan, request: Request, supplies: Supplies) -> list[Pause]:
    """Return the usual meal after which one is out in the rain only: home is nicer."""
    stops = plan.days[0].stops
    meals = [pause for pause in request.pauses if pause.usual and pause.meal]
    begins = [n for n, stop in enumerate(stops) for meal in meals[:1] if stop.name == meal.name]
    # A usual meal is left out of a day that has no room for it.
    if request.weather != "rain" or not begins:
        return []
    places = supplies.catalogue.by_id
    after = stops[begins[0] :]
    seen = [places[stop.place] for stop in after if stop.place]
    return meals if all(place.outdoor for place in seen) else []


def _cut_for(plan: Plan, request: Request, supplies: Supplies) -> list[Pause]:
    """Return the usual meal of a short day for which what people come for is cut."""
    ends = 60 * request.at.hour + request.at.minute + request.minutes
    if ends > 60 * TWO.hour + LUNCH_MINUTES:
        return []
    places = supplies.catalogue.by_id
    cut = any(
        stop.place in {flagship.place for flagship in plan.flagships}
        and elapsed_s(stop.begin, stop.leave) < 60 * places[stop.place].visit_minutes
        for stop in plan.days[0].stops
        if stop.place and stop.place not in request.visit_minutes
    )
    return [pause for pause in request.pauses if cut and pause.usual and pause.meal]


def _best(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem],
    refuse: Refuse,
    ease_s: int,
) -> Plan:
    """Plan a tour with as much ease and as many breaks as fit; see `plan_tour`."""
    best, *rungs = _rungs(request, ease_s)
    if not rungs:
        return plan_as_asked(*best, supplies, change, refuse)
    *between, least = rungs

    def plan(
        asked: Request,
        hand: InHand,
        refuse: Refuse = unexplained,
        also: frozenset[str] = frozenset(),
    ) -> Plan:
        def changed(problem: Problem) -> Problem:
            problem = change(problem)
            return replace(problem, must=problem.must | also)

        return _hungry(plan_as_asked(asked, hand, supplies, changed, refuse), asked, request)

    with contextlib.suppress(InfeasibleError):
        found = plan(*best)
        missed = _missed(found)
        for asked, hand, tried in _for_what_is_worth(*best, missed):
            with contextlib.suppress(InfeasibleError):
                other = plan(asked, hand, also=tried)
                if any(flagship.visited for flagship in other.flagships):
                    return other
        return found
    # Where not even this fits, nothing in between does.
    loosest = plan(*least, refuse)
    for rung in between:
        with contextlib.suppress(InfeasibleError):
            return plan(*rung)
    return loosest


def _for_what_is_worth(
    request: Request, hand: InHand, missed: Mapping[str, str]
) -> Iterator[tuple[Request, InHand, frozenset[str]]]:
    """Yield what to plan for a place that people come for, where the best day has none.

    What the search overlooked is asked for; else lunch gives way, then ten minutes before a train.
    """
    overlooked = [place for place, obstacle in missed.items() if obstacle == "missed"]
    if overlooked and request.mode != "transit":  # by train another search takes too long
        yield request, hand, frozenset(overlooked[:1])
    late = {"too-late", "day-too-short", "displaces", "break-last", "missed"}
    if late.isdisjoint(missed.values()):
        return
    fewer = tuple(pause for pause in request.pauses if not pause.usual)
    if fewer != request.pauses:
        yield replace(request, pauses=fewer), hand, frozenset()
    if request.mode == "transit" and hand.ease_s:
        yield request, in_hand(request, 0), frozenset()


def _missed(plan: Plan) -> dict[str, str]:
    """Return what keeps each place worth the journey out of a plan; nothing where one is in it."""
    if any(flagship.visited for flagship in plan.flagships):
        return {}
    missed = {flagship.place for flagship in plan.flagships}
    return {item.place: item.obstacle for item in plan.left_out if item.place in missed}


def _given_up(plan: Plan, fair: Plan, weather: str, supplies: Supplies) -> Plan:
    """Return a plan for the weather, with a word on what was asked for that fair weather has."""
    visited = set(plan.visited)
    missed = [
        stop.name
        for day in fair.days
        for stop in day.stops
        if stop.place and stop.place not in visited and not stop.off_theme
        if (place := supplies.catalogue.by_id[stop.place]).outdoor and not in_passing(place)
    ]
    if not missed:
        return plan
    places = ", ".join(missed)
    said = tr("Given up for the rain: {places}.", places=places)
    if weather == "heat":
        said = tr("Given up for the heat: {places}.", places=places)
    return replace(plan, warnings=(*plan.warnings, said))


def _hungry(plan: Plan, asked: Request, request: Request) -> Plan:
    """Return a plan with a word on the meal it was asked without."""
    if any(pause.meal for pause in asked.pauses) or not any(p.meal for p in request.pauses):
        return plan
    hungry = tr("No room for lunch in this day: take something to eat along.")
    if (waiting := _at_noon(plan)) is not None:
        stop, leave = waiting
        hungry = tr(
            "Have lunch at {place}, before you leave at {time}.",
            place=stop.name,
            time=wording.clock(leave),
        )
    return replace(plan, warnings=(*plan.warnings, hungry))


def _at_noon(plan: Plan) -> tuple[Stop, dt.datetime] | None:
    """Return where one waits at noon for as long as a meal takes, and until when."""
    for day in plan.days:
        for stop, leg in zip(day.stops, day.legs[1:], strict=True):
            begin = max(stop.leave, dt.datetime.combine(day.date, NOON, stop.leave.tzinfo))
            if begin.time() <= TWO and elapsed_s(begin, leg.depart) >= 60 * LEAST_MEAL_MINUTES:
                return stop, leg.depart
    return None


def _rungs(request: Request, ease_s: int) -> Iterator[tuple[Request, InHand]]:
    """Yield what to plan, the best first: with ease and all usual breaks, then without them."""
    hands = dict.fromkeys((in_hand(request, ease_s), in_hand(request, 0)))
    without_rests = tuple(pause for pause in request.pauses if pause.meal or not pause.usual)
    fewer = tuple(pause for pause in request.pauses if not pause.usual)
    for pauses in dict.fromkeys((request.pauses, without_rests, fewer)):
        asked = replace(request, pauses=pauses)
        yield from ((asked, hand) for hand in hands)
