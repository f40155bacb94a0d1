"""Compare opening hours with the reference implementation's own results, minute by minute.

    python benchmarks/hours.py [CASES.json] [--json]

CASES defaults to the shared cases of opening_hours.js: values, spans of time and the open intervals
they should give, and values that must be refused.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import holidays

from lens_routes.catalogue.hours import HoursContext, Opening, parse
from lens_routes.errors import BadInputError
from lens_routes.geo import Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
BERLIN = ZoneInfo("Europe/Berlin")
#: Cases the reference's authors switched off: their recorded result is empty, whatever they mean.
SWITCHED_OFF = "not implemented yet"
#: A value that asks for a country's list of public holidays and nothing else. The reference and the
#: ``holidays`` package keep lists of their own, which differ in some countries.
LIST_ALONE = re.compile(r"PH( [0-9:-]+)?")

Timeline = list[tuple[dt.datetime, dt.datetime, Opening]]


def instant(text: object) -> dt.datetime:
    """Read a time as the cases write it; "2017-11-31" is the day after November's last.

    Raises
    ------
    ValueError, OverflowError
        It is none: the reference answers some cases with what is no time.
    """
    text = str(text)
    if text.endswith("Z"):
        return dt.datetime.fromisoformat(text)
    day, clock = text.split()
    year, month, number = map(int, day.split("-"))
    hour, minute = map(int, clock.split(":"))
    first = dt.datetime(year, month, 1, hour, minute, tzinfo=BERLIN)
    return (first + dt.timedelta(days=number - 1)).astimezone(dt.UTC)


def context(case: Mapping[str, Any]) -> HoursContext:
    """Return what the case says of the place."""
    place = case.get("place")
    country = ("de" if place is None else place.get("country_code", "")).upper()
    point = Point(float(case["lon"]), float(case["lat"])) if case.get("lat") else None
    region = regions(country).get((place or {}).get("state", ""), "")
    return HoursContext("Europe/Berlin", country, "", point, region)


@functools.cache
def regions(country: str) -> Mapping[str, str]:
    """Return the codes of a country's regions by their names, as far as holidays hang on them."""
    if country not in holidays.list_supported_countries():
        return {}
    return dict(holidays.country_holidays(country).subdivisions_aliases)


def points(case: Mapping[str, Any]) -> bool:
    """Say whether a case is about points in time, as collections have them."""
    mode = case.get("mode", {})
    return mode.get("mode", 0) in (1, 2) or mode.get("tag_key") == "collection_times"


def merged(pieces: Iterator[tuple[dt.datetime, dt.datetime, Opening]]) -> Timeline:
    """Join neighbouring pieces of one state."""
    line: Timeline = []
    for begin, end, state in pieces:
        if line and line[-1][1:] == (begin, state):
            line[-1] = (line[-1][0], end, state)
        elif begin < end:
            line.append((begin, end, state))
    return line


def expected(case: Mapping[str, Any]) -> Timeline:
    """Return the reference's answer."""

    def pieces() -> Iterator[tuple[dt.datetime, dt.datetime, Opening]]:
        at = instant(case["from"])
        for begin, end, unknown, *_ in case["intervals"]:
            yield at, instant(begin), Opening.CLOSED
            yield instant(begin), instant(end), Opening.UNKNOWN if unknown else Opening.OPEN
            at = instant(end)
        yield at, instant(case["to"]), Opening.CLOSED

    return merged(pieces())


def answered(case: Mapping[str, Any]) -> Timeline:
    """Return our answer."""
    value = case["value"] if isinstance(case["value"], str) else case["value"][0]
    hours = parse(value, context(case), points=points(case))
    spans = hours.spans(instant(case["from"]), instant(case["to"]))
    return merged(
        (span.begin.astimezone(dt.UTC), span.end.astimezone(dt.UTC), span.state) for span in spans
    )


def contradictions(ours: Timeline, theirs: Timeline) -> list[dt.datetime]:
    """Return where one says open and the other closed."""
    opposed = {Opening.OPEN, Opening.CLOSED}
    return [
        max(begin, other)
        for begin, end, state in ours
        for other, until, said in theirs
        if max(begin, other) < min(end, until) and {state, said} == opposed
    ]


def verdict(case: Mapping[str, Any]) -> str:
    """Say how our answer to a case stands to the reference's."""
    try:
        theirs = expected(case)
    except (ValueError, OverflowError):
        return "no_answer"
    try:
        ours = answered(case)
    except BadInputError:
        return "refused"
    if ours == theirs:
        return "equal"
    value = case["value"]
    if SWITCHED_OFF in value or not contradictions(ours, theirs):
        return "unknown"
    return "lists_differ" if isinstance(value, str) and LIST_ALONE.fullmatch(value) else "wrong"


def compare(cases: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many cases are equal, differ by unknowns only, are refused, or contradict."""
    verdicts = [verdict(case) for case in cases["tests"]]
    wrong = [
        case["value"]
        for case, said in zip(cases["tests"], verdicts, strict=True)
        if said == "wrong"
    ]
    accepted = [case for case in cases["should_fail"] if _reads(case["value"])]
    kinds = ("equal", "unknown", "refused", "no_answer", "lists_differ")
    return {
        "cases": len(verdicts),
        **{kind: verdicts.count(kind) for kind in kinds},
        "contradict": len(wrong),
        "wrong": wrong,
        "faulty": len(cases["should_fail"]),
        "faulty_refused": len(cases["should_fail"]) - len(accepted),
        "accepted": [case["name"] for case in accepted],
    }


def _reads(value: str) -> bool:
    try:
        parse(value, HoursContext(timezone="Europe/Berlin", country=""))
    except BadInputError as error:
        return not error.hint  # a refusal has to say what to write
    return True


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = SHARED / "opening_hours" / "cases.json"
    parser.add_argument("cases", type=Path, nargs="?", default=default)
    parser.add_argument("--json", action="store_true", help="print one JSON line")
    options = parser.parse_args()
    found = compare(json.loads(options.cases.read_bytes()))
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for what, figure in found.items():
        print(f"{what:15} {figure}")


if __name__ == "__main__":
    main()
