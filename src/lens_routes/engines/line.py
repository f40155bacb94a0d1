"""The lines engines draw: encoded polylines, and how long they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import Point, distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence


def decoded(text: str, digits: int = 6) -> list[Point]:
    """Return the points of an encoded polyline (Google's algorithm) with so many decimals.

    Raises
    ------
    ValueError
        It ends within a number, or holds what is no part of one.
    """
    numbers: list[int] = []
    shift = value = 0
    for char in text:
        piece = ord(char) - 63
        if not 0 <= piece < 64:
            raise ValueError(char)
        value |= (piece & 31) << shift
        shift += 5
        if piece < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            shift = value = 0
    if shift or len(numbers) % 2:
        raise ValueError(text[-10:])
    points: list[Point] = []
    lat = lon = 0
    for north, east in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + north, lon + east
        points.append(Point(lon / 10**digits, lat / 10**digits))
    return points


def length_m(line: Sequence[Point]) -> float:
    """Return how long a line is, metres."""
    return sum(distance_m(a, b) for a, b in pairwise(line))


def door_to_door(start: Point, line: Sequence[Point], end: Point) -> tuple[Point, ...]:
    """Return a line with the gaps to it at both ends, no point twice in a row."""
    whole = [start]
    whole += [b for a, b in pairwise((start, *line, end)) if a != b]
    return tuple(whole)
