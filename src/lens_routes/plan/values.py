"""Records as JSON values: what a field may hold, how it is read and written, by its type."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import types
import typing
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from lens_routes.geo import Point, is_timezone
from lens_routes.text.language import said_in, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.text.language import Said

    #: Something wrong in a document: where (``days[0].stops[2].begin``) and what.
    Fault = tuple[str, Said]

#: What no figure of a plan exceeds, and the years that calendars reckon with.
LARGEST = 1e6
_YEARS = range(1900, 2200)

# Classes that compare and print themselves cost a millisecond each, on every run.

T = TypeVar("T")


@dataclass(eq=False, repr=False)
class Key:
    """How a field stands in its document.

    Under ``name`` where that is not the field's own, ``start.time`` being inside ``start``;
    ``before`` another; ``always``, though it has a default; ``spare``, where it says something.
    """

    name: str = ""
    before: str = ""
    always: bool = False
    spare: bool = False


#: A field that every document has; one that stands only where it says something.
Always = Annotated[T, Key(always=True)]
Spare = Annotated[T, Key(spare=True)]


class Kind:
    """What one field may hold: any value JSON has; read and written as it is."""

    def holds(self, value: Any) -> bool:
        """Tell whether a JSON value is of this kind."""
        return value is not None

    @property
    def named(self) -> Said:
        """What should stand there, in words."""
        return tr("a value")

    def faults(self, value: Any, path: str) -> Iterator[Fault]:
        """Yield what is wrong with a JSON value."""
        if not self.holds(value):
            yield path, tr("{value} should be {kind}", value=repr(value), kind=self.named)

    def read(self, value: Any) -> Any:
        """Return what a JSON value stands for; `ValueError` or the like where for nothing."""
        return value

    def write(self, value: Any) -> Any:
        """Return a value as JSON has it."""
        return value


@dataclass(eq=False, repr=False)
class Plain(Kind):
    """A text, a truth value or an object of any fields."""

    type: type

    def holds(self, value: Any) -> bool:
        return isinstance(value, self.type)

    @property
    def named(self) -> Said:
        names = {str: tr("text"), bool: tr("true or false"), dict: tr("an object")}
        return names[self.type]


@dataclass(eq=False, repr=False)
class Number(Kind):
    """A number a day's plan may hold, from 0 upwards or ``signed``; written with ``digits``."""

    signed: bool = False
    digits: int | None = None
    whole: bool = False
    largest: float = LARGEST

    def holds(self, value: Any) -> bool:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        fits = number and abs(value) <= self.largest and (self.signed or value >= 0)
        return fits and not (self.whole and value % 1)

    @property
    def named(self) -> Said:
        if self.whole:
            return tr("a whole number") if self.signed else tr("a whole number from 0 upwards")
        return tr("a number") if self.signed else tr("a number from 0 upwards")

    def read(self, value: float) -> float:
        return int(value) if self.whole else value

    def write(self, value: float) -> float:
        if self.digits is None:
            return value
        return round(value, self.digits) if self.digits else round(value)


@dataclass(eq=False, repr=False)
class Moment(Kind):
    """A time with its offset, a date or a time of day."""

    type: type[dt.date | dt.time]

    def holds(self, value: Any) -> bool:
        try:
            moment = self.type.fromisoformat(value)
        except (TypeError, ValueError):
            return False
        if isinstance(moment, dt.time):
            return moment.tzinfo is None and ":" in value
        aware = not isinstance(moment, dt.datetime) or moment.tzinfo is not None
        return aware and moment.year in _YEARS

    @property
    def named(self) -> Said:
        names = {
            dt.datetime: tr("a time with its offset"),
            dt.date: tr("a date"),
            dt.time: tr("a time of day"),
        }
        return names[self.type]

    def read(self, value: str) -> dt.date | dt.time:
        return self.type.fromisoformat(value)

    def write(self, value: dt.date | dt.time) -> str:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value.isoformat()


class Position(Kind):
    """A position, ``[lon, lat]``."""

    def holds(self, value: Any) -> bool:
        return isinstance(value, list) and len(value) == 2 and all(map(DEGREES.holds, value))

    @property
    def named(self) -> Said:
        return tr("[longitude, latitude]")

    def read(self, value: list[float]) -> Point:
        return Point(*map(float, value))

    def write(self, value: Point) -> list[float]:
        return [DEGREES.write(value.lon), DEGREES.write(value.lat)]


