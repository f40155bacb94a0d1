"""A person in a wheelchair, or with a pushchair: steps and kerbs block, slopes cost.

Both keep to the same ways. What the map does not say is not known: such ways are taken, at a price,
and counted apart from those that are known to be passable, by their tags.

Sources
-------
AccessMap: 0.8 m/s (2.9 km/h) in a wheelchair moved by hand, on whatever ground. Order of 15 January
2007 (France) on public ways: 5 % is the steepest slope of a pavement, 12 % that of half a metre,
kerbs are lowered to 2 cm. At 5 % one moves at half the speed, uphill by one's arms; downhill one
brakes. With a pushchair one walks as with small children, and pushes half as much again uphill.
Rough ground is gone round where that is not much longer, as it rolls.
"""

from __future__ import annotations

from lens_routes.streets.network.permit import Permit
from lens_routes.streets.profiles.foot import FOOT

#: 0.8 m/s; with a pushchair the pace of small children.
SPEED_KMH, PUSHCHAIR_KMH = 2.9, 3.5
_SMOOTH = """
    asphalt chipseal concrete concrete:lanes concrete:plates paved paving_stones bricks tiles metal
    rubber tartan wood
"""
_ROUGH = {
    2.0: "sett cobblestone cobblestone:flattened gravel pebblestone grass dirt earth ground",
    3.0: "unhewn_cobblestone rock woodchips snow ice",
    5.0: "sand mud",
    1.4: "unpaved fine_gravel grass_paver",
}

WHEELCHAIR = FOOT._replace(
    name="wheelchair",
    permit=Permit.WHEELCHAIR,
    uses=Permit.WHEELCHAIR,
    speed_kmh=SPEED_KMH,
    kinds_kmh={},
    other_kmh=SPEED_KMH,
    shuns={
        **FOOT.shuns,
        **{f"surface={word}": price for price, words in _ROUGH.items() for word in words.split()},
        "tracktype=grade3": 2.0,
        "tracktype=grade4": 3.0,
        "tracktype=grade5": 5.0,
        "smoothness=bad": 1.5,
    },
    certain=frozenset({"wheelchair=yes", "wheelchair=designated"}),
    smooth=frozenset(
        {
            *(f"smoothness={word}" for word in ("excellent", "good", "intermediate")),
            *(f"surface={word}" for word in _SMOOTH.split()),
        }
    ),
    doubt=1.2,
    climb=20.0,
    fall=5.0,
)
PUSHCHAIR = WHEELCHAIR._replace(
    name="pushchair",
    speed_kmh=PUSHCHAIR_KMH,
    other_kmh=PUSHCHAIR_KMH,
    climb=12.0,
    fall=0.0,
)
