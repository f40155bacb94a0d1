"""Say how one gets between the points of a request: on foot, or by what the timetables offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.travel.afoot import Afoot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.planning.clock import TourClock
    from lens_routes.planning.qualify.qualify import Candidate
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.planning.travel.legs import Way
    from lens_routes.tour.problem import TravelTimes
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.vehicles.drives import Drive


class Travel(Protocol):
    """How one gets between points: what the planner needs to know of it, and the ways."""

    @property
    def points(self) -> Sequence[Waypoint]:
        """The candidates, then where days begin and end."""
        ...

    @property
    def walk_m(self) -> Sequence[Sequence[float]] | None:
        """Metres between the locations, None where they depend on the hour."""
        ...

    @property
    def main_s(self) -> Sequence[Sequence[float]] | None:
        """Seconds of the walks between the locations along main roads, None where not known."""
        ...

    @property
    def times(self) -> TravelTimes:
        """Travel times between the locations, time in hand before each ride included."""
        ...

    def way(
        self, pair: tuple[int, int], ends: tuple[Waypoint, Waypoint], leave_s: int, by_s: int | None
    ) -> Way:
        """Return the way between two locations, under the names of *ends*.

        One may leave at *leave_s*; what follows begins at *by_s*, None where there is no hurry.
        """
        ...

    def corrected(self, ways: Mapping[tuple[int, int], Walk | Drive]) -> Travel:
        """Return the same with some ways as they were traced."""
        ...


def travel(
    request: Request,
    supplies: Supplies,
    candidates: Sequence[Candidate],
    clock: TourClock,
    ahead_s: int,
) -> Travel:
    """Return how one gets between the candidates, the start and the end of a request.

    One is ready *ahead_s* seconds before one leaves for a ride.

    Raises
    ------
    NotInstalledError
        The request rides, and no timetable is installed.
    """
    sites = [Waypoint(c.place.name, c.place.lon, c.place.lat, c.place.id) for c in candidates]
    points = (*sites, *request.anchors)
    walking = supplies.walking.of(request.mover)
    walks = walking.matrix(points, request.longest_leg_m)
    afoot = Afoot(points, walks, walking, request.pace_kmh, ends=request.end is not None)
    if request.mode == "walk":
        return afoot
    if request.vehicle is not None:
        from lens_routes.planning.travel.driven import driven  # noqa: PLC0415

        return driven(afoot, request, supplies)
    # numpy is loaded only to plan with timetables.
    from lens_routes.planning.travel.riding import riding  # noqa: PLC0415

    return riding(afoot, request, supplies, clock, ahead_s)
