"""A way through the streets as one follows it: its line, directions, heights, what one passes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.plan.amenity import ON_THE_WAY
from lens_routes.plan.leg import Step
from lens_routes.streets.access.conditions import conditions
from lens_routes.streets.around.amenities import along
from lens_routes.streets.route.directions import directions
from lens_routes.streets.route.hourly import shut_on
from lens_routes.streets.route.path import geometry
from lens_routes.streets.route.phrases import phrase, way_name
from lens_routes.streets.route.slopes import course, heights_along
from lens_routes.streets.route.slopes import steepest as steepest_of
from lens_routes.text.language import tr
from lens_routes.travel.foot.rolling import worst_spot

if TYPE_CHECKING:
    from lens_routes.geo import Point
    from lens_routes.plan.amenity import Amenity
    from lens_routes.plan.leg import Leg
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.stretch import Stretch
    from lens_routes.text.language import Said


class Followed(NamedTuple):
    """A way through the streets as one follows it: its line, directions, heights, what one passes.

    ``heights`` are those of the points of ``line``, metres, none where they are not known, and
    ``steepest`` is the greatest rise or fall per metre over 100 m. ``worst`` is what is hardest for
    who rolls.
    """

    network: Network
    path: Path
    line: tuple[Point, ...]
    steps: tuple[Step, ...]
    heights: tuple[float, ...]
    steepest: float | None
    passed: tuple[Amenity, ...]
    worst: str | None = None

    @classmethod
    def of(
        cls, network: Network, path: Path, ends: tuple[Point, Point], destination: str
    ) -> Followed:
        """Return a path between two points as one follows it to what is called *destination*."""
        steps = tuple(
            Step(phrase(instruction, destination), instruction.street, instruction.distance_m)
            for instruction in directions(network, path)
        )
        line = _door_to_door(ends[0], geometry(network, path), ends[1])
        places = course(network, path.stretches)
        heights = heights_along(line, places, path.start.gap_m)
        steepest = round(steepest_of(places)[0], 3) if places else None
        passed = tuple(along(network.amenities, line, ON_THE_WAY))
        worst = worst_spot(network, path) if path.profile.rolls else None
        return cls(network, path, line, steps, heights, steepest, passed, worst)

    def told(self, leg: Leg) -> Leg:
        """Return a leg that leads this way with all that is known of it."""
        measures = self.path.measures
        # Where heights are known of some streets only, their climbs count all the same.
        climbed = bool(self.heights or measures.ascent_m or measures.descent_m)
        shut = shut_on(self.network, self.path, leg.depart)
        sure_m = measures.sure if self.path.profile.rolls else None
        return replace(
            leg,
            geometry=self.line,
            steps=self.steps,
            snap_m=self.path.start.gap_m + self.path.end.gap_m,
            ascent_m=measures.ascent_m if climbed else None,
            descent_m=measures.descent_m if climbed else None,
            steepest=self.steepest,
            elevations=self.heights,
            passed=self.passed,
            passable_m=sure_m,
            unknown_m=None if sure_m is None else leg.distance_m - sure_m,
            worst=self.worst,
            shut=None if shut is None else _shut(self.network, shut[1]),
        )


def _shut(network: Network, stretch: Stretch) -> Said:
    """Return a way that is closed when one passes, with what the map says of its hours."""
    hours = ", ".join(conditions(network.tags(stretch.edge)))
    way = way_name(network.name(stretch.edge), network.kind(stretch.edge))
    return tr("{way} (the map says: {hours})", way=way, hours=hours)


def _door_to_door(start: Point, line: list[Point], end: Point) -> tuple[Point, ...]:
    """Return the line with the gaps to the streets at both ends, no point twice in a row."""
    whole = [start]
    for point in (*line, end):
        if point != whole[-1]:
            whole.append(point)
    return tuple(whole)
