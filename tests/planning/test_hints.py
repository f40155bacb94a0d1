"""What is said of a plan as a whole is true, comes in the right order, and helps when typed."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import run

from lens_routes.catalogue.hours import HoursContext
from lens_routes.catalogue.place import Place
from lens_routes.cli.frame.resources import load_catalogue
from lens_routes.plan.plan import LeftOut
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.request import Request
from lens_routes.planning.tell.another_day import another_day
from lens_routes.planning.tell.little_more import FARTHER_M, LONGER_MINUTES, little_more

if TYPE_CHECKING:
    from pathlib import Path

TUESDAY = dt.date(2026, 5, 5)
HERE = Waypoint("Gare", 2.8282, 50.4268)
IDS = {
    place.name.partition(" – ")[0].partition(", ")[0]: place.id
    for place in load_catalogue(None).places
}


@pytest.fixture(autouse=True)
def _first_of_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it eight o'clock on Friday 1 May 2026."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "2026-05-01T08:00")


@cache
def _planned(words: str) -> str:
    result = run("plan", "--json", *words.split())
    assert result.code == 0, result.err
    return result.stdout.decode()


def planned(words: str) -> Any:
    return json.loads(_planned(words))


def visited(document: Any) -> set[str]:
    return {stop["place"] for day in document["days"] for stop in day["stops"]}


def asked(**more: Any) -> Request:
    day: dict[str, Any] = {"date": TUESDAY, "at": dt.time(10), "minutes": 360, "pace_kmh": 4.5}
    return Request(start=HERE, end=HERE, **{**day, **more})


def place(identity: str, opening_hours: str, interest: int = 3) -> Place:
    return Place(
        id=identity,
        name=identity,
        lon=2.8,
        lat=50.4,
        opening_hours=opening_hours,
        interest=interest,
    )


def test_a_poor_day_is_said_first_with_a_better_one() -> None:
    """At Christmas what is worth the journey is closed; on the day offered it is visited."""
    christmas = planned("--theme culture --date 2026-12-25")
    assert christmas["days"][0]["holiday"] == "Christmas Day"
    first = christmas["hints"][0]
    assert first["about"] == "closed-day"
    assert "Musée du Louvre-Lens" in first["text"]
    assert first["option"] == "--date 2026-12-26"
    assert "louvre-lens" in visited(planned(f"--theme culture {first['option']}"))


def test_on_a_good_day_nothing_comes_before_the_hours() -> None:
    """Where what people come for is in the day, the first lines say nothing."""
    day = planned("--theme culture --date 2026-05-06")
    assert "louvre-lens" in visited(day)
    assert {hint["about"] for hint in day["hints"]} <= {"left-out"}


@pytest.mark.parametrize(
    "words",
    ["--date 2026-05-06", "--theme mining-heritage --for 4h --date 2026-11-14",
     "--theme memory --max-walk 8km --date 2026-06-02", "--max-visits 2 --date 2026-07-01"],
)  # fmt: skip
def test_what_is_offered_helps(words: str) -> None:
    """Type what is offered, and the place named is in the day."""
    for hint in planned(words)["hints"]:
        if not hint["option"] or hint["option"].startswith("--date"):
            continue
        told = hint["text"]
        named = max((name for name in IDS if name in told.split("; ")[-1]), key=len, default=None)
        only = max((name for name in IDS if name in told), key=len)
        assert IDS[named or only] in visited(planned(f"{words} {hint['option']}"))


def test_with_more_hours_the_one_that_fits_is_named() -> None:
    """Where another place fits into the hours that were tried for one, that other one is named."""
    words = "--theme memory --for 4h --date 2026-11-24"
    (hint,) = [hint for hint in planned(words)["hints"] if hint["option"].startswith("--for")]
    named = [IDS[name] for name in IDS if name in hint["text"].split("; ")[-1]]
    assert set(named) & set(visited(planned(f"{words} {hint['option']}")))
    assert not set(named) & set(visited(planned(words)))


def test_a_day_with_hours_left_is_offered_later_not_longer() -> None:
    """What opens in the afternoon fits a morning in Béthune that begins a little later."""
    words = "--start gare-de-bethune --date 2027-09-04 --for 5h"
    (offer,) = [hint["option"] for hint in planned(words)["hints"] if hint["option"]]
    assert offer.startswith("--at ")
    assert visited(planned(f"{words} {offer}")) - visited(planned(words))


def test_a_page_of_parks_without_a_park_says_so_and_from_when_there_is_one() -> None:
    """At eight on an August evening the park is about to close; an hour earlier it is the day."""
    evening = "--theme parks --date 2026-08-15 --for 2h"
    hint = planned(f"{evening} --at 20:00")["hints"][0]
    assert (hint["about"], hint["option"]) == ("off-theme", "--at 19:00")
    assert "parc-du-louvre-lens" in visited(planned(f"{evening} {hint['option']}"))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("--indoor --weather heat --date 2026-07-07", "--date 2026-07-08"),
        ("--must cite-des-electriciens --date 2026-05-23", "--start gare-de-"),
        ("--at 16:00 --for 90min --date 2026-12-11 --start 50.40,2.83", "--at 15:15"),
        ("--at 0:00 --for 3h --date 2027-05-15", "--at 10:00"),
        ("--start gare-de-lille-flandres --date 2027-05-15", "--mode bike"),
        ("--start louvre-lens --indoor --for 4h --date 2027-06-05", "--must louvre-lens"),
    ],
)
def test_where_nothing_fits_what_is_offered_does(words: str, offered: str) -> None:
    """Another date, hour, station, a bike, the place itself: as options that make a plan."""
    result = run("plan", "--json", *words.split())
    assert result.code == 5
    hint = result.error["hint"]
    assert offered in hint
    typed = hint.partition("(")[2].partition(")")[0]
    assert run("plan", "--json", *words.split(), *typed.split()).code == 0


def test_what_is_no_more_is_not_told_as_closed_that_day() -> None:
    """A place that is planned or closed for good is open on no other day: nobody misses it."""
    gone = [p.name for p in load_catalogue(None).places if p.status != "open"]
    for words in ("--theme innovation --date 2026-05-05", "--theme family --date 2026-05-05"):
        told = " ".join(hint["text"] for hint in planned(words)["hints"])
        assert not any(name in told for name in gone)


def test_the_first_day_on_which_nearly_most_is_open_is_named() -> None:
    """A day later with one façade more is no better day; only certain hours count."""
    shut = [
        place("museum", "We,Th 10:00-18:00", 5),
        place("cellar", "Th 10:00-18:00", 1),
        place("tower", 'We "perhaps"', 3),
    ]
    other = another_day(shut, asked(), HoursContext())
    assert other is not None
    assert (other.date, [p.id for p in other.places]) == (dt.date(2026, 5, 6), ["museum"])
    assert another_day([place("never", "Dec 24 10:00-12:00")], asked(), HoursContext()) is None
    assert another_day([place("night", "We 19:00-22:00")], asked(), HoursContext()) is None


@pytest.mark.parametrize(
    ("obstacle", "amount", "more", "option"),
    [
        ("day-too-short", 61.0, {}, "--for 6h15"),
        ("day-too-short", 60.0 * LONGER_MINUTES, {}, "--for 8h"),
        ("day-too-short", 60.0 * LONGER_MINUTES + 1, {}, None),
        ("day-too-short", 60.0, {"at": dt.time(14)}, None),
        ("walk", 10.0, {"max_walk_m": 12_000.0}, "--max-walk 12.5km"),
        ("walk", 1.0 * FARTHER_M, {"max_walk_m": 12_000.0}, "--max-walk 16km"),
        ("walk", 29_000.0, {"max_walk_m": 12_000.0}, None),
        ("walk", 1_000.0, {"max_walk_m": 19_500.0}, None),
        ("cost", 250.0, {"budget_eur": 10.0}, "--budget 13"),
        ("cost", 2_500.0, {"budget_eur": 10.0}, None),
        ("visits", 2.0, {"max_visits": 2}, "--max-visits 3"),
        ("displaces", 60.0, {}, None),
    ],
)
def test_only_a_little_more_is_offered(
    obstacle: str, amount: float, more: dict[str, Any], option: str | None
) -> None:
    """A quarter of an hour, half a kilometre, a few euros: what a person would do, and no march."""
    item = LeftOut("x", "why", "X", obstacle, amount)
    found = little_more(item, asked(**more))
    assert (found and found.option) == option
    assert little_more(LeftOut("x", "why", "X", obstacle, None), asked(**more)) is None


def test_the_rest_of_a_day_tells_of_what_it_gives_up_whatever_its_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hours late, a place of another theme goes: the checker hears of it and has no objection."""
    saved = tmp_path / "day.json"
    words = "--theme nature --date 2026-05-09 --at 9:30 --for 7h"
    assert run("plan", *words.split(), "--save", saved).code == 0
    stops = json.loads(saved.read_bytes())["days"][0]["stops"]
    assert any(stop["off_theme"] for stop in stops)
    monkeypatch.setenv("LENS_ROUTES_NOW", "2026-05-09T13:30")
    result = run("replan", saved, "--now", "13:30", "--json")
    assert result.code == 0
    assert "checker" not in result.err


def test_what_one_starts_at_is_seen_if_asked_for() -> None:
    """A day from the museum is one beyond it; the page says so, and how to see it too."""
    words = "--start louvre-lens --date 2027-05-15 --for 5h"
    offers = [hint["option"] for hint in planned(words)["hints"]]
    assert "--must louvre-lens" in offers
    assert "louvre-lens" in visited(planned(f"{words} --must louvre-lens"))
    assert "--must gare-de-lens" not in [h["option"] for h in planned("--date 2027-05-15")["hints"]]


def test_a_day_sets_out_when_asked_where_all_can_be_seen_from_then_on() -> None:
    """In Douai a church opens at half past one; the museum and lunch go before it."""
    words = "--start gare-de-douai --date 2027-09-18 --for 8h"
    day = planned(words)["days"][0]
    assert day["start"]["time"][11:16] < "10:30"
    assert "break" in {stop["kind"] for stop in day["stops"]}
