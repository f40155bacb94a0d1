"""Journeys by MOTIS 2: its ``/api/v4/plan``, told as trips."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens_routes.engines.check import check_journey
from lens_routes.engines.line import decoded, door_to_door, length_m
from lens_routes.geo import Point, distance_m
from lens_routes.plan.document import leg_document
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.moments import elapsed_s
from lens_routes.text.language import tr
from lens_routes.timetable.ask.journey import Place, Ride
from lens_routes.travel.rides.trip import Trip, ride_leg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.engines.ask import Engine
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.network.wishes import Wishes

#: GTFS route types of what MOTIS calls modes; any other that is not walked is a train.
_KINDS = {
    "TRAM": 0, "SUBWAY": 1, "BUS": 3, "COACH": 200, "FERRY": 4, "AREAL_LIFT": 6, "AERIAL_LIFT": 6,
    "FUNICULAR": 7, "AIRPLANE": 1100, "ODM": 1500, "FLEX": 1500,
}  # fmt: skip
_UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of every journey: wishes, how fast and how far one walks, within which time."""

    wishes: Wishes
    pace_kmh: float
    farthest_m: float
    window_min: float | None = None

    def query(self) -> dict[str, Any]:
        """Return it as parameters of MOTIS's ``plan``."""
        walk_s = round(self.farthest_m / (self.pace_kmh / 3.6))
        query: dict[str, Any] = {
            "pedestrianSpeed": round(self.pace_kmh / 3.6, 3),
            "maxPreTransitTime": walk_s,
            "maxPostTransitTime": walk_s,
            "maxTransfers": self.wishes.max_rides - 1,
            "minTransferTime": math.ceil((self.wishes.min_transfer_s or 0) / 60),
            "pedestrianProfile": "WHEELCHAIR" if self.wishes.wheelchair else "FOOT",
        }
        if self.window_min is not None:
            query["searchWindow"] = round(self.window_min * 60)
        return query


def trips(
    engine: Engine,
    ends: tuple[Waypoint, Waypoint],
    moment: dt.datetime,
    wanted: Wanted,
    *,
    arrive_by: bool = False,
) -> list[Trip]:
    """Return the journeys between two points that leave after a moment, or arrive before it.

    Parameters
    ----------
    engine
        A MOTIS server.
    ends
        From where to where.
    moment
        Aware; its zone is that of the answer.
    wanted
        What is asked of every journey.
    arrive_by
        Whether one has to be there at *moment*.

    Raises
    ------
    NotFoundError, NetworkError
        MOTIS refuses the question, or gives no answer that can be read.
    """
    query = {
        "fromPlace": f"{ends[0].lat},{ends[0].lon}",
        "toPlace": f"{ends[1].lat},{ends[1].lon}",
        "time": moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "arriveBy": str(arrive_by).lower(),
        **wanted.query(),
    }
    document = engine.answer("/api/v4/plan", query=query)
    try:
        found = [*document.get("direct", []), *document["itineraries"]]
        read = [_trip(one["legs"], ends, moment.tzinfo) for one in found]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise engine.failure(tr("answers no journey that can be read")) from error
    for trip in read:
        engine.require_sound(check_journey([leg_document(leg) for leg in trip.legs]))
    return read


def _trip(
    found: Sequence[Mapping[str, Any]], ends: tuple[Waypoint, Waypoint], zone: dt.tzinfo | None
) -> Trip:
    legs: list[Leg] = []
    rides: list[Ride] = []
    for i, part in enumerate(found):
        origin = ends[0].name if i == 0 else str(part["from"]["name"])
        destination = ends[1].name if i == len(found) - 1 else str(part["to"]["name"])
        depart, arrive = (
            dt.datetime.fromisoformat(part[key]).astimezone(zone)
            for key in ("startTime", "endTime")
        )
        if part["mode"] == "WALK":
            points = [_point(part["from"]), _point(part["to"])]
            if i == 0:
                points[0] = ends[0].point
            if i == len(found) - 1:
                points[1] = ends[1].point
            legs.append(_walk(part, (origin, destination), (depart, arrive), points))
        else:
            rides.append(_ride(part, depart, arrive))
            legs.append(ride_leg(rides[-1]))
    return Trip(tuple(legs), tuple(rides))


def _walk(
    part: Mapping[str, Any],
    names: tuple[str, str],
    times: tuple[dt.datetime, dt.datetime],
    points: Sequence[Point],
) -> Leg:
    drawn = part.get("legGeometry") or {}
    line = decoded(drawn.get("points", ""), int(drawn.get("precision", 6)))
    whole = door_to_door(points[0], line, points[1]) if line else None
    straight_m = distance_m(points[0], points[1])
    return Leg(
        origin=names[0],
        destination=names[1],
        depart=times[0],
        arrive=times[1],
        distance_m=length_m(whole) if whole else max(float(part.get("distance", 0)), straight_m),
        duration_s=elapsed_s(*times),
        source=Grade.STREETS if whole else Grade.ESTIMATE,
        snap_m=distance_m(points[0], line[0]) + distance_m(line[-1], points[1]) if line else 0.0,
        geometry=whole,
    )


def _ride(part: Mapping[str, Any], depart: dt.datetime, arrive: dt.datetime) -> Ride:
    trip = str(part.get("tripId", ""))
    return Ride(
        feed="motis",
        agency=str(part.get("agencyName", "")),
        line=str(part.get("routeShortName") or part.get("displayName") or part["mode"]),
        line_name=str(part.get("routeLongName", "")),
        kind=int(part.get("routeType", _KINDS.get(part["mode"], 2))),
        colour=str(part.get("routeColor", "")),
        text_colour=str(part.get("routeTextColor", "")),
        headsign=str(part.get("headsign", "")),
        trip_ids=(trip,),
        trip_name=str(part.get("tripShortName", "")),
        origin=_place(part["from"]),
        destination=_place(part["to"]),
        depart=depart,
        arrive=arrive,
        every_s=0,
        on_request=part["mode"] in ("ODM", "FLEX"),
        passed=len(part.get("intermediateStops", [])),
        wheelchair=_UNKNOWN,
    )


def _place(stop: Mapping[str, Any]) -> Place:
    track = stop.get("track") or stop.get("scheduledTrack") or ""
    return Place(-1, str(stop.get("stopId", "")), str(stop["name"]), str(track), _UNKNOWN)


def _point(stop: Mapping[str, Any]) -> Point:
    return Point(float(stop["lon"]), float(stop["lat"]))
