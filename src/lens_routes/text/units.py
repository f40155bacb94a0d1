"""The units lengths are said in: metric, or those of the United States and the United Kingdom."""

from __future__ import annotations

import os

#: Says the units for this process and what it starts.
VARIABLE = "LENS_ROUTES_UNITS"
IMPERIAL = "imperial"
KNOWN = ("metric", IMPERIAL)
FEET_PER_METRE, METRES_PER_MILE = 1 / 0.3048, 1609.344


def imperial() -> bool:
    """Say whether lengths are said in feet and miles."""
    return os.environ.get(VARIABLE) == IMPERIAL
