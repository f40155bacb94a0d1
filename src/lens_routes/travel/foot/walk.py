"""One walk between two points: how far, how long, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lens_routes.geo import distance_m as great_circle_m
from lens_routes.streets.profiles.foot import FOOT, STEPS_TIME_FACTOR

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from lens_routes.geo import Point
    from lens_routes.plan.grade import Grade
    from lens_routes.streets.profiles.profile import Profile

#: A length, or an array of lengths.
Lengths = TypeVar("Lengths", float, "npt.NDArray[np.float64]")
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

        Stairs and climbs take longer; see `walking_s`.
        """
        return round(self._exact_s(pace_kmh, self.ascent_m, self.descent_m))

    def seconds_either_way(self, pace_kmh: float) -> float:
        """Return how long the walk takes there or back, whichever is longer, in seconds."""
        there_s = self._exact_s(pace_kmh, self.ascent_m, self.descent_m)
        return max(there_s, self._exact_s(pace_kmh, self.descent_m, self.ascent_m))

    def _exact_s(self, pace_kmh: float, *climb_m: float) -> float:
        up_m, down_m = climb_m
        return walking_s(self.distance_m, self.steps_m, pace_kmh, (up_m, down_m), self.mover)


def walking_s(
    distance_m: Lengths,
    steps_m: Lengths,
    speed_kmh: float,
    climb_m: tuple[Lengths | float, Lengths | float] = (0.0, 0.0),
    profile: Profile = FOOT,
) -> Lengths:
    """Return the seconds a walk takes, or many walks at once.

    Parameters
    ----------
    distance_m
        Length of the walk, steps included, metres.
    steps_m
        Metres of it on steps.
    speed_kmh
        Speed on the flat, kilometres an hour.
    climb_m
        Metres up, and down, as far as height data know.
    profile
        Who walks, or rolls.
    """
    climbing_m = profile.climb * climb_m[0] + profile.fall * climb_m[1]
    level_m = distance_m + (STEPS_TIME_FACTOR - 1.0) * steps_m + climbing_m
    return level_m / (speed_kmh / 3.6)


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
