"""The days of docs/days.md: each is one a person would take, and shown as it is planned today."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import pytest
from tests.support import schemas
from tests.support.program import run

from docs import days
from lens_routes.catalogue.load import load
from lens_routes.travel.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from docs.days import Ask

ASKS = days.asks()
#: What every day reads, kept.
READ_ONCE = {
    "lens_routes.catalogue.load.load": functools.cache(load),
    "lens_routes.travel.tables.table.load": functools.cache(table.load),
}
PAGE = days.PAGE.read_text("utf-8")
SHOWN = {part.splitlines()[0].removeprefix("## "): part for part in days.sections_of(PAGE)}


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the catalogue and the table of walks once for all days."""
    for name, read in READ_ONCE.items():
        monkeypatch.setattr(name, read)


@pytest.fixture(scope="session")
def trains(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with the shared timetable; skip the test where that is absent."""
    if not days.FEED.is_file():
        pytest.skip("the shared timetable is not here")
    folder = tmp_path_factory.mktemp("trains")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LENS_ROUTES_HOME", str(folder))
        added = run(*days.ADD_TRAINS)
    assert added.code == 0, added.err
    return folder


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.title)
def test_a_day_is_one_a_person_would_take(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Flagships in, no filler, lunch, light, little waiting: nothing that its row does not allow.

    What a person would object to is what the grade objects to. The page shows the day as it is.
    """
    if ask.train:
        monkeypatch.setenv("LENS_ROUTES_HOME", str(request.getfixturevalue("trains")))
    monkeypatch.setenv("LENS_ROUTES_NOW", ask.clock)
    answer = days.answer(ask, tmp_path)
    objections = {
        item["code"]: item["reason"]
        for day in answer.grade.get("days", ())
        for item in day["objections"]
        if item["code"] not in ask.allow
    }
    assert objections == {}
    visited = {stop["place"] for day in answer.plan.get("days", ()) for stop in day["stops"]}
    assert visited >= set(ask.visits)
    assert not visited & set(ask.never)
    assert bool(answer.plan) is not ask.nothing
    assert days.section(ask, answer) == SHOWN[ask.title]


def test_the_page_is_made_of_the_table() -> None:
    """Forty requests or more, each shown once; the list at the top says their grades."""
    assert len(ASKS) >= 40
    assert [ask.title for ask in ASKS] == list(SHOWN)
    assert days.page(list(SHOWN.values())) == PAGE


def test_every_exception_has_a_reason() -> None:
    """What is allowed in a row of the table is an objection there is, and says why."""
    codes = re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE)
    day = schemas.schema("check")["$defs"]["day"]["properties"]
    assert set(codes) == set(day["objections"]["items"]["properties"]["code"]["enum"])
    for ask in ASKS:
        assert set(ask.allow) <= set(codes)
        assert bool(ask.allow) is bool(ask.because)
