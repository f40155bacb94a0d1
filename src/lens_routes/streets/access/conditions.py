"""What the tags of a way say at a given hour: conditional restrictions, and opening hours.

https://wiki.openstreetmap.org/wiki/Conditional_restrictions: ``access:conditional=yes @ (Mo-Fr)``
replaces the value of ``access`` while its condition holds; of several that hold, the last counts.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.streets.access.hierarchy import KEYS as ACCESS_KEYS
from lens_routes.streets.access.tags import WAY_KEYS
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.geo import Point
    from lens_routes.streets.network.permit import Permit

    Tags = Mapping[str, str]
    #: Whether hours, in the syntax of OpenStreetMap, hold at some moment; None if nobody can say.
    Holds = Callable[[str], bool | None]

SUFFIX = ":conditional"
HOURS = "opening_hours"
#: A value and its condition, which stands in brackets when it holds a semicolon.
_CLAUSE = expression(r"([^@;]+)@\s*(\([^)]*\)|[^;]*)")


def conditions(tags: Tags, traveller: Permit | None = None) -> list[str]:
    """Return the hours a way depends on, as the map writes them; only a *traveller*'s if given."""
    keys = [key for key in tags if key.endswith(SUFFIX) or key == HOURS]
    if keys and traveller is not None:
        own = {HOURS, *(key + SUFFIX for key in ACCESS_KEYS.get(traveller, ("foot", "access")))}
        keys = [key for key in keys if key in own]
    return [tags[key] for key in sorted(keys)]


def variants(tags: Tags) -> Iterator[dict[str, str]]:
    """Yield the tags as they may be at some hour: without conditions, and with each of them."""
    if not any(key.endswith(SUFFIX) for key in tags):
        yield dict(tags)
        return
    plain = {key: value for key, value in tags.items() if not key.endswith(SUFFIX)}
    yield plain
    for key, value in tags.items():
        if key.endswith(SUFFIX):
            for replacement, _ in _clauses(value):
                yield {**plain, key.removesuffix(SUFFIX): replacement}


def at_hour(tags: Tags, holds: Holds) -> dict[str, str]:
    """Return the tags as they are when *holds* says which hours hold; what is unclear does not."""
    plain = {key: value for key, value in tags.items() if not key.endswith(SUFFIX)}
    for key, value in tags.items():
        if key.endswith(SUFFIX):
            for replacement, condition in _clauses(value):
                if holds(condition):
                    plain[key.removesuffix(SUFFIX)] = replacement
    if HOURS in plain and holds(plain[HOURS]) is False:
        return {key: plain[key] for key in WAY_KEYS if key in plain} | {"access": "no"}
    return plain


def holding(moment: dt.datetime, place: Point) -> Holds:
    """Return what says whether hours hold at an aware moment, where its own clock is kept.

    The sun of *place* counts where the clock is a zone's.
    """
    from lens_routes.catalogue.hours import HoursContext, Opening, parse  # noqa: PLC0415  # slow

    wall = moment.replace(tzinfo=None)
    zone = getattr(moment.tzinfo, "key", None)
    context = HoursContext(timezone=zone or "UTC", coordinates=place if zone else None)
    begin = wall.replace(tzinfo=context.zone)
    end = begin + dt.timedelta(minutes=1)

    def holds(value: str) -> bool | None:
        try:
            state = parse(value, context).spans(begin, end)[0].state
        except BadInputError:
            return None  # a weight, a width, a weather: nothing that a clock tells
        return None if state is Opening.UNKNOWN else state is Opening.OPEN

    return holds


def _clauses(value: str) -> Iterator[tuple[str, str]]:
    for found in _CLAUSE.finditer(value):
        yield found[1].strip(), found[2].strip().removeprefix("(").removesuffix(")").strip()
