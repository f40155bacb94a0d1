"""Have a plan document judged by the independent checker, over a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue import hours
from lens_routes.planning.candidates import context_of
from lens_routes.tour import check as checker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.tour.check import Fault


def judge(document: Mapping[str, Any], catalogue: Catalogue) -> list[Fault]:
    """Return every rule the plan *document* breaks, as the checker finds them."""
    context = context_of(catalogue)
    return checker.check(
        document, catalogue.by_id, lambda place, date: hours.day_opening(place, date, context)
    )
