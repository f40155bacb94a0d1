"""Say why: what was left out of a tour, and why there is none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.errors import InfeasibleError
from lens_routes.plan import LeftOut
from lens_routes.tour.explain import explain_nothing, why_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.planning.candidates import Candidate, Closed
    from lens_routes.planning.request import Request
    from lens_routes.tour.problem import Problem, Solution


def all_closed(closed: Sequence[Closed]) -> InfeasibleError:
    """Return the error of a day on which no place that qualifies can be visited."""
    first = min(closed, key=lambda item: (not item.remedy, item.opens or dt.date.min))
    remedy = (
        f"{first.remedy}, or ask for other themes." if first.remedy else "Ask for other themes."
    )
    if len(closed) == 1:
        return InfeasibleError(
            f"The only place that qualifies, {first.place.name}, is {first.reason}.", remedy
        )
    return InfeasibleError(
        f"None of the {len(closed)} places that qualify can be visited that day;"
        f" {first.place.name} is {first.reason}.",
        remedy,
    )


def nothing(problem: Problem, request: Request, candidates: Sequence[Candidate]) -> InfeasibleError:
    """Return the error of a problem without a solution: why, and what would help."""
    reason, remedy = explain_nothing(problem, _names(request, candidates))
    return InfeasibleError(reason, remedy)


def left_out(
    problems: tuple[Problem, Problem],
    solution: Solution,
    request: Request,
    candidates: Sequence[Candidate],
    closed: Sequence[Closed],
) -> tuple[LeftOut, ...]:
    """Return every qualified place not in the tour, the most interesting first.

    *problems* are the one that was solved, and the same without the margin: what the margin alone
    rules out has to be said so.
    """
    solved, loose = problems
    places = {c.place.id: c.place for c in candidates}
    names = _names(request, candidates)
    reasons = [(places[name], why) for name, why in why_left_out(solved, solution, names).items()]
    if request.margin_minutes:
        in_hand = f"{request.margin_minutes} min in hand"
        brief = {
            tight.id
            for tight, free in zip(solved.sites, loose.sites, strict=True)
            if free.windows and not any(option.windows for option in tight.options)
        }
        reasons = [
            (
                place,
                f"open too briefly to keep {in_hand}"
                if place.id in brief
                else f"{why}, with {in_hand}",
            )
            for place, why in reasons
        ]
    reasons += [(item.place, item.reason) for item in closed]
    reasons.sort(key=lambda item: (-item[0].interest, item[0].name))
    return tuple(LeftOut(place.id, reason, place.name) for place, reason in reasons)


def _names(request: Request, candidates: Sequence[Candidate]) -> dict[str, str]:
    """Return what the planner's ids are called: places by name, breaks by name and day."""
    names = {candidate.place.id: candidate.place.name for candidate in candidates}
    for number, date in enumerate(request.dates):
        for pause in request.pauses:
            when = "" if request.days == 1 else f" on {wording.date(date)}"
            names[f"{pause.name} {number}"] = f"{pause.name}{when}"
    return names
