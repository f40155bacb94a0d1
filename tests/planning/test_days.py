"""Days as people live them: several, with lunch, appointments, time in hand, changes of plan."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import world
from tests.support.program import run

from lens_routes.catalogue.load import load
from lens_routes.judge.judge import judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


@cache
def _planned(catalogue: Path, *options: object) -> str:
    """Plan each request once."""
    result = run("plan", "--places", catalogue, "--json", *options)
    document = result.document
    for item in (document, *(other["plan"] for other in document["alternatives"])):
        assert judge(item, load(catalogue)) == []
    return result.out


@pytest.fixture
def plan(town: Town, streets: Path) -> Callable[..., dict[str, Any]]:
    """Plan over the made-up town; every plan is judged before a test looks at it."""
    assert streets.exists()

    def planned(*options: object) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(_planned(town.catalogue, *options))
        return document

    return planned


def test_the_first_of_several_days_may_have_nothing(plan: Callable[..., dict[str, Any]]) -> None:
    """What is asked for is closed on the first day and open on the second."""
    asked = ("--days", 2, "--date", "2026-12-01", "--only", "--theme", "culture", "--for", "3h")
    first, second = plan(*asked, "--must", "musee")["days"]
    assert first["stops"] == []
    assert [stop["place"] for stop in second["stops"]] == ["musee"]


def minutes(begin: str, end: str) -> float:
    return (dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(begin)).total_seconds() / 60


def visits(document: dict[str, Any]) -> list[str]:
    return [s["place"] for day in document["days"] for s in day["stops"] if s["place"]]


def test_days_follow_each_other_and_visit_nothing_twice(
    plan: Callable[..., dict[str, Any]],
) -> None:
    """Two short days hold more than one; each starts and ends at the lodging, at the time asked."""
    one, two = plan("--for", "3h"), plan("--for", "3h", "--days", "2")
    assert [day["date"] for day in two["days"]] == ["2026-11-25", "2026-11-26"]
    assert all(day["start"]["id"] == day["end"]["id"] == "gare" for day in two["days"])
    assert all(day["start"]["time"][11:16] == "10:00" for day in two["days"])
    assert len(visits(two)) == len(set(visits(two))) > len(visits(one))


def test_lunch_is_taken_where_one_is(plan: Callable[..., dict[str, Any]]) -> None:
    """The break stands in every day, within its hours: at the visit before it, or at the start."""
    document = plan("--lunch", "12:00-14:00,45min", "--days", "2")
    for day in document["days"]:
        (place,) = [i for i, stop in enumerate(day["stops"]) if stop["kind"] == "break"]
        lunch = day["stops"][place]
        assert lunch["place"] is None
        assert lunch["name"] == "Lunch"
        assert minutes(lunch["begin"], lunch["leave"]) == 45
        assert "12:00" <= lunch["begin"][11:16] <= "13:15"
        around = [day["start"], day["stops"][place - 1] if place else day["start"]]
        here = [(p["lon"], p["lat"]) == (lunch["lon"], lunch["lat"]) for p in around]
        assert any(here)
        assert (day["legs"][place]["distance_m"] == 0) == here[1]


def test_an_appointment_is_kept_whatever_the_hours(plan: Callable[..., dict[str, Any]]) -> None:
    """The workshop closes at 17:00; who has an appointment at 18:30 is let in, and in time."""
    document = plan("--appointment", "atelier=18:30", "--at", "15:00", "--for", "6h")
    (stop,) = [s for s in document["days"][0]["stops"] if s["place"] == "atelier"]
    assert stop["begin"][11:16] == "18:30"
    assert stop["hours"] == "by appointment"


def test_an_appointment_may_name_its_day(plan: Callable[..., dict[str, Any]]) -> None:
    """With a date it is that day's; a date outside the tour is refused."""
    document = plan("--appointment", "eglise=2026-11-26T11:00", "--days", "2")
    assert "eglise" in [stop["place"] for stop in document["days"][1]["stops"]]


def test_a_relaxed_day_has_a_quarter_in_hand_everywhere(
    plan: Callable[..., dict[str, Any]],
) -> None:
    """Every stop may be reached 15 minutes late, appointments too."""
    document = plan("--relaxed", "--for", "4h", "--appointment", "tour=12:30")
    assert all(stop["slack_minutes"] >= 15 for stop in document["days"][0]["stops"])


def test_a_budget_counts_known_prices_and_names_the_others(
    town: Town, streets: Path, tmp_path: Path
) -> None:
    """A museum of 8 euros does not fit into 5; one of unknown price does, and is named."""
    assert streets.exists()
    assert town.catalogue.exists()
    document = world.catalogue()
    for feature in document["features"]:
        if feature["id"] == "musee":
            feature["properties"]["price_eur"] = 8
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    found = run("plan", "--places", own, "--json", "--budget", "5", "--for", "9h").document
    assert "musee" not in visits(found)
    reasons = {item["place"]: item["reason"] for item in found["left_out"]}
    assert "over the budget by 3 €" in reasons["musee"]
    assert any("Atelier du verre" in warning for warning in found["warnings"])
    assert judge(found, load(own)) == []


