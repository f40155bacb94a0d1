"""What the tags of a way mean only once it is known where the way lies.

How fast a ferry is follows from its duration and its length; that a street has a pavement of its
own elsewhere counts only where such a pavement is on the map.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets.network.classes import FERRY, kind_of

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
_ISO = re.compile(r"P?T(?:(\d+)H)?(?:(\d+)M)?")


def depends_on_place(tags: Tags) -> bool:
    """Tell whether the tags of a way mean different things at different places."""
    if kind_of(tags) == FERRY:
        return "duration" in tags
    return _separate(tags)


def is_pavement(tags: Tags) -> bool:
    """Tell whether a way may be the pavement of a street beside it."""
    return kind_of(tags) in ("footway", "path", "pedestrian", "cycleway", "steps")


def placed(tags: Tags, line: Line, pavements: Pavements) -> dict[str, str]:
    """Return the tags of a way at its place."""
    if kind_of(tags) == FERRY:
        minutes = duration_minutes(tags.get("duration", ""))
        if not minutes:
            return dict(tags)
        return {**tags, "speed_kmh": f"{length_m(line) / 1000 / minutes * 60:.2f}"}
    rest = {key: value for key, value in tags.items() if key not in SIDES}
    return rest | ({"sidewalk": SEPARATE} if pavements.beside(line) else {})


def duration_minutes(value: str) -> float:
    """Return a ``duration`` (``20``, ``00:20``, ``1:30:00``, ``PT20M``) in minutes, else 0."""
    if found := _ISO.fullmatch(value):
        return 60.0 * int(found[1] or 0) + int(found[2] or 0)
    parts = value.split(":")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return 0.0
    clock = [0, *map(int, parts)] if len(parts) == 1 else list(map(int, parts))
    return sum(figure * 60.0**power for power, figure in zip((1, 0, -1), clock, strict=False))


class Pavements:
    """The pavements of a map, to be asked whether there is one beside a street."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._tree: object = None

    def beside(self, line: Line) -> bool:
        """Tell whether a pavement runs beside most of a street."""
        if not self._lines:
            return False
        from scipy.spatial import cKDTree  # noqa: PLC0415  # only maps that need it pay for it

        if self._tree is None:
            self._tree = cKDTree(np.concatenate([_metres(_dense(line)) for line in self._lines]))
        tree: cKDTree = self._tree  # type: ignore[assignment]
        apart, _ = tree.query(_metres(_dense(line)), distance_upper_bound=BESIDE_M)
        return bool(np.isfinite(apart).mean() >= MOST)


def _separate(tags: Tags) -> bool:
    values = {tags.get(key) for key in SIDES}
    return SEPARATE in values and not values & _OWN


def _metres(line: Line) -> Line:
    """Return positions on a plane, metres; good over the distances compared here."""
    lon, lat = np.radians(line).T
    return np.stack((lon * np.cos(lat), lat), axis=1) * EARTH_RADIUS_M


def length_m(line: Line) -> float:
    """Return the length of a line, metres."""
    lon, lat = np.radians(line).T
    steps = np.hypot(np.diff(lon) * np.cos((lat[1:] + lat[:-1]) / 2), np.diff(lat))
    return float(steps.sum() * EARTH_RADIUS_M)


def _dense(line: Line) -> Line:
    """Return a line with a point each `STEP_M` metres."""
    spots = [line[-1:]]
    for before, after in pairwise(line):
        count = max(1, round(length_m(np.stack((before, after))) / STEP_M))
        share = (np.arange(count) / count)[:, None]
        spots.append(before + share * (after - before))
    return np.concatenate(spots)
