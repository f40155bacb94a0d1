"""Read ``transfers.txt``: how long a change takes, and where one may stay seated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import LEAVE_SEAT, STAY_SEATED, Transfer
from lens_routes.timetable.read.fields import parse_choice, parse_count, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.timetable.read.archive import Archive
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Stop, Trip

FILE = "transfers.txt"
_OPTIONAL = ("from_stop_id", "to_stop_id", "min_transfer_time", "from_route_id", "to_route_id",
             "from_trip_id", "to_trip_id")  # fmt: skip
#: A change longer than this is a fault.
_LONGEST_S = 6 * 3600


def read_transfers(
    archive: Archive,
    stops: dict[str, Stop],
    routes: Mapping[str, object],
    trips: dict[str, Trip],
    faults: Faults,
) -> tuple[list[Transfer], list[tuple[str, str]], set[tuple[str, str]]]:
    """Return the rules between stops, the trips to stay seated between, and those not to."""
    rules: list[Transfer] = []
    stay: list[tuple[str, str]] = []
    leave: set[tuple[str, str]] = set()
    for line, fields in archive.rows(FILE, ("transfer_type",), _OPTIONAL):
        kind_text, from_stop, to_stop, time_text, *narrow = map(str.strip, fields)
        try:
            kind = parse_choice(kind_text, LEAVE_SEAT)
            if kind in {STAY_SEATED, LEAVE_SEAT}:
                pair = _known(narrow[2], trips), _known(narrow[3], trips)
                if kind == STAY_SEATED:
                    stay.append(pair)
                else:
                    leave.add(pair)
                continue
            from_route, to_route = (_named(route, routes) for route in narrow[:2])
            from_trip, to_trip = (_named(trip, trips) for trip in narrow[2:])
            rules.append(
                Transfer(
                    _known(from_stop, stops),
                    _known(to_stop, stops),
                    kind,
                    _seconds(time_text),
                    from_route,
                    to_route,
                    from_trip,
                    to_trip,
                    line,
                )
            )
        except ValueError as error:
            faults.mend(FILE, line, reason_of(error), tr("row left out"))
    return rules, stay, leave


def _known(identity: str, known: Mapping[str, object]) -> str:
    if identity not in known:
        raise ValueError(tr("{identity} is not in the feed", identity=wording.quoted(identity)))
    return identity


def _named(identity: str, known: Mapping[str, object]) -> str:
    return _known(identity, known) if identity else ""


def _seconds(text: str) -> int:
    seconds = parse_count(text) if text else 0
    if seconds > _LONGEST_S:
        raise ValueError(tr("a change of {seconds} s", seconds=seconds))
    return seconds
