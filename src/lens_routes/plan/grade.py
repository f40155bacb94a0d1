"""How far what is known of a way can be trusted."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """How far a way can be trusted."""

    STREETS = "streets"  # traced through the street network, with directions
    TABLE = "table"  # a street distance computed earlier, no trace
    ESTIMATE = "estimate"  # great circle times a fitted detour factor
