"""By how little a place is not in a day: so much more time, walking or money, and it is.

Only what a person would do is offered: up to two hours more or later, not beyond 20:00; up to four
kilometres more, twenty in all; up to twice the budget.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.planning.tell.options import dearer, farther, longer, shifted
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.plan.plan import LeftOut
    from lens_routes.planning.request import Request
    from lens_routes.text.language import Said

LONGER_MINUTES, LATER_MINUTES, LATEST = 120, 120, dt.time(20)
FARTHER_M, FARTHEST_M = 4000, 20_000


class More(NamedTuple):
    """What a day would need more, in words, the option that gives it, and what is then asked."""

    said: Said
    option: str
    request: Request


def little_more(item: LeftOut, request: Request, spare_s: float = 0.0) -> More | None:
    """Return what would let a place into the day as it is, None where that is much, or unknown.

    A day that leaves *spare_s* seconds of its hours may as well begin that much later.
    """
    if item.amount is None:
        return None
    if item.obstacle == "day-too-short" and item.amount <= min(spare_s, 60 * LATER_MINUTES):
        return _later(item.amount, request)
    if item.obstacle == "visits" and request.max_visits is not None:
        most = request.max_visits + 1
        other = replace(request, max_visits=most)
        return More(tr("with one visit more"), f"--max-visits {most}", other)
    needs = _LIMITS.get(item.obstacle)
    return None if needs is None else needs(item.amount, request)


def _later(seconds: float, request: Request) -> More | None:
    typed = shifted(request, -seconds / 60)
    ends = 60 * typed.request.at.hour + typed.request.at.minute + request.minutes
    if ends > 60 * LATEST.hour:
        return None
    leaves = dt.datetime.combine(request.date, typed.request.at)
    return More(tr("if you leave at {time}", time=wording.clock(leaves)), *typed)


def _longer(seconds: float, request: Request) -> More | None:
    typed = longer(request, seconds / 60)
    extra = typed.request.minutes - request.minutes
    ends = 60 * request.at.hour + request.at.minute + typed.request.minutes
    if extra > LONGER_MINUTES or ends > 60 * LATEST.hour:
        return None
    return More(tr("with {time} more", time=wording.duration(60 * extra)), *typed)


def _farther(metres: float, request: Request) -> More | None:
    if request.most_m is None:
        return None
    typed = farther(request, metres)
    limit_m = typed.request.most_m or 0.0
    extra_m = limit_m - request.most_m
    distance = wording.distance(extra_m)
    if request.max_ride_m is not None:
        said = tr("with {distance} more on the way", distance=distance)
        return More(said, *typed) if extra_m <= request.max_ride_m / 2 else None
    if extra_m > FARTHER_M or limit_m > FARTHEST_M:
        return None
    return More(tr("with {distance} more on foot", distance=distance), *typed)


def _dearer(cents: float, request: Request) -> More | None:
    if request.budget_eur is None or math.ceil(cents / 100) > request.budget_eur:
        return None
    typed = dearer(request, cents / 100)
    extra = math.ceil((typed.request.budget_eur or 0.0) - request.budget_eur)
    return More(tr("with a budget higher by {sum}", sum=extra), *typed)


_LIMITS = {"day-too-short": _longer, "walk": _farther, "cost": _dearer}
