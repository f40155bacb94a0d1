"""Which places qualify for a request, and when each may be visited that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening, context_of
from lens_routes.errors import (
    BadInputError,
    InfeasibleError,
    ThemeNotFoundError,
    UsageError,
)
from lens_routes.plan.plan import elapsed_s
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening, HoursContext, Span
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Appointment, Request
    from lens_routes.text.language import Said

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


class Qualified(NamedTuple):
    """The places a tour may visit, and those that qualify but are closed that day."""

    candidates: Sequence[Candidate]
    closed: Sequence[Closed]


def qualify(request: Request, catalogue: Catalogue) -> Qualified:
    """Return the places a tour may visit, and those that qualify but are closed that day.

    A place qualifies when it is tourable and bears one of the themes asked for (any, when none
    is), or is a must-see; start, end and places to avoid never do.

    Raises
    ------
    ThemeNotFoundError
        No tourable place bears the themes.
    InfeasibleError
        All that do are to be avoided, or a must-see cannot be visited that day; the message says
        when it can.
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
            hurried = begins if candidate.least_minutes is not None else ()
            candidates.append(replace(candidate, begins=begins, hurried=hurried, appointment=True))
        elif candidate.begins or candidate.hurried:
            candidates.append(candidate)
        else:
            closed.append(_closed(place, openings, candidate.minutes, request, context))
    if missed := [shut for shut in closed if shut.place.id in request.must]:
        raise _must_sees_closed(missed)
    return Qualified(candidates, closed)


def _openings(
    place: Place, request: Request, catalogue: Catalogue, context: HoursContext
) -> tuple[DayOpening, ...]:
    try:
        return tuple(hours.day_opening(place, date, context) for date in request.dates)
    except BadInputError as error:
        raise BadInputError(
            tr(
                "{file}, feature {place}, opening_hours: {problem}",
                file=catalogue.path,
                place=place.id,
                problem=error.message,
            ),
            error.hint,
        ) from error


def _must_sees_closed(missed: Sequence[Closed]) -> InfeasibleError:
    """Return the error that explains the must-sees that are closed, one by one."""
    each = [
        tr("{place} is a must-see, but it is {reason}", place=shut.place.name, reason=shut.reason)
        for shut in missed
    ]
    message = joined("", (wording.clauses(each), "."))
    remedies = list(dict.fromkeys(shut.remedy for shut in missed if shut.remedy))
    if len(remedies) != 1:
        hint = trn("Leave it out of --must.", "Leave them out of --must.", len(missed))
        return InfeasibleError(message, hint)
    hint = trn(
        "{remedy}, or leave it out of --must.",
        "{remedy}, or leave them out of --must.",
        len(missed),
        remedy=remedies[0],
    )
    return InfeasibleError(message, hint)


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
            tr(
                "The appointment at {place} on {date} is on no day of the tour.",
                place=appointment.place,
                date=wording.short_date(outside[0]),
            ),
            tr("Choose another --date, more --days, or another appointment."),
        )
    moments = [dt.datetime.combine(date, appointment.time, context.zone) for date in dates]
    return tuple((moment, moment) for moment in moments)


def _qualifying(request: Request, catalogue: Catalogue) -> list[Place]:
    ends = {request.start.id, request.end.id if request.end else None}
    wanted = set(request.themes)
    if request.only is not None:
        listed = set(request.only) | request.required
        return [place for place in catalogue.places if place.id in listed]
    bearing = [
        place
        for place in catalogue.places
        if place.id in request.required
        or (place.tourable and (not wanted or wanted.intersection(place.themes)))
    ]
    chosen = [
        place
        for place in bearing
        if place.id in request.required or place.id not in {*request.avoid, *ends}
    ]
    if bearing and not chosen:
        raise _none_left(bearing, request)
    if not chosen:
        themes = tr("any theme")
        if wanted:
            themes = reduce(
                lambda said, theme: tr("{first} or {second}", first=said, second=theme),
                map(wording.theme, sorted(wanted)),
            )
        raise ThemeNotFoundError(
            tr(
                "No place of {catalogue} that a tour may visit bears {themes}.",
                catalogue=catalogue.title,
                themes=themes,
            ),
            tr("See what there is with: lens-routes places themes"),
        )
    return chosen


