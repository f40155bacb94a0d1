"""The calendar: RFC 5545 to the octet, times right in every zone, events that update."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.output.golden_files import GOLDEN, same_bytes
from tests.output.maps import saved, with_train
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.catalogue.place import Place
from lens_routes.output.calendar import ics
from lens_routes.output.calendar.vtimezone import vtimezone
from lens_routes.output.shared.caption import OSM_CREDIT, label, moves, numbered
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.safe_text import tidy
from lens_routes.plan.document import from_document, read, to_document
from lens_routes.plan.tour_id import tour_id
from lens_routes.text import language
from lens_routes.text.language import said_in

if TYPE_CHECKING:
    from icalendar.cal import Component

    from lens_routes.plan.plan import Plan, Stop


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(GOLDEN / "day.json")


def calendar(data: bytes) -> Component:
    """Read a calendar back and check what every reader relies on."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for folded in data.split(b"\r\n"):
        assert len(folded) <= 75
        folded.decode()  # a character torn apart would not decode
    found = Calendar.from_ical(data)
    for component in found.walk():
        assert component.errors == []
    return found


def events(found: Component) -> list[Component]:
    return list(found.walk("VEVENT"))


def zone_text(name: str, first_year: int, last_year: int) -> str:
    """Return a calendar that holds a zone alone."""
    whole = Calendar()
    whole.add_component(vtimezone(ZoneInfo(name), first_year, last_year))
    return whole.to_ical(sorted=False).decode()


def shown(moment: dt.datetime) -> dt.datetime:
    """Return a moment as every clock of a tour shows it: without seconds."""
    return moment.replace(second=0, microsecond=0)


def test_the_file_is_the_one_that_was_judged(plan: Plan) -> None:
    """The calendar of the saved plan is byte for byte the golden one."""
    assert same_bytes("day.ics", ics.dumps(plan))


@settings(deadline=None, max_examples=examples(20))
@given(plan=plans())
def test_any_plan_reads_back_as_planned(plan: Plan) -> None:
    """Whatever the names, zones and nights: an event a stop, at its moment, at its place."""
    found = events(calendar(ics.dumps(plan)))
    uids = [str(event["UID"]) for event in found]
    assert len(set(uids)) == len(uids)
    planned = [stop for day in plan.days for stop in day.stops]
    titles = [label(*item) for day in tidy(plan).days for item in numbered(day)]
    homes = [day for day in plan.days if moves(day.legs[-1])]
    rides = [ride for day in plan.days for leg in day.legs for ride in leg.rides]
    assert len(found) == len(planned) + len(homes) + len(rides)
    visits = [e for e in found if not str(e["SUMMARY"]).startswith(("To ", "R1 · "))]
    if len(visits) == len(planned):  # unless a place is called so
        for event, stop, title in zip(visits, planned, titles, strict=True):
            assert str(event["SUMMARY"]) == title
            assert event["DTSTART"].dt == shown(stop.begin)
            if "DTEND" in event:
                assert event["DTEND"].dt == shown(stop.leave)
            else:
                assert shown(stop.leave) == shown(stop.begin)
            assert event["GEO"].latitude == pytest.approx(stop.lat, abs=1e-6)
            assert event["GEO"].longitude == pytest.approx(stop.lon, abs=1e-6)


def test_what_parts_values_is_escaped(plan: Plan) -> None:
    """Commas, semicolons and backslashes in a text are spelt as section 3.3.11 says."""
    stop = replace(plan.days[0].stops[0], name="a;b,c\\d\r\ne", description="")
    day = replace(plan.days[0], stops=(stop, *plan.days[0].stops[1:]))
    data = ics.dumps(replace(plan, days=(day,)))
    assert b"\r\nSUMMARY:1. a\\;b\\,c\\\\d e\r\n" in data


def test_an_hour_shown_twice_is_told_in_utc(plan: Plan) -> None:
    """In the second half past two of an October night the events are where they should be."""
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC).astimezone(ZoneInfo("Europe/Paris"))
    assert second.fold
    stop = replace(plan.days[0].stops[0], begin=second, leave=second + dt.timedelta(hours=2))
    data = ics.dumps(replace(plan, days=(replace(plan.days[0], stops=(stop,)),)))
    assert b"DTSTART:20261025T013000Z" in data
    assert b"DTEND;TZID=Europe/Paris:20261025T043000" in data


def test_a_zone_before_its_first_change_in_years() -> None:
    """A zone that changed once, in May, is right in February of that year too."""
    zone = ZoneInfo("Asia/Pyongyang")
    read_back = tzical(io.StringIO(zone_text(zone.key, 2018, 2018))).get(zone.key)
    for day in ("2018-02-01", "2018-06-01"):
        moment = dt.datetime.fromisoformat(day)
        assert read_back.utcoffset(moment) == zone.utcoffset(moment)


