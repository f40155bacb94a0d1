"""Which places qualify for a request, and when each may be visited that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import HoursContext, Opening
from lens_routes.errors import InfeasibleError, ThemeNotFoundError

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening, Span
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request

#: How far ahead a closed place's next opening is looked for, days.
LOOK_AHEAD_DAYS = 366


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that qualifies, its opening on the day, and the stay the visitor wants.

    ``begins`` are the spans in which a visit of that length may begin: aware datetimes, both ends
    included.
    """

    place: Place
    opening: DayOpening
    minutes: int
    begins: tuple[tuple[dt.datetime, dt.datetime], ...]

    def state_at(self, begin: dt.datetime) -> Opening:
        """Tell whether the place is open, or of unknown hours, at *begin*."""
        return self.span_at(begin).state

    def span_at(self, begin: dt.datetime) -> Span:
        """Return the window of the day that holds *begin*; `LookupError` when none does."""
        for span in self.opening.windows:
            if span.begin <= begin < span.end:
                return span
        raise LookupError(f"{self.place.id} is not open at {begin}")


@dataclass(frozen=True, slots=True)
class Closed:
    """A place that qualifies but cannot be visited that day, and why."""

    place: Place
    reason: str


def context_of(catalogue: Catalogue) -> HoursContext:
    """Return where the catalogue's opening hours are to be understood."""
    return HoursContext(
        timezone=catalogue.timezone,
        country=catalogue.country,
        school_zone=catalogue.school_holidays_zone,
    )


def qualify(request: Request, catalogue: Catalogue) -> tuple[list[Candidate], list[Closed]]:
    """Return the places a tour may visit, and those that qualify but are closed that day.

    A place qualifies when it is tourable and bears one of the themes asked for (any, when none
    is), or is a must-see; start, end and places to avoid never do.

    Raises
    ------
    ThemeNotFoundError
        No tourable place bears the themes.
    InfeasibleError
        A must-see cannot be visited that day; the message says when it can.
    """
    context = context_of(catalogue)
    candidates, closed = [], []
    for place in _qualifying(request, catalogue):
        opening = hours.day_opening(place, request.date, context)
        minutes = request.visit_minutes.get(place.id, place.visit_minutes)
        begins = _begins(opening, minutes, strict=request.strict_hours)
        if begins:
            candidates.append(Candidate(place, opening, minutes, begins))
            continue
        reason = _why_closed(place, opening, minutes, request, context)
        if place.id in request.must:
            raise InfeasibleError(
                f"{place.name} is a must-see, but it is {reason}.",
                "Choose another --date, or leave it out of --must.",
            )
        closed.append(Closed(place, reason))
    return candidates, closed


def _qualifying(request: Request, catalogue: Catalogue) -> list[Place]:
    ends = {request.start.id, request.end.id if request.end else None}
    wanted = set(request.themes)
    chosen = [
        place
        for place in catalogue.places
        if place.id in request.must
        or (
            place.tourable
            and (not wanted or wanted.intersection(place.themes))
            and place.id not in request.avoid
            and place.id not in ends
        )
    ]
    if not chosen:
        themes = " or ".join(sorted(wanted)) or "any theme"
        raise ThemeNotFoundError(
            f"No place of {catalogue.title} that a tour may visit bears {themes}.",
            "See what there is with: lens-routes places themes",
        )
    return chosen


def _begins(
    opening: DayOpening, minutes: int, *, strict: bool
) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    stay = dt.timedelta(minutes=minutes)
    spans: list[tuple[dt.datetime, dt.datetime]] = []
    for span in opening.windows:
        if strict and span.state is not Opening.OPEN:
            continue
        # An unknown span that continues an open one is one visit's time; but never the reverse of
        # what is shown: the state is that of the moment the visit begins.
        if spans and spans[-1][1] == span.begin:
            spans[-1] = (spans[-1][0], span.end)
        else:
            spans.append((span.begin, span.end))
    return tuple((begin, end - stay) for begin, end in spans if end - begin >= stay)


def _why_closed(
    place: Place, opening: DayOpening, minutes: int, request: Request, context: HoursContext
) -> str:
    if place.status != "open":
        return f"not open to visitors ({place.status})"
    day = wording.date(request.date)
    if opening.windows and opening.state is Opening.UNKNOWN and request.strict_hours:
        return f"hours unknown on {day}, and --strict-hours leaves such places out"
    if opening.windows:
        longest = max(span.end - span.begin for span in opening.windows)
        return (
            f"open on {day} for {wording.duration(longest.total_seconds())} at a stretch,"
            f" less than the visit of {minutes} min"
        )
    return f"closed on {day}{_next_opening(place, request, context)}"


def _next_opening(place: Place, request: Request, context: HoursContext) -> str:
    if not place.opening_hours:
        return ""
    midnight = dt.datetime.combine(request.date, dt.time(), context.zone)
    span = hours.parse(place.opening_hours, context).next_open(midnight, LOOK_AHEAD_DAYS)
    if span is None:
        return " and all the year after"
    return f"; opens on {wording.date(span.begin)} at {wording.clock(span.begin)}"


def next_days(
    place: Place, now: dt.datetime, context: HoursContext, count: int = 7
) -> list[DayOpening]:
    """Return the opening of a place on the next *count* days, today first."""
    today = now.astimezone(context.zone).date()
    return [hours.day_opening(place, today + dt.timedelta(days=i), context) for i in range(count)]
