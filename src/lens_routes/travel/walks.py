"""The walks between every two of some points, as arrays: what a tour is planned on."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.plan.grade import Grade
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.travel.foot.walk import NEVER_M, Walk, walking_s
from lens_routes.travel.tables.pairs import CLIMBED, NO_WAY, PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from lens_routes.geo import Point
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.travel.foot.walk import DetourFit
    from lens_routes.travel.tables.pairs import Pairs

    Floats = npt.NDArray[np.float64]

GRADES = tuple(Grade)


class Walks:
    """Symmetric walks between points numbered from 0; ``walks[i, j]`` reads and writes one.

    Parameters
    ----------
    points
        The points.
    fit
        What estimates the walks to begin with; those between equal points are none.
    mover
        Who walks, or rolls.
    """

    def __init__(self, points: Sequence[Point], fit: DetourFit, mover: Profile = FOOT) -> None:
        self.mover = mover
        places = np.array(points, dtype=np.float64).reshape(-1, 2)
        apart_m = np.rint(fit.factor * _great_circles_m(places) * PER_UNIT) / PER_UNIT
        same = (places[:, None] == places[None]).all(axis=2)
        self.figures = {name: np.zeros_like(apart_m) for name in CLIMBED}
        self.figures["distance"] = np.where(same, 0.0, apart_m)
        known, guessed = GRADES.index(Grade.TABLE), GRADES.index(Grade.ESTIMATE)
        self.grade = np.where(same, known, guessed).astype(np.int8)

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.grade)

    def __getitem__(self, pair: tuple[int, int]) -> Walk:
        """Return the walk between two points."""
        distance_m, steps_m, main_road_m, ascent_m = (
            float(self.figures[name][pair]) for name in CLIMBED
        )
        descent_m = float(self.figures["ascent"][pair[::-1]])
        grade = GRADES[self.grade[pair]]
        return Walk(distance_m, grade, steps_m, main_road_m, ascent_m, descent_m, self.mover)

    def __setitem__(self, pair: tuple[int, int], walk: Walk) -> None:
        """Replace the walk between two points, in both directions."""
        lengths = {"distance": walk.distance_m, "steps": walk.steps_m}
        lengths["main_road"] = walk.main_road_m
        self.put(pair, walk.grade, {**lengths, "ascent": walk.ascent_m})
        self.put(pair[::-1], walk.grade, {**lengths, "ascent": walk.descent_m})

    def put(self, pair: tuple[int, int], grade: Grade, figures: Mapping[str, float]) -> None:
        """Replace what is known of the way from one point to another."""
        for name, figure in figures.items():
            self.figures[name][pair] = figure
        self.grade[pair] = GRADES.index(grade)

    def with_(self, walks: Mapping[tuple[int, int], Walk]) -> Walks:
        """Return the same walks but for some, which are known better."""
        changed = deepcopy(self)
        for pair, walk in walks.items():
            changed[pair] = walk
        return changed

    def take(self, pairs: Pairs, numbers: Sequence[int | None]) -> None:
        """Take over the ways that *pairs* knows where there is only an estimate.

        Parameters
        ----------
        pairs
            Ways by name.
        numbers
            For each point, its number among the names of *pairs*, None if it is not one of them.
        """
        ours = np.array([i for i, number in enumerate(numbers) if number is not None], dtype=int)
        theirs = np.array([number for number in numbers if number is not None], dtype=int)
        if not len(ours):
            return
        into, out_of = np.ix_(ours, ours), np.ix_(theirs, theirs)
        shape = (len(pairs.names),) * 2
        found = {
            name: np.asarray(pairs.figures[name]).reshape(shape)[out_of]
            for name in self.figures
            if name in pairs.figures
        }
        guess = self.grade[into] == GRADES.index(Grade.ESTIMATE)
        news = (found["distance"] != NO_WAY) & guess
        if self.mover.rolls:
            # The tables of walkers know steps: what leads over them is no way.
            found["distance"] = np.where(found["steps"] > 0, NEVER_M * PER_UNIT, found["distance"])
        for name, packed in found.items():
            mine = self.figures[name]
            mine[into] = np.where(news, packed / PER_UNIT, mine[into])
        self.grade[into] = np.where(news, GRADES.index(Grade.TABLE), self.grade[into])

    @property
    def guesses(self) -> int:
        """How many walks are only estimated, there and back counted apart."""
        return int((self.grade == GRADES.index(Grade.ESTIMATE)).sum())

    def least_known(self) -> list[int]:
        """Return the points with estimated walks, those with most of them first."""
        guesses = (self.grade == GRADES.index(Grade.ESTIMATE)).sum(axis=1)
        order = np.argsort(-guesses, kind="stable")
        found: list[int] = order[guesses[order] > 0].tolist()
        return found

    def guessed(self, number: int) -> list[int]:
        """Return the points to which the walk from point *number* is only estimated."""
        found: list[int] = np.nonzero(self.grade[number] == GRADES.index(Grade.ESTIMATE))[
            0
        ].tolist()
        return found

    def seconds(self, pace_kmh: float) -> list[list[int]]:
        """Return how long each walk takes, whole seconds, shape (points, points)."""
        distance_m, steps_m, _, ascent_m = (self.figures[name] for name in CLIMBED)
        exact = walking_s(distance_m, steps_m, pace_kmh, (ascent_m, ascent_m.T), self.mover)
        rows: list[list[int]] = np.rint(exact).astype(np.int64).tolist()
        return rows

    def metres(self) -> list[list[float]]:
        """Return the length of each walk, metres, shape (points, points)."""
        rows: list[list[float]] = self.figures["distance"].tolist()
        return rows

    def main_road_metres(self) -> list[list[float]]:
        """Return the metres of each walk along main roads, shape (points, points)."""
        rows: list[list[float]] = self.figures["main_road"].tolist()
        return rows


def _great_circles_m(places: Floats) -> Floats:
    """Return the great circle between every two places; see `lens_routes.geo.distance_m`."""
    lon, lat = np.radians(places[:, 0]), np.radians(places[:, 1])
    half_lat = np.sin((lat[:, None] - lat[None]) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon[None]) / 2) ** 2
    h = half_lat + np.cos(lat)[:, None] * np.cos(lat)[None] * half_lon
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return metres
