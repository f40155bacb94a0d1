"""What rides make of a day: when it begins, the time they leave at the visits, what they emit."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.travel.rides import emissions

if TYPE_CHECKING:
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Stop
    from lens_routes.planning.fill.itinerary import Outing
    from lens_routes.tour.problem import Visit

#: Less time than this to spare at a visit is not worth a word, seconds.
SPARE_S = 300


def with_rides(day: Day, outing: Outing) -> Day:
    """Return a day told with its rides: nobody waits at a stop who could stay where it is nicer.

    It begins when the first way does, not when the tour was allowed to; at each stop is said how
    much time is left before its ride; the totals count emissions. A day on foot stays as it is.
    """
    emitted = emissions.of_day(day.legs)
    if emitted is None:
        return day
    stops = tuple(
        replace(_reached(stop, leg), notes=(*stop.notes, *_spare(stop, following, visit, outing)))
        for stop, visit, (leg, following) in zip(
            day.stops, outing.tour.visits, pairwise(day.legs), strict=True
        )
    )
    first = day.legs[0]
    return replace(
        day,
        start_time=first.depart if first.rides else day.start_time,
        stops=stops,
        totals=replace(
            day.totals,
            wait_s=sum(elapsed_s(stop.arrive, stop.begin) for stop in stops),
            co2_g=emitted.co2_g,
            car_co2_g=emitted.car_co2_g,
        ),
    )


def _reached(stop: Stop, leg: Leg) -> Stop:
    """Return a stop as it is reached: by a later ride than the first, where that is soon enough."""
    return replace(stop, arrive=leg.arrive) if leg.rides else stop


def _spare(stop: Stop, leg: Leg, visit: Visit, outing: Outing) -> list[str]:
    """Return a word on the time between the end of a visit and leaving for the ride."""
    spare_s = elapsed_s(stop.leave, leg.depart)
    if not leg.rides or spare_s < SPARE_S:
        return []
    site = None if visit.site is None else outing.candidates[visit.site]
    open_still = site is None or site.span_of(stop.begin, leg.depart) is not None
    spare, time = wording.duration(spare_s), wording.clock(leg.depart)
    if open_still:
        return [tr("{spare} to spare: stay until {time} if you like.", spare=spare, time=time)]
    return [
        tr(
            "{spare} to spare until you leave at {time}; by its hours it may be closed by then.",
            spare=spare,
            time=time,
        )
    ]
