"""Check the shape of a plan document: every field there, of the right type, times aware."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from lens_routes.text.language import LANGUAGES, said_in, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.text.language import Said


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a document: where (``days[0].stops[2].begin``) and what."""

    path: str
    message: str

    def __str__(self) -> str:
        """Return the fault as a line of a report."""
        return f"{self.path}: {self.message}"


class Time(str):
    """Marks a field that holds an ISO 8601 time with its offset."""

    __slots__ = ()


class Date(str):
    """Marks a field that holds an ISO 8601 date."""

    __slots__ = ()


class Clock(str):
    """Marks a field that holds a time of day, such as ``09:30``."""

    __slots__ = ()


class Number(float):
    """Marks a field that holds a number a day's plan may hold."""

    __slots__ = ()


class Count(float):
    """Marks a field that holds such a number from 0 upwards."""

    __slots__ = ()


class Position(list[float]):
    """Marks a field that holds a position, ``[lon, lat]``."""

    __slots__ = ()


class Texts(dict[str, str]):
    """Marks a field that holds a text for each of its names."""

    __slots__ = ()


class Counts(dict[str, float]):
    """Marks a field that holds a number from 0 upwards for each of its names."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Maybe:
    """Marks a field that may be missing or null."""

    shape: Any


#: What no figure of a plan exceeds, and the years that calendars reckon with.
_LARGEST = 1e6
_YEARS = range(1900, 2200)

#: A type; a tuple of allowed values; a list of one shape; a mapping of fields. None: may be null.
_POINT = {"name": str, "id": (str, None), "lon": Number, "lat": Number, "time": Time}
_STOP = {
    "kind": ("visit", "break"),
    "place": (str, None),
    "place_kind": Maybe(str),
    "off_theme": Maybe(bool),
    "name": str,
    "lon": Number,
    "lat": Number,
    "arrive": Time,
    "begin": Time,
    "leave": Time,
    "opening": ("open", "unknown"),
    "slack_minutes": Count,
    "score": Count,
    "hours": Maybe(str),
    "notes": [str],
}
_RIDE = {"line": str, "from_stop": str, "to_stop": str, "depart": Time, "arrive": Time}
_PART = {
    "mode": ("walk", "transit"),
    "depart": Time,
    "arrive": Time,
    "distance_m": Count,
    "duration_s": Count,
    "steps_m": Maybe(Count),
    "dark_s": Maybe(Count),
}
_LEG = {
    "mode": ("walk", "transit"),
    "from": str,
    "to": str,
    "depart": Time,
    "arrive": Time,
    "distance_m": Count,
    "duration_s": Count,
    "source": ("streets", "table", "estimate"),
    "geometry": ([Position], None),
    "steps": [{"instruction": str, "street": str, "distance_m": Count}],
    "rides": [_RIDE],
    "parts": Maybe([_PART]),
    "steps_m": Maybe(Count),
    "main_road_m": Maybe(Count),
    "dark_s": Maybe(Count),
    "snap_m": Maybe(Count),
}
_TOTALS = dict.fromkeys(("walk_m", "walk_s", "ride_s", "visit_s", "wait_s", "score"), Count)
_REQUEST = {
    "themes": Maybe([str]),
    "at": Maybe(Clock),
    "minutes": Maybe(Count),
    "pace_kmh": Maybe(Count),
    "must": Maybe([str]),
    "avoid": Maybe([str]),
    "max_walk_m": Maybe(Count),
    "max_visits": Maybe(Count),
    "visit_minutes": Maybe(Counts),
    "returns": Maybe([Count]),
    "date": Maybe(Date),
    "days": Maybe(Count),
    "only": Maybe([str]),
    "start": Maybe({"name": str, "id": (str, None), "lon": Number, "lat": Number}),
    "end": Maybe({"name": str, "id": (str, None), "lon": Number, "lat": Number}),
    "appointments": Maybe([{"place": str, "time": Clock, "date": Maybe(Date)}]),
    "breaks": Maybe(
        [
            {
                "name": str,
                "earliest": Clock,
                "latest": Clock,
                "minutes": Count,
                "meal": Maybe(bool),
                "usual": Maybe(bool),
            }
        ]
    ),
    "only_themes": Maybe(bool),
    "likes": Maybe(Counts),
    "at_most": Maybe(Counts),
    "timezone": Maybe(str),
    "budget_eur": Maybe(Count),
    "margin_minutes": Maybe(Count),
    "strict_hours": Maybe(bool),
    "catalogue": Maybe({"title": str, "places": Count, "sha256": str}),
}
_PLAN = {
    "schema": ("lens-routes/plan/1",),
    "id": Maybe(str),
    "created": Time,
    "program": str,
    "request": _REQUEST,
    "days": [
        {
            "date": Date,
            "start": _POINT,
            "end": _POINT,
            "stops": [_STOP],
            "legs": [_LEG],
            "totals": _TOTALS,
        }
    ],
    "score": Count,
    "bound": (Count, None),
    "proven": bool,
    "left_out": [{"place": str, "name": Maybe(str), "reason": str}],
    "flagships": Maybe([{"place": str, "name": str, "visited": bool, "reason": str}]),
    "warnings": [str],
    "provenance": [{"data": str, "source": str, "date": str, "licence": str}],
    "alternatives": Maybe([{"differs": str, "plan": dict}]),
    "language": Maybe(str),
    "translations": Maybe(dict.fromkeys(LANGUAGES, Maybe(Texts))),
}


def check_shape(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a plan document lacks, or holds of the wrong type."""
    for fault in _check(document, _PLAN, ""):
        yield Fault(fault.path.lstrip("."), fault.message)


