"""Say why: what was left out of a tour, and why there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
from lens_routes.plan.plan import Flagship, LeftOut
from lens_routes.planning.pose import break_id
from lens_routes.planning.qualify.occasion import is_flagship
from lens_routes.planning.qualify.sift import MOST
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn
from lens_routes.tour.reasons.explain import Why, explain_nothing, what_helps, why_left_out
from lens_routes.tour.reasons.feasible import works
from lens_routes.tour.reasons.say import Words
from lens_routes.tour.reasons.smallest_changes import CHANGES, in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.planning.pose import Posed
    from lens_routes.planning.qualify.closed import Closed
    from lens_routes.planning.request import Request
    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Solution
    from lens_routes.tour.reasons.smallest_changes import Change, Steps


def all_closed(closed: Sequence[Closed], request: Request) -> InfeasibleError:
    """Return the error of a day on which no place that qualifies can be visited."""
    first = min(closed, key=lambda item: (not item.remedy, item.opens or dt.date.min))
    remedy = tr("Ask for other themes.") if request.themes else tr("Choose another catalogue.")
    if first.remedy and request.themes:
        remedy = tr("{remedy}, or ask for other themes.", remedy=first.remedy)
    elif first.remedy:
        remedy = tr("{remedy}.", remedy=first.remedy)
    if len(closed) == 1:
        reason = tr(
            "The only place that qualifies, {place}, is {reason}.",
            place=first.place.name,
            reason=first.reason,
        )
        return InfeasibleError(reason, remedy)
    reason = trn(
        "None of the {n} place that qualifies can be visited that day; {place} is {reason}.",
        "None of the {n} places that qualify can be visited that day; {place} is {reason}.",
        len(closed),
        place=first.place.name,
        reason=first.reason,
    )
    return InfeasibleError(reason, remedy)


def _no_other(_: Posed) -> Sequence[Said]:
    return ()


def nothing(
    posed: Posed,
    why: InfeasibleError | None = None,
    *,
    changes: Sequence[Change] = CHANGES,
    tell: Callable[[Request], Callable[[Steps], Said | None]] = lambda _: in_words,
    other_ways: Callable[[Posed], Sequence[Said]] = _no_other,
) -> InfeasibleError:
    """Return the error of a problem without a solution: why, and what would help.

    *why* is the reason where it is known already; *changes* are those that may be offered, put
    into words by what *tell* returns of a request; *other_ways* tells how else than now one might
    travel, where that helps.
    """
    solved, relaxed = posed.told, bool(posed.request.margin_minutes)
    more = [tr("leave out --relaxed")] if relaxed and works(posed.loose) else []
    more += other_ways(posed)
    words = _words(posed)
    timed = {**words.names, **_times(posed)}
    words = replace(words, names=timed)
    said = tell(posed.request)
    if why is not None and posed.request.nights:
        return InfeasibleError(why.message, tr("Choose nights that are nearer to each other."))
    if why is not None:
        return InfeasibleError(why.message, what_helps(solved, words, more, changes, said))
    return InfeasibleError(*explain_nothing(solved, words, more, changes, said))


def unexplained(*_: object) -> InfeasibleError:
    """Return the error of a problem without a solution, not looking for reasons."""
    return InfeasibleError(tr("Nothing fits."))


def left_out(posed: Posed, solution: Solution) -> tuple[LeftOut, ...]:
    """Return every qualified place not in the tour, the most interesting first."""
    candidates, closed, aside = posed.qualified
    # Of places named one by one each is missed, whatever its theme.
    listed = posed.request.only is not None
    places = {c.place.id: c.place for c in candidates if listed or not c.off_theme}
    reasons = why_left_out(posed.told, solution, _words(posed), places)
    if posed.request.margin_minutes:
        reasons = _with_margin(reasons, posed)
    found: list[tuple[Place, Why]] = [
        (places[name], why) for name, why in reasons.items() if name in places
    ]
    found += [(item.place, Why(joined("", [item.reason]), "closed")) for item in closed]
    less = tr("{n} others promise more for the way there", n=MOST)
    found += [(place, Why(joined("", [less]), "")) for place in aside]
    found.sort(key=lambda item: (-item[0].interest, item[0].name))
    return tuple(
        LeftOut(place.id, why.said, place.name, why.obstacle, why.amount, why.instead_of)
        for place, why in found
    )


def flagships(posed: Posed, missed: Sequence[LeftOut]) -> tuple[Flagship, ...]:
    """Return the places worth the journey that match what was asked: visited, or why not."""
    candidates, closed, aside = posed.qualified
    reasons = {item.place: item.reason for item in missed}
    asked = [c.place for c in candidates if not c.off_theme] + [shut.place for shut in closed]
    asked += aside
    return tuple(
        Flagship(
            place.id,
            place.name,
            visited=place.id not in reasons,
            reason=reasons.get(place.id, ""),
        )
        for place in sorted(asked, key=lambda place: (place.id in reasons, place.id))
        if is_flagship(place, posed.request)
    )


def _with_margin(reasons: dict[str, Why], posed: Posed) -> dict[str, Why]:
    """Return the reasons, where the time kept in hand alone rules a place out with that one."""
    margin = wording.duration(60 * posed.request.margin_minutes)
    brief = tr("open too briefly to keep {margin} in hand", margin=margin)
    closed = {
        tight.id
        for tight, free in zip(posed.told.sites, posed.loose.sites, strict=True)
        if free.opens and not tight.opens
    }
    return {
        name: why._replace(said=brief) if name in closed else why for name, why in reasons.items()
    }


def _words(posed: Posed) -> Words:
    """Return how to speak of the planner's ids: places by name, breaks by name and day."""
    request, candidates = posed.request, posed.qualified.candidates
    names: dict[str, str] = {c.place.id: c.place.name for c in candidates}
    for number, date in enumerate(request.dates):
        for pause in request.pauses:
            when = tr("{name} on {date}", name=pause.name, date=wording.date(date))
            names[break_id(pause, number)] = pause.name if request.days == 1 else when
    return Words(
        names,
        {c.place.id: c.place.interest for c in candidates},
        lambda seconds: wording.clock(posed.clock.moment(seconds)),
        next((c.place.currency for c in candidates), "EUR"),
        frozenset(site.id for site in posed.problem.sites if not site.opens),
    )


def _times(posed: Posed) -> dict[str, str]:
    """Return what appointments and breaks are called, with the times that bind them."""
    request = posed.request
    names: dict[str, str] = {}
    for candidate in posed.qualified.candidates:
        if candidate.appointment:
            begin = candidate.begins[0][0].astimezone(posed.clock.zone)
            names[candidate.place.id] = tr(
                "{place} (appointment at {time})",
                place=candidate.place.name,
                time=wording.clock(begin),
            )
    for pause in request.pauses:
        earliest = dt.datetime.combine(request.date, pause.earliest)
        until = dt.datetime.combine(request.date, pause.latest) + dt.timedelta(
            minutes=pause.minutes
        )
        said = tr(
            "{name} ({time} between {begin} and {end})",
            name=pause.name,
            time=wording.duration(60 * pause.minutes),
            begin=wording.clock(earliest),
            end=wording.clock(until),
        )
        names |= {break_id(pause, number): said for number in range(request.days)}
    return names
