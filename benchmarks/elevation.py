"""Read the height of points from a file of height data.

    python benchmarks/elevation.py DEM POINTS.csv [--crs EPSG:2154] [--json]

POINTS has the columns lon, lat; DEM is any file that ``lens-routes elevation add`` takes. Heights
are bilinear between the centres of cells; null outside the data and at voids.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np

from lens_routes.errors import BadInputError, LensRoutesError
from lens_routes.streets.elevation.heights import Heights
from lens_routes.streets.elevation.read import read_heights

COLUMNS = ("lon", "lat")


def read_points(path: Path) -> np.ndarray:
    """Read a file of points, as an array of shape (points, 2).

    Raises
    ------
    BadInputError
        The file cannot be read, lacks a column, or holds something that is no position.
    """
    points = []
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                try:
                    points.append([float(row[column]) for column in COLUMNS])
                except (KeyError, TypeError, ValueError) as error:
                    raise BadInputError(
                        f"{path}, line {number}: {error} is not a figure for {', '.join(COLUMNS)}."
                    ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} cannot be read: {error}.") from error
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def main() -> int:
    """Run the benchmark; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("dem", type=Path, help="a file of height data")
    parser.add_argument("points", type=Path, help="a CSV file of points")
    parser.add_argument("--crs", help="the projection, for a file that does not say it")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    options = parser.parse_args()
    try:
        points = read_points(options.points)
        heights = Heights(read_heights(options.dem, options.crs)).at(*points.T)
    except LensRoutesError as error:
        print(f"{error.message} {error.hint}".strip(), file=sys.stderr)
        return error.exit_code
    for (lon, lat), height in zip(points, heights, strict=True):
        known = None if np.isnan(height) else round(float(height), 2)
        print(json.dumps({"elevation_m": known}) if options.json else f"{lat},{lon}: {known} m")
    return 0


if __name__ == "__main__":
    sys.exit(main())
