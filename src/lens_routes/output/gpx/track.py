"""The points of a plan's tracks, each with the time one passes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.errors import NotInstalledError, UsageError
from lens_routes.geo import Point, distance_m
from lens_routes.output.shared import caption
from lens_routes.output.shared.caption import line_of, moves
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.thin import thin
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens_routes.output.gpx.device import Device
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan

Timed = tuple[Point, dt.datetime]
Segment = list[Timed]

#: Legs whose ends lie this close together are one line.
TOUCH_M = 1.0
#: Points this close together are one.
SAME_M = 0.01
_TICK = dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Track:
    """A line to follow: of one day, or of the whole plan."""

    name: str
    segments: tuple[Segment, ...]


def require_traces(plan: Plan) -> None:
    """Refuse a plan with a walk that was not traced.

    Raises
    ------
    NotInstalledError
        A walk has no trace: the plan was made without a street network.
    """
    for leg in (leg for day in plan.days for leg in day.legs):
        for walk in walks_of(leg):
            if walk.geometry is None or (walk.distance_m >= TOUCH_M and not line_of(walk)):
                raise NotInstalledError(
                    tr(
                        "A GPX track needs the streets, and the leg from {origin} to {destination}"
                        " has none.",
                        origin=walk.origin,
                        destination=walk.destination,
                    ),
                    tr("Install them, then plan again: lens-routes streets download --places"),
                )


def walks_of(leg: Leg) -> list[Leg]:
    """Return what one goes by oneself of a leg, on foot or by a vehicle of one's own.

    A track is what one follows: nothing is drawn where a train goes.
    """
    return [part for part in legs_of(leg) if not part.rides and moves(part)]


def tracks(plan: Plan, device: Device) -> list[Track]:
    """Return the tracks *device* wants: one a day, or one in all, which then has no gap.

    Raises
    ------
    UsageError
        The device takes one line without gaps, and the plan has gaps.
    """
    tour = caption.tour(caption.themes(plan))
    if not device.single:
        made = [
            Track(
                f"{day.date.isoformat()} {tour}",
                tuple(_segments(day.legs, device)),
            )
            for day in plan.days
        ]
        return [track for track in made if track.segments]
    segments = _segments((leg for day in plan.days for leg in day.legs), device)
    if len(segments) > 1:
        raise UsageError(
            tr(
                "{device} takes one line without a gap, and this plan has {n} lines: {gap}.",
                device=device.name,
                n=len(segments),
                gap=_gap(segments),
            ),
            tr("Export for another --device.")
            if len(plan.days) == 1
            else tr("Export one day with --day, or for another --device."),
        )
    name = f"{plan.days[0].date.isoformat()} {tour}"
    return [Track(name, tuple(segments))] if segments else []


def _segments(legs: Iterable[Leg], device: Device) -> list[Segment]:
    segments: list[Segment] = []
    for walk in (walk for leg in legs for walk in walks_of(leg)):
        points = timed_points(walk)
        if len(points) < 2:
            continue
        if device.joined and segments and distance_m(segments[-1][-1][0], points[0][0]) < TOUCH_M:
            segments[-1] += points[1:] if points[0] == segments[-1][-1] else points
        else:
            segments.append(points)
    return _ticking(segments)


def timed_points(leg: Leg) -> Segment:
    """Return a leg's points with the time one passes each, proportional to the way covered.

    Points that repeat their predecessor are dropped; a leg without a line has none.
    """
    points: list[Point] = []
    along_m: list[float] = []
    for point in leg.geometry or ():
        step_m = distance_m(points[-1], point) if points else 0.0
        if not points or step_m > SAME_M:
            along_m.append(along_m[-1] + step_m if points else 0.0)
            points.append(point)
    if not points:
        return []
    whole_m = along_m[-1] or 1.0
    depart = leg.depart.astimezone(dt.UTC)
    span = leg.arrive.astimezone(dt.UTC) - depart
    return [(p, depart + span * (m / whole_m)) for p, m in zip(points, along_m, strict=True)]


def _ticking(segments: list[Segment]) -> list[Segment]:
    """Return segments whose times, to the millisecond, increase strictly."""
    latest = None
    ticking = []
    for segment in segments:
        points = []
        for point, moment in segment:
            time = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
            if latest is not None and time <= latest:
                time = latest + _TICK
            latest = time
            points.append((point, time))
        ticking.append(points)
    return ticking


def _gap(segments: Sequence[Segment]) -> str:
    (end, _), (begin, _) = segments[0][-1], segments[1][0]
    return tr(
        "{distance} is missing after {lat}, {lon}",
        distance=wording.distance(distance_m(end, begin)),
        lat=f"{end.lat:.5f}",
        lon=f"{end.lon:.5f}",
    )


def thinned(
    lines: list[Track], most: int | None, device: Device
) -> tuple[list[Track], float | None]:
    """Return tracks of at most *most* points in all, and the deviation in metres, None if none.

    Raises
    ------
    UsageError
        So few points cannot hold the ends of all segments.
    """
    segments = [segment for track in lines for segment in track.segments]
    if most is None or sum(map(len, segments)) <= most:
        return lines, None
    if most < 2 * len(segments):
        raise UsageError(
            tr(
                "{most} points are too few: {n} segments have {ends} ends.",
                most=most,
                n=len(segments),
                ends=2 * len(segments),
            ),
            _more(most, device),
        )
    kept, deviation_m = thin([[point for point, _ in segment] for segment in segments], most)
    chosen = iter(
        [[segment[i] for i in indices] for segment, indices in zip(segments, kept, strict=True)]
    )
    return [Track(t.name, tuple(next(chosen) for _ in t.segments)) for t in lines], deviation_m


def _more(most: int, device: Device) -> str:
    """Return how to get by when *most* points are too few for a device."""
    if most == device.most_points:
        return tr("Export one day with --day, or for another --device.")
    if device.joined:
        return tr("Allow more with --max-points.")
    return tr(
        "Allow more with --max-points, or choose a --device whose legs are joined: {device}.",
        device="garmin",
    )


def stops_of(day: Day) -> list[tuple[str, Point, dt.datetime]]:
    """Return the start, the stops and the end of a day, each with its name and time.

    Where one boards and where one alights are stops, too; the end of a tour that ends at its last
    stop is not there twice.
    """
    found = [(day.start.name, day.start.point, day.start_time)]
    for leg, stop in zip(day.legs, day.stops, strict=False):
        found += _calls_of(leg)
        found.append((stop.name, Point(stop.lon, stop.lat), stop.arrive))
    if not moves(day.legs[-1]):
        return found
    found += _calls_of(day.legs[-1])
    return [*found, (day.end.name, day.end.point, day.end_time)]


def _calls_of(leg: Leg) -> Iterator[tuple[str, Point, dt.datetime]]:
    for part in rides_of(leg):
        points = line_of(part)
        yield part.origin, points[0], part.depart
        yield part.destination, points[-1], part.arrive


def rides_of(leg: Leg) -> list[Leg]:
    """Return the rides of a leg whose stops are known to lie somewhere."""
    return [part for part in legs_of(leg) if leg.parts and part.rides and line_of(part)]
