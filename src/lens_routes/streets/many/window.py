"""The part of a network around some spots, and what a way costs at least that leaves it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.route.search import least_costs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from lens_routes.streets.many.links import Bools, Floats
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

#: By this share of what spots extend, the first window is wider on each side: few ways leave it.
MARGIN = 0.5
#: And by so many metres of the cheapest way at least.
LEAST_MARGIN = 2000.0


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The nodes that are ``inside``, and how far each of some spots is ``within`` each side of it.

    All is measured in the cost that no straight line is below: ``spots`` has shape (axes, spots),
    ``within`` (sides, spots), the sides west, south, east, north; infinite where no node is beyond.
    """

    inside: Bools
    spots: Floats
    within: Floats

    def least_outside(self, origins: Sequence[int], goals: int) -> Floats:
        """Return what no way that leaves the window is below, shape (origins, goals)."""
        least = np.full((len(origins), goals), np.inf)
        for side, within in enumerate(self.within):
            # Out and in again is as far as to the image of the goal in a mirror at that side.
            across = within[origins, None] + within[:goals]
            beside = self.spots[1 - side % 2]
            least = np.minimum(least, np.hypot(across, beside[origins, None] - beside[:goals]))
        return least


def windows(priced: Priced, spots: Sequence[Snap]) -> Iterator[Window]:
    """Yield ever wider windows around some spots, at last all of the network."""
    network = priced.network
    scale = np.array(least_costs(priced))
    at = np.array([(network.x_e7(spot.point.lon), spot.point.lat * 1e7) for spot in spots])
    at = at.T * scale[:, None]
    nodes = np.array([ends for spot in spots for ends in _ends(network, spot)]).T
    low, high = nodes.min(axis=1) * scale, nodes.max(axis=1) * scale
    margin = max(MARGIN * float((high - low).max()), LEAST_MARGIN)
    while True:
        window = _within(network, at, scale, (low - margin, high + margin))
        yield window
        if window.inside.all():
            return
        margin *= 2


def _ends(network: Network, spot: Snap) -> Iterator[tuple[int, int]]:
    for node in (network.edge_tail[spot.edge], network.edge_head[spot.edge]):
        yield network.node_lon_e7[node], network.node_lat_e7[node]


def _within(network: Network, at: Floats, scale: Floats, box: tuple[Floats, Floats]) -> Window:
    inside = np.ones(len(network.node_lon_e7), dtype=bool)
    within = np.full((4, at.shape[1]), math.inf)
    for axis, of in enumerate((network.node_lon_e7, network.node_lat_e7)):
        nodes: NDArray[np.int32] = np.asarray(of)
        # Whole numbers: the nodes of a country would be turned into fractions to be compared.
        low, high = math.ceil(box[0][axis] / scale[axis]), math.floor(box[1][axis] / scale[axis])
        for side, beyond, sign in ((0, nodes < low, 1), (1, nodes > high, -1)):
            if beyond.any():
                inside &= ~beyond
                within[axis + 2 * side] = np.maximum(sign * (at[axis] - box[side][axis]), 0.0)
    return Window(inside, at, within)
