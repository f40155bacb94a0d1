"""How far what is known of a way can be trusted."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.text.language import Said


class Grade(StrEnum):
    """How far a way can be trusted."""

    STREETS = "streets"  # traced through the street network, with directions
    TABLE = "table"  # a street distance computed earlier, no trace
    ESTIMATE = "estimate"  # great circle times a fitted detour factor


def told(grade: Grade) -> Said:
    """Return how far a distance can be trusted, in words."""
    return {
        Grade.STREETS: tr("along the streets"),
        Grade.TABLE: tr("street distance"),
        Grade.ESTIMATE: tr("estimate"),
    }[grade]
