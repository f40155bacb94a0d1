"""Check that one day of a plan works: times, opening hours, walks, limits, sums and slack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point, distance_m
from lens_routes.tour.check_shape import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lens_routes.catalogue.hours import DayOpening, Span
    from lens_routes.catalogue.place import Place

#: Times are whole seconds and lengths tenths of a metre; a traced walk may differ from the
#: planner's figure by two seconds before the tour is planned again.
ROUNDING_S, WALK_ROUNDING_S, ROUNDING_M = 1.0, 4.0, 0.1
ROUNDING_SCORE = 1e-3
#: Nobody takes more than three times as long for steps as for the same length of street.
STEPS_FACTOR = 3.0
#: No street is shorter than the straight line; spheres and map precision differ by this much.
STRAIGHT_TOLERANCE, STRAIGHT_TOLERANCE_M = 0.995, 3.0


@dataclass(frozen=True, slots=True)
class Break:
    """A break asked for: when it may begin on the day, and how long it lasts."""

    earliest: dt.datetime
    latest: dt.datetime
    minutes: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked of a day, read from the document, and the catalogue to check it by."""

    places: Mapping[str, Place]
    opening: Callable[[Place, dt.date], DayOpening]
    date: dt.date
    earliest: dt.datetime | None
    latest: dt.datetime | None
    pace_kmh: float
    visit_minutes: Mapping[str, float]
    max_walk_m: float | None
    max_visits: int | None
    strict_hours: bool
    margin_minutes: float
    appointments: Mapping[str, dt.datetime]
    breaks: Mapping[str, Break]
    ends: Mapping[str, Mapping[str, Any] | None]

    @classmethod
    def of(
        cls,
        request: Mapping[str, Any],
        places: Mapping[str, Place],
        opening: Callable[[Place, dt.date], DayOpening],
        day: Mapping[str, Any],
    ) -> Asked:
        """Read the request of a plan document; *day* is one of its days."""
        earliest = latest = None
        begins = _time(day["start"]["time"])

        def moment(clock: str) -> dt.datetime:
            # On the wall clock of the day's start: the contract's times carry only offsets.
            hour, minute = (int(part) for part in clock.split(":")[:2])
            return begins.replace(hour=hour, minute=minute, second=0)

        if request.get("at"):
            earliest = moment(str(request["at"]))
            if request.get("minutes") is not None:
                latest = earliest + dt.timedelta(minutes=request["minutes"])
        return cls(
            places=places,
            opening=opening,
            date=dt.date.fromisoformat(day["date"]),
            earliest=earliest,
            latest=latest,
            pace_kmh=float(request.get("pace_kmh") or 4.5),
            visit_minutes=request.get("visit_minutes") or {},
            max_walk_m=request.get("max_walk_m"),
            max_visits=request.get("max_visits"),
            strict_hours=bool(request.get("strict_hours")),
            margin_minutes=request.get("margin_minutes") or 0,
            appointments={
                item["place"]: moment(item["time"])
                for item in request.get("appointments") or ()
                if item.get("date") in (None, day["date"])
            },
            breaks={
                item["name"]: Break(
                    moment(item["earliest"]), moment(item["latest"]), item["minutes"]
                )
                for item in request.get("breaks") or ()
            },
            ends={end: request.get(end) for end in ("start", "end")},
        )


def check_day(day: Mapping[str, Any], path: str, asked: Asked) -> list[Fault]:
    """Return every fault of one day; *path* says where in the document it stands."""
    stops, legs = day["stops"], day["legs"]
    if len(legs) != len(stops) + 1:
        return [Fault(f"{path}.legs", f"{len(legs)} legs for {len(stops)} stops")]
    faults = list(_check_chain(day, path))
    faults += _check_ends(day, path, asked)
    faults += _check_limits(day, path, asked)
    points = [day["start"], *stops, day["end"]]
    for i, leg in enumerate(legs):
        faults += _check_leg(leg, points[i], points[i + 1], f"{path}.legs[{i}]", asked)
    for i, stop in enumerate(stops):
        faults += _check_stop(stop, f"{path}.stops[{i}]", asked)
    faults += _check_breaks(day, path, asked)
    faults += _check_totals(day, path)
    if not faults:
        faults += _check_slack(day, path, asked)
    return faults


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _between(first: str, then: str) -> float:
    return (_time(then) - _time(first)).total_seconds()


