"""What the tags of a way mean only once it is known where the way lies.

How fast a ferry is follows from its duration and its length; that a street has a pavement of its
own elsewhere counts only where such a pavement is on the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Tags = Mapping[str, str]
    #: Positions of the nodes of a way in degrees, shape (nodes, 2): lon, lat.
    Line = NDArray[np.float64]

SIDES = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
SEPARATE = "separate"
_OWN = frozenset({"yes", "both", "left", "right"})
#: A pavement is no farther from the middle of its street than this, metres.
BESIDE_M = 30.0
#: Streets and pavements are looked at each so many metres.
STEP_M = 10.0
#: A street has its pavement elsewhere when it has one beside it along this share.
MOST = 0.5
#: No ferry is slower; a figure below is a slip.
SLOWEST_KMH = 0.1
_ISO = expression(r"P?T(?:(\d+)H)?(?:(\d+)M)?")


def is_timed_ferry(tags: Tags) -> bool:
    """Tell whether a way is a ferry that is said to take so long."""
    return kind_of(tags) == FERRY and "duration" in tags


def has_pavement_elsewhere(tags: Tags) -> bool:
    """Tell whether a street is said to have all its pavements apart."""
    values = {tags.get(key) for key in SIDES}
    return kind_of(tags) != FERRY and SEPARATE in values and not values & _OWN


def is_pavement(tags: Tags) -> bool:
    """Tell whether a way may be the pavement of a street beside it."""
    return kind_of(tags) in ("footway", "path", "pedestrian", "cycleway", "steps")


def sailing(tags: Tags, line: Line) -> dict[str, str]:
    """Return the tags of a ferry with its speed, where its duration is known."""
    minutes = duration_minutes(tags.get("duration", ""))
    if not minutes or len(line) < 2:
        return dict(tags)
    kmh = length_m(line) / 1000 / minutes * 60
    return {**tags, "speed_kmh": f"{max(kmh, SLOWEST_KMH):.4g}"}


def paved_apart(tags: Tags, *, apart: bool) -> dict[str, str]:
    """Return the tags of a street said to have its pavement elsewhere, which is there or not."""
    rest = {key: value for key, value in tags.items() if key not in SIDES}
    return rest | ({"sidewalk": SEPARATE} if apart else {})


def duration_minutes(value: str) -> float:
    """Return a ``duration`` (``20``, ``00:20``, ``1:30:00``, ``PT20M``) in minutes, else 0."""
    if found := _ISO.fullmatch(value):
        return 60.0 * int(found[1] or 0) + int(found[2] or 0)
    parts = value.split(":")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return 0.0
    clock = [0, *map(int, parts)] if len(parts) == 1 else list(map(int, parts))
    return sum(figure * 60.0**power for power, figure in zip((1, 0, -1), clock, strict=False))


def with_pavements(streets: Sequence[Line], pavements: Sequence[Line]) -> list[bool]:
    """Tell of each street whether a pavement runs beside most of it."""
    if not streets or not pavements:
        return [False] * len(streets)
    from scipy.spatial import cKDTree  # noqa: PLC0415  # only maps that need it pay for it

    spots, owner = _dense(streets)
    tree = cKDTree(_metres(_dense(pavements)[0]))
    apart_m, _ = tree.query(_metres(spots), distance_upper_bound=BESIDE_M)
    beside = np.bincount(owner, np.isfinite(apart_m), minlength=len(streets))
    shares = beside / np.bincount(owner, minlength=len(streets))
    return [bool(share >= MOST) for share in shares]


def _metres(line: Line) -> Line:
    """Return positions on a plane, metres; good over the distances compared here."""
    lon, lat = np.radians(line).T
    return np.stack((lon * np.cos(lat), lat), axis=1) * EARTH_RADIUS_M


def length_m(line: Line) -> float:
    """Return the length of a line, metres."""
    lon, lat = np.radians(line).T
    steps = np.hypot(np.diff(lon) * np.cos((lat[1:] + lat[:-1]) / 2), np.diff(lat))
    return float(steps.sum() * EARTH_RADIUS_M)


def _dense(lines: Sequence[Line]) -> tuple[Line, NDArray[np.int64]]:
    """Return a point each `STEP_M` metres of lines, and the number of the line of each."""
    points = np.concatenate(lines)
    line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    within = np.append(line[1:] == line[:-1], False)
    begin, end = points[within], points[1:][within[:-1]]
    lon, lat = np.radians(end - begin).T
    apart_m = np.hypot(lon * np.cos(np.radians(begin[:, 1])), lat) * EARTH_RADIUS_M
    count = np.maximum(1, np.rint(apart_m / STEP_M)).astype(np.int64)
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    share = ((step + 0.5) / np.repeat(count, count))[:, None]
    start, course = np.repeat(begin, count, axis=0), np.repeat(end - begin, count, axis=0)
    return start + share * course, np.repeat(line[within], count)
