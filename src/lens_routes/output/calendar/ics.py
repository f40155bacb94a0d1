"""A plan as a calendar (iCalendar, RFC 5545): an event a stop, an alarm when to leave for it."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.errors import BadInputError
from lens_routes.output.calendar.vtimezone import vtimezone
from lens_routes.output.shared import caption
from lens_routes.output.shared.safe_text import tidy
from lens_routes.plan.plan import elapsed_s
from lens_routes.plan.tour_id import tour_id
from lens_routes.text import language, wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.plan import Day, Leg, Plan, Stop

#: Where a plan does not name its zone; if its offsets are not this zone's, UTC is written.
DEFAULT_ZONE = "Europe/Paris"
#: The alarm rings this long before one has to leave.
NOTICE_S = 300

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "lens-routes.calendar")
#: Revisions are counted in seconds from here: small enough for 32 bits until 2088.
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_OCTETS = 75


def dumps(plan: Plan) -> bytes:
    """Return *plan* as a calendar file.

    An event's UID comes from the tour's id, the day and the place, whatever the times, the order
    and the language, so that exporting an edited plan again updates the events instead of adding
    others; the revision (``DTSTAMP``, ``SEQUENCE``) comes from the plan's ``created``, so that the
    same plan gives the same bytes.

    Raises
    ------
    BadInputError
        The plan names a time zone that does not exist.
    """
    plan = tidy(plan)
    zone = _zone(plan)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//lens-routes//{_escape(plan.program)}//{language.in_use().upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_escape(caption.title(plan))}",
        f"X-WR-CALNAME:{_escape(caption.title(plan))}",
        f"DESCRIPTION:{_escape(caption.attribution(plan))}",
    ]
    if zone is not None:
        years = [moment.year for day in plan.days for moment in (day.start_time, day.end_time)]
        lines.append(f"X-WR-TIMEZONE:{zone.key}")
        lines += vtimezone(zone, min(years), max(years))
    uids = _Uids(plan)
    for day in plan.days:
        for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
            lines += _visit(plan, uids.of(day, stop), leg, number, stop, zone)
        if caption.moves(day.legs[-1]):
            lines += _way_home(plan, uids.of(day, None), day, zone)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


class _Uids:
    """Gives each event its UID: the same for the same stop of the same tour."""

    def __init__(self, plan: Plan) -> None:
        self._tour = tour_id(plan)
        self._seen: Counter[tuple[str, ...]] = Counter()

    def of(self, day: Day, stop: Stop | None) -> str:
        """Return the UID of a stop; without a stop, of the way to the day's end."""
        what = "end" if stop is None else f"{stop.kind} {stop.place or ''}"
        key = (self._tour, day.date.isoformat(), what)
        self._seen[key] += 1
        return str(uuid.uuid5(_NAMESPACE, "\n".join((*key, str(self._seen[key])))))


def _zone(plan: Plan) -> ZoneInfo | None:
    """Return the zone the plan's times are told in; None where only offsets are known."""
    name = plan.request.get("timezone")
    try:
        zone = ZoneInfo(str(name or DEFAULT_ZONE))
    except (KeyError, ValueError, OSError):
        raise BadInputError(
            tr("The plan's time zone {name} does not exist.", name=name),
            tr("Write for example {example}.", example="Europe/Paris"),
        ) from None
    moments = [m for day in plan.days for stop in day.stops for m in (stop.begin, stop.leave)]
    agree = all(m.utcoffset() == m.astimezone(zone).utcoffset() for m in moments)
    return zone if name or agree else None


def _visit(
    plan: Plan, uid: str, leg: Leg, number: int | None, stop: Stop, zone: ZoneInfo | None
) -> Iterator[str]:
    facts = caption.facts(stop)
    if caption.moves(leg):
        facts.append(tr("On the way: {leaving}.", leaving=_leaving(leg)))
    facts.append(caption.attribution(plan))
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield from _revision(plan)
    yield f"SUMMARY:{_escape(caption.label(number, stop))}"
    yield from _times(stop.begin, stop.leave, zone)
    yield f"LOCATION:{_escape(stop.name)}"
    yield f"GEO:{stop.lat:.6f};{stop.lon:.6f}"
    yield _description(facts)
    yield "STATUS:CONFIRMED"
    yield "TRANSP:OPAQUE"
    if caption.moves(leg):
        yield from _alarm(leg, stop.begin)
    yield "END:VEVENT"


def _way_home(plan: Plan, uid: str, day: Day, zone: ZoneInfo | None) -> Iterator[str]:
    leg = day.legs[-1]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield from _revision(plan)
    summary = tr("To {destination}", destination=day.end.name)
    yield f"SUMMARY:{_escape(summary)}"
    yield from _times(leg.depart, leg.arrive, zone)
    yield f"LOCATION:{_escape(day.end.name)}"
    yield f"GEO:{day.end.lat:.6f};{day.end.lon:.6f}"
    yield _description([f"{_leaving(leg)}.", caption.attribution(plan)])
    yield "STATUS:CONFIRMED"
    yield "TRANSP:OPAQUE"
    yield from _alarm(leg, leg.depart)
    yield "END:VEVENT"


def _leaving(leg: Leg) -> str:
    return tr(
        "leave {origin} at {time}, {way}",
        origin=leg.origin,
        time=wording.clock(leg.depart),
        way=caption.way(leg),
    )


def _alarm(leg: Leg, begin: dt.datetime) -> Iterator[str]:
    minutes = math.ceil((elapsed_s(leg.depart, begin) + NOTICE_S) / 60)
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    alarm = tr("For {destination}: {leaving}", destination=leg.destination, leaving=_leaving(leg))
    yield f"DESCRIPTION:{_escape(alarm)}"
    yield f"TRIGGER;RELATED=START:-PT{minutes}M"
    yield "END:VALARM"


def _revision(plan: Plan) -> Iterator[str]:
    created = plan.created.astimezone(dt.UTC)
    yield f"DTSTAMP:{_utc(created)}"
    yield f"LAST-MODIFIED:{_utc(created)}"
    yield f"SEQUENCE:{max(0, int((created - _EPOCH).total_seconds()))}"


def _times(begin: dt.datetime, end: dt.datetime, zone: ZoneInfo | None) -> Iterator[str]:
    yield _moment("DTSTART", begin, zone)
    # The end has to be later than the start; without one an event lasts no time.
    if elapsed_s(begin, end) >= 1:
        yield _moment("DTEND", end, zone)


def _moment(name: str, moment: dt.datetime, zone: ZoneInfo | None) -> str:
    local = moment if zone is None else moment.astimezone(zone)
    # An hour that the clocks show twice can only be told apart in UTC.
    if zone is None or local.fold:
        return f"{name}:{_utc(moment)}"
    return f"{name};TZID={zone.key}:{local:%Y%m%dT%H%M%S}"


def _description(sentences: list[str]) -> str:
    return "DESCRIPTION:" + "\\n".join(map(_escape, sentences))


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """Return a content line in pieces of at most 75 octets, no character torn apart."""
    rest, pieces, room = line.encode(), [], _OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest, room = rest[cut:], _OCTETS - 1  # a continued line begins with a blank
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"
