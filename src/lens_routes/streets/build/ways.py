"""What every source of streets yields: the walkable ways, as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.streets.network.landscape import NOTHING, Landscape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lens_routes.streets.network.source import MapSource


@dataclass(frozen=True, slots=True)
class Ways:
    """Walkable ways over shared nodes.

    ``lon_e7`` and ``lat_e7`` are node coordinates in 1e-7 degrees, int32 of shape (nodes,). Way
    ``i`` runs through nodes ``refs[offsets[i]:offsets[i + 1]]``; its ``highway`` value is
    ``kinds[kind[i]]`` and its name ``names[name[i]]`` (``names[0]`` is the empty name). Two ways
    meet exactly where they share a node index. Every way may be walked both ways. ``landscape`` is
    what a map shows around them.
    """

    lon_e7: NDArray[np.int32]
    lat_e7: NDArray[np.int32]
    refs: NDArray[np.int32]
    offsets: NDArray[np.int64]
    kind: NDArray[np.int16]
    name: NDArray[np.int32]
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    source: MapSource
    landscape: Landscape = NOTHING
