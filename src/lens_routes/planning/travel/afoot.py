"""Travel on foot: the same at any hour, along the streets where they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lens_routes.planning.travel.legs import route
from lens_routes.tour.problem import StaticTimes
from lens_routes.travel.foot.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.travel.legs import Route
    from lens_routes.travel.vehicles.drives import Drive
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
        return located(self.walks.metres(), ends=self.ends)

    @cached_property
    def main_s(self) -> list[list[float]]:
        """Seconds along main roads between the locations."""
        second_m = self.pace_kmh / 3.6
        rows = self.walks.main_road_metres()
        return located([[m / second_m for m in row] for row in rows], ends=self.ends)

    @cached_property
    def walk_s(self) -> list[list[int]]:
        """Whole seconds between the locations."""
        return located(self.walks.seconds(self.pace_kmh), ends=self.ends)

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

    def corrected(self, ways: Mapping[tuple[int, int], Walk | Drive]) -> Afoot:
        """Return the same with some walks as they were traced."""
        walks = {pair: way for pair, way in ways.items() if isinstance(way, Walk)}
        return replace(self, walks=self.walks.with_(walks))


def located(rows: list[list[Figure]], *, ends: bool) -> list[list[Figure]]:
    """Return the rows, with the location that is no distance from any other if need be."""
    if not ends:
        for row in rows:
            row.append(0)
        rows.append([0] * (len(rows) + 1))
    return rows
