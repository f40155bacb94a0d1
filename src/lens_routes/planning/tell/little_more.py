"""By how little a place is not in a day: so much more time, walking or money, and it is.

Only what a person would do is offered: up to two hours more, not beyond 20:00; up to four
kilometres more, twenty in all; up to twice the budget.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.plan.plan import LeftOut
    from lens_routes.planning.request import Request
    from lens_routes.text.language import Said

LONGER_MINUTES, LATEST = 120, dt.time(20)
FARTHER_M, FARTHEST_M = 4000, 20_000
#: Time is offered in quarters of an hour, walking in half kilometres.
STEP_MINUTES, STEP_M = 15, 500


class More(NamedTuple):
    """What a day would need more, in words, and the option that gives it."""

    said: Said
    option: str


def little_more(item: LeftOut, request: Request) -> More | None:
    """Return what would let a place into the day as it is, None where that is much, or unknown."""
    if item.amount is None:
        return None
    if item.obstacle == "day-too-short":
        return _longer(item.amount, request)
    if item.obstacle == "walk" and request.max_walk_m is not None:
        return _farther(item.amount, request.max_walk_m)
    if item.obstacle == "cost" and request.budget_eur is not None:
        return _dearer(item.amount, request.budget_eur)
    if item.obstacle == "visits" and request.max_visits is not None:
        return More(tr("with one visit more"), f"--max-visits {request.max_visits + 1}")
    return None


def _longer(seconds: float, request: Request) -> More | None:
    extra = STEP_MINUTES * math.ceil(seconds / 60 / STEP_MINUTES)
    minutes = request.minutes + extra
    ends = 60 * request.at.hour + request.at.minute + minutes
    if extra > LONGER_MINUTES or ends > 60 * LATEST.hour:
        return None
    hours, rest = divmod(minutes, 60)
    said = tr("with {time} more", time=wording.duration(60 * extra))
    return More(said, f"--for {hours}h{rest:02d}" if rest else f"--for {hours}h")


def _farther(metres: float, limit_m: float) -> More | None:
    extra_m = STEP_M * math.ceil((limit_m + metres) / STEP_M) - limit_m
    if extra_m > FARTHER_M or limit_m + extra_m > FARTHEST_M:
        return None
    said = tr("with {distance} more on foot", distance=wording.distance(extra_m))
    return More(said, f"--max-walk {(limit_m + extra_m) / 1000:g}km")


def _dearer(cents: float, budget_eur: float) -> More | None:
    extra = math.ceil(cents / 100)
    if extra > budget_eur:
        return None
    return More(tr("with {sum} € more", sum=extra), f"--budget {budget_eur + extra:g}")
