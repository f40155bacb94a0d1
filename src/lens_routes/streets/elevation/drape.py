"""Drape heights over the streets: a profile for each, straight on bridges and in tunnels.

A profile has a height every 20 m or so, both ends included, so that those of a way's streets put
end to end are the profile of the way, and its climbs are the sum of theirs: where it is cut into
legs changes nothing. At a junction the height is the ground's own, bilinear; so what a way rises
from one to another in all is exact. Between junctions heights are averaged over some tens of
metres, and ups and downs smaller than the data can tell are taken out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.elevation.settle import settled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lens_routes.streets.elevation.heights import Heights
    from lens_routes.streets.network.network import Network

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: Metres from one height of a profile to the next.
SPACING_M = 20.0
#: Heights are averaged this far to both sides, metres: by radar, and by laser.
_COARSE_REACH_M, _FINE_REACH_M = 50.0, 20.0
#: A rise or fall less than this between two junctions is noise, metres: by radar, and by laser.
_COARSE_NOISE_M, _FINE_NOISE_M = 5.0, 2.0
_COARSE_M = 10.0
#: Keeps the profiles of two streets apart on the one axis both are laid on, metres.
_GAP_M = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Draped:
    """Profiles of all streets.

    Attributes
    ----------
    first_height, height_m
        Edge ``e`` has the heights ``height_m[first_height[e]:first_height[e + 1]]``, at equal
        distances from its tail to its head, NaN where nobody knows; int32 of shape (edges + 1,),
        float32.
    ascent_m, descent_m
        What an edge rises and falls from tail to head; float32, (edges,); zero where not known.
    known
        Share of the length of all streets whose heights are known, 0 to 1.
    data
        Names of the height data used, finest first.
    plus_minus_m
        How far a height may be off, metres.
    """

    first_height: NDArray[np.int32]
    height_m: NDArray[np.float32]
    ascent_m: NDArray[np.float32]
    descent_m: NDArray[np.float32]
    known: float
    data: tuple[str, ...]
    plus_minus_m: float


def drape(network: Network, heights: Heights) -> Draped | None:
    """Return the profiles of a network's streets, None where no height of any is known.

    Parameters
    ----------
    network
        The streets.
    heights
        The height data.
    """
    length_m = np.asarray(network.edge_length_m)
    count = np.maximum(1, np.ceil(length_m / SPACING_M)).astype(np.int64) + 1
    first = np.concatenate(([0], np.cumsum(count)))
    edge = np.repeat(np.arange(len(count)), count)
    step = np.arange(first[-1]) - first[edge]
    at = _axis(length_m)[edge] + length_m[edge] * step / (count[edge] - 1)
    look = heights.look(*_positions(network, at))
    if not look.used:
        return None
    raw = look.heights_m
    raw[_raised(network)[edge] & (step > 0) & (step < count[edge] - 1)] = np.nan
    nodes = _nodes(network, raw, look.covered, first)
    raw[first[:-1]], raw[first[1:] - 1] = (
        nodes[np.asarray(network.edge_tail)],
        nodes[np.asarray(network.edge_head)],
    )
    whole = ~np.isnan(raw[first[:-1]]) & ~np.isnan(raw[first[1:] - 1])
    known = ~np.isnan(raw)
    raw = np.where(whole[edge], np.interp(at, at[known], raw[known]), np.nan)
    coarse = look.used[-1].cell_m > _COARSE_M
    reach_m = _COARSE_REACH_M if coarse else _FINE_REACH_M
    height_m = settled(
        _averaged(raw, step, count[edge], round(reach_m / SPACING_M)),
        first,
        noise_m=_COARSE_NOISE_M if coarse else _FINE_NOISE_M,
    ).astype(np.float32)
    rise = np.diff(height_m, append=height_m[-1:])
    rise[first[1:] - 1] = 0.0
    rise[np.isnan(rise)] = 0.0
    return Draped(
        first_height=first.astype(np.int32),
        height_m=height_m,
        ascent_m=np.add.reduceat(np.maximum(rise, 0.0), first[:-1]).astype(np.float32),
        descent_m=np.add.reduceat(np.maximum(-rise, 0.0), first[:-1]).astype(np.float32),
        known=float(length_m[whole].sum() / (length_m.sum() or 1.0)),
        data=tuple(raster.name for raster in look.used),
        plus_minus_m=max(raster.plus_minus_m for raster in look.used),
    )


def draped_over(network: Network, heights: Heights) -> Network:
    """Return a network with heights, as far as they are known; as it is where none is."""
    draped = drape(network, heights)
    if draped is None:
        return network
    return replace(
        network,
        edge_ascent_m=_floats(draped.ascent_m),
        edge_descent_m=_floats(draped.descent_m),
        first_height=draped.first_height.data,
        height_m=_floats(draped.height_m),
        meta=replace(
            network.meta,
            heights=", ".join(draped.data),
            heights_plus_minus_m=draped.plus_minus_m,
            heights_known=draped.known,
        ),
    )


def _floats(values: NDArray[np.float32]) -> memoryview[float]:
    return values.data.cast("B").cast("f")


def _axis(length_m: Floats) -> Floats:
    """Return where each edge begins when all are laid on one axis, metres."""
    return np.concatenate(([0.0], np.cumsum(length_m + _GAP_M)[:-1]))


def _positions(network: Network, at: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude at places on the axis, degrees."""
    lon = np.asarray(network.point_lon_e7) / 1e7
    lat = np.asarray(network.point_lat_e7) / 1e7
    first = np.asarray(network.first_point)
    length_m = np.asarray(network.edge_length_m)
    # Where a point lies along its edge; the unit is all the same, since lengths are known.
    across = (np.diff(lon, prepend=lon[0]) + 180.0) % 360.0 - 180.0
    piece = np.hypot(across * np.cos(np.radians(lat)), np.diff(lat, prepend=lat[0]))
    piece[first[:-1]] = 0.0
    along = np.cumsum(piece)
    edge = np.repeat(np.arange(len(length_m)), np.diff(first))
    along -= along[first[:-1]][edge]
    whole = along[first[1:] - 1][edge]
    share = np.divide(along, whole, out=np.zeros_like(along), where=whole > 0.0)
    place = _axis(length_m)[edge] + share * length_m[edge]
    return np.interp(at, place, lon), np.interp(at, place, lat)


