"""Where a way is hardest on wheels, and what bars a way that only walkers can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.access.rolling import incline
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.kinds import STEPS
from lens_routes.streets.profiles.profile import EASY
from lens_routes.streets.route.phrases import way_name
from lens_routes.streets.route.slopes import course, steepest
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.stretch import Stretch
    from lens_routes.text.language import Said

_COBBLED = ("sett", "cobblestone", "unhewn_cobblestone", "cobblestone:flattened")


def worst_spot(network: Network, path: Path) -> Said | None:
    """Return what is hardest of a way: its slope, else its ground, else what nobody knows of it."""
    return _steep(network, path) or _rough(network, path) or _unknown(network, path)


def _steep(network: Network, path: Path) -> Said | None:
    grade, at_m = steepest(course(network, path.stretches))
    where = _at(path, at_m)
    for stretch in path.stretches:
        if (tagged := incline(network.tags(stretch.edge))) > grade:
            grade, where = tagged, stretch
    if where is None or grade <= EASY:
        return None
    share = wording.percent(grade, 0)
    return tr("a slope of {share}, {way}", share=share, way=_way(network, where))


def _at(path: Path, at_m: float) -> Stretch | None:
    """Return the stretch that lies so many metres along a way."""
    for stretch in path.stretches:
        at_m -= stretch.length_m
        if at_m <= 0.0:
            return stretch
    return None


def _rough(network: Network, path: Path) -> Said | None:
    """Return the roughest ground of a way, the longest of the worst kind."""
    prices: dict[tuple[float, Stretch], float] = {}
    for stretch in path.stretches:
        tags = network.tags(stretch.edge)
        price = path.profile.shunned(tags) / FOOT.shunned(tags)
        if price > 1.0 and not path.profile.is_sure(tags):
            prices[price, stretch] = stretch.length_m
    if not prices:
        return None
    _, worst = max(prices, key=lambda key: (key[0], prices[key]))
    said = {"distance": _metres(worst.length_m), "way": _way(network, worst)}
    if network.tags(worst.edge).get("surface") in _COBBLED:
        return tr("{distance} of cobbles, {way}", **said)
    return tr("{distance} of rough ground, {way}", **said)


def _unknown(network: Network, path: Path) -> Said | None:
    """Return the longest piece of a way that nothing is known of."""
    unsure = (s for s in path.stretches if not path.profile.is_sure(network.tags(s.edge)))
    longest = max(unsure, key=lambda stretch: stretch.length_m, default=None)
    if longest is None:
        return None
    distance, way = _metres(longest.length_m), _way(network, longest)
    return tr("{distance} of which nothing is known, {way}", distance=distance, way=way)


def bar_of(network: Network, path: Path, profile: Profile) -> Said | None:
    """Return what keeps a profile from going the way of a walker, None where nothing does."""
    closed = [s for s in path.stretches if not network.arc_permits[s.arc] & profile.uses]
    if closed:
        # Steps are what people know to look for.
        worst = max(closed, key=lambda s: (network.kind(s.edge) == STEPS, s.length_m))
        said = {"distance": _metres(worst.length_m), "way": _way(network, worst)}
        if network.kind(worst.edge) == STEPS:
            return tr("{distance} of stairs, {way}", **said)
        return tr("{distance} that by the map nobody rolls along, {way}", **said)
    for stretch in path.stretches:
        onward = stretch.end_m > stretch.begin_m
        node = (network.edge_head if onward else network.edge_tail)[stretch.edge]
        whole = stretch.end_m == (network.edge_length_m[stretch.edge] if onward else 0.0)
        if whole and network.node_stops[node] & profile.permit:
            return tr("a kerb or a barrier, {way}", way=_way(network, stretch))
    return None


def _metres(length_m: float) -> Said:
    return wording.distance(max(1.0, length_m))


def _way(network: Network, stretch: Stretch) -> Said:
    return way_name(network.name(stretch.edge), network.kind(stretch.edge))
