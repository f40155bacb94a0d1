"""Work out the effort of the days of a search, on its nodes; see `lens_routes.tour.effort`.

`Nodes.legs` hold what the ways cost by day. What depends on the hour, and on what was walked
before, is added along the day.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.tour.effort import HOUR_S, dark_s, tired_effort, wait_effort
from lens_routes.tour.schedule import schedule
from lens_routes.tour.search.nodes import stopover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.search.nodes import Nodes


def effort_of(nodes: Nodes, day: int, visits: Sequence[int]) -> float:
    """Return the effort of a day of nodes that works, on its true times."""
    if nodes.legs is None:
        return 0.0
    if nodes.hourly:
        return schedule(nodes.problem, day, [stopover(nodes.nodes[n]) for n in visits]).effort
    stops = [nodes.start(day), *visits, nodes.end(day)]
    begins = [nodes.open_s[stops[0]]]
    for here, there in pairwise(stops):
        clock = begins[-1] + nodes.duration_s[here] + nodes.hours[here][there]
        begins.append(max(clock, nodes.open_s[there]))
    return standing_effort(nodes, day, stops, begins)


def nights(nodes: Nodes) -> list[bool]:
    """Return of each day whether some of it is dark, and that matters."""
    problem = nodes.problem
    if not problem.light or not problem.prices.in_the_dark:
        return [False] * len(problem.days)
    return [
        day.depart_s < dawn or day.deadline_s > dusk
        for day, (dawn, dusk) in zip(problem.days, problem.light, strict=True)
    ]


def standing_effort(nodes: Nodes, day: int, stops: Sequence[int], begins: Sequence[int]) -> float:
    """Return the effort of a day whose *stops*, start and end included, begin at some seconds."""
    if nodes.legs is None:
        return 0.0
    problem, hours = nodes.problem, nodes.hours
    effort, last = 0.0, len(stops) - 1
    night = nights(nodes)[day]
    for index, (here, there) in enumerate(pairwise(stops), start=1):
        effort += nodes.legs[here][there]
        leg_s = hours[here][there]
        depart = begins[index - 1] + nodes.duration_s[here]
        idle_s = begins[index] - depart - leg_s
        if index == 1 and last > 1:
            # Who would wait for the first stop leaves later.
            depart, idle_s = depart + idle_s, 0
        if night:
            dark = dark_s(problem.light[day], depart, depart + leg_s)
            effort += problem.prices.in_the_dark * dark / HOUR_S
        if index < last:
            effort += wait_effort(problem.prices, idle_s + nodes.nodes[there].idle_s)
    if nodes.walk is not None and problem.prices.tired_km:
        walk_m = float(nodes.walk[list(stops[:-1]), list(stops[1:])].sum())
        effort += tired_effort(problem.prices, walk_m)
    return effort
