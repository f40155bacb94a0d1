"""Say what would help when nothing fits: the smallest change of each kind that would.

A problem has no answer when its musts and breaks do not fit together, or when not one site fits.
Each kind of change (start earlier, end later, walk farther, drop one must) is tried by itself and
made as small as still works.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.errors import InfeasibleError
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lens_routes.tour.problem import Problem

#: Iterations after which a handful of musts is taken not to fit.
PATIENCE = 300
#: Nobody wants to hear of longer changes; a hundred metres are taken as a minute.
LONGEST_EXTENSION_MIN = 12 * 60


@dataclass(slots=True)
class _Placed:
    """Stop as soon as everything required is placed, or patience runs out."""

    target: float
    left: int = PATIENCE

    def __call__(self, best: float) -> bool:
        self.left -= 1
        return best >= self.target or self.left < 0


def relaxations(problem: Problem, names: Mapping[str, str]) -> list[str]:
    """Return the smallest change of each kind that gives the problem an answer, in words."""
    bare = _bare(problem)
    found = []
    if (earlier := _least(bare, lambda m: _stretch(bare, m, 0))) is not None:
        found.append(f"start {wording.duration(60 * earlier)} earlier")
    if (later := _least(bare, lambda m: _stretch(bare, 0, m))) is not None:
        found.append(f"end {wording.duration(60 * later)} later")
    if bare.max_walk_m is not None:
        limit = bare.max_walk_m
        farther = _least(bare, lambda m: replace(bare, max_walk_m=limit + 100 * m))
        if farther is not None:
            found.append(f"walk {wording.distance(100 * farther)} farther")
    if len(bare.must) > 1 or (bare.must and bare.breaks):
        found += [
            f"drop {names.get(name, name)}"
            for name in sorted(bare.must)
            if works(_bare(replace(problem, must=problem.must - {name})))
        ]
    return found


def works(problem: Problem) -> bool:
    """Return whether a solution with all musts and breaks is found, with at least one visit."""
    target = len(problem.must) + len(problem.breaks)
    flat = replace(
        problem,
        sites=tuple(
            replace(s, score=1.0, shorter=tuple(replace(o, score=1.0) for o in s.shorter))
            for s in problem.sites
        ),
    )
    bonus = 1.0 + len(problem.sites)
    try:
        solution = solve(flat, _Placed(target * bonus + (1.0 if not target else 0.0)))
    except InfeasibleError:
        return False
    return not solution.missing and bool(solution.visited)


def _bare(problem: Problem) -> Problem:
    """Return the problem without the sites that are not required, unless none is."""
    if not problem.must:
        return problem
    return replace(
        problem,
        sites=tuple(
            site if site.id in problem.must else replace(site, windows=(), shorter=())
            for site in problem.sites
        ),
    )


def _stretch(problem: Problem, before_min: int, after_min: int) -> Problem:
    return replace(
        problem,
        days=tuple(
            replace(
                day,
                depart_s=day.depart_s - 60 * before_min,
                deadline_s=day.deadline_s + 60 * after_min,
            )
            for day in problem.days
        ),
    )


def _least(problem: Problem, change: Callable[[int], Problem]) -> int | None:
    """Return the smallest whole number that makes the changed problem work; None: none does."""
    if works(problem):
        return None
    low, high = 0, LONGEST_EXTENSION_MIN
    if not works(change(high)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(change(middle)) else (middle, high)
    return high
