"""A place that is near a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from lens_routes.plan.grade import Grade

if TYPE_CHECKING:
    from lens_routes.plan.values import Degrees, Key, Tenths


class Near(NamedTuple):
    """A place within a walk, and whether it is ``open``, ``closed`` or ``unknown`` when asked."""

    place: str
    name: str
    distance_m: Tenths
    duration_s: int
    source: Grade
    opening: str
    kind: str
    commune: str
    themes: tuple[str, ...]
    lon: Degrees
    lat: Degrees
    theme_names: Annotated[tuple[str, ...], Key(before="lon")] = ()
