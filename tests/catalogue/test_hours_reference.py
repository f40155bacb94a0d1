"""The reference implementation's own results, minute by minute."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.hours import compare

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared

#: Refused by the reference for an argument of its constructor; the value itself is fine.
ARGUMENT = "Wrong constructor call should throw an error: nominatim_data: string"
#: How many cases give just the intervals and states of the reference; it may only grow. Two give an
#: unknown day more since ranges that end on easter count their last day, as the specification says.
EQUAL = 277
#: One that the reference's authors switched off.
REFUSED = 1


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, Any]:
    return compare(json.loads((shared / "opening_hours" / "cases.json").read_bytes()))


def test_no_minute_contradicts_the_reference(found: dict[str, Any]) -> None:
    """Nothing is called open that the reference calls closed, nor the reverse; most is equal."""
    assert found["wrong"] == []
    assert found["refused"] == REFUSED
    assert found["equal"] >= EQUAL


def test_an_answer_that_is_no_time_is_left_out() -> None:
    """Some recorded results hold what is no time: nothing can be compared with them."""
    case = {"value": "24/7", "from": "2026-01-01 0:00", "to": "2026-01-02 0:00"}
    spans: list[list[object]] = [["NaN-NaN-NaN NaN:NaN", "2026-01-02 0:00", False], [None, None, 0]]
    odd = [{**case, "intervals": [span]} for span in spans]
    good = {**case, "intervals": [["2026-01-01 0:00", "2026-01-02 0:00", False]]}
    found = compare({"tests": [*odd, good], "should_fail": []})
    assert (found["no_answer"], found["equal"]) == (2, 1)


def test_what_the_reference_refuses_is_refused(found: dict[str, Any]) -> None:
    """Every value the reference cannot read is refused, with a hint, where no country is named."""
    assert found["accepted"] == [ARGUMENT]
