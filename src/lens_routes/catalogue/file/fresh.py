"""A catalogue that holds no places yet: what it says of itself, and its file."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file.faults import Faults
from lens_routes.catalogue.file.header import MEMBER, check_header
from lens_routes.catalogue.file.zones import zone_at
from lens_routes.errors import BadInputError
from lens_routes.files.look import is_there
from lens_routes.files.storage import atomic_file, remove_file
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lens_routes.geo import Point
    from lens_routes.text.language import Said


def header_at(point: Point, title: str) -> dict[str, Any]:
    """Return what a catalogue around a point is likely to say of itself."""
    timezone, country = zone_at(point)
    header = {"title": title, "timezone": timezone, "country": country}
    header["currency"] = currency_of(country)
    return {key: value for key, value in header.items() if value}


def told(path: Path, header: Mapping[str, Any]) -> Said:
    """Return what a new catalogue says of itself, and how to change it, for people."""
    said = ", ".join(header.get(key, "?") for key in ("country", "timezone", "currency"))
    command = f"lens-routes places set country=… --places {path}"
    return joined(
        " ",
        [
            tr("{file} is new: {said}.", file=path, said=said),
            tr("Change it with: {command}", command=command),
        ],
    )


def currency_of(country: str) -> str:
    """Return what one pays with in a country today, empty where that is not one currency."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415  # only for new catalogues

    current = get_territory_currencies(country) if country else []
    return current[0] if len(current) == 1 else ""


def write_fresh(path: Path, header: Mapping[str, Any]) -> None:
    """Write a catalogue without places.

    Raises
    ------
    BadInputError
        The header is not sound.
    """
    faults = Faults("")
    check_header(header, (), faults)
    if faults.errors:
        raise BadInputError(faults.errors[0].told.removeprefix(", "), faults.errors[0].remedy)
    document = {"type": "FeatureCollection", MEMBER: header, "features": []}
    with atomic_file(path) as stream:
        stream.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


@contextlib.contextmanager
def there(path: Path, header: Mapping[str, Any], *, keep: bool) -> Iterator[None]:
    """Have a catalogue where there is none; taken away again unless the block ends well."""
    if is_there(path):
        yield
        return
    write_fresh(path, header)
    try:
        yield
    except BaseException:
        remove_file(path)
        raise
    if not keep:
        remove_file(path)
