"""Other ways that differ really: found by making the streets of those known dearer and dearer.

The penalty method: Y. Chen, M. G. H. Bell, K. Bogenberger, "Reliable Pretrip Multipath Planning
and Dynamic Adaptation for a Centralized Road Navigation System", IEEE Transactions on Intelligent
Transportation Systems 8 (2007), 14.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from lens_routes.streets.route.search import shortest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

#: What a street of a way known costs more after each try.
PENALTY = 1.3
MOST_TRIES = 12
#: An alternative shares no more than this part of its length with any way before it.
MOST_SHARED = 0.6
#: It costs no more than so many times the best.
MOST_COST = 1.5


def alternatives(priced: Priced, a: Snap, b: Snap, count: int) -> list[Path]:
    """Return the cheapest way and up to *count* others, each really different from those before."""
    best = shortest(priced, a, b)
    if best is None:
        return []
    found, last = [best], best
    penalties: dict[int, float] = {}
    for _ in range(MOST_TRIES):
        if len(found) > count:
            break
        for stretch in last.stretches:
            penalties[stretch.edge] = penalties.get(stretch.edge, 1.0) * PENALTY
        path = shortest(_dearer(priced, penalties), a, b)
        if path is None:
            break
        last = path._replace(cost=sum(map(priced.cost, path.stretches)))
        if last.cost <= MOST_COST * best.cost and _differs(last, found):
            found.append(last)
    return found


def _dearer(priced: Priced, penalties: dict[int, float]) -> Priced:
    return dataclasses.replace(priced, rows=[None] * len(priced.rows), penalties=penalties)


def _differs(path: Path, others: Sequence[Path]) -> bool:
    """Tell whether a way runs mostly along other streets than each of some others."""
    for other in others:
        edges = {stretch.edge for stretch in other.stretches}
        shared = sum(stretch.length_m for stretch in path.stretches if stretch.edge in edges)
        if shared > MOST_SHARED * path.length_m:
            return False
    return True
