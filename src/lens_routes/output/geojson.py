"""A plan as GeoJSON (RFC 7946): a point a stop, a line a way, one feature a line of the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point
from lens_routes.output.shared import caption
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.safe_text import tidy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop
    from lens_routes.plan.waypoint import Waypoint

Json = dict[str, Any]


def dumps(plan: Plan) -> str:
    """Return *plan* as a FeatureCollection with ``bbox`` and ``attribution``.

    A way that was not traced is a feature whose geometry is null, as the RFC has it for features
    without a known place (section 3.2), with a ``note`` that says why.
    """
    plan = tidy(plan)
    features = [f for number, day in enumerate(plan.days, 1) for f in _features(day, number)]
    head = {
        "type": "FeatureCollection",
        "name": caption.title(plan),
        "attribution": caption.attribution(plan),
        "created": plan.created.isoformat(),
        "bbox": _bbox(features),
    }
    lines = ",\n".join(map(_json, features))
    return f'{_json(head)[:-1]}, "features": [\n{lines}\n]}}\n'


def _features(day: Day, number: int) -> Iterator[Json]:
    common = {"day": number, "date": day.date.isoformat()}
    key = f"day-{number}"
    yield _endpoint(f"{key}-start", day.start, day.start_time, common | {"kind": "start"})
    for index, (leg, (order, stop)) in enumerate(
        zip(day.legs, caption.numbered(day), strict=False), 1
    ):
        yield from _way(f"{key}-leg-{index}", leg, common)
        yield _stop(f"{key}-stop-{index}", order, stop, common)
    yield from _way(f"{key}-leg-{len(day.legs)}", day.legs[-1], common)
    yield _endpoint(f"{key}-end", day.end, day.end_time, common | {"kind": "end"})


def _endpoint(key: str, waypoint: Waypoint, moment: dt.datetime, properties: Json) -> Json:
    more = {"name": waypoint.name, "place": waypoint.id, "time": moment.isoformat()}
    return _feature(key, _point(waypoint.point), properties | more)


def _stop(key: str, number: int | None, stop: Stop, common: Json) -> Json:
    properties = {
        "kind": stop.kind,
        "number": number,
        "name": stop.name,
        "place": stop.place,
        "arrive": stop.arrive.isoformat(),
        "begin": stop.begin.isoformat(),
        "leave": stop.leave.isoformat(),
        "opening": stop.opening,
        "hours": stop.hours,
        "slack_minutes": stop.slack_minutes,
        "description": stop.description,
        "notes": list(stop.notes),
    }
    return _feature(key, _point(Point(stop.lon, stop.lat)), common | properties)


def _way(key: str, leg: Leg, common: Json) -> Iterator[Json]:
    if leg.parts:
        for number, part in enumerate(legs_of(leg), 1):
            yield from _way(f"{key}-part-{number}", part, common)
        return
    if not caption.moves(leg):
        return
    points, length_m = caption.line_of(leg), caption.length_m(leg)
    properties: Json = {
        "kind": leg.mode,
        "name": caption.from_to(leg),
        "from": leg.origin,
        "to": leg.destination,
        "depart": leg.depart.isoformat(),
        "arrive": leg.arrive.isoformat(),
        "distance_m": None if length_m is None else round(length_m, 1),
        "duration_s": round(leg.duration_s),
        "source": leg.source.value,
        "steps": [step.instruction for step in leg.steps],
        "rides": list(leg.rides),
    }
    if leg.ascent_m is not None:
        properties |= {"ascent_m": leg.ascent_m, "descent_m": leg.descent_m}
    if leg.passable_m is not None:
        properties |= {"passable_m": leg.passable_m, "unknown_m": leg.unknown_m}
        properties["worst"] = leg.worst
    if leg.surface is not None:
        properties |= {"surface": leg.surface, "calm_m": leg.calm_m}
        properties["main_road_m"] = leg.main_road_m
    if leg.passed:
        properties["on_the_way"] = [
            {"kind": one.kind, "name": one.name, "lon": one.lon, "lat": one.lat, "at_m": one.at_m}
            for one in leg.passed
        ]
    if not points:
        properties["note"] = caption.no_trace()
    line = {"type": "LineString", "coordinates": _positions(points)}
    yield _feature(key, line if points else None, common | properties)


def _feature(key: str, geometry: Json | None, properties: Json) -> Json:
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def _point(point: Point) -> Json:
    return {"type": "Point", "coordinates": _position(point)}


def _positions(points: Sequence[Point]) -> list[list[float]]:
    """Return at least two positions, those left out that rounding makes repeat another."""
    found = [_position(point) for point in points]
    kept = [here for here, before in zip(found, [None, *found], strict=False) if here != before]
    return kept if len(kept) > 1 else found[:2]


def _position(point: Point) -> list[float]:
    # A tenth of a metre; more would be said of no map (RFC 7946, section 11.2).
    return [round(point.lon, 6), round(point.lat, 6)]


def _bbox(features: list[Json]) -> list[float]:
    """Return west, south, east, north of everything that has a place."""
    positions: list[list[float]] = []
    for geometry in (f["geometry"] for f in features if f["geometry"]):
        is_line = geometry["type"] == "LineString"
        positions += geometry["coordinates"] if is_line else [geometry["coordinates"]]
    lons, lats = zip(*positions, strict=True)
    return [min(lons), min(lats), max(lons), max(lats)]


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
