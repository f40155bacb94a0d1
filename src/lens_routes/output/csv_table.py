"""A plan as a table (CSV, RFC 4180): a row a stop and a way, units in the header."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.output.shared import caption
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.rolling import rolled
from lens_routes.output.shared.safe_text import tidy
from lens_routes.plan.moments import elapsed_s
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop
    from lens_routes.plan.waypoint import Waypoint

#: The columns as programs know them, and as people do; not in the catalogues of messages, for a
#: table made for French Excel has a French head whatever the language in use.
COLUMNS = {
    "day": {"en": "Day", "fr": "Jour"},
    "date": {"en": "Date", "fr": "Date"},
    "kind": {"en": "Kind", "fr": "Nature"},
    "number": {"en": "Number", "fr": "Numéro"},
    "name": {"en": "Name", "fr": "Nom"},
    "place": {"en": "Place id", "fr": "Identifiant du lieu"},
    "latitude_deg": {"en": "Latitude (°)", "fr": "Latitude (°)"},
    "longitude_deg": {"en": "Longitude (°)", "fr": "Longitude (°)"},
    "arrive_local": {"en": "Arrival (local time)", "fr": "Arrivée (heure locale)"},
    "begin_local": {"en": "Begin (local time)", "fr": "Début (heure locale)"},
    "end_local": {"en": "End (local time)", "fr": "Fin (heure locale)"},
    "utc_offset_h": {"en": "Ahead of UTC (h)", "fr": "Avance sur UTC (h)"},
    "end_utc_offset_h": {"en": "Ahead of UTC at the end (h)", "fr": "Avance sur UTC à la fin (h)"},
    "duration_min": {"en": "Duration (min)", "fr": "Durée (min)"},
    "distance_m": {"en": "On foot (m)", "fr": "À pied (m)"},
    "slack_min": {"en": "Possible delay (min)", "fr": "Retard possible (min)"},
    "opening": {"en": "Opening", "fr": "Ouverture"},
    "hours": {"en": "Opening hours", "fr": "Horaires"},
    "source": {"en": "Distance known from", "fr": "Distance connue par"},
    "text": {"en": "Text", "fr": "Texte"},
    "ride_m": {"en": "By bike or car (m)", "fr": "À vélo ou en voiture (m)"},
}
#: What stands in columns of few words.
_WORDS = {
    "kind": {
        "start": {"en": "Start", "fr": "Départ"},
        "end": {"en": "End", "fr": "Arrivée"},
        "visit": {"en": "Visit", "fr": "Visite"},
        "break": {"en": "Break", "fr": "Pause"},
        "walk": {"en": "On foot", "fr": "À pied"},
        "transit": {"en": "Public transport", "fr": "Transports en commun"},
        "bike": {"en": "By bike", "fr": "À vélo"},
        "car": {"en": "By car", "fr": "En voiture"},
        "credits": {"en": "Credits", "fr": "Sources"},
    },
    "opening": {
        "open": {"en": "open", "fr": "ouvert"},
        "unknown": {"en": "hours unknown", "fr": "horaires inconnus"},
    },
    "source": {
        "streets": {"en": "route through the streets", "fr": "trajet par les rues"},
        "table": {"en": "table of street distances", "fr": "table des distances par les rues"},
        "estimate": {"en": "estimate", "fr": "estimation"},
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
_FORMULA = expression(r"(^|[;,])(\s*)(?=[=+\-@＝＋－＠])")


def dumps(plan: Plan, dialect: Dialect = DIALECTS["rfc4180"]) -> str:
    """Return *plan* as a table; the last row, of kind ``credits``, says where the data come from.

    A text that a spreadsheet would run as a formula gets an apostrophe before it. Sentences are in
    the language in use; the head, and columns of few words, are in the language a dialect is made
    for, in ``rfc4180`` the names that programs know.
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


def _in_words(words: Mapping[str, str], code: str, dialect: Dialect) -> str:
    return code if dialect.language is None else words[dialect.language]


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
        "distance_m": 0.0 if leg.ride_m else round(leg.distance_m, 1),
        "ride_m": leg.ride_m and round(leg.ride_m, 1),
        "source": leg.source.value if leg.distance_m > 0 else None,
        "text": "; ".join(
            [
                *(step.instruction for step in leg.steps),
                *(caption.ride(item) for item in leg.rides),
                *rolled(leg),
            ]
        ),
    }


def _times(begin: dt.datetime, end: dt.datetime) -> Row:
    return {
        "begin_local": _local(begin),
        "end_local": _local(end),
        "utc_offset_h": _offset_h(begin),
        "end_utc_offset_h": _offset_h(end),
        "duration_min": round(elapsed_s(begin, end) / 60, 1),
    }


def _offset_h(moment: dt.datetime) -> float:
    return (moment.utcoffset() or dt.timedelta()) / dt.timedelta(hours=1)


def _local(moment: dt.datetime) -> str:
    # Without the offset, whose plus sign would look like a formula; with a blank, as a date with
    # a time is read by every spreadsheet.
    return moment.replace(tzinfo=None).isoformat(" ", "seconds")
