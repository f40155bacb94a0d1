"""``transit journey --engine motis:…``: recorded answers over loopback."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from tests.engines.recorded import recorded, serving
from tests.support import schemas
from tests.support.program import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def asked(town: Town, url: str, *more: object) -> Any:
    command = ("transit", "journey", "gare", "musee", "--places", town.catalogue)
    return run(*command, "--engine", f"motis:{url}", *more)


def test_an_answer_is_told_as_our_document(town: Town) -> None:
    """A walk all the way, and a bus between two walks; no timetable need be installed."""
    with serving(recorded("motis")) as (url, questions):
        wishes = ("--max-transfers", "1", "--min-transfer", "5min", "--max-walk", "1km")
        document = asked(town, url, *wishes, "--window", "2h", "--json").document
    schemas.assert_valid(document)
    ((path, question),) = questions
    assert path == "/api/v4/plan"
    assert question["fromPlace"] == "50.42018,2.791578"
    assert question["time"] == "2026-11-25T08:00:00Z"
    assert (question["maxTransfers"], question["minTransferTime"]) == ("1", "5")
    assert (question["searchWindow"], question["maxPreTransitTime"]) == ("7200", "800")
    direct, bus = document["journeys"]
    assert (direct["rides"], bus["rides"]) == (0, 1)
    assert [leg["mode"] for leg in bus["legs"]] == ["walk", "transit", "walk"]
    assert bus["depart"] == "2026-11-25T09:03:00+01:00"
    (ride,) = bus["legs"][1]["rides"]
    assert (ride["line"], ride["route_type"], ride["stops_between"]) == ("7", 3, 1)
    assert ride["from_platform"] == "B"


def test_journeys_are_shown(town: Town) -> None:
    """A person reads them as those of installed timetables."""
    with serving(recorded("motis")) as (url, _):
        shown = asked(town, url, "--prefer", "less-walking").out
    assert "bus 7 towards Fosse-Haute, Mairie" in shown
    assert shown.index("09:03-09:11") < shown.index("09:00-09:10")


def _too_early(journey: Any) -> None:
    journey["legs"][1]["startTime"] = "2026-11-25T08:03:30Z"


def _backwards(journey: Any) -> None:
    journey["legs"][1]["endTime"] = "2026-11-25T08:04:30Z"


def _no_time(journey: Any) -> None:
    journey["legs"][1]["endTime"] = "soon"


def _no_legs(journey: Any) -> None:
    journey["legs"] = []


@pytest.mark.parametrize("spoil", [_too_early, _backwards, _no_time, _no_legs])
def test_an_answer_that_cannot_be_is_refused(town: Town, spoil: Callable[[Any], None]) -> None:
    """Nobody boards before being there, nor arrives before leaving."""
    answer = copy.deepcopy(recorded("motis"))
    spoil(answer["itineraries"][0])
    with serving(answer) as (url, _):
        assert asked(town, url, "--json").error["code"] == 7


def test_no_connection_is_infeasible(town: Town) -> None:
    """Where MOTIS knows none, the exit code is that of our own search."""
    with serving({**recorded("motis"), "direct": [], "itineraries": []}) as (url, _):
        assert asked(town, url, "--json").error["code"] == 5


@pytest.mark.parametrize("words", [("--feed", "ter"), ("--avoid-mode", "bus")])
def test_what_chooses_among_timetables_is_refused(town: Town, words: tuple[str, ...]) -> None:
    """The server has its own."""
    assert asked(town, "http://127.0.0.1:1", *words).code == 2
