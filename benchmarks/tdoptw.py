"""Measure the planner on time-dependent orienteering with time windows (TD-OPTW).

Reads instances of the KU Leuven library with the table of travel times beside them, and searches
each for so many seconds of the processor, without proof. Times become hundredths of a second,
rounded so that every route found is one of the instance.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import time
from bisect import bisect_right
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.errors import BadInputError, UsageError
from lens_routes.tour.problem import Day, Problem, Site
from lens_routes.tour.solve import solve
from toptw import MaxProcessorTime

if TYPE_CHECKING:
    from lens_routes.tour.problem import Moments, Places, Trips

#: Milliseconds of a unit of the planner's clock.
UNIT_MS = 10
#: Travel times are known each quarter of an hour from six o'clock on.
FIRST, EVERY, KNOWN = 6 * 360_000, 90_000, 56


class Travel:
    """Travel times that are linear between quarters of an hour.

    Parameters
    ----------
    times
        Units of the clock, shape (vertices, vertices, quarters).
    """

    def __init__(self, times: np.ndarray[Any, np.dtype[np.float64]]) -> None:
        self._times = times
        self._moments = FIRST + EVERY * np.arange(KNOWN)
        self._line = cache(lambda i, j: times[i, j].tolist())
        self._arrives = cache(lambda i, j: (self._moments + times[i, j]).tolist())

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:
        """Return the travel time when leaving at a moment, rounded up."""
        line = self._line(origin, destination)
        place = min(max((depart_s - FIRST) / EVERY, 0.0), KNOWN - 1.0)
        before = min(int(place), KNOWN - 2)
        lasts = line[before] + (place - before) * (line[before + 1] - line[before])
        return -int(-lasts // 1)

    def trip(self, origin: int, destination: int, depart_s: int) -> tuple[int, int]:
        """Return the travel time, all of it on foot."""
        return self.seconds(origin, destination, depart_s), 0

    def arrivals(self, origin: int, destinations: Places, departs_s: Moments) -> Moments:
        """Return when one arrives at each place, leaving at each of many moments."""
        count = len(destinations)
        departs = np.repeat(departs_s, count)
        ends = np.full(len(departs), origin), np.tile(destinations, len(departs_s))
        return (departs + self._lasts(*ends, departs)).reshape(-1, count)

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        """Return many ways, all of them on foot."""
        lasts = self._lasts(origins, destinations, departs_s)
        nothing = np.zeros_like(lasts)
        return lasts, lasts, nothing, nothing.astype(np.float64)

    def every_trip(self) -> tuple[Places, Places, Trips]:
        """Return the quickest of the ways, each of which is as quick at some hour."""
        lasts = np.floor(self._times.min(axis=2)).astype(np.int64).ravel()
        ends = np.divmod(np.arange(len(lasts)), len(self._times))
        nothing = np.zeros_like(lasts)
        return *ends, (lasts, lasts, nothing, nothing.astype(np.float64))

    def _lasts(self, origins: Places, destinations: Places, departs_s: Moments) -> Moments:
        place = np.clip((departs_s - FIRST) / EVERY, 0.0, KNOWN - 1.0)
        before = np.minimum(place.astype(np.intp), KNOWN - 2)
        early = self._times[origins, destinations, before]
        late = self._times[origins, destinations, before + 1]
        lasts: Moments = np.ceil(early + (place - before) * (late - early)).astype(np.int64)
        return lasts

    def metres(self, origin: int, destination: int, depart_s: int) -> float:  # noqa: ARG002
        """Return nothing: no one counts metres here."""
        return 0.0

    def latest(self, origin: int, destination: int, arrive_s: int) -> int:
        """Return the latest departure that arrives by a moment."""
        arrives, line = self._arrives(origin, destination), self._line(origin, destination)
        after = bisect_right(arrives, arrive_s)
        if after == 0:
            depart = int(arrive_s - line[0])
        elif after == KNOWN:
            depart = int(arrive_s - line[-1])
        else:
            share = (arrive_s - arrives[after - 1]) / (arrives[after] - arrives[after - 1])
            depart = int(FIRST + EVERY * (after - 1 + share))
        depart += 1
        while depart + self.seconds(origin, destination, depart) > arrive_s:
            depart -= 1
        return depart


def read(path: Path) -> Problem:
    """Read an instance, and the travel times of as many vertices beside it."""
    rows = [line.split(";") for line in path.read_text().splitlines() if line.strip()]
    count, longest = int(rows[0][0]), int(rows[1][0]) // UNIT_MS
    vertices = rows[2:]
    table = path.with_name(f"tt{path.name.split('.')[0]}.TXT").read_text().replace("\n", "")
    figures = np.array(table.rstrip(";").split(";"), dtype=np.float64) / UNIT_MS
    side = round((len(figures) / KNOWN) ** 0.5)
    times = figures.reshape(side, side, KNOWN)
    # Sites are the vertices between the first, where the tour starts, and the last, its end.
    order = [*range(1, len(vertices) - 1), 0, len(vertices) - 1]
    opens, closes = ([int(row[at]) for row in vertices] for at in (4, 5))
    if len(vertices) not in (count, count + 1, count + 2):
        raise ValueError(f"{len(vertices)} vertices, not {count}")
    start = -(-opens[0] // UNIT_MS)
    return Problem(
        sites=tuple(
            Site(
                str(number),
                float(vertices[number][1]),
                -(-int(vertices[number][3]) // UNIT_MS),
                ((-(-opens[number] // UNIT_MS), closes[number] // UNIT_MS),),
            )
            for number in order[:-2]
        ),
        days=(
            Day(
                len(order) - 2,
                len(order) - 1,
                start,
                min(start + longest, closes[-1] // UNIT_MS),
            ),
        ),
        travel=Travel(times[np.ix_(order, order)]),
    )


def measure(path: Path, seconds: float, seed: int) -> dict[str, Any]:
    """Search an instance and return what came of it."""
    problem = read(path)
    started = time.process_time()
    found = solve(problem, MaxProcessorTime(seconds), seed, effort=None)
    return {
        "instance": path.name.removesuffix(".TXT"),
        "score": round(found.score),
        "seconds": round(time.process_time() - started, 2),
        "route": [int(visit.id) for visit in found.tours[0].visits],
    }


def main() -> int:
    """Measure some instances."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=1.0, help="of the processor, for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print JSON lines, and nothing else")
    parser.add_argument("--reference", type=Path, help="CSV of proven optima: print the gaps")
    options = parser.parse_args()
    say = partial(print, flush=True)
    lines = []
    for path in options.instances:
        try:
            line = measure(path, options.seconds, options.seed)
        except (OSError, ValueError, IndexError, BadInputError, UsageError) as error:
            parser.error(f"{path} is no instance: {error}")
        lines.append(line)
        say(
            json.dumps(line)
            if options.json
            else f"{line['instance']:>8} {line['score']:>5} {line['seconds']:6.2f} s"
        )
    if options.reference and not options.json:
        with options.reference.open() as stream:
            best = {row["instance"]: float(row["optimum"]) for row in csv.DictReader(stream)}
        gaps = [1 - line["score"] / best[line["instance"]] for line in lines]
        say(f"below the optimum: mean {statistics.fmean(gaps):.2%}, worst {max(gaps):.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
