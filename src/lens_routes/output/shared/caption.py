"""What every format says of a plan in the same words: title, numbers, facts, ways, credits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.geo import distance_m
from lens_routes.output.shared.rolling import rolled
from lens_routes.plan import amenity
from lens_routes.plan.grade import Grade
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.geo import Point
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, LeftOut, Plan, Provenance, Stop
    from lens_routes.text.language import Said

#: The space behind a sentence: behind a sign that follows three letters or a closing one.
_END = expression(r"(?<=[^\W\d_]{3}[.!?…])\s+|(?<=[)»”%][.!?…])\s+")

#: A title of more themes is read by nobody.
_MOST_THEMES = 3

#: A shorter walk beside rides by a vehicle of one's own is not told, metres.
WALK_TOLD_M = 50.0
#: What is nearer than this to the start of a way is there, metres.
_HERE_M = 25.0

OSM_CREDIT = "© OpenStreetMap contributors, ODbL 1.0"


def title(plan: Plan) -> str:
    """Return what the tour is called: its themes and its date or dates."""
    return title_of(plan, plan.days)


def title_of(plan: Plan, days: Sequence[Day]) -> str:
    """Return what some days of a tour are called."""
    dates = list(dict.fromkeys(_dated(day) for day in days))
    when = dates[0] if len(dates) == 1 else tr("{first} to {last}", first=dates[0], last=dates[-1])
    return tr("{tour}, {dates}", tour=tour(themes(plan)), dates=when)


def themes(plan: Plan) -> list[str]:
    """Return what the themes asked for are called; older plans keep their ids only."""
    ids = plan.request.get("themes")
    if plan.theme_names:
        return [*plan.theme_names]
    return [wording.id_words(str(name)) for name in ids] if isinstance(ids, list) else []


def _dated(day: Day) -> str:
    """Return the date of a day, with the public holiday it is."""
    date = wording.date(day.date)
    return tr("{date} ({holiday})", date=date, holiday=day.holiday) if day.holiday else date


def tour(themes: Sequence[str]) -> str:
    """Return what a tour on these themes, already in words, is called."""
    if not 1 <= len(themes) <= _MOST_THEMES:
        return tr("Discovery tour")
    return wording.sentence(tr("{themes} tour", themes=wording.titled(themes)))


def visits(day: Day) -> int:
    """Return how many places a day visits."""
    return sum(stop.kind == "visit" for stop in day.stops)


def day_line(day: Day) -> str:
    """Return a day in a line: where from and to, when, how far on foot and by a vehicle."""
    far = [gone("walk", day.totals.walk_m)]
    if day.totals.ride_m:
        ridden = gone(vehicle_of(day), day.totals.ride_m)
        far = [*far, ridden] if day.totals.walk_m >= WALK_TOLD_M else [ridden]
    seen = trn("{n} visit", "{n} visits", visits(day))
    return tr("{ends}: {visits}", ends=ends(day), visits=joined(", ", [seen, *far]))


def vehicle_of(day: Day) -> str:
    """Return the mode of the vehicle of one's own that a day goes by, empty without one."""
    return next((leg.mode for leg in day.legs if leg.ride_m), "")


