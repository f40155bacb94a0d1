"""How hard properties are tried: on a few examples each time, on many by `nox -s thorough`."""

from __future__ import annotations

import os

#: Set by ``nox -s thorough``.
VARIABLE = "LENS_ROUTES_THOROUGH"
TIMES = 10


def examples(few: int) -> int:
    """Return on how many examples to try what is dear to try: *few*, or many times as many."""
    return few * TIMES if os.environ.get(VARIABLE) else few
