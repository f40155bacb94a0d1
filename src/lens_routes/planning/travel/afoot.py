"""Travel on foot: the same at any hour, along the streets where they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lens_routes.planning.travel.legs import route
from lens_routes.tour.problem import StaticTimes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.travel.legs import Route
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.walking import Walking
    from lens_routes.travel.walks import Walks

Figure = TypeVar("Figure", int, float)


@dataclass(frozen=True)
class Afoot:
    """Walks between points; see `Travel`.

    ``ends`` is False for a tour that ends nowhere: at a location every point is no distance from.
    """

    points: tuple[Waypoint, ...]
    walks: Walks
    walking: Walking
    pace_kmh: float
    ends: bool

    @cached_property
    def walk_m(self) -> list[list[float]]:
        """Metres between the locations."""
        return self._located(self.walks.metres())

    @cached_property
    def main_s(self) -> list[list[float]]:
        """Seconds along main roads between the locations."""
        second_m = self.pace_kmh / 3.6
        rows = self.walks.main_road_metres()
        return self._located([[metres / second_m for metres in row] for row in rows])

    @cached_property
    def walk_s(self) -> list[list[int]]:
        """Whole seconds between the locations."""
        return self._located(self.walks.seconds(self.pace_kmh))

    @property
    def times(self) -> StaticTimes:
        """The times of walking."""
        return StaticTimes(self.walk_s)

    def way(
        self,
        pair: tuple[int, int],
        ends: tuple[Waypoint, Waypoint],
        leave_s: int = 0,  # noqa: ARG002  # a walk waits
        by_s: int | None = None,  # noqa: ARG002
    ) -> Route:
        """Return the walk between two points, traced, that lasts as long as was planned."""
        planned = self.walks[pair]
        traced = route(self.walking, *ends, planned, self.pace_kmh)
        return traced.planned(planned.seconds(self.pace_kmh))

    def corrected(self, walks: Mapping[tuple[int, int], Walk]) -> Afoot:
        """Return the same with some walks as they were traced."""
        return replace(self, walks=self.walks.with_(walks))

    def _located(self, rows: list[list[Figure]]) -> list[list[Figure]]:
        """Return the rows, with the location that is no distance from any other if need be."""
        if not self.ends:
            for row in rows:
                row.append(0)
            rows.append([0] * (len(rows) + 1))
        return rows
