"""What a visit is worth by what was asked, worked out anew from the document and the catalogue."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.catalogue.place import Place

_BY_INTEREST = {0: 0.0, 1: 0.3, 2: 1.0, 3: 2.5, 4: 6.0, 5: 14.0}


def in_passing(place: Place) -> bool:
    """Tell whether a place is a sight for whoever comes past, and no more."""
    return place.seen_from_outside and not place.opening_hours and place.interest <= 3


def due_worth(
    stop: Mapping[str, Any], place: Place, request: Mapping[str, Any], *, unsure: bool
) -> float:
    """Return what a visit counts for by itself, before others of its kind are thought of.

    *unsure* says that the place is certain to be open on none of the days.
    """
    wanted = set(request.get("themes") or ())
    named = {*(request.get("must") or ())}
    named |= {item["place"] for item in request.get("appointments") or ()}
    fills = bool(wanted) and not wanted & set(place.themes) and place.id not in named
    interest = min(3, place.interest) if fills else place.interest
    due: float = _BY_INTEREST[interest]
    if in_passing(place) or (place.visit_minutes <= 10 and place.interest <= 3):
        due = min(due, 0.25 if interest > 2 else 0.2)
    for name, weight in (request.get("likes") or {}).items():
        due *= weight if name in {place.kind, *place.themes} else 1
    if "children" in (request.get("company") or ()) and "family" in place.themes:
        due *= 2
    if request.get("weather") == "rain" and (place.outdoor or in_passing(place)):
        due /= 20
    if fills:
        due /= 2
    if unsure and not any(i["place"] == place.id for i in request.get("appointments") or ()):
        due /= 2
    begin, leave = (dt.datetime.fromisoformat(stop[end]) for end in ("begin", "leave"))
    asked: float = (request.get("visit_minutes") or {}).get(place.id, 0)
    share: float = (leave - begin).total_seconds() / 60 / (asked or place.visit_minutes)
    # A visit cut short counts for the square root of the share of time kept.
    return due * math.sqrt(max(0.0, min(1.0, share)))
