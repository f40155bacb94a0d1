"""Profiles lose the ups and downs too small to be true, and nothing else."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.streets.elevation.settle import settled

profiles = st.lists(st.lists(st.floats(-50, 50), min_size=2, max_size=30), min_size=1, max_size=5)


def settle(profile: list[float], noise_m: float) -> list[float]:
    heights = np.array(profile)
    return settled(heights, np.array([0, len(profile)]), noise_m=noise_m).tolist()


def reversals(profile: list[float]) -> list[float]:
    """Return how far a profile goes one way between two turns, metres."""
    steps = [b - a for a, b in itertools.pairwise(profile) if b != a]
    runs: list[float] = []
    for step in steps:
        if runs and (runs[-1] > 0) == (step > 0):
            runs[-1] += step
        else:
            runs.append(step)
    return runs


@given(profiles, st.floats(0.5, 10))
def test_ends_stay_and_what_turns_counts(heights: list[list[float]], noise_m: float) -> None:
    """Each profile keeps its ends; a run between two turns is as long as the noise at least.

    The first and the last run are bounded by the ends, and may be shorter.
    """
    first = np.cumsum([0, *map(len, heights)])
    result = settled(np.concatenate([np.array(one) for one in heights]), first, noise_m=noise_m)
    for i, one in enumerate(heights):
        mine = result[first[i] : first[i + 1]].tolist()
        assert (mine[0], mine[-1]) == (one[0], one[-1])
        assert min(one) <= min(mine)
        assert max(mine) <= max(one)
        assert all(abs(run) >= noise_m - 1e-9 for run in reversals(mine)[1:-1])


def test_a_true_hill_keeps_its_height() -> None:
    """What rises and falls by more than the noise is told to the full."""
    assert settle([0, 4, 3, 9, 8, 12, 2, 3, 0], 3.0) == [0, 4, 4, 9, 9, 12, 2, 2, 0]


@pytest.mark.parametrize("profile", [[1.0, 2.0, 3.0], [3.0, 2.0, 2.0], [5.0, 5.0], [1.0, 9.0]])
def test_one_way_stays_as_it_is(profile: list[float]) -> None:
    """A profile that only rises, or only falls, is not touched."""
    assert settle(profile, 5.0) == profile


def test_flat_ground_is_flat() -> None:
    """Noise around a level adds up to nothing."""
    assert reversals(settle([10, 11, 9.5, 10.5, 9, 10], 5.0)) == []
