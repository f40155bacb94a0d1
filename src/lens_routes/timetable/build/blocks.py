"""Join trips between which one may stay seated into through runs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.timetable.read.feed import Call, Feed, Trip


@dataclass(frozen=True, slots=True)
class Run:
    """What a vehicle does on the days of ``mask`` without its passengers having to leave it.

    ``parts`` are (position among the calls, trip): from that position on it runs as that trip.
    ``shift_s`` is added to every time, ``every_s`` is the headway where only that is promised.
    """

    calls: Sequence[Call]
    parts: tuple[tuple[int, Trip], ...]
    mask: int
    shift_s: int = 0
    every_s: int = 0

    def trips(self) -> Iterator[Trip]:
        """Yield the trip that the vehicle leaves each call as."""
        begins = dict(self.parts)
        trip = self.parts[0][1]
        for position in range(len(self.calls)):
            trip = begins.get(position, trip)
            yield trip


def runs(feed: Feed) -> Iterator[Run]:
    """Yield the runs of a feed: single trips, trips joined by blocks, and those of headways."""
    masks = feed.services.masks
    groups: dict[str, list[Trip]] = defaultdict(list)
    group_of = _groups(feed)
    for trip in feed.trips.values():
        if trip.headways:
            yield from _by_headway(trip, masks[trip.service])
        elif trip.id in group_of:
            groups[group_of[trip.id]].append(trip)
        else:
            yield Run(trip.calls, ((0, trip),), masks[trip.service])
    stay = set(feed.stay)
    for trips in groups.values():
        for chain, mask in _chains(trips, masks):
            for linked in _cut(chain, feed, stay):
                yield _joined(linked, mask)


def _groups(feed: Feed) -> dict[str, str]:
    """Return the group of each trip that may be joined with another: its block, or its link."""
    count: dict[str, int] = defaultdict(int)
    for trip in feed.trips.values():
        if trip.block:
            count[trip.block] += 1
    group = {t.id: f"block {t.block}" for t in feed.trips.values() if count[t.block] > 1}
    for a, b in feed.stay:
        name = group.get(a) or group.get(b) or f"link {a}"
        group.setdefault(a, name)
        group.setdefault(b, name)
        if group[b] != group[a]:
            old = group[b]
            group.update({trip: group[a] for trip, other in group.items() if other == old})
    return group


def _chains(trips: list[Trip], masks: dict[str, int]) -> Iterator[tuple[list[Trip], int]]:
    """Yield the trips of a block in order of time, for each set of days that has the same ones."""
    trips = sorted(trips, key=lambda trip: (trip.calls[0].departure_s or 0, trip.line))
    everything = 0
    for trip in trips:
        everything |= masks[trip.service]
    chains: dict[tuple[int, ...], int] = {(): everything}
    for number, trip in enumerate(trips):
        following: dict[tuple[int, ...], int] = {}
        for chain, mask in chains.items():
            with_it, without = mask & masks[trip.service], mask & ~masks[trip.service]
            if with_it:
                following[*chain, number] = with_it
            if without:
                following[chain] = following.get(chain, 0) | without
        chains = following
    for chain, mask in chains.items():
        if chain:
            yield [trips[number] for number in chain], mask


def _cut(chain: list[Trip], feed: Feed, stay: set[tuple[str, str]]) -> Iterator[list[Trip]]:
    """Yield the pieces of a chain within which one can stay seated."""
    piece = [chain[0]]
    for trip in chain[1:]:
        if _linked(piece[-1], trip, feed, stay):
            piece.append(trip)
        else:
            yield piece
            piece = [trip]
    yield piece


def _linked(a: Trip, b: Trip, feed: Feed, stay: set[tuple[str, str]]) -> bool:
    last, first = a.calls[-1], b.calls[0]
    if (last.arrival_s or 0) > (first.departure_s or 0) or a.route.zone != b.route.zone:
        return False
    if (a.id, b.id) in feed.leave:
        return False
    if (a.id, b.id) in stay:
        return True
    same_place = feed.stops[last.stop].station == feed.stops[first.stop].station
    return a.block != "" and a.block == b.block and same_place


def _joined(trips: list[Trip], mask: int) -> Run:
    calls = list(trips[0].calls)
    parts = [(0, trips[0])]
    for trip in trips[1:]:
        last, first = calls[-1], trip.calls[0]
        if last.stop == first.stop:
            arrival = min(last.arrival_s or 0, first.departure_s or 0)
            calls[-1] = first._replace(arrival_s=arrival, drop_off=last.drop_off)
            parts.append((len(calls) - 1, trip))
            calls += trip.calls[1:]
        else:
            parts.append((len(calls), trip))
            calls += trip.calls
    return Run(calls, tuple(parts), mask)


def _by_headway(trip: Trip, mask: int) -> Iterator[Run]:
    first_s = trip.calls[0].departure_s or 0
    for headway in trip.headways:
        every_s = 0 if headway.exact else headway.every_s
        for start_s in range(headway.start_s, headway.end_s, headway.every_s):
            yield Run(trip.calls, ((0, trip),), mask, start_s - first_s, every_s)
