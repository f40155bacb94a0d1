"""The rest of a day stays as close to the plan as it can, by brute force on small days."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import run

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import context_of
from lens_routes.catalogue.load import load
from lens_routes.cli.frame.resources import open_walking
from lens_routes.judge.judge import judge
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.qualify.worth import worth

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock", "streets")


@pytest.fixture
def saved(town: Town, tmp_path: Path) -> Path:
    """Save a day of five visits and a lunch, one of them a must."""
    path = tmp_path / "day.json"
    words = ("--lunch", "12:00-14:00,30min", "--for", "8h", "--must", "eglise")
    assert run("plan", "--places", town.catalogue, "--save", path, *words).code == 0
    return path


def replanned(town: Town, path: Path, *words: object) -> dict[str, Any]:
    document: dict[str, Any] = run(
        "replan", path, "--places", town.catalogue, "--json", *words
    ).document
    assert judge(document, load(town.catalogue)) == []
    return document


def visits(document: dict[str, Any]) -> list[str]:
    return [s["place"] for day in document["days"] for s in day["stops"] if s["place"]]


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


class Brute:
    """Everything that could be made of the rest of a saved day without lunch, by trying it all."""

    def __init__(self, town: Town, path: Path) -> None:
        self.catalogue = load(town.catalogue)
        self.day = json.loads(path.read_bytes())["days"][0]
        self.ends = _at(self.day["start"]["time"]) + dt.timedelta(hours=8)
        self.names = [place.id for place in self.catalogue.places]
        points = [Waypoint(p.name, p.lon, p.lat, p.id) for p in self.catalogue.places]
        self.walks = open_walking(self.catalogue).matrix(points)

    def walk_s(self, a: str, b: str) -> float:
        return self.walks[self.names.index(a), self.names.index(b)].seconds(4.5)

    def worth(self, name: str) -> float:
        return worth(self.catalogue.by_id[name], {})

    def works(self, order: tuple[str, ...], now: dt.datetime, here: str) -> bool:
        clock = now
        stays = {
            s["place"]: _at(s["leave"]) - _at(s["begin"]) for s in self.day["stops"] if s["place"]
        }
        for name in order:
            clock += dt.timedelta(seconds=self.walk_s(here, name))
            place = self.catalogue.by_id[name]
            spans = hours.day_opening(place, clock.date(), context_of(self.catalogue)).windows
            begins = [max(clock, s.begin) for s in spans]
            fit = [b for b, s in zip(begins, spans, strict=True) if b + stays[name] <= s.end]
            if not fit:
                return False
            clock, here = min(fit) + stays[name], name
        clock += dt.timedelta(seconds=self.walk_s(here, self.day["end"]["id"]))
        return clock <= self.ends

    def closest(self, left: list[str], now: dt.datetime, here: str) -> tuple[int, float, bool]:
        """Return how many visits can stay, their greatest worth, and whether in order."""
        for count in range(len(left), 0, -1):
            found = []
            for chosen in combinations(left, count):
                if "eglise" in left and "eglise" not in chosen:
                    continue
                total = round(sum(self.worth(name) for name in chosen), 6)
                if self.works(chosen, now, here):
                    found.append((total, True))
                elif any(self.works(order, now, here) for order in permutations(chosen)):
                    found.append((total, False))
            if found:
                total, ordered = max(found)
                return count, total, ordered
        return 0, 0.0, True


@pytest.mark.parametrize("now", ["14:05", "15:10", "16:20", "17:20"])
def test_what_stays_is_what_brute_force_keeps(town: Town, saved: Path, now: str) -> None:
    """As many visits stay as fit, the must-see first, then the more interesting, in order if so."""
    brute = Brute(town, saved)
    planned = [stop["place"] for stop in brute.day["stops"] if stop["place"]]
    moment = _at(f"2026-11-25T{now}:00+01:00")
    count, total, ordered = brute.closest(planned[1:], moment, "gare")
    words = ("--now", now, "--here", "gare", "--done", planned[0], "--done", "Lunch")
    result = run("replan", saved, "--places", town.catalogue, "--json", *words)
    if count == 0:
        assert result.code == 5
        return
    document = result.document
    kept = visits(document)
    assert len(kept) == count
    gone = {stop["place"] for stop in document.get("cancelled", [])}
    assert gone == {*planned[1:]} - {*kept}
    assert sum(brute.worth(name) for name in kept) == pytest.approx(total)
    if ordered:
        assert kept == [name for name in planned if name in kept]


def test_themes_that_the_catalogue_does_not_have(town: Town, saved: Path) -> None:
    """A plan made over another catalogue is refused by what it was asked for, as by its places."""
    document = json.loads(saved.read_bytes())
    document["request"]["themes"] = ["moon"]
    saved.write_text(json.dumps(document), encoding="utf-8")
    result = run("replan", saved, "--places", town.catalogue, "--now", "10:00", "--json")
    assert "moon is in the plan, and not in" in result.error["message"]


def test_who_does_not_say_where_is_at_the_last_stop_done(town: Town, saved: Path) -> None:
    """Without --here the rest begins at the last stop that is done, whatever the order told."""
    stops = json.loads(saved.read_bytes())["days"][0]["stops"]
    first, second = [stop["place"] for stop in stops if stop["place"]][:2]
    document = replanned(town, saved, "--now", "13:00", "--done", second, "--done", first)
    assert document["days"][0]["start"]["id"] == second
    assert replanned(town, saved, "--now", "10:00")["days"][0]["start"]["id"] == "gare"


def test_another_bed_is_where_the_rest_ends(town: Town, saved: Path) -> None:
    """Who sleeps elsewhere than planned says so; without a word the day ends where it was to."""
    elsewhere = replanned(town, saved, "--now", "12:00", "--night", "terril")
    assert elsewhere["days"][0]["end"]["id"] == "terril"
    assert replanned(town, saved, "--now", "12:00")["days"][0]["end"]["id"] == "gare"


def test_before_the_day_begins_it_is_as_planned(town: Town, saved: Path) -> None:
    """At seven nothing has changed: the day still begins at ten, with the same visits."""
    document = replanned(town, saved, "--now", "7:00")
    assert document["days"][0]["start"]["time"][11:16] == "10:00"
    assert visits(document) == visits(json.loads(saved.read_bytes()))


def test_done_twice_is_done_once(town: Town, saved: Path) -> None:
    """Saying it twice, or by another name, changes nothing."""
    planned = visits(json.loads(saved.read_bytes()))
    once = replanned(town, saved, "--now", "12:30", "--done", planned[0])
    twice = replanned(town, saved, "--now", "12:30", "--done", planned[0], "--done", planned[0])
    assert visits(once) == visits(twice)


def test_after_midnight_the_day_goes_on(town: Town, tmp_path: Path) -> None:
    """A tour that begins at nine in the evening is not over at half past midnight."""
    features = json.loads(town.catalogue.read_bytes())
    for feature in features["features"]:
        # Nobody is sent out of doors at night, whatever the hours.
        feature["properties"] |= {"opening_hours": "24/7", "outdoor": False}
    own, path = tmp_path / "own.geojson", tmp_path / "night.json"
    own.write_text(json.dumps(features), encoding="utf-8")
    words = ("--at", "21:00", "--for", "6h", "--must", "monument", "--must", "parc")
    assert run("plan", "--places", own, "--save", path, *words).code == 0
    words = ("--now", "0:30", "--here", "gare", "--done", "parc")
    document = run("replan", path, "--places", own, "--json", *words).document
    assert judge(document, load(own)) == []
    assert document["days"][0]["start"]["time"][:16] == "2026-11-26T00:30"
    assert "monument" in visits(document)


def test_nothing_that_fits_is_explained(town: Town, saved: Path) -> None:
    """Half an hour before the end: what is nearest, that no change helps, how to begin anew."""
    words = ("--now", "17:30", "--here", "gare", "--done", "Lunch")
    error = run("replan", saved, "--places", town.catalogue, "--json", *words).error
    assert error["code"] == 5
    assert re.search(r"the day would end .* late", error["message"])
    assert "ask for something else" in error["hint"]
    assert "earlier" not in error["hint"], "nobody can go back in time"
    assert "lens-routes plan --start gare --date 2026-11-25 --at 17:30" in error["hint"]


def test_a_place_the_catalogue_lacks_is_pointed_out(
    town: Town, saved: Path, tmp_path: Path
) -> None:
    """A plan made over another catalogue is not silently cut down."""
    document = json.loads(town.catalogue.read_bytes())
    gone = visits(json.loads(saved.read_bytes()))[-1]
    document["features"] = [f for f in document["features"] if f["id"] != gone]
    other = tmp_path / "other.geojson"
    other.write_text(json.dumps(document), encoding="utf-8")
    error = run("replan", saved, "--places", other, "--json", "--now", "11:00").error
    assert error["code"] == 3
    assert gone in error["message"]
    assert "--places" in error["hint"]


def test_what_was_not_planned_that_day_is_not_done(town: Town, tmp_path: Path) -> None:
    """A visit of the second day cannot be done on the first."""
    path = tmp_path / "days.json"
    words = ("--days", "2", "--for", "3h")
    assert run("plan", "--places", town.catalogue, "--save", path, *words).code == 0
    second = json.loads(path.read_bytes())["days"][1]["stops"][0]["place"]
    words = ("--date", "2026-11-25", "--now", "11:00", "--done", second)
    error = run("replan", path, "--places", town.catalogue, "--json", *words).error
    assert error["code"] == 2
    assert "2026-11-25" in error["message"]


def test_a_break_goes_before_an_appointment(town: Town, tmp_path: Path) -> None:
    """At 13:20 an hour of lunch would miss the appointment at two: the appointment stays."""
    path = tmp_path / "day.json"
    words = ("--appointment", "tour=14:00", "--lunch", "12:00-14:00,1h", "--for", "8h")
    result = run("plan", "--places", town.catalogue, "--save", path, *words)
    assert result.code == 0, result.err
    document = replanned(town, path, "--now", "13:20")
    (stop,) = [s for s in document["days"][0]["stops"] if s["place"] == "tour"]
    assert stop["begin"][11:16] == "14:00"
    assert not [s for s in document["days"][0]["stops"] if s["kind"] == "break"]