def _raised(network: Network) -> Flags:
    """Return which edges leave the ground: bridges, tunnels, and what runs on decks and below."""
    classes = np.zeros(len(network.classes), dtype=bool)
    for number in range(len(network.classes)):
        tags = network.classes[number]
        classes[number] = any(tags.get(key, "no") != "no" for key in ("bridge", "tunnel"))
    raised: Flags = classes[np.asarray(network.edge_class)]
    return raised


def _nodes(network: Network, raw: Floats, covered: Flags, first: Ints) -> Floats:
    """Return the heights of nodes, metres; NaN where no data reach.

    A node on the ground has that of the ground. One in mid-air or in a void lies on the straight
    lines between those around it along the streets: rises are then even, like currents in a net
    of wires.
    """
    tail, head = np.asarray(network.edge_tail), np.asarray(network.edge_head)
    nodes = np.full(len(network.node_lon_e7), np.nan)
    reached = np.zeros(len(nodes), dtype=bool)
    for end, place in ((tail, first[:-1]), (head, first[1:] - 1)):
        nodes[end] = raw[place]
        reached[end] = covered[place]
    grounded = np.zeros(len(nodes), dtype=bool)
    on_ground = ~_raised(network)
    grounded[tail[on_ground]] = grounded[head[on_ground]] = True
    nodes[~grounded] = np.nan
    return _between(network, nodes, np.isnan(nodes) & reached)


def _between(network: Network, nodes: Floats, wanted: Flags) -> Floats:
    """Fill the nodes wanted from those around them, as far as streets lead to any that is known."""
    if not wanted.any():
        return nodes
    from scipy.sparse import coo_array, diags_array  # noqa: PLC0415  # costs most of a second
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415
    from scipy.sparse.linalg import spsolve  # noqa: PLC0415

    tail, head = np.asarray(network.edge_tail), np.asarray(network.edge_head)
    takes_part = wanted | ~np.isnan(nodes)
    lead = takes_part[tail] & takes_part[head] & (wanted[tail] | wanted[head]) & (tail != head)
    tail, head = tail[lead], head[lead]
    ease = 1.0 / np.maximum(np.asarray(network.edge_length_m)[lead], 1.0)
    size = len(nodes)
    links = coo_array((np.ones(len(tail)), (tail, head)), shape=(size, size))
    label = connected_components(links, directed=False)[1]
    held = np.zeros(size, dtype=bool)
    held[label[~np.isnan(nodes)]] = True
    free = wanted & held[label]
    number = np.cumsum(free) - 1
    here = np.concatenate((tail, head))
    there = np.concatenate((head, tail))
    weight = np.concatenate((ease, ease))
    own = free[here]
    here, there, weight = number[here[own]], there[own], weight[own]
    inner = free[there]
    count = int(free.sum())
    if not count:
        return nodes
    system = diags_array(np.bincount(here, weight, count)) - coo_array(
        (weight[inner], (here[inner], number[there[inner]])), shape=(count, count)
    )
    given = np.bincount(here[~inner], weight[~inner] * nodes[there[~inner]], count)
    nodes[free] = spsolve(system.tocsc(), given)
    return nodes


def _averaged(height_m: Floats, step: Ints, count: Ints, reach: int) -> Floats:
    """Return heights averaged over *reach* neighbours to both sides, fewer towards the ends."""
    width = np.minimum(np.minimum(step, count - 1 - step), reach)
    total = np.concatenate(([0.0], np.cumsum(np.nan_to_num(height_m))))
    place = np.arange(len(height_m))
    mean = (total[place + width + 1] - total[place - width]) / (2 * width + 1)
    return np.where(width > 0, mean, height_m)
