"""How much a way rises and falls, and how high it is along its course."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import Point, distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.stretch import Stretch


def climbs(network: Network, stretch: Stretch) -> tuple[float, float]:
    """Return the metres up and down along a stretch; zero where heights are not known.

    Of part of an edge they are those of that part, so that a way's rise is exact from where it
    begins to where it ends.
    """
    if not len(network.edge_ascent_m):
        return 0.0, 0.0
    edge = stretch.edge
    if stretch.length_m >= network.edge_length_m[edge]:
        there = network.edge_ascent_m[edge], network.edge_descent_m[edge]
        return there if stretch.begin_m <= stretch.end_m else there[::-1]
    up_m = down_m = 0.0
    for (_, before), (_, after) in pairwise(profile(network, stretch)):
        up_m += max(after - before, 0.0)
        down_m += max(before - after, 0.0)
    return up_m, down_m


def profile(network: Network, stretch: Stretch) -> list[tuple[float, float]]:
    """Return (metres along, metres high) of a stretch, in order; empty where not known."""
    heights = _heights(network, stretch.edge)
    if not heights or math.isnan(heights[0] + heights[-1]):
        return []
    spacing_m = network.edge_length_m[stretch.edge] / (len(heights) - 1)
    low_m, high_m = sorted((stretch.begin_m, stretch.end_m))
    inner = [
        (i * spacing_m, height)
        for i, height in enumerate(heights)
        if low_m < i * spacing_m < high_m
    ]
    ends = [(at_m, _between(heights, at_m, spacing_m)) for at_m in (low_m, high_m)]
    places = [ends[0], *inner, ends[1]]
    if stretch.begin_m <= stretch.end_m:
        return [(at_m - low_m, height) for at_m, height in places]
    return [(high_m - at_m, height) for at_m, height in reversed(places)]


def course(network: Network, stretches: Iterable[Stretch]) -> list[tuple[float, float]]:
    """Return (metres along, metres high) of a whole way; empty where any of it is not known."""
    whole: list[tuple[float, float]] = []
    begin_m = 0.0
    for stretch in stretches:
        piece = profile(network, stretch)
        if not piece:
            return []
        whole += [(begin_m + at_m, height) for at_m, height in piece[1 if whole else 0 :]]
        begin_m += stretch.length_m
    return whole


def heights_along(
    line: Sequence[Point], places: Sequence[tuple[float, float]], before_m: float
) -> tuple[float, ...]:
    """Return how high each point of a line is, metres.

    Parameters
    ----------
    line
        The points of the way, with the gaps to the streets before and after, which are taken to be
        level.
    places
        What `course` returns of the way.
    before_m
        How long the gap before it is, metres.
    """
    if not places:
        return ()
    found: list[float] = []
    gone_m, i = -before_m, 0
    for a, b in pairwise((line[0], *line)):
        gone_m += distance_m(a, b)
        while i < len(places) - 2 and places[i + 1][0] < gone_m:
            i += 1
        (begin_m, low), (end_m, high) = places[i], places[min(i + 1, len(places) - 1)]
        share = (gone_m - begin_m) / (end_m - begin_m) if end_m > begin_m else 0.0
        found.append(low + (high - low) * min(1.0, max(0.0, share)))
    return tuple(found)


def steepest(places: Sequence[tuple[float, float]], over_m: float = 100.0) -> tuple[float, float]:
    """Return the greatest rise or fall per metre over so many metres of a way, and where it is.

    That is metres along the way, to the middle of it; both are 0 where the way is shorter.

    Parameters
    ----------
    places
        What `course` returns of the way.
    over_m
        Over what it is taken, metres.
    """
    most = where_m = 0.0
    i = 0
    for at_m, height in places:
        if at_m < over_m:
            continue
        while places[i + 1][0] <= at_m - over_m:
            i += 1
        (begin_m, low), (end_m, high) = places[i], places[i + 1]
        share = (at_m - over_m - begin_m) / (end_m - begin_m) if end_m > begin_m else 0.0
        grade = abs(height - low - share * (high - low)) / over_m
        if grade > most:
            most, where_m = grade, at_m - over_m / 2
    return most, where_m


def _heights(network: Network, edge: int) -> list[float]:
    if not len(network.height_m):
        return []
    return list(network.height_m[network.first_height[edge] : network.first_height[edge + 1]])


def _between(heights: Sequence[float], at_m: float, spacing_m: float) -> float:
    place = at_m / spacing_m if spacing_m > 0.0 else 0.0
    i = min(int(place), len(heights) - 2)
    return heights[i] + (heights[i + 1] - heights[i]) * min(1.0, place - i)
