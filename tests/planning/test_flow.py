"""From a request to a plan: whatever is asked, the plan holds or the refusal helps."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests import strategies
from tests.support import schemas
from tests.support.effort import examples
from tests.support.program import Result, run

from lens_routes.catalogue.load import load
from lens_routes.judge.judge import judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")
few = settings(
    max_examples=examples(8),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def holds(result: Result, catalogue: Path, asked: list[str]) -> None:
    """Assert that a plan keeps every rule, or that the refusal says what to do."""
    if result.code == 0:
        schemas.assert_valid(result.document)
        plans = [result.document, *(item["plan"] for item in result.document["alternatives"])]
        for plan in plans:
            assert judge(plan, load(catalogue)) == []
    else:
        assert result.error["code"] in (2, 4, 5), (asked, result.error)
        assert result.error["hint"], (asked, result.error)


@given(strategies.requests())
@few
def test_any_request_gets_a_plan_that_holds_or_a_hint(
    town: Town, streets: Path, asked: list[str]
) -> None:
    """With the streets installed, every plan passes the independent checker, its legs traced."""
    holds(run("plan", "--places", town.catalogue, "--json", *asked), town.catalogue, asked)
    assert streets.exists()


@given(strategies.catalogues(), strategies.requests())
@few
def test_any_catalogue_gets_a_plan_that_holds_or_a_hint(
    tmp_path: Path, document: dict[str, Any], asked: list[str]
) -> None:
    """Over any hours, visits and worth, without streets, the same is true."""
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    holds(run("plan", "--places", own, "--json", *asked), own, asked)


@pytest.mark.parametrize("at", ["0:30", "1:30", "2:00", "2:30", "3:00"])
@pytest.mark.parametrize("date", ["2027-03-28", "2027-10-31"])
def test_the_nights_on_which_clocks_change(town: Town, streets: Path, date: str, at: str) -> None:
    """A tour through the missing or the double hour has its true length."""
    asked = ["--date", date, "--at", at, "--for", "12h", "--must", "terril"]
    result = run("plan", "--places", town.catalogue, "--json", *asked)
    assert result.code == 0, result.err
    holds(result, town.catalogue, asked)
    assert streets.exists()


@pytest.mark.shared
def test_the_shipped_catalogue_on_the_true_streets(lens_streets: Path, home: Path) -> None:
    """Over the true map and the shipped places, near and far, every plan holds."""
    shutil.copytree(lens_streets, home / "streets")
    from lens_routes.files.shipped import shipped

    places = shipped("places.geojson")
    for asked in (
        ["--theme", "culture"],
        ["--theme", "memory", "--start", "50.4286,2.8156", "--one-way", "--max-walk", "7km"],
        ["--theme", "mining-heritage", "--at", "9:30", "--for", "7h", "--seed", "3"],
    ):
        result = run("plan", "--json", *asked)
        assert result.code == 0, result.err
        holds(result, places, asked)
