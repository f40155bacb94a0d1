"""The grade of a day: the best order is the best, and each objection is raised where it is due."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import schemas
from tests.support.program import run

from lens_routes.catalogue import hours
from lens_routes.catalogue.load import load
from lens_routes.catalogue.place import Place
from lens_routes.cli.frame import resources
from lens_routes.judge.asked import Asked
from lens_routes.judge.grade.figures import Figures, Meal, Slack, figures
from lens_routes.judge.grade.flagships import Missing, Why
from lens_routes.judge.grade.grade import grade
from lens_routes.judge.grade.order import Call, Ground, shortest
from lens_routes.judge.grade.verdict import objections
from lens_routes.judge.grade.visits import Visits
from lens_routes.plan.grade import Grade

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

    from lens_routes.judge.grade.grade import DayGrade

BEGIN = dt.datetime(2026, 5, 6, 10, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Line:
    """Points on a line: a walk is as long as they are apart, and takes a second a metre."""

    at: tuple[int, ...]

    @dataclass(frozen=True)
    class Walk:
        distance_m: float
        grade: Grade = Grade.TABLE

        def seconds(self, _pace_kmh: float) -> float:
            return self.distance_m

    def __getitem__(self, pair: tuple[int, int]) -> Walk:
        return self.Walk(abs(self.at[pair[0]] - self.at[pair[1]]))


def a_call(point: int | None, earliest: int, latest: int) -> Call:
    first, last = (BEGIN + dt.timedelta(seconds=s) for s in (earliest, latest))

    def begins(clock: dt.datetime) -> dt.datetime | None:
        return max(clock, first) if clock <= last else None

    return Call(point, begins, dt.timedelta(seconds=60))


def by_trying_all(calls: list[Call], ground: Ground) -> float | None:
    """Return the length of the shortest order by walking every one."""
    found = []
    for order in itertools.permutations(calls):
        at, clock, walked = 0, ground.leaves, 0.0
        for call in order:
            to = at if call.point is None else call.point
            walk = ground.walks[at, to]
            at, walked = to, walked + walk.distance_m
            begin = call.begins(clock + dt.timedelta(seconds=walk.distance_m))
            if begin is None:
                break
            clock = begin + call.lasts
        else:
            home = ground.walks[at, ground.end].distance_m
            if ground.latest is None or clock + dt.timedelta(seconds=home) <= ground.latest:
                found.append(walked + home)
    return min(found, default=None)


WINDOW = st.tuples(st.integers(0, 3000), st.integers(0, 4000)).map(sorted)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(-900, 900), WINDOW), max_size=5),
    st.lists(WINDOW, max_size=1),
    st.integers(1000, 6000),
)
def test_no_order_is_shorter_than_the_shortest(
    visits: list[tuple[int, list[int]]], breaks: list[list[int]], lasts_s: int
) -> None:
    """The order found keeps all hours, and is as short as the shortest of all permutations."""
    line = Line((0, *(at for at, _ in visits), 100))
    calls = [a_call(number, *window) for number, (_, window) in enumerate(visits, 1)]
    calls += [a_call(None, *window) for window in breaks]
    latest = BEGIN + dt.timedelta(seconds=lasts_s)
    ground = Ground(line, 4.5, len(line.at) - 1, BEGIN, latest)
    best = shortest(calls, ground)
    assert (None if best is None else best.walk_m) == by_trying_all(calls, ground)


@pytest.fixture
def day(town: Town, tmp_path: Path) -> Any:
    """Plan a day in the made-up town, and give a way to grade it after a change."""

    def graded(options: str, *, lang: str = "en") -> Any:
        saved = tmp_path / "day.json"
        planned = run("plan", "--places", town.catalogue, *options.split(), "--save", saved)
        assert planned.code == 0, planned.err
        command = ("--lang", lang, "check", saved, "--grade", "--places", town.catalogue)
        said, told = run(*command), run(*command, "--json")
        assert said.code == 0, said.err
        schemas.assert_valid(told.document)
        return json.loads(saved.read_text("utf-8")), told.document["grade"], said.out

    return graded


@pytest.mark.usefixtures("nine_o_clock")
class TestADay:
    """Days of the made-up town."""

    def test_its_figures_are_those_of_the_document(self, day: Any) -> None:
        """Shares of time and lengths are the sums of the plan, and together the whole day."""
        plan, grade, said = day("--date 2026-05-06 --at 10:00 --for 6h")
        totals, figures = plan["days"][0]["totals"], grade["days"][0]
        assert figures["visit_s"] == totals["visit_s"]
        assert figures["walk_m"] == totals["walk_m"]
        assert figures["best_walk_m"] <= figures["walk_m"]
        parts = ("visit_s", "way_s", "wait_s", "break_s")
        assert sum(figures[part] for part in parts) == pytest.approx(figures["lasts_s"], abs=5)
        assert grade["points"] == 10 - sum(item["points"] for item in figures["objections"])
        assert f"{grade['grade']}, {grade['points']} of 10" in said

    def test_it_is_said_in_french(self, day: Any) -> None:
        """The lines are French where French is spoken."""
        said = day("--date 2026-05-06 --at 10:00 --for 6h", lang="fr")[2]
        assert re.search("^Mercredi 6 mai 2026.: journée", said, re.MULTILINE)
        assert "in hand" not in said


def a_day(town: Town, date: str, minutes: int, **asked: Any) -> DayGrade:
    """Grade a day on which nothing is done, for which something was asked."""
    gare = next(place for place in load(town.catalogue).places if place.id == "gare")
    here = {"name": gare.name, "id": gare.id, "lon": gare.lon, "lat": gare.lat}
    begin = f"{date}T10:00:00+02:00"
    still = {
        "mode": "walk", "depart": begin, "arrive": begin, "distance_m": 0.0, "duration_s": 0,
        "source": "table", "rides": [],
    }  # fmt: skip
    end = {**here, "time": begin}
    day = {"date": date, "start": end, "end": end, "stops": [], "legs": [still]}
    request = {"at": "10:00", "minutes": minutes, "start": here, "end": here, **asked}
    catalogue = load(town.catalogue)
    walks = resources.open_walking(catalogue).matrix
    return grade({"request": request, "days": [day]}, catalogue, walks).days[0]


@pytest.mark.parametrize(
    ("date", "minutes", "asked", "why"),
    [
        ("2026-05-06", 360, {}, "fits"),
        ("2026-05-06", 360, {"themes": ["culture"]}, "fits"),
        ("2026-05-06", 360, {"themes": ["memory"]}, None),
        ("2026-05-06", 360, {"avoid": ["musee"]}, None),
        ("2026-05-06", 360, {"max_walk_m": 1000.0}, "no-room"),
        ("2026-05-06", 360, {"max_walk_m": 1000.0, "mode": "transit"}, "unknown"),
        ("2026-05-06", 360, {"max_visits": 0}, "no-room"),
        ("2026-05-06", 90, {}, "no-room"),
        ("2026-05-05", 360, {}, "closed"),
    ],
)
def test_why_a_flagship_is_missing(
    town: Town, date: str, minutes: int, asked: dict[str, Any], why: str | None
) -> None:
    """A museum worth the journey had room unless it is closed, too far or too long; or unasked."""
    missing = {item.place.id: item.why for item in a_day(town, date, minutes, **asked).missing}
    assert missing == ({} if why is None else {"musee": why})


def days_of_a_train(town: Town, leaves: str) -> dict[str, Any]:
    """Return a plan of one visit, till 12:00 or till one leaves for the way home before that."""
    gare, musee = (load(town.catalogue).by_id[name] for name in ("gare", "musee"))
    ends = [{"name": p.name, "id": p.id, "lon": p.lon, "lat": p.lat} for p in (gare, musee)]

    def at(clock: str) -> str:
        return f"2026-05-06T{clock}:00+02:00"

    def leg(begin: str, arrive: str) -> dict[str, Any]:
        lasts = dt.datetime.fromisoformat(at(arrive)) - dt.datetime.fromisoformat(at(begin))
        return {
            "mode": "walk", "depart": at(begin), "arrive": at(arrive), "distance_m": 1000.0,
            "duration_s": lasts.total_seconds(), "source": "table", "rides": [],
        }  # fmt: skip

    home = f"{int(leaves[:2]) + 2}{leaves[2:]}"
    begin, leave = at("10:20"), at(min(leaves, "12:00"))
    visit = {
        **ends[1], "kind": "visit", "place": "musee", "arrive": begin, "begin": begin,
        "leave": leave, "slack_minutes": 0,
    }  # fmt: skip
    day = {
        "date": "2026-05-06",
        "start": {**ends[0], "time": at("10:00")},
        "end": {**ends[0], "time": at(home)},
        "stops": [visit],
        "legs": [leg("10:00", "10:20"), leg(leaves, home)],
    }
    return {"request": {"at": "10:00", "minutes": 360, "start": ends[0]}, "days": [day]}


def asked_of(town: Town, plan: dict[str, Any]) -> Asked:
    catalogue = load(town.catalogue)
    context = hours.context_of(catalogue)
    return Asked.of(
        plan["request"],
        catalogue.by_id,
        lambda place, date: hours.day_opening(place, date, context),
        plan["days"][0],
    )


#: A day nobody objects to.
FINE = Figures(
    lasts_s=6 * 3600, visit_s=3.5 * 3600, break_s=3600, way_s=1.5 * 3600, wait_s=0, long_wait_s=0,
    unused_s=0,
    dark_s=0, dark_visits_s=0, main_road_s=0, untold_m=0, walk_m=6000, begins_in_dark=False,
    lunch_due=True, meals=(Meal("Lunch", BEGIN, 3600, first=False, last=False),), least_slack=None,
    least_at_train=None,
)  # fmt: skip
SIGHT = Place(id="sight", name="Sight", lon=0, lat=0, interest=5)
VISITS = Visits(3, (), (), {}, (), matching=True, greatest=5, family=True)


@pytest.mark.parametrize(
    ("leaves", "meals", "wait_s", "long_wait_s"),
    [
        ("12:08", [], 480, 0),
        ("12:30", [], 1800, 1200),
        ("13:00", [3600.0], 0, 0),
        ("11:30", [], 0, 0),
    ],
)
def test_time_of_ones_own_at_noon_is_a_meal(
    town: Town, leaves: str, meals: list[float], wait_s: float, long_wait_s: float
) -> None:
    """Who is left alone at a stop for 45 minutes at noon eats there; less is waiting."""
    plan = days_of_a_train(town, leaves)
    found = figures(plan["days"][0], asked_of(town, plan))
    assert [meal.lasts_s for meal in found.meals] == meals
    assert (found.wait_s, found.long_wait_s) == (wait_s, long_wait_s)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"meals": ()}, "lunch"),
        ({"meals": (Meal("Lunch", BEGIN, 3600, first=True, last=False),)}, "lone-meal"),
        ({"meals": (Meal("Lunch", BEGIN, 3600, first=False, last=True),)}, "lone-meal"),
        ({"dark_s": 900}, "dark"),
        ({"dark_s": 900, "begins_in_dark": True}, None),
        ({"dark_visits_s": 900}, "dark-visit"),
        ({"way_s": 2.5 * 3600}, "way"),
        ({"wait_s": 1500}, None),
        ({"wait_s": 2100, "long_wait_s": 1500}, "waiting"),
        ({"unused_s": 4 * 3600}, "unused"),
        ({"least_at_train": Slack(2, "TER")}, "tight"),
        ({"least_at_train": Slack(12, "TER")}, None),
        ({"count": 0}, "nothing"),
        ({"services": (SIGHT,)}, "filler"),
        ({"unasked": (SIGHT,)}, "filler"),
        ({"aside": {SIGHT: 1200}}, "filler"),
        ({"cut": (SIGHT,)}, "hurried"),
        ({"matching": False}, "theme"),
        ({"greatest": 3}, "modest"),
        ({"greatest": 2}, "modest"),
        ({"greatest": 4}, None),
        ({"family": False}, "children"),
        ({"missing": (Missing(SIGHT, Why.FITS),)}, "flagship"),
        ({"missing": (Missing(SIGHT, Why.CLOSED), Missing(SIGHT, Why.NO_ROOM))}, None),
        ({"detour_m": 1500}, "detour"),
        ({"detour_m": 900}, None),
    ],
)
def test_what_is_objected_to(change: dict[str, Any], code: str | None) -> None:
    """Each fault of an otherwise fine day is named, and costs points."""
    of_day = {key: value for key, value in change.items() if hasattr(FINE, key)}
    of_visits = {key: value for key, value in change.items() if hasattr(VISITS, key)}
    found = list(
        objections(
            replace(FINE, **of_day),
            replace(VISITS, **of_visits),
            change.get("missing", ()),
            change.get("detour_m"),
        )
    )
    assert [item.code for item in found] == ([] if code is None else [code])
    assert all(item.points > 0 and item.said for item in found)
    assert (
        code is None
        or code
        in schemas.schema("check")["$defs"]["day"]["properties"]["objections"]["items"][
            "properties"
        ]["code"]["enum"]
    )
