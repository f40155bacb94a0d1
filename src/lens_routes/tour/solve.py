"""Solve a problem: search, and report the tours with their times.

The one entrance to the planner is `solve`. What it returns is timed by `schedule`, which follows
the sites' windows and the travel times anew, so that a visit begins at the first moment allowed
even where the search had thought of a later window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import InfeasibleError
from lens_routes.text.language import tr
from lens_routes.tour.problem import HourlyTimes, Solution, Tour, Visit
from lens_routes.tour.search.stop import Effort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Problem, Window
    from lens_routes.tour.proof.prove import Proof
    from lens_routes.tour.search.nodes import Node, Nodes
    from lens_routes.tour.search.stop import Stop


#: The effort a proof takes unless the caller says otherwise: under a second for most days.
USUAL = Effort()


def solve(problem: Problem, stop: Stop, seed: int = 1, effort: Effort | None = USUAL) -> Solution:
    """Choose and order visits for the greatest score.

    Parameters
    ----------
    problem
        What there is to visit, and when.
    stop
        When to stop searching.
    seed
        Chooses the run; the same problem, seed and iterations give the same answer.
    effort
        How much work to spend on proving it the best; None: none.

    Returns
    -------
    Solution
        The best tours found. Where not all musts and breaks could be placed, ``missing`` names
        those that are not in them.

    Raises
    ------
    InfeasibleError
        A day is too short to get from its start to its end.
    """
    # numpy is loaded only to search.
    from lens_routes.tour.proof.prove import prove  # noqa: PLC0415
    from lens_routes.tour.search.improve import improve  # noqa: PLC0415
    from lens_routes.tour.search.nodes import flatten  # noqa: PLC0415

    _check_days(problem)
    if isinstance(problem.travel, HourlyTimes):
        from lens_routes.tour.hourly.hourly import solve_hourly  # noqa: PLC0415

        return solve_hourly(problem, problem.travel, stop, seed, effort)
    nodes = flatten(problem)
    found = improve(nodes, stop, seed)
    proof = None if effort is None else prove(nodes, found.routes, effort)
    routes = proof.routes if proof is not None and proof.routes is not None else found.routes
    return _report(nodes, routes, proof, found.iterations)


def _check_days(problem: Problem) -> None:
    for number, day in enumerate(problem.days, start=1):
        travel = problem.travel.seconds(day.start, day.end, day.depart_s)
        over = day.depart_s + travel - day.deadline_s
        if over > 0:
            raise InfeasibleError(
                tr(
                    "Day {number} is too short to get from its start to its end:"
                    " the way alone takes {minutes} min.",
                    number=number,
                    minutes=-(-travel // 60),
                ),
                tr("Allow {minutes} min more.", minutes=-(-over // 60)),
            )
        if problem.max_walk_m is not None:
            way_m = problem.metres(day.start, day.end, day.depart_s)
            if way_m > problem.max_walk_m:
                raise InfeasibleError(
                    tr(
                        "The walking limit of {limit} m does not even get from the start to the"
                        " end of day {number}, {way} m.",
                        limit=round(problem.max_walk_m),
                        number=number,
                        way=round(way_m),
                    ),
                    tr("Allow {metres} m more.", metres=round(way_m - problem.max_walk_m)),
                )


def _report(
    nodes: Nodes, routes: Sequence[Sequence[int]], proof: Proof | None, iterations: int
) -> Solution:
    problem = nodes.problem
    chosen = [[nodes.nodes[n] for n in route] for route in routes]
    marginal = marginal_scores(
        problem, [(n.site, n.option) for day in chosen for n in day if n.site is not None]
    )
    tours = tuple(
        schedule(problem, number, [_stop(node, marginal) for node in day])
        for number, day in enumerate(chosen)
    )
    keys = 0
    for day in chosen:
        for node in day:
            keys |= node.keys
    names = [site.id for site in problem.sites] + [pause.id for pause in problem.breaks]
    lacking = nodes.required & ~keys
    score = sum(visit.score for tour in tours for visit in tour.visits)
    proven = proof is not None and proof.proven
    bound = None if proof is None or lacking else proof.bound
    return Solution(
        tours=tours,
        score=score,
        # A proof is a bound equal to the score; their sums may differ in the last digit.
        bound=score if proven and not lacking else bound,
        proven=proven,
        missing=tuple(name for bit, name in enumerate(names) if lacking >> bit & 1),
        iterations=iterations,
    )


class Stopover(NamedTuple):
    """A site visited in one of its ways (``site`` None: nothing but the breaks), then its breaks.

    ``score`` is what the visit counts for in the tour, diminishing returns applied.
    """

    site: int | None
    option: int
    pauses: tuple[int, ...]
    score: float


def _stop(node: Node, marginal: dict[int, float]) -> Stopover:
    score = 0.0 if node.site is None else marginal[node.site]
    return Stopover(node.site, node.option, node.pauses, score)


def marginal_scores(problem: Problem, visits: Sequence[tuple[int, int]]) -> dict[int, float]:
    """Return what each site visited counts for, given the (site, option) pairs of a solution.

    Within a group the best counts in full, the next ones as `Problem.returns` says.
    """
    scores: dict[int, float] = {}
    shared: dict[str, list[tuple[float, int]]] = {}
    for number, option in visits:
        site = problem.sites[number]
        scores[number] = site.options[option].score
        if site.group:
            shared.setdefault(site.group, []).append((scores[number], number))
    last = len(problem.returns) - 1
    for members in shared.values():
        for rank, (score, number) in enumerate(sorted(members, reverse=True)):
            scores[number] = score * problem.returns[min(rank, last)]
    return scores


def schedule(problem: Problem, number: int, stops: Sequence[Stopover]) -> Tour:
    """Time a day of the tour: everything begins as early as it may.

    Parameters
    ----------
    problem
        The problem the day belongs to.
    number
        Which of its days.
    stops
        What is visited, in order.

    Raises
    ------
    ValueError
        The stops do not fit the day.
    """
    day = problem.days[number]
    seconds = problem.travel.seconds
    here, clock, walk_m = day.start, day.depart_s, 0.0
    visits: list[Visit] = []
    for stop in stops:
        there = day.start if stop.site is None else stop.site
        walk_m += problem.metres(here, there, clock)
        clock += seconds(here, there, clock)
        for part in parts_of(problem, stop):
            begin = first_begin(part.windows, clock)
            leave = begin + part.duration_s
            visits.append(Visit(part.id, part.site, clock, begin, leave, 0, part.score))
            clock = leave
        here = there
    arrive = clock + seconds(here, day.end, clock)
    walk_m += problem.metres(here, day.end, clock)
    if arrive > day.deadline_s:
        raise ValueError(f"day {number} ends {arrive - day.deadline_s} s late")
    tour = Tour(tuple(visits), day.depart_s, arrive, walk_m if problem.knows_metres else None)
    return _with_slack(problem, number, tour, stops)


class Part(NamedTuple):
    """A visit, or a break: how long, and when it may begin."""

    id: str
    site: int | None
    duration_s: int
    windows: tuple[Window, ...]
    score: float


def parts_of(problem: Problem, stop: Stopover) -> list[Part]:
    """Return the visit and the breaks of a stop, in order."""
    parts = []
    if stop.site is not None:
        site = problem.sites[stop.site]
        option = site.options[stop.option]
        parts.append(Part(site.id, stop.site, option.duration_s, option.windows, stop.score))
    pauses = map(problem.breaks.__getitem__, stop.pauses)
    parts += (Part(p.id, None, p.duration_s, (p.window,), 0.0) for p in pauses)
    return parts


def first_begin(windows: Sequence[Window], arrive_s: int) -> int:
    """Return when a visit begins for whoever arrives at *arrive_s*; `ValueError`: never."""
    for opens, closes in windows:
        if arrive_s <= closes:
            return max(arrive_s, opens)
    raise ValueError(f"closed for good at {arrive_s} s")


def _with_slack(problem: Problem, number: int, tour: Tour, stops: Sequence[Stopover]) -> Tour:
    """Return the tour with the slack of every visit, worked out from the end of the day back.

    The leg to what follows may then be another one, where travel times depend on the hour.
    """
    day, travel = problem.days[number], problem.travel
    parts = [(k, part) for k, stop in enumerate(stops) for part in parts_of(problem, stop)]
    places = [day.start if stop.site is None else stop.site for stop in stops]
    visits: list[Visit] = []
    latest, onward, after = day.deadline_s, tour.arrive_s, len(stops)
    for visit, (k, part) in zip(reversed(tour.visits), reversed(parts), strict=True):
        leave = latest
        if k != after:
            there = day.end if after == len(stops) else places[after]
            if isinstance(travel, HourlyTimes):
                leave = travel.latest(places[k], there, latest)
            else:
                leave = latest - (onward - visit.leave_s)
        bound = leave - visit.leave_s + visit.begin_s
        latest = max(min(closes, bound) for opens, closes in part.windows if opens <= bound)
        onward, after = visit.arrive_s, k
        visits.append(
            Visit(
                visit.id,
                visit.site,
                visit.arrive_s,
                visit.begin_s,
                visit.leave_s,
                latest - visit.arrive_s,
                visit.score,
            )
        )
    return Tour(tuple(reversed(visits)), tour.depart_s, tour.arrive_s, tour.walk_m)
