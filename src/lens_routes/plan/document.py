"""A plan as a JSON document, and back (``lens-routes/plan/1`` in docs/schemas)."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError
from lens_routes.geo import Point
from lens_routes.plan.plan import (
    SCHEMA,
    Day,
    Flagship,
    Grade,
    LeftOut,
    Leg,
    Near,
    Plan,
    Provenance,
    Step,
    Stop,
    Totals,
    Waypoint,
)
from lens_routes.plan.tour_id import tour_id
from lens_routes.text import language, wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def to_document(plan: Plan) -> dict[str, Any]:
    """Return *plan* as JSON values, keys in the order of the contract.

    ``translations`` says the sentences of the plan in the other languages, so that a saved plan can
    be exported in any of them.
    """
    document = {
        "schema": SCHEMA,
        "id": tour_id(plan),
        "created": plan.created.isoformat(),
        "program": plan.program,
        "request": plan.request,
        "days": [_day(day) for day in plan.days],
        "score": plan.score,
        "bound": plan.bound,
        "proven": plan.proven,
        "left_out": [
            {"place": item.place, "name": item.name, "reason": item.reason}
            for item in plan.left_out
        ],
        "flagships": [
            {
                "place": item.place,
                "name": item.name,
                "visited": item.visited,
                "reason": item.reason,
            }
            for item in plan.flagships
        ],
        "warnings": list(plan.warnings),
        "provenance": [
            {"data": p.data, "source": p.source, "date": p.date, "licence": p.licence}
            for p in plan.provenance
        ],
    }
    return {**document, "language": language.in_use(), "translations": language.others(document)}


def dumps(document: Mapping[str, Any]) -> str:
    """Return a document as the text the program prints and saves: UTF-8, a final newline."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def leg_document(leg: Leg) -> dict[str, Any]:
    """Return one leg as JSON values."""
    return {
        **_moving(leg),
        "main_road_m": _rounded(leg.main_road_m),
        "steps_m": _rounded(leg.steps_m),
        "snap_m": round(leg.snap_m, 1),
        "geometry": None if leg.geometry is None else [_position(p) for p in leg.geometry],
        "steps": [
            {
                "instruction": step.instruction,
                "street": step.street,
                "distance_m": round(step.distance_m, 1),
            }
            for step in leg.steps
        ],
        "rides": list(leg.rides),
        **({} if leg.direct_m is None else {"direct_m": round(leg.direct_m, 1)}),
        **({"parts": [_part(part) for part in leg.parts]} if leg.parts else {}),
    }


def _moving(leg: Leg) -> dict[str, Any]:
    """Return what a leg and a part of one have in common: from where to where, when, how far."""
    return {
        "mode": leg.mode,
        "from": leg.origin,
        "to": leg.destination,
        "depart": leg.depart.isoformat(),
        "arrive": leg.arrive.isoformat(),
        "distance_m": round(leg.distance_m, 1),
        "duration_s": round(leg.duration_s),
        "dark_s": round(leg.dark_s),
        "source": leg.source.value,
    }


def _part(leg: Leg) -> dict[str, Any]:
    """Return a walk or a ride of a leg.

    Line and directions stand with the leg, those of its parts one after the other: here is said
    how many of them are the part's.
    """
    return {
        **_moving(leg),
        "main_road_m": _rounded(leg.main_road_m),
        "steps_m": _rounded(leg.steps_m),
        "snap_m": round(leg.snap_m, 1),
        "points": len(leg.geometry or ()),
        "instructions": len(leg.steps),
    }


def waypoint_document(waypoint: Waypoint) -> dict[str, Any]:
    """Return a start or end as JSON values."""
    return {
        "name": waypoint.name,
        "id": waypoint.id,
        "lon": round(waypoint.lon, 7),
        "lat": round(waypoint.lat, 7),
    }


def route_document(legs: Sequence[Leg]) -> dict[str, Any]:
    """Return a route as JSON values (``lens-routes/route/1``)."""
    return {
        "schema": "lens-routes/route/1",
        "legs": [leg_document(leg) for leg in legs],
        "totals": {
            "walk_m": round(sum(leg.distance_m for leg in legs), 1),
            "walk_s": round(sum(leg.duration_s for leg in legs)),
        },
    }


