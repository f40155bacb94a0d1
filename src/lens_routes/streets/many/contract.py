"""Fewer nodes, the same ways: nodes that nobody asks for are taken out, what led over them stays.

The first half of contraction hierarchies: R. Geisberger and others, "Exact Routing in Large Road
Networks Using Contraction Hierarchies", Transportation Science 46 (2012), 388. All searches begin
and end at nodes that stay, so what is left is searched as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.many.links import Links

if TYPE_CHECKING:
    from lens_routes.streets.many.links import Bools, Ints, Ways

#: What is tied to more nodes stays: it would leave more links than it takes along.
MOST_TIES = 24
#: So many times, nodes that are not neighbours are taken out together; more saves nothing.
ROUNDS = 28


def contracted(links: Links, ways: Ways, kept: Ints) -> tuple[Links, Ints]:
    """Return the links between some of the nodes, and the new numbers of those *kept*.

    From each node kept to each other they cost as much as before, and go along the same *ways*,
    which those over what was taken out are added to.
    """
    stays = np.zeros(links.nodes, dtype=bool)
    stays[kept] = True
    for _ in range(ROUNDS):
        links = _without(links, ways, _apart(links, stays))
    used = stays.copy()
    used[links.tail] = used[links.head] = True
    number = np.cumsum(used) - 1
    ends = {"tail": number[links.tail], "head": number[links.head]}
    return replace(links, nodes=int(used.sum()), **ends), number[kept]


def _apart(links: Links, stays: Bools) -> Bools:
    """Return which nodes to take out: of those with few ties, no two neighbours."""
    ties = np.maximum(
        *(np.bincount(ends, minlength=links.nodes) for ends in (links.tail, links.head))
    )
    # Fewest ties first; multiplied by an odd number, numbers in a row are in no order.
    shuffled = np.arange(links.nodes) * 0x9E3779B1 % 2**32
    last = np.iinfo(np.int64).max
    turn = np.where(stays | (ties > MOST_TIES), last, ties * 2**32 + shuffled)
    before = np.full(links.nodes, last)
    np.minimum.at(before, links.tail, turn[links.head])
    np.minimum.at(before, links.head, turn[links.tail])
    return (turn < before) & (ties > 0)


def _without(links: Links, ways: Ways, gone: Bools) -> Links:
    """Return the links without some nodes, no two of them neighbours, and what led over them."""
    enters, leaves = gone[links.head], gone[links.tail]
    into, out_of = np.flatnonzero(enters), np.flatnonzero(leaves)
    counts = np.bincount(links.tail[out_of], minlength=links.nodes)
    first = (np.cumsum(counts) - counts)[links.head[into]]
    exits = counts[links.head[into]]
    come = np.repeat(into, exits)
    go = out_of[np.repeat(first - np.cumsum(exits) + exits, exits) + np.arange(len(come))]
    onward = links.tail[come] != links.head[go]
    come, go = come[onward], go[onward]
    rest = np.flatnonzero(~(enters | leaves))
    return Links.cheapest(
        links.nodes,
        np.concatenate((links.tail[rest], links.tail[come])),
        np.concatenate((links.head[rest], links.head[go])),
        np.concatenate((links.cost[rest], links.cost[come] + links.cost[go])),
        np.concatenate((links.way[rest], ways.joined(links.way[come], links.way[go]))),
    )
