"""Plan the rest of a day anew, as close as possible to what was planned."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError, InfeasibleError, UsageError
from lens_routes.plan.tour_id import tour_id
from lens_routes.planning.again.closest import keep_most, keep_order
from lens_routes.planning.again.rest import Situation, is_done, rest_of
from lens_routes.planning.plan_tour import plan_tour
from lens_routes.planning.qualify.worth import worth
from lens_routes.planning.request import Request
from lens_routes.planning.tell.left_out import nothing, unexplained
from lens_routes.text import wording
from lens_routes.text.language import joined, text_in, tr
from lens_routes.tour.reasons.smallest_changes import UNDERWAY

__all__ = ["Situation", "replan"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Problem


def replan(old: Plan, situation: Situation, supplies: Supplies) -> Plan:
    """Return the rest of a planned day from *situation* on.

    Nothing is added. If the planned visits that are not done still fit in their order, the rest
    stays as it was planned. Otherwise as many visits stay as fit, must-sees before others, then the
    more interesting; in the order planned if that holds as many. Appointments stay: a break goes
    before them, and else only where nothing fits with it. The day ends where and when it was to
    end, and does not begin before it was to begin. Breaks that are done, or whose time has passed,
    are not taken again; appointments that were missed are dropped, and said to be. No time is kept
    in hand.

    Raises
    ------
    UsageError
        The plan covers several days and none of them is meant, what is done was not planned that
        day, or the day is over.
    BadInputError
        The plan is broken, or was made over a catalogue that has other places.
    InfeasibleError
        Nothing is left to visit, or nothing of the rest fits: why, and what would help.
    """
    day = _day_of(old, situation)
    _check_done(day, situation)
    try:
        asked = Request.from_document(old.request)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            tr("The request in the plan has a fault: {fault}.", fault=error),
            tr("Check it with: lens-routes check"),
        ) from error
    left = [stop for stop in day.stops if not is_done(stop, situation)]
    _check_catalogue(left, asked.themes, old.request, supplies.catalogue)
    request = rest_of(asked, day, left, situation)
    plan = _closest(request, left, supplies)
    changes = _changes(left, plan) + _missed(asked, request, left)
    # It is the same tour: what was exported of it is updated.
    return replace(
        plan,
        warnings=(*changes, *plan.warnings),
        cancelled=_cancelled(old, left, plan),
        cancelled_rides=_ridden(old, day, left),
        id=tour_id(old),
    )


def _cancelled(old: Plan, left: list[Stop], plan: Plan) -> tuple[Stop, ...]:
    """Return the stops no longer in the day, those of earlier changes too; breaks by their name."""
    kept = {stop.place or text_in(stop.name, "en") for day in plan.days for stop in day.stops}
    planned = (*old.cancelled, *left)
    return tuple(s for s in planned if (s.place or text_in(s.name, "en")) not in kept)


def _ridden(old: Plan, day: Day, left: list[Stop]) -> tuple[Leg, ...]:
    """Return the ways with rides that were still ahead, those of earlier changes too."""
    ahead = day.legs[len(day.stops) - len(left) :]
    return (
        *old.cancelled_rides,
        *(replace(leg, geometry=None, steps=(), parts=()) for leg in ahead if leg.rides),
    )


def _day_of(old: Plan, situation: Situation) -> Day:
    """Return the day of the plan that is being walked."""
    if len(old.days) == 1:
        return old.days[0]
    for day in old.days:
        if day.date == situation.date:
            return day
    dates = joined(", ", [wording.short_date(day.date) for day in old.days])
    raise UsageError(
        tr(
            "The plan covers {dates}, and none of them is {date}.",
            dates=dates,
            date=wording.short_date(situation.date),
        ),
        tr("Say which with --date."),
    )


def _check_done(day: Day, situation: Situation) -> None:
    planned = {name for stop in day.stops for name in (stop.place, stop.name)}
    for name in situation.done:
        if name not in planned:
            raise UsageError(
                tr(
                    "{place} is not in the plan of {date}.",
                    place=name,
                    date=wording.short_date(day.date),
                ),
                tr("Name a stop of that day with --done."),
            )


def _check_catalogue(
    left: list[Stop], themes: Sequence[str], request: Mapping[str, object], catalogue: Catalogue
) -> None:
    """Refuse to plan over a catalogue that does not have the places planned, and their themes."""
    made_over = request.get("catalogue")
    title = made_over.get("title") if isinstance(made_over, dict) else None
    known = {*catalogue.by_id, *catalogue.theme_by_id}
    for name in (*(stop.place for stop in left if stop.place), *themes):
        if name not in known:
            raise BadInputError(
                tr(
                    "{place} is in the plan, and not in {catalogue}.",
                    place=name,
                    catalogue=catalogue.title,
                ),
                tr("Name the catalogue it was made over, {title}, with --places.", title=title)
                if title
                else tr("Name the catalogue it was made over with --places."),
            )


def _closest(request: Request, left: list[Stop], supplies: Supplies) -> Plan:
    """Return the rest of the day that is closest to the plan; see `replan`."""
    order = [stop.place for stop in left if stop.place]
    for fewer, soft in _rungs(request):
        try:
            return _restated(_most(fewer, order, supplies, soft), request)
        except InfeasibleError:
            continue
    try:
        return plan_tour(request, supplies, refuse=partial(nothing, changes=UNDERWAY), ease_s=0)
    except InfeasibleError as error:
        raise _nothing_fits(error, request) from error


def _rungs(request: Request) -> Iterator[tuple[Request, frozenset[str]]]:
    """Yield what may be asked of the rest: all, then musts if possible, then no breaks.

    With each, the places that are wanted before others and not required. Appointments are fixed:
    they go last.
    """
    fixed = frozenset(item.place for item in request.appointments)
    loose = replace(request, must=())
    fewer = [loose, *([replace(loose, pauses=())] if request.pauses else [])]
    if request.required:
        yield request, frozenset()
    if fixed:
        yield from ((asked, request.required - fixed) for asked in fewer)
    yield from ((asked, request.required) for asked in fewer)


def _most(request: Request, order: list[str], supplies: Supplies, soft: frozenset[str]) -> Plan:
    """Return the plan that keeps most, in the order planned if that keeps as much.

    Raises
    ------
    InfeasibleError
        None keeps what is required.
    """
    most = keep_most(soft)

    def both(problem: Problem) -> Problem:
        return keep_order(order)(most(problem))

    kept = _kept(supplies.catalogue, soft)
    try:
        ordered = plan_tour(request, supplies, both, unexplained, ease_s=0)
    except InfeasibleError:
        return plan_tour(request, supplies, most, unexplained, ease_s=0)
    if kept(ordered)[1] == len(order):
        return ordered
    best = plan_tour(request, supplies, most, unexplained, ease_s=0)
    return ordered if kept(ordered) >= kept(best) else best


def _kept(catalogue: Catalogue, wanted: frozenset[str]) -> Callable[[Plan], tuple[int, int, float]]:
    """Return how to tell which of two plans keeps more."""

    def key(plan: Plan) -> tuple[int, int, float]:
        total = sum(worth(catalogue.by_id[place], {}) for place in plan.visited)
        return len(wanted.intersection(plan.visited)), len(plan.visited), round(total, 6)

    return key


def _restated(plan: Plan, request: Request) -> Plan:
    """Return a plan of the rest with what of the request it keeps; it is best in no other sense."""
    visited = plan.visited
    kept = replace(
        request,
        must=tuple(place for place in request.must if place in visited),
        appointments=tuple(item for item in request.appointments if item.place in visited),
        pauses=tuple(
            pause
            for pause in request.pauses
            if pause.name in {stop.name for day in plan.days for stop in day.stops}
        ),
    )
    asked = {**plan.request, **kept.to_document()}
    return replace(plan, request=asked, proven=False, bound=None)


def _nothing_fits(why: InfeasibleError, request: Request) -> InfeasibleError:
    """Return the error of a rest of which nothing fits, with how to plan it otherwise."""
    start = request.start.id or f"{request.start.lat:.5f},{request.start.lon:.5f}"
    options = f"--start {start} --date {request.date.isoformat()} --at {request.at:%H:%M}"
    anew = tr("Plan anew with: lens-routes plan {options}", options=options)
    message = tr("Nothing that was planned still fits. {why}", why=why.message)
    return InfeasibleError(message, joined(" ", (why.hint, anew)))


def _changes(left: list[Stop], plan: Plan) -> list[str]:
    """Return in words what became of the visits that were planned and not done."""
    kept = {stop.place: stop for stop in plan.days[0].stops if stop.place}
    breaks = {stop.name for stop in plan.days[0].stops if not stop.place}
    lost = [s.name for s in left if (s.place not in kept if s.place else s.name not in breaks)]
    moved = [
        tr(
            "{place} {time} instead of {planned}",
            place=stop.name,
            time=wording.clock(kept[stop.place].begin),
            planned=wording.clock(stop.begin),
        )
        for stop in left
        if stop.place in kept and wording.clock(kept[stop.place].begin) != wording.clock(stop.begin)
    ]
    said: list[str] = []
    if lost:
        said.append(tr("No longer in the day: {stops}.", stops=joined(", ", lost)))
    if moved:
        said.append(tr("Moved: {stops}.", stops=joined(", ", moved)))
    return said


def _missed(asked: Request, request: Request, left: list[Stop]) -> list[str]:
    """Return a word on each appointment that is past and was not kept."""
    waiting = {stop.place: stop.name for stop in left}
    kept = {item.place for item in request.appointments}
    return [
        tr(
            "The appointment at {place} was at {time}: it is not kept.",
            place=waiting[item.place],
            time=f"{item.time:%H:%M}",
        )
        for item in asked.appointments
        if item.place in waiting and item.place not in kept
    ]