def _none_left(bearing: Sequence[Place], request: Request) -> InfeasibleError:
    """Return the error of a request that avoids all it asks for, or begins or ends there."""
    message = trn(
        "The only place that qualifies, {place}, is to be avoided, or is where the tour starts"
        " or ends.",
        "Each of the {n} places that qualify is to be avoided, or is where the tour starts"
        " or ends.",
        len(bearing),
        place=bearing[0].name,
    )
    avoided = [place.id for place in bearing if place.id in request.avoid]
    if not avoided:
        return InfeasibleError(message, tr("Start elsewhere, or make it a --must."))
    return InfeasibleError(message, tr("Take {place} out of --avoid.", place=avoided[0]))


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
        planned = tr("not open to visitors (planned)")
        shut = tr("not open to visitors (closed)")
        return Closed(place, planned if place.status == "planned" else shut)
    windows = [
        span
        for opening in openings
        for span in opening.windows
        if elapsed_s(span.begin, span.end) >= 60
    ]
    unsure = windows and all(span.state is Opening.UNKNOWN for span in windows)
    if unsure and request.strict_hours:
        reason = tr(
            "of unknown hours {when}, and --strict-hours leaves such places out",
            when=_when(request.dates),
        )
        return Closed(place, reason, tr("Plan without --strict-hours"))
    if windows:
        longest_s = max(elapsed_s(span.begin, span.end) for span in windows)
        reason = tr(
            "open {when} for {longest} at a stretch, less than the visit of {visit}",
            when=_when(request.dates),
            longest=wording.duration(longest_s),
            visit=wording.duration(minutes * 60),
        )
        shorter = f"{place.id}={longest_s // 60:.0f}"
        return Closed(place, reason, tr("Shorten the visit: --visit {shorter}", shorter=shorter))
    return _closed_all_day(place, request.dates, context)


def _when(dates: Sequence[dt.date]) -> Said:
    first = wording.date(dates[0])
    if len(dates) == 1:
        return tr("on {day}", day=first)
    return trn("on the {n} day from {date}", "on the {n} days from {date}", len(dates), date=first)


def _closed_all_day(place: Place, dates: Sequence[dt.date], context: HoursContext) -> Closed:
    context = replace(context, coordinates=place.point)
    begin = dt.datetime.combine(dates[0], dt.time(), context.zone)
    end = dt.datetime.combine(dates[-1] + LOOK_AHEAD, dt.time(), context.zone)
    today, *later = hours.parse(place.opening_hours or "off", context).spans(begin, end)
    reason = tr("closed {when}", when=_when(dates))
    if today.comment:
        reason = tr("{closed} ({remark})", closed=reason, remark=today.comment)
    span = next((span for span in later if span.state is not Opening.CLOSED), None)
    if span is None:
        return Closed(place, tr("{closed} and for a year from then", closed=reason))
    facts = {
        "closed": reason,
        "date": wording.date(span.begin),
        "time": wording.clock(span.begin),
    }
    said = tr("{closed}; perhaps open on {date} at {time}", **facts)
    if span.state is Opening.OPEN:
        said = tr("{closed}; opens on {date} at {time}", **facts)
    first = span.begin.date()
    return Closed(place, said, tr("Choose --date {date}", date=first.isoformat()), first)


def next_days(
    place: Place, now: dt.datetime, context: HoursContext, count: int = 7
) -> list[DayOpening]:
    """Return the opening of a place on the next *count* days, today first."""
    today = now.astimezone(context.zone).date()
    return [hours.day_opening(place, today + dt.timedelta(days=i), context) for i in range(count)]
