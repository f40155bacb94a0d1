"""What every format says of a plan in the same words: title, numbers, facts, ways, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes import wording
from lens_routes.language import trn
from lens_routes.plan import Grade, elapsed_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.geo import Point
    from lens_routes.plan import Day, Leg, Plan, Stop

OSM_CREDIT = "© OpenStreetMap contributors, ODbL 1.0"
NO_TRACE = "no line on the map: the plan was made without the street network"

_GRADES = {Grade.TABLE: " (street distance, no trace)", Grade.ESTIMATE: " (estimate)"}


def title(plan: Plan) -> str:
    """Return what the tour is called: its themes and its date or dates."""
    given = plan.request.get("themes")
    themes = [wording.theme(str(name)) for name in given] if isinstance(given, list) else []
    words = (" and ".join(themes) if len(themes) < 3 else ", ".join(themes)) or "discovery"
    dates = list(dict.fromkeys(wording.date(day.date) for day in plan.days))
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return f"{wording.sentence(words)} tour, {when}"


def day_line(day: Day) -> str:
    """Return a day in a line: where from and to, when, how far on foot."""
    there_and_back = day.start.point == day.end.point
    ends = f"{day.start.name} and back" if there_and_back else f"{day.start.name} to {day.end.name}"
    visits = sum(stop.kind == "visit" for stop in day.stops)
    return (
        f"From {ends}, {wording.clock(day.start_time)} to {wording.clock(day.end_time)}:"
        f" {trn('{n} visit', '{n} visits', visits)},"
        f" {wording.distance(day.totals.walk_m)} on foot"
    )


def numbered(day: Day) -> Iterator[tuple[int | None, Stop]]:
    """Yield the stops, each with its number among the day's visits; breaks have none."""
    number = 0
    for stop in day.stops:
        number += stop.kind == "visit"
        yield (number if stop.kind == "visit" else None), stop


def label(number: int | None, stop: Stop) -> str:
    """Return a stop's name behind its number, if it has one."""
    return stop.name if number is None else f"{number}. {stop.name}"


def facts(stop: Stop) -> list[str]:
    """Return what is to know of a stop, as sentences: when, opening, what, notes."""
    planned = f"Planned {wording.clock(stop.begin)} to {wording.clock(stop.leave)}."
    wait_s = elapsed_s(stop.arrive, stop.begin)
    if wait_s >= 60:
        arrive = wording.clock(stop.arrive)
        planned += f" You arrive at {arrive} and wait {wording.duration(wait_s)}."
    return [
        planned,
        *(_sentence(text) for text in (stop.hours, stop.description, *stop.notes) if text),
    ]


def moves(leg: Leg) -> bool:
    """Tell whether one gets anywhere on a leg; the last one of a one-way tour is empty."""
    return leg.distance_m > 0 or bool(leg.rides)


def way(leg: Leg) -> str:
    """Return a leg in words: how far on foot, which rides, how long."""
    parts = [f"{wording.distance(leg.distance_m)} on foot"] if leg.distance_m > 0 else []
    parts += [ride(item) for item in leg.rides]
    if leg.mode == "transit" and not leg.rides:
        parts.append("public transport")
    return ", ".join([*parts, wording.duration(leg.duration_s)]) + _GRADES.get(leg.source, "")


def ride(item: dict[str, Any]) -> str:
    """Return a ride in words: the line, where to get on and off, and when."""
    named = {key: str(value) for key, value in item.items() if value}
    words = " ".join(named[key] for key in ("line",) if key in named) or "ride"
    if "headsign" in named:
        words += f" towards {named['headsign']}"
    for stop, when, preposition in (("from_stop", "depart", "from"), ("to_stop", "arrive", "to")):
        if stop in named:
            words += f" {preposition} {named[stop]}"
        if when in named:
            # ISO 8601: the clock stands behind the T.
            words += f" at {named[when].partition('T')[2][:5] or named[when]}"
    return words


def line_of(leg: Leg) -> list[Point]:
    """Return the points of a leg's line, none said twice in a row; empty where there is no line."""
    points: list[Point] = []
    for point in leg.geometry or ():
        if not points or point != points[-1]:
            points.append(point)
    return points if len(points) > 1 else []


def untraced(plan: Plan) -> int:
    """Return how many legs lead somewhere and have no line."""
    return sum(moves(leg) and not line_of(leg) for day in plan.days for leg in day.legs)


def attribution(plan: Plan) -> str:
    """Return where the data come from, OpenStreetMap named wherever its map is behind a figure."""
    sources = [
        ", ".join(part for part in (item.source, item.date, item.licence) if part)
        for item in plan.provenance
    ]
    from_map = any(leg.source is not Grade.ESTIMATE for day in plan.days for leg in day.legs)
    if from_map and not any("OpenStreetMap" in source for source in sources):
        sources.append(OSM_CREDIT)
    return ". ".join(source.removesuffix(".") for source in [*sources, f"Made by {plan.program}"])


def _sentence(text: str) -> str:
    return wording.sentence(text if text.endswith((".", "!", "?", "…")) else f"{text}.")
