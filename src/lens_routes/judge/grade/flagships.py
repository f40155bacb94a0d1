"""Tell why a place worth the journey is not in a day: whether it could have been."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from lens_routes.judge.grade.order import Call, shortest
from lens_routes.judge.slack import first_begin, visiting_windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.judge.asked import Asked
    from lens_routes.judge.grade.order import Ground


class Why(StrEnum):
    """Why a place worth the journey is not in a day."""

    FITS = "fits"  # for no good reason: the day had room for it
    CLOSED = "closed"
    NO_ROOM = "no-room"  # too far or too long, with the others that are in
    UNKNOWN = "unknown"  # too far on foot, and nobody knows here what rides


@dataclass(frozen=True, slots=True)
class Missing:
    """A place worth the journey that is not in a day."""

    place: Place
    why: Why


def why_missing(
    place: Place,
    point: int,
    kept: Sequence[Call] | None,
    ground: Ground,
    asked: Asked,
    *,
    rides: bool,
) -> Why:
    """Return why a flagship is missing from a day.

    It had room if some order of what nobody would give up for it (*kept*: breaks, what was
    required, other flagships; None: no further visit is wanted), and the shortest visit to it,
    keeps all hours and limits.
    """
    windows = visiting_windows(place, asked)
    if not windows:
        return Why.CLOSED
    if kept is None:
        return Why.NO_ROOM
    lasts = dt.timedelta(minutes=place.visit_minutes_min or place.visit_minutes)
    visit = Call(point, partial(first_begin, windows, lasts=lasts), lasts)
    way = shortest([*kept, visit], ground)
    if way is not None and (asked.max_walk_m is None or way.walk_m <= asked.max_walk_m):
        return Why.FITS
    return Why.UNKNOWN if rides else Why.NO_ROOM
