"""Compile a feed into flat buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lens_routes
from lens_routes.text.language import tr
from lens_routes.timetable.build import blocks
from lens_routes.timetable.build.columns import Builder
from lens_routes.timetable.network.timetable import Meta, Timetable
from lens_routes.timetable.read.feed import ENTRANCE, NODE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from lens_routes.timetable.build.blocks import Run
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Feed, Stop

    BBox = tuple[float, float, float, float]
    Report = Callable[[str, float], None]


def compile_feed(
    feed: Feed,
    faults: Faults,
    *,
    name: str,
    source: str,
    built: dt.datetime,
    bbox: BBox | None = None,
    report: Report = lambda _what, _share: None,
) -> Timetable:
    """Compile a feed into a timetable.

    Parameters
    ----------
    feed
        The feed as read.
    faults
        Those found while reading; kept with the timetable.
    name
        What the feed is called on this machine.
    source
        The file or address it came from.
    built
        The instant recorded as the time of building; aware.
    bbox
        Keep only the runs that call at a stop in this box, (west, south, east, north) degrees.
    report
        Told what is being done and which share, 0 to 1, is behind.

    Raises
    ------
    BadInputError
        No run is left, or the transfers are too many.
    """
    report(tr("joining trips"), 0.6)
    kept = [run for run in blocks.runs(feed) if run.mask and _touches(run, feed, bbox)]
    if not kept:
        reason = tr("no trip runs in the box") if bbox else tr("no trip runs on any day")
        raise faults.refuse_what_is_left("trips.txt", reason)
    report(tr("grouping runs into patterns"), 0.7)
    builder = Builder(feed, faults, built.date())
    builder.add_stops(_wanted_stops(feed, kept, everything=bbox is None))
    builder.add_runs(kept)
    report(tr("laying out the timetable"), 0.9)
    builder.add_boardings()
    builder.add_hops()
    builder.add_transfers()
    builder.finish_strings()
    meta = Meta(
        name=name,
        source=source,
        program=lens_routes.PROGRAM,
        built=built.isoformat(),
        bbox=bbox,
        zones=tuple(builder.zones),
        first_day=builder.first_day,
        days=builder.days,
        publisher=feed.publisher,
        version=feed.version,
        agencies=feed.agencies,
        stops=builder.stop_count,
        routes=len(builder.routes),
        trips=len(builder.trips),
        patterns=len(builder.columns["pattern_zone"]),
        runs=len(builder.columns["run_service"]),
        latest_s=max(builder.columns["arrival_s"]),
        mended=tuple(faults.mended),
        mended_counts=tuple((*key, count) for key, count in faults.counts.items()),
    )
    return Timetable(meta, **{key: memoryview(column) for key, column in builder.columns.items()})


def _touches(run: Run, feed: Feed, bbox: BBox | None) -> bool:
    if bbox is None:
        return True
    west, south, east, north = bbox
    return any(
        point is not None and west <= point.lon <= east and south <= point.lat <= north
        for point in (feed.stops[call.stop].point for call in run.calls)
    )


def _wanted_stops(feed: Feed, kept: list[Run], *, everything: bool) -> Iterable[Stop]:
    if everything:
        return [stop for stop in feed.stops.values() if stop.kind not in {ENTRANCE, NODE}]
    used = {call.stop for run in kept for call in run.calls}
    used |= {feed.stops[stop].station for stop in used}
    return [stop for stop in feed.stops.values() if stop.id in used]
