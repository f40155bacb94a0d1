"""Which places qualify for a request, what each is worth, and when it may be visited."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.hours import Opening, context_of
from lens_routes.errors import InfeasibleError, ThemeNotFoundError, UsageError
from lens_routes.plan.moments import elapsed_s
from lens_routes.planning.qualify import occasion, worth
from lens_routes.planning.qualify.closed import (
    Closed,
    must_sees_closed,
    only_by_appointment,
    why_closed,
)
from lens_routes.planning.qualify.sift import sift
from lens_routes.planning.qualify.visiting import begins, openings_on, windows, without
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening, HoursContext, Span
    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.planning.qualify.visiting import Begins
    from lens_routes.planning.request import Appointment, Request
    from lens_routes.text.language import Said

#: Kinds of places that serve a visitor and are no sights: no stop unless asked for.
SERVICES = frozenset({"station", "tourist_office"})


class Candidate(NamedTuple):
    """A place that qualifies, its opening on each day, and the stay the visitor wants.

    ``begins`` are the spans in which a visit of ``minutes`` may begin, and ``hurried`` those of a
    visit of ``least_minutes``, the shortest that is worth while: aware datetimes, both ends
    included. An ``appointment`` begins then and only then, whatever the opening hours. ``worth`` is
    that of the preferred visit, ``factor`` what occasion and certainty make of it. What is
    ``off_theme`` fills a day, after all that was asked for; a ``flagship`` is what people come from
    afar for, and goes before everything else.
    """

    place: Place
    openings: tuple[DayOpening, ...]
    minutes: int
    begins: Begins
    worth: float
    least_minutes: int | None = None
    hurried: Begins = ()
    appointment: bool = False
    off_theme: bool = False
    flagship: bool = False
    factor: float = 1.0

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


class Qualified(NamedTuple):
    """The places a tour may visit, and those that were asked for but are closed that day.

    ``aside`` are those of very many that promise less: where there are any, nothing is proven.
    """

    candidates: Sequence[Candidate]
    closed: Sequence[Closed]
    aside: Sequence[Place] = ()


def qualify(
    request: Request, catalogue: Catalogue, bar: Callable[[Point], Said | None] = lambda _: None
) -> Qualified:
    """Return the places a tour may visit, and those that were asked for but are closed that day.

    A place qualifies when it is a sight and bears one of the themes asked for (any, when none
    is), or is a must-see; one of another theme qualifies as off-theme, unless the request keeps
    strictly to its themes. Start, end and places to avoid never do. What *bar* names keeps one
    from getting to a point.

    Raises
    ------
    ThemeNotFoundError
        No sight bears the themes.
    InfeasibleError
        All that do are to be avoided, or a must-see cannot be visited that day; the message says
        when it can.
    """
    context = context_of(catalogue)
    appointments = {item.place: item for item in request.appointments}
    candidates: list[Candidate] = []
    closed: list[Closed] = []
    qualifying = _qualifying(request, catalogue)
    promising, aside = sift(qualifying, request)
    for place, off_theme in promising:
        if unasked := _not_unasked(place, request):
            closed += [] if off_theme else [unasked]
            continue
        if barred := bar(place.point):
            reason = tr("out of reach on wheels: {bar}", bar=barred)
            closed += [] if off_theme else [Closed(place, reason)]
            continue
        openings = openings_on(place, request.dates, catalogue, context)
        spans = windows(place, openings, context, strict=request.strict_hours)
        if request.weather == "heat" and place.outdoor:
            spans = without(spans, *occasion.HOT)
        candidate = _candidate(place, openings, spans, request, off_theme=off_theme)
        if place.id in appointments:
            fixed = _fixed(appointments[place.id], request, context)
            hurried = fixed if candidate.least_minutes is not None else ()
            candidates.append(candidate._replace(begins=fixed, hurried=hurried, appointment=True))
        elif candidate.begins or candidate.hurried:
            candidates.append(candidate)
        elif not off_theme:
            closed.append(why_closed(place, openings, spans, candidate.minutes, request, context))
    if missed := [shut for shut in closed if shut.place.id in request.must]:
        raise must_sees_closed(missed)
    return Qualified(candidates, closed, aside)


def _not_unasked(place: Place, request: Request) -> Closed | None:
    """Return why a place is visited by those only who name it, None where it is by anybody."""
    if place.id in request.named:
        return None
    if place.by_appointment:
        return only_by_appointment(place)
    unfit = occasion.unfit(place, request)
    return None if unfit is None else Closed(place, unfit)


def _candidate(
    place: Place,
    openings: tuple[DayOpening, ...],
    spans: Sequence[Span],
    request: Request,
    *,
    off_theme: bool,
) -> Candidate:
    asked = request.visit_minutes.get(place.id)
    minutes = place.visit_minutes if asked is None else asked
    least = place.visit_minutes_min if asked is None else None
    factor = occasion.weight(place, request)
    if _unsure(openings) and not any(item.place == place.id for item in request.appointments):
        factor *= worth.UNSURE
    return Candidate(
        place,
        openings,
        minutes,
        begins(spans, minutes),
        worth.worth(place, request.likes, factor, off_theme=off_theme),
        least,
        () if least is None else begins(spans, least),
        off_theme=off_theme,
        flagship=occasion.is_flagship(place, request) and not off_theme,
        factor=factor,
    )


def _unsure(openings: Sequence[DayOpening]) -> bool:
    """Tell whether a place is certain to be open on none of some days."""
    states = {span.state for opening in openings for span in opening.windows}
    return states == {Opening.UNKNOWN}


def _fixed(appointment: Appointment, request: Request, context: HoursContext) -> Begins:
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


def _qualifying(request: Request, catalogue: Catalogue) -> list[tuple[Place, bool]]:
    """Return the places that may be visited if open, and whether each is off-theme."""

    def matches(place: Place) -> bool:
        return place.id in request.required or worth.matches(place, request.themes)

    if request.only is not None:
        listed = [place for place in catalogue.places if place.id in request.named]
        return [(place, not matches(place)) for place in listed]
    left = {*request.avoid, request.start.id, request.end and request.end.id}
    sights = [
        place
        for place in catalogue.places
        if place.id in request.required or (place.tourable and place.kind not in SERVICES)
    ]
    bearing = [place for place in sights if matches(place)]
    chosen = {p.id for p in bearing if p.id in request.required or p.id not in left}
    if bearing and not chosen:
        raise _none_left(bearing, request)
    if not chosen:
        raise _none_bears(request, catalogue)
    # What is seen in a few minutes fills no day of other themes.
    fillers = [] if request.only_themes else [p for p in sights if not worth.is_brief(p)]
    either = chosen | {place.id for place in fillers} - left
    return [(place, place.id not in chosen) for place in sights if place.id in either]


def _none_bears(request: Request, catalogue: Catalogue) -> ThemeNotFoundError:
    """Return the error of a request for themes that no sight bears."""
    themes = tr("any theme")
    if request.themes:
        themes = reduce(
            lambda said, theme: tr("{first} or {second}", first=said, second=theme),
            (catalogue.theme_by_id[theme].said for theme in sorted(set(request.themes))),
        )
    return ThemeNotFoundError(
        tr(
            "No place of {catalogue} that a tour may visit bears {themes}.",
            catalogue=catalogue.title,
            themes=themes,
        ),
        tr("See what there is with: lens-routes places themes"),
    )


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
