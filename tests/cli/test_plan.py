"""``plan`` and ``check``: what each option does, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import schemas
from tests.support.program import Result, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


@cache
def _planned(catalogue: Path, _clock: str, *options: str) -> str:
    """Plan once what is asked of one clock, which the program reads from the environment."""
    result = run("plan", "--places", catalogue, "--json", *options)
    schemas.assert_valid(result.document)
    return result.out


@pytest.fixture
def plan(streets: Path, town: Town) -> Callable[..., dict[str, Any]]:  # noqa: ARG001
    """Plan over the made-up town and return the document, which the checker has passed."""

    def planned(*options: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(
            _planned(town.catalogue, os.environ["LENS_ROUTES_NOW"], *options)
        )
        return document

    return planned


@pytest.fixture
def refused(streets: Path, town: Town) -> Callable[..., dict[str, Any]]:  # noqa: ARG001
    """Plan over the made-up town and return the error the program answers with."""

    def planned(*options: object) -> dict[str, Any]:
        error = run("plan", "--places", town.catalogue, "--json", *options).error
        schemas.assert_valid({"error": error})
        return error

    return planned


def visited(document: dict[str, Any]) -> list[str]:
    return [stop["place"] for stop in document["days"][0]["stops"]]


def test_a_visitor_who_says_nothing_gets_a_day(plan: Callable[..., dict[str, Any]]) -> None:
    """Today at ten for six hours, from the catalogue's start and back, with lunch, by streets."""
    document = plan()
    request, day = document["request"], document["days"][0]
    assert (request["date"], request["at"], request["minutes"]) == ("2026-11-25", "10:00", 360)
    assert (request["pace_kmh"], request["themes"]) == (4.5, [])
    assert day["start"]["id"] == day["end"]["id"] == "gare"
    assert day["start"]["time"] == "2026-11-25T10:00:00+01:00"
    assert document["created"] == "2026-11-25T09:00:00+01:00"
    assert [stop["name"] for stop in day["stops"] if stop["kind"] == "break"] == ["Lunch"]
    assert {leg["source"] for leg in day["legs"] if leg["distance_m"]} == {"streets"}


@pytest.mark.parametrize(
    ("now", "options", "begins"),
    [
        ("2026-11-25T09:00", "", "2026-11-25T10:00:00+01:00"),
        ("2026-11-25T10:00", "", "2026-11-25T10:00:00+01:00"),
        ("2026-11-25T10:01", "", "2026-11-25T10:15:00+01:00"),
        ("2026-11-25T13:59", "", "2026-11-25T14:00:00+01:00"),
        ("2026-11-25T14:00", "", "2026-11-26T10:00:00+01:00"),
        ("2026-11-25T23:59", "", "2026-11-26T10:00:00+01:00"),
        ("2026-11-25T14:30", "--date today", "2026-11-25T14:30:00+01:00"),
        ("2026-11-25T15:00", "--at 16:00", "2026-11-26T16:00:00+01:00"),
        ("2026-11-25T10:20", "--at 9:30", "2026-11-25T09:30:00+01:00"),
        ("2026-11-25T09:00", "--date tomorrow", "2026-11-26T10:00:00+01:00"),
        ("2026-11-25T09:00", "--date saturday", "2026-11-28T10:00:00+01:00"),
        # On Saturday evening Saturday is the next one, unless the hours asked for are yet to come.
        ("2026-11-28T21:30", "--date saturday", "2026-12-05T10:00:00+01:00"),
        ("2026-11-28T12:00", "--date saturday --at 11:00", "2026-12-05T11:00:00+01:00"),
        ("2026-11-28T12:00", "--date saturday --at 13:00", "2026-11-28T13:00:00+01:00"),
        # A weekend is then what is left of it.
        ("2026-11-28T21:30", "--date weekend", "2026-11-29T10:00:00+01:00"),
        ("2026-11-25T09:00", "--date 24/12/2026", "2026-12-24T10:00:00+01:00"),
        ("2026-07-01T07:00", "", "2026-07-01T10:00:00+02:00"),
        # In Lens it is already tomorrow.
        ("2026-11-25T23:30+00:00", "", "2026-11-26T10:00:00+01:00"),
    ],
)
def test_when_a_tour_begins(
    plan: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    options: str,
    begins: str,
) -> None:
    """Today at ten or the next quarter of an hour; after two in the afternoon, tomorrow at ten."""
    monkeypatch.setenv("LENS_ROUTES_NOW", now)
    short = ("--theme", "memory", "--only")  # quickly planned
    assert plan(*options.split(), *short)["days"][0]["start"]["time"] == begins


