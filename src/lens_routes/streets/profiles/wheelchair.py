"""A person in a wheelchair, or with a pushchair: steps and kerbs block, slopes cost.

Sources
-------
AccessMap: 0.8 m/s (2.9 km/h) in a wheelchair moved by hand. Order of 15 January 2007 (France) on
public ways: 5 % is the steepest slope of a pavement, kerbs are lowered to 2 cm. Surfaces by how
they roll; what the map does not say is not known, and is counted as that. At 5 % one moves at half
the speed, uphill by one's arms; downhill one brakes.
"""

from __future__ import annotations

import dataclasses

from lens_routes.streets.network.permit import Permit
from lens_routes.streets.profiles.foot import FOOT

#: 0.8 m/s.
SPEED_KMH = 2.9

WHEELCHAIR = dataclasses.replace(
    FOOT,
    name="wheelchair",
    permit=Permit.WHEELCHAIR,
    uses=Permit.WHEELCHAIR,
    speed_kmh=SPEED_KMH,
    kinds_kmh={},
    other_kmh=SPEED_KMH,
    surfaces_kmh={
        **dict.fromkeys(("sett", "cobblestone", "unhewn_cobblestone"), 1.5),
        **dict.fromkeys(("gravel", "pebblestone", "grass", "dirt", "earth", "ground"), 1.2),
        **dict.fromkeys(("sand", "mud"), 0.6),
        **dict.fromkeys(("unpaved", "fine_gravel", "grass_paver", "wood"), 2.0),
        "grade3": 1.5,
        "grade4": 1.0,
        "grade5": 0.6,
    },
    smoothness={"bad": 0.7},
    climb=20.0,
    fall=5.0,
)
