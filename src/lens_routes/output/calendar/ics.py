"""A plan as a calendar (iCalendar, RFC 5545): an event a stop, an alarm when to leave for it."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vText

from lens_routes.output.calendar.vtimezone import vtimezone
from lens_routes.output.shared import caption, summary
from lens_routes.output.shared.leaving import from_places
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.safe_text import tidy
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.tour_id import tour_id
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text import language, wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop

    _Write = Callable[..., Event]

#: Where a plan does not name its zone; if its offsets are not this zone's, UTC is written.
DEFAULT_ZONE = "Europe/Paris"
#: The alarm rings this long before one has to leave.
NOTICE_S = 300

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "lens-routes.calendar")
#: Revisions are counted in seconds from here: small enough for 32 bits until 2088.
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def dumps(plan: Plan, places: Mapping[str, Place] | None = None) -> bytes:
    """Return *plan* as a calendar file; the catalogue's *places* by id know the addresses.

    An event's UID comes from the tour's id, the day and the place, whatever the times, the order
    and the language, so that exporting an edited plan again updates the events instead of adding
    others; the revision (``DTSTAMP``, ``SEQUENCE``) comes from the plan's ``created``, so that the
    same plan gives the same bytes.
    """
    plan = from_places(tidy(plan))
    zone = _zone(plan)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//lens-routes//{plan.program}//{language.in_use().upper()}")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    # To the library these two are of no known kind, and would be written as they are.
    calendar.add("NAME", vText(caption.title(plan)))
    calendar.add("X-WR-CALNAME", vText(caption.title(plan)))
    about = [*(_sentence(caption.day_line(day)) for day in plan.days), summary.credit_line(plan)]
    calendar.add("DESCRIPTION", joined("\n", about))
    if zone is not None:
        years = [moment.year for day in plan.days for moment in (day.start_time, day.end_time)]
        calendar.add("X-WR-TIMEZONE", zone.key)
        calendar.add_component(vtimezone(zone, min(years), max(years)))
    for event in _events(plan, _Uids(plan), zone, places or {}):
        calendar.add_component(event)
    data: bytes = calendar.to_ical(sorted=False)
    return data


def _events(
    plan: Plan, uids: _Uids, zone: ZoneInfo | None, places: Mapping[str, Place]
) -> Iterator[Event]:
    write = partial(_event, plan, zone, places)
    for day in plan.days:
        for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
            yield from _rides(write, uids, day, leg)
            yield _visit(write, uids.of_stop(day, stop), leg, number, stop)
        home = day.legs[-1]
        yield from _rides(write, uids, day, home)
        if caption.moves(home):
            yield _way_home(write, uids.of(day, "end"), day)
    for stop in plan.cancelled:
        uid = uids.of_stop(plan.days[0], stop)
        yield write(uid, stop.name, (stop.begin, stop.leave), stop, [], status="CANCELLED")
    for part in _given_up(plan):
        yield from _rides(write, uids, plan.days[0], part, status="CANCELLED")


def _given_up(plan: Plan) -> Iterator[Leg]:
    """Yield the rides that are no longer taken, by where they lead from and to."""
    taken = {
        (part.origin, part.destination)
        for day in plan.days
        for leg in day.legs
        for part in legs_of(leg)
        if part.rides
    }
    for leg in plan.cancelled_rides:
        for part in legs_of(leg):
            ends = part.origin, part.destination
            if part.rides and ends not in taken:
                taken.add(ends)
                yield part


class _Uids:
    """Gives each event its UID: the same for the same stop of the same tour."""

    def __init__(self, plan: Plan) -> None:
        self._tour = tour_id(plan)
        self._seen: Counter[tuple[str, ...]] = Counter()

    def of_stop(self, day: Day, stop: Stop) -> str:
        """Return the UID of a stop; a break is known by its name in one language."""
        return self.of(day, f"{stop.kind} {stop.place or language.text_in(stop.name, 'en')}")

    def of(self, day: Day, what: str) -> str:
        """Return the UID of something a day has, another each time."""
        key = (self._tour, day.date.isoformat(), what)
        self._seen[key] += 1
        return str(uuid.uuid5(_NAMESPACE, "\n".join((*key, str(self._seen[key])))))


def _zone(plan: Plan) -> ZoneInfo | None:
    """Return the zone the plan's times are told in; None where only offsets are known."""
    name = plan.request.get("timezone")
    zone = ZoneInfo(str(name or DEFAULT_ZONE))
    moments = [m for day in plan.days for stop in day.stops for m in (stop.begin, stop.leave)]
    agree = all(m.utcoffset() == m.astimezone(zone).utcoffset() for m in moments)
    return zone if name or agree else None


