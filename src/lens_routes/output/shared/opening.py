"""When a place can be visited on a day, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from lens_routes.catalogue.hours import DayOpening, Span
    from lens_routes.catalogue.place import Place


def on_day(place: Place, day: DayOpening) -> str:
    """Return when a place is open on a day, as a fragment: ``10:00 to 18:00``, ``closed``."""
    if not day.windows:
        return day.note or tr("closed")
    if not place.opening_hours:
        asked = place.by_appointment and day.state.value == "unknown"
        return tr("by appointment") if asked else day.note
    return joined(", ", [_span(place, span) for span in day.windows])


def _span(place: Place, span: Span) -> str:
    """Return when a place is open, perhaps open, or open to who has an appointment."""
    begin, end = wording.clock(span.begin), wording.clock(span.end)
    # The day on which summer time begins has 23 hours.
    whole_day = (span.end - span.begin).total_seconds() >= 23 * 3600
    known = span.state.value == "open"
    if place.by_appointment and not known:
        times = "" if whole_day else tr("{begin} to {end}", begin=begin, end=end) + " "
        return times + tr("by appointment")
    if whole_day:
        text = tr("at all hours") if known else tr("perhaps")
    elif known:
        text = tr("{begin} to {end}", begin=begin, end=end)
    else:
        text = tr("{begin} to {end} perhaps", begin=begin, end=end)
    return f"{text} ({span.comment})" if span.comment else text
