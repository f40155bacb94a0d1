"""What a plan document says was asked of one of its days, for `check_day` to hold it against."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes.catalogue.hours import twilight, visible
from lens_routes.geo import Point, distance_m
from lens_routes.judge.worth import in_passing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lens_routes.catalogue.hours import DayOpening, Span
    from lens_routes.catalogue.place import Place

#: Times are whole seconds and lengths tenths of a metre.
ROUNDING_S, ROUNDING_M, ROUNDING_SCORE = 1.0, 0.1, 1e-3
#: Positions are kept to a centimetre; degrees.
SAME_POSITION = 1e-6
#: No street is shorter than the straight line; spheres and map precision differ by this much.
STRAIGHT_TOLERANCE, STRAIGHT_TOLERANCE_M = 0.995, 3.0
#: Where the hours are unknown, nobody is sent earlier or later.
_BY_DAY = (dt.time(9), dt.time(18))
#: In the heat nobody is out of doors between these times.
_HOT = (dt.time(12), dt.time(17))


class Break(NamedTuple):
    """A break asked for: when it may begin on the day, and how long it lasts."""

    earliest: dt.datetime
    latest: dt.datetime
    minutes: float
    meal: bool = False


class Asked(NamedTuple):
    """What the person asked of a day, read from the document, and the catalogue to check it by."""

    places: Mapping[str, Place]
    opening: Callable[[Place, dt.date], DayOpening]
    date: dt.date
    earliest: dt.datetime | None
    latest: dt.datetime | None
    pace_kmh: float
    visit_minutes: Mapping[str, float]
    max_walk_m: float | None
    speed_kmh: float | None
    max_visits: int | None
    strict_hours: bool
    margin_minutes: float
    appointments: Mapping[str, dt.datetime]
    breaks: Mapping[str, Break]
    ends: Mapping[str, Mapping[str, Any] | None]
    themes: frozenset[str] = frozenset()
    only_themes: bool = False
    required: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    indoor: bool = False
    weather: str | None = None
    light: tuple[dt.datetime, dt.datetime] | None = None
    timezone: str | None = None
    prices: Mapping[str, float] | None = None

    @property
    def rolls(self) -> str:
        """Who rolls along, a wheelchair before a pushchair; empty where all walk."""
        return next((who for who in ("wheelchair", "pushchair") if who in self.company), "")

    def windows(self, place: Place) -> list[Span]:
        """Return when one may be at a place: outdoors in daylight, by unknown hours in the day."""
        found = []
        place = looked_at(place)
        for span in self.opening(place, self.date).windows:
            begin, end = span.begin, span.end
            bounds = []
            if place.outdoor and self.timezone:
                bounds.append(visible(place, self.date, self.timezone))
            if span.state != "open" and begin.tzinfo is not None:
                first, last = (dt.datetime.combine(self.date, t, begin.tzinfo) for t in _BY_DAY)
                bounds.append((first, last))
            for bound in bounds:
                if bound is not None:
                    begin, end = max(begin, bound[0]), min(end, bound[1])
            for first, last in self._bearable(begin, end, place):
                if first < last:
                    found.append(span._replace(begin=first, end=last))
        return found

    def _bearable(
        self, begin: dt.datetime, end: dt.datetime, place: Place
    ) -> list[tuple[dt.datetime, dt.datetime]]:
        """Return what is left of a span outdoors when the heat of noon is taken out of it."""
        if self.weather != "heat" or not place.outdoor:
            return [(begin, end)]
        noon, five = (dt.datetime.combine(self.date, t, begin.tzinfo) for t in _HOT)
        return [(begin, min(end, noon)), (max(begin, five), end)]

    @classmethod
    def of(
        cls,
        request: Mapping[str, Any],
        places: Mapping[str, Place],
        opening: Callable[[Place, dt.date], DayOpening],
        day: Mapping[str, Any],
    ) -> Asked:
        """Read the request of a plan document; *day* is one of its days."""
        earliest = latest = None
        begins = moment_of(day["start"]["time"])

        zone = ZoneInfo(request["timezone"]) if request.get("timezone") else begins.tzinfo

        def moment(clock: str) -> dt.datetime:
            # A day may begin after clocks have changed: the offset of its start is not that of all.
            hour, minute = (int(part) for part in clock.split(":")[:2])
            on_the_wall = dt.datetime.combine(begins.date(), dt.time(hour, minute), zone)
            # Through UTC, so that sums of it count true minutes.
            return on_the_wall.astimezone(dt.UTC).astimezone(begins.tzinfo)

        required = {*(request.get("must") or ())}
        required |= {item["place"] for item in request.get("appointments") or ()}
        if request.get("at"):
            earliest = moment(str(request["at"]))
            if request.get("minutes") is not None:
                latest = earliest + dt.timedelta(minutes=request["minutes"])
        return cls(
            places=places,
            opening=opening,
            date=dt.date.fromisoformat(day["date"]),
            earliest=earliest,
            latest=latest,
            pace_kmh=float(request.get("pace_kmh") or 4.5),
            visit_minutes=request.get("visit_minutes") or {},
            max_walk_m=request.get("max_walk_m"),
            speed_kmh=request.get("speed_kmh"),
            max_visits=request.get("max_visits"),
            strict_hours=bool(request.get("strict_hours")),
            margin_minutes=request.get("margin_minutes") or 0,
            appointments={
                item["place"]: moment(item["time"])
                for item in request.get("appointments") or ()
                if item.get("date") in (None, day["date"])
            },
            breaks={
                item["name"]: Break(
                    moment(item["earliest"]),
                    moment(item["latest"]),
                    item["minutes"],
                    bool(item.get("meal")),
                )
                for item in request.get("breaks") or ()
            },
            ends=_ends(request, day),
            themes=frozenset(request.get("themes") or ()),
            only_themes=bool(request.get("only_themes")),
            required=frozenset(required),
            named=frozenset(required | {*(request.get("only") or ())}),
            company=frozenset(request.get("company") or ()),
            indoor=bool(request.get("indoor")),
            weather=request.get("weather"),
            light=_light(day, request.get("timezone")),
            timezone=request.get("timezone"),
            prices=request.get("prices"),
        )


def looked_at(place: Place) -> Place:
    """Return a place as one sees it: one that is seen in passing stands in the street."""
    return place._replace(outdoor=True) if in_passing(place) else place


def _ends(
    request: Mapping[str, Any], day: Mapping[str, Any]
) -> dict[str, Mapping[str, Any] | None]:
    """Return where a day begins and ends: where one slept, or will; else at start and end."""
    found = {end: request.get(end) for end in ("start", "end")}
    nights, first = request.get("nights") or [], request.get("date")
    if nights and first:
        number = (dt.date.fromisoformat(day["date"]) - dt.date.fromisoformat(first)).days
        if number > 0:
            found["start"] = nights[min(number, len(nights)) - 1]
        if number < (request.get("days") or 1) - 1:
            found["end"] = nights[min(number, len(nights) - 1)]
    return found


def anchors(request: Mapping[str, Any]) -> set[str | None]:
    """Return the ids of the places where the tour begins and ends: they are no stops."""
    ends = [request.get("start"), request.get("end")]
    return {end.get("id") for end in ends if end}


def _light(day: Mapping[str, Any], timezone: str | None) -> tuple[dt.datetime, dt.datetime] | None:
    """Return when one walks without a lamp, where the day starts; None: not known."""
    if timezone is None:
        return None
    start = day["start"]
    return twilight(Point(start["lon"], start["lat"]), dt.date.fromisoformat(day["date"]), timezone)


def moment_of(text: str) -> dt.datetime:
    """Return the moment an ISO 8601 text names."""
    return dt.datetime.fromisoformat(text)


def seconds_between(first: str, then: str) -> float:
    """Return the seconds from one such moment to another."""
    return (moment_of(then) - moment_of(first)).total_seconds()


def shorter_than_straight(length_m: float, here: Point, there: Point) -> bool:
    """Return whether a way is said to be shorter than the straight line between its ends."""
    return length_m < STRAIGHT_TOLERANCE * distance_m(here, there) - STRAIGHT_TOLERANCE_M
