"""A person in a car: free flow, by the class of road or its limit; parking is counted elsewhere.

Sources
-------
GraphHopper, ``CarAverageSpeedParser``: km/h by kind where the map names no limit, and a share of
the limit where it does. It takes nine tenths; three quarters come nearer to Valhalla's times on
the pairs of docs/moving.md. Limits of France: 130 on motorways, 80 or 90 outside towns, 50 inside.
"""

from __future__ import annotations

from lens_routes.streets.network.classes import FERRY
from lens_routes.streets.network.permit import Permit
from lens_routes.streets.profiles.kinds import MAIN_ROADS, with_links
from lens_routes.streets.profiles.profile import Profile

CAR = Profile(
    name="car",
    mode="car",
    permit=Permit.CAR,
    uses=Permit.CAR,
    speed_kmh=100.0,
    kinds_kmh=with_links(
        {
            "motorway": 110.0,
            "motorway_link": 60.0,
            "trunk": 80.0,
            "trunk_link": 50.0,
            "primary": 50.0,
            "secondary": 42.0,
            "tertiary": 36.0,
            "unclassified": 32.0,
            "residential": 20.0,
            "living_street": 8.0,
            "service": 10.0,
            "pedestrian": 6.0,
            "road": 20.0,
            "track": 12.0,
        }
    ),
    other_kmh=10.0,
    surfaces_kmh={
        **dict.fromkeys(("unpaved", "gravel", "compacted", "fine_gravel", "sett"), 30.0),
        **dict.fromkeys(("dirt", "earth", "ground", "grass", "cobblestone"), 15.0),
        **dict.fromkeys(("sand", "mud"), 8.0),
    },
    limits_share=0.75,
    likes={"track": 2.0, "service": 1.1, "living_street": 1.2, FERRY: 1.0},
    # Who only passes through has no destination there, and goes round; who has one gets to it.
    shuns={
        "access=destination": 20.0,
        "vehicle=destination": 20.0,
        "motor_vehicle=destination": 20.0,
        "access=customers": 20.0,
        "service=parking_aisle": 1.5,
        "service=driveway": 1.5,
    },
    main_roads=MAIN_ROADS,
)
