"""Look at the visits of a day one by one: which are no sights, out of the way, or cut short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import ROUNDING_S, seconds_between
from lens_routes.judge.stops import SERVICES
from lens_routes.judge.worth import in_passing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.judge.asked import Asked

#: What is only seen in passing is worth so long a detour.
MOST_ASIDE_S = 15 * 60


@dataclass(frozen=True, slots=True)
class Visits:
    """What is looked at of the visits of a day.

    ``services`` are no sights, ``unasked`` are open by appointment only, ``aside`` are seen from
    outside only, and how many seconds out of the way; ``cut`` are flagships shorter than preferred
    in a day that has lesser visits; ``matching`` tells whether any visit
    bears a theme asked for, ``greatest`` is the greatest interest of any, ``family`` tells whether
    one is made for families, or nobody has children along.
    """

    count: int
    services: Sequence[Place]
    unasked: Sequence[Place]
    aside: Mapping[Place, float]
    cut: Sequence[Place]
    matching: bool
    greatest: int
    family: bool


def visits_of(
    day: Mapping[str, Any], asked: Asked, has: Sequence[Place], added_s: Mapping[str, float]
) -> Visits:
    """Return what there is to say of a day's visits.

    Parameters
    ----------
    has
        The flagships among them.
    added_s
        How many seconds on foot each adds to the day.
    """
    visits = [stop for stop in day["stops"] if stop["kind"] == "visit"]
    places = [asked.places[stop["place"]] for stop in visits]
    unnamed = [place for place in places if place.id not in asked.named]
    lasts = {s["place"]: seconds_between(s["begin"], s["leave"]) for s in visits}
    lesser = any(place not in has for place in unnamed)
    return Visits(
        count=len(visits),
        services=[place for place in unnamed if place.kind in SERVICES],
        unasked=[place for place in unnamed if place.by_appointment],
        aside={
            place: added_s[place.id]
            for place in unnamed
            if in_passing(place) and added_s.get(place.id, 0.0) > MOST_ASIDE_S
        },
        cut=[place for place in has if lesser and lasts[place.id] < _preferred_s(place, asked)],
        greatest=max((place.interest for place in places), default=0),
        family="children" not in asked.company or any("family" in p.themes for p in places),
        matching=not asked.themes or any(asked.themes & set(place.themes) for place in places),
    )


def _preferred_s(place: Place, asked: Asked) -> float:
    return 60 * asked.visit_minutes.get(place.id, place.visit_minutes) - ROUNDING_S
