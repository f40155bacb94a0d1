"""A plan as a table (CSV, RFC 4180): a row a stop and a way, units in the header."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.language import tr
from lens_routes.output import caption
from lens_routes.output.leg_parts import legs_of
from lens_routes.output.text import tidy
from lens_routes.plan import elapsed_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.language import Said
    from lens_routes.plan import Day, Leg, Plan, Stop, Waypoint

#: The columns as programs know them, and as people do.
COLUMNS = {
    "day": tr("Day"),
    "date": tr("Date"),
    "kind": tr("Kind"),
    "number": tr("Number"),
    "name": tr("Name"),
    "place": tr("Id in the catalogue"),
    "latitude_deg": tr("Latitude (°)"),
    "longitude_deg": tr("Longitude (°)"),
    "arrive_local": tr("Arrival (local time)"),
    "begin_local": tr("Begin (local time)"),
    "end_local": tr("End (local time)"),
    "utc_offset_h": tr("Ahead of UTC (h)"),
    "duration_min": tr("Duration (min)"),
    "distance_m": tr("On foot (m)"),
    "slack_min": tr("May be late by (min)"),
    "opening": tr("Opening"),
    "hours": tr("Opening hours"),
    "source": tr("Source of the distance"),
    "text": tr("Text"),
}
#: What stands in columns of few words.
_WORDS = {
    "kind": {
        "start": tr("Start"),
        "end": tr("End"),
        "visit": tr("Visit"),
        "break": tr("Break"),
        "walk": tr("On foot"),
        "transit": tr("Public transport"),
        "credits": tr("Credits"),
    },
    "opening": {"open": tr("open"), "unknown": tr("hours unknown")},
    "source": {
        "streets": tr("traced through the streets"),
        "table": tr("street distance"),
        "estimate": tr("estimate"),
    },
}
Cell = str | int | float | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is spelt: the column separator, the decimal mark, and what stands before all.

    ``language``: of the head and of columns of few words; None for the names that programs know.
    """

    separator: str = ","
    decimal: str = "."
    prefix: str = ""
    language: str | None = None


#: Excel takes a file without a byte order mark for Windows-1252 and breaks every accent; where it
#: speaks French it expects semicolons, because its numbers have commas.
DIALECTS = {
    "rfc4180": Dialect(),
    "excel": Dialect(prefix="\ufeff", language="en"),
    "excel-fr": Dialect(separator=";", decimal=",", prefix="\ufeff", language="fr"),
}

#: What makes a spreadsheet compute a cell instead of showing it (OWASP, "CSV Injection"), also
#: behind the separator of another dialect, where a program reads the file with the wrong one.
_FORMULA = re.compile(r"(^|[;,])(\s*)(?=[=+\-@＝＋－＠])")


def dumps(plan: Plan, dialect: Dialect = DIALECTS["rfc4180"]) -> str:
    """Return *plan* as a table; the last row, of kind ``credits``, says where the data come from.

    A text that a spreadsheet would run as a formula gets an apostrophe before it. Sentences are in
    the language in use; a dialect for people has its head in the language it is made for, while
    ``rfc4180``, for programs, is the same in every language.
    """
    plan = tidy(plan)
    stream = io.StringIO(newline="")
    stream.write(dialect.prefix)
    writer = csv.DictWriter(
        stream, COLUMNS, restval="", delimiter=dialect.separator, lineterminator="\r\n"
    )
    writer.writerow({name: _in_words(label, name, dialect) for name, label in COLUMNS.items()})
    for row in _table(plan):
        for name, words in _WORDS.items():
            if code := row.get(name):
                row[name] = _in_words(words[str(code)], str(code), dialect)
        writer.writerow({name: _cell(value, dialect) for name, value in row.items()})
    return stream.getvalue()


def _in_words(words: Said, code: str, dialect: Dialect) -> str:
    return code if dialect.language is None else words.in_language(dialect.language)


def _table(plan: Plan) -> Iterator[Row]:
    for number, day in enumerate(plan.days, 1):
        for row in _rows(day):
            yield {**row, "day": number, "date": day.date.isoformat()}
    yield {"kind": "credits", "text": caption.attribution(plan)}


def _cell(value: Cell, dialect: Dialect) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _FORMULA.sub(r"\1\2'", value)
    text = f"{value:.7f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text.replace(".", dialect.decimal)


def _rows(day: Day) -> Iterator[Row]:
    yield _endpoint("start", day.start, day.start_time)
    for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
        yield from _way(leg)
        yield _stop(number, stop)
    yield from _way(day.legs[-1])
    yield _endpoint("end", day.end, day.end_time)


def _endpoint(kind: str, waypoint: Waypoint, moment: dt.datetime) -> Row:
    return {
        "kind": kind,
        "name": waypoint.name,
        "place": waypoint.id,
        "latitude_deg": waypoint.lat,
        "longitude_deg": waypoint.lon,
        **_times(moment, moment),
    }


def _stop(number: int | None, stop: Stop) -> Row:
    return {
        "kind": stop.kind,
        "number": number,
        "name": stop.name,
        "place": stop.place,
        "latitude_deg": stop.lat,
        "longitude_deg": stop.lon,
        "arrive_local": _local(stop.arrive),
        **_times(stop.begin, stop.leave),
        "slack_min": stop.slack_minutes,
        "opening": stop.opening,
        "hours": stop.hours,
        "text": " ".join(text for text in (stop.description, *stop.notes) if text),
    }


def _way(leg: Leg) -> Iterator[Row]:
    if leg.parts:
        for part in legs_of(leg):
            yield from _way(part)
        return
    if not caption.moves(leg):
        return
    yield {
        "kind": leg.mode,
        "name": caption.from_to(leg),
        **_times(leg.depart, leg.arrive),
        "distance_m": round(leg.distance_m, 1),
        "source": leg.source.value,
        "text": "; ".join(
            [*(step.instruction for step in leg.steps), *(caption.ride(item) for item in leg.rides)]
        ),
    }


def _times(begin: dt.datetime, end: dt.datetime) -> Row:
    offset = begin.utcoffset() or dt.timedelta()
    return {
        "begin_local": _local(begin),
        "end_local": _local(end),
        "utc_offset_h": offset / dt.timedelta(hours=1),
        "duration_min": round(elapsed_s(begin, end) / 60, 1),
    }


def _local(moment: dt.datetime) -> str:
    # Without the offset, whose plus sign would look like a formula; with a blank, as a date with
    # a time is read by every spreadsheet.
    return moment.replace(tzinfo=None).isoformat(" ", "seconds")