@dataclass(eq=False, repr=False)
class Choice(Kind):
    """One of some texts."""

    among: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.among

    @property
    def named(self) -> Said:
        words = [said_in({"en": repr(str(choice))}) for choice in self.among]
        return reduce(
            lambda first, then: tr("{first} or {second}", first=first, second=then), words
        )

    def read(self, value: str) -> Any:
        return self.among[self.among.index(value)]

    def write(self, value: str) -> str:
        return str(value)


class Zone(Kind):
    """The name of a time zone."""

    def holds(self, value: Any) -> bool:
        return is_timezone(value)

    @property
    def named(self) -> Said:
        return tr("a time zone, such as {example}", example="Europe/Paris")


@dataclass(eq=False, repr=False)
class Maybe(Kind):
    """Something, or null."""

    of: Kind

    @property
    def named(self) -> Said:
        return tr("{first} or {second}", first=self.of.named, second=said_in({"en": "null"}))

    def holds(self, value: Any) -> bool:
        return value is None or self.of.holds(value)

    def faults(self, value: Any, path: str) -> Iterator[Fault]:
        if isinstance(self.of, Many | Record):
            yield from () if value is None else self.of.faults(value, path)
        else:
            yield from Kind.faults(self, value, path)

    def read(self, value: Any) -> Any:
        return None if value is None else self.of.read(value)

    def write(self, value: Any) -> Any:
        return None if value is None else self.of.write(value)