def _event(
    plan: Plan,
    zone: ZoneInfo | None,
    places: Mapping[str, Place],
    uid: str,
    title: str,
    times: tuple[dt.datetime, dt.datetime],
    where: Stop | Waypoint | None,
    facts: Sequence[str],
    *,
    location: str = "",
    status: str = "CONFIRMED",
) -> Event:
    created = plan.created.astimezone(dt.UTC)
    begin, end = (_moment(moment, zone) for moment in times)
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", created)
    event.add("LAST-MODIFIED", created)
    event.add("SEQUENCE", max(0, int((created - _EPOCH).total_seconds())))
    event.add("SUMMARY", title)
    event.add("DTSTART", begin)
    # The end has to be later than the start; without one an event lasts no time.
    if elapsed_s(begin, end) >= 1:
        event.add("DTEND", end)
    event.add("LOCATION", location or (_location(where, places) if where else ""))
    if where is not None:
        event.add("GEO", (f"{where.lat:.6f}", f"{where.lon:.6f}"))
    event.add("DESCRIPTION", joined("\n", [*facts, summary.credit_line(plan)]))
    event.add("STATUS", status)
    event.add("TRANSP", "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT")
    return event


def _location(where: Stop | Waypoint, places: Mapping[str, Place]) -> str:
    """Return a name with its address, which a telephone finds, where one is known."""
    place = places.get((where.id if isinstance(where, Waypoint) else where.place) or "")
    return f"{where.name}, {place.address}" if place and place.address else where.name


def _sentence(text: str) -> str:
    return wording.sentence(joined("", (text, ".")))


def _visit(write: _Write, uid: str, leg: Leg, number: int | None, stop: Stop) -> Event:
    facts = caption.facts(stop)
    if caption.moves(leg):
        facts.append(tr("On the way: {leaving}.", leaving=_leaving(leg)))
    event = write(uid, caption.label(number, stop), (stop.begin, stop.leave), stop, facts)
    if caption.moves(leg):
        event.add_component(_alarm(leg, stop.begin))
    return event


def _rides(
    write: _Write, uids: _Uids, day: Day, leg: Leg, status: str = "CONFIRMED"
) -> Iterator[Event]:
    """Yield an event for each train or bus of a leg."""
    for part in legs_of(leg):
        for ride in part.rides:
            ends = part.origin, part.destination
            title = joined(" · ", (caption.line(ride), caption.from_to(part)))
            yield write(
                uids.of(day, "\n".join(("ride", *ends))),
                title,
                (part.depart, part.arrive),
                None,
                [_sentence(caption.ride(ride))],
                location=part.origin,
                status=status,
            )


def _way_home(write: _Write, uid: str, day: Day) -> Event:
    leg = day.legs[-1]
    title = tr("To {destination}", destination=day.end.name)
    facts = [_sentence(_leaving(leg))]
    event = write(uid, title, (leg.depart, leg.arrive), day.end, facts)
    event.add_component(_alarm(leg, leg.depart))
    return event


def _leaving(leg: Leg) -> str:
    return tr(
        "leave {origin} at {time}, {way}",
        origin=leg.origin,
        time=wording.clock(leg.depart),
        way=caption.way(leg),
    )


def _alarm(leg: Leg, begin: dt.datetime) -> Alarm:
    shown = begin.astimezone(dt.UTC).replace(second=0, microsecond=0)
    minutes = math.ceil((elapsed_s(leg.depart, shown) + NOTICE_S) / 60)
    words = tr("For {destination}: {leaving}", destination=leg.destination, leaving=_leaving(leg))
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", words)
    alarm.add("TRIGGER", dt.timedelta(minutes=-minutes), parameters={"RELATED": "START"})
    return alarm


def _moment(moment: dt.datetime, zone: ZoneInfo | None) -> dt.datetime:
    """Return a moment as calendars show it: to the minute, like every clock of the tour."""
    moment = moment.replace(second=0, microsecond=0)
    local = moment if zone is None else moment.astimezone(zone)
    # An hour that the clocks show twice can only be told apart in UTC.
    return moment.astimezone(dt.UTC) if zone is None or local.fold else local
