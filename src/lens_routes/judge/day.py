"""Check that one day of a plan works: the chain of its times, its ends, limits and sums.

Its legs, stops and slack are checked by `check_legs`, `check_stops` and `check_slack`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import (
    ROUNDING_M,
    ROUNDING_S,
    ROUNDING_SCORE,
    moment_of,
    seconds_between,
)
from lens_routes.judge.effort import check_effort
from lens_routes.judge.legs import check_leg
from lens_routes.judge.light import check_dark
from lens_routes.judge.shape import Fault
from lens_routes.judge.slack import check_slack
from lens_routes.judge.stops import check_breaks, check_stop
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.judge.asked import Asked


def check_day(day: Mapping[str, Any], path: str, asked: Asked) -> list[Fault]:
    """Return every fault of one day; *path* says where in the document it stands."""
    stops, legs = day["stops"], day["legs"]
    if len(legs) != len(stops) + 1:
        many = tr("{legs} legs for {stops} stops", legs=len(legs), stops=len(stops))
        return [Fault(f"{path}.legs", many)]
    faults = list(_check_chain(day, path))
    faults += _check_ends(day, path, asked)
    faults += _check_limits(day, path, asked)
    points = [day["start"], *stops, day["end"]]
    for i, leg in enumerate(legs):
        faults += check_leg(leg, points[i], points[i + 1], f"{path}.legs[{i}]", asked)
        faults += check_dark(leg, f"{path}.legs[{i}]", asked)
    for i, stop in enumerate(stops):
        faults += check_stop(stop, f"{path}.stops[{i}]", asked)
    faults += check_breaks(day, path, asked)
    faults += _check_totals(day, path)
    faults += check_effort(day, path, asked.prices)
    if not faults:
        faults += check_slack(day, path, asked)
    return faults


def _check_chain(day: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Check that every moment follows from the one before."""
    stops, legs = day["stops"], day["legs"]
    if moment_of(day["start"]["time"]).date().isoformat() != day["date"]:
        yield Fault(f"{path}.start.time", tr("is not on {date}", date=day["date"]))
    leaves = [("start.time", day["start"]["time"])]
    leaves += [(f"stops[{i}].leave", stop["leave"]) for i, stop in enumerate(stops)]
    arrives = [(f"stops[{i}].arrive", stop["arrive"]) for i, stop in enumerate(stops)]
    arrives.append(("end.time", day["end"]["time"]))
    for i, leg in enumerate(legs):
        yield from _check_joint(leg, f"{path}.legs[{i}]", *leaves[i])
        where, arrived = arrives[i]
        if seconds_between(leg["arrive"], arrived):
            other = tr("{time} is not the leg's arrival {due}", time=arrived, due=leg["arrive"])
            yield Fault(f"{path}.{where}", other)
    for i, stop in enumerate(stops):
        if seconds_between(stop["arrive"], stop["begin"]) < 0:
            early = tr("is before the arrival at {time}", time=stop["arrive"])
            yield Fault(f"{path}.stops[{i}].begin", early)
        if seconds_between(stop["begin"], stop["leave"]) < 0:
            early = tr("is before the visit begins, {time}", time=stop["begin"])
            yield Fault(f"{path}.stops[{i}].leave", early)


def _check_joint(leg: Mapping[str, Any], path: str, where: str, left: str) -> Iterator[Fault]:
    """Check that a leg begins when one leaves, and lasts as long as it says."""
    if leg["mode"] != "transit" and seconds_between(left, leg["depart"]):
        other = tr("{time} is not {field}, {due}", time=leg["depart"], field=where, due=left)
        yield Fault(f"{path}.depart", other)
    if leg["mode"] == "transit" and seconds_between(left, leg["depart"]) < 0:
        early = tr("{time} is before {event}, {clock}", time=leg["depart"], event=where, clock=left)
        yield Fault(f"{path}.depart", early)
    lasts_s = seconds_between(leg["depart"], leg["arrive"])
    if abs(lasts_s - leg["duration_s"]) > ROUNDING_S:
        wrong = tr(
            "{seconds} s, by its times {due} s", seconds=leg["duration_s"], due=f"{lasts_s:.0f}"
        )
        yield Fault(f"{path}.duration_s", wrong)