def test_an_alarm_rings_before_one_has_to_leave(plan: Plan) -> None:
    """Each event rings five to six minutes before the way to it begins."""
    found = events(calendar(ics.dumps(plan)))
    for event, leg in zip(found, plan.days[0].legs, strict=True):
        (alarm,) = event.walk("VALARM")
        rings = event["DTSTART"].dt + alarm["TRIGGER"].dt
        assert dt.timedelta(minutes=5) <= leg.depart - rings < dt.timedelta(minutes=6)


def test_an_edited_plan_updates_its_events(plan: Plan) -> None:
    """The same stop keeps its UID when its hours change; another day or place has another."""
    day = plan.days[0]
    late = [
        replace(s, leave=s.leave + dt.timedelta(minutes=1), name=f"{s.name}!") for s in day.stops
    ]
    before = [str(event["UID"]) for event in events(calendar(ics.dumps(plan)))]
    edited = replace(plan, days=(replace(day, stops=tuple(late)),))
    assert [str(event["UID"]) for event in events(calendar(ics.dumps(edited)))] == before
    other_day = replace(day, date=day.date + dt.timedelta(days=1))
    after = [str(e["UID"]) for e in events(calendar(ics.dumps(replace(plan, days=(other_day,)))))]
    assert not set(before) & set(after)
    other_tour = replace(plan, id="", request={**plan.request, "at": "14:00"})
    assert not set(before) & {str(e["UID"]) for e in events(calendar(ics.dumps(other_tour)))}
    assert [str(e["UID"]) for e in events(calendar(ics.dumps(_in_french(plan))))] == before


def _in_french(plan: Plan) -> Plan:
    """Return a plan as it is saved, read by somebody who speaks French."""
    document = to_document(plan)
    language.use("fr")
    try:
        return from_document(document)
    finally:
        language.use("en")


def test_a_saved_id_outlives_its_request(plan: Plan) -> None:
    """Whatever becomes of the request in a later version, events follow the id that was saved."""
    kept = replace(plan, id="0123")
    changed = replace(kept, request={**plan.request, "brand_new": True, "at": "11:00"})
    before, after = (
        [str(event["UID"]) for event in events(calendar(ics.dumps(p)))] for p in (kept, changed)
    )
    assert before == after


def test_a_place_called_like_the_way_home_is_another_event(plan: Plan) -> None:
    """A visit, a break and the way home have UIDs of their own, whatever a place is called."""
    day = plan.days[0]
    visit, *rest = day.stops
    named = replace(plan, days=(replace(day, stops=(replace(visit, place="end"), *rest)),))
    home = str(events(calendar(ics.dumps(plan)))[-1]["UID"])
    uids = [str(event["UID"]) for event in events(calendar(ics.dumps(named)))]
    assert uids[-1] == home
    assert len(set(uids)) == len(uids)


def test_a_newer_plan_is_a_newer_revision(plan: Plan) -> None:
    """The revision follows the plan's age, so that calendars take the newer one."""
    newer = replace(plan, created=plan.created + dt.timedelta(seconds=1))
    (old, *_), (new, *_) = (events(calendar(ics.dumps(p))) for p in (plan, newer))
    assert new["SEQUENCE"] == old["SEQUENCE"] + 1
    assert new["DTSTAMP"].dt == newer.created


#: Hypothesis draws naive moments between naive bounds.
_FIRST, _LAST = (dt.datetime.fromisoformat(day) for day in ("2015-01-01", "2034-12-31"))


@settings(deadline=None, max_examples=examples(20))
@given(
    name=st.sampled_from(
        ["Europe/Paris", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
         "America/Sao_Paulo", "Africa/Casablanca", "Asia/Gaza", "Pacific/Chatham", "UTC"]
    ),
    moment=st.datetimes(_FIRST, _LAST),
)  # fmt: skip
def test_the_zone_is_right_for_its_years(name: str, moment: dt.datetime) -> None:
    """Another reader gets, from the written zone, the offsets of the zone database."""
    zone = ZoneInfo(name)
    read_back = tzical(io.StringIO(zone_text(name, moment.year, moment.year))).get(name)
    local = moment.replace(tzinfo=dt.UTC).astimezone(zone)
    around = [local.replace(tzinfo=None) + dt.timedelta(hours=h) for h in (-1, 1)]
    offsets = {zone.utcoffset(time.replace(tzinfo=zone)) for time in (local, *around)}
    if len(offsets) == 1:  # away from a change, where readers differ on the doubled hour
        assert read_back.utcoffset(local.replace(tzinfo=None)) == local.utcoffset()


