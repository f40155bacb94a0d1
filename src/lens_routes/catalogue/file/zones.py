"""Time zones: where on the earth each one is."""

from __future__ import annotations

import contextlib
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.geo import Point

if TYPE_CHECKING:
    from collections.abc import Iterable


def zone_city(timezone: str) -> Point | None:
    """Return the principal city of a time zone, from the tz database's ``zone.tab``.

    None if the database is not at hand or has no city for the zone, such as ``Etc/UTC``.
    """
    return next((_iso_6709(where) for _, where, zone in _table() if zone == timezone), None)


def zone_at(point: Point) -> tuple[str, str]:
    """Return the time zone of a point and its country (ISO 3166-1), empty on the high seas."""
    from tzfpy import get_tz  # noqa: PLC0415  # only new catalogues are asked where they are

    here = get_tz(point.lon, point.lat)
    return here, next((country for country, _, zone in _table() if zone == here), "")


def _table() -> Iterable[list[str]]:
    """Yield the country, position and name of every zone."""
    for folder in _zone_folders():
        try:
            table = (folder / "zone.tab").read_text(encoding="utf-8")
        except OSError:
            continue
        rows = (row.split("\t")[:3] for row in table.splitlines() if not row.startswith("#"))
        yield from (row for row in rows if len(row) == 3)
        return


def _zone_folders() -> Iterable[Path]:
    from zoneinfo import TZPATH  # noqa: PLC0415  # who only imports this module needs none

    yield from map(Path, TZPATH)
    with contextlib.suppress(ImportError):  # tzdata is there where the system has no database
        yield from (Path(f) / "zoneinfo" for f in importlib.import_module("tzdata").__path__)


def _iso_6709(text: str) -> Point:
    """Read ±DDMM±DDDMM or ±DDMMSS±DDDMMSS, latitude first."""
    split = max(text.rfind("+"), text.rfind("-"))

    def degrees(part: str, width: int) -> float:
        whole, minutes, seconds = (
            part[1 : width + 1],
            part[width + 1 : width + 3],
            part[width + 3 :],
        )
        size = int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600
        return -size if part[0] == "-" else size

    return Point(lon=degrees(text[split:], 3), lat=degrees(text[:split], 2))
