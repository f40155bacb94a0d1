"""What imports brought into a catalogue, so that a later one leaves alone what a person edited.

Kept beside the catalogue as ``NAME.imports.json``: for each place, by the name its source knows it
by, the values as they came; and what columns of tables were said to mean.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file.features import properties_of
from lens_routes.errors import BadInputError
from lens_routes.files.look import is_file, required
from lens_routes.files.storage import atomic_file
from lens_routes.text.language import tr
from lens_routes.text.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lens_routes.catalogue.exchange.changes import Row
    from lens_routes.catalogue.file.sheet import Sheet

#: What an update leaves in place where it says nothing else.
_OWN = frozenset(("source_id",))


@dataclass
class Brought:
    """The values earlier imports brought, by ``source_id`` and field."""

    path: Path
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def guarded(self, sheet: Sheet, rows: Sequence[Row]) -> list[Row]:
        """Return rows without the fields that a person changed since they were brought."""
        there = {
            str(source): properties
            for properties in map(properties_of, sheet.values())
            if (source := properties.get("source_id"))
        }
        return [self._guarded(row, there.get(str(row.fields.get("source_id")))) for row in rows]

    def _guarded(self, row: Row, present: Mapping[str, Any] | None) -> Row:
        if present is None or row.id:
            return row  # a row with an id of ours speaks of what is ours
        before = self.values.get(str(row.fields["source_id"]), {})
        edited = [
            name
            for name, value in row.fields.items()
            if name not in _OWN
            and _said(present.get(name)) not in (_said(value), _said(before.get(name)))
        ]
        if not edited:
            return row
        kept = {name: value for name, value in row.fields.items() if name not in edited}
        said = tr("edited since it was brought, left as it is: {fields}", fields=listed(edited))
        return replace(row, fields=kept, doubts=(*row.doubts, said))

    def take(self, rows: Sequence[Row]) -> None:
        """Remember what rows brought, and write it down."""
        for row in rows:
            if (source := row.fields.get("source_id")) and not row.refusal:
                self.values[str(source)] = dict(row.fields)
        if not self.values and not self.columns:
            return
        document = {"columns": self.columns, "places": self.values}
        with atomic_file(self.path) as stream:
            stream.write(json.dumps(document, ensure_ascii=False, indent=1).encode())


def _said(value: object) -> object:
    """Return a value, None for one that says nothing: what a person emptied was edited too."""
    return None if value in ("", []) else value


def brought_into(catalogue: Path) -> Brought:
    """Return what imports brought into a catalogue.

    Raises
    ------
    BadInputError
        The file beside the catalogue is damaged.
    """
    path = catalogue.with_name(f"{catalogue.stem}.imports.json")
    if not is_file(path):
        return Brought(path)
    try:
        document = json.loads(required(path))
        return Brought(path, dict(document["places"]), dict(document["columns"]))
    except (ValueError, KeyError, TypeError):
        raise BadInputError(
            tr("{file} is damaged: it says what earlier imports brought.", file=path),
            tr("Remove it: what the catalogue holds is then left as it is."),
        ) from None
