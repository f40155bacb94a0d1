"""When people eat on a day out."""

from __future__ import annotations

import datetime as dt

from lens_routes.planning.request import Pause
from lens_routes.text.language import tr

#: Lunch is taken between these times, and lasts an hour.
NOON, TWO, LUNCH_MINUTES = dt.time(12), dt.time(14), 60


def usual_lunch(at: dt.time, minutes: int) -> tuple[Pause, ...]:
    """Return the lunch of a day that begins at *at* and lasts so many minutes, if it has one.

    A day that is under way from noon to two has; who is home by one eats there.
    """
    begins = at.hour * 60 + at.minute
    if begins > NOON.hour * 60 or begins + minutes < TWO.hour * 60:
        return ()
    latest = dt.time(*divmod(TWO.hour * 60 - LUNCH_MINUTES, 60))
    return (Pause(tr("Lunch"), NOON, latest, LUNCH_MINUTES, meal=True, usual=True),)
