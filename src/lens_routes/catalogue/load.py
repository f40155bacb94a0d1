"""Read a catalogue: a GeoJSON file in, a `Catalogue` out, or the reasons why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.catalogue import Catalogue
from lens_routes.catalogue.check import examined
from lens_routes.catalogue.file import header as headers
from lens_routes.catalogue.file.document import Document, parse_document, read_data
from lens_routes.catalogue.file.faults import Faults, printable
from lens_routes.catalogue.file.features import identity_of, properties_of
from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.catalogue.place import DEFAULT_KIND, Place
from lens_routes.errors import BadInputError
from lens_routes.files.shipped import in_use
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Term

#: How many faults one message can name and still be read.
_TOLD = 3


def load(path: Path | None = None) -> Catalogue:
    """Return the catalogue at *path*, or the one in use if it is None.

    Opening hours are kept as they are written; `lens_routes.catalogue.hours` reads them.

    Raises
    ------
    BadInputError
        The file has a fault that `validate` calls an error; the message names the first ones.
    NotInstalledError
        The shipped catalogue is missing.
    """
    path = in_use() if path is None else path
    faults = Faults(printable(str(path)))
    document = _examined(path, faults)
    if document is None or faults.errors:
        raise _refusal(path, faults)
    collection = document.value
    header = headers.read_header(collection.get(headers.MEMBER))
    given = [_given(feature) for feature in collection["features"]]
    themes = _all_terms(header.themes, (theme for one in given for theme in one["themes"]))
    kinds = _all_terms(header.kinds, (one["kind"] for one in given))
    theme_names, kind_names = (
        {name: term.said for name, term in terms.items()} for terms in (themes, kinds)
    )
    return Catalogue(
        places=tuple(
            _place(
                one,
                currency=header.currency,
                kind_name=kind_names[one["kind"]],
                theme_names=tuple(theme_names[theme] for theme in one["themes"]),
            )
            for one in given
        ),
        path=path,
        sha256=document.sha256,
        title=header.title or path.stem,
        timezone=header.timezone,
        country=header.country,
        region=header.region,
        currency=header.currency,
        school_holidays_zone=header.school_holidays_zone,
        default_start=header.default_start,
        default_end=header.default_end,
        themes=tuple(themes.values()),
        kinds=tuple(kinds.values()),
        attribution=header.attribution,
        licence=header.licence,
    )


def _examined(path: Path, faults: Faults) -> Document | None:
    """Return the document in a file, its faults noted; one that was sound is not examined again."""
    data = read_data(path, faults)
    if data is None:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    if examined.is_known(sha256):
        return Document(json.loads(data), (), sha256)
    from lens_routes.catalogue.check.validate import inspect  # noqa: PLC0415  # not loaded in vain

    document = parse_document(data, faults)
    if document is not None:
        inspect(document, faults)
        if not faults.errors:
            examined.remember(sha256)
    return document


def _all_terms(declared: Iterable[Term], used: Iterable[str]) -> dict[str, Term]:
    """Return the terms a header declares, then those in use that it does not, by their id."""
    terms = {term.id: term for term in declared}
    return terms | {one: headers.term(one) for one in dict.fromkeys(used) if one not in terms}


def _given(feature: dict[str, Any]) -> dict[str, Any]:
    """Return what a feature says of a place, by the names of a place's fields."""
    properties = properties_of(feature)
    given = {
        key: value
        for key, value in properties.items()
        if key in FIELDS and value is not None and value != ""
    }
    if "checked" in given:
        given["checked"] = dt.date.fromisoformat(given["checked"])
    for key in ("themes", "guessed", "parts"):
        given[key] = tuple(dict.fromkeys(given.get(key, ())))
    for key in ("names", "descriptions"):
        given[key] = tuple(given.get(key, {}).items())
    given.setdefault("kind", DEFAULT_KIND)
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    return {
        **given,
        "id": str(identity_of(feature)),
        "lon": float(longitude),
        "lat": float(latitude),
    }


def _place(given: dict[str, Any], **named: Any) -> Place:
    """Return the place of some fields, several times as fast as by their names as arguments."""
    fields = {**Place._field_defaults, **given, **named}
    return Place._make(map(fields.__getitem__, Place._fields))


def _refusal(path: Path, faults: Faults) -> BadInputError:
    import shlex  # noqa: PLC0415  # sound catalogues need none

    errors = faults.errors
    lines = [error.told for error in errors[:_TOLD]]
    if rest := len(errors) - len(lines):
        lines.append(trn("… and {n} more error.", "… and {n} more errors.", rest))
    return BadInputError(
        joined("\n", lines),
        tr(
            "“lens-routes places validate {file}” lists everything.",
            file=printable(shlex.quote(str(path))),
        ),
    )
