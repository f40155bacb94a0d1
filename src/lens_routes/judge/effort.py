"""Check what the ways of a day are said to cost, by the prices that the document states.

The effort of a way is, in hours: on foot, the share along main roads and what is dark at their
higher prices; riding, changes included; and waiting for what comes after it, beyond one's patience
with each stop. Kilometres on foot beyond those a day's legs like cost more, on the way where they
are walked. Nobody waits for the first stop: one leaves later.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import ROUNDING_SCORE, seconds_between
from lens_routes.judge.shape import Fault
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Figures of a document are rounded to seconds and decimetres; hours of them differ by this much.
ROUNDING_EFFORT = 0.005


def check_effort(
    day: Mapping[str, Any], path: str, prices: Mapping[str, float] | None
) -> Iterator[Fault]:
    """Yield every effort of a day that its own figures do not come to."""
    totals, legs = day["totals"], day["legs"]
    if prices is None:
        # Plans made before ways had a price state none.
        return
    for index, (leg, due) in enumerate(zip(legs, _due(day, prices), strict=True)):
        if leg.get("effort") is None or abs(leg["effort"] - due) > ROUNDING_EFFORT:
            yield _wrong(f"{path}.legs[{index}].effort", leg.get("effort"), due)
    sums = {
        "worth": sum(stop["score"] for stop in day["stops"]),
        "effort": sum(leg.get("effort") or 0.0 for leg in legs),
    }
    for field, due in sums.items():
        if totals.get(field) is None or abs(totals[field] - due) > ROUNDING_SCORE:
            yield _wrong(f"{path}.totals.{field}", totals.get(field), due)


def _wrong(where: str, found: float | None, due: float) -> Fault:
    return Fault(where, tr("{found} should be {due}", found=found, due=f"{due:.4f}"))


def _due(day: Mapping[str, Any], prices: Mapping[str, float]) -> Iterator[float]:
    """Yield what each way of a day costs."""
    stops = day["stops"]
    walked_m = waited_s = 0.0
    left = day["start"]["time"]
    for index, leg in enumerate(day["legs"]):
        cost = _on_the_way(leg, prices) / 3600
        beyond_m = max(0.0, walked_m + leg["distance_m"] - max(walked_m, prices["fresh_m"]))
        cost += prices["tired_km"] * beyond_m / 1000
        walked_m += leg["distance_m"]
        if index < len(stops):
            stop = stops[index]
            stays = index > 0 and _stays(stops[index - 1], stop, leg)
            already_s = waited_s if stays else 0.0
            idle_s = seconds_between(left, stop["begin"]) - leg["duration_s"]
            waited_s = already_s + (idle_s if index else 0.0)
            spared = prices["patience_s"]
            dear_s = max(waited_s, spared) - max(already_s, spared)
            cost += prices["wait"] * dear_s / 3600
            left = stop["leave"]
        yield cost


def _on_the_way(leg: Mapping[str, Any], prices: Mapping[str, float]) -> float:
    """Return the effort of a leg without its wait, times 3600."""
    lasts_s: float = leg["duration_s"]
    if leg["mode"] != "walk":
        parts = leg.get("parts") or ()
        on_foot_s = math.fsum(part["duration_s"] for part in parts if part["mode"] == "walk")
        return prices["walk"] * on_foot_s + prices["ride"] * (lasts_s - on_foot_s)
    along_m: float = leg.get("main_road_m") or 0.0
    main_s = lasts_s * along_m / leg["distance_m"] if leg["distance_m"] else 0.0
    along = max(prices["main_road"], prices["walk"]) - prices["walk"]
    dark = max(prices["dark"], prices["walk"]) - prices["walk"]
    dark_s: float = leg.get("dark_s") or 0.0
    return prices["walk"] * lasts_s + along * main_s + dark * dark_s


def _stays(before: Mapping[str, Any], stop: Mapping[str, Any], leg: Mapping[str, Any]) -> bool:
    """Return whether a stop is a break where one just was."""
    at_once = not leg["duration_s"] and not seconds_between(before["leave"], stop["arrive"])
    return stop["kind"] == "break" and at_once