@dataclass(eq=False, repr=False)
class Many(Kind):
    """A list of one kind."""

    of: Kind

    def faults(self, value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield path, tr("should be a list")
            return
        for number, item in enumerate(value):
            yield from self.of.faults(item, f"{path}[{number}]")

    def read(self, value: list[Any]) -> tuple[Any, ...]:
        return tuple(map(self.of.read, value))

    def write(self, value: tuple[Any, ...]) -> list[Any]:
        return [*map(self.of.write, value)]


@dataclass(eq=False, repr=False)
class Table(Kind):
    """An object of one kind of value under any names."""

    of: Kind

    def holds(self, value: Any) -> bool:
        return isinstance(value, dict) and all(map(self.of.holds, value.values()))

    @property
    def named(self) -> Said:
        texts = isinstance(self.of, Plain)
        return tr("an object of texts") if texts else tr("an object of numbers from 0 upwards")

    def read(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.of.read(item) for name, item in value.items()}

    def write(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.of.write(item) for name, item in sorted(value.items())}


@dataclass(eq=False, repr=False)
class Field:
    """A field of a record: its name in the program, its key, kind and default."""

    name: str
    key: Key
    kind: Kind
    default: Any

    @property
    def required(self) -> bool:
        """Whether a document has to have it."""
        return self.key.always or self.default is MISSING

    def holder(self, document: Mapping[str, Any]) -> Any:
        """Return the object of a document that has it, or should: ``start`` has ``start.time``."""
        held: Any = document
        for name in self.key.name.split(".")[:-1]:
            held = held.get(name) if isinstance(held, dict) else None
        return held

    def of(self, document: Mapping[str, Any]) -> Any:
        """Return what a document has there; ``MISSING`` where nothing."""
        holder = self.holder(document)
        name = self.key.name.rpartition(".")[2]
        return holder.get(name, MISSING) if isinstance(holder, dict) else MISSING


@dataclass(eq=False, repr=False)
class Record(Kind):
    """An object of named fields; what else it has is left aside. ``make`` is its dataclass."""

    make: Any
    fields: tuple[Field, ...]

    def faults(self, value: Any, path: str, *, loose: bool = False) -> Iterator[Fault]:
        """Yield what is wrong; *loose*, a field may be missing. Null is a default unsaid."""
        if not isinstance(value, dict):
            yield path, tr("should be an object")
            return
        for field in self.fields:
            where, held = f"{path}.{field.key.name}".lstrip("."), field.of(value)
            if held in (MISSING, None) and (loose or not field.required):
                continue
            if held is not MISSING:
                yield from field.kind.faults(held, where)
            elif isinstance(field.holder(value), dict):
                # Elsewhere what should hold it is the fault.
                yield where, tr("is missing")

    def read(self, value: Mapping[str, Any]) -> Any:
        read = {}
        for field in self.fields:
            held = field.of(value)
            if held is MISSING and field.required:
                raise KeyError(field.key.name)
            if held is not MISSING and (held is not None or field.required):
                read[field.name] = field.kind.read(held)
        return self.make(**read)

    def write(self, value: Any) -> dict[str, Any]:
        document: dict[str, Any] = {}
        for field in self.fields:
            held = getattr(value, field.name)
            if not (field.key.spare and held in (None, ())):
                outer, _, inner = field.key.name.rpartition(".")
                part = document[outer] if outer else document
                part[inner] = field.kind.write(held)
        return document

    def but(self, **kinds: Kind | None) -> Record:
        """Return the record with other kinds of some fields; without those that have None."""
        kept = (field for field in self.fields if kinds.get(field.name, field) is not None)
        changed = (replace(field, kind=kinds.get(field.name) or field.kind) for field in kept)
        return replace(self, fields=tuple(changed))


class Open(Record):
    """An object of named fields and any others, kept as it is."""

    def read(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return dict(value)

    def write(self, value: dict[str, Any]) -> dict[str, Any]:
        return value


def entries(needed: Mapping[str, Any], spare: Mapping[str, Any]) -> Open:
    """Return the kind of an object whose fields are of these types; the *spare* may be missing."""
    stand = [Field(name, Key(name), kind_of(hint), MISSING) for name, hint in needed.items()]
    stand += [Field(name, Key(name), kind_of(hint), None) for name, hint in spare.items()]
    return Open(dict, tuple(stand))


DEGREES = Number(signed=True, digits=7)
Degrees = Annotated[float, DEGREES]
#: Metres and grams, to a tenth; whole seconds.
Tenths = Annotated[float, Number(digits=1)]
Whole = Annotated[float, Number(digits=0)]
Signed = Annotated[float, Number(signed=True)]


def _record(make: Any) -> Record:
    # A class may name the types above without loading them: most commands write no document.
    hints = typing.get_type_hints(make, localns=globals(), include_extras=True)
    found = [_field(name, hints[name], default) for name, default in _defaults(make).items()]
    names = [field.name for field in found]
    place = {field.name: (number, 1) for number, field in enumerate(found)}
    moved = {f.name: (names.index(f.key.before), 0) for f in found if f.key.before}
    return Record(make, tuple(sorted(found, key=lambda field: (place | moved)[field.name])))


#: What a dataclass or a named tuple holds.
record: Callable[[Any], Record] = functools.cache(_record)


def _defaults(make: Any) -> dict[str, Any]:
    """Return the fields of a record with their defaults, `MISSING` of what has none."""
    if not is_dataclass(make):
        return {name: make._field_defaults.get(name, MISSING) for name in make._fields}
    return {
        field.name: field.default if field.default_factory is MISSING else field.default_factory()
        for field in fields(make)
    }


def _field(name: str, hint: Any, default: Any) -> Field:
    key = next((note for note in _notes(hint) if isinstance(note, Key)), Key())
    return Field(name, replace(key, name=key.name or name), kind_of(hint), default)


def _notes(hint: Any) -> tuple[Any, ...]:
    return getattr(hint, "__metadata__", ())


def kind_of(hint: Any) -> Kind:
    """Return the kind that a type stands for; one among its notes says it outright."""
    if said := [note for note in _notes(hint) if isinstance(note, Kind)]:
        return said[0]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return kind_of(inner[0])
    if origin in (typing.Union, types.UnionType):
        return Maybe(kind_of(inner[0]))
    if origin is tuple:
        return Many(kind_of(inner[0]))
    if origin is not None and inner[1] is not Any:
        return Table(kind_of(inner[1]))
    return _simple(origin or hint)


def _simple(hint: type) -> Kind:
    if issubclass(hint, enum.Enum):
        return Choice(tuple(hint))
    if issubclass(hint, Point):
        return Position()
    if issubclass(hint, dt.date | dt.time):
        return Moment(hint)
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        return record(hint)
    return Number(whole=hint is int) if hint in (int, float) else Plain(hint)
