"""Tours that differ in kind from the best one, and how they differ, in figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.errors import InfeasibleError
from lens_routes.language import trn
from lens_routes.planning.flow import plan_tour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens_routes.plan import Plan
    from lens_routes.planning.flow import Supplies
    from lens_routes.planning.request import Request
    from lens_routes.tour.problem import Problem

#: What a place of a tour already offered counts for when another is looked for.
SEEN = 0.25
#: An easier tour walks at most this share of the way; a calmer one makes this share of the visits.
EASIER, CALMER = 0.6, 0.5
#: Two tours that share more of their places than this (Jaccard index) are the same in kind.
ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another tour, and in words how it differs from the best one."""

    differs: str
    plan: Plan


def alternatives(
    request: Request, supplies: Supplies, best: Plan, count: int
) -> tuple[Alternative, ...]:
    """Return up to *count* tours that differ in kind from *best* and from each other.

    Each has its own idea: other places, less walking, fewer visits, no repetition of any place
    offered so far. What turns out alike, or does not fit, is not offered.
    """
    found: list[Alternative] = []
    for kind, change in _ideas(best, found):
        if len(found) == count:
            break
        try:
            plan = plan_tour(request, supplies, change)
        except InfeasibleError:
            continue
        # What bounds the best tour bounds every other; proof and reasons were of another problem.
        plan = replace(plan, bound=best.bound, proven=False, left_out=())
        if all(_likeness(plan, other) <= ALIKE for other in (best, *(a.plan for a in found))):
            found.append(Alternative(_difference(kind, plan, best), plan))
    return tuple(found)


def _ideas(
    best: Plan, found: list[Alternative]
) -> Iterator[tuple[str, Callable[[Problem], Problem]]]:
    walked_m = max(day.totals.walk_m for day in best.days)
    visits = max(sum(stop.kind == "visit" for stop in day.stops) for day in best.days)
    yield "Other places", _without(_visited(best))
    yield "Less walking", lambda problem: replace(problem, max_walk_m=EASIER * walked_m)
    if visits > 1:
        fewer = max(1, round(CALMER * visits))
        yield "Fewer visits", lambda problem: replace(problem, max_visits=fewer)
    while True:
        # Only an offer that was taken changes what the next one avoids.
        before = len(found)
        seen = _visited(best).union(*(_visited(item.plan) for item in found))
        yield "Other places again", _without(seen)
        if len(found) == before:
            return


def _visited(plan: Plan) -> frozenset[str]:
    return frozenset(stop.place for day in plan.days for stop in day.stops if stop.place)


def _without(places: frozenset[str]) -> Callable[[Problem], Problem]:
    """Return the change that makes *places* count for little; must-sees stay must-sees."""

    def change(problem: Problem) -> Problem:
        return replace(
            problem,
            sites=tuple(
                replace(
                    site,
                    score=SEEN * site.score,
                    shorter=tuple(replace(o, score=SEEN * o.score) for o in site.shorter),
                )
                if site.id in places
                else site
                for site in problem.sites
            ),
        )

    return change


def _likeness(a: Plan, b: Plan) -> float:
    ours, theirs = _visited(a), _visited(b)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _difference(kind: str, plan: Plan, best: Plan) -> str:
    ours, theirs = _visited(plan), _visited(best)
    walk_m, best_m = (sum(day.totals.walk_m for day in p.days) for p in (plan, best))
    return (
        f"{kind}: {trn('{n} visit', '{n} visits', len(ours))}, {len(ours - theirs)} of them new,"
        f" {wording.distance(walk_m)} on foot instead of {wording.distance(best_m)},"
        f" {plan.score / best.score if best.score else 1:.0%} of the interest"
    )
