"""A person on foot.

A walk is chosen by its perceived cost: time by a factor of the kind of street. The factors are
modest, so that nobody is sent on a long detour: a walker accepts 13 m of quiet street instead of
10 m along a primary road, and no more.

Sources
-------
GraphHopper, ``FootPriorityParser`` and ``PriorityCode``: a road tagged primary, secondary or
tertiary without a known pavement has priority 0.8, any other road 1.0; a footway, path, track,
residential or living street 1.2. A weight is divided by the priority, so a main road costs
1.25 times a neutral road and 1.5 times a quiet one. We keep within that, and grade it by class,
since in French towns primary and secondary roads have pavements that the map rarely mentions.

OSRM, ``profiles/foot.lua``: every kind is walked at the same speed, 5 km/h; kinds differ in what
walkers like, not in how fast they are. So time depends on the length and on steps alone.

Valhalla, ``pedestriancost.cc``: footways and pavements are neutral, alleys (2) and driveways (5)
are avoided. ``service`` covers both, and delivery yards, so it costs slightly more here.

Steps take twice their length: J. J. Fruin, *Pedestrian Planning and Design* (1971), observed 0.49
to 0.67 m/s upstairs and 0.60 to 1.01 m/s downstairs by age and sex, as quoted by PD 7974-6, against
1.35 m/s on the flat: factors of about 2.3 and 1.7. Which way steps rise is rarely on the map, so
both directions take the mean.

A metre up is worth eight on the flat: W. W. Naismith's rule of 1892 (an hour for 2000 feet of
climb, another for three miles) as P. Scarf fitted it on hill races, 1 : 7.92 (*Route choice in
mountain navigation, Naismith's rule, and the equivalence of distance and climb*, J. Sports Sci. 25
(2007), 719). Downhill takes as long as the flat: gentle slopes save what steep ones cost.
"""

from __future__ import annotations

from lens_routes.streets.network.classes import FERRY
from lens_routes.streets.network.permit import Permit
from lens_routes.streets.profiles.kinds import GREEN, MAIN_ROADS, STEPS, with_links
from lens_routes.streets.profiles.profile import Profile

#: km/h on the flat.
SPEED_KMH = 4.5
#: Walking steps takes this many times as long as the same length on the flat.
STEPS_TIME_FACTOR = 2.0

FOOT = Profile(
    name="foot",
    mode="foot",
    permit=Permit.FOOT,
    uses=Permit.FOOT,
    speed_kmh=SPEED_KMH,
    kinds_kmh={STEPS: SPEED_KMH / STEPS_TIME_FACTOR},
    other_kmh=SPEED_KMH,
    likes=with_links(
        {
            "footway": 1.0,
            "pedestrian": 1.0,
            "living_street": 1.0,
            "residential": 1.0,
            "path": 1.0,
            STEPS: 1.0,
            "platform": 1.0,
            "pier": 1.0,
            FERRY: 1.0,
            "cycleway": 1.05,
            "track": 1.05,
            "bridleway": 1.1,
            "service": 1.05,
            "unclassified": 1.05,
            "tertiary": 1.1,
            "secondary": 1.2,
            "primary": 1.3,
            "trunk": 1.5,
            "motorway": 2.0,
        }
    ),
    other_like=1.05,
    # Where a pavement is mapped beside a street, nobody walks in the street.
    shuns={"sidewalk=separate": 3.0},
    green=GREEN,
    main_roads=MAIN_ROADS,
    climb=8.0,
)
