"""Say what would help when nothing fits: the smallest changes that would.

A problem has no answer when its musts and breaks do not fit together, or when not one site fits.
Each kind of change (start earlier, end later, walk farther, pay more, drop one thing) is tried by
itself and made as small as still works. Where no limit helps by itself, two are tried together,
then more. Whatever is offered has been planned with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from lens_routes import wording
from lens_routes.errors import InfeasibleError
from lens_routes.language import tr
from lens_routes.tour.solve import solve
from lens_routes.tour.stop import Effort
from lens_routes.tour.together import fit_together
from lens_routes.tour.trial import follow, ways_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lens_routes.language import Said
    from lens_routes.tour.problem import Problem

#: Iterations after which a handful of musts is taken not to fit, unless a proof is cheap.
PATIENCE = 100
PROOF = Effort(steps=10, cells=10_000_000, partial_tours=20_000)
#: Up to so many musts and breaks of one day are tried in every order; up to so many with another
#: visit, after which a break may cost less.
MOST_ORDERED, MOST_HOSTED = 6, 3
#: So many visits that are not required are kept in mind for breaks of several days.
HOSTS = 12
#: Nobody wants to hear of longer changes; a hundred metres, or a euro, are taken as a minute.
MOST = 12 * 60


class Change(NamedTuple):
    """A way to relax a problem by a whole number of steps, and how to say it."""

    apply: Callable[[Problem, int], Problem]
    said: Callable[[int], Said]


def _stretched(problem: Problem, before_min: int, after_min: int) -> Problem:
    days = (
        replace(d, depart_s=d.depart_s - 60 * before_min, deadline_s=d.deadline_s + 60 * after_min)
        for d in problem.days
    )
    return replace(problem, days=tuple(days))


EARLIER = Change(
    lambda problem, n: _stretched(problem, n, 0),
    lambda n: tr("start {time} earlier", time=wording.duration(60 * n)),
)
LATER = Change(
    lambda problem, n: _stretched(problem, 0, n),
    lambda n: tr("end {time} later", time=wording.duration(60 * n)),
)
FARTHER = Change(
    lambda problem, n: replace(problem, max_walk_m=(problem.max_walk_m or 0) + 100 * n),
    lambda n: tr("walk {distance} farther", distance=wording.distance(100 * n)),
)
DEARER = Change(
    lambda problem, n: replace(problem, max_cost=(problem.max_cost or 0) + 100 * n),
    lambda n: tr("spend {sum} € more", sum=n),
)


def relaxations(
    problem: Problem, name: Callable[[str], str] = str, hopeless: frozenset[str] = frozenset()
) -> list[Said]:
    """Return the smallest changes that give the problem an answer, in words: "start 1 h earlier".

    Parameters
    ----------
    problem
        A problem without an answer.
    name
        Says what a site or a break is called. Breaks of one name are dropped together.
    hopeless
        Musts that no day holds even with nothing else in it.
    """
    bare = _bare(problem)
    changes = [EARLIER, LATER]
    changes += [FARTHER] if problem.max_walk_m is not None else []
    changes += [DEARER] if problem.max_cost is not None else []
    drops = _drops(problem, name)
    found = [change.said(n) for change in changes if (n := least(bare, change)) is not None]
    if not found:
        found += _together(bare, changes)
    if len(hopeless) < 2:
        found += [_dropped(said) for said, ids in drops.items() if works(_without(problem, ids))]
    elif works(_without(problem, hopeless)):
        found.append(_dropped(wording.listed([name(identity) for identity in sorted(hopeless)])))
    return found or _more_drops(problem, drops, changes)


def _together(bare: Problem, changes: Sequence[Change]) -> list[Said]:
    """Return what helps of as few changes together as help at all."""
    for count in range(2, len(changes) + 1):
        found = [said for some in combinations(changes, count) if (said := _least_each(bare, some))]
        if found:
            return found
    return []


def _least_each(bare: Problem, changes: Sequence[Change]) -> Said | None:
    """Return changes that help together, each as small as the others then allow."""
    told: list[Said] = []
    for number, change in enumerate(changes, start=1):
        roomy = bare
        for later in changes[number:]:
            roomy = later.apply(roomy, MOST)
        n = least(roomy, change)
        if n is None:
            return None
        bare = change.apply(bare, n)
        told.append(change.said(n))
    return reduce(lambda one, other: tr("{one} and {other}", one=one, other=other), told)


def _more_drops(
    problem: Problem, drops: dict[str, frozenset[str]], changes: list[Change]
) -> list[Said]:
    """Return what helps where no change of limits does: two things less, or one and a change."""
    found: list[Said] = []
    for said, ids in drops.items():
        bare = _bare(_without(problem, ids))
        found += [
            tr("{one} and {other}", one=_dropped(said), other=change.said(n))
            for change in changes
            if (n := least(bare, change)) is not None
        ]
    if found or len(drops) < 3:
        return found
    return [
        _dropped(wording.listed([one, other]))
        for one, other in combinations(drops, 2)
        if works(_without(problem, drops[one] | drops[other]))
    ]


def _dropped(name: str) -> Said:
    return tr("drop {thing}", thing=name)


def _drops(problem: Problem, name: Callable[[str], str]) -> dict[str, frozenset[str]]:
    """Return what could be dropped: what it is called, and its ids."""
    found: dict[str, frozenset[str]] = {}
    for identity in (*sorted(problem.must), *(pause.id for pause in problem.breaks)):
        called = name(identity)
        found[called] = found.get(called, frozenset()) | {identity}
    return found


def _without(problem: Problem, ids: frozenset[str]) -> Problem:
    return _bare(
        replace(
            problem,
            must=problem.must - ids,
            breaks=tuple(pause for pause in problem.breaks if pause.id not in ids),
        )
    )


def clash(problem: Problem) -> list[str]:
    """Return the ids of musts and breaks that do not fit together: none of them can be spared.

    What is left out without making room is out; the rest is in each other's way.
    """
    needed = [*(pause.id for pause in problem.breaks), *sorted(problem.must)]
    for identity in tuple(needed):
        spared = frozenset(_required(problem)) - frozenset(needed) | {identity}
        if len(needed) > 1 and not works(_without(problem, spared)):
            needed.remove(identity)
    return needed


def _required(problem: Problem) -> list[str]:
    return [*problem.must, *(pause.id for pause in problem.breaks)]


@dataclass(slots=True)
class _Placed:
    """Stop as soon as everything required is placed, or patience runs out."""

    target: float
    left: int = PATIENCE

    def __call__(self, best: float) -> bool:
        self.left -= 1
        return best >= self.target or self.left < 0


def works(problem: Problem) -> bool:
    """Return whether a solution with all musts and breaks is found, with at least one visit."""
    if not problem.must and not problem.breaks:
        return any(_fits_alone(problem, index) for index in range(len(problem.sites)))
    if not all(_fits_alone(problem, problem.index(name)) for name in problem.must):
        return False
    required = _required(problem)
    if len(problem.days) == 1 and len(required) <= MOST_ORDERED:
        if problem.must and fit_together(problem, 0, required):
            return True
        if not problem.breaks:
            return False
        if len(required) <= MOST_HOSTED:
            return any(fit_together(problem, 0, [*required, host]) for host in _hosts(problem))
    flat = replace(
        problem,
        returns=(1.0,),
        sites=tuple(
            replace(s, score=1.0, shorter=tuple(replace(o, score=1.0) for o in s.shorter))
            for s in problem.sites
        ),
    )
    target = len(required) * (1.0 + len(problem.sites)) + max(1, len(problem.must))
    try:
        solution = solve(flat, _Placed(target), effort=PROOF)
    except InfeasibleError:
        return False
    visits = [visit for tour in solution.tours for visit in tour.visits if visit.site is not None]
    return not solution.missing and bool(visits)


def _fits_alone(problem: Problem, index: int) -> bool:
    if problem.max_cost is not None and problem.cost[index] > problem.max_cost:
        return False
    return any(
        not follow(problem, number, [way]).troubles
        for number in range(len(problem.days))
        for way in ways_of(problem, index)
    )


def _hosts(problem: Problem) -> Iterator[str]:
    """Yield the sites that are not required and fit into a day with nothing else in it."""
    for index, site in enumerate(problem.sites):
        if site.id not in problem.must and _fits_alone(problem, index):
            yield site.id


def _bare(problem: Problem) -> Problem:
    """Return the problem without the sites that are not required, unless none is.

    Some stay for a break to be taken after: for a single day all, for several the nearest.
    """
    if not problem.must or (problem.breaks and len(problem.days) == 1):
        return problem
    kept = problem.must | frozenset(_nearest(problem)) if problem.breaks else problem.must
    return replace(
        problem,
        sites=tuple(
            site if site.id in kept else replace(site, windows=(), shorter=())
            for site in problem.sites
        ),
    )


def _nearest(problem: Problem) -> list[str]:
    """Return a few sites that are not required: those quickest to visit from any that is."""
    anchors = {problem.index(name) for name in problem.must}
    anchors |= {place for day in problem.days for place in (day.start, day.end)}
    depart_s = problem.days[0].depart_s

    def takes_s(index: int) -> int:
        visit_s = min(option.duration_s for option in problem.sites[index].options)
        return visit_s + min(problem.travel.seconds(a, index, depart_s) for a in anchors)

    others = [i for i, site in enumerate(problem.sites) if site.id not in problem.must]
    return [problem.sites[i].id for i in sorted(others, key=takes_s)[:HOSTS]]


def least(problem: Problem, change: Change) -> int | None:
    """Return the fewest steps of a change that make the problem work; None: none do, or none need.

    Longer days and wider limits never harm, so halving the interval finds it.
    """
    if works(problem):
        return None
    low, high = 0, MOST
    if not works(change.apply(problem, high)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        fits = works(change.apply(problem, middle))
        low, high = (low, middle) if fits else (middle, high)
    return high
