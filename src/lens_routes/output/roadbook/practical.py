"""What one wants at hand on the way: whom to call, what it costs, where to eat, the last ride."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.geo import distance_m
from lens_routes.output.shared import summary
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import Day, Plan

#: An office farther away than this is none of this day's, metres.
_FAR_M = 20_000
#: So many of a kind are named.
_MOST_NAMED = 4


def practical(plan: Plan, places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the box, each line as its name and its words."""
    yield tr("Emergency"), tr("112, free from any telephone")
    if office := _office(plan, places.values()):
        number = [office.phone.replace(" ", "\N{NO-BREAK SPACE}")] if office.phone else []
        yield tr("Tourist office"), joined(", ", [office.name, *number])
    for price in summary.entry(plan.days):
        yield tr("Cost for one adult"), wording.sentence(price)
    for day in plan.days:
        if last := _last_ride(day):
            yield _of(plan, day, tr("Last ride home")), last
        tables = [item.name for stop in day.stops for item in stop.tables]
        for name, found in (
            (tr("Water"), _met(day, "water")),
            (tr("Toilets"), _met(day, "toilets")),
            (tr("Lunch nearby"), tables),
        ):
            if named := list(dict.fromkeys(filter(None, found)))[:_MOST_NAMED]:
                yield _of(plan, day, name), joined("; ", named)


def _of(plan: Plan, day: Day, name: str) -> str:
    if len(plan.days) == 1:
        return name
    return tr("{name}, {day}", name=name, day=wording.weekday(day.date))


def _office(plan: Plan, places: Iterable[Place]) -> Place | None:
    start = plan.days[0].start.point
    offices = [place for place in places if place.kind == "tourist_office"]
    nearest = min(offices, key=lambda place: distance_m(place.point, start), default=None)
    return nearest if nearest and distance_m(nearest.point, start) <= _FAR_M else None


def _last_ride(day: Day) -> str:
    """Return when the last ride goes on the last leg that has one; empty where nobody knows."""
    for leg in reversed(day.legs):
        for ride in leg.rides[:1]:
            last = ride.get("last")
            # ISO 8601: the clock stands behind the T.
            time = str(last.get("depart") if isinstance(last, dict) else "").partition("T")[2][:5]
            where, line = ride.get("from_stop"), ride.get("line")
            if time:
                return tr("{time} from {stop} ({line})", time=time, stop=where, line=line)
    return ""


def _met(day: Day, kind: str) -> Iterator[str]:
    """Yield where a need is met on the way: by its name, or how far behind which place."""
    for leg in day.legs:
        for item in leg.passed:
            if item.kind == kind:
                far = wording.distance(item.at_m or 0.0)
                yield item.name or tr("{distance} after {place}", distance=far, place=leg.origin)
