"""Find, for each kind of traveller, the largest piece of network that hangs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.streets.network.permit import MAIN, MOVERS, USES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Bits = NDArray[np.uint16]
    Flags = NDArray[np.bool_]


def mark_largest(
    ends: tuple[Ints, Ints],
    points: Ints,
    permits: Bits,
    stops: NDArray[np.uint8],
) -> Bits:
    """Return the bits that say which arcs are in the largest piece of whose network.

    An edge belongs to a piece when one can come from all of it to the edge and go back.

    Parameters
    ----------
    ends
        The tail and the head of each edge; shape (edges,).
    points
        How many points of the map an edge runs through: the piece with most of them is largest.
    permits
        Who may use an arc; shape (2 * edges,).
    stops
        Who cannot pass a node; shape (nodes,).
    """
    marks = np.zeros_like(permits)
    for mover in MOVERS:
        usable = (permits & USES[mover]) != 0
        if usable.any():
            passes = (stops & mover) == 0
            kept = _largest(ends, points, usable, passes)
            marks |= np.where(np.repeat(kept, 2) & usable, mover << MAIN, 0).astype(permits.dtype)
    return marks


def _largest(ends: tuple[Ints, Ints], points: Ints, usable: Flags, passes: Flags) -> Flags:
    """Return the edges in the largest piece for one kind of traveller."""
    from scipy.sparse import coo_array  # noqa: PLC0415  # costs most of a second
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    tail, head = ends
    onward, back = usable[0::2], usable[1::2]
    # Who comes to a node that stops him may turn round, but not go on.
    leaves = np.concatenate((tail[onward & passes[tail]], head[back & passes[head]]))
    enters = np.concatenate((head[onward & passes[tail]], tail[back & passes[head]]))
    nodes = len(passes)
    # The oldest scipy that is allowed knows graphs of 32 bits only.
    links = (leaves.astype(np.int32), enters.astype(np.int32))
    graph = coo_array((np.ones(len(leaves), dtype=np.int8), links), shape=(nodes, nodes))
    _, label = connected_components(graph, connection="strong")
    within = (onward | back) & (label[tail] == label[head])
    size = np.bincount(label[tail][within], points[within], minlength=1)
    main = label == size.argmax()
    reached = (onward & main[tail]) | (back & main[head])
    left = (onward & main[head]) | (back & main[tail])
    kept: Flags = reached & left
    return kept
