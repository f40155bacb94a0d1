"""A ride as the printed itinerary tells it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lens_routes.output.terminal.rides import change_line, emissions, ride_lines
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.plan import Day, Totals
from lens_routes.plan.waypoint import Waypoint


def _moment(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2025-03-05T{clock}:00+01:00")


def _ride(begin: str = "10:10", end: str = "10:40", **more: Any) -> Leg:
    ride = {
        "line": "C41",
        "headsign": "Douai",
        "from_stop": "Lens",
        "to_stop": "Dourges",
        "depart": _moment(begin).isoformat(),
        "arrive": _moment(end).isoformat(),
        "route_type": 2,
        **more,
    }
    depart, arrive = _moment(begin), _moment(end)
    lasting_s = (arrive - depart).total_seconds()
    return Leg(
        "Lens", "Dourges", depart, arrive, 0.0, lasting_s, Grade.TABLE, "transit", rides=(ride,)
    )


def _other(clock: str) -> dict[str, str]:
    return {"depart": _moment(clock).isoformat(), "arrive": _moment("23:00").isoformat()}


def test_what_to_take_and_where() -> None:
    """The means, the line, where it goes, how long; the stops with times and platforms."""
    first, second, _ = ride_lines(_ride(from_platform="3"))
    assert first.plain == "train C41 towards Douai, 30 min"
    assert second.plain == "Lens (platform 3) 10:10 to Dourges 10:40"
    assert ride_lines(_ride(headsign="843217"))[0].plain == "train C41 843217, 30 min"


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (
            {"next": _other("11:10"), "last": _other("20:10")},
            "next at 11:10, last at 20:10",
        ),
        (
            {"next": _other("11:10"), "last": _other("11:10")},
            "next at 11:10, which is the last of the day",
        ),
        ({"next": None, "last": _other("10:10")}, "the last of the day"),
    ],
)
def test_what_else_runs(others: dict[str, Any], words: str) -> None:
    """The next connection and the last of the day are named; so is that there is none."""
    assert ride_lines(_ride(**others))[2].plain == words


@pytest.mark.parametrize(
    ("colours", "style"),
    [
        ({"colour": "0749FF", "text_colour": "FFFFFF"}, "bold #FFFFFF on #0749FF"),
        ({"colour": "FFFF00"}, "bold #000000 on #FFFF00"),
        ({"colour": "000080", "text_colour": "white"}, "bold #FFFFFF on #000080"),
        ({"colour": "blue"}, "bold"),
        ({}, "bold"),
    ],
)
def test_a_line_has_its_colour(colours: dict[str, str], style: str) -> None:
    """Letters that can be read on the line's colour; what is no colour is not drawn."""
    (span,) = [s for s in ride_lines(_ride(**colours))[0].drawn().spans if "bold" in str(s.style)]
    assert span.style == style


def test_a_long_change_is_told() -> None:
    """A quarter of an hour on a platform is worth a line, a change as any other is not."""
    assert [line.plain for line in change_line(_ride(), _ride("10:55", "11:10"))] == [
        "15 min to change"
    ]
    assert change_line(_ride(), _ride("10:42", "11:00")) == []


def test_emissions_beside_a_car() -> None:
    """Kilograms of the rides and of a car; nothing where nothing was ridden."""
    home = Waypoint("Lens", 2.8, 50.4)
    totals = Totals(0, 0, 0, 0, 0, 0, 740.0, 6330.0)
    day = Day(dt.date(2025, 3, 5), home, home, _moment("10:00"), _moment("18:00"), (), (), totals)
    assert emissions(day) == "CO2 of the rides 0.7 kg; by car, alone, 6.3 kg (figures for France)"
    on_foot = Day(
        day.date, home, home, day.start_time, day.end_time, (), (), Totals(0, 0, 0, 0, 0, 0)
    )
    assert emissions(on_foot) is None
