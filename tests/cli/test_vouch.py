"""A tour that the checker refuses is never the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import run

from lens_routes.judge import judge as judging
from lens_routes.judge.shape import Fault
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock", "streets")


def _visits(document: dict[str, Any]) -> list[str]:
    return [s["place"] for day in document["days"] for s in day["stops"] if s["place"]]


@pytest.fixture
def objecting(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have the checker object to every tour that visits a place."""
    true = judging.judge

    def object_to(place: str) -> None:
        def judge(document: dict[str, Any], *others: Any) -> list[Fault]:
            for number, stop in enumerate(document["days"][0]["stops"]):
                if place in ("any", stop["place"]):
                    return [Fault(f"days[0].stops[{number}].slack_minutes", tr("no"))]
            return true(document, *others)

        monkeypatch.setattr(judging, "judge", judge)

    return object_to


def test_the_best_tour_that_is_accepted_is_offered(
    town: Town, objecting: Callable[[str], None]
) -> None:
    """Without the place at fault, which is said on stderr with where the report is."""
    words = ("plan", "--places", town.catalogue, "--json")
    before = _visits(run(*words).document)
    objecting(before[0])
    result = run(*words)
    assert before[0] not in _visits(result.document)
    assert _visits(result.document)
    assert "refused" in result.err
    assert "lens-routes-report-" in result.err


def test_a_tour_with_what_has_to_be_in_it_is_not_offered_without(
    town: Town, objecting: Callable[[str], None]
) -> None:
    """Other visits go first; where nothing is accepted, the program says that it is at fault."""
    words = ("plan", "--places", town.catalogue, "--json", "--must", "eglise")
    objecting("eglise")
    assert run(*words).error["kind"] == "Internal"


def test_without_an_objection_nobody_is_told(town: Town) -> None:
    """Nothing but the plan."""
    assert "refused" not in run("plan", "--places", town.catalogue, "--json").err
