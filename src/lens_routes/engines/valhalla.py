"""Ways by Valhalla: its ``/route``, told as legs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.engines.check import check_way
from lens_routes.engines.line import decoded, door_to_door, length_m
from lens_routes.errors import UsageError
from lens_routes.geo import distance_m
from lens_routes.plan.document import leg_document
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg, Step
from lens_routes.text.language import in_use, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from lens_routes.engines.ask import Engine
    from lens_routes.plan.waypoint import Waypoint

#: What Valhalla calls our modes, and their options there.
_COSTING: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "foot": ("pedestrian", {}),
    "wheelchair": ("pedestrian", {"type": "wheelchair"}),
    "bike": ("bicycle", {"bicycle_type": "Hybrid"}),
    "road": ("bicycle", {"bicycle_type": "Road"}),
    "car": ("auto", {}),
}
_LANGUAGE = {"en": "en-US", "fr": "fr-FR"}
#: From the street to the door nobody is faster, km/h.
_GAP_KMH = 5.0
#: How far the length that is told and the line may be apart: a share, and metres.
_DRAWN, _DRAWN_M = 0.02, 10.0


def ways(
    engine: Engine,
    points: Sequence[Waypoint],
    depart: dt.datetime,
    *,
    mode: str,
    pace_kmh: float,
    avoid: Collection[str] = (),
    others: int = 0,
) -> list[list[Leg]]:
    """Return the way through points, leg by leg, and up to so many others, the best first.

    Parameters
    ----------
    engine
        A Valhalla server.
    points
        Two or more.
    depart
        When one leaves, aware.
    mode
        "foot", "wheelchair", "bike", "road" or "car".
    pace_kmh
        How fast one walks, km/h; who rolls or rides goes at Valhalla's own speed.
    avoid
        Kinds of way, such as "ferry".
    others
        How many other ways, at most.

    Raises
    ------
    UsageError
        Valhalla knows no such mode.
    NotFoundError, NetworkError
        It finds no way, or gives no answer that can be read.
    """
    document = engine.answer(
        "/route", body=_question(points, depart, mode, pace_kmh, avoid, others)
    )
    try:
        trips = [document["trip"], *(other["trip"] for other in document.get("alternates", []))]
        found = [_legs(trip["legs"], points, depart, mode) for trip in trips[: 1 + others]]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise engine.failure(tr("answers no way that can be read")) from error
    for legs in found:
        engine.require_sound(check_way([leg_document(leg) for leg in legs], points))
    return found


def _question(
    points: Sequence[Waypoint],
    depart: dt.datetime,
    mode: str,
    pace_kmh: float,
    avoid: Collection[str],
    others: int,
) -> dict[str, Any]:
    if mode not in _COSTING:
        raise UsageError(
            tr("Valhalla knows no {mode}.", mode=mode),
            tr("Choose one of: {names}.", names=", ".join(_COSTING)),
        )
    costing, options = _COSTING[mode]
    options = {**options, **({"walking_speed": pace_kmh} if mode == "foot" else {})}
    options |= {"use_ferry": 0.0} if "ferry" in avoid else {}
    return {
        "locations": [{"lat": at.lat, "lon": at.lon} for at in points],
        "costing": costing,
        "costing_options": {costing: options},
        "date_time": {"type": 1, "value": f"{depart:%Y-%m-%dT%H:%M}"},
        "language": _LANGUAGE[in_use()],
        **({"alternates": others} if others else {}),
    }


def _legs(
    found: Sequence[Mapping[str, Any]],
    points: Sequence[Waypoint],
    depart: dt.datetime,
    mode: str,
) -> list[Leg]:
    legs: list[Leg] = []
    for way, ends in zip(found, pairwise(points), strict=True):
        legs.append(_leg(way, ends, legs[-1].arrive if legs else depart, mode))
    return legs


def _leg(
    way: Mapping[str, Any], ends: tuple[Waypoint, Waypoint], depart: dt.datetime, mode: str
) -> Leg:
    line = decoded(way["shape"])
    along_m, told_m = length_m(line), 1000 * float(way["summary"]["length"])
    if abs(along_m - told_m) > _DRAWN * told_m + _DRAWN_M:
        raise ValueError(told_m)
    gaps_m = distance_m(ends[0].point, line[0]) + distance_m(line[-1], ends[1].point)
    seconds = round(float(way["summary"]["time"]) + gaps_m / (_GAP_KMH / 3.6))
    arrive = depart.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    return Leg(
        mode={"bicycle": "bike", "auto": "car"}.get(_COSTING[mode][0], "walk"),
        origin=ends[0].name,
        destination=ends[1].name,
        depart=depart,
        arrive=arrive.astimezone(depart.tzinfo),
        distance_m=along_m + gaps_m,
        duration_s=seconds,
        source=Grade.STREETS,
        snap_m=gaps_m,
        geometry=door_to_door(ends[0].point, line, ends[1].point),
        steps=tuple(
            Step(
                str(one["instruction"]).rstrip("."),
                str((one.get("street_names") or [""])[0]),
                length_m(line[one["begin_shape_index"] : one["end_shape_index"] + 1]),
            )
            for one in way["maneuvers"]
        ),
    )