def test_a_visit_may_be_cut_to_its_least(town: Town, streets: Path, tmp_path: Path) -> None:
    """Too little time for the whole museum is enough for its shortest visit, which counts less."""
    assert streets.exists()
    assert town.catalogue.exists()
    document = world.catalogue()
    for feature in document["features"]:
        if feature["id"] == "musee":
            feature["properties"]["visit_minutes_min"] = 30
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    options = ("--places", own, "--json", "--must", "musee", "--for", "70min")
    found = run("plan", *options).document
    (stop,) = [s for s in found["days"][0]["stops"] if s["place"] == "musee"]
    # Planned at its least, then given what the day has left.
    stay = minutes(stop["begin"], stop["leave"])
    assert 30 <= stay < 90
    assert stop["score"] == pytest.approx(14 * (stay / 90) ** 0.5, abs=1e-3)
    assert "A short visit: 1 h 30 would be better." in stop["notes"]
    assert judge(found, load(own)) == []
    asked = run("plan", *options, "--visit", "musee=90")
    assert asked.error["code"] == 2


def test_alternatives_differ_in_kind_and_say_how(plan: Callable[..., dict[str, Any]]) -> None:
    """Each other tour shares at most seven tenths of its places with any, and is no better."""
    document = plan("--for", "4h", "--alternatives", "3")
    offered = [document, *(item["plan"] for item in document["alternatives"])]
    assert len(offered) > 1
    for i, a in enumerate(offered):
        for b in offered[:i]:
            ours, theirs = set(visits(a)), set(visits(b))
            assert len(ours & theirs) / len(ours | theirs) <= 0.7
        assert a["score"] <= document["score"] + 1e-9
    for item in document["alternatives"]:
        assert f"{len(visits(item['plan']))} visit" in item["differs"]


@pytest.fixture
def saved(town: Town, streets: Path, tmp_path: Path) -> Path:
    """Save a day with four visits and a lunch."""
    assert streets.exists()
    path = tmp_path / "day.json"
    options = ("--lunch", "12:00-14:00,30min", "--for", "7h", "--must", "eglise")
    result = run("plan", "--places", town.catalogue, "--save", path, *options)
    assert result.code == 0, result.err
    return path


def replanned(town: Town, path: Path, *options: object) -> dict[str, Any]:
    document: dict[str, Any] = run(
        "replan", path, "--places", town.catalogue, "--json", *options
    ).document
    assert judge(document, load(town.catalogue)) == []
    return document


def test_on_time_the_rest_stays_as_planned(town: Town, saved: Path) -> None:
    """Who leaves the second stop as planned gets the rest of the plan back, to the minute."""
    day = json.loads(saved.read_bytes())["days"][0]
    first = [stop for stop in day["stops"] if stop["place"]][:2]
    now = dt.datetime.fromisoformat(first[1]["leave"]) + dt.timedelta(minutes=1)
    options = [word for stop in first for word in ("--done", stop["place"])]
    rest = replanned(town, saved, "--now", f"{now:%H:%M}", "--here", first[1]["place"], *options)
    expected = [s["place"] for s in day["stops"] if s["place"]][2:]
    assert visits(rest) == expected
    assert rest["days"][0]["end"]["id"] == day["end"]["id"]


def test_late_what_no_longer_fits_is_named(town: Town, saved: Path) -> None:
    """At 15:30 with nothing done the must-see stays, something else goes, and lunch is over."""
    rest = replanned(town, saved, "--now", "15:30", "--here", "gare")
    assert "eglise" in visits(rest)
    assert any(warning.startswith("No longer in the day:") for warning in rest["warnings"])
    assert all(stop["kind"] == "visit" for stop in rest["days"][0]["stops"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--now", "17:30"], 2),
        (["--now", "nonsense"], 2),
        (["--done", "nothing-of-the-kind"], 4),
        (["--here", "Paris"], 4),
    ],
)
def test_replans_that_make_no_sense(town: Town, saved: Path, options: list[str], code: int) -> None:
    """A day that is over, a time that is none, a place that is not there: each says what to do."""
    error = run("replan", saved, "--places", town.catalogue, "--json", *options).error
    assert error["code"] == code
    assert error["hint"]


def test_one_day_of_several_is_replanned(town: Town, streets: Path, tmp_path: Path) -> None:
    """Of a plan of two days, the one named keeps its visits and none of the other's."""
    assert streets.exists()
    path = tmp_path / "days.json"
    run("plan", "--places", town.catalogue, "--days", "2", "--for", "3h", "--save", path)
    second = json.loads(path.read_bytes())["days"][1]
    rest = replanned(town, path, "--now", "10:00", "--date", "2026-11-26")
    assert rest["days"][0]["date"] == "2026-11-26"
    assert visits(rest) == [stop["place"] for stop in second["stops"] if stop["place"]]
    error = run("replan", path, "--places", town.catalogue, "--json", "--date", "2026-12-01").error
    assert error["code"] == 2
    assert "--date" in error["hint"]


