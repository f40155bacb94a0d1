"""Which places qualify for a request, and when each may be visited that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import HoursContext, Opening
from lens_routes.errors import (
    BadInputError,
    InfeasibleError,
    ThemeNotFoundError,
    UsageError,
)
from lens_routes.plan import elapsed_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening, Span
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Appointment, Request

#: How far ahead a closed place's next opening is looked for.
LOOK_AHEAD = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that qualifies, its opening on each day, and the stay the visitor wants.

    ``begins`` are the spans in which a visit of ``minutes`` may begin, and ``hurried`` those of a
    visit of ``least_minutes``, the shortest that is worth while: aware datetimes, both ends
    included. An ``appointment`` begins then and only then, whatever the opening hours.
    """

    place: Place
    openings: tuple[DayOpening, ...]
    minutes: int
    begins: tuple[tuple[dt.datetime, dt.datetime], ...]
    least_minutes: int | None = None
    hurried: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    appointment: bool = False

    def span_of(self, begin: dt.datetime, leave: dt.datetime) -> Span | None:
        """Return the least certain window that a visit from *begin* to *leave* passes through.

        None where an appointment lies outside all windows.
        """
        passed = [
            span
            for opening in self.openings
            for span in opening.windows
            if elapsed_s(span.begin, leave) > 0 and elapsed_s(begin, span.end) > 0
        ]
        return next((span for span in passed if span.state is not Opening.OPEN), None) or (
            passed[0] if passed else None
        )

    def note_on(self, date: dt.date) -> str:
        """Return what to know of the opening on a date."""
        return next((opening.note for opening in self.openings if opening.date == date), "")


@dataclass(frozen=True, slots=True)
class Closed:
    """A place that qualifies but cannot be visited that day, why, and what would change that.

    ``remedy`` names an option, and is empty where none helps; ``opens`` is the date of the next
    opening, None when there is none to name.
    """

    place: Place
    reason: str
    remedy: str = ""
    opens: dt.date | None = None


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
    appointments = {item.place: item for item in request.appointments}
    candidates: list[Candidate] = []
    closed: list[Closed] = []
    for place in _qualifying(request, catalogue):
        openings = _openings(place, request, catalogue, context)
        candidate = _candidate(place, openings, request)
        if place.id in appointments:
            begins = _fixed(appointments[place.id], request, context)
            candidates.append(replace(candidate, begins=begins, hurried=(), appointment=True))
        elif candidate.begins or candidate.hurried:
            candidates.append(candidate)
        else:
            closed.append(_closed(place, openings, candidate.minutes, request, context))
    if missed := [shut for shut in closed if shut.place.id in request.must]:
        raise _must_sees_closed(missed)
    return candidates, closed


def _openings(
    place: Place, request: Request, catalogue: Catalogue, context: HoursContext
) -> tuple[DayOpening, ...]:
    try:
        return tuple(hours.day_opening(place, date, context) for date in request.dates)
    except BadInputError as error:
        raise BadInputError(
            f"{catalogue.path}, feature {place.id}, opening_hours: {error.message}", error.hint
        ) from error


def _must_sees_closed(missed: Sequence[Closed]) -> InfeasibleError:
    """Return the error that explains the must-sees that are closed, one by one."""
    each = "; ".join(f"{shut.place.name} is a must-see, but it is {shut.reason}" for shut in missed)
    them = "it" if len(missed) == 1 else "them"
    remedies = list(dict.fromkeys(shut.remedy for shut in missed if shut.remedy))
    if len(remedies) == 1:
        return InfeasibleError(f"{each}.", f"{remedies[0]}, or leave {them} out of --must.")
    return InfeasibleError(f"{each}.", f"Leave {them} out of --must.")


def _candidate(place: Place, openings: tuple[DayOpening, ...], request: Request) -> Candidate:
    asked = request.visit_minutes.get(place.id)
    minutes = place.visit_minutes if asked is None else asked
    least = place.visit_minutes_min if asked is None else None
    strict = request.strict_hours
    return Candidate(
        place,
        openings,
        minutes,
        _begins(openings, minutes, strict=strict),
        least,
        () if least is None else _begins(openings, least, strict=strict),
    )


