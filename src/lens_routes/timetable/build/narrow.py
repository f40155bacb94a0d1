"""Rules for changing that hold for single lines or trips only, made rules between stops.

A search knows where one alighted, not from what. So the lines and trips that a rule names call at a
*twin* of the stop, a stop of its own at the same place; between twins the rule is an ordinary one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import FORBIDDEN, RECOMMENDED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Call, Feed, Transfer, Trip

#: More twins than this would be more stops than most feeds have.
MOST_TWINS = 100_000
#: A change that takes no longer than this is possible without a rule that says so; seconds.
USUAL_S = 120
_FILE = "transfers.txt"


class Twin(NamedTuple):
    """Where a line or trip named by a rule calls: the stop, and the names that tell it apart."""

    stop: str
    trip: str = ""
    route: str = ""


class Narrow:
    """The stops that are several, for the rules of a feed that single lines or trips have.

    ``rules`` are all rules that make a difference, the general ones among them.
    """

    def __init__(self, feed: Feed, within: Mapping[str, list[str]], faults: Faults) -> None:
        self._feed = feed
        self._within = within
        self._general = {
            (self._station(rule.from_stop), self._station(rule.to_stop))
            for rule in feed.transfers
            if not rule.narrow
        }
        self._trips: defaultdict[str, set[str]] = defaultdict(set)
        self._routes: defaultdict[str, set[str]] = defaultdict(set)
        self.rules: list[Transfer] = []
        room = MOST_TWINS
        for rule in feed.transfers:
            if rule.narrow:
                if room < 0 or not self._matters(rule):
                    continue
                room -= self._name(rule)
                if room < 0:
                    reason = tr(
                        "more than {count} stops of single lines or trips", count=f"{MOST_TWINS:,}"
                    )
                    remedy = tr("this rule and those of lines and trips after it left out")
                    faults.mend(_FILE, rule.line, reason, remedy)
                    continue
            self.rules.append(rule)

    def _name(self, rule: Transfer) -> int:
        """Note who a rule tells apart at its stops, and return how many twins that may take."""
        count = 0
        for stop, trip, route in rule.sides:
            for one in self.meant(stop) if trip or route else ():
                count += 1
                if trip:
                    self._trips[one].add(trip)
                else:
                    self._routes[one].add(route)
        return count

    def meant(self, stop: str) -> list[str]:
        """Return the stops a rule for *stop* is about: a station stands for all within it."""
        return self._within.get(stop) or [stop]

    def twin(self, stop: str, trip: Trip) -> Twin:
        """Return where a trip calls when it calls at a stop."""
        named = trip.id if trip.id in self._trips.get(stop, ()) else ""
        route = trip.route.id if trip.route.id in self._routes.get(stop, ()) else ""
        return Twin(stop, named, route)

    def _station(self, stop: str) -> str:
        return self._feed.stops[stop].station

    def _matters(self, rule: Transfer) -> bool:
        """Tell whether a narrow rule changes what would be possible without it.

        Many feeds list every connection of two trips that the timetable shows anyway.
        """
        stations = self._station(rule.from_stop), self._station(rule.to_stop)
        if stations[0] != stations[1] or stations in self._general or rule.kind == FORBIDDEN:
            return True
        if rule.kind == RECOMMENDED and not rule.seconds:
            return False
        trips = self._feed.trips
        if rule.from_trip not in trips or rule.to_trip not in trips:
            return not (rule.from_trip and rule.to_trip)
        arrive = [c.arrival_s or 0 for c in self._calls(rule.from_trip, rule.from_stop)]
        depart = [c.departure_s or 0 for c in self._calls(rule.to_trip, rule.to_stop)]
        return any(0 <= d - a < max(USUAL_S, rule.seconds) for a in arrive for d in depart)

    def _calls(self, trip: str, stop: str) -> list[Call]:
        stops = set(self.meant(stop))
        return [call for call in self._feed.trips[trip].calls if call.stop in stops]
