"""A ride of a plan as lines of the printed itinerary."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.output.terminal.lines import Line
from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording as words
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day

#: A colour as GTFS writes it; a plan that was edited by hand may hold anything.
_HEX = expression("[0-9A-Fa-f]{6}")
#: A shorter wait between two rides is what a change takes, seconds.
SHORTEST_WAIT_S = 300


def kind_of(route_type: int) -> str:
    """Return what runs on a line, from GTFS's ``route_type``, basic or extended."""
    kinds = {
        0: tr("tram"), 1: tr("metro"), 2: tr("train"), 3: tr("bus"), 4: tr("ferry"),
        5: tr("cable tram"), 6: tr("cable car"), 7: tr("funicular"), 11: tr("trolleybus"),
        12: tr("monorail"),
    }  # fmt: skip
    hundreds = {
        1: kinds[2], 2: tr("coach"), 4: kinds[1], 7: kinds[3], 8: kinds[11], 9: kinds[0],
        10: kinds[4], 12: kinds[4], 13: kinds[6], 14: kinds[7], 15: tr("taxi"),
    }  # fmt: skip
    return kinds.get(route_type) or hundreds.get(route_type // 100) or tr("vehicle")


def ride_lines(part: Leg) -> list[Line]:
    """Return a ride in lines: what to take, from where to where, and what else runs that day."""
    (ride,) = part.rides
    line = Line()
    if ride.get("route_type") is not None:
        line.append(f"{kind_of(ride['route_type'])} ")
    line.append(ride["line"], _badge(ride))
    if headsign := ride.get("headsign"):
        # Trains of the TER show their number.
        where = headsign if headsign.isdigit() else tr("towards {place}", place=headsign)
        line.append(f" {where}")
    line.append(f", {words.between(part.depart, part.arrive)}")
    route = tr(
        "{origin} {depart} to {destination} {arrive}",
        origin=_stop(ride["from_stop"], ride.get("from_platform")),
        depart=words.clock(part.depart),
        destination=_stop(ride["to_stop"], ride.get("to_platform")),
        arrive=words.clock(part.arrive),
    )
    return [line, Line(route), Line(_others(ride), "dim")]


def _badge(ride: Mapping[str, Any]) -> str:
    """Return the style of a line's name: its letters on its colour, which no terminal hides."""
    colour, letters = (str(ride.get(key) or "") for key in ("colour", "text_colour"))
    if not _HEX.fullmatch(colour):
        return "bold"
    written = letters if _HEX.fullmatch(letters) else _letters_on(colour)
    return f"bold #{written} on #{colour}"


def _letters_on(colour: str) -> str:
    """Return black or white, whichever is read more easily on a colour (ITU-R BT.601 luma)."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (0, 2, 4))
    return "000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 127 else "FFFFFF"


def change_line(before: Leg, after: Leg) -> list[Line]:
    """Return how long one waits for a ride after another, where that is worth a line."""
    if not (before.rides and after.rides):
        return []
    if elapsed_s(before.arrive, after.depart) < SHORTEST_WAIT_S:
        return []
    waiting = words.between(before.arrive, after.depart)
    return [Line(tr("{duration} to change", duration=waiting), "dim")]


def _others(ride: Mapping[str, Any]) -> str:
    """Return when the next and the last ride between the two stops leave."""
    following, last = (
        words.clock(dt.datetime.fromisoformat(other["depart"]))
        if (other := ride.get(which)) and other["depart"] != ride["depart"]
        else None
        for which in ("next", "last")
    )
    if following and last and following != last:
        return tr("next at {next}, last at {last}", next=following, last=last)
    if following:
        return tr("next at {next}, which is the last of the day", next=following)
    return tr("the last of the day")


def _stop(name: str, platform: str | None) -> str:
    return tr("{stop} (platform {platform})", stop=name, platform=platform) if platform else name


def emissions(day: Day) -> str | None:
    """Return what the rides of a day emit beside a car, None where nothing is ridden."""
    rides_g, car_g = day.totals.co2_g, day.totals.car_co2_g
    if rides_g is None or not car_g:
        return None
    if rides_g == car_g:
        return tr(
            "CO2 of the car, alone in it, {car} kg (figures for France)",
            car=words.number(car_g / 1000, 1),
        )
    return tr(
        "CO2 of the rides {rides} kg; by car, alone, {car} kg (figures for France)",
        rides=words.number(rides_g / 1000, 1),
        car=words.number(car_g / 1000, 1),
    )