def ends(day: Day) -> str:
    """Return from where to where a day goes, and when."""
    when = {"begin": wording.clock(day.start_time), "end": wording.clock(day.end_time)}
    if day.start.point == day.end.point:
        return tr("From {start} and back, {begin} to {end}", start=day.start.name, **when)
    return tr(
        "From {start} to {goal}, {begin} to {end}", start=day.start.name, goal=day.end.name, **when
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
    planned = tr(
        "Planned {begin} to {end}.", begin=wording.clock(stop.begin), end=wording.clock(stop.leave)
    )
    if wording.shown_s(stop.arrive, stop.begin):
        waiting = tr(
            "You arrive at {time} and wait {duration}.",
            time=wording.clock(stop.arrive),
            duration=wording.between(stop.arrive, stop.begin),
        )
        planned = joined(" ", (planned, waiting))
    return [
        planned,
        *(_sentence(text) for text in (stop.hours, stop.description, *stop.notes) if text),
    ]


def moves(leg: Leg) -> bool:
    """Tell whether one gets anywhere on a leg; the last one of a one-way tour is empty."""
    return leg.distance_m > 0 or bool(leg.rides or leg.ride_m)


def way(leg: Leg) -> str:
    """Return a leg in words: how far on foot and by a vehicle, which rides, how long."""
    parts = [on_foot(leg)] if leg.distance_m > 0 and (leg.parts or not leg.ride_m) else []
    parts += [gone(leg.mode, leg.ride_m)] if leg.ride_m else []
    parts += [ride(item) for item in leg.rides]
    if leg.mode == "transit" and not leg.rides:
        parts.append(tr("public transport"))
    words = joined(", ", [*parts, lasting(leg)])
    if not (leg.distance_m or leg.ride_m):
        return words
    if leg.source is Grade.TABLE:
        return tr("{way} (street distance, no trace)", way=words)
    if leg.source is Grade.ESTIMATE:
        return tr("{way} (estimate)", way=words)
    return words


def on_foot(leg: Leg) -> str:
    """Return how far one walks on a leg."""
    return gone("walk", leg.distance_m)


def gone(mode: str, metres: float) -> str:
    """Return how far one goes by a mode."""
    distance = wording.distance(metres)
    return {
        "walk": tr("{distance} on foot", distance=distance),
        "bike": tr("{distance} by bike", distance=distance),
        "car": tr("{distance} by car", distance=distance),
    }[mode]


def lasting(leg: Leg) -> str:
    """Return how long a leg takes; nobody knows that of traffic."""
    duration = wording.between(leg.depart, leg.arrive)
    return tr("about {duration}", duration=duration) if leg.mode == "car" else duration


def kind_of_place(stop: Stop) -> str:
    """Return what a stop is in words, such as "Slag heap", or "Visit" where no kind is known."""
    if stop.place_kind:
        return wording.sentence(stop.kind_name or wording.id_words(stop.place_kind))
    return tr("Break") if stop.kind == "break" else tr("Visit")


def from_to(leg: Leg) -> str:
    """Return from where to where a leg leads."""
    return tr("{origin} to {destination}", origin=leg.origin, destination=leg.destination)


def endpoint(role: str, name: str) -> str:
    """Return the start or the end of a day, the *role*, with its name."""
    if role == "start":
        return tr("Start: {place}", place=name)
    return tr("End: {place}", place=name)


def lines_missing(ways: int) -> str:
    """Return how many ways have no line on the map, and why."""
    return trn(
        "{n} way has no line on the map: the plan was made without the street network.",
        "{n} ways have no line on the map: the plan was made without the street network.",
        ways,
    )


def left_out(item: LeftOut) -> str:
    """Return which place is not in the tour, and why."""
    return tr("{place}: {reason}", place=item.name or item.place, reason=item.reason)


def source(item: Provenance) -> str:
    """Return which data come from where."""
    data = {
        "places": tr("Places"),
        "streets": tr("Streets"),
        "heights": tr("Heights"),
        "walking distances": tr("Walking distances"),
        "cycling distances": tr("Cycling distances"),
        "driving distances": tr("Driving distances"),
        "timetable": tr("Timetable"),
        "emissions": tr("Emissions"),
    }.get(item.data, wording.sentence(item.data))
    parts = [part for part in (item.source, item.date, item.licence) if part]
    return tr("{data}: {source}", data=data, source=joined(", ", parts))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text; the dot of an abbreviation ends none."""
    return _END.split(text, maxsplit=1)[0]


def opening(state: str) -> str:
    """Return whether a place is ``open``, ``closed`` or of ``unknown`` hours, in words."""
    return {"open": tr("open"), "closed": tr("closed")}.get(state, tr("hours unknown"))


def no_trace() -> str:
    """Return why a way has no line."""
    return tr("no line on the map: the plan was made without the street network")


def ride(item: dict[str, Any]) -> str:
    """Return a ride in words: the line, where to get on and off, and when."""
    named = {key: str(value) for key, value in item.items() if value}
    parts = [line(item)]
    if "from_stop" in named:
        parts.append(_call(tr("from {stop}", stop=named["from_stop"]), named.get("depart")))
    if "to_stop" in named:
        parts.append(_call(tr("to {stop}", stop=named["to_stop"]), named.get("arrive")))
    return joined(" ", parts)


def line(item: dict[str, Any]) -> str:
    """Return what a ride is known by: its line, and its number or where it goes."""
    name, headsign = (str(item.get(key) or "") for key in ("line", "headsign"))
    name = name or tr("ride")
    if headsign.isdigit():
        # Trains of the TER show their number.
        return joined(" ", (name, headsign))
    return tr("{line} towards {headsign}", line=name, headsign=headsign) if headsign else name


def _call(where: str, when: str | None) -> str:
    if when is None:
        return where
    # ISO 8601: the clock stands behind the T.
    return tr("{where} at {time}", where=where, time=when.partition("T")[2][:5] or when)


def line_of(leg: Leg) -> list[Point]:
    """Return the points of a leg's line, none said twice in a row; empty where there is no line."""
    points: list[Point] = []
    for point in leg.geometry or ():
        if not points or point != points[-1]:
            points.append(point)
    return points if len(points) > 1 else []


def length_m(leg: Leg) -> float | None:
    """Return how far a leg goes, walked or ridden, in metres; None where nobody knows."""
    if leg.mode == "walk" or (leg.ride_m and not leg.parts):
        return leg.distance_m
    if leg.ride_m:
        return leg.distance_m + leg.ride_m
    ridden = [ride.get("length_m") for ride in leg.rides]
    if ridden and None not in ridden:
        return sum(map(float, filter(None, ridden)))
    points = line_of(leg)
    return sum(distance_m(a, b) for a, b in pairwise(points)) if points else None


def untraced(plan: Plan) -> int:
    """Return how many legs lead somewhere and have no line."""
    return sum(moves(leg) and not line_of(leg) for day in plan.days for leg in day.legs)


def from_map(plan: Plan) -> bool:
    """Tell whether a map is behind any figure of a plan."""
    return any(leg.source is not Grade.ESTIMATE for day in plan.days for leg in day.legs)


def attribution(plan: Plan) -> str:
    """Return where the data come from, OpenStreetMap named wherever its map is behind a figure."""
    sources = [
        ", ".join(part for part in (item.source, item.date, item.licence) if part)
        for item in plan.provenance
    ]
    if from_map(plan) and not any("OpenStreetMap" in source for source in sources):
        sources.append(tr("© OpenStreetMap contributors, ODbL 1.0"))
    made = tr("Made by {program}", program=plan.program)
    said = [wording.sentence(source.removesuffix(".")) for source in sources]
    return joined(". ", [*said, made])


def _sentence(text: str) -> str:
    return wording.sentence(
        text if text.endswith((".", "!", "?", "…")) else joined("", (text, "."))
    )


def besides(leg: Leg) -> Iterator[str]:
    """Yield sentences of what else is worth knowing of a way: its climb, what one passes."""
    if leg.ascent_m is not None and leg.descent_m is not None:
        up, down = wording.height(leg.ascent_m), wording.height(leg.descent_m)
        climbing = tr("{up} up, {down} down", up=up, down=down)
        if not leg.elevations:
            climbing = tr("{climb} as far as heights are known", climb=climbing)
        yield wording.sentence(joined("", (climbing, ".")))
    yield from (wording.sentence(joined("", (fact, "."))) for fact in rolled(leg))
    if leg.passed:
        yield wording.sentence(joined("", (on_the_way(leg), ".")))


def on_the_way(leg: Leg) -> Said:
    """Return what one passes that travellers need, and how far along."""
    found: dict[str, dict[str, Said]] = {}
    for one in leg.passed:
        at_m = one.at_m or 0.0
        far = wording.distance(at_m)
        here = tr("at the start") if at_m < _HERE_M else tr("at {distance}", distance=far)
        found.setdefault(one.kind, {})[far if at_m >= _HERE_M else ""] = here
    things = (
        joined(" ", (amenity.name_of(kind), wording.listed([*where.values()])))
        for kind, where in found.items()
    )
    return tr("on the way: {things}", things=joined(", ", things))
