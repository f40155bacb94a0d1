"""Price the way: what the legs, the waits and the walking of a day cost.

The one place where `lens_routes.tour.problem.Prices` are turned into effort. The effort of a day is

- of each leg: its hours on foot, along main roads and in the dark, and its hours of riding;
- of each stop: the hours one waits there beyond patience, for it to begin and for a break after it;
- of the day: the kilometres on foot beyond those a day's legs like.

Before the first stop nobody waits: one leaves later. In the dark is only who walks all the way:
stations and stops are lit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from lens_routes.tour.problem import Prices, Problem, Window

    Floats = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.number]

HOUR_S = 3600


def leg_effort(problem: Problem, number: int, ends: tuple[int, int], depart_s: int) -> float:
    """Return the effort of a leg of day *number* between two locations, left at *depart_s*."""
    foot_s, ride_s = problem.travel.trip(*ends, depart_s)
    effort = trip_effort(problem, ends, foot_s, ride_s)
    if problem.light and not ride_s:
        dark = dark_s(problem.light[number], depart_s, depart_s + foot_s)
        effort += problem.prices.in_the_dark * dark / HOUR_S
    return effort


def trip_effort(problem: Problem, ends: tuple[int, int], foot_s: int, ride_s: int) -> float:
    """Return the effort of so many seconds on foot and riding between two locations, by day."""
    prices = problem.prices
    seconds = prices.walk * foot_s + prices.ride * ride_s
    if problem.main_s is not None and not ride_s:
        seconds += prices.along_main_roads * problem.main_s[ends[0]][ends[1]]
    return seconds / HOUR_S


def trips_effort(
    prices: Prices, foot_s: Numbers, ride_s: Numbers, main_s: Floats | float
) -> Floats:
    """Return the `trip_effort` of many trips; of the walks among them *main_s* is on main roads."""
    seconds = prices.walk * foot_s + prices.ride * ride_s
    effort: Floats = (seconds + prices.along_main_roads * main_s * (ride_s == 0)) / HOUR_S
    return effort


def wait_effort(prices: Prices, wait_s: float) -> float:
    """Return the effort of waiting at one stop for so long, its breaks included."""
    return prices.wait * max(0.0, wait_s - prices.patience_s) / HOUR_S


def tired_effort(prices: Prices, walk_m: float) -> float:
    """Return the effort of so many metres on foot in one day beyond that of their minutes."""
    return prices.tired_km * max(0.0, walk_m - prices.fresh_m) / 1000


def dark_s(light: Window, begin_s: int, end_s: int) -> int:
    """Return how many seconds of a span are outside the light."""
    return end_s - begin_s - max(0, min(end_s, light[1]) - max(begin_s, light[0]))
