"""Days over the shipped catalogue keep what a visitor takes for granted, whatever is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.planning.days_out import CATALOGUE, day, minutes, moment, names, planned, visits
from tests.support.effort import examples

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import context_of

ZONE = context_of(CATALOGUE).zone
THEMES = [theme.id for theme in CATALOGUE.themes]

pytestmark = pytest.mark.usefixtures("first_of_may")


@pytest.mark.parametrize("date", ["2026-05-06", "2026-05-09", "2026-07-16", "2026-10-05"])
def test_the_louvre_is_in_the_day_at_its_full_length(date: str) -> None:
    """Six hours from the station, nothing asked for: people come for the museum."""
    stops = {stop["place"]: stop for stop in visits(day(f"--date {date}"))}
    assert minutes(stops["louvre-lens"]) == 150


@pytest.mark.parametrize(
    "words",
    ["--mode car --date 2026-12-05 --for 4h", "--mode bike --date 2027-05-15 --for 8h"],
)
def test_two_short_monuments_do_not_outweigh_the_museum(words: str) -> None:
    """Where a vehicle reaches more flagships than the day holds, the one of many hours is in it."""
    assert "louvre-lens" in names(day(words))


@pytest.mark.parametrize("date", ["2026-05-05", "2026-12-25"])
def test_a_flagship_that_is_closed_is_told_of_with_a_reason(date: str) -> None:
    """On Tuesdays and at Christmas the museum is closed, and the document says so."""
    told = {item["place"]: item for item in day(f"--date {date}")["flagships"]}
    assert not told["louvre-lens"]["visited"]
    assert "closed" in told["louvre-lens"]["reason"]


def test_flagships_are_told_of_whether_visited_or_not() -> None:
    """Each place of interest 5 that matches is listed once, with a reason if it is left out."""
    document = day("--theme memory --date 2026-10-03 --for 9h")
    due = {
        place.id
        for place in CATALOGUE.places
        if place.interest == 5 and "memory" in place.themes and place.tourable
    }
    assert {item["place"] for item in document["flagships"]} == due
    for item in document["flagships"]:
        assert item["visited"] == (item["place"] in names(document))
        assert item["visited"] or item["reason"]


def test_a_theme_is_a_wish_and_not_a_fence() -> None:
    """What lies near fills the day, marked, and what matches is all that it would be alone.

    What is only seen in passing may give way.
    """
    filled = day("--theme culture --date 2026-05-10")
    strict = day("--theme culture --date 2026-05-10 --only")
    off = {stop["place"] for stop in visits(filled) if stop["off_theme"]}
    assert off
    assert all("culture" not in CATALOGUE.by_id[place].themes for place in off)
    passed = {name for name in names(strict) if CATALOGUE.by_id[name].seen_from_outside}
    assert names(strict) - passed <= names(filled) - off
    assert not any(stop["off_theme"] for stop in visits(strict))


def test_when_nothing_that_matches_is_open_the_rest_has_the_day() -> None:
    """Culture at Christmas: other places, each of them marked."""
    document = day("--theme culture --date 2026-12-25 --max-walk 9km")
    assert visits(document)
    off = [stop["off_theme"] for stop in visits(document)]
    assert any(off)


@pytest.mark.parametrize("theme", ["culture", "architecture"])
def test_a_service_is_no_sight(theme: str) -> None:
    """Neither stations nor tourist offices are stops, be it Sunday or not."""
    document = planned(f"--theme {theme} --date 2026-05-10")
    kinds = {CATALOGUE.by_id[place].kind for place in names(document)} if document else set()
    assert not kinds & {"station", "tourist_office"}


def test_what_is_asked_for_is_a_stop_all_the_same() -> None:
    """Who wants to see the station hall sees it; who has to ask to be let in is told whom."""
    document = day(
        "--must gare-de-lens --must musee-ecole-et-mine-harnes --for 8h --date 2026-05-07"
        " --max-walk 18km --start louvre-lens"
    )
    stops = {stop["place"]: stop for stop in visits(document)}
    assert "gare-de-lens" in stops
    booking = CATALOGUE.by_id["musee-ecole-et-mine-harnes"].booking
    assert any(booking in note for note in stops["musee-ecole-et-mine-harnes"]["notes"])


def test_who_is_not_asked_is_not_rung_up() -> None:
    """Places by appointment are left out, with the reason and the number to call."""
    document = day("--theme mining-heritage --date 2026-05-06 --for 9h")
    reasons = {item["place"]: item["reason"] for item in document["left_out"]}
    for place in CATALOGUE.places:
        if place.by_appointment and place.tourable and "mining-heritage" in place.themes:
            assert "appointment" in reasons[place.id]


def test_late_in_the_evening_nothing_opens_its_doors() -> None:
    """From 22:00 for four hours there is nothing to visit around Lens."""
    assert planned("--date today --at 22:00 --for 4h") is None


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("--at 18:00 --for 3h --date 2026-12-11", "monument-aux-morts-de-lens"),
        ("--at 19:00 --for 2h --date 2026-11-20 --start gare-de-bethune", "grand-place-bethune"),
    ],
)
def test_an_evening_leads_through_lit_streets(words: str, there: str) -> None:
    """After dark one sees what stands in lit streets, a short way off, and nothing else."""
    document = day(words)
    assert there in names(document)
    assert all(CATALOGUE.by_id[name].lit for name in names(document))
    assert document["days"][0]["totals"]["walk_m"] < 4000


def test_in_an_empty_day_a_church_is_worth_a_few_minutes() -> None:
    """Five hours in Béthune: the square, the church and the tower beside it."""
    document = day("--start gare-de-bethune --date 2026-09-05 --for 5h")
    assert names(document) >= {"grand-place-bethune", "eglise-saint-vaast-bethune"}


def test_what_may_be_closed_counts_for_less_than_what_is_open() -> None:
    """On the museum's day off nobody walks to where perhaps an exhibition is."""
    document = day("--theme culture --date 2026-12-01")
    assert all(stop["opening"] == "open" for stop in visits(document))


