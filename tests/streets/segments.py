"""Street maps as sets of stretches, so that two sources can be compared whatever their order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens_routes.streets.build.ways import Ways

Position = tuple[int, int]
Segment = tuple[frozenset[Position], str, str]


def segments(ways: Ways) -> set[Segment]:
    """Return each stretch between two nodes: its ends in 1e-7 degrees, its kind, its name."""
    found = set()
    position = list(zip(ways.lon_e7.tolist(), ways.lat_e7.tolist(), strict=True))
    offsets = ways.offsets.tolist()
    for i, (start, end) in enumerate(pairwise(offsets)):
        kind, name = ways.classes[ways.way_class[i]].get("highway", ""), ways.names[ways.name[i]]
        for tail, head in pairwise(ways.refs[start:end].tolist()):
            found.add((frozenset((position[tail], position[head])), kind, name))
    return found


def osmnx_segments(graph: object) -> set[Segment]:
    """Return the same of an unsimplified OSMnx graph."""
    nodes = graph.nodes  # type: ignore[attr-defined]
    position = {n: (round(at["x"] * 1e7), round(at["y"] * 1e7)) for n, at in nodes(data=True)}
    return {
        (frozenset((position[tail], position[head])), tags["highway"], tags.get("name", ""))
        for tail, head, tags in graph.edges(data=True)  # type: ignore[attr-defined]
    }