def _fixed(
    appointment: Appointment, request: Request, context: HoursContext
) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """Return the moments an appointment may begin: one on its date, or one on each day."""
    dates = [appointment.date] if appointment.date else request.dates
    outside = [date for date in dates if date not in request.dates]
    if outside:
        raise UsageError(
            f"The appointment at {appointment.place} on {outside[0].isoformat()} is on no day of"
            " the tour.",
            "Choose another --date, more --days, or another appointment.",
        )
    moments = [dt.datetime.combine(date, appointment.time, context.zone) for date in dates]
    return tuple((moment, moment) for moment in moments)


def _qualifying(request: Request, catalogue: Catalogue) -> list[Place]:
    ends = {request.start.id, request.end.id if request.end else None}
    wanted = set(request.themes)
    if request.only is not None:
        listed = set(request.only) | request.required
        return [place for place in catalogue.places if place.id in listed]
    chosen = [
        place
        for place in catalogue.places
        if place.id in request.required
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
    openings: Sequence[DayOpening], minutes: int, *, strict: bool
) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    stay = dt.timedelta(minutes=minutes)
    spans: list[tuple[dt.datetime, dt.datetime]] = []
    for span in (span for opening in openings for span in opening.windows):
        if strict and span.state is not Opening.OPEN:
            continue
        # A visit may run on from open into unknown hours; it then counts as unknown (`span_of`).
        # The hours past midnight are part of two days, and count once.
        if spans and elapsed_s(span.begin, spans[-1][1]) >= 0:
            spans[-1] = (spans[-1][0], max(spans[-1][1], span.end))
        else:
            spans.append((span.begin, span.end))
    return tuple(
        (begin, end.astimezone(dt.UTC) - stay)
        for begin, end in spans
        if elapsed_s(begin, end) >= stay.total_seconds()
    )


def _closed(
    place: Place,
    openings: Sequence[DayOpening],
    minutes: int,
    request: Request,
    context: HoursContext,
) -> Closed:
    if place.status != "open":
        return Closed(place, f"not open to visitors ({place.status})")
    day: str = wording.date(request.date)
    if request.days > 1:
        day = f"the {request.days} days from {day}"
    windows = [span for opening in openings for span in opening.windows]
    unsure = windows and all(span.state is Opening.UNKNOWN for span in windows)
    if unsure and request.strict_hours:
        reason = f"of unknown hours on {day}, and --strict-hours leaves such places out"
        return Closed(place, reason, "Plan without --strict-hours")
    if windows:
        longest_s = max(elapsed_s(span.begin, span.end) for span in windows)
        reason = (
            f"open on {day} for {wording.duration(longest_s)} at a stretch,"
            f" less than the visit of {wording.duration(minutes * 60)}"
        )
        return Closed(place, reason, f"Shorten the visit: --visit {place.id}={longest_s // 60:.0f}")
    return _closed_all_day(place, request.dates, day, context)


def _closed_all_day(
    place: Place, dates: Sequence[dt.date], day: str, context: HoursContext
) -> Closed:
    context = replace(context, coordinates=place.point)
    begin = dt.datetime.combine(dates[0], dt.time(), context.zone)
    end = dt.datetime.combine(dates[-1] + LOOK_AHEAD, dt.time(), context.zone)
    today, *later = hours.parse(place.opening_hours or "off", context).spans(begin, end)
    remark = f" ({today.comment})" if today.comment else ""
    reason = f"closed on {day}{remark}"
    span = next((span for span in later if span.state is not Opening.CLOSED), None)
    if span is None:
        return Closed(place, f"{reason} and for a year from then")
    opens = "opens" if span.state is Opening.OPEN else "perhaps open"
    when = f"{wording.date(span.begin)} at {wording.clock(span.begin)}"
    return Closed(
        place,
        f"{reason}; {opens} on {when}",
        f"Choose --date {span.begin.date().isoformat()}",
        span.begin.date(),
    )


def next_days(
    place: Place, now: dt.datetime, context: HoursContext, count: int = 7
) -> list[DayOpening]:
    """Return the opening of a place on the next *count* days, today first."""
    today = now.astimezone(context.zone).date()
    return [hours.day_opening(place, today + dt.timedelta(days=i), context) for i in range(count)]