def _check(value: Any, shape: Any, path: str) -> Iterator[Fault]:
    if isinstance(shape, dict):
        yield from _check_object(value, shape, path)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield Fault(path, tr("should be a list"))
            return
        for i, item in enumerate(value):
            yield from _check(item, shape[0], f"{path}[{i}]")
    elif isinstance(shape, tuple):
        if isinstance(value, list) and isinstance(shape[0], list):
            yield from _check(value, shape[0], path)
        elif not any(_matches(value, choice, path) for choice in shape):
            choices = reduce(
                lambda said, choice: tr("{first} or {second}", first=said, second=choice),
                map(_named, shape),
            )
            yield Fault(path, tr("{value} should be {kind}", value=repr(value), kind=choices))
    elif not _is(value, shape):
        yield Fault(path, tr("{value} should be {kind}", value=repr(value), kind=_named(shape)))


def _check_object(value: Any, shape: Mapping[str, Any], path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, tr("should be an object"))
        return
    for field, inner in shape.items():
        if isinstance(inner, Maybe):
            if value.get(field) is not None:
                yield from _check(value[field], inner.shape, f"{path}.{field}")
        elif field in value:
            yield from _check(value[field], inner, f"{path}.{field}")
        else:
            yield Fault(f"{path}.{field}", tr("is missing"))


def _matches(value: Any, choice: Any, path: str) -> bool:
    if choice is None or (isinstance(choice, str)):
        return bool(value == choice)
    return not any(_check(value, choice, path))


def _is(value: Any, kind: type) -> bool:
    if kind in (Number, Count):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and abs(value) <= _LARGEST and (kind is Number or value >= 0)
    if kind is Position:
        return isinstance(value, list) and len(value) == 2 and all(_is(x, Number) for x in value)
    if kind is Counts:
        return isinstance(value, dict) and all(_is(x, Count) for x in value.values())
    if kind is Texts:
        return isinstance(value, dict) and all(isinstance(x, str) for x in value.values())
    if kind in (Time, Date, Clock):
        return isinstance(value, str) and _is_moment(value, kind)
    return isinstance(value, kind)


def _is_moment(text: str, kind: type) -> bool:
    try:
        if kind is Clock:
            return dt.time.fromisoformat(text).tzinfo is None and ":" in text
        if kind is Date:
            return dt.date.fromisoformat(text).year in _YEARS
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and moment.year in _YEARS


def _named(shape: Any) -> Said:
    names = {
        str: tr("text"),
        bool: tr("true or false"),
        dict: tr("an object"),
        Time: tr("a time with its offset"),
        Date: tr("a date"),
        Clock: tr("a time of day"),
        Position: tr("[longitude, latitude]"),
        Counts: tr("an object of numbers from 0 upwards"),
        Texts: tr("an object of texts"),
        Number: tr("a number"),
        Count: tr("a number from 0 upwards"),
    }
    if shape is None or isinstance(shape, str):
        return said_in({"en": "null" if shape is None else repr(shape)})
    return tr("a list") if isinstance(shape, list) else names[shape]
