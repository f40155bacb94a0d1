"""How much time passes between the moments of a plan."""

from __future__ import annotations

import datetime as dt


def elapsed_s(begin: dt.datetime, end: dt.datetime) -> float:
    """Return the seconds that pass between two aware moments, also while the clocks change.

    Python subtracts two moments of one zone as their clocks show them.
    """
    return (end.astimezone(dt.UTC) - begin.astimezone(dt.UTC)).total_seconds()