@pytest.mark.parametrize(
    ("now", "options", "first"),
    [("10:00", (), "25"), ("12:20", (), "26"), ("12:20", ("--at", "13:00"), "25")],
)
def test_several_days_begin_tomorrow_once_it_is_past_ten(
    plan: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    options: tuple[str, ...],
    first: str,
) -> None:
    """All have one hour to set out: the others are not to begin at noon because the first does."""
    monkeypatch.setenv("LENS_ROUTES_NOW", f"2026-11-25T{now}")
    request = plan("--days", "2", *options)["request"]
    assert request["date"] == f"2026-11-{first}"
    assert request["at"] == (options[1] if options else "10:00")


def test_a_tour_that_begins_in_the_past_says_so(plan: Callable[..., dict[str, Any]]) -> None:
    """Planning yesterday is allowed, for those who look back, but never in silence."""
    assert "This tour begins in the past." in plan("--date", "2026-11-21")["warnings"]
    assert "This tour begins in the past." not in plan()["warnings"]


def test_one_way_ends_at_the_last_visit(plan: Callable[..., dict[str, Any]]) -> None:
    """``--one-way`` ends where the last visit is: no way back, no walk to the street and back."""
    document = plan("--one-way")
    day = document["days"][0]
    assert document["request"]["end"] is None
    assert day["end"]["id"] == visited(document)[-1]
    assert day["end"]["time"] == day["stops"][-1]["leave"]
    assert (day["legs"][-1]["distance_m"], day["legs"][-1]["duration_s"]) == (0, 0)


def test_end_and_start_elsewhere(plan: Callable[..., dict[str, Any]]) -> None:
    """``--start`` and ``--end`` take places and coordinates; a tour does not visit its ends."""
    document = plan("--start", "50.4201,2.7801", "--end", "Parc de la Digue")
    day = document["days"][0]
    assert (day["start"]["id"], day["end"]["id"]) == (None, "parc")
    assert "parc" not in visited(document)


def test_until_is_the_same_as_for(plan: Callable[..., dict[str, Any]]) -> None:
    """``--until`` names the end of the day that ``--for`` gives the length of."""
    assert plan("--until", "14h") == plan("--for", "4h")


def test_must_sees_are_seen_and_avoided_places_avoided(
    plan: Callable[..., dict[str, Any]],
) -> None:
    """``--must`` overrules themes; ``--avoid`` keeps out of the tour and out of what is left."""
    document = plan("--theme", "nature", "--must", "monument", "--avoid", "parc")
    assert "monument" in visited(document)
    assert "parc" not in visited(document)
    assert "parc" not in [item["place"] for item in document["left_out"]]


def test_limits_are_kept(plan: Callable[..., dict[str, Any]]) -> None:
    """No tour walks more, or stops more often, than allowed."""
    assert plan("--max-walk", "4km")["days"][0]["totals"]["walk_m"] <= 4000
    assert len(visited(plan("--max-visits", "1"))) == 1


def test_visits_last_as_asked(plan: Callable[..., dict[str, Any]]) -> None:
    """``--visit`` sets the length of a visit."""
    document = plan("--must", "musee", "--visit", "musee=2h")
    stop = next(s for s in document["days"][0]["stops"] if s["place"] == "musee")
    stays = dt.datetime.fromisoformat(stop["leave"]) - dt.datetime.fromisoformat(stop["begin"])
    assert stays == dt.timedelta(hours=2)


def test_unknown_hours_are_never_shown_as_open(plan: Callable[..., dict[str, Any]]) -> None:
    """A place of unknown hours says so where it stands; ``--strict-hours`` leaves it out."""
    options = ("--theme", "architecture")
    document = plan(*options)
    stop = next(s for s in document["days"][0]["stops"] if s["place"] == "eglise")
    assert stop["opening"] == "unknown"
    assert "check before you go" in stop["hours"]
    strict = plan(*options, "--strict-hours")
    assert "eglise" not in visited(strict)
    missed = {item["place"]: item for item in strict["left_out"]}
    assert missed["eglise"]["obstacle"] == "closed"
    assert "only places of certain hours were asked for" in missed["eglise"]["reason"]