def test_what_fills_a_day_takes_little_of_a_flagship() -> None:
    """Five hours for a view: most of two hours on the heaps, and something on the way home.

    That is no statue, which in a day of another theme nobody stops for.
    """
    stops = {s["place"]: s for s in visits(day("--theme panorama --date 2026-10-10 --for 5h"))}
    assert minutes(stops["terrils-jumeaux-11-19"]) >= 100
    assert all(CATALOGUE.by_id[place].visit_minutes > 10 for place in stops)


def test_no_flagship_is_cut_short_for_a_lunch_one_has_at_home() -> None:
    """Ten to two: the whole two hours on the heaps, home before two, no lunch on the way."""
    document = day("--start louvre-lens --for 4h --theme parks --date 2027-04-11")
    stops = {s["place"]: s for s in visits(document)}
    assert minutes(stops["terrils-jumeaux-11-19"]) == 120
    assert document["days"][0]["end"]["time"][11:16] <= "14:00"


def test_what_is_far_follows_lunch_where_nothing_near_does() -> None:
    """A pit yard till noon: lunch there, and then the park, though it is of another theme."""
    document = day("--date 2026-09-20 --theme mining-heritage --with wheelchair")
    kinds = [stop["kind"] for stop in document["days"][0]["stops"]]
    assert kinds == ["visit", "break", "visit"]


def test_lunch_has_something_after_it_on_the_way_only() -> None:
    """Culture and nothing else: no storage building at the far end of the park after lunch."""
    assert names(day("--theme culture --only --date 2026-05-06")) == {"louvre-lens"}


def test_who_sleeps_at_the_museum_sees_it() -> None:
    """A night at a sight does not keep it out of the days; it has no beds, and that is said."""
    document = day("--days 2 --date 2026-05-09 --night louvre-lens")
    assert "louvre-lens" in names(document)
    assert any("look for a bed" in warning for warning in document["warnings"])


def test_ninety_minutes_at_christmas_wait_for_nothing() -> None:
    """Before sunrise nobody waits half an hour for a façade."""
    document = planned("--theme sport --theme innovation --date 2026-12-25 --at 8:00 --for 90min")
    assert document is None or document["days"][0]["totals"]["wait_s"] <= 600


def test_an_afternoon_in_november_sees_the_park_by_day() -> None:
    """From the museum at two: the park beside it is visited before sunset."""
    document = day(
        "--start louvre-lens --theme parks --date 2026-11-27 --at 14:00 --for 4h --max-walk 5km"
    )
    (stop,) = [stop for stop in visits(document) if stop["place"] == "parc-du-louvre-lens"]
    light = hours.daylight(CATALOGUE.by_id[stop["place"]].point, dt.date(2026, 11, 27), ZONE.key)
    assert light is not None
    assert moment(stop["leave"]) <= light[1]


def test_lunch_is_an_hour_at_noon_and_something_follows() -> None:
    """A day from ten to four has lunch begun by half past one; the last thing is a visit."""
    stops = day("--date 2026-05-06")["days"][0]["stops"]
    (lunch,) = [stop for stop in stops if stop["kind"] == "break"]
    assert minutes(lunch) == 60
    assert "12:00" <= lunch["begin"][11:16] <= "13:30"
    assert lunch["notes"]
    assert stops[-1]["kind"] == "visit"


