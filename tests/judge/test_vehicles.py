"""Rides as the checker works them out: by ground, by slope, along their line."""

from __future__ import annotations

from typing import Any

import pytest

from lens_routes.judge.vehicles import check_driven

#: A kilometre east of Lens, and where one stands at both ends.
WEST, EAST = [2.82, 50.43], [2.834117, 50.43]
ENDS = [{"name": "A", "lon": lon, "lat": lat} for lon, lat in (WEST, EAST)]


def ride(**changed: Any) -> dict[str, Any]:
    """Return a kilometre by bike on asphalt, 20 m up: 200 s, and 140 s for the climb."""
    part = {
        "mode": "bike",
        "source": "streets",
        "distance_m": 1000.0,
        "handling_s": 120,
        "duration_s": 460,
        "surface": {"paved": 1000.0, "firm": 0.0, "loose": 0.0, "unknown": 0.0},
        "ascent_m": 20.0,
        "descent_m": 0.0,
        "spots": [WEST, EAST],
        "geometry": [WEST, EAST],
        "depart": "2026-12-05T10:00:00+01:00",
        "arrive": "2026-12-05T10:07:40+01:00",
        **changed,
    }
    times = {key: part[key] for key in ("depart", "arrive")}
    return {"mode": "bike", "rides": [], "ride_m": 1000.0, "parts": [part], **times}


def faults(speed_kmh: float | None = None, **changed: Any) -> list[str]:
    return [fault.path for fault in check_driven(ride(**changed), ENDS, "leg", speed_kmh)]


def test_what_can_be_ridden_has_no_fault() -> None:
    """At 18 km/h on the level, and so much longer uphill."""
    assert faults() == []
    assert faults(12.0, duration_s=120 + 510) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ascent_m": 60.0}, "duration_s"),
        ({"surface": {"paved": 0.0, "firm": 0.0, "loose": 1000.0, "unknown": 0.0},
          "ascent_m": 45.0}, "duration_s"),
        ({"pushed_m": 800.0}, "duration_s"),
        ({"duration_s": 120 + 1400, "ascent_m": 0.0}, "duration_s"),
        ({"source": "table", "duration_s": 120 + 60}, "duration_s"),
        ({"surface": {"paved": 1500.0}, "ascent_m": 0.0}, "surface.paved"),
        ({"calm_m": 1200.0}, "calm_m"),
        ({"geometry": [WEST, [2.828, 50.43]]}, "geometry"),
        ({"geometry": [WEST, [2.82, 50.44], EAST]}, "geometry"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_fault(changed: dict[str, Any], field: str) -> None:
    """Too quick up a slope or over gravel, more of a ground than there is, a line elsewhere."""
    assert f"leg.parts[0].{field}" in faults(**changed)