def test_every_closed_must_see_is_named(town: Town) -> None:
    """On a Wednesday the market hall is closed, and the hospital is not open yet: both are told."""
    options = ["--must", "halle", "--must", "hopital"]
    error = run("plan", "--places", town.catalogue, "--json", *options).error
    assert error["code"] == 5
    assert "Halle du marché" in error["message"]
    assert "Nouvel hôpital" in error["message"]


def test_an_appointment_at_a_closed_door_is_pointed_out(
    plan: Callable[..., dict[str, Any]],
) -> None:
    """Who has an appointment on a day of closing is told to make sure of it."""
    document = plan("--appointment", "musee=11:00", "--date", "2026-11-24")
    assert any("make sure of the appointment" in warning for warning in document["warnings"])


def test_nothing_left_to_replan(town: Town, saved: Path) -> None:
    """With every visit done there is nothing to plan."""
    done = [word for place in visits(json.loads(saved.read_bytes())) for word in ("--done", place)]
    result = run("replan", saved, "--places", town.catalogue, "--json", "--now", "15:00", *done)
    assert result.error["code"] == 5


@pytest.mark.parametrize(
    "options",
    [
        ["--lunch", "12:00-12:30,60min"],
        ["--lunch", "noon"],
        ["--appointment", "musee"],
        ["--appointment", "musee=25:00"],
        ["--appointment", "musee=11:00", "--appointment", "musee=12:00"],
        ["--appointment", "musee=11:00", "--avoid", "musee"],
        ["--appointment", "musee=2026-12-25T11:00"],
        ["--days", "0"],
        ["--days", "99"],
        ["--days", "2", "--one-way"],
        ["--budget", "-1"],
    ],
)
def test_options_that_make_no_sense(town: Town, options: list[str]) -> None:
    """Each contradiction is refused with code 2 and a word on what to write."""
    error = run("plan", "--places", town.catalogue, "--json", *options).error
    assert error["code"] == 2
    assert error["hint"]


def test_appointments_that_overlap_are_explained(town: Town) -> None:
    """Two places at the same time cannot be visited; the answer names them."""
    options = ["--appointment", "musee=11:00", "--appointment", "terril=11:30"]
    error = run("plan", "--places", town.catalogue, "--json", *options).error
    assert error["code"] == 5
    assert "Musée de la Lampe" in error["message"]
    assert "Terril de la fosse 3" in error["message"]
    assert error["hint"]


@pytest.mark.parametrize(("least", "margin"), [(30, []), (80, []), (30, ["--relaxed"])])
def test_an_appointment_may_be_cut_to_its_least(
    town: Town, streets: Path, tmp_path: Path, least: int, margin: list[str]
) -> None:
    """Where the day ends before the whole visit would, the appointment is kept and made short."""
    assert streets.exists()
    assert town.catalogue.exists()
    document = world.catalogue()
    for feature in document["features"]:
        if feature["id"] == "musee":
            feature["properties"]["visit_minutes_min"] = least
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    until = dt.time(11 + (least + 45) // 60, (least + 45) % 60)
    options = ["--appointment", "musee=11:00", "--until", f"{until:%H:%M}"]
    found = run("plan", "--places", own, "--json", *options, *margin).document
    (stop,) = [s for s in found["days"][0]["stops"] if s["place"] == "musee"]
    assert stop["begin"][11:16] == "11:00"
    assert minutes(stop["begin"], stop["leave"]) in (least, 90)
    assert judge(found, load(own)) == []
    assert least == 80 or minutes(stop["begin"], stop["leave"]) == least


def test_how_good_the_tour_is_is_said_once(town: Town, streets: Path) -> None:
    """Of several days one sentence tells whether better ones exist."""
    assert streets.exists()
    printed = run("plan", "--places", town.catalogue, "--days", "3", "--for", "3h").out
    assert len(re.findall(r"[Nn]o better days? exists?|[Nn]ot proven", printed)) == 1


def test_each_alternative_says_what_it_leaves_out(plan: Callable[..., dict[str, Any]]) -> None:
    """Every other tour has reasons of its own, for each place that it does not visit."""
    document = plan("--for", "4h", "--alternatives", "3")
    for item in document["alternatives"]:
        left_out = {left["place"]: left["reason"] for left in item["plan"]["left_out"]}
        assert not set(left_out) & set(visits(item["plan"]))
        best = {left["place"] for left in document["left_out"]} | set(visits(document))
        assert set(left_out) | set(visits(item["plan"])) == best
        assert all(left_out.values())
