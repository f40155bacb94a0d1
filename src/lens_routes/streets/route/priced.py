"""A network with the price of every arc, for one who moves as a profile says."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.streets.access.conditions import at_hour, conditions
from lens_routes.streets.access.rules import permissions
from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.profiles.stress import stress_of
from lens_routes.streets.route.cost import Rate, least_cost, rate
from lens_routes.streets.route.slopes import climbs
from lens_routes.streets.route.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.streets.access.conditions import Holds
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.snap import Snap

    #: (node it leads to, perceived cost, metres, arc number)
    Row = tuple[tuple[int, float, float, int], ...]


#: Nearer to a node than this one stands on it, and may leave it by any street.
AT_NODE_M = 0.01
_ANYBODY = 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """A network with a price on every arc; made by `price`, shared by searches.

    ``rows`` holds the arcs leaving a node, from the first time a search comes by: a short way
    touches a hundredth of the network, so reading it all first would cost more than the search.
    ``least`` is a cost that no metre is below; ``rides`` and ``uses`` are the permits that let the
    profile ride, and get on at all; ``holds`` says which hours on the map hold, and
    None lets one go wherever one may at some hour.
    """

    network: Network
    profile: Profile
    wish: Wish
    speed_kmh: float
    avoid: frozenset[str]
    least: float
    rides: int
    uses: int
    rows: list[Row | None]
    holds: Holds | None = None
    most_stress: int | None = None
    penalties: Mapping[int, float] = field(default_factory=dict)
    _at_hour: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    _rates: dict[int, Rate | None] = field(default_factory=dict)

    def permit(self, arc: int) -> int:
        """Return who may use an arc."""
        permit = self.network.arc_permits[arc]
        return permit if self.holds is None else permit & self._open(arc, self.holds)

    def rate(self, arc: int) -> Rate | None:
        """Return what a metre of an arc costs and takes, None where one may not go."""
        permit = self.permit(arc)
        if not permit & self.uses:
            return None
        return self.rate_of(self.network.edge_class[arc >> 1], rides=permit & self.rides > 0)

    def _open(self, arc: int, holds: Holds) -> int:
        """Return who may use an arc when the hours on the map are minded."""
        number = self.network.edge_class[arc >> 1]
        if number not in self._at_hour:
            tags = self.network.classes[number]
            self._at_hour[number] = permissions(at_hour(tags, holds)) if conditions(tags) else None
        limits = self._at_hour[number]
        return _ANYBODY if limits is None else int(limits[arc & 1])

    def rate_of(self, number: int, *, rides: bool) -> Rate | None:
        """Return what a metre of a class costs and takes, ridden or pushed; None if avoided."""
        key = 2 * number + rides
        if key not in self._rates:
            tags = self.network.classes[number]
            self._rates[key] = (
                None
                if kind_of(tags) in self.avoid or (rides and self._is_too_busy(tags))
                else rate(self.profile, tags, rides=rides, wish=self.wish, speed_kmh=self.speed_kmh)
            )
        return self._rates[key]

    def slope(self, stretch: Stretch) -> Rate:
        """Return what the rises and falls of a stretch cost and take besides.

        What climbs cost is the same there and back but for the difference of the ends, which no
        choice of the way changes; so half of each climb and fall is put on either direction, and
        no way costs less than nothing.
        """
        return Rate(*self.slope_of(*climbs(self.network, stretch)))

    def slope_of(self, up_m: Any, down_m: Any) -> tuple[Any, Any]:
        """Return what metres up and down cost and take besides; figures, or arrays of them."""
        climb, fall = self.profile.climb, self.profile.fall
        heeded = 0.0 if self.wish is Wish.SHORTEST else (climb + fall) / 2
        taken = 3.6 / self.speed_kmh * (climb * up_m + fall * down_m)
        return heeded * (up_m + down_m), taken

    def _is_too_busy(self, tags: Mapping[str, str]) -> bool:
        return self.most_stress is not None and stress_of(tags) > self.most_stress

    def row(self, node: int) -> Row:
        """Return the arcs leaving a node that one may go."""
        row = self.rows[node]
        if row is None:
            row = self.rows[node] = tuple(self._leaving(node))
        return row

    def _leaving(self, node: int) -> list[tuple[int, float, float, int]]:
        network = self.network
        found: list[tuple[int, float, float, int]] = []
        if network.node_stops[node] & self.rides:
            return found
        # What `rate` says; asking it a hundred thousand times would take most of a search, and so
        # would looking these up for each arc.
        permits, classes, lengths, tails, heads = (
            network.arc_permits, network.edge_class, network.edge_length_m,
            network.edge_tail, network.edge_head,
        )  # fmt: skip
        uses, rides, known = self.uses, self.rides, {} if self.holds else self._rates
        level = not len(network.edge_ascent_m) and not self.penalties
        for arc in network.arcs[network.first_arc[node] : network.first_arc[node + 1]]:
            permit = permits[arc]
            if not permit & uses:
                continue
            edge = arc >> 1
            key = 2 * classes[edge] + (permit & rides > 0)
            rated = known[key] if key in known else self.rate(arc)
            if rated is not None:
                length_m = lengths[edge]
                toll = length_m * rated[0]
                if not level:
                    whole = (length_m, 0.0) if arc & 1 else (0.0, length_m)
                    toll += self.slope(Stretch(edge, *whole)).cost
                    toll *= self.penalties.get(edge, 1.0)
                found.append((tails[edge] if arc & 1 else heads[edge], toll, length_m, arc))
        return found

    def exits(self, spot: Snap) -> dict[int, tuple[float, Stretch]]:
        """Return the cost and the stretch from a spot to each end of its edge one may go to."""
        return self._ends(spot, leaving=True)

    def entries(self, spot: Snap) -> dict[int, tuple[float, Stretch]]:
        """Return the cost and the stretch to a spot from each end of its edge one may come from."""
        return self._ends(spot, leaving=False)

    def _ends(self, spot: Snap, *, leaving: bool) -> dict[int, tuple[float, Stretch]]:
        edge = spot.edge
        whole_m = self.network.edge_length_m[edge]
        ends = ((self.network.edge_tail[edge], 0.0), (self.network.edge_head[edge], whole_m))
        found: dict[int, tuple[float, Stretch]] = {}
        for far, (node, end_m) in enumerate(ends):
            rated = self.rate(2 * edge + (leaving != bool(far)))
            apart_m = abs(end_m - spot.along_m)
            if rated is not None or apart_m < AT_NODE_M:
                course = (spot.along_m, end_m) if leaving else (end_m, spot.along_m)
                stretch = Stretch(edge, *course)
                cost = stretch.length_m * rated.cost + self.slope(stretch).cost if rated else 0.0
                if node not in found or cost < found[node][0]:
                    found[node] = (cost, stretch)
        return found

    def direct(self, a: Snap, b: Snap) -> float:
        """Return the cost of going along the one edge both spots are on, else infinity."""
        if a.edge != b.edge:
            return math.inf
        rated = self.rate(2 * a.edge + (b.along_m < a.along_m))
        if rated is None:
            return 0.0 if a.along_m == b.along_m else math.inf
        stretch = Stretch(a.edge, a.along_m, b.along_m)
        return stretch.length_m * rated.cost + self.slope(stretch).cost

    def cost(self, stretch: Stretch) -> float:
        """Return what a stretch costs."""
        rated = self.rate(stretch.arc)
        if rated is None:
            return 0.0
        return stretch.length_m * rated.cost + self.slope(stretch).cost

    def seconds(self, stretch: Stretch) -> float:
        """Return how long a stretch takes."""
        rated = self.rate(stretch.arc)
        flat = 0.0 if rated is None else stretch.length_m * rated.seconds
        return flat + self.slope(stretch).seconds


def price(
    network: Network,
    profile: Profile,
    *,
    wish: Wish = Wish.USUAL,
    speed_kmh: float | None = None,
    avoid: frozenset[str] = frozenset(),
    holds: Holds | None = None,
    most_stress: int | None = None,
) -> Priced:
    """Return *network* with the prices of a profile.

    Parameters
    ----------
    network
        The network.
    profile
        Who moves.
    wish
        What ways are chosen for.
    speed_kmh
        Speed on the flat, kilometres an hour; the profile's own if None.
    avoid
        Kinds of way not to use, such as ``ferry``.
    holds
        Which hours on the map hold; None lets one go wherever one may at some hour.
    most_stress
        The highest level of traffic stress of ways one rides, any if None.
    """
    rows: list[Row | None] = [None] * len(network.node_lon_e7)
    speed = profile.speed_kmh if speed_kmh is None else speed_kmh
    ferries = () if FERRY in avoid else network.classes.holding(f"route={FERRY}")
    least = least_cost(profile, wish, ferries)
    permits = int(profile.permit), int(profile.uses)
    return Priced(network, profile, wish, speed, avoid, least, *permits, rows, holds, most_stress)
