"""Have a plan document judged by the independent checker, over a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import context_of
from lens_routes.judge import document as checker
from lens_routes.judge.shape import check_shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.judge.document import Fault
    from lens_routes.timetable.network.timetable import Timetable


def judge(
    document: Mapping[str, Any], catalogue: Catalogue, timetables: Sequence[Timetable] = ()
) -> list[Fault]:
    """Return every rule the plan *document* breaks, as the checker finds them.

    Rides are looked up in those of the *timetables* that they are from.
    """
    faults = list(check_shape(document))
    if faults:
        return faults
    context = context_of(catalogue)
    faults = checker.check(
        document, catalogue, lambda place, date: hours.day_opening(place, date, context)
    )
    if not faults and document["request"].get("mode") == "transit":
        # Timetables are known to plans that ride, and to no other.
        from lens_routes.judge.rides import check_rides  # noqa: PLC0415

        faults = check_rides(document, timetables)
    return faults