def _check_chain(day: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that every moment follows from the one before."""
    stops, legs = day["stops"], day["legs"]
    leaves = [("start.time", day["start"]["time"])]
    leaves += [(f"stops[{i}].leave", stop["leave"]) for i, stop in enumerate(stops)]
    arrives = [(f"stops[{i}].arrive", stop["arrive"]) for i, stop in enumerate(stops)]
    arrives.append(("end.time", day["end"]["time"]))
    if _time(day["start"]["time"]).date().isoformat() != day["date"]:
        yield Fault(f"{path}.start.time", f"is not on {day['date']}")
    for i, leg in enumerate(legs):
        where, left = leaves[i]
        if leg["mode"] == "walk" and leg["depart"] != left:
            yield Fault(f"{path}.legs[{i}].depart", f"{leg['depart']} is not {where}, {left}")
        if leg["mode"] == "transit" and _between(left, leg["depart"]) < 0:
            yield Fault(f"{path}.legs[{i}].depart", f"{leg['depart']} is before {where}, {left}")
        where, arrived = arrives[i]
        if leg["arrive"] != arrived:
            yield Fault(f"{path}.{where}", f"{arrived} is not the leg's arrival {leg['arrive']}")
        lasts = _between(leg["depart"], leg["arrive"])
        if abs(lasts - leg["duration_s"]) > ROUNDING_S:
            yield Fault(
                f"{path}.legs[{i}].duration_s", f"{leg['duration_s']} s, by its times {lasts:.0f} s"
            )
    for i, stop in enumerate(stops):
        if _between(stop["arrive"], stop["begin"]) < 0:
            yield Fault(f"{path}.stops[{i}].begin", f"is before the arrival at {stop['arrive']}")
        if _between(stop["begin"], stop["leave"]) < 0:
            yield Fault(f"{path}.stops[{i}].leave", f"is before the visit begins, {stop['begin']}")


def _check_ends(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    for end, wanted in asked.ends.items():
        here = day[end]
        if wanted and (abs(here["lon"] - wanted["lon"]) > 1e-6 or here["id"] != wanted["id"]):
            yield Fault(f"{path}.{end}", f"{here['name']} is not {wanted['name']}, as asked for")


def _check_limits(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    if asked.earliest is not None and _time(day["start"]["time"]) < asked.earliest:
        yield Fault(f"{path}.start.time", f"is before {asked.earliest:%H:%M}, when the day begins")
    if asked.latest is not None:
        over_s = (_time(day["end"]["time"]) - asked.latest).total_seconds()
        if over_s > ROUNDING_S:
            yield Fault(f"{path}.end.time", f"is {over_s:.0f} s after {asked.latest:%H:%M}")
    walk_m = sum(leg["distance_m"] for leg in day["legs"])
    if asked.max_walk_m is not None and walk_m > asked.max_walk_m + ROUNDING_M * len(day["legs"]):
        yield Fault(f"{path}.legs", f"{walk_m:.0f} m on foot, {asked.max_walk_m:.0f} m allowed")
    visits = sum(stop["kind"] == "visit" for stop in day["stops"])
    if asked.max_visits is not None and visits > asked.max_visits:
        yield Fault(f"{path}.stops", f"{visits} visits, {asked.max_visits} allowed")


def _check_leg(
    leg: Mapping[str, Any],
    origin: Mapping[str, Any],
    destination: Mapping[str, Any],
    path: str,
    asked: Asked,
) -> Iterator[Fault]:
    for end, point in (("from", origin), ("to", destination)):
        if leg[end] != point["name"]:
            yield Fault(f"{path}.{end}", f"{leg[end]!r} is not {point['name']!r}")
    if leg["mode"] != "walk":
        yield from _check_rides(leg, path)
        yield from _check_parts(leg, path, asked)
        return
    straight_m = distance_m(
        Point(origin["lon"], origin["lat"]), Point(destination["lon"], destination["lat"])
    )
    if leg["distance_m"] < STRAIGHT_TOLERANCE * straight_m - STRAIGHT_TOLERANCE_M:
        yield Fault(
            f"{path}.distance_m",
            f"{leg['distance_m']} m is shorter than the straight line, {straight_m:.0f} m",
        )
    yield from _check_pace(leg, path, asked)
    if leg["geometry"]:
        drawn_m = sum(
            distance_m(Point(*a[:2]), Point(*b[:2])) for a, b in pairwise(leg["geometry"])
        )
        if drawn_m > 1.01 * leg["distance_m"] + 5:
            yield Fault(
                f"{path}.geometry", f"is {drawn_m:.0f} m long, the leg {leg['distance_m']} m"
            )


def _check_pace(leg: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Check that a walk takes as long as it does at the pace asked for."""
    level_s = leg["distance_m"] / (asked.pace_kmh / 3.6)
    steps_s = (STEPS_FACTOR - 1) * (leg.get("steps_m") or 0.0) / (asked.pace_kmh / 3.6)
    if not -WALK_ROUNDING_S <= leg["duration_s"] - level_s <= steps_s + WALK_ROUNDING_S:
        yield Fault(
            f"{path}.duration_s",
            f"{leg['duration_s']} s for {leg['distance_m']} m at {asked.pace_kmh:g} km/h,"
            f" which takes {level_s:.0f} s",
        )


def _check_rides(leg: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that one can take the rides of a leg one after the other, and within it."""
    if not leg["rides"]:
        yield Fault(f"{path}.rides", "there is no ride")
    clock, since = leg["depart"], "the leg begins"
    for i, ride in enumerate(leg["rides"]):
        if _between(clock, ride["depart"]) < 0:
            yield Fault(f"{path}.rides[{i}].depart", f"{ride['depart']} is before {since}, {clock}")
        if _between(ride["depart"], ride["arrive"]) < 0:
            yield Fault(f"{path}.rides[{i}].arrive", f"is before its departure, {ride['depart']}")
        clock, since = ride["arrive"], "the ride before arrives"
    if _between(clock, leg["arrive"]) < 0:
        yield Fault(f"{path}.arrive", f"{leg['arrive']} is before the last ride arrives, {clock}")


def _check_parts(leg: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Check that walks and rides of a leg follow each other, and add up to it."""
    parts = leg.get("parts") or []
    if not parts:
        return
    clock = leg["depart"]
    for i, part in enumerate(parts):
        if _between(clock, part["depart"]) < 0:
            yield Fault(
                f"{path}.parts[{i}].depart", f"{part['depart']} is before one is there, {clock}"
            )
        if abs(_between(part["depart"], part["arrive"]) - part["duration_s"]) > ROUNDING_S:
            yield Fault(
                f"{path}.parts[{i}].duration_s", f"{part['duration_s']} s, not by its times"
            )
        if part["mode"] == "walk":
            yield from _check_pace(part, f"{path}.parts[{i}]", asked)
        clock = part["arrive"]
    if _between(clock, leg["arrive"]) < -ROUNDING_S:
        yield Fault(f"{path}.arrive", f"{leg['arrive']} is before the last part ends, {clock}")
    ridden = [(part["depart"], part["arrive"]) for part in parts if part["mode"] == "transit"]
    if ridden != [(ride["depart"], ride["arrive"]) for ride in leg["rides"]]:
        yield Fault(f"{path}.parts", "their rides are not those of the leg")
    walk_m = sum(part["distance_m"] for part in parts if part["mode"] == "walk")
    if abs(walk_m - leg["distance_m"]) > ROUNDING_M * (len(parts) + 1):
        yield Fault(f"{path}.distance_m", f"{leg['distance_m']} m, by its walks {walk_m:g} m")


def _check_stop(stop: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    place = asked.places.get(stop["place"])
    if stop["kind"] != "visit" or place is None:
        return
    yield from _check_length(stop, path, place, asked)
    if (fixed := asked.appointments.get(place.id)) is not None:
        if _time(stop["begin"]) != fixed:
            yield Fault(f"{path}.begin", f"the appointment is at {fixed:%H:%M}")
        return
    if place.status != "open":
        yield Fault(f"{path}.place", f"{place.id} is {place.status}, not open to visitors")
    begin, leave = _time(stop["begin"]), _time(stop["leave"])
    spans = _covering(asked.opening(place, asked.date).windows, begin, leave)
    if not spans:
        yield Fault(f"{path}.begin", f"{place.id} is not open all of {begin:%H:%M}-{leave:%H:%M}")
        return
    unknown = any(span.state != "open" for span in spans)
    if unknown and stop["opening"] == "open":
        yield Fault(f"{path}.opening", f"the hours of {place.id} are not known to be open then")
    if not unknown and stop["opening"] != "open":
        yield Fault(f"{path}.opening", f"{place.id} is open then")
    if unknown and asked.strict_hours:
        yield Fault(f"{path}.opening", f"{place.id} has unknown hours, which were not wanted")


def _check_length(
    stop: Mapping[str, Any], path: str, place: Place, asked: Asked
) -> Iterator[Fault]:
    allowed = [asked.visit_minutes.get(place.id, place.visit_minutes)]
    if place.visit_minutes_min is not None and place.id not in asked.visit_minutes:
        allowed.append(place.visit_minutes_min)
    lasts_s = _between(stop["begin"], stop["leave"])
    if all(abs(lasts_s - 60 * minutes) > ROUNDING_S for minutes in allowed):
        yield Fault(f"{path}.leave", f"the visit lasts {lasts_s / 60:.0f} min, not {allowed[0]}")


def _check_breaks(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    taken = [stop["name"] for stop in day["stops"] if stop["kind"] == "break"]
    for name in asked.breaks:
        if taken.count(name) != 1:
            yield Fault(f"{path}.stops", f"the break {name} is taken {taken.count(name)} times")
    for i, stop in enumerate(day["stops"]):
        if stop["kind"] != "break":
            continue
        pause = asked.breaks.get(stop["name"])
        if pause is None:
            yield Fault(f"{path}.stops[{i}].name", f"no break {stop['name']!r} was asked for")
            continue
        if not pause.earliest <= _time(stop["begin"]) <= pause.latest:
            yield Fault(
                f"{path}.stops[{i}].begin",
                f"is not between {pause.earliest:%H:%M} and {pause.latest:%H:%M}",
            )
        lasts_s = _between(stop["begin"], stop["leave"])
        if abs(lasts_s - 60 * pause.minutes) > ROUNDING_S:
            yield Fault(f"{path}.stops[{i}].leave", f"the break does not last {pause.minutes} min")


def _covering(windows: Sequence[Span], begin: dt.datetime, leave: dt.datetime) -> list[Span]:
    """Return the spans that together cover a visit; none when there is a gap."""
    found: list[Span] = []
    clock = begin
    for span in sorted(windows, key=lambda span: span.begin):
        if span.begin <= clock < span.end or (clock == leave and span.end == leave and not found):
            found.append(span)
            clock = min(span.end, leave)
            if clock == leave:
                return found
    return []


def _check_totals(day: Mapping[str, Any], path: str) -> Iterator[Fault]:
    legs, stops = day["legs"], day["stops"]
    # A leg with rides is walked at both ends: its parts say how far and how long.
    walks = [
        part
        for leg in legs
        for part in ([leg] if leg["mode"] == "walk" else leg.get("parts") or [])
        if part["mode"] == "walk"
    ]
    sums = {
        "walk_m": sum(leg["distance_m"] for leg in legs),
        "walk_s": sum(walk["duration_s"] for walk in walks),
        "ride_s": sum(
            _between(ride["depart"], ride["arrive"]) for leg in legs for ride in leg["rides"]
        ),
        "visit_s": sum(
            _between(stop["begin"], stop["leave"]) for stop in stops if stop["kind"] == "visit"
        ),
        "wait_s": sum(_between(stop["arrive"], stop["begin"]) for stop in stops),
        "score": sum(stop["score"] for stop in stops),
    }
    for field, due in sums.items():
        allowed = ROUNDING_SCORE if field == "score" else ROUNDING_M * (len(legs) + 1)
        if abs(day["totals"][field] - due) > allowed:
            yield Fault(f"{path}.totals.{field}", f"{day['totals'][field]} should be {due:g}")


def _check_slack(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Delay each arrival by its slack, and by a minute more, and follow the rest of the day.

    Only where the legs are walks, which last as long whenever they begin.
    """
    if asked.latest is None or any(leg["mode"] != "walk" for leg in day["legs"]):
        return
    for i, stop in enumerate(day["stops"]):
        slack = dt.timedelta(minutes=stop["slack_minutes"])
        where = f"{path}.stops[{i}].slack_minutes"
        if stop["slack_minutes"] < asked.margin_minutes:
            yield Fault(where, f"is less than the margin of {asked.margin_minutes} min")
        if not _survives(day, i, slack, asked):
            yield Fault(where, f"{stop['slack_minutes']} min late, the rest no longer works")
        elif _survives(day, i, slack + dt.timedelta(minutes=1), asked):
            yield Fault(where, f"more than {stop['slack_minutes']} min late still works")


def _survives(day: Mapping[str, Any], first: int, delay: dt.timedelta, asked: Asked) -> bool:
    clock = _time(day["stops"][first]["arrive"]) + delay
    for i, stop in list(enumerate(day["stops"]))[first:]:
        begin = _next_begin(stop, clock, asked)
        if begin is None:
            return False
        clock = begin + dt.timedelta(seconds=_between(stop["begin"], stop["leave"]))
        clock += dt.timedelta(seconds=day["legs"][i + 1]["duration_s"])
    return asked.latest is not None and clock <= asked.latest


def _next_begin(stop: Mapping[str, Any], clock: dt.datetime, asked: Asked) -> dt.datetime | None:
    fixed = asked.appointments.get(stop["place"])
    if fixed is not None:
        return fixed if clock <= fixed else None
    pause = asked.breaks.get(stop["name"])
    if stop["kind"] == "break" and pause is not None:
        begin = max(clock, pause.earliest)
        return begin if begin <= pause.latest else None
    place = asked.places.get(stop["place"])
    if place is None:
        return max(clock, _time(stop["begin"]))
    lasts = dt.timedelta(seconds=_between(stop["begin"], stop["leave"]))
    windows = [
        span
        for span in asked.opening(place, asked.date).windows
        if not asked.strict_hours or span.state == "open"
    ]
    for moment in sorted({clock, *(max(clock, span.begin) for span in windows)}):
        if _covering(windows, moment, moment + lasts):
            return moment
    return None
