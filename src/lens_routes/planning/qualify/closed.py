"""Why a place cannot be visited on the days asked for, and what would change that."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening, holiday_name
from lens_routes.errors import InfeasibleError
from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import DayOpening, HoursContext, Span
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request
    from lens_routes.text.language import Said

#: How far ahead a closed place's next opening is looked for: most open within the week.
LOOK_AHEAD_DAYS = (8, *range(40, 366, 40), 366)


class Closed(NamedTuple):
    """A place that qualifies but cannot be visited that day, why, and what would change that.

    ``remedy`` names an option, and is empty where none helps; ``opens`` is the date of the next
    opening, None when there is none to name.
    """

    place: Place
    reason: str
    remedy: str = ""
    opens: dt.date | None = None


def must_sees_closed(missed: Sequence[Closed]) -> InfeasibleError:
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


def only_by_appointment(place: Place) -> Closed:
    """Return why a place is not chosen that one has to ask to be let into."""
    reason = tr("open by appointment only")
    if place.booking:
        reason = tr("open by appointment only ({booking})", booking=place.booking)
    return Closed(place, reason, tr("Ask for it: --must {place}", place=place.id))


def why_closed(
    place: Place,
    openings: Sequence[DayOpening],
    spans: Sequence[Span],
    minutes: int,
    request: Request,
    context: HoursContext,
) -> Closed:
    """Return why a place of such openings has no *spans* long enough for a visit."""
    if place.status != "open":
        planned = tr("not open to visitors (planned)")
        shut = tr("not open to visitors (closed)")
        return Closed(place, planned if place.status == "planned" else shut)
    stated = [span for opening in openings for span in opening.windows]
    windows = [span for span in spans if elapsed_s(span.begin, span.end) >= 60]
    unsure = stated and all(span.state is Opening.UNKNOWN for span in stated)
    if unsure and request.strict_hours:
        reason = tr(
            "of unknown hours {when}, and only places of certain hours were asked for",
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
    if stated:
        return Closed(place, _at_no_hour(place, request.dates, context, unsure=bool(unsure)))
    return _closed_all_day(place, request.dates, context)


def _at_no_hour(
    place: Place, dates: Sequence[dt.date], context: HoursContext, *, unsure: bool
) -> Said:
    """Return why a place that has hours is not visited in any of them."""
    if place.outdoor:
        return tr("open {when} in the dark only", when=_when(dates))
    holidays = filter(None, (holiday_name(date, context.country, context.region) for date in dates))
    if unsure and (holiday := next(holidays, None)):
        return tr("of unknown hours, and the day is {holiday}", holiday=holiday)
    return tr("perhaps open {when}, but hardly by day", when=_when(dates))


def _when(dates: Sequence[dt.date]) -> Said:
    first = wording.date(dates[0])
    if len(dates) == 1:
        return tr("on {day}", day=first)
    return trn("on the {n} day from {date}", "on the {n} days from {date}", len(dates), date=first)


def _closed_all_day(place: Place, dates: Sequence[dt.date], context: HoursContext) -> Closed:
    remark, span = _next_opening(place, dates[0], dates[-1], context)
    reason = tr("closed {when}", when=_when(dates))
    if remark:
        reason = tr("{closed} ({remark})", closed=reason, remark=remark)
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


#: The same day is asked for again whenever another plan of it is tried.
@lru_cache(maxsize=4096)
def _next_opening(
    place: Place, first: dt.date, last: dt.date, context: HoursContext
) -> tuple[str, Span | None]:
    """Return the remark on a place that is closed on some days, and when it opens next."""
    context = context._replace(coordinates=place.point)
    begin = dt.datetime.combine(first, dt.time(), context.zone)
    opening_hours = hours.parse(place.opening_hours or "off", context)
    remark = None
    for days in LOOK_AHEAD_DAYS:
        end = dt.datetime.combine(last + dt.timedelta(days), dt.time(), context.zone)
        spans = opening_hours.spans(begin, end)
        remark = spans[0].comment if remark is None else remark
        span = next((one for one in spans if one.state is not Opening.CLOSED), None)
        if span:
            break
        begin = end
    return remark or "", span
