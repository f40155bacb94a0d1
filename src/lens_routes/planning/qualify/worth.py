"""What a visit is worth: the figures by which places are weighed against each other.

One is the worth of a pleasant quarter of an hour; what an hour on the way costs is in
`lens_routes.tour.problem.Prices`. Two small things never outweigh a great one: each step of
interest is worth more than two of the step below.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lens_routes.catalogue.place import Place

#: A visit of the preferred length, by interest: from nothing, in passing, to worth the journey.
BASE = (0.0, 0.3, 1.0, 2.5, 6.0, 14.0)
#: The interest of what people come from afar for: see `Candidate.flagship`.
FLAGSHIP = 5
#: A place of another theme than those asked for fills a day only: it counts for half, and as if
#: it were of this interest at most.
OFF_THEME, OFF_THEME_INTEREST = 0.5, 3
#: What is seen in passing, for each step of interest, at least and at most: eight minutes of
#: detour on foot, and ten. A thing seen in so few minutes, a statue in a square, is no more.
IN_PASSING, LEAST_IN_PASSING, MOST_IN_PASSING, BRIEF_MINUTES = 0.1, 0.2, 0.25, 10
#: What a place is worth that may be closed: nobody knows its hours.
UNSURE = 0.5
#: From this interest on even the outside of a place is worth going to.
WORTH_A_DETOUR = 4


def matches(place: Place, themes: Collection[str]) -> bool:
    """Return whether a place bears one of the themes asked for: any does where none was."""
    return not themes or not set(themes).isdisjoint(place.themes)


def in_passing(place: Place) -> bool:
    """Return whether a place is looked at from the street, by whoever comes past.

    Nothing tells when one is let in, and its outside is a sight, but no great one.
    """
    return place.seen_from_outside and not place.opening_hours and place.interest < WORTH_A_DETOUR


def is_brief(place: Place) -> bool:
    """Return whether a place is a thing seen in a few minutes: a statue in a square."""
    return place.visit_minutes <= BRIEF_MINUTES and place.interest < WORTH_A_DETOUR


def is_flagship(place: Place) -> bool:
    """Return whether people come from afar for a place."""
    return place.interest >= FLAGSHIP


def worth(
    place: Place, likes: Mapping[str, float], factor: float = 1.0, *, off_theme: bool = False
) -> float:
    """Return what a visit of the preferred length is worth.

    *likes* weigh themes and kinds: a place of two of them counts for the product; *factor* is
    what the occasion makes of it.
    """
    interest = min(place.interest, OFF_THEME_INTEREST) if off_theme else place.interest
    base = BASE[interest]
    if in_passing(place) or is_brief(place):
        base = min(base, max(LEAST_IN_PASSING, IN_PASSING * interest), MOST_IN_PASSING)
    weight = factor * math.prod(likes.get(name, 1.0) for name in (place.kind, *place.themes))
    return round(base * weight * (OFF_THEME if off_theme else 1.0), 4)


def hurried_worth(worth: float, minutes: int, preferred_minutes: int) -> float:
    """Return what a visit shorter than preferred is worth.

    The square root of the share of time kept: half the time gives seven tenths of the visit,
    because people see first what they came for.
    """
    return round(worth * math.sqrt(minutes / preferred_minutes), 4)
