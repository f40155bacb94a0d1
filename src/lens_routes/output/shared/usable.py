"""Whether a plan, perhaps edited by hand, holds together enough to be exported."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from lens_routes.plan.plan import Day, Plan

#: Calendars, and arithmetic in UTC, are sound within these years.
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_SHOWN = 10


def require_usable(plan: Plan, name: str) -> None:
    """Refuse a plan whose times run backwards, or whose positions are not on the earth.

    Whether the tour keeps opening hours and limits is for the checker to say; what is asked here
    is only what calendars, tracks and maps rely on.

    Raises
    ------
    BadInputError
        Lists what is wrong, each with its path in the document; *name* is the file's.
    """
    faults = list(_faults(plan))
    if not faults:
        return
    listed = joined(
        "\n",
        [
            tr("  {where}: {problem}", where=where, problem=problem)
            for where, problem in faults[:_SHOWN]
        ],
    )
    rest = len(faults) - _SHOWN
    more = "\n" + tr("  and {n} more", n=rest) if rest > 0 else ""
    raise BadInputError(
        tr(
            "{name} is a plan that cannot be followed:\n{listed}{more}",
            name=name,
            listed=listed,
            more=more,
        ),
        tr("Mend the file, or plan again. See all with: lens-routes check {name}", name=name),
        details=[{"where": where, "problem": problem} for where, problem in faults],
    )


def _faults(plan: Plan) -> Iterator[tuple[str, str]]:
    if not plan.days:
        yield "days", tr("there is no day")
    if not _FIRST_YEAR <= plan.created.year <= _LAST_YEAR:
        yield "created", tr("{year} is not a year of our time", year=plan.created.year)
    for number, day in enumerate(plan.days):
        where = f"days[{number}]"
        if len(day.legs) != len(day.stops) + 1:
            yield (
                f"{where}.legs",
                tr(
                    "{legs} legs for {stops} stops",
                    legs=len(day.legs),
                    stops=len(day.stops),
                ),
            )
            continue
        yield from _positions(day, where)
        yield from _order(day, where)


def _positions(day: Day, where: str) -> Iterator[tuple[str, str]]:
    points = [(f"{where}.start", (day.start.lon, day.start.lat))]
    points += [(f"{where}.stops[{i}]", (s.lon, s.lat)) for i, s in enumerate(day.stops)]
    points.append((f"{where}.end", (day.end.lon, day.end.lat)))
    for i, leg in enumerate(day.legs):
        points += [(f"{where}.legs[{i}].geometry", point) for point in leg.geometry or ()]
    for path, (lon, lat) in points:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            yield path, tr("[{lon}, {lat}] is not [longitude, latitude]", lon=lon, lat=lat)


def _order(day: Day, where: str) -> Iterator[tuple[str, str]]:
    moments: list[tuple[str, dt.datetime]] = [(f"{where}.start.time", day.start_time)]
    for i, leg in enumerate(day.legs):
        moments += [
            (f"{where}.legs[{i}].depart", leg.depart),
            (f"{where}.legs[{i}].arrive", leg.arrive),
        ]
        if i < len(day.stops):
            stop = day.stops[i]
            moments += [
                (f"{where}.stops[{i}].arrive", stop.arrive),
                (f"{where}.stops[{i}].begin", stop.begin),
                (f"{where}.stops[{i}].leave", stop.leave),
            ]
    moments.append((f"{where}.end.time", day.end_time))
    for path, moment in moments:
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            yield path, tr("{time} is not a time of our days", time=moment.isoformat())
    for (_, before), (path, after) in pairwise(moments):
        if after < before:
            yield (
                path,
                tr(
                    "{time} is before {earlier}",
                    time=after.isoformat(),
                    earlier=before.isoformat(),
                ),
            )
