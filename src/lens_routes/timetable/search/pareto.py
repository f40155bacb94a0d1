"""RAPTOR with several criteria: journeys best in arrival, rides and metres on foot, exactly.

D. Delling, T. Pajor, R. F. Werneck, "Round-Based Public Transit Routing", ALENEX 2012, section 4
(McRAPTOR, and rRAPTOR for the profile): where `search` keeps one time for each stop and round, this
keeps a bag of (time, walked) of which none beats another. A label that is beaten in a round, or in
one with fewer rides, leads nowhere; nor does one that the destination's own bag already beats.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.timetable.search.bags import Bag, Foot, Label
from lens_routes.timetable.search.raptor import HORIZON_S, Found, Ridden, foremost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lens_routes.timetable.build.changes import Changes
    from lens_routes.timetable.network.timeline import Lane, Timeline


class _Round:
    """What is known of one number of rides, by stop: alighting there, and being able to board."""

    def __init__(self) -> None:
        self.alighted: defaultdict[int, Bag] = defaultdict(Bag)
        self.ready: defaultdict[int, Bag] = defaultdict(Bag)
        self.there = Bag()


class ParetoSearch:
    """A search towards one destination, run for departures from the latest to the earliest.

    Parameters
    ----------
    timeline
        The runs to ride; its network's wishes bound the rides.
    changes
        How to change between them.
    egress
        The walk from a stop to the destination, for the stops it can be reached from.
    until
        POSIX time by which the destination must be reached.
    least
        By stop, the least seconds to the destination.
    """

    def __init__(
        self,
        timeline: Timeline,
        changes: Changes,
        egress: Mapping[int, Foot],
        until: int,
        least: Sequence[int],
    ) -> None:
        self._timeline = timeline
        self._network = timeline.network
        self._changes = changes
        self._egress = egress
        self._least_s = least
        self._least_dm = min((foot.dm for foot in egress.values()), default=0)
        self._until = until
        self._rounds = [_Round()]

    def beat(self, time: int, walked_dm: int) -> None:
        """Look only for what a way without rides, there at *time*, does not beat."""
        self._rounds[0].there.put(time, walked_dm)

    def forget_arrivals(self) -> None:
        """Let later runs find only what rides or walks less: for them, being there is enough."""
        for one in self._rounds:
            one.there.forget_times(0)

    def run(self, leave: int, starts: Iterable[tuple[int, Label]]) -> Iterator[Found]:
        """Yield the journeys that leave at *leave* and that nothing found before beats.

        Parameters
        ----------
        leave
            POSIX time; not later than that of any run before.
        starts
            Each stop where one can board, with when and after which walk; see `Label.prompt`.
        """
        self._until = min(self._until, leave + HORIZON_S)
        fresh: dict[int, list[Label]] = {}
        for stop, label in starts:
            if not self._useless(0, stop, label.time, label.walked_dm):
                fresh.setdefault(stop, []).append(label)
        for rides in range(1, self._network.wishes.max_rides + 1):
            if not fresh:
                return
            if rides == len(self._rounds):
                self._rounds.append(_Round())
            there: list[Label] = []
            reached = self._ride(rides, fresh, there)
            for label in there:
                if label.via is not None and self._stands(rides, label):
                    yield Found(leave, label.time, rides, label.via, label.walked_dm)
            fresh = self._kept(rides, self._changed(reached))

    def _stands(self, rides: int, label: Label) -> bool:
        """Tell whether a label of this round is still in the destination's bag."""
        bag = self._rounds[rides].there
        index = bisect_left(bag.times, label.time)
        return bag.times[index : index + 1] == [label.time] and (
            bag.walks[index] == label.walked_dm
        )

    def _kept(self, rides: int, labels: Iterable[tuple[int, Label]]) -> dict[int, list[Label]]:
        """Keep what can be boarded and nothing beats, and return what is new, by stop."""
        fresh: dict[int, list[Label]] = {}
        for stop, label in labels:
            if not self._useless(rides, stop, label.time, label.walked_dm) and not any(
                one.ready[stop].beats(label.time, label.walked_dm)
                for one in self._rounds[: rides + 1]
                if stop in one.ready
            ):
                self._rounds[rides].ready[stop].put(label.time, label.walked_dm)
                fresh.setdefault(stop, []).append(label)
        return fresh

    def _useless(self, rides: int, stop: int, time: int, walked_dm: int) -> bool:
        """Tell whether the destination is reached as well already, whatever follows."""
        time += self._least_s[stop]
        walked_dm += self._least_dm
        return time > self._until or any(
            one.there.beats(time, walked_dm) for one in self._rounds[: rides + 1]
        )

    def _changed(self, reached: dict[int, list[Label]]) -> Iterator[tuple[int, Label]]:
        """Yield where one can board, having alighted and perhaps walked to another stop."""
        for stop, labels in reached.items():
            for other, seconds, dm in self._changes.ways(stop):
                for label in labels:
                    yield other, Label(label.time + seconds, label.walked_dm + dm, label.via)

    def _ride(
        self, rides: int, fresh: dict[int, list[Label]], there: list[Label]
    ) -> dict[int, list[Label]]:
        """Ride every pattern that can be boarded, and return where one alights.

        What reaches the destination goes to *there*.
        """
        queue = foremost(place for stop in fresh for place in self._network.boardings(stop))
        reached: dict[int, list[Label]] = {}
        for number, start in queue.items():
            pattern = self._network.pattern(number)
            for lane in self._timeline.lanes(number):
                aboard: list[_Aboard] = []
                for i in range(start, len(pattern.stops)):
                    stop = pattern.stops[i]
                    if aboard and pattern.drop[i]:
                        for seat in aboard:
                            label = self._alight(rides, stop, lane, i, seat)
                            if label is not None:
                                ridden = Ridden(number, lane, seat.row, seat.board, i, seat.via)
                                label = label._replace(via=ridden)
                                reached.setdefault(stop, []).append(label)
                                self._arrive(rides, stop, label, there)
                    if pattern.board[i] and stop in fresh:
                        for label in fresh[stop]:
                            _sit_down(aboard, lane, i, label)
        return reached

    def _alight(self, rides: int, stop: int, lane: Lane, i: int, seat: _Aboard) -> Label | None:
        """Return the label of alighting, None where it leads nowhere."""
        time = lane.arrivals[seat.row][i]
        if self._useless(rides, stop, time, seat.walked_dm) or any(
            one.alighted[stop].beats(time, seat.walked_dm)
            for one in self._rounds[: rides + 1]
            if stop in one.alighted
        ):
            return None
        self._rounds[rides].alighted[stop].put(time, seat.walked_dm)
        return Label(time, seat.walked_dm, None)

    def _arrive(self, rides: int, stop: int, label: Label, there: list[Label]) -> None:
        foot = self._egress.get(stop)
        if foot is None:
            return
        time, walked_dm = label.time + foot.seconds, label.walked_dm + foot.dm
        if time <= self._until and not any(
            one.there.beats(time, walked_dm) for one in self._rounds[: rides + 1]
        ):
            self._rounds[rides].there.put(time, walked_dm)
            there.append(Label(time, walked_dm, label.via))