@pytest.mark.parametrize("words", ["--at 10:00 --for 3h", "--at 13:00 --for 6h", "--no-lunch"])
def test_no_lunch_where_none_is_due(words: str) -> None:
    """Who is home by one, who sets out at one, and who wants none."""
    stops = day(f"--date 2026-05-06 {words}")["days"][0]["stops"]
    assert all(stop["kind"] == "visit" for stop in stops)


@pytest.mark.parametrize(
    "words",
    [
        "--theme panorama --date 2026-10-10 --for 5h",
        "--theme nature --date 2027-07-14 --weather heat --with children",
    ],
)
def test_time_left_over_goes_to_what_was_cut_short(words: str) -> None:
    """No visit stays at its least length while the day has time for more."""
    document = day(words)
    cut = [s for s in visits(document) if minutes(s) < CATALOGUE.by_id[s["place"]].visit_minutes]
    least = [s for s in cut if minutes(s) == CATALOGUE.by_id[s["place"]].visit_minutes_min]
    assert cut
    assert not least


def test_nobody_waits_at_home_for_a_usual_lunch() -> None:
    """Asked for nine, a morning's walk is all there is: it begins at nine, lunch is at home."""
    document = day("--theme memory --only --date 2027-11-11 --at 9h --for 8h")
    assert document["days"][0]["start"]["time"][11:16] == "09:00"
    assert all(stop["kind"] == "visit" for stop in document["days"][0]["stops"])


def test_what_the_heat_takes_away_is_said() -> None:
    """The heaps that a summer day would have are named, once it is too hot for them."""
    said = day("--theme nature --date 2027-07-14 --weather heat --with children")["warnings"]
    assert any("Given up for the heat: Terrils jumeaux du 11/19" in line for line in said)


def test_no_more_of_a_kind_than_asked() -> None:
    """Two memorials are enough, and none is enough too."""
    some = day("--theme memory --date 2026-10-03 --at-most memorial=1")
    assert sum(CATALOGUE.by_id[place].kind == "memorial" for place in names(some)) <= 1
    none = planned("--theme memory --date 2026-10-03 --at-most memorial=0")
    assert none is None or all(CATALOGUE.by_id[p].kind != "memorial" for p in names(none))


def test_what_is_liked_is_worth_more() -> None:
    """The worth of a stop follows the weight of its themes."""
    plain, liked = day("--date 2026-05-06"), day("--date 2026-05-06 --like culture=2")
    worth = {stop["place"]: stop["score"] for stop in visits(liked)}
    assert worth["louvre-lens"] == pytest.approx(
        2 * {stop["place"]: stop["score"] for stop in visits(plain)}["louvre-lens"]
    )


DAYS = st.builds(
    lambda theme, day, at, lasts: f"{theme} --date {day} --at {at}:00 --for {lasts}h".strip(),
    st.sampled_from(["", *(f"--theme {theme}" for theme in THEMES)]),
    st.dates(dt.date(2026, 5, 2), dt.date(2027, 4, 30)),
    st.integers(7, 20),
    st.integers(2, 9),
)


@settings(
    max_examples=examples(5),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(DAYS)
def test_whatever_is_asked_nobody_is_sent_anywhere_silly(words: str) -> None:
    """Nothing outdoors in the dark, nothing of unknown hours early or late, no meal at the end."""
    document = planned(words)
    for one in document["days"] if document else ():
        for stop in one["stops"]:
            if stop["kind"] == "break":
                continue
            place = CATALOGUE.by_id[stop["place"]]
            begin, leave = moment(stop["begin"]), moment(stop["leave"])
            if place.outdoor:
                light = hours.daylight(place.point, begin.date(), ZONE.key)
                assert light is None or light[0] <= begin
                assert light is None or leave <= light[1] or place.lit
            if stop["opening"] == "unknown":
                assert "09:00" <= stop["begin"][11:16] <= stop["leave"][11:16] <= "18:00"
            assert place.tourable
            assert not place.by_appointment
        meals = [stop for stop in one["stops"] if stop["kind"] == "break"]
        assert not meals or one["stops"][-1]["kind"] == "visit"


def test_a_great_place_fills_a_day_before_several_small_ones() -> None:
    """One war memorial was wanted; the museum near it is open and free, and has the rest."""
    stops = {
        s["place"]: s for s in visits(day("--at-most memory=1 --theme memory --date 2027-03-20"))
    }
    assert stops["louvre-lens"]["off_theme"]
    assert minutes(stops["louvre-lens"]) == 150
