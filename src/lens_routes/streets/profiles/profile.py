"""What a profile says: where one may go, how fast by kind and surface, and what is pleasant."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.streets.network.permit import Permit


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


@dataclass(frozen=True, slots=True)
class Profile:
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
    kinds_kmh: Mapping[str, float] = field(default_factory=dict)
    other_kmh: float = 0.0
    surfaces_kmh: Mapping[str, float] = field(default_factory=dict)
    smoothness: Mapping[str, float] = field(default_factory=dict)
    push_kmh: float = 0.0
    limits_share: float = 0.0
    likes: Mapping[str, float] = field(default_factory=dict)
    other_like: float = 1.0
    shuns: Mapping[str, float] = field(default_factory=dict)
    green: frozenset[str] = frozenset()
    main_roads: frozenset[str] = frozenset()
    climb: float = 0.0
    fall: float = 0.0