def test_paris_has_its_rule() -> None:
    """Paris changes on the last Sundays of March and October, as a rule, not as dates."""
    written = zone_text("Europe/Paris", 2026, 2026)
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in written
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in written
    assert "RDATE" not in written


def test_summer_in_ireland_is_summer() -> None:
    """The zone database has Irish winters an hour behind standard; calendars need it as it feels.

    In ``../shared/cases/export/dublin_negative_dst.ics`` it was the other way round.
    """
    (zone,) = Calendar.from_ical(zone_text("Europe/Dublin", 2026, 2026)).walk("VTIMEZONE")
    kinds = {str(part["TZNAME"]): (part.name, part["TZOFFSETTO"].td) for part in zone.subcomponents}
    assert kinds == {
        "IST": ("DAYLIGHT", dt.timedelta(hours=1)),
        "GMT": ("STANDARD", dt.timedelta()),
    }


@pytest.mark.parametrize("name", sorted(available_timezones())[::12])
def test_any_zone_can_be_written(name: str) -> None:
    """No zone of the database breaks the writer."""
    assert "BEGIN:STANDARD" in zone_text(name, 2026, 2027)


def test_trains_have_events_of_their_own() -> None:
    """A ride is an event from its departure to its arrival, at the platform it leaves from."""
    found = events(calendar(ics.dumps(with_train(saved()))))
    ride = next(e for e in found if "·" in str(e["SUMMARY"]))
    leg = next(leg for leg in with_train(saved()).days[0].legs if leg.rides)
    part = next(part for part in legs_of(leg) if part.rides)
    assert (ride["DTSTART"].dt, ride["DTEND"].dt) == (shown(part.depart), shown(part.arrive))
    assert str(ride["LOCATION"]) == part.origin
    assert ride["TRANSP"] == "OPAQUE"


def test_a_visit_that_was_dropped_is_cancelled(plan: Plan) -> None:
    """Under the UID it had, with a higher revision, so that calendars take it out."""
    day = plan.days[0]
    gone, *rest = day.stops
    less = replace(day, stops=tuple(rest), legs=day.legs[1:])
    later = plan.created + dt.timedelta(hours=1)
    again = replace(plan, id=tour_id(plan), days=(less,), cancelled=(gone,), created=later)
    before = events(calendar(ics.dumps(plan)))[0]
    (after,) = (e for e in events(calendar(ics.dumps(again))) if e["STATUS"] == "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == before["DTSTART"].dt


def test_a_ride_that_was_dropped_is_cancelled() -> None:
    """Under the UID it had, too: nobody waits for a train that is no longer taken."""
    plan = with_train(saved())
    rides = tuple(leg for leg in plan.days[0].legs if leg.rides)
    again = replace(saved(), id=tour_id(plan), cancelled_rides=rides)
    (before,) = (e for e in events(calendar(ics.dumps(plan))) if "·" in str(e["SUMMARY"]))
    (after,) = (e for e in events(calendar(ics.dumps(again))) if e["STATUS"] == "CANCELLED")
    assert after["UID"] == before["UID"]


def test_a_break_is_known_by_its_name(plan: Plan) -> None:
    """Whichever break is left out, and in whichever language, the other keeps its UID."""
    day = plan.days[0]
    first, second, *rest = day.stops
    tea = replace(first, kind="break", place=None, name=said_in({"en": "Tea", "fr": "Thé"}))
    lunch = replace(second, kind="break", place=None, name=said_in({"en": "Lunch", "fr": "Repas"}))

    def uids(*stops: Stop) -> list[str]:
        changed = replace(day, stops=(*stops, *rest), legs=day.legs[-len(stops) - len(rest) - 1 :])
        found = events(calendar(ics.dumps(replace(plan, days=(changed,)))))
        return [str(event["UID"]) for event in found]

    assert uids(tea, lunch)[1] == uids(lunch)[0]


def test_an_address_is_told_where_one_is_known(plan: Plan) -> None:
    """A telephone finds the way by the address behind the name."""
    place = Place(
        id=plan.days[0].stops[0].place or "", name="", lon=0, lat=0, address="1 rue Basse"
    )
    first = events(calendar(ics.dumps(plan, {place.id: place})))[0]
    assert str(first["LOCATION"]) == f"{plan.days[0].stops[0].name}, 1 rue Basse"


def test_openstreetmap_is_credited(plan: Plan) -> None:
    """A plan that says nothing of its sources still credits the map its walks come from."""
    for event in events(calendar(ics.dumps(replace(plan, provenance=())))):
        assert OSM_CREDIT in str(event["DESCRIPTION"])
