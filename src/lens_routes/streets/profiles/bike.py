"""A person on a bicycle: the touring cyclist, one on a road bicycle, one with a motor's help.

Sources
-------
GraphHopper, ``BikeCommonAverageSpeedParser``: km/h by kind of way and by surface, of which the
lower counts, times a factor of the smoothness; 4 km/h where one pushes, 2 on steps.

Valhalla, ``bicyclecost``: 18 km/h on a hybrid bicycle on the flat, 25 on a road bicycle; how much
slower and faster by grade.

BRouter, ``trekking.brf``: what a metre costs by kind, with and without a word about bicycles. A
primary road without one costs three times a quiet street, steps forty times. Its touring cyclist
(90 kg, 100 W) makes 9.7 km/h up 3 %, 6.7 up 5 %, 4.5 up 8 % and 3.7 up 10 %: a metre up takes as
long as 35 on the flat, within a tenth of each. Downhill a metre saves what GraphHopper gives, a
tenth of the time at 4 %. A motor of 200 W beside the legs leaves a third of the climb.
"""

from __future__ import annotations

from lens_routes.streets.network.classes import FERRY
from lens_routes.streets.network.permit import USES, Permit
from lens_routes.streets.profiles.kinds import GREEN, MAIN_ROADS, STEPS, with_links
from lens_routes.streets.profiles.profile import Profile

#: Kinds on which people walk too, or that are rough: km/h.
_SHARED_KMH = {
    "living_street": 12.0,
    "track": 12.0,
    "path": 10.0,
    "footway": 6.0,
    "pedestrian": 6.0,
    "bridleway": 6.0,
    "service": 16.0,
}
_SURFACES_KMH = {
    **dict.fromkeys(("paving_stones", "concrete:lanes", "concrete:plates"), 16.0),
    **dict.fromkeys(("compacted", "fine_gravel", "pebblestone", "metal", "hard"), 14.0),
    **dict.fromkeys(("unpaved", "gravel", "sett", "grass_paver"), 12.0),
    **dict.fromkeys(("dirt", "earth", "ground", "mud", "cobblestone:flattened"), 10.0),
    **dict.fromkeys(("cobblestone", "unhewn_cobblestone", "grass", "wood"), 8.0),
    **dict.fromkeys(("rock", "woodchips", "clay", "snow", "ice"), 8.0),
    **dict.fromkeys(("sand", "salt"), 4.0),
    "grade1": 18.0,
    "grade2": 14.0,
    "grade3": 12.0,
    "grade4": 10.0,
    "grade5": 4.0,
}
_LIKES = with_links(
    {
        "cycleway": 0.8,
        "path": 1.0,
        "track": 1.0,
        "footway": 1.1,
        "pedestrian": 1.1,
        "living_street": 1.0,
        "residential": 1.0,
        "service": 1.15,
        "unclassified": 1.1,
        "tertiary": 1.25,
        "secondary": 1.6,
        "primary": 2.5,
        "trunk": 6.0,
        "motorway": 20.0,
        STEPS: 4.0,
        FERRY: 1.0,
    }
)

BIKE = Profile(
    name="bike",
    mode="bike",
    permit=Permit.BIKE,
    uses=USES[Permit.BIKE],
    speed_kmh=18.0,
    kinds_kmh=_SHARED_KMH,
    other_kmh=18.0,
    surfaces_kmh=_SURFACES_KMH,
    smoothness={
        "excellent": 1.1,
        "intermediate": 0.9,
        "bad": 0.7,
        "very_bad": 0.4,
        "horrible": 0.3,
        "very_horrible": 0.2,
    },
    push_kmh=4.0,
    likes=_LIKES,
    other_like=1.2,
    shuns={
        "bicycle=use_sidepath": 3.0,
        "service=parking_aisle": 1.5,
        "service=driveway": 1.5,
        "access=customers": 2.0,
    },
    green=GREEN,
    main_roads=MAIN_ROADS,
    climb=35.0,
    fall=-2.5,
)
ROAD_BIKE = BIKE._replace(
    name="road",
    speed_kmh=25.0,
    kinds_kmh={**_SHARED_KMH, "service": 20.0, "track": 8.0, "path": 8.0},
    other_kmh=25.0,
    surfaces_kmh={surface: kmh if kmh >= 16 else kmh / 2 for surface, kmh in _SURFACES_KMH.items()},
)
E_BIKE = BIKE._replace(name="e-bike", speed_kmh=22.0, other_kmh=22.0, climb=12.0)
