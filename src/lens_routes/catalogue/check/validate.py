"""Find everything wrong with a catalogue at once, and say what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.check.positions import check_positions
from lens_routes.catalogue.file import rules
from lens_routes.catalogue.file.agreement import check_parts
from lens_routes.catalogue.file.document import parse_document, read_document
from lens_routes.catalogue.file.faults import Faults, printable, shown
from lens_routes.catalogue.file.features import (
    check_feature,
    check_ids,
    label_of,
    properties_of,
    warn_of_rare_themes,
    warn_of_twins,
)
from lens_routes.catalogue.file.header import (
    MEMBER,
    check_header,
    check_timezone_stated,
    read_header,
)
from lens_routes.catalogue.picture import check_picture
from lens_routes.errors import BadInputError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.catalogue.file.document import Document
    from lens_routes.catalogue.file.faults import Fault
    from lens_routes.geo import Point

#: A country has as many sights; where there are more, one catalogue serves nobody.
MOST_PLACES = 50_000

#: How programs name GeoJSON's own system in the ``crs`` member of the format's first edition.
_WGS_84 = ("CRS84", "CRS84H", "EPSG:4326", "EPSG:4979", "WGS84", "WGS 84")


def validate(path: Path) -> list[Fault]:
    """Return every fault of the catalogue at *path*: file, feature, field, problem, remedy.

    An empty list means that the file is sound. Whatever the file holds, nothing is raised.

    Parameters
    ----------
    path
        A GeoJSON file in the form of ``data/places.geojson``.
    """
    faults = Faults(printable(str(path)))
    return _examined(read_document(path, faults), faults, path.parent)


def validate_bytes(data: bytes, file: str) -> list[Fault]:
    """Return every fault of a catalogue that is not in a file yet, as `validate`."""
    faults = Faults(printable(file))
    return _examined(parse_document(data, faults), faults, Path(file).parent)


def _examined(document: Document | None, faults: Faults, folder: Path) -> list[Fault]:
    if document is not None:
        points = inspect(document, faults)
        _check_hours(document.value, points, faults)
        _warn_of_pictures(document.value, folder, faults)
    return faults.found


def inspect(document: Document, faults: Faults) -> Mapping[int, Point]:
    """Note every fault of a parsed catalogue but those of opening hours, which cost time to read.

    Returns
    -------
    Mapping
        The sound positions, by the index of their feature.
    """
    collection = document.value
    members = _members(collection, faults)
    if not members:
        return {}
    features = [
        (label_of(index, member), member if isinstance(member, dict) else {})
        for index, member in enumerate(members)
    ]
    _check_crs(collection, faults)
    _check_repeated_keys(document, features, faults)
    ids = check_ids(features, faults)
    header = read_header(collection.get(MEMBER))
    check_header(collection.get(MEMBER), ids, faults)
    themes = [theme.id for theme in header.themes]
    for label, feature in features:
        check_feature(label, feature, themes, faults)
    check_parts({place: properties_of(features[index][1]) for place, index in ids.items()}, faults)
    if not themes:
        warn_of_rare_themes(features, faults)
    points = check_positions(features, header.timezone, faults)
    check_timezone_stated(collection.get(MEMBER), points, faults)
    warn_of_twins(features, points, faults)
    return points


def _members(collection: object, faults: Faults) -> list[Any]:
    """Return the members of a FeatureCollection; note why there are none."""
    if not isinstance(collection, dict):
        faults.error(
            "",
            "",
            tr("It holds {value}, not a FeatureCollection.", value=shown(collection)),
            _shape(),
        )
        return []
    kind, features = collection.get("type"), collection.get("features")
    if kind != "FeatureCollection":
        faults.error(
            "",
            "type",
            tr("{value} stands where FeatureCollection is due.", value=shown(kind)),
            _shape(),
        )
    if not isinstance(features, list):
        faults.error(
            "",
            "features",
            tr("{value} is not a list of features.", value=shown(features)),
            _shape(),
        )
        return []
    if not features:
        faults.error(
            "", "features", tr("There are no places."), tr("Add a Point feature for each place.")
        )
    if len(features) > MOST_PLACES:
        faults.error(
            "",
            "features",
            tr("There are {n} places.", n=len(features)),
            tr("Keep {most} at most in one catalogue.", most=MOST_PLACES),
        )  # fmt: skip
        return []
    return features


def _check_crs(collection: Mapping[str, Any], faults: Faults) -> None:
    """Object to coordinates in another system than GeoJSON's, as an old ``crs`` member names it."""
    crs = collection.get("crs")
    if crs is None:
        return
    name = properties_of(crs).get("name")
    plain = name.upper().replace("::", ":") if isinstance(name, str) else ""
    if not plain.endswith(_WGS_84):
        faults.error(
            "",
            "crs",
            tr(
                "The coordinates are in {value}; GeoJSON is in WGS 84 alone.",
                value=shown(name or crs),
            ),
            tr("Convert the file: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson"),
        )


def _check_repeated_keys(
    document: Document, features: list[tuple[str, dict[str, Any]]], faults: Faults
) -> None:
    """Object to objects that name a key twice, of which JSON parsers keep one at their whim."""
    owners = {id(document.value): ("", "")}
    for label, feature in features:
        owners[id(feature)] = (label, "")
        for part in ("properties", "geometry"):
            owners[id(feature.get(part))] = (label, f"{part}.")
    for owner, key in document.repeated_keys:
        label, prefix = owners.get(id(owner), ("", ""))
        problem = tr("The key {value} stands there twice.", value=shown(key))
        faults.error(
            label, prefix + printable(key), problem, tr("Keep one: only the last would be read.")
        )


def _check_hours(collection: object, points: Mapping[int, Point], faults: Faults) -> None:
    """Object to opening hours that cannot be read in the catalogue's country and time zone."""
    members = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(collection, dict) or not isinstance(members, list):
        return
    from lens_routes.catalogue.hours import HoursContext, parse  # noqa: PLC0415  # costs 20 ms

    header = read_header(collection.get(MEMBER))
    for index, member in enumerate(members):
        value = properties_of(member).get("opening_hours")
        if not isinstance(value, str) or not value or rules.line(value):
            continue
        context = HoursContext(
            timezone=header.timezone,
            country=header.country,
            region=header.region,
            school_zone=header.school_holidays_zone,
            coordinates=points.get(index),
        )
        try:
            parse(value, context)
        except BadInputError as error:
            faults.error(
                label_of(index, member),
                "properties.opening_hours",
                printable(error.message),
                printable(error.hint)
                or tr("Write OSM syntax, such as “Mo-Fr 10:00-18:00; PH off”."),
            )


def _warn_of_pictures(collection: object, folder: Path, faults: Faults) -> None:
    """Point at pictures that nobody will see: one can plan and walk without them."""
    members = collection.get("features") if isinstance(collection, dict) else None
    for index, member in enumerate(members if isinstance(members, list) else ()):
        properties = properties_of(member)
        try:
            check_picture(properties, folder)
        except BadInputError as error:
            message, hint = printable(error.message), printable(error.hint)
            faults.warning(label_of(index, member), "properties.image", message, hint)


def _shape() -> str:
    return tr('Write {"type": "FeatureCollection", "features": […]}.')