def test_a_visit_that_runs_into_unknown_hours_is_unknown(town: Town, tmp_path: Path) -> None:
    """What is open at the beginning of a visit and unknown at its end is not shown as open."""
    document = json.loads(town.catalogue.read_text(encoding="utf-8"))
    musee = next(f for f in document["features"] if f["id"] == "musee")
    musee["properties"]["opening_hours"] = 'We 10:00-11:00; We 11:00-18:00 unknown "if staffed"'
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    planned = run("plan", "--places", own, "--must", "musee", "--for", "3h", "--json").document
    stop = next(s for s in planned["days"][0]["stops"] if s["place"] == "musee")
    assert stop["opening"] == "unknown"
    assert "if staffed" in stop["hours"]


@pytest.mark.parametrize(
    ("pace", "kmh"), [("slow", 3.5), ("fast", 5.5), ("4,2", 4.2), ("6 km/h", 6)]
)
def test_pace(plan: Callable[..., dict[str, Any]], pace: str, kmh: float) -> None:
    """A walk on the level takes its length at the pace asked for."""
    document = plan("--pace", pace, "--theme", "memory")
    assert document["request"]["pace_kmh"] == kmh
    leg = document["days"][0]["legs"][0]
    assert leg["duration_s"] == pytest.approx(leg["distance_m"] / kmh * 3.6, abs=1)


def test_same_request_same_bytes(streets: Path, town: Town) -> None:  # noqa: ARG001
    """The same request, seed and clock give the same answer, in JSON and in text."""
    for form in (("--json",), ("--steps",), ("--gpx", "-")):
        one, two = (run("plan", "--places", town.catalogue, "--seed", 7, *form) for _ in range(2))
        assert one.code == 0
        assert one.stdout == two.stdout


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ("--theme natrue", 4, "Did you mean nature?"),
        ("--start Lampes", 4, "musee"),
        ("--must lampee", 4, "musee"),
        ("--avoid zzzzzz", 4, "places list"),
        ("--visit zzzzzz=30", 4, "places list"),
        ("--must musee --date 2026-11-24", 5, "Choose --date 2026-11-25"),
        ("--must halle", 5, "opens on Saturday 28 November 2026 at 08:00"),
        ("--must hopital", 5, "not open to visitors (planned)"),
        ("--must musee --visit musee=9h --for 12h", 5, "--visit musee=480"),
        ("--must eglise --strict-hours", 5, "without --strict-hours"),
        ("--theme innovation --only", 5, "Ask for other themes."),
        ("--max-walk 10m", 5, "over the day's limit"),
        ("--must terril --for 30min", 5, "end "),
        ("--date 2026-02-30", 2, "--date"),
        ("--date 2026-13-01", 2, "--date"),
        ("--date yesterday", 2, "--date"),
        ("--date 9999-12-31", 2, "ten years"),
        ("--date 0001-01-01", 2, "ten years"),
        ("--at 24:00", 2, "--at"),
        ("--at soon", 2, "--at"),
        ("--for -3h", 2, "--for"),
        ("--for 0h", 2, "--for"),
        ("--for 100h", 2, "18 hours"),
        ("--for " + "9" * 500 + "h", 2, "--for"),
        ("--until 9:00", 2, "--until 09:00 is not after the start at 10:00"),
        ("--until 18:00 --for 3h", 2, "--for and --until"),
        ("--end musee --one-way", 2, "--end and --one-way"),
        ("--must musee --avoid musee", 2, "musee"),
        ("--max-walk 0km", 2, "--max-walk"),
        ("--max-walk -5km", 2, "--max-walk"),
        ("--max-walk " + "9" * 500 + "km", 2, "--max-walk"),
        ("--max-visits 0", 2, "--max-visits"),
        ("--max-visits 1 --must musee --must tour", 2, "2 must-see"),
        ("--visit musee", 2, "louvre-lens=90"),
        ("--visit musee=0", 2, "--visit musee"),
        ("--visit musee=7h", 2, "longer than the whole day"),
        ("--pace 50", 2, "--pace"),
        ("--pace nan", 2, "--pace"),
        ("--seed x", 2, "--seed"),
        ("--nonsense", 2, "--nonsense"),
        ("--start 48.8566,2.3522", 2, "177 km"),
        ("--start 2.80,50.43", 2, "50.43,2.8"),
        ("--start 91,2", 2, "latitude"),
        ("--gpx -", 2, "stdout"),
    ],
)
def test_refusals(
    refused: Callable[..., dict[str, Any]], options: str, code: int, says: str
) -> None:
    """Each request that makes no sense has its exit code and says what to do about it."""
    error = refused(*options.split())
    assert error["code"] == code
    assert says in f"{error['message']} {error['hint']}"
    assert error["hint"]


