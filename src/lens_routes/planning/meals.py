"""When people eat and rest on a day out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.planning.request import Pause
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.planning.request import Request

#: Who is out between these times has lunch: it begins in them, half an hour before two at the
#: latest, so that a whole visit goes before it, and lasts an hour.
NOON, TWO, LUNCH_MINUTES = dt.time(12), dt.time(14), 60
#: Children rest in the middle of a whole morning and afternoon, so long.
MORNING, AFTERNOON = (dt.time(10, 15), dt.time(11, 30)), (dt.time(15), dt.time(16, 30))
REST_MINUTES = 20


def usual_lunch(at: dt.time, minutes: int) -> tuple[Pause, ...]:
    """Return the lunch of a day that begins at *at* and lasts so many minutes, if it has one.

    A day that is under way from noon to two has; who is home by one eats there.
    """
    if not _covers(at, minutes, NOON, TWO):
        return ()
    latest = _earlier(TWO, 30)
    return (Pause(tr("Lunch"), NOON, latest, LUNCH_MINUTES, meal=True, usual=True),)


def usual_rests(at: dt.time, minutes: int) -> tuple[Pause, ...]:
    """Return the rests of such a day with children: where it covers all of their times.

    Nobody rests within half an hour of setting out.
    """
    rests = ((tr("Morning break"), MORNING), (tr("Afternoon break"), AFTERNOON))
    return tuple(
        Pause(name, begin, _earlier(end, REST_MINUTES), REST_MINUTES, usual=True)
        for name, (begin, end) in rests
        if _covers(at, minutes, _earlier(begin, 30), end)
    )


def as_usual(request: Request, *, at: dt.time | None = None, minutes: int | None = None) -> Request:
    """Return a request at other hours, with the breaks that people would then take.

    Who wanted no lunch, or another than the usual one, wants none of it then either.
    """
    at, minutes = at or request.at, minutes or request.minutes
    own = tuple(pause for pause in request.pauses if not pause.usual)
    usual: tuple[Pause, ...] = ()
    before = usual_lunch(request.at, request.minutes)
    if all(pause in request.pauses for pause in before) and not any(pause.meal for pause in own):
        usual = usual_lunch(at, minutes)
    if "children" in request.company:
        usual = (*usual, *usual_rests(at, minutes))
    return replace(request, at=at, minutes=minutes, pauses=(*usual, *own))


def _covers(at: dt.time, minutes: int, begin: dt.time, end: dt.time) -> bool:
    return at <= begin and _minute(at) + minutes >= _minute(end)


def _earlier(time: dt.time, minutes: int) -> dt.time:
    return dt.time(*divmod(_minute(time) - minutes, 60))


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
