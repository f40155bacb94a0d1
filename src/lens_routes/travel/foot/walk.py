"""One walk between two points: how far, how long, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import distance_m as great_circle_m
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.cost import walking_s

if TYPE_CHECKING:
    from lens_routes.geo import Point
    from lens_routes.plan.grade import Grade
    from lens_routes.streets.profiles.profile import Profile


#: Longer than anybody goes in a day: there is no way, metres.
NEVER_M = 1e6


class Walk(NamedTuple):
    """The length of a walk in metres, from door to door.

    ``steps_m`` are its metres on stairs and ``main_road_m`` those along main roads, both zero
    where the grade cannot tell. ``ascent_m`` and ``descent_m`` are known with height data;
    ``mover`` is who walks, or rolls.
    """

    distance_m: float
    grade: Grade
    steps_m: float = 0.0
    main_road_m: float = 0.0
    ascent_m: float = 0.0
    descent_m: float = 0.0
    mover: Profile = FOOT

    def seconds(self, pace_kmh: float) -> int:
        """Return how long the walk takes at *pace_kmh* on the level, in whole seconds.

        Stairs and climbs take longer; see `lens_routes.streets.route.cost`.
        """
        return round(self._exact_s(pace_kmh, self.ascent_m, self.descent_m))

    def seconds_either_way(self, pace_kmh: float) -> float:
        """Return how long the walk takes there or back, whichever is longer, in seconds."""
        there_s = self._exact_s(pace_kmh, self.ascent_m, self.descent_m)
        return max(there_s, self._exact_s(pace_kmh, self.descent_m, self.ascent_m))

    def _exact_s(self, pace_kmh: float, *climb_m: float) -> float:
        up_m, down_m = climb_m
        return walking_s(self.distance_m, self.steps_m, pace_kmh, (up_m, down_m), self.mover)


class DetourFit(NamedTuple):
    """Street distance as great circle times a factor, with the error of saying so.

    ``mean_error`` and ``p90_error`` are the mean and the 90th percentile of the relative error
    over the ``pairs`` walks it was fitted on.
    """

    factor: float
    mean_error: float
    p90_error: float
    pairs: int

    def distance_m(self, a: Point, b: Point) -> float:
        """Return the estimated street distance between two points, in metres, to the decimetre."""
        return round(self.factor * great_circle_m(a, b) * 10) / 10


#: The walks a fit is made on: what a person may walk between two visits.
FIT_FROM_M, FIT_TO_M = 200.0, 10_000.0


def fit_detour(pairs: list[tuple[float, float]], to_m: float = FIT_TO_M) -> DetourFit:
    """Fit a detour factor on (great circle, street) distances in metres.

    The factor is the median ratio, which a few walks round a railway or a canal do not move;
    the errors are measured on the same pairs. Pairs closer than 200 m or farther than *to_m* stay
    out.

    Raises
    ------
    ValueError
        No pair lies in that range.
    """
    import statistics  # noqa: PLC0415  # only needed when a table is made

    used = [(g, d) for g, d in pairs if FIT_FROM_M <= g <= to_m]
    factor = statistics.median(d / g for g, d in used)
    errors = sorted(abs(factor * g - d) / d for g, d in used)
    return DetourFit(
        factor=round(factor, 4),
        mean_error=round(statistics.fmean(errors), 4),
        p90_error=round(errors[min(len(errors) - 1, int(0.9 * len(errors)))], 4),
        pairs=len(used),
    )
