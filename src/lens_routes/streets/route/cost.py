"""What a metre of each kind of street costs a walker, and how long it takes.

A walk is chosen by its perceived cost: metres times a factor of the kind of street. Its distance
stays the true length. The factors are modest, so that nobody is sent on a long detour: a walker
accepts 13 m of quiet street instead of 10 m along a primary road, and no more.

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
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

#: A length, or an array of lengths.
Lengths = TypeVar("Lengths", float, "npt.NDArray[np.float64]")

STEPS = "steps"
#: What a leg reports as metres along main roads.
MAIN_ROADS = frozenset(
    {"trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link"}
)
#: Walking steps takes this many times as long as the same length on the flat.
STEPS_TIME_FACTOR = 2.0


@dataclass(frozen=True, slots=True)
class CostModel:
    """Perceived cost of a metre, by OSM ``highway`` value; ``other`` for kinds not listed."""

    name: str
    factors: Mapping[str, float] = field(default_factory=dict)
    other: float = 1.0

    def factor(self, kind: str) -> float:
        """Return the perceived cost of a metre of a kind of street."""
        return self.factors.get(kind, self.other)


#: The shortest way, whatever it runs along.
LENGTH = CostModel("length")

#: What a visitor on foot would choose.
WALKER = CostModel(
    "walker",
    {
        "footway": 1.0,
        "pedestrian": 1.0,
        "living_street": 1.0,
        "residential": 1.0,
        "path": 1.0,
        "cycleway": 1.05,
        "track": 1.05,
        "bridleway": 1.1,
        "service": 1.05,
        "unclassified": 1.05,
        "tertiary": 1.1,
        "tertiary_link": 1.1,
        "secondary": 1.2,
        "secondary_link": 1.2,
        "primary": 1.3,
        "primary_link": 1.3,
        "trunk": 1.5,
        "trunk_link": 1.5,
        STEPS: STEPS_TIME_FACTOR,
    },
    other=1.05,
)


def walking_s(distance_m: Lengths, steps_m: Lengths, speed_kmh: float) -> Lengths:
    """Return the seconds a walk takes, or many walks at once.

    Parameters
    ----------
    distance_m
        Length of the walk, steps included, metres.
    steps_m
        Metres of it on steps.
    speed_kmh
        Speed on the flat, kilometres an hour.
    """
    return (distance_m + (STEPS_TIME_FACTOR - 1.0) * steps_m) / (speed_kmh / 3.6)
