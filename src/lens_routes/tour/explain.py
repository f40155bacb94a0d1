"""Explain a solution in words: why a site is not in it, and what would help when nothing fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.tour.problem import Solution, Tour
from lens_routes.tour.reasons import Obstacle, Reason, reasons
from lens_routes.tour.relax import relaxations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lens_routes.tour.problem import Problem


def why_left_out(
    problem: Problem, solution: Solution, names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return, for each site not in the tours, why not, in words with a figure.

    Parameters
    ----------
    problem, solution
        A problem and its solution.
    names
        What sites are called, by id; an id without a name stands for itself.
    """
    return {name: reason.text(names) for name, reason in reasons(problem, solution).items()}


def explain_nothing(problem: Problem, names: Mapping[str, str]) -> tuple[str, str]:
    """Return why a problem has no answer, and what would help, each in a sentence.

    Parameters
    ----------
    problem
        A problem whose solution misses musts or breaks, or visits nothing.
    names
        What sites are called, by id.
    """
    if not problem.sites:
        return "There is nothing to visit.", "Ask for more themes or another date."
    empty = Solution(
        tuple(Tour((), d.depart_s, d.deadline_s) for d in problem.days), 0, None, proven=False
    )
    why = reasons(_alone(problem), empty)
    hopeless = {
        name: why[name]
        for name in sorted(problem.must)
        if why[name].alone or why[name].obstacle is Obstacle.CLOSED
    }
    remedies = relaxations(problem, names)
    if not remedies and hopeless:
        remedies = [f"drop {_listed(hopeless, names)}"]
    elif not remedies and len(problem.must) > 1:
        remedies = ["drop several of them; no single change makes room"]
    hint = (
        f"It would help to {', or to '.join(remedies)}."
        if remedies
        else "No single change makes room: allow more time and more walking, or start elsewhere."
    )
    if hopeless:
        each = "; ".join(f"{names.get(n, n)}: {r.text(names)}" for n, r in hopeless.items())
        return f"Not every must-see can be visited. {each}.", hint
    if problem.must or problem.breaks:
        listed = _listed([*sorted(problem.must), *(pause.id for pause in problem.breaks)], names)
        return f"These do not all fit together: {listed}.", hint
    name, nearest = min(why.items(), key=lambda item: _nearness(item[1]))
    return f"Nothing fits. Nearest to it, {names.get(name, name)}: {nearest.text(names)}.", hint


def _listed(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(name, name) for name in ids)


def _alone(problem: Problem) -> Problem:
    return replace(problem, must=frozenset(), breaks=())


def _nearness(reason: Reason) -> tuple[int, float]:
    order = [Obstacle.WALK, Obstacle.DAY_TOO_SHORT, Obstacle.TOO_LATE, Obstacle.CLOSED]
    rank = order.index(reason.obstacle) if reason.obstacle in order else -1
    return rank, reason.amount
