"""The ways through the streets between every two of many spots, found in one go."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from lens_routes.travel.tables.pairs import CLIMBED, CODE, LENGTHS, NO_WAY, PER_UNIT, Pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from lens_routes.streets.many.many import Table
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

    #: By figure the metres or seconds of ways, not finite where there are none.
    Figures = Mapping[str, NDArray[np.float64]]
    #: Ways, and the names that are still where they were when these were found.
    Known = tuple[Pairs, Collection[str]]
    #: Makes the figures to keep of ways there and those back.
    Pick = Callable[[Table, Table], Figures]

#: Where more than this share of the spots is new, all ways are found anew.
MOST_NEW = 0.5


def between(
    priced: Priced,
    spots: Mapping[str, Snap],
    told: Callable[[int, int], None] = lambda *_: None,
    known: Known | None = None,
    pick: Pick | None = None,
) -> Pairs:
    """Return the ways between spots, by their names in alphabetical order.

    Parameters
    ----------
    priced, spots
        The streets and the spots.
    told
        Hears how many of them are done.
    known
        Ways known already, and between which of the spots: only the others are searched from.
    pick
        What to keep of the ways; None for walks from door to door.
    """
    import numpy as np  # noqa: PLC0415  # only needed where there are many

    from lens_routes.streets.many.many import many_to_many  # noqa: PLC0415  # numpy and scipy

    if pick is None:
        climbed = bool(priced.network.meta.heights)
        pick = _climbed if climbed else _walked
    names = list(spots)
    pairs, still = known or (None, ())
    new = [n for n, name in enumerate(names) if name not in still]
    if pairs is None or len(new) > MOST_NEW * len(names):
        measured = many_to_many(priced, list(spots.values()), told)
        return _pairs(names, _tenths(pick(measured, measured.turned())))
    old = [n for n, name in enumerate(names) if name in still]
    among = [pairs.numbers[names[n]] for n in old]
    found = {}
    for name, figures in pairs.figures.items():
        found[name] = np.zeros((len(names), len(names)), dtype=np.uint32)
        before = np.asarray(figures).reshape(len(pairs.names), -1)
        found[name][np.ix_(old, old)] = before[np.ix_(among, among)]
    if new:
        order = [*new, *old]
        to = [spots[names[n]] for n in order]
        there = many_to_many(priced, to, told, len(new))
        back = many_to_many(priced, to, None, len(new), back=True)
        for name, columns in _tenths(pick(back, there)).items():
            found[name][np.ix_(order, new)] = columns.T
        for name, rows in _tenths(pick(there, back)).items():
            found[name][np.ix_(new, order)] = rows
    return _pairs(names, found)


def _walked(there: Table, _back: Table) -> Figures:
    columns = (there.distance_m + there.gaps_m, there.steps_m, there.main_road_m)
    return dict(zip(LENGTHS, columns, strict=True))


def _climbed(there: Table, back: Table) -> Figures:
    return dict(zip(CLIMBED, (*_walked(there, back).values(), there.ascent_m), strict=True))


def _tenths(figures: Figures) -> dict[str, NDArray[np.uint32]]:
    """Return figures as `Pairs` keeps them; the first spots of columns are those of the rows."""
    import numpy as np  # noqa: PLC0415

    first = next(iter(figures))
    apart = ~np.isfinite(figures[first])
    np.fill_diagonal(apart, val=True)
    return {
        name: np.where(
            apart,
            NO_WAY if name == first else 0,
            np.rint(np.where(apart, 0.0, column) * PER_UNIT),
        ).astype(np.uint32)
        for name, column in figures.items()
    }


def _pairs(names: list[str], cells: Mapping[str, NDArray[np.uint32]]) -> Pairs:
    return Pairs(names, {name: array(CODE, column.tobytes()) for name, column in cells.items()})
