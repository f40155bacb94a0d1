"""A relaxed day survives being a quarter of an hour late anywhere, by a simulation of its own."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import world
from tests.support.program import run

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import context_of
from lens_routes.catalogue.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue

pytestmark = pytest.mark.usefixtures("nine_o_clock", "streets")
LUNCH = ["--lunch", "12:00-14:30,40min"]
LATE = dt.timedelta(minutes=15)


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Write the town with a shortest visit for every place."""
    document = world.catalogue()
    for feature in document["features"]:
        feature["properties"]["visit_minutes_min"] = 10
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    return own


def _requests(count: int) -> list[list[str]]:
    chance = random.Random(3)  # noqa: S311  # days drawn, nothing secret
    found = []
    for _ in range(count):
        words = ["--for", f"{chance.randint(150, 330)}min", "--at", f"{chance.randint(9, 12)}:00"]
        words += chance.choice([[], ["--date", "2026-11-28"]])
        words += chance.choice(
            [[], ["--appointment", "tour=14:00"], ["--appointment", "musee=13:40"]]
        )
        words += chance.choice([[], LUNCH])
        words += chance.choice([[], ["--must", "eglise"], ["--break", "10:00-16:00,20min"]])
        found.append(words)
    # Where the day begins with what has its hour, one sets out no later than leaves time in hand.
    alone = ["--max-visits", "1", "--at", "9:30", "--for", "7h"]
    first = [[*alone, "--appointment", "tour=14:00", "--no-lunch"],
             [*alone, *LUNCH, "--break", "15:00-16:20,20min"]]  # fmt: skip
    days = [["--days", "2", "--for", "3h"], ["--days", "2", "--for", "4h", *LUNCH]]
    return [*found[4:], *first, *days]


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _begins(
    stop: dict[str, Any], arrive: dt.datetime, request: dict[str, Any], catalogue: Catalogue
) -> dt.datetime | None:
    """Return when a stop begins for whoever arrives then; None: too late."""
    lasts = _at(stop["leave"]) - _at(stop["begin"])
    fixed = [a["time"] for a in request["appointments"] if a["place"] == stop["place"]]
    if fixed:
        return _at(stop["begin"]) if arrive <= _at(stop["begin"]) else None
    if stop["kind"] == "break":
        (pause,) = [p for p in request["breaks"] if p["name"] == stop["name"]]
        earliest, latest = (
            arrive.replace(hour=int(pause[k][:2]), minute=int(pause[k][3:]), second=0)
            for k in ("earliest", "latest")
        )
        return max(arrive, earliest) if arrive <= latest else None
    day = hours.day_opening(catalogue.by_id[stop["place"]], arrive.date(), context_of(catalogue))
    moments = [
        max(arrive, span.begin)
        for span in day.windows
        if max(arrive, span.begin) + lasts <= span.end
    ]
    return min(moments, default=None)


def test_a_quarter_late_anywhere_breaks_nothing(places: Path) -> None:
    """On thirty random days, whoever comes to any one stop 15 minutes late makes all the rest.

    Every visit has its full length, appointments and breaks begin when they may, and the day ends
    in time.
    """
    catalogue = load(places)
    made = 0
    for words in _requests(30):
        result = run("plan", "--places", places, "--json", "--relaxed", *words)
        if result.code != 0:
            assert result.code in (2, 5), result.err
            continue
        made += 1
        plan = result.document
        for day in plan["days"]:
            ends = _at(day["start"]["time"]) + dt.timedelta(minutes=plan["request"]["minutes"])
            for first in range(len(day["stops"])):
                clock = _at(day["stops"][first]["arrive"]) + LATE
                for i in range(first, len(day["stops"])):
                    stop = day["stops"][i]
                    begin = _begins(stop, clock, plan["request"], catalogue)
                    assert begin is not None, (words, stop["name"])
                    clock = begin + (_at(stop["leave"]) - _at(stop["begin"]))
                    clock += dt.timedelta(seconds=day["legs"][i + 1]["duration_s"])
                assert clock <= ends, words
    assert made >= 15
