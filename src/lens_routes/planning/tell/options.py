"""Requests that ask a little more, as a person would type them: longer, earlier, farther, dearer.

Times go by the quarter of an hour, walks by half a kilometre, entries by the euro.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.planning.meals import as_usual

if TYPE_CHECKING:
    from lens_routes.planning.request import Request

STEP_MINUTES, STEP_M = 15, 500


class Typed(NamedTuple):
    """Another request, and the options that make it of the one that was typed."""

    option: str
    request: Request


def longer(request: Request, minutes: float) -> Typed:
    """Return the request of a day so much longer."""
    whole = request.minutes + _stepped(minutes)
    return Typed(f"--for {_hours(whole)}", as_usual(request, minutes=whole))


def shifted(request: Request, minutes: float) -> Typed:
    """Return the request of a day as long that begins so much earlier; later below zero."""
    step = math.copysign(_stepped(abs(minutes)), minutes)
    at = dt.time(*divmod(_minute(request.at) - int(step), 60))
    return Typed(f"--at {at:%H:%M}", as_usual(request, at=at))


def earlier(request: Request, minutes: float) -> Typed:
    """Return the request of a day that begins so much earlier, and ends when it would have."""
    option, other = shifted(request, minutes)
    more = longer(other, _minute(request.at) - _minute(other.at))
    return Typed(f"{option} {more.option}", more.request)


def farther(request: Request, metres: float) -> Typed:
    """Return the request of a day that may go so much farther, on foot or by vehicle."""
    limit_m = STEP_M * math.ceil(((request.most_m or 0.0) + metres) / STEP_M)
    if request.max_ride_m is not None:
        more = replace(request, max_ride_m=float(limit_m))
        return Typed(f"--max-ride {limit_m / 1000:g}km", more)
    return Typed(f"--max-walk {limit_m / 1000:g}km", replace(request, max_walk_m=float(limit_m)))


def dearer(request: Request, euros: float) -> Typed:
    """Return the request with so much more to spend on entries."""
    budget = (request.budget_eur or 0.0) + math.ceil(euros)
    return Typed(f"--budget {budget:g}", replace(request, budget_eur=budget))


def _stepped(minutes: float) -> int:
    return STEP_MINUTES * math.ceil(minutes / STEP_MINUTES)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest:02d}" if rest else f"{hours}h"


def _minute(time: dt.time) -> int:
    return 60 * time.hour + time.minute