def near_document(origin: Waypoint, found: Sequence[Near]) -> dict[str, Any]:
    """Return what is near as JSON values (``lens-routes/nearby/1``)."""
    return {
        "schema": "lens-routes/nearby/1",
        "origin": waypoint_document(origin),
        "places": [
            {
                "place": near.place,
                "name": near.name,
                "distance_m": round(near.distance_m, 1),
                "duration_s": near.duration_s,
                "source": near.source.value,
                "opening": near.opening,
                "themes": list(near.themes),
                "lon": round(near.lon, 7),
                "lat": round(near.lat, 7),
            }
            for near in found
        ],
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "start": {**waypoint_document(day.start), "time": day.start_time.isoformat()},
        "end": {**waypoint_document(day.end), "time": day.end_time.isoformat()},
        "stops": [_stop(stop) for stop in day.stops],
        "legs": [leg_document(leg) for leg in day.legs],
        "totals": {
            "walk_m": round(day.totals.walk_m, 1),
            "walk_s": round(day.totals.walk_s),
            "ride_s": round(day.totals.ride_s),
            "visit_s": round(day.totals.visit_s),
            "wait_s": round(day.totals.wait_s),
            "score": day.totals.score,
            **_emissions(day.totals),
        },
    }


def _emissions(totals: Totals) -> dict[str, float]:
    found = {"co2_g": totals.co2_g, "car_co2_g": totals.car_co2_g}
    return {name: round(grams, 1) for name, grams in found.items() if grams is not None}


def _stop(stop: Stop) -> dict[str, Any]:
    return {
        "kind": stop.kind,
        "place": stop.place,
        "place_kind": stop.place_kind,
        "off_theme": stop.off_theme,
        "name": stop.name,
        "lon": round(stop.lon, 7),
        "lat": round(stop.lat, 7),
        "arrive": stop.arrive.isoformat(),
        "begin": stop.begin.isoformat(),
        "leave": stop.leave.isoformat(),
        "opening": stop.opening,
        "slack_minutes": stop.slack_minutes,
        "score": stop.score,
        "hours": stop.hours,
        "description": stop.description,
        "notes": list(stop.notes),
    }


def _position(point: Point) -> list[float]:
    return [round(point.lon, 7), round(point.lat, 7)]


def _rounded(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 1)


def load(path: Path) -> dict[str, Any]:
    """Return the plan document at *path* as parsed; whether it holds is for the checker to say.

    Raises
    ------
    BadInputError
        The file is missing, is not a plan, or is a plan of another version.
    """
    name = tr("Name a plan that was saved with: lens-routes plan --save FILE")
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInputError(
            tr("{path} cannot be read: {reason}.", path=path, reason=wording.reason(error)), name
        ) from error
    except UnicodeDecodeError as error:
        raise BadInputError(tr("{path} is not a text file in UTF-8.", path=path), name) from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            tr("{path} is not JSON: {error}.", path=path, error=error), name
        ) from error
    if not isinstance(document, dict) or not str(document.get("schema")).startswith(
        "lens-routes/plan/"
    ):
        raise BadInputError(tr("{path} is not a saved plan.", path=path), name)
    if document["schema"] != SCHEMA:
        raise BadInputError(
            tr(
                "{path} is a {schema} document; this program reads {known}.",
                path=path,
                schema=document["schema"],
                known=SCHEMA,
            ),
            tr("Upgrade lens-routes, or plan again."),
        )
    return document


def read(path: Path) -> Plan:
    """Return the plan kept at *path*.

    Raises
    ------
    BadInputError
        As `load` and `plan_of`.
    """
    return plan_of(load(path), path)


