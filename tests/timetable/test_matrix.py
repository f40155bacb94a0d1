"""Journeys between all pairs of places for every departure."""

from __future__ import annotations

import tempfile
from bisect import bisect_left
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.effort import examples
from tests.timetable.small_feeds import (
    DAY,
    calls,
    compiled_from,
    moment,
    numbers_of,
    timetable,
    trips,
    write,
)
from tests.timetable.test_search import STOPS, small_networks

from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.network.wishes import Wishes
from lens_routes.timetable.search.direct import direct
from lens_routes.timetable.search.matrix import Matrix, rides_in, walked_s
from lens_routes.timetable.search.raptor import earliest

AHEAD_S = 60


@settings(max_examples=examples(40), deadline=None)
@given(
    small_networks(),
    st.lists(
        st.dictionaries(st.sampled_from(STOPS), st.integers(0, 900), min_size=1, max_size=3),
        min_size=2,
        max_size=4,
    ),
    st.integers(5, 20),
    st.integers(1, 10),
    st.sampled_from([20, 1, 2, 3]),
)
def test_every_departure_agrees_with_a_search_of_its_own(
    tables: dict[str, str], walks: list[dict[str, int]], hour: int, hours: int, most: int
) -> None:
    """At any moment the arrival is RAPTOR's, in as many rides, and they can be taken."""
    with tempfile.TemporaryDirectory() as folder:
        feed = compiled_from(write(Path(folder) / "feed", dict(tables)))
    network = Network([feed], Wishes(max_rides=most))
    timeline, changes = Timeline(network, DAY), Changes(network, 120)
    ends = [{numbers_of(feed)[s]: w for s, w in end.items()} for end in walks]
    begin = moment(f"{hour}:00")
    until = begin + 3600 * hours
    matrix = Matrix(timeline, changes, lambda _: {}, ends, (begin, until), AHEAD_S)
    for i, access in enumerate(ends):
        for j, egress in enumerate(ends):
            if i == j:
                continue
            steps = matrix.steps(i, j)
            assert steps.leaves == sorted(set(steps.leaves))
            assert steps.arrives == sorted(steps.arrives)
            for depart in range(begin, until, 1201):
                index = bisect_left(steps.leaves, depart)
                mine = steps.arrives[index] if index < len(steps.leaves) else None
                early = {stop: seconds + AHEAD_S for stop, seconds in access.items()}
                found = earliest(timeline, changes, early, egress, depart, until=until)
                assert mine == (found[-1].arrive if found else None)
            for index, leave in enumerate(steps.leaves):
                rides = matrix.rides(i, j, leave)
                assert len(rides) == rides_in(steps.keys[index]) <= most
                first, last = rides[0], rides[-1]
                stops = network.pattern(first.pattern).stops
                ready = leave + access[stops[first.board]] + AHEAD_S
                assert first.lane.departures[first.row][first.board] == ready
                for before, after in pairwise(rides):
                    alighted = before.lane.arrivals[before.row][before.alight]
                    boarded = after.lane.departures[after.row][after.board]
                    assert boarded - alighted >= 120
                    assert after.before is not None
                goal = network.pattern(last.pattern).stops[last.alight]
                arrive = last.lane.arrivals[last.row][last.alight] + egress[goal]
                assert arrive == steps.arrives[index]
                assert walked_s(steps.keys[index]) == access[stops[first.board]] + egress[goal]


def test_direct_rides_of_a_day(tmp_path: Path) -> None:
    """All rides from stop to stop without a change, in order; not those of the next day."""
    rows = ["t1 A 9:00 B 9:10 C 9:20", "t2 A 8:00 C 8:30", "t3 C 8:00 A 8:30", "t4 A 7:00 B 7:09"]
    feed = timetable(
        tmp_path, {"trips.txt": trips("t1", "t2", "t3", "t4"), "stop_times.txt": calls(*rows)}
    )
    numbers = numbers_of(feed)
    found = direct(Timeline(Network([feed]), DAY), numbers["A"], numbers["C"])
    assert found == [(moment("8:00"), moment("8:30")), (moment("9:00"), moment("9:20"))]
