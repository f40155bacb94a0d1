"""What rows of another file, or a person's edits, change in a catalogue."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.check.twins import Alike, Named, twins_of
from lens_routes.catalogue.check.validate import MOST_PLACES, validate_bytes
from lens_routes.catalogue.file.faults import Faults, Severity, printable
from lens_routes.catalogue.file.features import identity_of, label_of, properties_of
from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.catalogue.file.header import MEMBER, read_header
from lens_routes.catalogue.file.sheet import read_sheet
from lens_routes.catalogue.hours.words import in_words
from lens_routes.errors import BadInputError
from lens_routes.geo import Point, distance_m
from lens_routes.text.language import joined, tr
from lens_routes.text.wording import distance
from lens_routes.text.words import fold, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Term
    from lens_routes.catalogue.file.faults import Fault
    from lens_routes.catalogue.file.header import Header
    from lens_routes.catalogue.file.sheet import Sheet

#: A row without an id is the place of its name, if that is no farther away than this.
_SAME_M = 300.0


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one place: its line in a file (0: no file), the fields that are said.

    A field that is None is said to be empty; one that is missing is not spoken of. ``refusal`` is
    why the row cannot be read at all, ``doubts`` what it says that was not taken as it stands.
    """

    line: int = 0
    id: str = ""
    point: Point | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    refusal: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a row comes to: ``added``, ``changed``, ``unchanged``, ``removed`` or ``refused``.

    ``fields`` are those that differ, before and after; ``reasons`` why it is refused; ``remarks``
    what deserves a look, ``said`` how what was written is understood.
    """

    state: str
    id: str
    name: str
    line: int = 0
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def open_sheet(path: Path) -> Sheet:
    """Return the text of a catalogue that can be edited: sound JSON, a collection of features.

    Raises
    ------
    BadInputError
        It is not; the message says why.
    """
    from lens_routes.catalogue.file.document import read_document  # noqa: PLC0415  # with the rest

    faults = Faults(printable(str(path)))
    document = read_document(path, faults)
    members = document.value.get("features") if document and _is_object(document.value) else None
    empty = document is not None and _is_object(document.value) and MEMBER in document.value
    if isinstance(members, list) and (members or empty) and all(map(_is_object, members)):
        return read_sheet(path)
    told = faults.errors[0].told if faults.errors else tr("{file} holds no places.", file=path)
    if isinstance(members, list) and (odd := [one for one in members if not _is_object(one)]):
        number = members.index(odd[0]) + 1
        told = tr("{file}, feature #{n}: This is not a feature.", file=path, n=number)
    raise BadInputError(
        told,
        tr("See everything with: {command}", command=f"lens-routes places validate {path}"),
    )


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def header_of(sheet: Sheet) -> Header:
    """Return what a catalogue says of itself."""
    return read_header(json.loads(sheet.text).get(MEMBER))


def themes_of(sheet: Sheet) -> Sequence[Term]:
    """Return the themes a catalogue declares."""
    return header_of(sheet).themes


def require_few(rows: Sequence[Row]) -> None:
    """Refuse more rows than a catalogue may hold places.

    Raises
    ------
    BadInputError
        There are more.
    """
    if len(rows) > MOST_PLACES:
        raise BadInputError(
            tr("There are more than {most} places.", most=MOST_PLACES),
            tr("Keep {most} at most in one catalogue.", most=MOST_PLACES),
        )


def apply_rows(sheet: Sheet, rows: Sequence[Row]) -> list[Change]:
    """Change the text of a catalogue as rows say, in memory, and return what each row came to.

    Rows that would put a fault into the catalogue are refused with its words, and leave no trace.
    """
    require_few(rows)
    base = {_key(fault) for fault in _errors(sheet)}
    rows = [_with_all_faults(sheet, row) for row in rows]
    while True:
        trial = _Trial(sheet)
        changes = [trial.take(number, row) for number, row in enumerate(rows)]
        faults = [fault for fault in _errors(sheet) if _key(fault) not in base]
        refused = _blame(trial.owners(), faults)
        if not refused:
            country = header_of(sheet).country
            return [
                _with_hours(replace(change, said=row.doubts), country)
                for row, change in zip(rows, changes, strict=True)
            ]
        trial.undo()
        rows = [_refuse(row, refused[i]) if i in refused else row for i, row in enumerate(rows)]


def _with_all_faults(sheet: Sheet, row: Row) -> Row:
    """Return a row that cannot be read with the faults of the rest of it, all told at once."""
    if not row.refusal or not row.fields:
        return row
    alone = replace(sheet, features=[], gaps=[])
    (change,) = apply_rows(alone, [replace(row, refusal="")])
    # A position that cannot be read is told already.
    more = [reason for reason in change.reasons if reason != tr("It has no position.")]
    return replace(row, refusal=joined(" ", [row.refusal, *more])) if more else row


def _with_hours(change: Change, country: str) -> Change:
    """Return a change that says back the hours it brings, as they were understood."""
    _, hours = change.fields.get("opening_hours", (None, None))
    if not hours or change.state == "refused":
        return change
    said = tr("{hours}: {words}", hours=hours, words=in_words(str(hours), country))
    return replace(change, said=(*change.said, said))


def remove_place(sheet: Sheet, identity: str) -> Change:
    """Take a place out of the text of a catalogue, in memory.

    Raises
    ------
    BadInputError
        The catalogue would not be sound without it: its tours start there, or it is the last one.
    """
    base = {_key(fault) for fault in _errors(sheet)}
    features = sheet.values()
    index = next(i for i, feature in enumerate(features) if identity_of(feature) == identity)
    if len(features) == 1:
        raise BadInputError(
            tr("{place} is the only place of the catalogue.", place=identity),
            tr("Add another one first."),
        )
    sheet.remove(index)
    for fault in _errors(sheet):
        if _key(fault) not in base:
            raise BadInputError(
                tr("Without {place} the catalogue would not be sound.", place=identity), fault.told
            )
    name = str(properties_of(features[index]).get("name", ""))
    return Change("removed", identity, name)


class _Trial:
    """A catalogue being changed row by row."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._before = list(sheet.features), list(sheet.gaps)
        self._features = sheet.values()
        self._taken: dict[int, int] = {}
        self._owners: dict[int, int] = {}
        self._named: list[Named | None] = []
        self._alike, self._placed = Alike(), list[Named]()
        #: The first feature of each id and of each source, and those of each name.
        self._ids: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._names: dict[str, list[int]] = {}
        for index, feature in enumerate(self._features):
            self._note(index, feature)

    def _note(self, index: int, feature: Mapping[str, Any]) -> None:
        """Note by what a feature is found again."""
        named = _named(feature)
        self._named.append(named)
        told = identity_of(feature), properties_of(feature).get("source_id")
        for known, value in zip((self._ids, self._sources), told, strict=True):
            if isinstance(value, str):
                known.setdefault(value, index)
        if named is not None:
            self._alike.add(named)
            self._placed.append(named)
            for name in named.names[:1]:
                self._names.setdefault(fold(name), []).append(index)

    def undo(self) -> None:
        self._sheet.features, self._sheet.gaps = self._before

    def owners(self) -> dict[str, int]:
        """Return the rows that touched features, by what faults call the features."""
        return {
            label_of(index, self._features[index]): number for index, number in self._owners.items()
        }

    def take(self, number: int, row: Row) -> Change:
        """Do what a row says; *number* is which row it is, from 0."""
        name = str(row.fields.get("name") or "")
        if row.refusal:
            return Change("refused", row.id, name, row.line, reasons=(row.refusal,))
        index = self._index(row)
        if index is None:
            self._owners[len(self._features)] = number
            return self._add(row, name)
        identity = str(identity_of(self._features[index]))
        if index in self._taken:
            reason = tr("Line {line} already speaks of this place.", line=self._taken[index])
            return Change("refused", identity, name, row.line, reasons=(reason,))
        self._taken[index] = row.line
        self._owners[index] = number
        return self._change(index, identity, row)

    def _index(self, row: Row) -> int | None:
        source = row.fields.get("source_id")
        if not row.id and isinstance(source, str) and source in self._sources:
            return self._sources[source]
        if row.id:
            return self._ids.get(row.id)
        for index in self._names.get(fold(str(row.fields.get("name") or "")), ()):
            one = self._named[index]
            if one and row.point and distance_m(one.point, row.point) <= _SAME_M:
                return index
        return None

    def _add(self, row: Row, name: str) -> Change:
        identity = row.id or self._fresh_id(slug(name)[:100].strip("-"), row)
        missing = [
            reason
            for absent, reason in (
                (not name, tr("It has no name.")),
                (
                    name and not identity,
                    tr("No id can be made of its name; give it one of its own."),
                ),
                (row.point is None, tr("It has no position.")),
                (
                    identity in self._ids,
                    tr("Another place has the id {id}; give it one of its own.", id=identity),
                ),
            )
            if absent
        ]
        if missing or row.point is None:
            del self._owners[len(self._features)]
            return Change("refused", identity, name, row.line, reasons=tuple(missing))
        given = {key: row.fields[key] for key in FIELDS if row.fields.get(key) is not None}
        feature = {
            "type": "Feature",
            "id": identity,
            "geometry": {
                "type": "Point",
                "coordinates": [round(row.point.lon, 7), round(row.point.lat, 7)],
            },
            "properties": given,
        }
        named = _named(feature)
        near = self._alike.numbers(named) if named else ()
        remarks = _remarks(named, [self._placed[n] for n in near]) if named else ()
        self._sheet.append(feature)
        self._note(len(self._features), feature)
        self._features.append(feature)
        self._taken[len(self._features) - 1] = row.line
        fields = {key: (None, value) for key, value in given.items()}
        return Change("added", identity, name, row.line, fields, remarks=remarks)

    def _fresh_id(self, identity: str, row: Row) -> str:
        """Tell two things of one name apart where their source does: ``mairie-2``."""
        if not row.fields.get("source_id") or identity not in self._ids or not identity:
            return identity
        return next(one for n in count(2) if (one := f"{identity}-{n}") not in self._ids)

    def _change(self, index: int, identity: str, row: Row) -> Change:
        properties = properties_of(self._features[index])
        name = str(properties.get("name", ""))
        different: dict[str, tuple[Any, Any]] = {}
        for key in FIELDS:
            if key not in row.fields:
                continue
            old, new = _present(properties.get(key)), _present(row.fields[key])
            if not _same(old, new):
                different[key] = (old, new)
                self._sheet.set_property(index, key, new)
        here = self._named[index]
        if row.point is not None and (here is None or row.point != here.point):
            lon, lat = round(row.point.lon, 7), round(row.point.lat, 7)
            if here is None or (lon, lat) != (here.point.lon, here.point.lat):
                old = [here.point.lon, here.point.lat] if here else None
                different["position"] = (old, [lon, lat])
                self._sheet.move(index, lon, lat)
        state = "changed" if different else "unchanged"
        return Change(state, identity, name, row.line, different)


