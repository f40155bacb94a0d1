"""Lines as short ASCII text, which the page's script reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.geo import Point

#: Steps in a degree: 1.1 m from north to south.
STEPS = 100_000


def encode(points: Iterable[Point]) -> str:
    """Return a line as text, to 1e-5 degrees; points that fall together are one.

    The differences between points, longitude first, in Google's Encoded Polyline Algorithm Format
    (which has the latitude first): zigzag, then groups of five bits, the lowest first, each as a
    character from ``?`` on.
    """
    characters: list[str] = []
    before = (0, 0)
    for lon, lat in points:
        here = (round(lon * STEPS), round(lat * STEPS))
        if here == before and characters:
            continue
        for now, then in zip(here, before, strict=True):
            _append(characters, now - then)
        before = here
    return "".join(characters)


def _append(characters: list[str], difference: int) -> None:
    value = difference << 1 if difference >= 0 else ~(difference << 1)
    while value >= 0x20:
        characters.append(chr((0x20 | (value & 0x1F)) + 63))
        value >>= 5
    characters.append(chr(value + 63))
