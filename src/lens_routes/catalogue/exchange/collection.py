"""Places of another GeoJSON file as rows: what a map program or a colleague sends back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.exchange.changes import Row, open_sheet
from lens_routes.catalogue.exchange.draft import Unreadable, value_of
from lens_routes.catalogue.file.faults import nearest, printable, shown
from lens_routes.catalogue.file.features import identity_of, properties_of
from lens_routes.catalogue.file.fields import FIELDS, Sort
from lens_routes.geo import Point
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Term

#: Fields whose values are texts; the others may come as texts from programs that know no better.
_TEXTS = {name for name, field in FIELDS.items() if field.sort is Sort.TEXT}


def read_collection(path: Path, themes: Sequence[Term]) -> tuple[list[Row], list[str]]:
    """Return the features of a GeoJSON file as rows, and remarks on properties not read.

    Raises
    ------
    BadInputError
        The file is no collection of features.
    """
    sheet = open_sheet(path)
    line = 1 + sheet.head.count("\n")
    rows, unread = [], dict[str, None]()
    for index, feature in enumerate(sheet.values()):
        rows.append(_row(line, feature, themes))
        unread |= dict.fromkeys(properties_of(feature).keys() - {*FIELDS, "id"})
        line += sheet.features[index].count("\n")
        line += sheet.gaps[index].count("\n") if index < len(sheet.gaps) else 0
    return rows, [_remark(name) for name in sorted(unread)]


def _remark(name: str) -> str:
    shown, guess = printable(name), nearest(name, FIELDS)
    if guess:
        return tr("Property {name} is not read. Do you mean {guess}?", name=shown, guess=guess)
    return tr("Property {name} is not read.", name=shown)


def _row(line: int, feature: Mapping[str, Any], themes: Sequence[Term]) -> Row:
    reasons: list[str] = []
    fields: dict[str, Any] = {}
    for name, value in properties_of(feature).items():
        if name not in FIELDS:
            continue
        if not isinstance(value, str) or name in _TEXTS:
            fields[name] = value
            continue
        try:
            fields[name] = value_of(name, value, themes)
        except Unreadable as error:
            reasons.append(joined(" ", [tr("{field}:", field=name), *error.args]))
    identity = identity_of(feature)
    if identity is not None and not isinstance(identity, str):
        reasons.append(tr("Its id is not a text."))
    point = _point(feature.get("geometry"), reasons)
    name = str(identity) if isinstance(identity, str) else ""
    return Row(line, name, point, fields, joined(" ", reasons) if reasons else "")


def _point(geometry: object, reasons: list[str]) -> Point | None:
    if geometry is None:
        return None
    place = geometry.get("coordinates") if isinstance(geometry, dict) else None
    is_point = isinstance(geometry, dict) and geometry.get("type") == "Point"
    if is_point and isinstance(place, list) and len(place) >= 2:
        lon, lat = place[:2]
        odd = [n for n in (lon, lat) if isinstance(n, bool) or not isinstance(n, int | float)]
        if not odd:
            return Point(float(lon), float(lat))
        numbers = [tr("{value} is not a number.", value=shown(one)) for one in odd]
        reasons.append(joined(" ", [tr("{field}:", field="geometry.coordinates"), *numbers]))
        return None
    reasons.append(tr("Its geometry is not a point."))
    return None