@pytest.mark.parametrize(
    "option", ["--start", "--end", "--date", "--at", "--for", "--until", "--max-walk"]
)
def test_empty_words_are_not_defaults(refused: Callable[..., dict[str, Any]], option: str) -> None:
    """An empty value, as of an unset shell variable, is refused and not taken for no option."""
    assert refused(option, "")["code"] in (2, 4)


@pytest.mark.parametrize("option", [("--steps",), ("--gpx", "day.gpx")])
def test_directions_and_tracks_need_the_streets(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    """Without streets they are refused with the one command that installs them; no file is left."""
    monkeypatch.chdir(tmp_path)
    error = run("plan", "--places", town.catalogue, "--json", *option).error
    assert error["code"] == 6
    assert error["hint"] == "Run: lens-routes streets download --places"
    assert list(tmp_path.iterdir()) == []


def test_without_streets_a_day_is_planned_and_graded(town: Town) -> None:
    """A machine without streets plans all the same, and says what its walks are worth."""
    result = run("plan", "--places", town.catalogue, "--json")
    assert result.grades == {"estimate"}
    assert {leg["geometry"] for leg in result.document["days"][0]["legs"]} == {None}
    assert any("estimate" in warning for warning in result.document["warnings"])


def test_a_start_off_the_map_is_estimated_and_told(
    plan: Callable[..., dict[str, Any]], refused: Callable[..., dict[str, Any]]
) -> None:
    """A start beyond the installed streets gives estimates, a warning, and no false track."""
    far = ("--start", "50.40,2.79", "--one-way")
    document = plan(*far)
    assert document["days"][0]["legs"][0]["source"] == "estimate"
    assert any("estimate" in warning for warning in document["warnings"])
    assert refused(*far, "--gpx", "never.gpx")["code"] == 6


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda d: d["days"][0]["stops"][0].update(opening="unknown"), "days[0].stops[0].opening"),
        (lambda d: d["days"][0]["legs"][0].update(distance_m=1.0), "days[0].legs[0].distance_m"),
        (lambda d: d["days"][0]["totals"].update(walk_m=1.0), "days[0].totals.walk_m"),
        (lambda d: d["days"][0]["stops"][0].pop("leave"), "days[0].stops[0].leave"),
        (lambda d: d["request"].update(must=["halle"]), "request.must"),
        (lambda d: d.update(score=99), "score"),
        (lambda d: d.pop("days"), "days"),
        (lambda d: d["days"][0]["stops"][0].update(place="nowhere"), "days[0].stops[0].place"),
    ],
)
def test_a_tampered_plan_is_refused_with_the_field(
    plan: Callable[..., dict[str, Any]],
    town: Town,
    tmp_path: Path,
    change: Callable[[dict[str, Any]], object],
    field: str,
) -> None:
    """``check`` names each field that no longer holds, in words and as records."""
    document = plan("--must", "musee")
    change(document)
    saved = tmp_path / "day.json"
    saved.write_text(json.dumps(document), encoding="utf-8")
    error = run("check", saved, "--places", town.catalogue, "--json").error
    schemas.assert_valid({"error": error})
    assert error["code"] == 3
    assert field in error["message"]
    assert field in [item["where"] for item in error["details"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is not there"),
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[]", "not a saved plan"),
        (b'{"schema": "lens-routes/nearby/1"}', "not a saved plan"),
        (b'{"schema": "lens-routes/plan/99"}', "plan/99"),
        (b'{"schema": "lens-routes/plan/1"}', "days"),
    ],
)
def test_files_that_are_no_plans(
    town: Town, tmp_path: Path, content: bytes | None, says: str
) -> None:
    """``check`` says of any other file what is wrong with it."""
    file = tmp_path / "day.json"
    if content is not None:
        file.write_bytes(content)
    error = run("check", file, "--places", town.catalogue, "--json").error
    assert error["code"] == 3
    assert str(file) in error["message"]
    assert says in error["message"]


def test_nothing_is_written_where_it_cannot_be(
    streets: Path,  # noqa: ARG001
    town: Town,
    tmp_path: Path,
) -> None:
    """A folder in the place of a file is named; what it holds stays."""
    kept = tmp_path / "folder" / "kept"
    kept.parent.mkdir()
    kept.touch()
    for option in ("--save", "--gpx"):
        result: Result = run("plan", "--places", town.catalogue, "--json", option, kept.parent)
        assert result.error["code"] == 3
        assert str(kept.parent) in result.error["message"]
    assert kept.exists()
