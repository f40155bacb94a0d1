"""A way through the network: which edges, from where to where along each, and what it is like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.streets.profiles.kinds import CALM, STEPS
from lens_routes.streets.profiles.profile import EASY
from lens_routes.streets.profiles.surfaces import Ground, ground_of
from lens_routes.streets.route.slopes import climbs
from lens_routes.streets.route.stretch import stretch_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.geo import Point
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap
    from lens_routes.streets.route.stretch import Stretch


#: A slope over less than this may be noise of the heights.
STEEP_OVER_M = 50.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Metres of a way by what they are like; those on a ferry are on no ground.

    ``ground`` has an entry for each `Ground`, unknown included; ``calm`` are those without
    traffic worth the name; ``pushed`` those where a bicycle is walked; ``sure`` those that the map
    says one can roll along.
    """

    ground: dict[Ground, float] = field(default_factory=lambda: dict.fromkeys(Ground, 0.0))
    steps: float = 0.0
    main_road: float = 0.0
    calm: float = 0.0
    pushed: float = 0.0
    ferry: float = 0.0
    sure: float = 0.0
    ascent_m: float = 0.0
    descent_m: float = 0.0


class Path(NamedTuple):
    """A way from one spot of the network to another; the gaps to the streets are not part of it.

    ``profile`` says who moves; ``times`` are the seconds of each of ``stretches``, ``permits`` who
    may use it when one passes; ``cost`` is the
    perceived cost by which the way was chosen, ``seconds`` how long it takes.
    """

    profile: Profile
    start: Snap
    end: Snap
    stretches: tuple[Stretch, ...]
    times: tuple[float, ...]
    permits: tuple[int, ...]
    length_m: float
    seconds: float
    cost: float
    measures: Measures

    @property
    def steps_m(self) -> float:
        """Metres on steps."""
        return self.measures.steps

    @property
    def main_road_m(self) -> float:
        """Metres along main roads."""
        return self.measures.main_road


def make_path(
    priced: Priced, start: Snap, end: Snap, stretches: Iterable[Stretch], cost: float
) -> Path:
    """Return the way over *stretches*, measured; those without length are dropped."""
    gone = tuple(stretch for stretch in stretches if stretch.begin_m != stretch.end_m)
    length_m = sum(stretch.length_m for stretch in gone)
    times = tuple(map(priced.seconds, gone))
    permits = tuple(priced.permit(stretch.arc) for stretch in gone)
    return Path(
        priced.profile,
        start,
        end,
        gone,
        times,
        permits,
        length_m,
        sum(times),
        cost,
        _measured(priced, gone),
    )


def _measured(priced: Priced, stretches: tuple[Stretch, ...]) -> Measures:
    network, profile = priced.network, priced.profile
    ground = dict.fromkeys(Ground, 0.0)
    of: dict[str, float] = dict.fromkeys(("steps", "main", "calm", "pushed", "ferry", "sure"), 0.0)
    climbed = [climbs(network, stretch) for stretch in stretches]
    for stretch, climb_m in zip(stretches, climbed, strict=True):
        tags, metres = network.tags(stretch.edge), stretch.length_m
        kind = kind_of(tags)
        if kind == FERRY:
            of["ferry"] += metres
            continue
        ground[ground_of(tags)] += metres
        of["steps"] += metres * (kind == STEPS and not profile.rolls)
        of["main"] += metres * (kind in profile.main_roads)
        of["calm"] += metres * (kind in CALM)
        if profile.rolls and profile.is_sure(tags):
            steep = metres >= STEEP_OVER_M and max(climb_m) > EASY * metres
            of["sure"] += 0.0 if steep else metres
        of["pushed"] += metres * (not priced.permit(stretch.arc) & priced.rides)
    up_m, down_m = (sum(metres) for metres in zip(*climbed, strict=True)) if climbed else (0.0, 0.0)
    return Measures(
        ground,
        of["steps"],
        of["main"],
        of["calm"],
        of["pushed"],
        of["ferry"],
        of["sure"],
        up_m,
        down_m,
    )


def geometry(network: Network, path: Path) -> list[Point]:
    """Return the line of a walk from its first spot to its last, at least two points."""
    line = [path.start.point]
    for stretch in path.stretches:
        for point in stretch_line(network, stretch):
            if point != line[-1]:
                line.append(point)
    if line[-1] != path.end.point or len(line) == 1:
        line.append(path.end.point)
    return line