class _Aboard(NamedTuple):
    """Sitting in a run of a lane since a position, having walked so far."""

    row: int
    walked_dm: int
    board: int
    via: Ridden | None


def _sit_down(aboard: list[_Aboard], lane: Lane, i: int, label: Label) -> None:
    """Board the first run there is, unless an earlier one is sat in after no longer a walk."""
    column = lane.columns[i]
    row = bisect_left(column, label.time)
    if row == len(column) or (label.prompt and column[row] != label.time):
        return
    if any(seat.row <= row and seat.walked_dm <= label.walked_dm for seat in aboard):
        return
    aboard[:] = [seat for seat in aboard if seat.row < row or seat.walked_dm < label.walked_dm]
    aboard.append(_Aboard(row, label.walked_dm, i, label.via))


def best_at(
    timeline: Timeline,
    changes: Changes,
    access: Mapping[int, Foot],
    egress: Mapping[int, Foot],
    depart: int,
    *,
    until: int,
    least: Sequence[int],
    on_foot: Foot | None = None,
) -> list[Found]:
    """Return the journeys best in arrival, rides and walking, leaving the origin at *depart*.

    Parameters
    ----------
    timeline, changes
        What to ride and how to change; the network's wishes hold.
    access, egress
        The walks from the origin to stops, and from stops to the destination.
    depart, until
        POSIX times: when one leaves, and by when one must be there.
    least
        By stop, the least seconds to the destination.
    on_foot
        The walk all the way: what it beats is not returned.
    """
    search = ParetoSearch(timeline, changes, egress, until, least)
    if on_foot is not None:
        search.beat(depart + on_foot.seconds, on_foot.dm)
    starts = [(stop, Label(depart + w.seconds, w.dm, None)) for stop, w in access.items()]
    return list(search.run(depart, starts))


def pareto_profile(
    search: ParetoSearch,
    timeline: Timeline,
    access: Mapping[int, Foot],
    window: tuple[int, int],
) -> Iterator[list[Found]]:
    """Yield, from the latest departure in a window on, the journeys that leave then.

    Each list holds what nothing beats that leaves then or later: in arrival, rides and walking.
    The parameters are those of `best_at`; *window* is the first and the last POSIX time of leaving.
    """
    events: dict[int, set[int]] = defaultdict(set)
    for stop, foot in access.items():
        for pattern, position in timeline.network.boardings(stop):
            for lane in timeline.lanes(pattern):
                column = lane.columns[position]
                begin = bisect_left(column, window[0] + foot.seconds)
                end = bisect_right(column, window[1] + foot.seconds)
                for departure in column[begin:end]:
                    events[departure - foot.seconds].add(stop)
    for leave in sorted(events, reverse=True):
        starts = [
            (stop, Label(leave + access[stop].seconds, access[stop].dm, None, prompt=True))
            for stop in sorted(events[leave])
        ]
        yield list(search.run(leave, starts))
