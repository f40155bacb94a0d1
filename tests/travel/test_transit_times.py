"""Travel times for the planner: by the next journey worth taking, on time or late by a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from lens_routes.plan.waypoint import Waypoint
from lens_routes.tour.problem import HourlyTimes
from lens_routes.travel.rides.choice import USUAL, Choice, Journey
from lens_routes.travel.rides.lines import Riding
from lens_routes.travel.rides.times import EARLY_S, RelaxedTimes, TransitTimes

if TYPE_CHECKING:
    from lens_routes.travel.rides.lines import Lines

HERE, THERE = Waypoint("here", 2.8, 50.4), Waypoint("there", 2.9, 50.4)
MIDNIGHT, MARGIN_S = 1_000_000, 15

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

    def __init__(self, found: list[Journey]) -> None:
        self._found = found

    def choice(self, origin: Waypoint, destination: Waypoint, walk_s: int) -> Choice:
        found = self._found if (origin, destination) == (HERE, THERE) else []
        return Choice(found, walk_s, USUAL)

    def day(self, moment: int) -> int:
        return moment // 86_400

    def riding(self, origin: Waypoint, destination: Waypoint, one: Journey) -> Riding:
        assert (origin, destination) == (HERE, THERE)
        return Riding(one.leave, one.arrive, [])


def _times(found: list[Journey], walk_s: int = 60) -> TransitTimes:
    lines = cast("Lines", _Lines(found))
    rows = [[0, walk_s], [walk_s, 0]]
    return TransitTimes(lines, [HERE, THERE], MIDNIGHT, rows, rows)


@given(journeys, st.integers(-5, 120))
def test_who_is_late_stays_late_by_the_margin_at_most(found: list[Journey], leave_s: int) -> None:
    """A relaxed arrival is kept on time, and by whoever leaves late by less than the margin more.

    So one who is late anywhere is late by the margin at most everywhere after.
    """
    times = _times(found)
    planned = leave_s + RelaxedTimes(times, MARGIN_S).seconds(0, 1, leave_s)
    for late_s in range(MARGIN_S + 1):
        moment = leave_s + late_s
        there = moment + times.seconds(0, 1, moment)
        assert there <= planned + (late_s and MARGIN_S)


@given(journeys, st.integers(-5, 120))
def test_relaxed_times_are_travel_times(found: list[Journey], arrive_s: int) -> None:
    """Leaving later never arrives earlier, and the latest departure is the latest."""
    relaxed = RelaxedTimes(_times(found), MARGIN_S)
    arrivals = [s + relaxed.seconds(0, 1, s) for s in range(-10, 110)]
    assert arrivals == sorted(arrivals)
    latest = relaxed.latest(0, 1, arrive_s)
    assert latest + relaxed.seconds(0, 1, latest) <= arrive_s
    assert latest + 1 + relaxed.seconds(0, 1, latest + 1) > arrive_s


@given(journeys, st.integers(-5, 120))
def test_what_bounds_undercut(found: list[Journey], leave_s: int) -> None:
    """No departure is quicker, walks less, or arrives before the rides it is bounded by."""
    times = _times(found)
    seconds = times.seconds(0, 1, leave_s)
    assert times.least(0, 1) <= seconds
    assert times.least_metres(0, 1) <= times.metres(0, 1, leave_s)
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
    """Both kinds of times answer all that the planner asks of times that depend on the hour."""
    assert isinstance(_times([]), HourlyTimes)
    assert isinstance(RelaxedTimes(_times([]), MARGIN_S), HourlyTimes)
