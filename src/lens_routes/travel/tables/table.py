"""The table of street distances between places: what it says, and its form as text.

The program ships one as CSV, which people can read and compare; the tables a machine makes for
itself are kept as `lens_routes.travel.tables.kept` says.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.errors import BadInputError
from lens_routes.files.look import read_bytes
from lens_routes.files.sealed import require_whole, sealed
from lens_routes.geo import Point
from lens_routes.geo import distance_m as great_circle_m
from lens_routes.text import wording
from lens_routes.text.language import marked, tr
from lens_routes.travel.foot.walk import FIT_TO_M, DetourFit, fit_detour
from lens_routes.travel.tables.pairs import FIGURES, LENGTHS, Pairs
from lens_routes.travel.tables.spot import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lens_routes.travel.foot.walk import Walk

LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
#: The columns of a table: walks are the same in both directions and as long as one's pace says.
COLUMNS = ("from", "to", "distance_m", "steps_m", "main_road_m")
TIMED = (*COLUMNS, "seconds")
#: What a table says of itself first.
_HEADS = {
    "walk": "Walking distances between places, in metres along streets and paths, door to door.",
    "bike": "Ways by bike between the spots where one leaves it for places, metres and seconds.",
    "car": "Ways by car between the spots where one leaves it for places, metres and seconds.",
}
#: What nobody knows of the ways of an extract that keeps neither surfaces nor speed limits.
UNKNOWN = {
    "bike": marked("the map says nothing of surfaces"),
    "car": marked("the map says nothing of speed limits; times are about those without traffic"),
}

#: What a table is asked for a guess before any walk is known: the straight line itself.
NO_FIT = DetourFit(1.0, 0.0, 0.0, 0)

#: A place that moved farther than this since the table was made is no longer the table's place.
MOVED_M = 1.0
#: By a vehicle the detour is fitted on ways up to so long.
FIT_BY_VEHICLE_M = 40_000.0


_NO_SPOTS: Mapping[str, Spot] = {}


class WayTable(NamedTuple):
    """Ways between named points, walked or by a vehicle.

    ``points`` tells where each name was when the table was made; ``program``, ``computed``,
    ``map_name`` and ``map_date`` say where the figures come from, ``unknown`` what that map does
    not tell. By a vehicle of a ``mode`` one goes between the ``spots`` of the points, at
    ``speed_kmh`` on average.
    """

    points: Mapping[str, Point]
    walks: Pairs
    fit: DetourFit
    program: str
    computed: str
    map_name: str
    map_date: str
    mode: str = "walk"
    spots: Mapping[str, Spot] = _NO_SPOTS
    speed_kmh: float = 0.0
    unknown: str = ""

    def knows(self, name: str | None, point: Point) -> bool:
        """Tell whether *name* is in the table and still stands where it stood."""
        known = self.points.get(name) if name else None
        return known is not None and great_circle_m(known, point) <= MOVED_M

    def standing(self, points: Mapping[str, Point]) -> set[str]:
        """Return the names of the table that stand among some points exactly where they stood."""
        return {name for name, point in self.points.items() if points.get(name) == point}

    def number(self, name: str | None, point: Point) -> int | None:
        """Return the number of a name the table `knows` among those of its walks, else None."""
        return self.walks.numbers[name] if name and self.knows(name, point) else None

    def walk(self, a: str, b: str) -> Walk | None:
        """Return the walk between two names, None where the streets do not join them."""
        return self.walks.get((a, b))


def make(points: Mapping[str, Point], walks: Pairs, about: Mapping[str, Any]) -> WayTable:
    """Return a table of *walks* with the detour fitted on them.

    Parameters
    ----------
    points, walks
        What the table holds.
    about
        Its ``program``, ``computed``, ``map_name``, ``map_date`` and ``unknown``.

    Raises
    ------
    BadInputError
        Fewer than two places are joined by streets at a walking distance.
    """
    return WayTable(points, walks, _fitted(points, walks, FIT_TO_M), **about)


def make_timed(
    points: Mapping[str, Point],
    spots: Mapping[str, Spot],
    ways: Pairs,
    mode: str,
    about: Mapping[str, Any],
) -> WayTable:
    """Return a table of *ways* between *spots*, with the detour and the speed fitted on them.

    Raises
    ------
    BadInputError
        As `make`.
    """
    stands = {spot.name: spot.point for spot in spots.values()}
    fit = _fitted(stands, ways, FIT_BY_VEHICLE_M)
    rows = [figures for *_, figures in ways.rows()]
    seconds = sum(figures[-1] for figures in rows)
    speed_kmh = round(3.6 * sum(figures[0] for figures in rows) / seconds, 2)
    return WayTable(points, ways, fit, **about, mode=mode, spots=spots, speed_kmh=speed_kmh)


def _fitted(points: Mapping[str, Point], ways: Pairs, to_m: float) -> DetourFit:
    try:
        return fit_detour(
            [(great_circle_m(points[a], points[b]), length_m) for a, b, length_m in ways.lengths()],
            to_m,
        )
    except ValueError:
        raise BadInputError(
            tr("No two places of the catalogue are joined by the installed streets."),
            tr("Install the streets around them: lens-routes streets download --places"),
        ) from None


def dumps(table: WayTable) -> str:
    """Return *table* as CSV with its provenance in ``#`` lines; same table, same text."""
    import csv  # noqa: PLC0415  # tables are read far more often

    out = io.StringIO()
    out.write(f"# {_HEADS[table.mode]}\n")
    for key, value in _about(table).items():
        out.write(f"# {key}: {value}\n")
    for name, point in sorted(table.points.items()):
        out.write(f"# point: {name} {point.lon:.6f} {point.lat:.6f}\n")
    for name, spot in sorted(table.spots.items()):
        lon, lat, *lengths_m = spot.figures
        walk = " ".join(f"{length_m:.1f}" for length_m in lengths_m)
        out.write(f"# spot: {name} {spot.name} {lon:.6f} {lat:.6f} {walk}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TIMED if table.spots else COLUMNS)
    for a, b, figures in table.walks.rows():
        told = (f"{figure:.1f}" for figure in figures)
        # Ways by vehicles are whole metres and seconds.
        writer.writerow([a, b, *(t.removesuffix(".0") if table.spots else t for t in told)])
    return sealed(out.getvalue())


def _about(table: WayTable) -> dict[str, object]:
    about: dict[str, object] = {
        "program": table.program,
        "computed": table.computed,
        "map": table.map_name,
        "map_date": table.map_date,
        "licence": LICENCE,
        "detour_factor": table.fit.factor,
        "detour_mean_error": table.fit.mean_error,
        "detour_p90_error": table.fit.p90_error,
        "detour_pairs": table.fit.pairs,
    }
    if table.spots:
        about |= {"mode": table.mode, "speed_kmh": table.speed_kmh, "unknown": table.unknown}
    return about


def load(path: Path) -> WayTable:
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
        tr("{path} is not a table of distances: {reason}.", path=path, reason=reason),
        tr("Make it again: lens-routes streets table"),
    )


