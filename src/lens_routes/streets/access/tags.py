"""Which tags of a way are kept, and what a source must offer to have them read."""

from __future__ import annotations

from typing import Protocol

#: A way with none of these keys is none.
WAY_KEYS = ("highway", "man_made", "public_transport", "railway", "route")
#: The filter, Overpass QL, by which a server is asked for streets and paths.
OVERPASS = '["highway"]'
#: What else one moves along, by key.
ALSO = {
    "route": "ferry",
    "railway": "platform",
    "public_transport": "platform",
    "man_made": "pier",
}
#: The tags that decide who may go a way, how fast, and how pleasant that is.
KEPT = frozenset(
    {
        "highway", "route", "railway", "public_transport", "man_made", "junction", "area",
        "service", "footway", "cycleway", "busway", "access", "foot", "bicycle",
        "vehicle", "motor_vehicle", "motorcar", "wheelchair", "motorroad", "oneway",
        "oneway:foot", "oneway:bicycle", "oneway:vehicle", "oneway:motor_vehicle",
        "oneway:motorcar", "foot:forward", "foot:backward", "bicycle:forward",
        "bicycle:backward", "motor_vehicle:forward", "motor_vehicle:backward",
        "vehicle:forward", "vehicle:backward", "cycleway:left", "cycleway:right",
        "cycleway:both", "cycleway:left:oneway", "cycleway:right:oneway",
        "cycleway:both:oneway", "gate", "access:conditional",
        "foot:conditional", "bicycle:conditional",
        "vehicle:conditional", "motor_vehicle:conditional", "motorcar:conditional",
        "wheelchair:conditional", "oneway:conditional", "oneway:foot:conditional",
        "oneway:bicycle:conditional", "opening_hours", "conveying",
        "ramp:wheelchair", "ramp:bicycle", "ramp", "duration", "speed_kmh", "ford", "sidewalk",
        "sidewalk:both", "sidewalk:left", "sidewalk:right", "segregated", "surface",
        "smoothness", "tracktype", "width", "incline", "kerb", "lit", "bridge", "tunnel",
        "covered", "indoor", "maxspeed", "lanes", "lts", "sac_scale",
        "via_ferrata_scale", "mtb:scale", "trail_visibility",
    }
)  # fmt: skip
#: A tag that says something about one direction or one side: such ways are not turned round.
DIRECTED = frozenset(
    key
    for key in KEPT
    if key.endswith((":forward", ":backward", ":left", ":right"))
    or key.startswith("oneway")
    or (key.startswith("cycleway:") and key.endswith(":oneway"))
    or key in ("incline", "conveying")
)


class Tags(Protocol):
    """The tags of a way: a dict, or osmium's tag list."""

    def get(self, key: str, /) -> str | None:
        """Return the value of *key*, None when the way has no such tag."""
