"""The checker accepts a plan that keeps its promises, and names each promise broken."""

from __future__ import annotations

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from lens_routes.catalogue.catalogue import Catalogue, Term
from lens_routes.catalogue.hours import DayOpening, Opening, Span
from lens_routes.catalogue.place import Place
from lens_routes.judge.document import check

DATE = dt.date(2026, 11, 24)
ZONE = dt.timezone(dt.timedelta(hours=1))


def at(clock: str) -> dt.datetime:
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2026, 11, 24, hour, minute, tzinfo=ZONE)


def iso(clock: str) -> str:
    return at(clock).isoformat()


#: 0.01 degree of latitude is 1,112 m: at 4.5 km/h 1,125 m take 15 minutes.
PLACES = {
    "museum": Place(
        id="museum", name="Museum", lon=2.8, lat=50.01, kind="museum", themes=("culture",),
        visit_minutes=60, interest=5, kind_name="museum", price_eur=8.0,
    ),
    "tower": Place(
        id="tower", name="Tower", lon=2.8, lat=50.02, kind="tower", themes=("panorama",),
        visit_minutes=30, interest=3,
    ),
    "grave": Place(id="grave", name="Grave", lon=2.8, lat=50.03, themes=("memory",)),
    "garden": Place(id="garden", name="Garden", lon=2.9, lat=50.03, themes=("culture",)),
    "network": Place(id="network", name="Network", lon=2.8, lat=50.01, tourable=False),
}  # fmt: skip

CATALOGUE = Catalogue(
    tuple(PLACES.values()), Path("places.geojson"), "", "Test", country="FR",
    themes=tuple(Term(name, name, name) for name in ("culture", "panorama", "memory")),
)  # fmt: skip
#: What a visit of the length wanted counts for, by the interest of its place.
WORTH = {3: 2.5, 5: 14.0}

HOURS = {
    "museum": [("10:00", "12:00", Opening.OPEN), ("14:00", "18:00", Opening.OPEN)],
    "tower": [("08:00", "20:00", Opening.UNKNOWN)],
}


def opening(place: Place, date: dt.date) -> DayOpening:
    spans = HOURS.get(place.id, []) if date == DATE else []
    windows = tuple(Span(at(a), at(b), state) for a, b, state in spans)
    return DayOpening(date, windows, Opening.OPEN)


def leg(origin: str, to: str, depart: str, arrive: str, metres: float = 1125.0) -> dict[str, Any]:
    lasts = at(arrive) - at(depart)
    return {
        "mode": "walk", "from": origin, "to": to, "depart": iso(depart), "arrive": iso(arrive),
        "distance_m": metres, "duration_s": round(lasts.total_seconds()), "source": "table",
        "geometry": None, "steps": [], "rides": [],
    }  # fmt: skip


def stop(place: Place, times: str, state: str, slack: int) -> dict[str, Any]:
    arrive, begin, leave = map(iso, times.split())
    return {
        "kind": "visit", "place": place.id, "name": place.name, "lon": place.lon,
        "lat": place.lat, "arrive": arrive, "begin": begin, "leave": leave, "opening": state,
        "slack_minutes": slack, "notes": [],
        # What may be closed counts for half.
        "score": WORTH[place.interest] * (1.0 if state == "open" else 0.5),
    }  # fmt: skip


def good_plan() -> dict[str, Any]:
    """From 9:30 for three hours: museum from 10:00, tower, and 2,250 m back."""
    point = {"name": "Station", "id": None, "lon": 2.8, "lat": 50.0}
    return {
        "schema": "lens-routes/plan/1",
        "created": iso("09:00"),
        "program": "test",
        "request": {
            "themes": ["culture", "panorama"], "at": "09:30", "minutes": 180, "pace_kmh": 4.5,
            "must": ["tower"], "avoid": ["grave"], "max_walk_m": 5000, "max_visits": 2,
            "visit_minutes": {}, "strict_hours": False,
            "start": point, "end": point,
        },
        "days": [
            {
                "date": "2026-11-24",
                "start": {**point, "time": iso("09:30")},
                "end": {**point, "time": iso("12:15")},
                "stops": [
                    stop(PLACES["museum"], "09:45 10:00 11:00", "open", 30),
                    stop(PLACES["tower"], "11:15 11:15 11:45", "unknown", 15),
                ],
                "legs": [
                    leg("Station", "Museum", "09:30", "09:45"),
                    leg("Museum", "Tower", "11:00", "11:15"),
                    leg("Tower", "Station", "11:45", "12:15", 2250.0),
                ],
                "totals": {
                    "walk_m": 4500, "walk_s": 3600, "ride_s": 0, "visit_s": 5400, "wait_s": 900,
                    "score": 15.25,
                },
            }
        ],
        "score": 15.25,
        "bound": 15.25,
        "proven": True,
        "left_out": [{"place": "garden", "reason": "closed all day"}],
        "warnings": [],
        "provenance": [{"data": "places", "source": "", "date": "", "licence": ""}],
    }  # fmt: skip


