"""What is known of the best tours: some, their score, and a bound on any."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.proof.bound import EQUAL
from lens_routes.tour.search.returns import prize
from lens_routes.tour.search.route_effort import effort_of

if TYPE_CHECKING:
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes


class Proof(NamedTuple):
    """The best tours known (None: none with all required keys), their score, a bound on any."""

    routes: Routes | None
    score: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing better exists; without tours: whether there are none."""
        return self.bound <= self.score + EQUAL

    def or_better(self, routes: Routes, nodes: Nodes) -> Proof:
        """Return the better of the tours known and others, which have to work."""
        other = known_proof(nodes, routes)
        return other._replace(bound=self.bound) if other.score > self.score + EQUAL else self


def known_proof(nodes: Nodes, routes: Routes) -> Proof:
    """Return what is known of some tours before anything is proven."""
    chosen = [node for route in routes for node in route]
    keys = 0
    for node in chosen:
        keys |= nodes.nodes[node].keys
    if nodes.required & ~keys:
        # Any tour with all that is required will beat this.
        return Proof(None, -nodes.urgency, math.inf)
    score = prize(nodes, chosen) - nodes.urgency * nodes.required.bit_count() - nodes.less
    score -= sum(effort_of(nodes, day, route) for day, route in enumerate(routes))
    return Proof(routes, score, math.inf)
