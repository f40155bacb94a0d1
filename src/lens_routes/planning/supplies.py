"""What planning works with: the places, the walks, the time of planning, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import NotInstalledError
from lens_routes.text.language import tr
from lens_routes.tour.search.stop import FirstOf, MaxIterations, NoImprovement
from lens_routes.tour.solve import USUAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.timetable.network.network import Network as Timetables
    from lens_routes.tour.search.stop import Effort, Stop
    from lens_routes.travel.rides.kept import Keeping
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.walking import Walking

#: A search ends after so many iterations, or so many in a row that found nothing better: counted,
#: so that the same request gives the same tour on any machine.
MOST_ITERATIONS, PATIENCE = 1500, 200


def while_it_pays() -> Stop:
    """Return the rule for when the search for a tour ends."""
    return FirstOf(MaxIterations(MOST_ITERATIONS), NoImprovement(PATIENCE))


def _none(mode: str, most_stress: int | None) -> Driving:  # noqa: ARG001
    raise NotInstalledError(tr("No ways with --mode {mode} are known.", mode=mode))


class Supplies(NamedTuple):
    """What planning works with.

    ``now`` is aware and kept in the plan; ``stop`` makes a fresh rule for when each search ends,
    and ``effort`` is what each proof takes, None for none; ``timetables`` are needed to plan with
    trains and buses, ``keeping`` says where the journeys of a service day are kept; ``driving``
    opens what is known of ways by a vehicle of a mode, with no more than a level of traffic stress.
    """

    catalogue: Catalogue
    walking: Walking
    now: dt.datetime
    stop: Callable[[], Stop]
    timetables: Timetables | None = None
    keeping: Keeping | None = None
    driving: Callable[[str, int | None], Driving] = _none
    effort: Effort | None = USUAL
