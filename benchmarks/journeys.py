"""Search journeys between pairs of stops, and measure how fast that is.

    python benchmarks/journeys.py FEED.zip QUERIES.csv [--transfer-seconds 120] [--json]
    python benchmarks/journeys.py FEED.zip --bars [--bbox W,S,E,N] [--json]
    python benchmarks/journeys.py FEED.zip --peers [--count 1000] [--bbox W,S,E,N] [--json]
    python benchmarks/journeys.py FEED.zip --brute-force [--count 1000] [--bbox W,S,E,N] [--json]

QUERIES has the columns from_stop, to_stop, depart; a stop may be a station, then any of its
platforms; depart is an ISO 8601 time, local to the feed without an offset. One can change at the
same stop or within the same parent station, with the seconds given between alighting and boarding,
and walk nowhere else. The answer is the earliest arrival within 24 hours, with the fewest rides
among equals. ``--bars`` measures the speed bars, in processor time; ``--peers`` compares with
nigiri (pynigiri), ``--brute-force`` with the independent search of the tests.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import math
import sys
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from journeys_sample import shortest_of
from lens_routes.errors import BadInputError, LensRoutesError
from lens_routes.text.quantities.lengths import parse_bbox
from lens_routes.timetable.build.changes import USUAL_CHANGE_S, Changes
from lens_routes.timetable.build.compile import compile_feed
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.read.faults import Faults
from lens_routes.timetable.read.pathways import Paths
from lens_routes.timetable.read.read_feed import read_feed
from lens_routes.timetable.search.raptor import earliest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lens_routes.timetable.network.timetable import Timetable

COLUMNS = ("from_stop", "to_stop", "depart")
HORIZON_S = 24 * 3600


@cache
def numbers_of(timetable: Timetable) -> dict[str, int]:
    """Return the number of each stop by its id; twins share the id of the stop they are part of."""
    ids = enumerate(timetable.stop_id)
    return {timetable.text(string): number for number, string in reversed(list(ids))}


@dataclass(frozen=True, slots=True)
class Query:
    """From a stop to a stop, leaving not before an aware moment."""

    from_stop: str
    to_stop: str
    depart: dt.datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """The earliest arrival (None: not within 24 hours), its rides, and seconds of computing."""

    arrive: dt.datetime | None
    rides: int
    seconds: float


def read_timetable(path: Path, bbox: tuple[float, float, float, float] | None = None) -> Timetable:
    """Return the timetable of a feed, without its ``transfers.txt``."""
    faults = Faults(str(path))
    feed = read_feed(path, faults, lambda _what, _share: None)
    # The contract knows no other changes than those of one length within a station.
    plain = replace(feed, transfers=[], stay=[], leave=set(), paths=Paths())
    now = dt.datetime.now(dt.UTC)
    return compile_feed(plain, faults, name="benchmark", source=str(path), built=now, bbox=bbox)


def answers(timetable: Timetable, queries: Sequence[Query], change_s: int) -> list[Answer]:
    """Return the answer to each query, in their order.

    They are worked on day by day, so that the runs of one day at a time are in memory.
    """
    network = Network([timetable])
    changes = Changes(network, change_s, rules=False)
    zone = ZoneInfo(timetable.meta.zones[0])
    found: dict[int, Answer] = {}
    days = [query.depart.astimezone(zone).date() for query in queries]
    timeline = None
    for number in sorted(range(len(queries)), key=lambda number: days[number]):
        begin = time.perf_counter()
        if timeline is None or timeline.day != days[number]:
            timeline = Timeline(network, days[number])
        arrive, rides = _answer(timeline, changes, queries[number])
        moment = None if arrive is None else dt.datetime.fromtimestamp(arrive, zone)
        found[number] = Answer(moment, rides, time.perf_counter() - begin)
    return [found[number] for number in range(len(queries))]


def _answer(timeline: Timeline, changes: Changes, query: Query) -> tuple[int | None, int]:
    """Return the POSIX time of the earliest arrival, and the fewest rides to be there then."""
    network = timeline.network
    numbers = numbers_of(network.timetables[0])
    if query.from_stop not in numbers or query.to_stop not in numbers:
        return None, 0
    origin, destination = (
        dict.fromkeys(network.meant(numbers[stop]), 0) for stop in (query.from_stop, query.to_stop)
    )
    depart = math.ceil(query.depart.timestamp())
    if origin.keys() & destination.keys():
        return depart, 0
    until = depart + HORIZON_S
    found = earliest(
        timeline, changes, origin, destination, depart, until=until, shortest=shortest_of(network)
    )
    return (found[-1].arrive, found[-1].rides) if found else (None, 0)


def read_queries(path: Path, timetable: Timetable) -> list[Query]:
    """Read a file of queries.

    Raises
    ------
    BadInputError
        The file cannot be read, lacks a column, or holds no time. A stop the feed does not have
        is said on stderr; from there nothing leads anywhere.
    """
    zone = ZoneInfo(timetable.meta.zones[0])
    queries = []
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise BadInputError(f"{path}: the column {', '.join(missing)} is missing.")
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                ends = [(row[column] or "").strip() for column in COLUMNS[:2]]
                for stop in ends:
                    if stop not in numbers_of(timetable):
                        print(f"{where}: the feed has no stop {stop!r}.", file=sys.stderr)
                try:
                    depart = dt.datetime.fromisoformat(row["depart"].strip())
                except (AttributeError, ValueError):
                    raise BadInputError(
                        f"{where}: {row['depart']!r} is no ISO 8601 time."
                    ) from None
                if depart.tzinfo is None:
                    depart = depart.replace(tzinfo=zone)
                queries.append(Query(ends[0], ends[1], depart))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(f"{path} cannot be read: {error}.") from error
    return queries


def show_answers(queries: list[Query], found: Iterable[Answer], *, as_json: bool) -> None:
    """Print a line for each query: JSON, or a table."""
    if as_json:
        for answer in found:
            arrive = answer.arrive.isoformat() if answer.arrive else None
            line = {"arrive": arrive, "rides": answer.rides, "seconds": answer.seconds}
            print(json.dumps(line), flush=True)
        return
    for query, answer in zip(queries, found, strict=True):
        arrive = f"{answer.arrive:%Y-%m-%d %H:%M:%S}" if answer.arrive else "not within 24 hours"
        print(
            f"{query.from_stop} → {query.to_stop}, {query.depart:%Y-%m-%d %H:%M}: {arrive},"
            f" {answer.rides} rides, {answer.seconds * 1e3:.1f} ms"
        )


def main() -> int:
    """Run the benchmark; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("feed", type=Path, help="a GTFS feed")
    parser.add_argument("queries", type=Path, nargs="?", help="a CSV file of queries")
    parser.add_argument("--transfer-seconds", type=int, default=USUAL_CHANGE_S)
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    parser.add_argument("--bars", action="store_true", help="measure the speed bars")
    parser.add_argument("--peers", action="store_true", help="compare with nigiri")
    parser.add_argument("--brute-force", action="store_true", help="compare with brute force")
    parser.add_argument("--count", type=int, default=1000, help="queries of the measurements")
    parser.add_argument("--bbox", help="cut the feed to this box: west,south,east,north")
    options = parser.parse_args()
    # The brute force is that of the tests.
    sys.path.append(str(Path(__file__).parents[1]))
    try:
        bbox = parse_bbox(options.bbox, "--bbox") if options.bbox else None
        measure = _measure(options)
        if measure is not None:
            for figure in measure(options.feed, bbox, options.count, options.transfer_seconds):
                print(json.dumps(figure) if options.json else _sentence(figure), flush=True)
        elif options.queries is None:
            parser.error("give a file of queries, --bars, --peers or --brute-force")
        else:
            timetable = read_timetable(options.feed, bbox)
            queries = read_queries(options.queries, timetable)
            found = answers(timetable, queries, options.transfer_seconds)
            show_answers(queries, found, as_json=options.json)
    except LensRoutesError as error:
        print(f"{error.message} {error.hint}".strip(), file=sys.stderr)
        return error.exit_code
    return 0


def _measure(options: argparse.Namespace) -> Callable[..., Iterable[dict[str, object]]] | None:
    """Return what else than answering queries is asked for."""
    if options.bars:
        from journeys_bars import measure_bars

        return measure_bars
    if options.peers:
        from journeys_peers import compare_nigiri

        return compare_nigiri
    if options.brute_force:
        from journeys_peers import compare_brute_force

        return compare_brute_force
    return None


def _sentence(figure: dict[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in figure.items())


if __name__ == "__main__":
    sys.exit(main())
