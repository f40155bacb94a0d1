"""Good journeys for a person: leaving at a time, arriving by a time, or within a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.timetable.search import MOST_RIDES, earliest, profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lens_routes.timetable.changes import Changes
    from lens_routes.timetable.search import Found
    from lens_routes.timetable.timeline import Timeline

HORIZON_S = 24 * 3600
#: To arrive by a time with fewer rides one may leave this much earlier than necessary.
EARLIER_S = 2 * 3600
#: What leaves within a window must also beat what leaves this much after it, seconds; else the
#: window's last journeys would be detours that merely leave in time.
BEYOND_S = 2 * 3600
#: Walks at either end are also capped at these, seconds, to find journeys with less walking.
WALK_CAPS_S = (600, 300, 120)


class Ends(NamedTuple):
    """Seconds from the origin to stops, and from stops to the destination."""

    access: Mapping[int, int]
    egress: Mapping[int, int]

    def capped(self, cap_s: int) -> Ends:
        """Return the ends without walks longer than *cap_s*."""
        return Ends(
            {stop: s for stop, s in self.access.items() if s <= cap_s},
            {stop: s for stop, s in self.egress.items() if s <= cap_s},
        )


def depart_at(
    timeline: Timeline, changes: Changes, ends: Ends, depart: int, *, most_rides: int = MOST_RIDES
) -> list[Found]:
    """Return the journeys that are best in arrival, rides and walking, leaving from *depart* on.

    Of journeys that arrive alike the one that leaves last is returned: nobody waits for nothing.
    *depart* is a POSIX time; all arrive within 24 hours.
    """

    def search(some: Ends) -> Iterable[Found]:
        first = earliest(
            timeline, changes, *some, depart, until=depart + HORIZON_S, most_rides=most_rides
        )
        if not first:
            return []
        latest = first[0].arrive
        return profile(
            timeline, changes, *some, (depart, latest), until=latest, most_rides=most_rides
        )

    found = _with_less_walking(search, ends)
    return _best(found, timeline, ends, lambda one: (one.arrive, one.rides))


def arrive_by(
    timeline: Timeline, changes: Changes, ends: Ends, arrive: int, *, most_rides: int = MOST_RIDES
) -> list[Found]:
    """Return the journeys that are best in leaving late, rides and walking, there by *arrive*.

    The timeline is that of the day before *arrive*, a POSIX time: they may begin then.
    """

    def search(some: Ends) -> Iterable[Found]:
        window = (arrive - HORIZON_S, arrive)
        kept: list[Found] = []
        for one in profile(timeline, changes, *some, window, until=arrive, most_rides=most_rides):
            if kept and one.leave < kept[0].leave - EARLIER_S:
                break
            kept.append(one)
        return kept

    found = _with_less_walking(search, ends)
    return _best(found, timeline, ends, lambda one: (-one.leave, one.rides))


def depart_within(
    timeline: Timeline,
    changes: Changes,
    ends: Ends,
    window: tuple[int, int],
    *,
    most_rides: int = MOST_RIDES,
) -> list[Found]:
    """Return every journey that leaves within *window* and that none other beats in all respects.

    To beat is to leave later, arrive earlier, and ride and walk less, or as much.
    """

    def leaving(until: int) -> list[Found]:
        def search(some: Ends) -> Iterable[Found]:
            return profile(
                timeline,
                changes,
                *some,
                (window[0], until),
                until=until + HORIZON_S,
                most_rides=most_rides,
            )

        found = _with_less_walking(search, ends)
        best = _best(found, timeline, ends, lambda one: (-one.leave, one.arrive, one.rides))
        return [one for one in best if one.leave <= window[1]]

    return leaving(window[1] + BEYOND_S) or leaving(window[1])


def _with_less_walking(search: Callable[[Ends], Iterable[Found]], ends: Ends) -> list[Found]:
    found = list(search(ends))
    longest = max((one_end for end in ends for one_end in end.values()), default=0)
    for cap_s in WALK_CAPS_S:
        some = ends.capped(cap_s)
        if cap_s < longest and found and some.access and some.egress:
            found += search(some)
    return found


def walked_s(timeline: Timeline, ends: Ends, found: Found) -> int:
    """Return the seconds walked at both ends of a journey."""
    network = timeline.network
    last = found.last
    destination = network.pattern(last.pattern).stops[last.alight]
    first = last
    while first.before is not None:
        first = first.before
    origin = network.pattern(first.pattern).stops[first.board]
    return ends.access[origin] + ends.egress[destination]


def _best(
    found: list[Found],
    timeline: Timeline,
    ends: Ends,
    worth: Callable[[Found], tuple[int, ...]],
) -> list[Found]:
    """Return the journeys that no other beats in *worth* (less is better) and walking, by time."""
    valued = sorted(
        ((*worth(one), walked_s(timeline, ends, one)), -one.leave, number, one)
        for number, one in enumerate(found)
    )
    kept: list[tuple[tuple[int, ...], Found]] = []
    for value, _, _, one in valued:
        if not any(all(a <= b for a, b in zip(better, value, strict=True)) for better, _ in kept):
            kept.append((value, one))
    return sorted((one for _, one in kept), key=lambda one: (one.leave, one.arrive, one.rides))