def plan_of(document: Mapping[str, Any], path: Path) -> Plan:
    """Return the plan of a document that `load` gave for *path*.

    Raises
    ------
    BadInputError
        A field is missing or makes no sense; the message names it.
    """
    try:
        return from_document(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = str(error)
        if isinstance(error, KeyError):
            reason = tr("{field!r} is missing", field=error.args[0])
        raise BadInputError(
            tr("{path} is a plan with a fault: {reason}.", path=path, reason=reason),
            tr("See all with: lens-routes check {path}", path=path),
        ) from error


def from_document(document: Mapping[str, Any]) -> Plan:
    """Return the plan a document describes, said in the language in use as far as it can be.

    `KeyError` or `ValueError` where it describes none.
    """
    spoken = document.get("language", language.LANGUAGES[0])
    # The request is what was asked, word for word.
    document = {
        **language.retold(document, spoken, document.get("translations") or {}),
        "request": document["request"],
    }
    return Plan(
        created=dt.datetime.fromisoformat(document["created"]),
        program=document["program"],
        request=dict(document["request"]),
        days=tuple(_read_day(day) for day in document["days"]),
        score=document["score"],
        bound=document["bound"],
        proven=document["proven"],
        left_out=tuple(
            LeftOut(i["place"], i["reason"], i.get("name", "")) for i in document["left_out"]
        ),
        warnings=tuple(document["warnings"]),
        provenance=tuple(
            Provenance(p["data"], p["source"], p["date"], p["licence"])
            for p in document["provenance"]
        ),
        flagships=tuple(
            Flagship(i["place"], i["name"], i["visited"], i["reason"])
            for i in document.get("flagships", ())
        ),
        id=document.get("id") or "",
    )


def _read_day(day: Mapping[str, Any]) -> Day:
    return Day(
        date=dt.date.fromisoformat(day["date"]),
        start=read_waypoint(day["start"]),
        end=read_waypoint(day["end"]),
        start_time=dt.datetime.fromisoformat(day["start"]["time"]),
        end_time=dt.datetime.fromisoformat(day["end"]["time"]),
        stops=tuple(_read_stop(stop) for stop in day["stops"]),
        legs=tuple(_read_leg(leg) for leg in day["legs"]),
        totals=Totals(
            **{
                key: day["totals"][key]
                for key in ("walk_m", "walk_s", "ride_s", "visit_s", "wait_s", "score")
            },
            co2_g=day["totals"].get("co2_g"),
            car_co2_g=day["totals"].get("car_co2_g"),
        ),
    )


def read_waypoint(item: Mapping[str, Any]) -> Waypoint:
    """Return the start or end a document describes; `KeyError` or `ValueError` where none."""
    return Waypoint(item["name"], float(item["lon"]), float(item["lat"]), item["id"])


def _read_stop(stop: Mapping[str, Any]) -> Stop:
    return Stop(
        kind=stop["kind"],
        place=stop["place"],
        name=stop["name"],
        lon=float(stop["lon"]),
        lat=float(stop["lat"]),
        arrive=dt.datetime.fromisoformat(stop["arrive"]),
        begin=dt.datetime.fromisoformat(stop["begin"]),
        leave=dt.datetime.fromisoformat(stop["leave"]),
        opening=stop["opening"],
        slack_minutes=stop["slack_minutes"],
        score=stop["score"],
        hours=stop.get("hours", ""),
        description=stop.get("description", ""),
        notes=tuple(stop["notes"]),
        place_kind=stop.get("place_kind") or "",
        off_theme=stop.get("off_theme", False),
    )


def _read_leg(leg: Mapping[str, Any]) -> Leg:
    geometry = leg["geometry"]
    return Leg(
        origin=leg["from"],
        destination=leg["to"],
        depart=dt.datetime.fromisoformat(leg["depart"]),
        arrive=dt.datetime.fromisoformat(leg["arrive"]),
        distance_m=leg["distance_m"],
        duration_s=leg["duration_s"],
        source=Grade(leg["source"]),
        mode=leg["mode"],
        geometry=None
        if geometry is None
        else tuple(Point(float(lon), float(lat)) for lon, lat in geometry),
        steps=tuple(
            Step(step["instruction"], step["street"], step["distance_m"]) for step in leg["steps"]
        ),
        main_road_m=leg.get("main_road_m"),
        steps_m=leg.get("steps_m"),
        snap_m=leg.get("snap_m", 0.0),
        rides=tuple(leg["rides"]),
        parts=_read_parts(leg),
        direct_m=leg.get("direct_m"),
        dark_s=leg.get("dark_s", 0.0),
    )


def _read_parts(leg: Mapping[str, Any]) -> tuple[Leg, ...]:
    """Return the parts of a leg, each with its ride and its pieces of line and directions."""
    rides, points, steps = iter(leg["rides"]), leg["geometry"] or [], leg["steps"]
    found = []
    for part in leg.get("parts", ()):
        count, told = part.get("points", 0), part.get("instructions", 0)
        ride = next(rides, None) if part["mode"] == "transit" else None
        own = {
            "geometry": points[:count] or None,
            "steps": steps[:told],
            "rides": [] if ride is None else [ride],
        }
        points, steps = points[count:], steps[told:]
        found.append(_read_leg({**part, **own, "parts": ()}))
    return tuple(found)
