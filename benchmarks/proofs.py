"""Measure how many ordinary days the planner proves to be the best, and how fast.

Poses random requests over the packaged catalogue (themes, starts, 3 to 9 hours, dates of a year)
with the shipped walking distances, searches each and proves it. Prints one Markdown table; with
``--docs`` it replaces the block ``proofs`` of a document.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.catalogue.load import load
from lens_routes.errors import LensRoutesError
from lens_routes.plan import Grade, Waypoint
from lens_routes.planning.candidates import qualify
from lens_routes.planning.posing import DayClock, pose, waypoints
from lens_routes.planning.request import Request
from lens_routes.tour.nodes import flatten
from lens_routes.tour.solve import solve
from lens_routes.tour.stop import MaxIterations
from lens_routes.travel.walk import Walk

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.tour.problem import Problem

DATA = Path(__file__).parents[1] / "data"
ITERATIONS = 400


def distances() -> dict[tuple[str, str], float]:
    """Return the shipped walking distances, metres, both ways."""
    found = {}
    with (DATA / "walking_distances.csv").open(encoding="utf-8") as stream:
        for line in stream:
            fields = line.split(",")
            if not line.startswith(("#", "from,")) and fields[2]:
                found[fields[0], fields[1]] = found[fields[1], fields[0]] = float(fields[2])
    return found


def random_problem(
    catalogue: Catalogue, metres: dict[tuple[str, str], float], seed: int
) -> Problem:
    """Return the problem of a random request that has at least one candidate."""
    rng = random.Random(seed)  # noqa: S311  # a benchmark, repeatable
    themes = sorted({theme for place in catalogue.places for theme in place.themes})
    table = sorted({a for a, _ in metres})
    places = {place.id: place for place in catalogue.places}
    while True:
        place = places[rng.choice(table)]
        start = Waypoint(place.name, place.lon, place.lat, place.id)
        request = Request(
            start=start,
            end=start,
            date=dt.date(2026, 1, 1) + dt.timedelta(days=rng.randrange(365)),
            at=dt.time(rng.choice([9, 10, 11])),
            minutes=60 * rng.randint(3, 9),
            pace_kmh=4.5,
            themes=tuple(rng.sample(themes, rng.choice([0, 1, 1, 2, 3]))),
        )
        try:
            candidates, _ = qualify(request, catalogue)
        except LensRoutesError:
            continue
        points = waypoints(request, candidates)
        if candidates and all(point.id in table for point in points):
            break
    walks = [
        [Walk(metres.get((str(a.id), str(b.id)), 0.0), Grade.TABLE) for b in points] for a in points
    ]
    return pose(request, candidates, walks, DayClock(request.date, ZoneInfo(catalogue.timezone)))


def main() -> int:
    """Measure a number of random requests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--docs", type=Path, help="Markdown file whose block of proofs is replaced")
    options = parser.parse_args()
    catalogue, metres = load(DATA / "places.geojson"), distances()
    solve(random_problem(catalogue, metres, 0), MaxIterations(1))  # imports numpy
    sizes, seconds, gaps = [], [], []
    proven = 0
    for seed in range(options.requests):
        problem = random_problem(catalogue, metres, seed)
        sizes.append(len(flatten(problem).nodes))
        started = time.perf_counter()
        best = solve(problem, MaxIterations(ITERATIONS))
        seconds.append(time.perf_counter() - started)
        if best.proven and seconds[-1] <= 1.0:
            proven += 1
            found = solve(problem, MaxIterations(ITERATIONS), effort=None)
            gaps.append(100 * (best.score - found.score) / best.score if best.score else 0.0)
    rows = [
        ("requests", f"{options.requests}"),
        (
            "candidates within reach, median / most",
            f"{statistics.median(sizes):.0f} / {max(sizes)}",
        ),
        ("proven the best within 1 s", f"{100 * proven / options.requests:.1f} %"),
        ("search and proof, median", f"{1000 * statistics.median(seconds):.0f} ms"),
        ("search and proof, slowest", f"{1000 * max(seconds):.0f} ms"),
        (f"search alone ({ITERATIONS} iterations), mean gap", f"{statistics.fmean(gaps):.3f} %"),
    ]
    text = "\n".join(
        ["| figure | measured |", "| --- | --- |", *(f"| {a} | {b} |" for a, b in rows)]
    )
    print(text)
    if options.docs:
        from toptw import write_block

        write_block(options.docs, "proofs", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
