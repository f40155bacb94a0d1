"""A leg by train taken apart: each walk and ride gets back its line and its directions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.output.maps import saved, with_train
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.plan.document import from_document, to_document


def test_each_part_has_its_own_line_and_directions() -> None:
    """What a saved plan keeps as a whole comes apart where walks and rides meet."""
    leg = with_train(saved()).days[0].legs[1]
    line = leg.geometry or ()
    for plan in (with_train(saved()), from_document(to_document(with_train(saved())))):
        parts = parts_of(plan.days[0].legs[1])
        assert [part.points for part in parts] == [line[:3], line[3:6], line[6:]]
        assert [part.ride and part.ride["line"] for part in parts] == [None, "C51", None]
        first, onward = saved().days[0].legs[0].steps, saved().days[0].legs[1].steps
        assert [part.steps for part in parts] == [first, (), onward]


def test_a_walk_is_one_part() -> None:
    """A leg on foot is given back whole."""
    leg = saved().days[0].legs[0]
    (part,) = parts_of(leg)
    assert (part.points, part.steps, part.ride) == (leg.geometry, leg.steps, None)


def test_what_cannot_be_told_apart_stays_together() -> None:
    """A line too short for its parts goes to the first; nothing is drawn twice or lost."""
    leg = with_train(saved()).days[0].legs[1]
    short = replace(leg, geometry=(leg.geometry or ())[:3], steps=leg.steps[:1])
    parts = parts_of(short)
    assert [len(part.points) for part in parts] == [3, 0, 0]
    assert [len(part.steps) for part in parts] == [1, 0, 0]


@settings(deadline=None, max_examples=examples(15))
@given(plan=plans(), cut=st.integers(0, 9), between=st.sampled_from([None, 0, 3, "x", -1, True]))
def test_no_point_and_no_step_is_lost(plan: object, cut: int, between: object) -> None:
    """However a plan was edited, the parts together are the leg."""
    leg = with_train(saved()).days[0].legs[1]
    ride = {**leg.rides[0], "stops_between": between}
    edited = replace(leg, geometry=(leg.geometry or ())[:cut], rides=(ride,) if cut % 2 else ())
    legs = [leg for day in plan.days for leg in day.legs]  # type: ignore[attr-defined]
    for one in [edited, *legs]:
        parts = parts_of(one)
        assert [p for part in parts for p in part.points] == list(one.geometry or ())
        assert [s for part in parts for s in part.steps] == list(one.steps)
