"""What a profile says: where one may go, how fast by kind and surface, and what is pleasant."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.streets.access.rolling import incline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.streets.network.permit import Permit


#: Steeper than this, as a rise per metre, no pavement may be (order of 15 January 2007, France).
EASY = 0.05


class Wish(StrEnum):
    """What a way is chosen for."""

    #: What most who move so would choose.
    USUAL = "usual"
    #: Far from traffic, though it be longer.
    CALM = "calm"
    #: The quickest.
    DIRECT = "direct"
    #: Paths and parks before streets.
    GREEN = "green"
    #: The fewest metres, whatever they run along.
    SHORTEST = "shortest"


_NONE: Mapping[str, float] = {}


class Profile(NamedTuple):
    """One kind of traveller, as data.

    Attributes
    ----------
    name
        What people type.
    mode
        ``foot``, ``bike`` or ``car``: what the vehicle is, and how a leg of it is drawn.
    permit, uses
        The bit that gives the right of way, and those that let one get on at all (a cyclist may
        push).
    speed_kmh
        On the flat, on the best way, kilometres an hour; other speeds are kept in proportion when
        a traveller names another.
    kinds_kmh, other_kmh
        Speeds by the kind of way; ``other_kmh`` for a kind not listed.
    surfaces_kmh
        No faster than this on a ``surface`` (or a ``tracktype``, as ``grade3``).
    smoothness
        What the speed is multiplied by, by ``smoothness``.
    push_kmh
        Speed where one may only push; 0 for those who need not.
    limits_share
        Share of ``maxspeed`` that is reached; 0 for those whom limits do not concern.
    likes, other_like
        Price of a second by the kind of way: 1 is neutral, more is unpleasant.
    shuns
        What the price is multiplied by on ways with a tag, written ``key=value``.
    certain, smooth, doubt
        For those who roll: tags, written ``key=value``, that say one can; those that say so of a
        way that is not steep, and has nothing one shuns; what the price is multiplied by where no
        tag says so.
    green
        Kinds that lead through parks and fields.
    main_roads
        Kinds a leg reports as main roads.
    climb, fall
        What a metre up, and a metre down, takes besides, in metres on the flat. They add up, so
        that arcs, legs and days agree, and the best way there is the best way back.
    """

    name: str
    mode: str
    permit: Permit
    uses: Permit
    speed_kmh: float
    kinds_kmh: Mapping[str, float] = _NONE
    other_kmh: float = 0.0
    surfaces_kmh: Mapping[str, float] = _NONE
    smoothness: Mapping[str, float] = _NONE
    push_kmh: float = 0.0
    limits_share: float = 0.0
    likes: Mapping[str, float] = _NONE
    other_like: float = 1.0
    shuns: Mapping[str, float] = _NONE
    certain: frozenset[str] = frozenset()
    smooth: frozenset[str] = frozenset()
    doubt: float = 1.0
    green: frozenset[str] = frozenset()
    main_roads: frozenset[str] = frozenset()
    climb: float = 0.0
    fall: float = 0.0

    @property
    def rolls(self) -> bool:
        """Whether it takes no steps, and wants to know where it can pass."""
        return bool(self.certain)

    def shunned(self, tags: Mapping[str, str]) -> float:
        """Return what the price of a way with some tags is multiplied by."""
        return math.prod(f for tag, f in self.shuns.items() if _bears(tags, tag))

    def is_sure(self, tags: Mapping[str, str]) -> bool:
        """Tell whether a way with some tags is known to be one to roll along."""
        if any(_bears(tags, tag) for tag in self.certain):
            return True
        smooth = any(_bears(tags, tag) for tag in self.smooth)
        return smooth and self.shunned(tags) == 1.0 and incline(tags) <= EASY


def _bears(tags: Mapping[str, str], tag: str) -> bool:
    key, _, value = tag.partition("=")
    return tags.get(key) == value
