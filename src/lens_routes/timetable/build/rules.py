"""Which of several rules for changing between two stops holds, as GTFS has it: the narrowest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text.language import tr
from lens_routes.timetable.network.timetable import FORBIDDEN_S, USUAL_S
from lens_routes.timetable.read.feed import FORBIDDEN, MINIMUM, TIMED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.timetable.build.narrow import Narrow, Twin
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Transfer

#: Rules between stations are kept as rules between their platforms, up to this many.
MOST_TRANSFERS = 4_000_000


def holding(
    narrow: Narrow, places: Mapping[str, Sequence[tuple[Twin, int]]], faults: Faults
) -> dict[tuple[int, int], int]:
    """Return the seconds of a change by the numbers of the stops where one alights and boards.

    Parameters
    ----------
    narrow
        The rules.
    places
        The twins of each stop that is kept, the stop itself among them, and their numbers.
    faults
        Where there are too many.

    Raises
    ------
    BadInputError
        There are more pairs of stops than anybody can change between.
    """
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for rule in narrow.rules:
        tails, heads = (_side(narrow, places, *side) for side in rule.sides)
        rank = _rank(rule) + (len(narrow.meant(rule.from_stop)) == 1)
        rank += len(narrow.meant(rule.to_stop)) == 1
        seconds = _seconds(rule)
        for tail in tails:
            for head in heads:
                known = best.get((tail, head))
                if known is None or known[0] <= rank:
                    best[tail, head] = rank, seconds
        if len(best) > MOST_TRANSFERS:
            raise faults.refuse(
                "transfers.txt",
                rule.line,
                tr("more than {count} ways to change", count=f"{MOST_TRANSFERS:,}"),
            )
    return {pair: seconds for pair, (_, seconds) in sorted(best.items())}


def _side(
    narrow: Narrow,
    places: Mapping[str, Sequence[tuple[Twin, int]]],
    stop: str,
    trip: str,
    route: str,
) -> list[int]:
    """Return the numbers of the stops that one side of a rule is about."""
    return [
        number
        for one in narrow.meant(stop)
        for twin, number in places.get(one, ())
        if (not trip or twin.trip == trip) and (trip or not route or twin.route == route)
    ]


def _rank(rule: Transfer) -> int:
    """Return how narrow a rule is: trips count more than lines, lines more than stops."""
    return sum(30 if trip else 10 if route else 0 for _, trip, route in rule.sides)


def _seconds(rule: Transfer) -> int:
    if rule.kind == FORBIDDEN:
        return FORBIDDEN_S
    if rule.kind == TIMED:
        return 0
    return rule.seconds if rule.kind == MINIMUM or rule.seconds else USUAL_S
