"""Travel times for the planner: by the next journey worth taking, with time in hand or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.plan.waypoint import Waypoint
from lens_routes.tour.problem import HourlyTimes
from lens_routes.travel.rides.choice import USUAL, Journey
from lens_routes.travel.rides.lines import Riding
from lens_routes.travel.rides.table import Journeys
from lens_routes.travel.rides.times import EARLY_S, TransitTimes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.travel.rides.lines import Lines

HERE, THERE = Waypoint("here", 2.8, 50.4), Waypoint("there", 2.9, 50.4)
MIDNIGHT, AHEAD_S = 1_000_000, 15

journeys = st.lists(
    st.builds(
        lambda leave, lasting: Journey(MIDNIGHT + leave, MIDNIGHT + leave + lasting, 3, 1, 0),
        st.integers(0, 90),
        st.integers(1, 40),
    ),
    max_size=8,
)


class _Lines:
    """Stands for timetables with the given journeys from here to there."""

    pace_kmh = 3.6
    trouble = USUAL

    def __init__(self, found: list[Journey]) -> None:
        self._found = sorted(found)

    def journeys(self, points: Sequence[Waypoint], since: int) -> Journeys:
        pair = points.index(HERE) * len(points) + points.index(THERE)
        rows = [(pair, j.leave - since, j.arrive - since, *j[2:]) for j in self._found]
        return Journeys(*np.array(rows, dtype=np.int64).reshape(-1, 6).T)

    def day(self, moment: int) -> int:
        return moment // 86_400

    def riding(self, origin: Waypoint, destination: Waypoint, one: Journey) -> Riding:
        assert (origin, destination) == (HERE, THERE)
        return Riding(one.leave, one.arrive, [])


def _times(found: list[Journey], walk_s: int = 60, ahead_s: int = 0) -> TransitTimes:
    lines = cast("Lines", _Lines(found))
    rows = [[0, walk_s], [walk_s, 0]]
    return TransitTimes(lines, [HERE, THERE], MIDNIGHT, rows, rows, ahead_s)


@given(journeys, st.integers(-5, 120))
def test_who_is_late_by_what_is_in_hand_makes_the_same_ride(
    found: list[Journey], leave_s: int
) -> None:
    """Whoever is ready leaves for the ride named no sooner than the time in hand after."""
    times = _times(found, ahead_s=AHEAD_S)
    riding = times.riding(0, 1, leave_s)
    if riding is not None:
        _, way = riding
        assert way.leave - MIDNIGHT >= leave_s + AHEAD_S
        assert way.arrive - MIDNIGHT == leave_s + times.seconds(0, 1, leave_s)
        assert any((way.leave, way.arrive) == (one.leave, one.arrive) for one in found)


@given(journeys, st.integers(-5, 120))
def test_times_with_time_in_hand_are_travel_times(found: list[Journey], arrive_s: int) -> None:
    """Leaving later never arrives earlier, and the latest departure is the latest."""
    times = _times(found, ahead_s=AHEAD_S)
    arrivals = [s + times.seconds(0, 1, s) for s in range(-30, 110)]
    assert arrivals == sorted(arrivals)
    latest = times.latest(0, 1, arrive_s)
    assert latest + times.seconds(0, 1, latest) <= arrive_s
    assert latest + 1 + times.seconds(0, 1, latest + 1) > arrive_s


@given(journeys, st.lists(st.integers(-50, 200), min_size=1))
def test_many_ways_at_once_are_the_same_ways(found: list[Journey], leaves_s: list[int]) -> None:
    """What is looked up at once, by moments or by places, is what is looked up one by one."""
    times, moments = _times(found, ahead_s=AHEAD_S), np.array(leaves_s)
    here, there = np.zeros(len(moments), dtype=int), np.ones(len(moments), dtype=int)
    seconds, foot_s, ride_s, metres = times.trips(here, there, moments)
    arrivals = times.arrivals(0, np.array([0, 1]), moments)
    for number, leave_s in enumerate(leaves_s):
        assert seconds[number] == times.seconds(0, 1, leave_s)
        assert (foot_s[number], ride_s[number]) == times.trip(0, 1, leave_s)
        assert metres[number] == times.metres(0, 1, leave_s)
        assert arrivals[number, 1] == leave_s + times.seconds(0, 1, leave_s)
        assert arrivals[number, 0] == leave_s + times.seconds(0, 0, leave_s)


@given(journeys, st.integers(-5, 120))
def test_what_bounds_undercut(found: list[Journey], leave_s: int) -> None:
    """No departure is quicker, walks less, or arrives before the rides it is bounded by."""
    times = _times(found)
    seconds = times.seconds(0, 1, leave_s)
    origins, destinations, (every_s, _, _, metres) = times.every_trip()
    here = (origins == 0) & (destinations == 1)
    assert every_s[here].min() <= seconds
    assert metres[here].min() <= times.metres(0, 1, leave_s)
    leaves, arrives = times.rides(0, 1, -10, 200)
    ridden = [a for s, a in zip(leaves, arrives, strict=True) if s >= leave_s]
    first = min([leave_s + times.on_foot(0, 1), *ridden])
    assert first <= leave_s + seconds


def test_nobody_is_early_who_can_stay() -> None:
    """The last ride to be there in good time is taken, but none that is more trouble."""
    first = Journey(MIDNIGHT + 600, MIDNIGHT + 1200, 60, 1, 0)
    later = first._replace(leave=MIDNIGHT + 1800, arrive=MIDNIGHT + 2400)
    longer = Journey(MIDNIGHT + 2400, MIDNIGHT + 3000, 900, 2, 0)
    times = _times([first, later, longer], 9000)

    def leaves(begin_s: int | None) -> int:
        found = times.riding(0, 1, 0, begin_s)
        assert found is not None
        return found[1].leave - MIDNIGHT

    assert leaves(None) == 600
    assert leaves(2400) == 600
    assert leaves(2400 + EARLY_S) == 1800
    assert leaves(20_000) == 1800


def test_they_are_what_the_planner_asks_for() -> None:
    """They answer all that the planner asks of times that depend on the hour."""
    assert isinstance(_times([]), HourlyTimes)