def faults_of(document: dict[str, Any]) -> dict[str, str]:
    found = check(json.loads(json.dumps(document)), CATALOGUE, opening)
    return {fault.path: fault.message for fault in found}


def test_a_good_plan_has_no_fault() -> None:
    """A plan that keeps every rule passes."""
    assert faults_of(good_plan()) == {}


def change(document: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.replace("[", ".").replace("]", "").split(".")
    inner: Any = document
    for key in parents:
        inner = inner[int(key) if key.isdigit() else key]
    inner[int(last) if last.isdigit() else last] = value


STOP, LEG, DAY = "days[0].stops[0]", "days[0].legs[0]", "days[0]"


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (f"{STOP}.begin", iso("09:40"), f"{STOP}.begin"),
        (f"{STOP}.leave", iso("10:30"), f"{STOP}.leave"),
        (f"{STOP}.arrive", iso("09:50"), f"{STOP}.arrive"),
        (f"{LEG}.depart", iso("09:35"), f"{LEG}.depart"),
        (f"{LEG}.duration_s", 600, f"{LEG}.duration_s"),
        (f"{LEG}.distance_m", 900.0, f"{LEG}.distance_m"),
        (f"{LEG}.from", "Elsewhere", f"{LEG}.from"),
        (f"{LEG}.geometry", [[2.8, 50.0], [2.9, 50.0]], f"{LEG}.geometry"),
        (f"{STOP}.opening", "unknown", f"{STOP}.opening"),
        ("days[0].stops[1].opening", "open", "days[0].stops[1].opening"),
        ("request.strict_hours", True, "days[0].stops[1].opening"),
        (f"{STOP}.slack_minutes", 31, f"{STOP}.slack_minutes"),
        (f"{STOP}.slack_minutes", 29, f"{STOP}.slack_minutes"),
        (f"{STOP}.score", 4, f"{STOP}.score"),
        (f"{STOP}.lon", 2.81, f"{STOP}.lon"),
        (f"{STOP}.name", "Mausoleum", f"{STOP}.name"),
        (f"{STOP}.kind_name", "tower", f"{STOP}.kind_name"),
        (f"{STOP}.kind_name", "museum", None),
        (f"{STOP}.entry_eur", 7.0, f"{STOP}.entry_eur"),
        (f"{STOP}.entry_eur", 8.0, None),
        (f"{DAY}.holiday", "Christmas Day", f"{DAY}.holiday"),
        ("theme_names", ["culture"], "theme_names"),
        ("theme_names", ["culture", "memory"], "theme_names[1]"),
        ("theme_names", ["culture", "panorama"], None),
        (f"{STOP}.place", "nowhere", f"{STOP}.place"),
        (f"{STOP}.place", "network", f"{STOP}.place"),
        (f"{STOP}.place", "tower", "days[0].stops[1].place"),
        ("request.avoid", ["museum"], f"{STOP}.place"),
        ("request.themes", ["culture", "memory"], None),
        ("request.themes", ["panorama"], f"{STOP}.off_theme"),
        ("request.must", ["tower", "grave"], "request.must"),
        ("request.minutes", 150, f"{DAY}.end.time"),
        ("request.at", "09:45", f"{DAY}.start.time"),
        ("request.max_walk_m", 4400, f"{DAY}.legs"),
        ("request.max_visits", 1, f"{DAY}.stops"),
        ("request.pace_kmh", 3.5, f"{LEG}.duration_s"),
        ("request.visit_minutes", {"museum": 90}, f"{STOP}.leave"),
        ("request.returns", [1.0, 0.5], None),
        (f"{DAY}.totals.walk_m", 4400, f"{DAY}.totals.walk_m"),
        (f"{DAY}.totals.walk_s", 3500, f"{DAY}.totals.walk_s"),
        (f"{DAY}.totals.ride_s", 60, f"{DAY}.totals.ride_s"),
        (f"{DAY}.totals.visit_s", 5000, f"{DAY}.totals.visit_s"),
        (f"{DAY}.totals.wait_s", 0, f"{DAY}.totals.wait_s"),
        (f"{DAY}.totals.score", 9, f"{DAY}.totals.score"),
        (f"{DAY}.date", "2026-11-25", f"{DAY}.start.time"),
        ("score", 19, "score"),
        ("bound", 15, "bound"),
        ("bound", 20, "proven"),
        ("left_out", [{"place": "museum", "reason": "x"}], "left_out[0].place"),
        ("left_out", [{"place": "nowhere", "reason": "x"}], "left_out[0].place"),
        ("left_out", [{"place": "garden", "reason": " "}], "left_out[0].reason"),
        ("left_out", [{"place": "grave", "reason": "x"}], "left_out[0].place"),
        ("left_out", [{"place": "network", "reason": "x"}], "left_out[0].place"),
        ("left_out", [], "left_out"),
        ("left_out[0].name", "Park", "left_out[0].name"),
        (f"{LEG}.snap_m", 1126, f"{LEG}.snap_m"),
        (f"{LEG}.main_road_m", 1126, f"{LEG}.main_road_m"),
        (f"{LEG}.steps", [{"instruction": "Go", "street": "", "distance_m": 1}], None),
        (f"{DAY}.start.lat", 50.001, f"{DAY}.start"),
        (f"{STOP}.notes", ["Entry 4 €."], f"{STOP}.notes[0]"),
        (f"{STOP}.notes", ["A short visit: 2 h would be better."], f"{STOP}.notes[0]"),
        (f"{STOP}.notes", ["Ask for Anne at 10:00, 4 €."], None),
        (f"{STOP}.hours", "open 09:00 to 12:00", f"{STOP}.hours"),
        (f"{STOP}.hours", "open 10:00 to 12:00 (hall 1)", None),
    ],
)
def test_each_broken_promise_is_named(path: str, value: object, where: str | None) -> None:
    """One change to a good plan is found, at the field where it stands."""
    document = good_plan()
    change(document, path, value)
    found = faults_of(document)
    assert (where in found) if where else (found == {}), found


