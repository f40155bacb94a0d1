"""The table of street distances between places: what it says, and its form as text.

The program ships one as CSV, which people can read and compare; the tables a machine makes for
itself are kept as `lens_routes.travel.tables.kept` says.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.files.look import read_bytes
from lens_routes.geo import Point
from lens_routes.geo import distance_m as great_circle_m
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.travel.foot.walk import DetourFit, fit_detour
from lens_routes.travel.tables.pairs import Pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lens_routes.travel.foot.walk import Walk

LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
COLUMNS = ["from", "to", "distance_m", "steps_m", "main_road_m"]

#: What a table is asked for a guess before any walk is known: the straight line itself.
NO_FIT = DetourFit(1.0, 0.0, 0.0, 0)

#: A place that moved farther than this since the table was made is no longer the table's place.
MOVED_M = 1.0


@dataclass(frozen=True, slots=True)
class WalkTable:
    """Street walks between named points, the same in both directions.

    ``points`` tells where each name was when the table was made; ``program``, ``computed``,
    ``map_name`` and ``map_date`` say where the figures come from.
    """

    points: Mapping[str, Point]
    walks: Pairs
    fit: DetourFit
    program: str
    computed: str
    map_name: str
    map_date: str

    def knows(self, name: str | None, point: Point) -> bool:
        """Tell whether *name* is in the table and still stands where it stood."""
        known = self.points.get(name) if name else None
        return known is not None and great_circle_m(known, point) <= MOVED_M

    def number(self, name: str | None, point: Point) -> int | None:
        """Return the number of a name the table `knows` among those of its walks, else None."""
        return self.walks.numbers[name] if name and self.knows(name, point) else None

    def walk(self, a: str, b: str) -> Walk | None:
        """Return the walk between two names, None where the streets do not join them."""
        return self.walks.get((a, b) if a < b else (b, a))


def make(
    points: Mapping[str, Point],
    walks: Pairs,
    *,
    program: str,
    computed: str,
    map_name: str,
    map_date: str,
) -> WalkTable:
    """Return a table of *walks* with the detour fitted on them.

    Raises
    ------
    BadInputError
        Fewer than two places are joined by streets at a walking distance.
    """
    try:
        fit = fit_detour(
            [(great_circle_m(points[a], points[b]), w.distance_m) for (a, b), w in walks.items()]
        )
    except ValueError:
        raise BadInputError(
            tr("No two places of the catalogue are joined by the installed streets."),
            tr("Install the streets around them: lens-routes streets download --places"),
        ) from None
    return WalkTable(points, walks, fit, program, computed, map_name, map_date)


def dumps(table: WalkTable) -> str:
    """Return *table* as CSV with its provenance in ``#`` lines; same table, same text."""
    out = io.StringIO()
    out.write(
        "# Walking distances between places, in metres along streets and paths, door to door.\n"
    )
    for key, value in {
        "program": table.program,
        "computed": table.computed,
        "map": table.map_name,
        "map_date": table.map_date,
        "licence": LICENCE,
        "detour_factor": table.fit.factor,
        "detour_mean_error": table.fit.mean_error,
        "detour_p90_error": table.fit.p90_error,
        "detour_pairs": table.fit.pairs,
    }.items():
        out.write(f"# {key}: {value}\n")
    for name, point in sorted(table.points.items()):
        out.write(f"# point: {name} {point.lon:.6f} {point.lat:.6f}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (a, b), walk in table.walks.items():
        writer.writerow(
            [a, b, f"{walk.distance_m:.1f}", f"{walk.steps_m:.1f}", f"{walk.main_road_m:.1f}"]
        )
    return out.getvalue()


def load(path: Path) -> WalkTable:
    """Read a table written by `dumps`.

    Raises
    ------
    BadInputError
        The file is missing or damaged; the message names it.
    """
    try:
        return loads(read_bytes(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        reason = wording.reason(error)
    except UnicodeDecodeError:
        reason = tr("it is not UTF-8 text")
    except KeyError as error:
        reason = tr("it does not say its {field}", field=error.args[0])
    except ValueError as error:
        reason = str(error)
    raise BadInputError(
        tr("{path} is not a table of walking distances: {reason}.", path=path, reason=reason),
        tr("Make it again: lens-routes streets table"),
    )


def loads(text: str) -> WalkTable:
    """Read a table from its text; `ValueError` or `KeyError` where it is damaged."""
    meta: dict[str, str] = {}
    points: dict[str, Point] = {}
    lines = [*text.splitlines(), ""]
    first = 0
    while lines[first].startswith("#"):
        key, colon, value = lines[first][1:].partition(":")
        key, value = key.strip(), value.strip()
        if key == "point":
            name, lon, lat = value.split()
            points[name] = Point(float(lon), float(lat))
        elif colon:
            meta[key] = value
        first += 1
    if lines[first].split(",") != COLUMNS:
        raise ValueError(f"line {first + 1} should be {','.join(COLUMNS)}")
    walks = Pairs.pack(points, _rows(lines[first + 1 : -1], first + 2))
    dt.date.fromisoformat(meta["computed"])
    return WalkTable(
        points,
        walks,
        DetourFit(
            float(meta["detour_factor"]),
            float(meta["detour_mean_error"]),
            float(meta["detour_p90_error"]),
            int(meta["detour_pairs"]),
        ),
        meta["program"],
        meta["computed"],
        meta["map"],
        meta["map_date"],
    )


def _rows(lines: list[str], first: int) -> Iterator[tuple[str, str, tuple[float, float, float]]]:
    """Yield the walks of the lines of a table, which are numbered from *first*."""
    for number, line in enumerate(lines, first):
        if line.count(",") != len(COLUMNS) - 1:
            raise ValueError(f"line {number} should have {len(COLUMNS)} columns")
        a, b, distance, steps, main_road = line.split(",")
        yield a, b, (float(distance), float(steps), float(main_road))
