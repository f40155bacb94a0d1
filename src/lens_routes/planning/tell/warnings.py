"""Say what a person should know of a day beyond its timetable."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.catalogue import hours
from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording
from lens_routes.text.language import joined, tr
from lens_routes.timetable.feeds.known import by_name
from lens_routes.travel.rides import emissions

if TYPE_CHECKING:
    import datetime as dt

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Stop
    from lens_routes.planning.fill.itinerary import Outing

#: A change with less time than this beyond its walk is worth a warning, seconds.
TIGHT_S = 180


def warnings(day: Day, outing: Outing, now: dt.datetime) -> list[str]:
    """Return what a walker should know beyond the timetable, planning it at *now*."""
    found: list[str] = []
    if day.start_time < now:
        found.append(tr("This tour begins in the past."))
    appointments = {item.place for item in outing.request.appointments}
    found += [
        tr(
            "By its hours {place} is not open at {time}: make sure of the appointment.",
            place=stop.name,
            time=wording.clock(stop.begin),
        )
        for stop in day.stops
        if stop.place in appointments and not _is_open(stop, outing)
    ]
    found += [
        tr(
            "On the way from {origin} to {destination}, {way} is closed then:"
            " allow for a way round.",
            origin=part.origin,
            destination=part.destination,
            way=part.shut,
        )
        for leg in day.legs
        for part in leg.parts or (leg,)
        if part.shut
    ]
    return found + _in_the_dark(day, outing) + _on_rides(day) + _unpriced(day, outing)


def _is_open(stop: Stop, outing: Outing) -> bool:
    candidates = {candidate.place.id: candidate for candidate in outing.candidates}
    return candidates[stop.place or ""].span_of(stop.begin, stop.leave) is not None


def _unpriced(day: Day, outing: Outing) -> list[str]:
    """Return a word on visits whose price no budget could count."""
    places = {candidate.place.id: candidate.place for candidate in outing.candidates}
    unknown = [
        stop.name
        for stop in day.stops
        if stop.place and (place := places[stop.place]).price_eur is None and place.fee != "free"
    ]
    if outing.request.budget_eur is None or not unknown:
        return []
    listed = ", ".join(unknown)
    return [tr("Not counted in the budget, the price being unknown: {places}.", places=listed)]


def _in_the_dark(day: Day, outing: Outing) -> list[str]:
    """Return a word on how long one walks without daylight."""
    light = hours.twilight(day.start.point, day.date, outing.clock.zone.key)
    dark_s = sum(leg.dark_s for leg in day.legs)
    if light is None or not dark_s:
        return []
    return [
        tr(
            "{time} on foot in the dark: it is light from {dawn} to {dusk}.",
            time=wording.duration(dark_s),
            dawn=wording.clock(light[0]),
            dusk=wording.clock(light[1]),
        )
    ]


def _on_rides(day: Day) -> list[str]:
    """Return a word on tight changes, last rides, fares and what rides emit."""
    found: list[str] = []
    for leg in day.legs:
        found += _tight(leg)
        found += [
            tr(
                "The ride at {time} from {stop} is the last of the day to {destination} without a"
                " change.",
                time=wording.clock(part.depart),
                stop=part.origin,
                destination=part.destination,
            )
            for part in leg.parts
            if part.mode == "transit" and part.rides[0]["next"] is None
        ]
    feeds = dict.fromkeys(ride["feed"] for leg in day.legs for ride in leg.rides)
    known = by_name() if feeds else {}
    found += [known[name].fare for name in feeds if name in known and known[name].fare]
    emitted = None if day.totals.co2_g is None else emissions.of_day(day.legs)
    if emitted and emitted.unknown:
        found.append(
            tr(
                "Not counted in the CO2, nobody giving a figure: {kinds}.",
                kinds=joined(", ", [tr(kind) for kind in emitted.unknown]),
            )
        )
    return found


def _tight(leg: Leg) -> list[str]:
    rides = [part for part in leg.parts if part.mode == "transit"]
    found: list[str] = []
    for before, after in pairwise(rides):
        walked_s = sum(
            part.duration_s
            for part in leg.parts
            if part.mode == "walk" and before.arrive <= part.depart <= after.depart
        )
        spare_s = elapsed_s(before.arrive, after.depart) - walked_s
        if spare_s < TIGHT_S:
            found.append(
                tr(
                    "A tight change at {stop} at {time}: {spare}.",
                    stop=after.origin,
                    time=wording.clock(before.arrive),
                    spare=wording.duration(spare_s),
                )
            )
    return found
