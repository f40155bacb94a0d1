"""The street walks between every two of many spots, found in one go."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from lens_routes.travel.tables.pairs import CLIMBED, CODE, LENGTHS, NO_WAY, PER_UNIT, Pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap


def between(
    priced: Priced, spots: Mapping[str, Snap], told: Callable[[int, int], None] = lambda *_: None
) -> Pairs:
    """Return the walks from door to door between spots, by their names; none beyond all ways.

    *told* hears how many of them are done.
    """
    import numpy as np  # noqa: PLC0415  # only needed where there are many

    from lens_routes.streets.many.many import many_to_many  # noqa: PLC0415  # numpy and scipy

    measured = many_to_many(priced, list(spots.values()), told)
    door_to_door_m = measured.distance_m + measured.gaps_m
    np.fill_diagonal(door_to_door_m, np.inf)
    apart = ~np.isfinite(door_to_door_m)
    door_to_door_m[apart] = NO_WAY / PER_UNIT
    lengths = [measured.steps_m, measured.main_road_m]
    # Without height data there is nothing to keep.
    climbed = bool(priced.network.meta.heights)
    lengths += [measured.ascent_m] if climbed else []
    columns = [door_to_door_m, *(np.where(apart, 0.0, metres) for metres in lengths)]
    return Pairs(
        spots,
        {
            name: array(CODE, np.rint(figures * PER_UNIT).astype(np.uint32).tobytes())
            for name, figures in zip(CLIMBED if climbed else LENGTHS, columns, strict=True)
        },
    )
