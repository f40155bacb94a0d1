"""Measure how many ordinary days the planner proves to be the best, and how fast.

Poses random requests over the packaged catalogue (themes, starts, 3 to 9 hours, dates of a year)
with the shipped walking distances, for one day, two and three, and with ``--trains`` also with the
timetables installed; searches each and proves it. Seconds are those of the processor, which do not
depend on what else the machine does. Prints one Markdown table; with ``--docs`` it replaces the
block ``proofs`` of a document.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes.catalogue.load import load
from lens_routes.errors import LensRoutesError, NotFoundError
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.choose import choose
from lens_routes.planning.clock import TourClock
from lens_routes.planning.in_hand import EASE_S, in_hand
from lens_routes.planning.pose import Posed, pose
from lens_routes.planning.qualify.qualify import qualify
from lens_routes.planning.request import Request
from lens_routes.planning.supplies import Supplies, while_it_pays
from lens_routes.planning.travel.travel import travel
from lens_routes.tour.search.nodes import flatten
from lens_routes.tour.solve import USUAL
from lens_routes.travel.rides.kept import Keeping
from lens_routes.travel.rides.timetables import open_network
from lens_routes.travel.tables import table
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from lens_routes.tour.problem import Problem, Solution

DATA = Path(__file__).parents[1] / "data"
YEAR = dt.date(2026, 1, 1)


class Result(NamedTuple):
    """One request: its candidates within reach, the seconds it took, and what came of it.

    ``gap`` is how far the tours may be from the best, as a share of their score, and
    ``search_gap`` how far the search alone is from the proven score; None where nothing is proven.
    """

    candidates: int
    seconds: float
    proven: bool
    gap: float
    search_gap: float | None


def random_request(
    supplies: Supplies, seed: int, first: dt.date, days: int = 1, mode: str = "walk"
) -> Posed:
    """Return a random request in the year, or the week, from a date on, posed as it is planned."""
    catalogue, rng = supplies.catalogue, random.Random(seed)  # noqa: S311  # repeatable
    themes = sorted({theme for place in catalogue.places for theme in place.themes})
    known = sorted(supplies.walking.tables[0].points)
    places = {place.id: place for place in catalogue.places}
    while True:
        place = places[rng.choice(known)]
        start = Waypoint(place.name, place.lon, place.lat, place.id)
        request = Request(
            start=start,
            end=start,
            date=first + dt.timedelta(days=rng.randrange(365 if mode == "walk" else 7)),
            days=days,
            at=dt.time(rng.choice([9, 10, 11])),
            minutes=60 * rng.randint(3, 9),
            pace_kmh=4.5,
            mode=mode,
            themes=tuple(rng.sample(themes, rng.choice([0, 1, 1, 2, 3]))),
        )
        try:
            return _posed(request, supplies)
        except LensRoutesError:
            continue  # Nothing qualifies.


def _posed(request: Request, supplies: Supplies) -> Posed:
    qualified = qualify(request, supplies.catalogue)
    if not qualified.candidates:
        raise NotFoundError("Nothing qualifies.")
    clock, hand = (
        TourClock(request.date, ZoneInfo(supplies.catalogue.timezone)),
        in_hand(request, EASE_S),
    )
    ways = travel(request, supplies, qualified.candidates, clock, hand.before_s)
    return pose(request, qualified, ways, clock, hand, lambda problem: problem)


def measure(posed: Posed) -> Result:
    """Choose the visits of one request with and without proof."""
    problem = posed.problem
    sites = {node.site for node in flatten(problem).nodes if node.site is not None}
    started = time.process_time()
    best = choose(posed, while_it_pays, USUAL)
    seconds = time.process_time() - started
    search_gap = None
    if best.proven and not best.missing:
        found = choose(posed, while_it_pays, effort=None)
        lost = _objective(problem, best) - _objective(problem, found)
        search_gap = lost / best.score if best.score > 0 else 0.0
    gap = ((best.bound or best.score) - best.score) / best.score if best.score > 0 else 0.0
    return Result(len(sites), seconds, best.proven, gap, search_gap)


def _objective(problem: Problem, solution: Solution) -> float:
    """Return what a solution is chosen for: its score, and the bonus of its visits."""
    bonuses = [
        option.bonus
        for tour in solution.tours
        for visit in tour.visits
        if visit.site is not None
        for option in problem.sites[visit.site].options
        if option.duration_s == visit.leave_s - visit.begin_s
    ]
    return solution.score + sum(bonuses)


def table_of(columns: dict[str, list[Result]]) -> str:
    """Return the results as a Markdown table, one column for each kind of request."""
    rows: dict[str, list[str]] = {}
    for results in columns.values():
        seconds = [result.seconds for result in results]
        sizes = [result.candidates for result in results]
        small = [result for result in results if result.candidates <= 25]
        searched = [r.search_gap for r in results if r.search_gap is not None]
        for name, text in {
            "requests": f"{len(results)}",
            "candidates within reach, median / most": (
                f"{statistics.median(sizes):.0f} / {max(sizes)}"
            ),
            "proven the best within 1 s": _share([r.proven and r.seconds <= 1.0 for r in results]),
            "of those with up to 25 candidates": _share(
                [r.proven and r.seconds <= 1.0 for r in small]
            ),
            "proven at all": _share([r.proven for r in results]),
            "bound above the score, mean": f"{statistics.fmean(r.gap for r in results):.2%}",
            "bound above the score, worst": f"{max(r.gap for r in results):.1%}",
            "search and proof, median": f"{1000 * statistics.median(seconds):.0f} ms",
            "search and proof, slowest": f"{1000 * max(seconds):.0f} ms",
            "search alone, mean gap": (f"{statistics.fmean(searched):.3%}" if searched else ""),
        }.items():
            rows.setdefault(name, []).append(text.replace("%", " %"))
    head = ["figure", *columns]
    lines = [head, ["---"] * len(head), *([name, *cells] for name, cells in rows.items())]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _share(met: list[bool]) -> str:
    return f"{statistics.fmean(met):.1%}" if met else ""


def main() -> int:
    """Measure a number of random requests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="of one day on foot")
    parser.add_argument("--several", type=int, default=100, help="of each other kind")
    parser.add_argument(
        "--trains",
        type=dt.date.fromisoformat,
        help="also with the installed timetables, in the week from this date on",
    )
    parser.add_argument("--json", action="store_true", help="print each request as a JSON line")
    parser.add_argument("--docs", type=Path, help="Markdown file whose block of proofs is replaced")
    options = parser.parse_args()
    kinds = [
        ("one day", options.requests, {}),
        ("two days", options.several, {"days": 2}),
        ("three days", options.several, {"days": 3}),
    ]
    if options.trains:
        kinds.append(("one day, trains", options.several, {"mode": "transit"}))
    columns: dict[str, list[Result]] = {}
    with tempfile.TemporaryDirectory() as folder:
        supplies = _supplies(Path(folder), trains=options.trains is not None)
        choose(random_request(supplies, 0, YEAR), while_it_pays, USUAL)  # imports numpy
        for name, count, more in kinds:
            first = options.trains if "mode" in more else YEAR
            for seed in range(count):
                result = measure(random_request(supplies, seed, first, **more))
                columns.setdefault(name, []).append(result)
                if options.json:
                    line = {"kind": name, "seed": seed, **result._asdict()}
                    print(json.dumps(line), flush=True)
    if options.json:
        return 0
    text = table_of(columns)
    print(text)
    if options.docs:
        from toptw import write_block

        write_block(options.docs, "proofs", text)
    return 0


def _supplies(folder: Path, *, trains: bool) -> Supplies:
    shipped = table.load(DATA / "walking_distances.csv")
    return Supplies(
        catalogue=load(DATA / "places.geojson"),
        walking=Walking(None, (shipped,), shipped.fit),
        now=dt.datetime.combine(YEAR, dt.time(), dt.UTC),
        stop=while_it_pays,
        timetables=open_network() if trains else None,
        keeping=Keeping(folder),
    )


if __name__ == "__main__":
    sys.exit(main())
