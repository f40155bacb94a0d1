"""Read ``transfers.txt``: how long a change takes, and where one may stay seated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.timetable.feed import Transfer
from lens_routes.timetable.fields import parse_choice, parse_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.timetable.archive import Archive
    from lens_routes.timetable.faults import Faults
    from lens_routes.timetable.feed import Stop, Trip

FILE = "transfers.txt"
RECOMMENDED, TIMED, MINIMUM, FORBIDDEN, STAY_SEATED, LEAVE_SEAT = range(6)
_OPTIONAL = ("from_stop_id", "to_stop_id", "min_transfer_time", "from_route_id", "to_route_id",
             "from_trip_id", "to_trip_id")  # fmt: skip
_LEFT_OUT = "row left out"
#: A change longer than this is a fault.
_LONGEST_S = 6 * 3600


def read_transfers(
    archive: Archive, stops: dict[str, Stop], trips: dict[str, Trip], faults: Faults
) -> tuple[list[Transfer], list[tuple[str, str]], set[tuple[str, str]]]:
    """Return the rules between stops, the trips to stay seated between, and those not to.

    Rules for a single route or trip (types 0 to 3) cannot be kept by the search; they are noted
    and left out.
    """
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
            seconds = _seconds(time_text)
            rule = Transfer(_known(from_stop, stops), _known(to_stop, stops), kind, seconds)
        except ValueError as error:
            faults.mend(FILE, line, str(error), _LEFT_OUT)
            continue
        if any(narrow):
            faults.mend(FILE, line, "a rule for single routes or trips", _LEFT_OUT)
        else:
            rules.append(rule)
    return rules, stay, leave


def _known(identity: str, known: Mapping[str, object]) -> str:
    if identity not in known:
        raise ValueError(f"{identity!r} is not in the feed")
    return identity


def _seconds(text: str) -> int:
    seconds = parse_count(text) if text else 0
    if seconds > _LONGEST_S:
        raise ValueError(f"a change of {seconds:,} s")
    return seconds
