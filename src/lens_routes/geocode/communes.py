"""The communes of the area: towns and villages to start from, by name."""

from __future__ import annotations

import csv
from statistics import median
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.files.look import required
from lens_routes.files.sealed import require_whole
from lens_routes.files.shipped import shipped
from lens_routes.geo import Point
from lens_routes.geocode.area import Area
from lens_routes.text.language import tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue

#: What an id of a commune begins with.
SCHEME = "commune:"


def communes(catalogue: Catalogue) -> dict[str, tuple[str, Point]]:
    """Return name and middle of each commune near the catalogue, by its folded name.

    GeoNames knows the middle of those around Lens; of others, the middle of their places stands
    for it.

    Raises
    ------
    BadInputError
        The table that comes with the program is damaged.
    """
    area = Area.of(catalogue)
    found = {fold(name): (name, point) for name, point in _of_places(catalogue).items()}
    for row in _shipped():
        point = Point(float(row["lon"]), float(row["lat"]))
        if area.is_near(point):
            found[fold(row["name"])] = (row["name"], point)
    return found


def require_shipped() -> int:
    """Return how many communes the program comes with; raises as `communes`."""
    return len(_shipped())


def _shipped() -> list[dict[str, str]]:
    path = shipped("communes.csv")
    try:
        text = required(path).decode()
        require_whole(text)
    except ValueError as error:
        raise BadInputError(
            tr("{file} is damaged: {reason}.", file=path, reason=error),
            tr("Install lens-routes again."),
        ) from error
    return [*csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))]


def _of_places(catalogue: Catalogue) -> dict[str, Point]:
    points: dict[str, list[Point]] = {}
    for place in catalogue.places:
        if place.commune:
            points.setdefault(place.commune, []).append(place.point)
    return {
        name: Point(median(p.lon for p in within), median(p.lat for p in within))
        for name, within in points.items()
    }
