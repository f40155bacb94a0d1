"""A place that is near a point."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lens_routes.plan.grade import Grade

if TYPE_CHECKING:
    from lens_routes.plan.values import Degrees, Tenths


@dataclass(frozen=True, slots=True)
class Near:
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
    theme_names: tuple[str, ...] = field(default=(), kw_only=True)
    lon: Degrees
    lat: Degrees