def _check_ends(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    for end, wanted in asked.ends.items():
        here = day[end]
        if wanted and (
            abs(here["lon"] - wanted["lon"]) > 1e-6
            or abs(here["lat"] - wanted["lat"]) > 1e-6
            or here["id"] != wanted["id"]
            or here["name"] != wanted["name"]
        ):
            asked_for, found = (f"{at['name']} ({at['lon']}, {at['lat']})" for at in (wanted, here))
            other = tr("{place} is not {due}, as asked for", place=found, due=asked_for)
            yield Fault(f"{path}.{end}", other)


def _check_limits(day: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    if asked.earliest is not None and moment_of(day["start"]["time"]) < asked.earliest:
        begins = wording.clock(asked.earliest)
        early = tr("is before {time}, when the day begins", time=begins)
        yield Fault(f"{path}.start.time", early)
    if asked.latest is not None:
        over_s = (moment_of(day["end"]["time"]) - asked.latest).total_seconds()
        if over_s > ROUNDING_S:
            ends = wording.clock(asked.latest)
            late = tr("is {seconds} s after {time}", seconds=f"{over_s:.0f}", time=ends)
            yield Fault(f"{path}.end.time", late)
    walk_m = sum(leg["distance_m"] for leg in day["legs"])
    if asked.max_walk_m is not None and walk_m > asked.max_walk_m + ROUNDING_M * len(day["legs"]):
        far = tr(
            "{metres} m on foot, {most} m allowed",
            metres=f"{walk_m:.0f}",
            most=f"{asked.max_walk_m:.0f}",
        )
        yield Fault(f"{path}.legs", far)
    visits = sum(stop["kind"] == "visit" for stop in day["stops"])
    if asked.max_visits is not None and visits > asked.max_visits:
        many = tr("{n} visits, {most} allowed", n=visits, most=asked.max_visits)
        yield Fault(f"{path}.stops", many)


def _rides(leg: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield when the rides of a leg depart and arrive."""
    parts = [part for part in leg.get("parts") or () if part["mode"] not in ("walk", "transit")]
    for ride in (*leg["rides"], *parts):
        yield ride["depart"], ride["arrive"]


def _check_totals(day: Mapping[str, Any], path: str) -> Iterator[Fault]:
    legs, stops = day["legs"], day["stops"]
    # A leg with rides is walked at both ends: its parts say how far and how long.
    walks = [
        part
        for leg in legs
        for part in ([leg] if leg["mode"] == "walk" else leg.get("parts") or [])
        if part["mode"] == "walk"
    ]
    lasts = seconds_between
    sums = {
        "walk_m": sum(leg["distance_m"] for leg in legs),
        "walk_s": sum(walk["duration_s"] for walk in walks),
        "ride_s": sum(lasts(*times) for leg in legs for times in _rides(leg)),
        "visit_s": sum(lasts(s["begin"], s["leave"]) for s in stops if s["kind"] == "visit"),
        "wait_s": sum(lasts(stop["arrive"], stop["begin"]) for stop in stops),
        "score": sum(stop["score"] for stop in stops) - sum(leg.get("effort") or 0 for leg in legs),
    }
    ways = [p for leg in legs for p in leg.get("parts") or [leg] if p["mode"] != "transit"]
    for field in ("ascent_m", "descent_m"):
        if day["totals"].get(field) is not None:
            sums[field] = sum(way.get(field) or 0.0 for way in ways)
    for field, due in sums.items():
        allowed = ROUNDING_SCORE if field == "score" else ROUNDING_M * (len(legs) + 1)
        if abs(day["totals"][field] - due) > allowed:
            wrong = tr("{found} should be {due}", found=day["totals"][field], due=f"{due:g}")
            yield Fault(f"{path}.totals.{field}", wrong)
