"""Say what would help when nothing fits: the smallest changes that would.

A problem has no answer when its musts and breaks do not fit together, or when not one site fits.
Each kind of change (start earlier, end later, walk farther, pay more, drop one thing) is tried by
itself and made as small as still works. Where no limit helps by itself, two are tried together,
then more. Whatever is offered has been planned with, and is what a person would do: nobody starts
twelve hours earlier or walks 29 km farther for a place.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.tour.reasons.feasible import required_of, works

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Problem

#: So many visits that are not required are kept in mind for breaks of several days.
HOSTS = 12
#: A day is shifted and prolonged by so many minutes at most, between these minutes after midnight.
SHIFTED_MIN, EARLIEST_MIN, LATEST_MIN = 3 * 60, 6 * 60, 22 * 60
#: A day's walk grows by so many hundred metres at most, and to so many; entries by so many euros.
FARTHER_HM, FARTHEST_HM, DEARER_EUR = 80, 200, 50
_DAY_MIN = 24 * 60


class Change(NamedTuple):
    """A way to relax a problem by a whole number of steps, how to say it, and how many at most."""

    apply: Callable[[Problem, int], Problem]
    said: Callable[[int], Said]
    most: Callable[[Problem], int]


#: Some changes, each by so many steps.
Steps = tuple[tuple[Change, int], ...]


def in_words(steps: Steps) -> Said | None:
    """Return changes in words: "start 1 h earlier and walk 200 m farther"."""
    told = (change.said(n) for change, n in steps)
    return reduce(lambda one, other: tr("{one} and {other}", one=one, other=other), told)


def _stretched(problem: Problem, before_min: int, after_min: int) -> Problem:
    days = (
        d._replace(depart_s=d.depart_s - 60 * before_min, deadline_s=d.deadline_s + 60 * after_min)
        for d in problem.days
    )
    return replace(problem, days=tuple(days))


EARLIER = Change(
    lambda problem, n: _stretched(problem, n, 0),
    lambda n: tr("start {time} earlier", time=wording.duration(60 * n)),
    lambda problem: min(SHIFTED_MIN, problem.days[0].depart_s // 60 - EARLIEST_MIN),
)
LATER = Change(
    lambda problem, n: _stretched(problem, 0, n),
    lambda n: tr("end {time} later", time=wording.duration(60 * n)),
    lambda problem: min(SHIFTED_MIN, LATEST_MIN - problem.days[0].deadline_s // 60 % _DAY_MIN),
)
FARTHER = Change(
    lambda problem, n: replace(problem, max_walk_m=(problem.max_walk_m or 0) + 100 * n),
    lambda n: tr("go {distance} farther", distance=wording.distance(100 * n)),
    lambda problem: min(FARTHER_HM, FARTHEST_HM - int(problem.max_walk_m or 0) // 100),
)
DEARER = Change(
    lambda problem, n: replace(problem, max_cost=(problem.max_cost or 0) + 100 * n),
    lambda n: tr("raise the budget by {sum}", sum=n),
    lambda _: DEARER_EUR,
)

#: All changes, and those that can be made once the day has begun.
CHANGES = (EARLIER, LATER, FARTHER, DEARER)
UNDERWAY = CHANGES[1:]


def relaxations(
    problem: Problem,
    name: Callable[[str], str] = str,
    hopeless: frozenset[str] = frozenset(),
    changes: Sequence[Change] = CHANGES,
    tell: Callable[[Steps], Said | None] = in_words,
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
    changes
        The changes to try.
    tell
        Puts changes into words; None: these are not to be offered.
    """
    bare = _bare(problem)
    idle = {FARTHER: problem.max_walk_m is None, DEARER: problem.max_cost is None}
    changes = [change for change in changes if not idle.get(change)]
    drops = _drops(problem, name)
    found = _told(
        (((change, n),) for change in changes if (n := least(bare, change)) is not None), tell
    )
    # Two changes at once of days with breaks are too much to try.
    if not found and (len(bare.days) == 1 or not bare.breaks):
        found += _together(bare, changes, tell)
    if len(required_of(problem)) == 1 and hopeless:
        # To drop the only thing asked for helps nobody.
        return found
    if len(hopeless) < 2:
        found += [_dropped(said) for said, ids in drops.items() if works(_without(problem, ids))]
    elif works(_without(problem, hopeless)):
        found.append(_dropped(wording.listed([name(identity) for identity in sorted(hopeless)])))
    return found or _more_drops(problem, drops, changes)


def _told(offers: Iterable[Steps | None], tell: Callable[[Steps], Said | None]) -> list[Said]:
    """Return offers in words, but those that are not to be made."""
    return [said for steps in offers if steps and (said := tell(steps))]


def _together(
    bare: Problem, changes: Sequence[Change], tell: Callable[[Steps], Said | None]
) -> list[Said]:
    """Return what helps of as few changes together as help at all."""
    for count in range(2, len(changes) + 1):
        found = _told((_least_each(bare, some) for some in combinations(changes, count)), tell)
        if found:
            return found
    return []


def _least_each(bare: Problem, changes: Sequence[Change]) -> Steps | None:
    """Return changes that help together, each as small as the others then allow."""
    told: list[tuple[Change, int]] = []
    for number, change in enumerate(changes, start=1):
        roomy = bare
        for later in changes[number:]:
            roomy = later.apply(roomy, max(0, later.most(roomy)))
        n = least(roomy, change)
        if n is None:
            return None
        bare = change.apply(bare, n)
        told.append((change, n))
    return tuple(told)


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
        spared = frozenset(required_of(problem)) - frozenset(needed) | {identity}
        if len(needed) > 1 and not works(_without(problem, spared)):
            needed.remove(identity)
    return needed


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
    low, high = 0, change.most(problem)
    if high <= 0 or not works(change.apply(problem, high)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        fits = works(change.apply(problem, middle))
        low, high = (low, middle) if fits else (middle, high)
    return high
