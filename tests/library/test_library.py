"""The public Python interface: what the screens stand on."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from tests.support.bus import FAR, install_bus
from tests.support.program import run

import lens_routes.library as public
from lens_routes.cli.commands import tree
from lens_routes.cli.plan.asking import request_of
from lens_routes.errors import InfeasibleError, NotInstalledError, UsageError
from lens_routes.judge.judge import judge
from lens_routes.library import Draft, Filler, Gap, Territory
from lens_routes.library.command import command
from lens_routes.library.territory import waypoint
from lens_routes.plan.document import to_document
from lens_routes.plan.request import Appointment, Pause
from lens_routes.planning.meals import usual_rests

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

    from lens_routes.plan.plan import Plan
    from lens_routes.planning.request import Request

PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY = dt.datetime(2026, 11, 25, 9, tzinfo=PARIS)


@pytest.fixture(scope="module")
def territory(town: Town) -> Territory:
    return Territory.open(town.catalogue, WEDNESDAY)


@pytest.fixture(scope="module")
def plan(territory: Territory) -> Plan:
    return territory.plan(territory.request(minutes=240))


def test_what_is_public_is_there() -> None:
    """Every name of the interface exists and says what it is."""
    for name in public.__all__:
        assert getattr(public, name) is not None
        assert name == "FORMATS" or getattr(public, name).__doc__


def test_places_are_reached_by_the_timetables(tmp_path: Path) -> None:
    """As soon as a journey gets there, waiting included; on foot where that is sooner."""
    moment = dt.datetime(2025, 3, 5, 10, tzinfo=PARIS)
    territory = Territory.open(now=moment)
    start = territory.request().start
    with pytest.raises(NotInstalledError):
        territory.reach(start, mode="transit")
    install_bus(tmp_path)
    afoot = {one.place.id: one.duration_s for one in territory.reach(start)}
    ridden = {one.place.id: one.duration_s for one in territory.reach(start, mode="transit")}
    assert ridden.keys() == afoot.keys()
    assert all(ridden[place] < afoot[place] + 1 for place in afoot)
    ends = [f"{start.lat},{start.lon}", FAR]
    asked = ["--depart", "2025-03-05T10:00", "--max-walk", "2500m", "--json"]
    found = run("transit", "journey", *ends, *asked).document["journeys"]
    arrive = min(dt.datetime.fromisoformat(one["legs"][-1]["arrive"]) for one in found)
    assert ridden[FAR] == (arrive - moment).total_seconds()
    late = territory.reach(start, mode="transit", moment=moment.replace(hour=20))
    assert {one.place.id: one.duration_s for one in late}[FAR] == math.ceil(afoot[FAR])


def test_words_find_places_while_they_are_typed(territory: Territory) -> None:
    """Accents, case and slips are forgiven, and the last word may have only begun."""
    for words in ("musée", "MUSEE", "mus", "m", "lampe mus", "muzee"):
        assert "musee" in [place.id for place in territory.search(words, typing=True)], words
    assert territory.search("mus", typing=True)[0].id == "musee"
    assert not territory.search("m")
    assert not territory.search("", typing=True)


def test_every_place_is_reached_the_nearest_first(territory: Territory) -> None:
    """The list holds every place, with its walk, in order of time."""
    origin = territory.locate("gare")
    reached = territory.reach(origin)
    assert {one.place.id for one in reached} == set(territory.catalogue.by_id)
    assert reached[0].place.id == "gare"
    assert [one.duration_s for one in reached] == sorted(one.duration_s for one in reached)
    slower = {one.place.id: one.duration_s for one in territory.reach(origin, pace_kmh=3.0)}
    assert all(slower[one.place.id] >= one.duration_s for one in reached)


@pytest.mark.parametrize(
    ("place", "moment", "state", "until"),
    [
        ("musee", "2026-11-25T11:00", "open", "2026-11-25T18:00"),
        ("musee", "2026-11-25T18:30", "closed", "2026-11-26T10:00"),
        ("musee", "2026-11-30T18:30", "closed", "2026-12-02T10:00"),  # shut on Tuesday
        ("halle", "2026-11-25T11:00", "closed", "2026-11-28T08:00"),
        ("eglise", "2026-11-25T11:00", "unknown", None),
    ],
)
def test_a_place_is_open_until(
    territory: Territory, place: str, moment: str, state: str, until: str | None
) -> None:
    """Open until it closes; closed until it opens; of what nobody knows, no time is told."""
    here = territory.catalogue.by_id[place]
    found = territory.standing(here, dt.datetime.fromisoformat(moment).replace(tzinfo=PARIS))
    assert found.state == state
    assert found.until == (until and dt.datetime.fromisoformat(until).replace(tzinfo=PARIS))


def test_at_night_a_hill_is_dark_until_the_morning(territory: Territory) -> None:
    """Outdoors it is dark, and light again at sunrise."""
    found = territory.standing(
        territory.catalogue.by_id["terril"], dt.datetime(2026, 11, 25, 22, tzinfo=PARIS)
    )
    assert found.state == "dark"
    assert found.until is not None
    assert dt.datetime(2026, 11, 26, 7, tzinfo=PARIS) < found.until
    assert found.until < dt.datetime(2026, 11, 26, 9, tzinfo=PARIS)


def test_a_request_without_words_is_a_usual_day(territory: Territory) -> None:
    """From where tours start and back, today, with lunch."""
    request = territory.request()
    assert request.start == request.end == waypoint(territory.catalogue.by_id["gare"])
    assert request.date == WEDNESDAY.date()
    assert [pause.meal for pause in request.pauses] == [True]


@pytest.mark.parametrize("gap", [Gap(), Gap(before=0), Gap(before=0, instead=True)])
def test_what_fits_a_gap_really_fits(territory: Territory, gap: Gap) -> None:
    """Each offer, put into the day, gives a day that keeps every rule and ends when it says.

    Unless the longer day has a meal that the shorter had not.
    """
    draft = Draft(territory.request(minutes=240), ("parc", "monument"))
    plan = draft.planned(territory, lambda _what, _share: None)
    offers = territory.fillers(plan, gap)
    assert offers
    assert [offer.gain for offer in offers] == sorted((o.gain for o in offers), reverse=True)
    for offer in offers[:3]:
        changed = draft.filled(offer, gap, plan)
        assert offer.place in (changed.order or ())
        fuller = changed.planned(territory, lambda _what, _share: None)
        assert fuller.visited == changed.order
        assert not judge(to_document(fuller), territory.catalogue)
        later = fuller.days[0].end_time - plan.days[0].end_time
        if len(fuller.days[0].stops) - len(fuller.visited):
            continue
        assert later.total_seconds() == pytest.approx(offer.later_s, abs=60)


def test_what_was_dropped_fits_again(territory: Territory, plan: Plan) -> None:
    """Who drops a visit finds it among what else would fit the day, and can have it back."""
    draft = Draft(territory.request(minutes=240)).without(plan.visited[-1], plan)
    less = draft.planned(territory, lambda _what, _share: None)
    assert less.visited == plan.visited[:-1]
    assert plan.visited[-1] in [offer.place for offer in territory.fillers(less, Gap())]


def test_in_place_of_a_stop_nothing_visited_is_offered(territory: Territory, plan: Plan) -> None:
    """What is in the day already is no alternative to one of its stops."""
    offers = territory.fillers(plan, Gap(before=0, instead=True))
    assert not {offer.place for offer in offers} & set(plan.visited)


def test_a_day_is_planned_in_the_order_chosen(territory: Territory, plan: Plan) -> None:
    """Exactly these visits, in this order; or the reason why not."""
    draft = Draft(territory.request(minutes=300))
    turned = draft.moved(plan.visited[0], 1, plan)
    found = turned.planned(territory, lambda _what, _share: None)
    assert found.visited == turned.order
    assert not judge(to_document(found), territory.catalogue)
    assert found.left_out, "what is not in the day has its reason still"
    less = territory.arrange(territory.request(minutes=300), plan.visited[:1])
    missed = [item.reason for item in less.left_out if item.obstacle == "missed"]
    assert missed
    assert not any("search" in reason for reason in missed), "nobody searched for it"
    with pytest.raises(InfeasibleError) as caught:
        territory.arrange(territory.request(minutes=60), plan.visited)
    assert caught.value.hint


def test_changes_leave_what_was_there(territory: Territory, plan: Plan) -> None:
    """Each change gives another draft, so that going back is keeping the old one."""
    draft = Draft(territory.request(minutes=240))
    first, *rest = plan.visited
    assert draft.pinned(first).request.must == (first,)
    assert draft.pinned(first).pinned(first) == draft
    assert draft.pinned(first).forbidden(first).request.must == ()
    assert draft.forbidden(first).request.avoid == (first,)
    assert draft.forbidden(first).pinned(first).request.avoid == ()
    assert draft.without(first, plan).order == tuple(rest)
    assert draft.without(first, plan).anew().request.avoid == (first,)
    assert draft.forbidden(first).without(first, plan).request.avoid == (first,)
    swap = Filler("parc", "Parc", 30, 1.0, 0, before=0)
    assert draft.filled(swap, Gap(before=0), plan).order == ("parc", first, *rest)
    swapped = draft.filled(swap, Gap(before=0, instead=True), plan)
    assert swapped.order == ("parc", *rest)
    assert (swapped.request.must, swapped.request.avoid) == (("parc",), (first,))
    limited = replace(draft, request=replace(draft.request, max_visits=1))
    assert limited.pinned(first).pinned("parc").request.max_visits == 2
    stop = next(stop for stop in plan.days[0].stops if stop.place == first)
    lasts = round((stop.leave - stop.begin).total_seconds() / 60)
    longer = draft.lasting(stop, 15).request.visit_minutes[first]
    assert lasts < longer <= lasts + 22
    assert draft == Draft(territory.request(minutes=240))


@pytest.mark.parametrize("name", ["json", "kml", "geojson", "ics", "markdown", "csv", "html"])
def test_a_plan_is_exported(territory: Territory, plan: Plan, name: str) -> None:
    """Every format comes as bytes; a saved plan can be read again."""
    data = territory.export(plan, name)
    assert data
    if name == "json":
        assert not judge(json.loads(data), territory.catalogue)


def test_an_unknown_format_names_the_others(territory: Territory, plan: Plan) -> None:
    """A wrong format is refused with those there are."""
    with pytest.raises(UsageError, match="docx") as caught:
        territory.export(plan, "docx")
    assert "gpx" in caught.value.hint


def _asked_by(words: list[str], territory: Territory) -> Request:
    """Return the request that the program reads from a command line."""
    plan: Any = tree().commands["plan"]
    context = plan.make_context("plan", words[2:])
    return request_of(context.params, territory.catalogue, WEDNESDAY, online=False)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"themes": ("culture", "nature"), "only_themes": True},
        {"must": ("musee",), "avoid": ("parc", "halle")},
        {"visit_minutes": {"musee": 45}, "likes": {"museum": 0.5}, "at_most": {"museum": 1}},
        {"end": None, "minutes": 95, "at": dt.time(9, 30)},
        {"max_walk_m": None, "pace_kmh": 5.5, "margin_minutes": 15, "seed": 7},
        {"pauses": (), "indoor": True, "weather": "rain"},
        {"appointments": (Appointment("musee", dt.time(14), dt.date(2026, 11, 25)),)},
        {"days": 2, "max_visits": 3, "budget_eur": 12.5},
    ],
)
def test_the_command_asks_for_the_same_day(territory: Territory, change: dict[str, Any]) -> None:
    """Who types the equivalent command asks for what is on the screen."""
    request = replace(territory.request(date=dt.date(2026, 11, 28)), **change)
    words = command(Draft(request), territory.catalogue)
    again = _asked_by(words, territory)
    if change.get("at"):
        again = replace(again, pauses=request.pauses)
    assert again == request


def test_the_command_of_breaks(territory: Territory) -> None:
    """Breaks of one's own come with their times, the usual ones with no word."""
    own = Pause("Break", dt.time(15), dt.time(16, 40), 20)
    request = territory.request(company=("children",), pace_kmh=3.5)
    rests = usual_rests(request.at, request.minutes)
    request = replace(request, pauses=(*request.pauses, *rests, own))
    assert _asked_by(command(Draft(request), territory.catalogue), territory) == request


def test_the_command_of_visits_chosen_by_hand_asks_for_no_more(territory: Territory) -> None:
    """Those visits, and as many as there are."""
    words = command(Draft(territory.request(), ("parc", "musee")), territory.catalogue)
    again = _asked_by(words, territory)
    assert again.must == ("parc", "musee")
    assert again.max_visits == 2
