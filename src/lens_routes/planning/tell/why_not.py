"""Why any place of a catalogue is not in a plan, those that were never considered as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.planning.qualify import worth
from lens_routes.planning.request import Request
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import Plan


def why_not(plan: Plan, place: Place) -> str:
    """Return in a sentence why a place is not in a plan."""
    if place.id in plan.visited:
        return tr("It is in the day.")
    for item in plan.left_out:
        if item.place == place.id:
            return wording.sentence(joined("", [item.reason, "."]))
    return _never_considered(Request.from_document(plan.request), place)


def _never_considered(request: Request, place: Place) -> str:
    if place.id in request.avoid:
        return tr("You took it out.")
    if place.id in (request.start.id, request.end and request.end.id):
        return tr("The day begins or ends there.")
    if request.only is not None and place.id not in request.only:
        return tr("Only some places were asked for, and not this one.")
    if request.themes and not worth.matches(place, request.themes):
        return tr("It is about something else.")
    return tr("It is not proposed for tours: it comes in when you want it.")
