"""Tours that differ in kind from the best one, and how they differ, in figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import InfeasibleError
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.tour_id import id_of_request
from lens_routes.planning.plan_tour import plan_tour
from lens_routes.planning.tell.left_out import unexplained
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens_routes.plan.plan import LeftOut, Plan
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Problem

#: What a place of a tour already offered counts for when another is looked for.
SEEN = 0.25
#: An easier tour walks at most this share of the way, a calmer one makes this share of the visits,
#: a shorter one is over within this share of the time.
EASIER, CALMER, SHORTER = 0.6, 0.5, 0.6
#: Two tours that share more of their places than this (Jaccard index) are the same in kind.
ALIKE = 0.7


class Alternative(NamedTuple):
    """Another tour, and in words how it differs from the best one."""

    differs: str
    plan: Plan


class _Idea(NamedTuple):
    """A kind of tour: what it is called, how the problem changes, and what it has seen already."""

    kind: Said
    change: Callable[[Problem], Problem]
    seen: frozenset[str] = frozenset()


def alternatives(
    request: Request, supplies: Supplies, best: Plan, count: int
) -> tuple[Alternative, ...]:
    """Return up to *count* tours that differ in kind from *best* and from each other.

    Each has its own idea: other places, less walking, fewer visits, a shorter day, no repetition of
    any place offered so far. What turns out alike, or does not fit, is not offered.
    """
    found: list[Alternative] = []
    for idea in _ideas(best, found):
        if len(found) == count:
            break
        try:
            plan = plan_tour(request, supplies, idea.change, unexplained)
        except InfeasibleError:
            continue
        # The proof was of another problem, and what bounds the best tour is no bound of this: where
        # it keeps what matches the themes, another may be worth more.
        left_out = tuple(_seen(item, idea) for item in plan.left_out)
        own = id_of_request({**plan.request, "alternative": len(found) + 1})
        plan = replace(plan, bound=None, proven=False, left_out=left_out, id=own)
        if all(_likeness(plan, other) <= ALIKE for other in (best, *(a.plan for a in found))):
            found.append(Alternative(_difference(idea.kind, plan, best), plan))
    return tuple(found)


def _ideas(best: Plan, found: list[Alternative]) -> Iterator[_Idea]:
    walked_m = max(day.totals.walk_m for day in best.days)
    visits = max(sum(stop.kind == "visit" for stop in day.stops) for day in best.days)
    yield _other_places(tr("Other places"), frozenset(best.visited))
    yield _Idea(tr("Less walking"), lambda p: replace(p, max_walk_m=EASIER * walked_m))
    if visits > 1:
        fewer = max(1, round(CALMER * visits))
        yield _Idea(tr("Fewer visits"), lambda p: replace(p, max_visits=fewer))
    yield _Idea(tr("A shorter day"), _shorter)
    while True:
        # Only an offer that was taken changes what the next one avoids.
        before = len(found)
        seen = frozenset(best.visited).union(*(item.plan.visited for item in found))
        yield _other_places(tr("Other places again"), seen)
        if len(found) == before:
            return


def _shorter(problem: Problem) -> Problem:
    days = tuple(
        d._replace(deadline_s=d.depart_s + round(SHORTER * (d.deadline_s - d.depart_s)))
        for d in problem.days
    )
    return replace(problem, days=days)


def _other_places(kind: Said, places: frozenset[str]) -> _Idea:
    """Return the idea of a tour for which *places* count for little; must-sees stay must-sees."""

    def change(problem: Problem) -> Problem:
        return replace(
            problem,
            sites=tuple(
                replace(
                    site,
                    score=SEEN * site.score,
                    bonus=0.0,
                    shorter=tuple(
                        o._replace(score=SEEN * o.score, bonus=0.0) for o in site.shorter
                    ),
                )
                if site.id in places
                else site
                for site in problem.sites
            ),
        )

    return _Idea(kind, change, places)


def _seen(item: LeftOut, idea: _Idea) -> LeftOut:
    """Return why a place is left out: in a tour of other places, because it was offered before."""
    if item.place not in idea.seen:
        return item
    return item._replace(reason=tr("is in a tour offered before; this one shows other places"))


def _likeness(a: Plan, b: Plan) -> float:
    ours, theirs = set(a.visited), set(b.visited)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _new(visits: int) -> Said:
    if visits == 0:
        return tr("0 of them new")
    return trn("{n} of them new", "{n} of them new", visits)


def _difference(kind: Said, plan: Plan, best: Plan) -> Said:
    ours, theirs = set(plan.visited), set(best.visited)
    walk_m, best_m = (sum(day.totals.walk_m for day in p.days) for p in (plan, best))
    lasts_s, best_s = (
        sum(elapsed_s(day.start_time, day.end_time) for day in p.days) for p in (plan, best)
    )
    return tr(
        "{kind}: {visits}, {new}, {distance} on foot instead of {before}, {time} in all"
        " instead of {time_before}",
        kind=kind,
        visits=trn("{n} visit", "{n} visits", len(ours)),
        new=_new(len(ours - theirs)),
        distance=wording.distance(walk_m),
        before=wording.distance(best_m),
        time=wording.duration(lasts_s),
        time_before=wording.duration(best_s),
    )
