"""The walks between every two of some points, as arrays: what a tour is planned on."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.plan.plan import Grade
from lens_routes.streets.route.cost import walking_s
from lens_routes.travel.foot.walk import Walk
from lens_routes.travel.tables.pairs import NO_WALK, PER_METRE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from lens_routes.geo import Point
    from lens_routes.travel.foot.walk import DetourFit
    from lens_routes.travel.tables.pairs import Pairs

    Floats = npt.NDArray[np.float64]

_GRADES = tuple(Grade)


class Walks:
    """Symmetric walks between points numbered from 0; ``walks[i, j]`` reads and writes one.

    Parameters
    ----------
    points
        The points.
    fit
        What estimates the walks to begin with; those between equal points are none.
    """

    def __init__(self, points: Sequence[Point], fit: DetourFit) -> None:
        places = np.array(points, dtype=np.float64).reshape(-1, 2)
        apart_m = np.rint(fit.factor * _great_circles_m(places) * PER_METRE) / PER_METRE
        same = (places[:, None] == places[None]).all(axis=2)
        self._distance_m = np.where(same, 0.0, apart_m)
        self._steps_m = np.zeros_like(apart_m)
        self._main_road_m = np.zeros_like(apart_m)
        known, guessed = _GRADES.index(Grade.TABLE), _GRADES.index(Grade.ESTIMATE)
        self._grade = np.where(same, known, guessed).astype(np.int8)

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self._grade)

    def __getitem__(self, pair: tuple[int, int]) -> Walk:
        """Return the walk between two points."""
        return Walk(
            float(self._distance_m[pair]),
            _GRADES[self._grade[pair]],
            float(self._steps_m[pair]),
            float(self._main_road_m[pair]),
        )

    def __setitem__(self, pair: tuple[int, int], walk: Walk) -> None:
        """Replace the walk between two points, in both directions."""
        for way in (pair, pair[::-1]):
            self._distance_m[way] = walk.distance_m
            self._steps_m[way] = walk.steps_m
            self._main_road_m[way] = walk.main_road_m
            self._grade[way] = _GRADES.index(walk.grade)

    def with_(self, walks: Mapping[tuple[int, int], Walk]) -> Walks:
        """Return the same walks but for some, which are known better."""
        changed = deepcopy(self)
        for pair, walk in walks.items():
            changed[pair] = walk
        return changed

    def take(self, pairs: Pairs, numbers: Sequence[int | None]) -> None:
        """Take over the walks that *pairs* knows where there is only an estimate.

        Parameters
        ----------
        pairs
            Walks by name.
        numbers
            For each point, its number among the names of *pairs*, None if it is not one of them.
        """
        ours = np.array([i for i, number in enumerate(numbers) if number is not None], dtype=int)
        theirs = np.array([number for number in numbers if number is not None], dtype=int)
        if not len(ours):
            return
        into, out_of = np.ix_(ours, ours), np.ix_(theirs, theirs)
        shape = (len(pairs.names),) * 2
        distance = np.asarray(pairs.distance).reshape(shape)[out_of]
        news = (distance != NO_WALK) & (self._grade[into] == _GRADES.index(Grade.ESTIMATE))
        for mine, packed in (
            (self._distance_m, distance),
            (self._steps_m, np.asarray(pairs.steps).reshape(shape)[out_of]),
            (self._main_road_m, np.asarray(pairs.main_road).reshape(shape)[out_of]),
        ):
            mine[into] = np.where(news, packed / PER_METRE, mine[into])
        self._grade[into] = np.where(news, _GRADES.index(Grade.TABLE), self._grade[into])

    def least_known(self) -> list[int]:
        """Return the points with estimated walks, those with most of them first."""
        guesses = (self._grade == _GRADES.index(Grade.ESTIMATE)).sum(axis=1)
        order = np.argsort(-guesses, kind="stable")
        found: list[int] = order[guesses[order] > 0].tolist()
        return found

    def guessed(self, number: int) -> list[int]:
        """Return the points to which the walk from point *number* is only estimated."""
        found: list[int] = np.nonzero(self._grade[number] == _GRADES.index(Grade.ESTIMATE))[
            0
        ].tolist()
        return found

    def seconds(self, pace_kmh: float) -> list[list[int]]:
        """Return how long each walk takes, whole seconds, shape (points, points)."""
        exact = walking_s(self._distance_m, self._steps_m, pace_kmh)
        rows: list[list[int]] = np.rint(exact).astype(np.int64).tolist()
        return rows

    def metres(self) -> list[list[float]]:
        """Return the length of each walk, metres, shape (points, points)."""
        rows: list[list[float]] = self._distance_m.tolist()
        return rows

    def main_road_metres(self) -> list[list[float]]:
        """Return the metres of each walk along main roads, shape (points, points)."""
        rows: list[list[float]] = self._main_road_m.tolist()
        return rows


def _great_circles_m(places: Floats) -> Floats:
    """Return the great circle between every two places; see `lens_routes.geo.distance_m`."""
    lon, lat = np.radians(places[:, 0]), np.radians(places[:, 1])
    half_lat = np.sin((lat[:, None] - lat[None]) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon[None]) / 2) ** 2
    h = half_lat + np.cos(lat)[:, None] * np.cos(lat)[None] * half_lon
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return metres
