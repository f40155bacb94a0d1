"""The ways by a vehicle between every two of some spots, as arrays; there and back may differ."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lens_routes.plan.grade import Grade
from lens_routes.travel.tables.pairs import FIGURES
from lens_routes.travel.walks import GRADES, Walks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.geo import Point
    from lens_routes.streets.many.links import Floats
    from lens_routes.streets.many.many import Table
    from lens_routes.travel.foot.walk import DetourFit

#: Longer than any day.
NEVER_S = 200_000.0


class Drive(NamedTuple):
    """A way by a vehicle: metres, those pushed up steps and along main roads, exact seconds."""

    distance_m: float
    grade: Grade
    steps_m: float = 0.0
    main_road_m: float = 0.0
    seconds: float = 0.0


class Drives:
    """Ways between spots numbered from 0; ``drives[i, j]`` reads that from *i* to *j*.

    Parameters
    ----------
    spots
        Where the spots are.
    fit, speed_kmh
        What estimates the ways to begin with.
    """

    def __init__(self, spots: Sequence[Point], fit: DetourFit, speed_kmh: float) -> None:
        self.ways = Walks(spots, fit)
        self.ways.figures["seconds"] = self.ways.figures["distance"] / (speed_kmh / 3.6)

    def __getitem__(self, pair: tuple[int, int]) -> Drive:
        """Return the way from one spot to another."""
        distance_m, steps_m, main_road_m, seconds = (
            float(self.ways.figures[name][pair]) for name in FIGURES
        )
        grade = GRADES[self.ways.grade[pair]]
        return Drive(distance_m, grade, steps_m, main_road_m, seconds)

    def __setitem__(self, pair: tuple[int, int], drive: Drive) -> None:
        """Replace the way from one spot to another."""
        figures = (drive.distance_m, drive.steps_m, drive.main_road_m, drive.seconds)
        self.ways.put(pair, drive.grade, dict(zip(FIGURES, figures, strict=True)))

    def take(self, table: Table, origins: Sequence[int], goals: Sequence[int]) -> None:
        """Take over the ways from some spots to others, and back, that are only guessed.

        Parameters
        ----------
        table
            What is measured of the ways, shape (origins, goals).
        origins, goals
            The numbers of the spots; the goals begin with the origins.
        """
        columns = (table.distance_m, table.steps_m, table.main_road_m, table.seconds)
        self._take(np.ix_(origins, goals), columns)
        beyond = len(origins)
        self._take(np.ix_(goals[beyond:], origins), [found[:, beyond:].T for found in columns])

    def _take(self, into: tuple[Any, ...], columns: Sequence[Floats]) -> None:
        news = np.isfinite(columns[0])
        news &= self.ways.grade[into] == GRADES.index(Grade.ESTIMATE)
        for name, found in zip(FIGURES, columns, strict=True):
            mine = self.ways.figures[name]
            mine[into] = np.where(news, found, mine[into])
        self.ways.grade[into] = np.where(news, GRADES.index(Grade.TABLE), self.ways.grade[into])

    def with_(self, drives: Mapping[tuple[int, int], Drive]) -> Drives:
        """Return the same ways but for some, which are known better."""
        changed = deepcopy(self)
        for pair, drive in drives.items():
            changed[pair] = drive
        return changed

    def faster(self, factor: float) -> Drives:
        """Return the same ways at so many times the speed."""
        changed = deepcopy(self)
        changed.ways.figures["seconds"] /= factor
        return changed

    def forget_guesses(self) -> None:
        """Let ways that are only guessed take longer than any day."""
        guessed = self.ways.grade == GRADES.index(Grade.ESTIMATE)
        self.ways.figures["seconds"][guessed] = NEVER_S

    def seconds(self) -> list[list[int]]:
        """Return how long each way takes, whole seconds, shape (spots, spots)."""
        rows: list[list[int]] = np.rint(self.ways.figures["seconds"]).astype(np.int64).tolist()
        return rows

    def metres(self) -> list[list[float]]:
        """Return the length of each way, metres, shape (spots, spots)."""
        return self.ways.metres()
