"""Know the makers of a file by what stands in it, whatever it is called."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from lens_routes.catalogue.exchange.table import decoded
from lens_routes.catalogue.file.document import MAX_BYTES
from lens_routes.catalogue.sector import (
    apidae,
    datatourisme,
    geotrek,
    kml,
    osm,
    tourinsoft,
    wikivoyage,
)
from lens_routes.catalogue.sector.listing import many, unwrapped
from lens_routes.errors import BadInputError
from lens_routes.files.look import HEAVIEST_JSON_BYTES, is_folder, json_weight, required
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.catalogue.sector.listing import Listing

    _Known = Callable[[Mapping[str, Any]], bool]
    _Read = Callable[[Mapping[str, Any], dt.date, str], list[Listing]]

#: So much is unpacked of one file, bytes: 200 MB are a whole department's flux.
MOST_BYTES = 400_000_000
_ZIP = b"PK\x03\x04"
#: The tables, maps and answers that come in a zip.
_PACKED = (".kml", ".csv", ".geojson", ".json")
_DECLARED = expression(r"^<\?xml[^>]*\?>")
#: How the tables of the sector begin, and what reads them.
_TABLES: dict[frozenset[str], Callable[[csv.DictReader[str], str], Iterator[Listing]]] = {
    datatourisme.TABLE_HEAD: datatourisme.table,
    wikivoyage.TABLE_HEAD: wikivoyage.table,
}
#: What an object of a maker has and no other, and where its answers hold such objects.
_MARKS = (
    ("objetsTouristiques", "localisation"),
    ("value", "SyndicObjectID"),
    ("results", "description_teaser"),
    ("results", "type_label"),
)
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
    data = _unpacked(path, required(path, MAX_BYTES))
    if data.startswith(_ZIP):
        return _zip(path, data, today, country)
    return _read(path, data, today, country)


def _unpacked(path: Path, data: bytes) -> bytes:
    """Return what is in a file that gzip packed, any other as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError(
            tr("{file} breaks off, or is no gzip: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from."),
        ) from error
    if len(data) > MOST_BYTES:
        raise _too_large(path)
    return data


def _too_large(path: Path) -> BadInputError:
    return BadInputError(
        tr("{file} is larger than can be read.", file=path),
        tr("Split it by department or kind."),
    )


def _read(path: Path, data: bytes, today: dt.date, country: str) -> list[Listing] | None:
    text = decoded(data).lstrip("\ufeff \t\r\n\x00")
    if text.startswith(("{", "[")):
        if json_weight(data) > HEAVIEST_JSON_BYTES:
            raise _too_large(path)
        return _json(path, text, today, country)
    if text.startswith("<"):
        return _xml(path, text, country)
    return _table(text, country)


def _table(text: str, country: str) -> list[Listing] | None:
    """Return the places of a table of the sector, whatever parts its columns."""
    head = text[: csv.field_size_limit()].splitlines()[0] if text else ""
    for separator in (",", ";", "\t", "|"):
        names = set(next(csv.reader([head], delimiter=separator), ()))
        for known, read in _TABLES.items():
            if known <= names:
                lines = io.StringIO(text if "\n" in text else text.replace("\r", "\n"), newline="")
                return list(read(csv.DictReader(lines, delimiter=separator), country))
    return None


def _alone(document: Any) -> Any:
    """Return objects of a maker that stand without their answer as the answer that holds them."""
    objects = document if isinstance(document, list) else [document]
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        objects = [
            {**(one.get("properties") or {}), "geometry": one.get("geometry")}
            for one in many(document.get("features"))
            if isinstance(one, dict)
        ]
    for key, mark in _MARKS:
        if objects and all(isinstance(one, dict) and mark in one for one in objects):
            return {key: objects}
    return document


def _json(path: Path, text: str, today: dt.date, country: str) -> list[Listing] | None:
    document = _alone(_loaded(path, text))
    pages = document if isinstance(document, list) else [document]
    answers = [_answered(page, today, country) for page in pages]
    if answers and None not in answers:
        places = [listing for answer in answers for listing in answer or ()]
        for number, place in enumerate(places if len(pages) > 1 else (), 1):
            place.line = number
        return places
    objects = document.get("@graph") if isinstance(document, dict) else document
    if not isinstance(objects, list) or not all(isinstance(one, dict) for one in objects):
        return None
    if objects and all("file" in one for one in objects):
        objects = list(_indexed(path.parent, objects))
    found = [one for one in objects if datatourisme.is_object(one)]
    return datatourisme.listings(found, today, country) if found else None


def _answered(document: Any, today: dt.date, country: str) -> list[Listing] | None:
    """Return the places of an answer, None where no maker writes such ones."""
    if not isinstance(document, dict):
        return None
    known = (read for is_known, read in _ANSWERS if is_known(document))
    return next((read(document, today, country) for read in known), None)


def _loaded(path: Path, text: str | bytes) -> Any:
    try:
        return unwrapped(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadInputError(
            tr("{file} is not JSON: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from."),
        ) from error


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
                yield _loaded(base / inner, required(base / inner))
                break


def _folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a folder, in the order of their names."""
    for file in sorted(folder.rglob("*.json")):
        document = _loaded(file, required(file))
        if _is_datatourisme(document):
            yield document


def _zip(path: Path, data: bytes, today: dt.date, country: str) -> list[Listing] | None:
    """Return the places of a zip: a flux, else of the tables, maps and answers in it."""
    # What a zip can be broken in: its end, where a member lies, its bytes, a password, the packing.
    broken = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise _too_large(path)
            found = datatourisme.listings(_zipped(path, archive), today, country)
            if found:
                return found
            names = [one for one in sorted(archive.namelist()) if one.lower().endswith(_PACKED)]
            parts = {name: archive.read(name) for name in names}
    except broken as error:
        raise BadInputError(
            tr("{file} is no zip that can be read: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from."),
        ) from error
    for name, inner in parts.items():
        if not inner.startswith(b"PK"):  # a zip in a zip might go on for ever
            found += _read(path / name, inner, today, country) or []
    return found


def _zipped(path: Path, archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    for name in sorted(archive.namelist()):
        if name.endswith(".json"):
            document = _loaded(path / name, archive.read(name))
            if _is_datatourisme(document):
                yield document


def _xml(path: Path, text: str, country: str) -> list[Listing] | None:
    if "<!ENTITY" in text or "kml" not in text[:2000]:
        return None
    try:
        # What it says of its encoding holds no more.
        root = ET.fromstring(_DECLARED.sub("", text))  # noqa: S314  # entities are refused above
    except ET.ParseError as error:
        raise BadInputError(
            tr("{file} is not XML: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from."),
        ) from error
    return list(kml.placemarks(root, country))