def test_a_place_of_another_theme_is_visited_unless_only_the_themes_were_wanted() -> None:
    """What bears none of the themes asked for fills a day, and is none of "these themes only"."""
    document = good_plan()
    change(document, "request.themes", ["panorama"])
    change(document, f"{STOP}.off_theme", True)
    assert f"{STOP}.place" not in faults_of(document)
    change(document, "request.only_themes", True)
    assert f"{STOP}.place" in faults_of(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", "lens-routes/plan/3"),
        ("score", float("inf")),
        ("score", True),
        ("proven", 1),
        ("created", "yesterday"),
        (f"{STOP}.begin", "2026-11-24T10:00:00"),
        (f"{STOP}.kind", "nap"),
        (f"{STOP}.slack_minutes", -1),
        (f"{STOP}.place", 7),
        (f"{LEG}.steps", [{"instruction": "on"}]),
        (f"{LEG}.source", "guess"),
        ("days", {}),
        ("request", []),
    ],
)
def test_a_field_of_the_wrong_type_is_named(path: str, value: object) -> None:
    """A document of the wrong shape is refused by its fields, never by a traceback."""
    document = good_plan()
    change(document, path, value)
    found = check(document, CATALOGUE, opening)
    assert found
    assert all(fault.path.startswith(path) for fault in found)


def test_every_missing_field_is_named() -> None:
    """Whatever field of the contract is taken out, the checker misses it."""

    def fields(node: object, path: str) -> list[str]:
        if isinstance(node, dict):
            inner = [f"{path}.{key}" for key in node]
            return inner + [f for key, v in node.items() for f in fields(v, f"{path}.{key}")]
        if isinstance(node, list):
            return [f for i, item in enumerate(node) for f in fields(item, f"{path}[{i}]")]
        return []

    for path in fields(good_plan(), ""):
        if path.startswith(".request."):
            continue
        document = copy.deepcopy(good_plan())
        *parents, last = path[1:].replace("[", ".").replace("]", "").split(".")
        inner: Any = document
        for key in parents:
            inner = inner[int(key) if key.isdigit() else key]
        del inner[last]
        assert faults_of(document) == {path[1:]: "is missing"}


def test_missing_legs_are_counted() -> None:
    """There is one more leg than stops."""
    document = good_plan()
    del document["days"][0]["legs"][1]
    assert faults_of(document)["days[0].legs"] == "2 legs for 2 stops"


def test_a_visit_into_the_lunch_closing_is_found() -> None:
    """A visit must end before the place closes, though it opens again later."""
    document = good_plan()
    change(document, "request.visit_minutes", {"museum": 150})
    change(document, f"{STOP}.leave", iso("12:30"))
    assert f"{STOP}.begin" in faults_of(document)