def _named(feature: Mapping[str, Any]) -> Named | None:
    properties, geometry = properties_of(feature), feature.get("geometry")
    place = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(place, list) or len(place) < 2:
        return None
    if not all(isinstance(number, int | float) for number in place[:2]):
        return None
    names = tuple(str(properties[key]) for key in ("name", "name_en") if properties.get(key))
    return Named(str(identity_of(feature)), names, Point(float(place[0]), float(place[1])))


def _remarks(one: Named, others: Sequence[Named]) -> tuple[str, ...]:
    return tuple(
        tr(
            "{place} ({id}) is {distance} away: is it the same?",
            place=twins.second.names[0],
            id=twins.second.id,
            distance=distance(twins.distance_m),
        )
        for twins in twins_of(one, others)
    )


def _present(value: Any) -> Any:
    """Return a value, None for one that says nothing."""
    return None if value in ("", [], None) else value


def _same(old: Any, new: Any) -> bool:
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _errors(sheet: Sheet) -> list[Fault]:
    faults = validate_bytes(sheet.data, str(sheet.path))
    return [fault for fault in faults if fault.severity is Severity.ERROR]


def _key(fault: Fault) -> tuple[str, str, str]:
    return fault.feature, fault.field, str(fault.problem)


def _blame(touched: Mapping[str, int], faults: Sequence[Fault]) -> dict[int, str]:
    """Return the reasons to refuse rows, by their number; every new fault is some row's."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        # A fault of the whole file, or of an id nobody can read, is put down to all of them.
        guilty = [touched[fault.feature]] if fault.feature in touched else list(touched.values())
        words = tr("{field}: {problem} {remedy}", field=fault.field.removeprefix("properties."),
                   problem=fault.problem, remedy=fault.remedy)  # fmt: skip
        for index in guilty:
            found.setdefault(index, []).append(words)
    return {index: joined(" ", reasons) for index, reasons in found.items()}


def _refuse(row: Row, reason: str) -> Row:
    return replace(row, refusal=reason)
