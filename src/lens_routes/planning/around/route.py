"""The walk through a list of points, one leg after the other, and in which manners one moves."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.planning.travel.legs import route
from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.profile import Wish

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.travel.followed import Followed
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.travel.walking import Walking


class Manner(NamedTuple):
    """How one moves: as a profile, so fast (km/h, None for the profile's own), for which wish.

    ``avoid`` names kinds of way, such as ``ferry``.
    """

    profile: Profile = FOOT
    speed_kmh: float | None = None
    wish: Wish = Wish.USUAL
    avoid: frozenset[str] = frozenset()

    @property
    def plain(self) -> bool:
        """Whether this is the usual walk, which tables know too."""
        return self.profile is FOOT and self.wish is Wish.USUAL and not self.avoid


def walk_through(
    points: Sequence[Waypoint], walking: Walking, depart: dt.datetime, pace_kmh: float
) -> list[Leg]:
    """Return the legs from each point to the next, walked without a pause from *depart* on."""
    legs: list[Leg] = []
    for origin, destination in pairwise(points):
        moment = legs[-1].arrive if legs else depart
        best_known = walking.from_first([origin, destination])[0]
        found = route(walking, origin, destination, best_known, pace_kmh, moment)
        if found.followed is not None:
            longer_s = _afloat_s(found.followed, pace_kmh)
            found = found._replace(seconds=found.seconds + round(longer_s))
        legs.append(found.leg(moment))
    return legs


def _afloat_s(followed: Followed, pace_kmh: float) -> float:
    """Return by how much longer ferries take than one would walk as far, seconds."""
    network, path = followed.network, followed.path
    return sum(
        seconds - stretch.length_m / (pace_kmh / 3.6)
        for stretch, seconds in zip(path.stretches, path.times, strict=True)
        if kind_of(network.tags(stretch.edge)) == FERRY
    )