def loads(text: str) -> WayTable:
    """Read a table from its text; `ValueError` or `KeyError` where it is damaged."""
    require_whole(text)
    meta: dict[str, str] = {}
    points: dict[str, Point] = {}
    spots: dict[str, Spot] = {}
    lines = [*text.splitlines(), ""]
    first = 0
    while lines[first].startswith("#"):
        key, colon, value = lines[first][1:].partition(":")
        key, value = key.strip(), value.strip()
        if key == "point":
            name, lon, lat = value.split()
            points[name] = Point(float(lon), float(lat))
        elif key == "spot":
            name, spot, *figures = value.split()
            spots[name] = Spot.of(spot, *map(float, figures))
        elif colon:
            meta[key] = value
        first += 1
    columns = TIMED if spots else COLUMNS
    if tuple(lines[first].split(",")) != columns:
        raise ValueError(f"line {first + 1} should be {','.join(columns)}")
    names = {spot.name for spot in spots.values()} or points
    rows = _rows(lines[first + 1 : -1], first + 2, len(columns))
    walks = Pairs.pack(names, rows, FIGURES if spots else LENGTHS)
    dt.date.fromisoformat(meta["computed"])
    return WayTable(
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
        meta.get("mode", "walk"),
        spots,
        float(meta.get("speed_kmh", 0.0)),
        meta.get("unknown", ""),
    )


def _rows(
    lines: list[str], first: int, columns: int
) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    """Yield the ways of the lines of a table, which are numbered from *first*."""
    for number, line in enumerate(lines, first):
        if line.count(",") != columns - 1:
            raise ValueError(f"line {number} should have {columns} columns")
        a, b, *figures = line.split(",")
        yield a, b, tuple(map(float, figures))
