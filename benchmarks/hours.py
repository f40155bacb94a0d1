"""Compare opening hours with the reference implementation's own results, minute by minute.

    python benchmarks/hours.py [CASES.json] [--json]

CASES defaults to the shared cases of opening_hours.js: values, spans of time and the open intervals
they should give, and values that must be refused.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

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


def instant(text: str) -> dt.datetime:
    """Read a time as the cases write it; "2017-11-31" is the day after November's last."""
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
    country = "de" if place is None else place.get("country_code", "")
    point = Point(float(case["lon"]), float(case["lat"])) if case.get("lat") else None
    return HoursContext("Europe/Berlin", country.upper(), "", point)


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
    spans = parse(value, context(case)).spans(instant(case["from"]), instant(case["to"]))
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


def compare(cases: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many cases are equal, differ by unknowns only, are refused, or contradict."""
    found: dict[str, Any] = {"cases": len(cases["tests"]), "equal": 0, "unknown": 0, "refused": 0}
    wrong, lists = [], []
    for case in cases["tests"]:
        theirs = expected(case)
        try:
            ours = answered(case)
        except BadInputError:
            found["refused"] += 1
            continue
        if ours == theirs:
            found["equal"] += 1
        elif SWITCHED_OFF not in case["value"] and contradictions(ours, theirs):
            alone = isinstance(case["value"], str) and LIST_ALONE.fullmatch(case["value"])
            (lists if alone else wrong).append(case["value"])
        else:
            found["unknown"] += 1
    accepted = [case for case in cases["should_fail"] if _reads(case["value"])]
    return {
        **found,
        "contradict": len(wrong),
        "wrong": wrong,
        "lists_differ": len(lists),
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
