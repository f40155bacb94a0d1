"""Days for children and wheelchairs, under a roof, in rain and heat, with nights elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.planning.days_out import CATALOGUE, day, minutes, moment, names, planned, visits
from tests.support.program import run

from lens_routes.judge.judge import judge
from lens_routes.plan.document import dumps

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("first_of_may")

WEDNESDAY = "--date 2026-05-06"


def test_with_children_one_walks_slowly_and_rests() -> None:
    """Nobody walks faster than a child, and a whole day has a rest beside lunch."""
    document = day(f"--with children {WEDNESDAY} --pace fast --for 7h")
    assert document["request"]["pace_kmh"] <= 3.5
    assert sum(stop["kind"] == "break" for stop in document["days"][0]["stops"]) >= 2


def test_with_children_places_for_families_come_first() -> None:
    """What a place made for families is worth doubles; that of others stays."""
    document = day(f"--with children {WEDNESDAY}")
    for stop in visits(document):
        place = CATALOGUE.by_id[stop["place"]]
        if place.id == "louvre-lens" and minutes(stop) == place.visit_minutes:
            assert stop["score"] == pytest.approx(28)


def test_a_wheelchair_gets_in_wherever_it_is_sent() -> None:
    """Only places known to be accessible are chosen; the others are named, not forgotten."""
    document = day(f"--with wheelchair {WEDNESDAY}")
    assert {CATALOGUE.by_id[place].wheelchair for place in names(document)} <= {"yes", "limited"}
    told = " ".join(document["warnings"])
    assert "nobody knows whether a wheelchair gets in" in told
    reasons = {item["place"]: item["reason"] for item in document["left_out"]}
    assert "not accessible" in reasons["terrils-jumeaux-11-19"]
    assert "not known to be accessible" in reasons["anneau-de-la-memoire"]


def test_who_asked_there_may_go_there_all_the_same() -> None:
    """A place named one by one is visited, whatever is known of it."""
    assert "base-11-19" in names(day(f"--with wheelchair --must base-11-19 {WEDNESDAY}"))


@pytest.mark.parametrize("mover", ["wheelchair", "pushchair"])
def test_who_rolls_takes_no_steps_and_is_told_what_nobody_knows(mover: str) -> None:
    """Without streets all that is known of a way are its steps: none has any, all is unknown."""
    document = day(f"--with {mover} {WEDNESDAY} --for 7h")
    assert names(document)
    assert document["request"]["pace_kmh"] <= 3.5
    for leg in document["days"][0]["legs"]:
        assert not leg["steps_m"]
        assert (leg["passable_m"], leg["unknown_m"]) == (0.0, leg["distance_m"])


def test_under_a_roof_is_under_a_roof() -> None:
    """Nothing outdoors, and nothing that is only looked at from the street."""
    document = day(f"--indoor {WEDNESDAY}")
    assert names(document)
    assert not any(CATALOGUE.by_id[place].outdoor for place in names(document))


def test_in_the_rain_the_day_is_indoors_and_says_what_it_gave_up() -> None:
    """Short ways, the museum, and by name what the same day would have had in the sun."""
    wet, fair = day(f"--weather rain {WEDNESDAY}"), day(WEDNESDAY)
    assert "louvre-lens" in names(wet)
    assert wet["days"][0]["totals"]["walk_m"] <= fair["days"][0]["totals"]["walk_m"]
    lost = {place for place in names(fair) - names(wet) if CATALOGUE.by_id[place].outdoor}
    told = " ".join(word for word in wet["warnings"] if "rain" in word)
    assert all(CATALOGUE.by_id[place].name in told for place in lost)


def test_in_the_rain_a_theme_of_the_open_air_gives_way_to_the_museum() -> None:
    """Nature in the rain is worth no walk: the day goes to what has a roof, marked."""
    document = day(f"--weather rain --theme nature {WEDNESDAY}")
    museum = [stop for stop in visits(document) if stop["place"] == "louvre-lens"]
    assert [stop["off_theme"] for stop in museum] == [True]


def test_in_the_rain_a_day_may_have_no_room_for_lunch() -> None:
    """A visit that is booked over noon leaves none; that is a day all the same."""
    words = f"--weather rain {WEDNESDAY} --at 12:00 --for 3h"
    document = day(f"{words} --appointment louvre-lens=12:30 --visit louvre-lens=100")
    assert [stop["kind"] for stop in document["days"][0]["stops"]] == ["visit"]


def test_in_the_heat_nobody_is_outdoors_at_noon() -> None:
    """From twelve to five one is indoors, or at table."""
    document = day("--weather heat --date 2026-07-16 --at 9:00 --for 11h")
    outdoors = [stop for stop in visits(document) if CATALOGUE.by_id[stop["place"]].outdoor]
    assert outdoors
    for stop in outdoors:
        assert stop["leave"][11:16] <= "12:00" or stop["begin"][11:16] >= "17:00"


def test_a_summer_evening_is_over_before_dark() -> None:
    """From seven for three hours in June: what is outdoors is seen before the sun sets."""
    document = day("--date 2026-06-19 --at 19:00 --for 3h")
    assert all(leg["dark_s"] == 0 for leg in document["days"][0]["legs"])


NIGHTS = "--days 3 --night louvre-lens --night base-11-19 --date 2026-05-06 --for 5h --max-walk 9km"


def test_each_day_begins_where_one_slept() -> None:
    """Arrive at the station, sleep at A, sleep at B, leave from the station."""
    document = day(NIGHTS)
    ends = [(one["start"]["id"], one["end"]["id"]) for one in document["days"]]
    assert ends == [
        ("gare-de-lens", "louvre-lens"),
        ("louvre-lens", "base-11-19"),
        ("base-11-19", "gare-de-lens"),
    ]


def test_a_night_moved_elsewhere_breaks_the_plan() -> None:
    """The checker knows where one sleeps."""
    document = day(NIGHTS)
    document["request"]["nights"].reverse()
    assert [fault.path for fault in judge(document, CATALOGUE)][:2] == [
        "days[0].end",
        "days[1].start",
    ]


def test_the_rest_of_a_day_ends_where_one_sleeps(tmp_path: Path) -> None:
    """Replanned at eleven, the second day still leads to the second night."""
    path = tmp_path / "nights.json"
    path.write_text(dumps(day(NIGHTS)), encoding="utf-8")
    rest = run("replan", path, "--json", "--now", "11:00", "--date", "2026-05-07").document
    (one,) = rest["days"]
    assert (one["start"]["id"], one["end"]["id"]) == ("louvre-lens", "base-11-19")


def test_one_lodging_serves_every_night() -> None:
    """The last night named is spent again as long as the tour lasts."""
    document = day("--days 3 --night louvre-lens --date 2026-05-06 --for 4h --max-walk 8km")
    assert [one["end"]["id"] for one in document["days"]] == [
        "louvre-lens",
        "louvre-lens",
        "gare-de-lens",
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("indoor", True, "no roof"),
        ("company", ["wheelchair"], "wheelchair"),
        ("weather", "heat", "hot"),
    ],
)
def test_the_checker_holds_a_plan_to_the_occasion(field: str, value: object, said: str) -> None:
    """A fair-weather day is none for the rain, the heat, a wheelchair."""
    document = json.loads(dumps(day(WEDNESDAY)))
    document["request"][field] = value
    assert any(said in fault.message for fault in judge(document, CATALOGUE))


def test_a_late_start_sees_what_is_open_late() -> None:
    """On a winter evening what is outdoors is lit, and nothing is of unknown hours."""
    document = planned("--date 2026-12-12 --at 18:30 --for 3h")
    assert document is None or all(
        (not CATALOGUE.by_id[stop["place"]].outdoor or CATALOGUE.by_id[stop["place"]].lit)
        and moment(stop["leave"])
        for stop in visits(document)
    )
