"""Check how late one may be: by the slack, and by a minute more, and follow the rest of the day.

The rest is followed by the ways of the plan: walks last as long whenever they begin, rides leave
when they leave. What else a timetable allows does not count.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import moment_of, seconds_between
from lens_routes.judge.shape import Fault
from lens_routes.judge.stops import covering
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.catalogue.hours import Span
    from lens_routes.catalogue.place import Place
    from lens_routes.judge.asked import Asked


def check_slack(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Yield the stops whose slack is not the most one may be late."""
    if asked.latest is None:
        return
    for i, stop in enumerate(day["stops"]):
        slack = dt.timedelta(minutes=stop["slack_minutes"])
        where = f"{path}.stops[{i}].slack_minutes"
        if stop["slack_minutes"] < asked.margin_minutes:
            less = tr("is less than the margin of {minutes} min", minutes=asked.margin_minutes)
            yield Fault(where, less)
        if not _works(day, i, slack, asked):
            fails = tr(
                "{minutes} min late, the rest no longer works", minutes=stop["slack_minutes"]
            )
            yield Fault(where, fails)
        elif _works(day, i, slack + dt.timedelta(minutes=1), asked):
            works = tr("more than {minutes} min late still works", minutes=stop["slack_minutes"])
            yield Fault(where, works)


def _works(day: Mapping[str, Any], first: int, delay: dt.timedelta, asked: Asked) -> bool:
    """Tell whether the day works for whoever arrives at stop *first* with a delay."""
    clock = moment_of(day["stops"][first]["arrive"]) + delay
    for i, stop in list(enumerate(day["stops"]))[first:]:
        begin = next_begin(stop, clock, asked)
        if begin is None:
            return False
        clock = begin + dt.timedelta(seconds=seconds_between(stop["begin"], stop["leave"]))
        leg = day["legs"][i + 1]
        if leg["mode"] == "transit":
            # Whoever makes the ride is on time from there on.
            return clock <= moment_of(leg["depart"])
        clock += dt.timedelta(seconds=leg["duration_s"])
    return asked.latest is not None and clock <= asked.latest


def next_begin(stop: Mapping[str, Any], clock: dt.datetime, asked: Asked) -> dt.datetime | None:
    """Return when a stop can begin for whoever is there at *clock*; None where it no longer can."""
    fixed = asked.appointments.get(stop["place"])
    if fixed is not None:
        return fixed if clock <= fixed else None
    pause = asked.breaks.get(stop["name"])
    if stop["kind"] == "break" and pause is not None:
        begin = max(clock, pause.earliest)
        return begin if begin <= pause.latest else None
    place = asked.places.get(stop["place"])
    if place is None:
        return max(clock, moment_of(stop["begin"]))
    lasts = dt.timedelta(seconds=seconds_between(stop["begin"], stop["leave"]))
    return first_begin(visiting_windows(place, asked), clock, lasts)


def visiting_windows(place: Place, asked: Asked) -> list[Span]:
    """Return when a place can be visited on the day, as was asked for."""
    return [span for span in asked.windows(place) if not asked.strict_hours or span.state == "open"]


def first_begin(
    windows: Sequence[Span], clock: dt.datetime, lasts: dt.timedelta
) -> dt.datetime | None:
    """Return when a visit within some windows can first begin, from *clock* on."""
    for moment in sorted({clock, *(max(clock, span.begin) for span in windows)}):
        if covering(windows, moment, moment + lasts):
            return moment
    return None
