"""Make room in tours: take stretches of visits out, or move a stretch elsewhere."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from lens_routes.tour.search.construct import Draft

#: The longest stretch moved as it is.
LONGEST_MOVE = 6
#: Of so many stretches drawn, the one that gains least for its time is taken out.
DRAWN = 3


def take_out(draft: Draft, day: int, mean: float, rng: random.Random) -> None:
    """Take a stretch of neighbouring visits out of a day, *mean* of them on average."""
    visits = len(draft.routes[day].stops) - 2
    if visits < 1:
        return
    length = min(visits, 1 + int(-math.log(1.0 - rng.random()) * (mean - 1.0)))
    drawn = (rng.randint(1, visits - length + 1) for _ in range(DRAWN))
    first = min(drawn, key=partial(_rate, draft, day, length))
    draft.remove(day, first, first + length)


def _rate(draft: Draft, day: int, length: int, first: int) -> float:
    """Return what a stretch gains for each second that taking it out frees."""
    nodes, route = draft.nodes, draft.routes[day]
    last = first + length
    here, there = route.stops[first - 1], route.stops[last]
    freed_s = route.begin[last] - route.begin[first - 1]
    freed_s -= nodes.duration_s[here] + nodes.hours[here][there]
    prize = sum(nodes.prize[node] for node in route.stops[first:last])
    return prize / max(1, freed_s)


def move(draft: Draft, day: int, rng: random.Random) -> None:
    """Move a stretch of visits to where it delays the rest least, either way round.

    Exchanging two legs for two others (or-opt; 2-opt where the stretch only turns round) mends
    orders that taking out and inserting one visit after the other does not.
    """
    route = draft.routes[day]
    visits = len(route.stops) - 2
    if visits < 2:
        return
    length = rng.randint(1, min(visits - 1, LONGEST_MOVE))
    first = rng.randint(1, visits - length + 1)
    stretch = tuple(route.stops[first : first + length])
    draft.remove(day, first, first + length)
    gaps = range(visits - length + 1)
    choices = [
        (delay, gap, turned)
        for turned in ((stretch, stretch[::-1]) if length > 1 else (stretch,))
        for gap in gaps
        if (gap != first - 1 or turned != stretch)
        and (delay := _delay(draft, day, gap, turned)) is not None
    ]
    _, gap, turned = min(choices, default=(0, first - 1, stretch))
    draft.insert(day, gap, *turned)


def _delay(draft: Draft, day: int, gap: int, visits: Sequence[int]) -> int | None:
    """Return by how much visits put into a gap delay the next stop; None where they do not fit."""
    nodes, route = draft.nodes, draft.routes[day]
    hours, lengths, opens, closes = nodes.hours, nodes.duration_s, nodes.open_s, nodes.close_s
    here, clock = route.stops[gap], route.begin[gap]
    for there in visits:
        clock = max(clock + lengths[here] + hours[here][there], opens[there])
        if clock > closes[there]:
            return None
        here = there
    following = route.stops[gap + 1]
    clock += lengths[here] + hours[here][following]
    if clock > route.latest[gap + 1] or _walks_too_far(draft, day, gap, visits):
        return None
    return max(clock, opens[following]) - route.begin[gap + 1]


def _walks_too_far(draft: Draft, day: int, gap: int, visits: Sequence[int]) -> bool:
    """Tell whether visits put into a gap take the day over the walking limit."""
    walk, limit_m = draft.nodes.walk, draft.nodes.problem.max_walk_m
    if walk is None or limit_m is None:
        return False
    route = draft.routes[day]
    stops = (route.stops[gap], *visits, route.stops[gap + 1])
    walk_m = sum(float(walk[a, b]) for a, b in pairwise(stops))
    return route.walk_m + walk_m - float(walk[stops[0], stops[-1]]) > limit_m
