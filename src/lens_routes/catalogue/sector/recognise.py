"""Know the makers of a file by what stands in it, whatever it is called."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from lens_routes.catalogue.sector import (
    apidae,
    datatourisme,
    geotrek,
    kml,
    osm,
    tourinsoft,
    wikivoyage,
)
from lens_routes.errors import BadInputError
from lens_routes.files.look import is_folder, required
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.catalogue.sector.listing import Listing

    _Known = Callable[[Mapping[str, Any]], bool]
    _Read = Callable[[Mapping[str, Any], dt.date, str], list[Listing]]

#: So much JSON of one file is read at once, bytes: 200 MB are a whole department's flux.
MOST_BYTES = 400_000_000
_ZIP = b"PK\x03\x04"
#: How the tables of the sector begin, and what reads them.
_TABLES = {
    datatourisme.TABLE_HEAD: datatourisme.table,
    wikivoyage.TABLE_HEAD: wikivoyage.table,
}
#: How JSON of the sector is known, and what reads it.
_ANSWERS: tuple[tuple[_Known, _Read], ...] = (
    (datatourisme.is_object, lambda one, today, where: datatourisme.listings([one], today, where)),
    (apidae.is_answer, lambda one, _, where: apidae.listings(one, where)),
    (tourinsoft.is_syndication, tourinsoft.listings),
    (osm.is_answer, lambda one, _, where: osm.elements(one, where)),
    (osm.is_collection, lambda one, _, where: osm.collection(one, where)),
    (geotrek.is_page, lambda one, _, where: geotrek.listings(one, where)),
)


def listings(path: Path, today: dt.date, country: str) -> list[Listing] | None:
    """Return the places of a file of the sector, None where it is none of those known.

    Parameters
    ----------
    path
        A file, or the folder of a DATAtourisme flux.
    today
        The day by which hours have run out.
    country
        ISO 3166-1 code of the places, for reading hours.

    Raises
    ------
    BadInputError
        The file breaks off, or a zip holds no place.
    """
    if is_folder(path):
        return datatourisme.listings(_folder(path), today, country)
    data = required(path)
    if data.startswith(_ZIP):
        return datatourisme.listings(_zipped(path, data), today, country)
    text = data.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith(("{", "[")):
        return _json(path, text, today, country)
    if text.startswith("<"):
        return _xml(path, data, country)
    table = next((read for head, read in _TABLES.items() if text.startswith(head)), None)
    return list(table(text, country)) if table else None


def _json(path: Path, text: str, today: dt.date, country: str) -> list[Listing] | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            tr("{file} is not JSON: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from."),
        ) from error
    if isinstance(document, dict):
        for known, read in _ANSWERS:
            if known(document):
                return read(document, today, country)
    objects = document.get("@graph") if isinstance(document, dict) else document
    if not isinstance(objects, list) or not all(isinstance(one, dict) for one in objects):
        return None
    if objects and all("file" in one for one in objects):
        objects = list(_indexed(path.parent, objects))
    found = [one for one in objects if datatourisme.is_object(one)]
    return datatourisme.listings(found, today, country) if found else None


def _is_datatourisme(one: object) -> bool:
    return isinstance(one, dict) and datatourisme.is_object(one)


def _indexed(folder: Path, index: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the objects an index names, below the folder it stands in."""
    for entry in index:
        inner = PurePosixPath(str(entry["file"]))
        if inner.is_absolute() or ".." in inner.parts:
            raise BadInputError(
                tr("{file} names a file outside its folder.", file=folder / "index.json"),
                tr("Export it again from where it comes from."),
            )
        for base in (folder / "objects", folder):
            if (base / inner).is_file():
                yield json.loads(required(base / inner))
                break


def _folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a folder, in the order of their names."""
    for file in sorted(folder.rglob("*.json")):
        document = json.loads(required(file))
        if _is_datatourisme(document):
            yield document


def _zipped(path: Path, data: bytes) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = 0
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            size += member.file_size
            if size > MOST_BYTES:
                raise BadInputError(
                    tr("{file} is larger than can be read.", file=path),
                    tr("Split it by department or kind."),
                )
            if member.filename.endswith(".json"):
                document = json.loads(archive.read(member))
                if _is_datatourisme(document):
                    yield document


def _xml(path: Path, data: bytes, country: str) -> list[Listing] | None:
    if b"<!ENTITY" in data or b"kml" not in data[:2000]:
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314  # entities are refused above
    except ET.ParseError as error:
        raise BadInputError(
            tr("{file} is not XML: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from."),
        ) from error
    return list(kml.placemarks(root, country))
