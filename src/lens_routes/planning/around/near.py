"""What is within a walk of a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.catalogue.find.search import filter_places
from lens_routes.catalogue.hours import context_of
from lens_routes.errors import UsageError
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.near import Near
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.quantities.lengths import is_distance, parse_distance, parse_duration

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening, Opening, Span
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.grade import Grade
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.walking import Walking

#: Nobody walks farther than this to what is "near".
WIDEST_MINUTES, WIDEST_M = 12 * 60, 50_000
#: No way by a vehicle is faster on average.
FASTEST_KMH = {"bike": 45.0, "car": 130.0}
#: An outdoor place that nobody closes, at night.
DARK = "dark"


class Radius(NamedTuple):
    """How far is near: a time or a distance, the other being None."""

    seconds: int | None
    metres: float | None

    @classmethod
    def parse(cls, text: str) -> Radius:
        """Return a radius from ``20min``, ``1h``, ``1500m`` or ``2km``.

        Raises
        ------
        UsageError
            The text is neither, or farther than a day's walk.
        """
        if is_distance(text):
            radius = cls(None, parse_distance(text, "--within"))
        else:
            radius = cls(parse_duration(text, "--within") * 60, None)
        if (radius.seconds or 0) > WIDEST_MINUTES * 60 or (radius.metres or 0) > WIDEST_M:
            raise UsageError(
                tr("--within {text!r} is farther than a day's walk.", text=text),
                tr("Write for example 20min."),
            )
        return radius

    def farthest_m(self, pace_kmh: float) -> float:
        """Return the metres that no way within exceeds at a pace."""
        if self.seconds is not None:
            return self.seconds * pace_kmh / 3.6
        return self.metres or 0.0

    def __str__(self) -> str:
        if self.seconds is not None:
            return wording.duration(self.seconds)
        return wording.distance(self.metres or 0)

    def holds(self, distance_m: float, seconds: float) -> bool:
        """Tell whether a way of some length and time stays within."""
        if self.seconds is not None:
            return seconds <= self.seconds
        return distance_m <= (self.metres or 0.0)


class Way(NamedTuple):
    """How far it is to a place, and how long that takes."""

    distance_m: float
    seconds: int
    source: Grade


class Ways(NamedTuple):
    """How one goes: no faster than ``fastest_kmh``; ``measure`` tells of ways from one point."""

    fastest_kmh: float
    measure: Callable[[Sequence[Waypoint]], list[Way]]


def on_foot(walking: Walking, pace_kmh: float) -> Ways:
    """Return the ways of a walker."""

    def measure(points: Sequence[Waypoint]) -> list[Way]:
        walks = walking.from_first(points)
        return [Way(walk.distance_m, walk.seconds(pace_kmh), walk.grade) for walk in walks]

    return Ways(pace_kmh, measure)


def by_vehicle(driving: Driving, pace_kmh: float) -> Ways:
    """Return the ways by a vehicle, its spots found and the walks to and from it included."""

    def measure(points: Sequence[Waypoint]) -> list[Way]:
        spots = driving.spots(points)
        drives, walks = driving.drives(spots), driving.walking.from_first(points)
        ways = []
        for number, walk in enumerate(walks, 1):
            if spots[number].name == spots[0].name:
                ways.append(Way(walk.distance_m, walk.seconds(pace_kmh), walk.grade))
                continue
            drive = drives[0, number]
            feet = spots[0].walk, spots[number].walk
            seconds = driving.vehicle.handling_s + round(drive.seconds)
            ways.append(
                Way(
                    drive.distance_m + sum(one.distance_m for one in feet),
                    seconds + sum(one.seconds(pace_kmh) for one in feet),
                    drive.grade,
                )
            )
        return ways

    return Ways(FASTEST_KMH[driving.vehicle.mode], measure)


def find_near(
    origin: Waypoint,
    radius: Radius,
    catalogue: Catalogue,
    ways: Ways,
    *,
    now: dt.datetime,
    themes: Sequence[str] = (),
) -> list[Near]:
    """Return the places within *radius* of *origin*, the nearest in time first.

    Networks without a place of their own, planned and closed places are listed too: a person who
    stands before one wants to know its name. *origin* itself is not.
    """
    farthest_m = radius.farthest_m(ways.fastest_kmh)
    themed = filter_places(catalogue, themes=themes, near=origin.point, within_m=farthest_m)
    places = [place for place in themed if place.id != origin.id]
    points = [origin, *(Waypoint(p.name, p.lon, p.lat, p.id) for p in places)]
    context = context_of(catalogue)
    found = [
        Near(
            place=place.id,
            name=place.name,
            lon=place.lon,
            lat=place.lat,
            kind=place.kind,
            commune=place.commune,
            themes=place.themes,
            theme_names=place.theme_names,
            opening=str(state_at(place, now, context)),
            distance_m=way.distance_m,
            duration_s=way.seconds,
            source=way.source,
        )
        for place, way in zip(places, ways.measure(points), strict=True)
        if radius.holds(way.distance_m, way.seconds)
    ]
    return sorted(found, key=lambda near: (near.duration_s, near.place))


def state_at(place: Place, now: dt.datetime, context: hours.HoursContext) -> Opening | str:
    """Tell whether a place is open at *now*, an aware moment; outdoors it may be ``dark``."""
    date = now.astimezone(context.zone).date()
    opening = hours.day_opening(place, date, context)
    light = hours.visible(place, date, context.timezone) if place.outdoor else None
    dark = light is not None and not light[0] <= now < light[1]
    if dark and (not place.opening_hours or under_way(opening, now)) and place.status == "open":
        return DARK
    if span := under_way(opening, now):
        return span.state
    if opening.note == hours.unknown_note():
        return hours.Opening.UNKNOWN
    return hours.Opening.CLOSED


def under_way(opening: DayOpening, now: dt.datetime) -> Span | None:
    """Return the span, open or unknown, that is under way."""
    for span in opening.windows:
        if elapsed_s(span.begin, now) >= 0 and elapsed_s(now, span.end) > 0:
            return span
    return None
