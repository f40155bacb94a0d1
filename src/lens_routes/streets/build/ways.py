"""What every source of streets yields, ways one may move along; how it says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.streets.network.amenities import NONE_KNOWN, Amenities
from lens_routes.streets.network.landscape import NOTHING, Landscape

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from lens_routes.streets.network.source import MapSource

#: Called with what is being done and the fraction done, 0 to 1, which never shrinks.
Report = Callable[[str, float], None]


def silent(_message: str, _fraction: float) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways over shared nodes.

    ``lon_e7`` and ``lat_e7`` are node coordinates in 1e-7 degrees, int32 of shape (nodes,), and
    ``stops`` says who cannot pass a node. Way ``i`` runs through nodes
    ``refs[offsets[i]:offsets[i + 1]]``; its tags are ``classes[way_class[i]]``, which
    ``permits[way_class[i]]`` let one go along the way, and against it, and its name is
    ``names[name[i]]`` (``names[0]`` is the empty name). Two ways meet exactly where they share a
    node index. ``rules`` says whose access rules were read; ``landscape`` is what a map shows
    around the ways, ``amenities`` what travellers need.
    """

    lon_e7: NDArray[np.int32]
    lat_e7: NDArray[np.int32]
    stops: NDArray[np.uint8]
    refs: NDArray[np.int32]
    offsets: NDArray[np.int64]
    way_class: NDArray[np.int32]
    name: NDArray[np.int32]
    classes: tuple[Mapping[str, str], ...]
    permits: NDArray[np.uint16]
    names: tuple[str, ...]
    source: MapSource
    rules: str = "osm"
    landscape: Landscape = NOTHING
    amenities: Amenities = NONE_KNOWN
