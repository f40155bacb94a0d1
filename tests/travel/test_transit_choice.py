"""Which journey is taken, when one walks, and how late one may leave."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.timetable.network.wishes import Preference
from lens_routes.travel.rides.choice import Choice, Journey, Trouble, apart, trouble_of
from lens_routes.travel.rides.table import Journeys, RideTable

MINUTE = 60
DAY = range(120)

journeys = st.lists(
    st.builds(
        lambda leave, lasting, walk, rides: Journey(leave, leave + lasting, walk, rides, 0),
        st.integers(0, 90),
        st.integers(1, 40),
        st.integers(0, 30),
        st.integers(1, 4),
    ),
    max_size=12,
)
prices = st.sampled_from([0.0, 5.0, 30.0])
troubles = st.builds(Trouble, st.sampled_from([0.0, 0.5, 1.0, 2.0]), prices, prices)


def _choice(found: list[Journey], walk_s: int, trouble: Trouble) -> Choice:
    """Return what to do where these journeys and this walk lead to the same place."""
    rows = np.array([(1, *one) for one in sorted(found)], dtype=np.int64).reshape(-1, 6)
    walks = [[0, walk_s], [walk_s, 0]]
    table = RideTable(Journeys(*rows.T), trouble, (walks, walks), [0, 0], 3.6)
    return table.choice(0, 1) or Choice([], [], [], walk_s)


@given(journeys, st.integers(1, 50), troubles)
def test_leaving_later_never_arrives_earlier(
    found: list[Journey], walk_s: int, trouble: Trouble
) -> None:
    """The planner of tours relies on it, whatever the preference."""
    choice = _choice(found, walk_s, trouble)
    arrivals = [choice.arrive(time) for time in DAY]
    assert arrivals == sorted(arrivals)


@given(journeys, st.integers(1, 50), troubles, st.integers(-10, 140))
def test_the_latest_departure_is_the_latest(
    found: list[Journey], walk_s: int, trouble: Trouble, arrive: int
) -> None:
    """One is there in time leaving at ``latest``, and too late leaving a second later."""
    choice = _choice(found, walk_s, trouble)
    latest = choice.latest(arrive)
    assert choice.arrive(latest) <= arrive
    assert choice.arrive(latest + 1) > arrive


@given(journeys, st.integers(1, 50), troubles, st.sampled_from(DAY))
def test_what_is_taken_can_be_taken(
    found: list[Journey], walk_s: int, trouble: Trouble, time: int
) -> None:
    """A journey taken was offered, leaves no earlier than one can, and arrives when promised."""
    choice = _choice(found, walk_s, trouble)
    taken = choice.at(time)
    if taken is None:
        assert choice.arrive(time) == time + walk_s
    else:
        assert taken in found
        assert taken.leave >= time
        assert choice.arrive(time) == taken.arrive


@given(journeys, troubles)
def test_the_shorter_of_nested_journeys_is_known(found: list[Journey], trouble: Trouble) -> None:
    """Looked for where they tangle only, they are those kept of all of a pair."""
    found = sorted(found)
    leaves, arrives, walks_s, rides, _ = (
        np.array(found, dtype=np.int64).reshape(-1, len(Journey._fields)).T
    )
    lengths = arrives - leaves + trouble.of(walks_s, rides)
    kept = apart(leaves.tolist(), arrives.tolist(), lengths.tolist())
    assert list(_choice(found, 10_000, trouble).journeys) == [found[number] for number in kept]


@given(journeys, st.integers(1, 50), st.sampled_from(DAY))
def test_earlier_is_the_earliest(found: list[Journey], walk_s: int, time: int) -> None:
    """Who wants to be there early is there as early as anything allows."""
    choice = _choice(found, walk_s, trouble_of(Preference.EARLIER))
    earliest = min([time + walk_s, *(one.arrive for one in found if one.leave >= time)])
    assert choice.arrive(time) == earliest


def test_a_long_walk_gives_way_to_a_train_a_little_later() -> None:
    """An hour on foot is not walked where a train is there ten minutes later, unless asked for."""
    train = Journey(45 * MINUTE, 70 * MINUTE, 8 * MINUTE, 1, 0)
    assert _choice([train], 60 * MINUTE, trouble_of(None)).at(0) == train
    assert _choice([train], 60 * MINUTE, trouble_of(Preference.EARLIER)).at(0) is None
    late = train._replace(leave=100 * MINUTE, arrive=120 * MINUTE)
    assert _choice([late], 60 * MINUTE, trouble_of(None)).at(0) is None
    assert _choice([late], 60 * MINUTE, trouble_of(Preference.LESS_WALKING)).at(0) == late


def test_a_direct_bus_a_little_slower() -> None:
    """Who wants fewer changes takes the direct bus around the quick way with a change."""
    quick = Journey(10 * MINUTE, 30 * MINUTE, 0, 2, 0)
    direct = Journey(5 * MINUTE, 40 * MINUTE, 0, 1, 1)
    far = 3 * 60 * MINUTE
    assert _choice([quick, direct], far, trouble_of(None)).at(0) == quick
    assert _choice([quick, direct], far, trouble_of(Preference.FEWER_CHANGES)).at(0) == direct


def test_a_change_less_is_waited_for() -> None:
    """A direct train that arrives later is worth a wait at the place one comes from."""
    change = Journey(0, 60 * MINUTE, 0, 2, 0)
    direct = Journey(20 * MINUTE, 70 * MINUTE, 0, 1, 1)
    far = 5 * 60 * MINUTE
    assert _choice([change, direct], far, trouble_of(Preference.EARLIER)).at(0) == change
    assert _choice([change, direct], far, trouble_of(Preference.FEWER_CHANGES)).at(0) == direct
