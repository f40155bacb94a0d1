"""Read ``pathways.txt``: how long one walks within a station, with and without steps."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from lens_routes.geo import distance_m
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import BOARDING_AREA, ENTRANCE, PLATFORM, Paths
from lens_routes.timetable.read.fields import parse_choice, parse_count, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.timetable.read.archive import Archive
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Stop

FILE = "pathways.txt"
_COLUMNS = ("from_stop_id", "to_stop_id", "pathway_mode", "is_bidirectional")
_OPTIONAL = ("length", "traversal_time", "stair_count")
_STAIRS, _ESCALATOR, _LIFT = 2, 4, 5
#: Where a feed gives no time: metres and steps a second, and the wait for a lift in seconds.
PACE_M_S, STEPS_S, LIFT_S = 1.25, 2.0, 60
_LONGEST_S = 2 * 3600


def read_pathways(archive: Archive, stops: dict[str, Stop], faults: Faults) -> Paths:
    """Return the walks within the stations that have pathways; none where there is no such file."""
    ways: dict[str, list[tuple[str, int]]] = defaultdict(list)
    free: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for line, fields in archive.rows(FILE, _COLUMNS, _OPTIONAL):
        tail, head, mode_text, both_text, *measures = map(str.strip, fields)
        try:
            mode, both = parse_choice(mode_text, 7), parse_choice(both_text, 1)
            seconds = _seconds(mode, _known(tail, stops), _known(head, stops), *measures)
        except ValueError as error:
            faults.mend(FILE, line, reason_of(error), tr("row left out"))
            continue
        for begin, end in ((tail, head), (head, tail))[: 1 + both]:
            ways[begin].append((end, seconds))
            if mode not in {_STAIRS, _ESCALATOR}:
                free[begin].append((end, seconds))
    paths = Paths(mapped={stop for stop in ways if _boarded(stops[stop])})
    paths.mapped |= {end for ends in ways.values() for end, _ in ends if _boarded(stops[end])}
    for graph, between, inside in (
        (ways, paths.between, paths.inside),
        (free, paths.free_between, paths.free_inside),
    ):
        _measure(graph, stops, between, inside)
    return paths


def _known(identity: str, stops: Mapping[str, Stop]) -> Stop:
    if identity not in stops:
        raise ValueError(tr("{stop} is not in stops.txt", stop=wording.quoted(identity)))
    return stops[identity]


def _seconds(mode: int, tail: Stop, head: Stop, length: str, time: str, stairs: str) -> int:
    if time:
        seconds = parse_count(time)
    elif length:
        metres = float(length)
        if not 0 <= metres < PACE_M_S * _LONGEST_S:
            raise ValueError(
                tr("{length} is no length of a pathway", length=wording.quoted(length))
            )
        seconds = round(metres / PACE_M_S)
    elif mode == _LIFT:
        seconds = LIFT_S
    elif stairs.lstrip("-").isdigit():
        seconds = round(abs(int(stairs)) / STEPS_S)
    elif tail.point and head.point:
        seconds = round(distance_m(tail.point, head.point) / PACE_M_S)
    else:
        seconds = 0
    if seconds > _LONGEST_S:
        raise ValueError(tr("a pathway of {seconds} s", seconds=seconds))
    return seconds


def _boarded(stop: Stop) -> bool:
    return stop.kind in {PLATFORM, BOARDING_AREA}


def _measure(
    graph: Mapping[str, list[tuple[str, int]]],
    stops: Mapping[str, Stop],
    between: dict[tuple[str, str], int],
    inside: dict[str, int],
) -> None:
    for start in [stop for stop in graph if _boarded(stops[stop]) or stops[stop].kind == ENTRANCE]:
        for end, seconds in _from(start, graph).items():
            if not _boarded(stops[end]) or end == start:
                continue
            if stops[start].kind == ENTRANCE:
                inside[end] = min(inside.get(end, seconds), seconds)
            else:
                between[start, end] = seconds


def _from(start: str, graph: Mapping[str, list[tuple[str, int]]]) -> dict[str, int]:
    """Return the seconds from a node to all others (Dijkstra)."""
    known: dict[str, int] = {}
    queue = [(0, start)]
    while queue:
        seconds, node = heappop(queue)
        if node not in known:
            known[node] = seconds
            for end, more in graph.get(node, ()):
                heappush(queue, (seconds + more, end))
    return known
