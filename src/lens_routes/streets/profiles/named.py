"""The profiles, by the names people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import UsageError
from lens_routes.streets.profiles.bike import BIKE, E_BIKE, ROAD_BIKE
from lens_routes.streets.profiles.car import CAR
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.wheelchair import PUSHCHAIR, WHEELCHAIR
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.streets.profiles.profile import Profile

PROFILES = {p.name: p for p in (FOOT, WHEELCHAIR, PUSHCHAIR, BIKE, ROAD_BIKE, E_BIKE, CAR)}


def profile_called(name: str) -> Profile:
    """Return the profile of a name.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    try:
        return PROFILES[name.strip().lower()]
    except KeyError:
        raise UsageError(
            tr("There is no way of moving called {name!r}.", name=name),
            tr("Choose one of: {names}.", names=", ".join(PROFILES)),
        ) from None
