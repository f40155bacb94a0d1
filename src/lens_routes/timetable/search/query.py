"""Good journeys for a person: leaving at a time, arriving by a time, or within a window.

Good is what nothing beats: arriving earlier (or leaving later), riding less, walking less. All
three count exactly, door to door; see `pareto`.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.timetable.search.bags import Bag
from lens_routes.timetable.search.pareto import ParetoSearch, best_at, pareto_profile
from lens_routes.timetable.search.raptor import HORIZON_S, Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lens_routes.timetable.build.changes import Changes
    from lens_routes.timetable.network.timeline import Timeline
    from lens_routes.timetable.search.bags import Foot
    from lens_routes.timetable.search.raptor import Found
    from lens_routes.timetable.search.shortest import Shortest

#: What leaves within a window must also beat what leaves this much after it, seconds; else the
#: window's last journeys would be detours that merely leave in time.
BEYOND_S = 2 * 3600


class Ends(NamedTuple):
    """The walks from the origin to stops, from stops to the destination, and all the way.

    ``on_foot`` is None where nobody would walk all the way.
    """

    access: Mapping[int, Foot]
    egress: Mapping[int, Foot]
    on_foot: Foot | None = None


def least_if_any(
    timeline: Timeline,
    changes: Changes,
    ends: Ends,
    depart: int,
    until: int,
    shortest: Shortest | None = None,
) -> Sequence[int] | None:
    """Return the least seconds from each stop to the destination, None where none leads there.

    Whether a journey leaves from *depart* on and arrives by *until*, POSIX times, is found much
    sooner than which are the best of them, most of all where there is none.
    """
    search = Search(timeline, changes, _seconds(ends.egress), until, shortest)
    return search.least if any(search.run(depart, _seconds(ends.access))) else None


def _seconds(walks: Mapping[int, Foot]) -> dict[int, int]:
    return {stop: foot.seconds for stop, foot in walks.items()}


def depart_at(
    timeline: Timeline,
    changes: Changes,
    ends: Ends,
    depart: int,
    shortest: Shortest | None = None,
) -> list[Found]:
    """Return the journeys that are best in arrival, rides and walking, leaving from *depart* on.

    Of journeys that are alike in these the one that leaves last is returned: nobody waits for
    nothing. *depart* is a POSIX time; all arrive within 24 hours. What walking all the way from
    *depart* on beats is left out.
    """
    until = depart + HORIZON_S
    least = least_if_any(timeline, changes, ends, depart, until, shortest)
    if least is None:
        return []
    first = best_at(
        timeline,
        changes,
        ends.access,
        ends.egress,
        depart,
        until=until,
        least=least,
        on_foot=ends.on_foot,
    )
    if not first:
        return []
    latest = max(one.arrive for one in first)
    search = ParetoSearch(timeline, changes, ends.egress, latest, least)
    if ends.on_foot is not None:
        search.beat(depart + ends.on_foot.seconds, ends.on_foot.dm)
    found = (
        one
        for together in pareto_profile(search, timeline, ends.access, (depart, latest))
        for one in together
    )
    return _best(found, lambda one: (one.arrive, one.rides, one.walked_dm, -one.leave))


def arrive_by(
    timeline: Timeline,
    changes: Changes,
    ends: Ends,
    arrive: int,
    shortest: Shortest | None = None,
) -> list[Found]:
    """Return the journeys that are best in leaving late, rides and walking, there by *arrive*.

    The timeline is that of the day before *arrive*, a POSIX time: they may begin then, 24 hours
    earlier. Of journeys that are alike the one that arrives first is returned.
    """
    window = (arrive - HORIZON_S, arrive)
    least = least_if_any(timeline, changes, ends, *window, shortest)
    if least is None:
        return []
    search = ParetoSearch(timeline, changes, ends.egress, arrive, least)
    found: list[Found] = []
    walked_from = arrive - ends.on_foot.seconds if ends.on_foot else window[0] - 1
    waiting = ends.on_foot
    for together in pareto_profile(search, timeline, ends.access, window):
        found += [
            one
            for one in together
            if not (ends.on_foot and one.leave <= walked_from and one.walked_dm >= ends.on_foot.dm)
        ]
        search.forget_arrivals()
        # From here on the walk leaves no earlier than what is looked for.
        if waiting is not None and together and together[0].leave <= walked_from:
            search.beat(0, waiting.dm)
            waiting = None
    return _best(found, lambda one: (-one.leave, one.rides, one.walked_dm, one.arrive))


def depart_within(
    timeline: Timeline,
    changes: Changes,
    ends: Ends,
    window: tuple[int, int],
    shortest: Shortest | None = None,
) -> list[Found]:
    """Return every journey that leaves within *window* and that none other beats in all respects.

    To beat is to leave later, arrive earlier, and ride and walk less, or as much; walking all the
    way at any time is another.
    """
    until = window[1] + HORIZON_S
    search = Search(timeline, changes, _seconds(ends.egress), until, shortest)
    soonest = list(search.run(window[0], _seconds(ends.access)))
    if not soonest:
        return []
    since = soonest[-1].arrive - HORIZON_S
    if since > window[0]:
        # Who leaves before is not there within a day.
        return depart_within(timeline, changes, ends, (since, window[1]), shortest)
    least = search.least

    def leaving(until: int) -> list[Found]:
        search = ParetoSearch(timeline, changes, ends.egress, until + HORIZON_S, least)
        found = [
            one
            for together in pareto_profile(search, timeline, ends.access, (window[0], until))
            for one in together
            if one.leave <= window[1]
        ]
        if ends.on_foot is None:
            return found
        seconds, dm = ends.on_foot
        return [one for one in found if one.arrive < one.leave + seconds or one.walked_dm < dm]

    found = leaving(window[1] + BEYOND_S) or leaving(window[1])
    return sorted(found, key=lambda one: (one.leave, one.arrive, one.rides, one.walked_dm))


def _best(
    found: Iterable[Found], worth: Callable[[Found], tuple[int, int, int, int]]
) -> list[Found]:
    """Return the journeys that no other beats in the first three of *worth*, less being better.

    Of those that are alike in them the fourth decides. They come by time of leaving.
    """
    kept: list[Found] = []
    by_rides: dict[int, Bag] = {}
    for value, one in sorted(((worth(one), one) for one in found), key=itemgetter(0)):
        time, rides, walked_dm, _ = value
        if not any(bag.beats(time, walked_dm) for most, bag in by_rides.items() if most <= rides):
            by_rides.setdefault(rides, Bag()).put(time, walked_dm)
            kept.append(one)
    return sorted(kept, key=lambda one: (one.leave, one.arrive, one.rides, one.walked_dm))
