"""A ride of a plan as lines of the printed itinerary."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from rich.text import Text

from lens_routes import wording as words

if TYPE_CHECKING:
    from lens_routes.plan import Leg

_KINDS = {0: "tram", 1: "metro", 2: "train", 3: "bus", 4: "ferry", 5: "cable tram", 6: "cable car",
          7: "funicular", 11: "trolleybus", 12: "monorail"}  # fmt: skip
#: The hundreds of the extended route types.
_HUNDREDS = {1: "train", 2: "coach", 4: "metro", 7: "bus", 8: "trolleybus", 9: "tram", 10: "ferry",
             12: "ferry", 13: "cable car", 14: "funicular", 15: "taxi"}  # fmt: skip


def kind_of(route_type: int) -> str:
    """Return what runs on a line, from GTFS's ``route_type``, basic or extended."""
    return _KINDS.get(route_type) or _HUNDREDS.get(route_type // 100, "vehicle")


def ride_lines(part: Leg) -> list[Text]:
    """Return a ride in lines: what to take, from where to where, and what else runs that day."""
    (ride,) = part.rides
    line = Text("")
    if ride.get("route_type") is not None:
        line.append(f"{kind_of(ride['route_type'])} ")
    line.append(ride["line"], f"bold #{ride['colour']}" if ride.get("colour") else "bold")
    if headsign := ride.get("headsign"):
        line.append(f" {headsign}" if headsign.isdigit() else f" towards {headsign}")
    line.append(f", {words.between(part.depart, part.arrive)}")
    origin, destination = (
        _stop(ride[f"{end}_stop"], ride.get(f"{end}_platform")) for end in ("from", "to")
    )
    route = Text(f"{origin} {words.clock(part.depart)} to {destination} {words.clock(part.arrive)}")
    others = [
        f"{which} at {words.clock(dt.datetime.fromisoformat(other['depart']))}"
        for which in ("next", "last")
        if (other := ride.get(which)) and other["depart"] != ride["depart"]
    ]
    notes = [Text(", ".join(others), "dim")] if others else [Text("the last of the day", "dim")]
    return [line, route, *notes]


def _stop(name: str, platform: Any) -> str:
    return f"{name} (platform {platform})" if platform else name
