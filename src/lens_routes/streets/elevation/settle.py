"""Take out of profiles the ups and downs that are too small to be true."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def settled(height_m: Floats, first: Ints, *, noise_m: float) -> Floats:
    """Return profiles without reversals smaller than *noise_m*; their ends stay.

    Parameters
    ----------
    height_m
        Heights of all profiles one after another, metres.
    first
        Profile ``i`` is ``height_m[first[i]:first[i + 1]]``.
    noise_m
        A rise counts when it is at least this, from the lowest point since the last that counted;
        so does a fall. Between two turns that count, heights go one way.
    """
    result = height_m.copy()
    rise = np.diff(height_m, append=height_m[-1:])
    rise[first[1:] - 1] = 0.0
    ups = np.add.reduceat((rise > 0).astype(np.int64), first[:-1])
    downs = np.add.reduceat((rise < 0).astype(np.int64), first[:-1])
    # One that only rises, or only falls, is settled already: most are.
    for i in np.flatnonzero((ups > 0) & (downs > 0)):
        profile = result[first[i] : first[i + 1]]
        for begin, end in pairwise(_turns(profile.tolist(), noise_m)):
            piece = profile[begin : end + 1]
            if piece[-1] >= piece[0]:
                piece[:] = np.maximum.accumulate(piece.clip(piece[0], piece[-1]))
            else:
                piece[:] = np.minimum.accumulate(piece.clip(piece[-1], piece[0]))
    return result


def _turns(heights: list[float], noise_m: float) -> list[int]:
    """Return where a profile turns for good, its ends included."""
    turns = [0]
    top = bottom = trend = 0
    for i, height in enumerate(heights):
        if trend >= 0 and height >= heights[top]:
            top = i
        if trend <= 0 and height <= heights[bottom]:
            bottom = i
        if trend >= 0 and heights[top] - height >= noise_m:
            turn, trend, bottom = top, -1, i
        elif trend <= 0 and height - heights[bottom] >= noise_m:
            turn, trend, top = bottom, 1, i
        else:
            continue
        if turn > turns[-1]:
            turns.append(turn)
    if turns[-1] < len(heights) - 1:
        turns.append(len(heights) - 1)
    return turns
