"""A browser for the tests of the page, and pages to look at with it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.visitor import Visitor
from tests.output.maps import saved, streets, town, two_days, with_train

from lens_routes.batch.index import index_page
from lens_routes.batch.records import Made, Record
from lens_routes.batch.summary import summary
from lens_routes.batch.work import Outcome
from lens_routes.catalogue.hours import context_of, day_opening
from lens_routes.catalogue.load import load
from lens_routes.catalogue.picture import Picture
from lens_routes.output.html import places
from lens_routes.output.html.page import dumps
from lens_routes.output.html.tiles import tiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lens_routes.plan.plan import Plan

#: As root, without a screen, and without the errands a browser runs of its own accord.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-default-apps", "--disable-extensions", "--mute-audio",
    "--hide-scrollbars", "--lang=en",
)  # fmt: skip


def _installed(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start Chromium; skip where there is none, unless LENS_ROUTES_BROWSER=required."""
    browser = _installed("chromium", "chromium-browser", "google-chrome")
    chromedriver = _installed("chromedriver")
    if browser is None or chromedriver is None:
        reason = "Chromium and its driver are not installed (Debian: chromium, chromium-driver)"
        if os.environ.get("LENS_ROUTES_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # With its path given, selenium looks for no driver on the internet.
    started = webdriver.Chrome(options=options, service=Service(chromedriver))
    yield started
    started.quit()


def with_long_words(plan: Plan) -> Plan:
    """Return a plan with words of 97 letters wherever a person's words stand."""
    word = "Grubenfeldbahn" * 6 + "lokomotivführer"[:13]
    day = plan.days[0]
    first, *rest = day.stops
    wordy = replace(first, name=word, hours=word, description=word, notes=(word,))
    days = (replace(day, stops=(wordy, *rest)),)
    return replace(plan, days=days, warnings=(word,))


def tours() -> bytes:
    """Return the page of a batch: a short walk in two languages, a day, two days by train."""
    day = saved()
    noon = replace(day.days[0], end_time=day.days[0].start_time + dt.timedelta(hours=2))
    short = replace(day, days=(noon,), theme_names=("memory",))
    outcomes = []
    for name, plan, spoken in (
        ("short", short, "en"),
        ("short-fr", short, "fr"),
        ("day", day, "en"),
        ("two-days", two_days(with_train(day)), "en"),
    ):
        files = {f"{name}.{ending}": Made("", 1000) for ending in ("html", "gpx", "csv")}
        outcomes.append(Outcome(name, "built", Record("", files, summary(plan, spoken))))
    return index_page("Tours", outcomes)


def sights() -> bytes:
    """Return the page of all places of a catalogue, one of them with a picture."""
    catalogue = load()
    first, week = dt.date(2026, 11, 25), range(28)
    context = context_of(catalogue)
    openings = {
        place.id: [day_opening(place, first + dt.timedelta(n), context) for n in week]
        for place in catalogue.places
    }
    shown = {catalogue.places[0].id: Picture(b"", 320, 200, "Photo: J. Dupont, CC BY 4.0")}
    base = streets(places.surroundings(catalogue))
    return places.dumps(catalogue, base, first, openings, "", shown)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages that are looked at: a day, two days, a day with a train, a bare one."""
    folder = tmp_path_factory.mktemp("pages with spaces & é")
    shown: dict[str, Plan] = {
        "day": saved(),
        "two-days": two_days(saved()),
        "train": with_train(saved()),
        "long": with_long_words(saved()),
    }
    for name, plan in shown.items():
        (folder / f"{name}.html").write_bytes(dumps(plan, town(plan)))
    (folder / "tours.html").write_bytes(tours())
    (folder / "places.html").write_bytes(sights())
    (folder / "bare.html").write_bytes(dumps(saved()))
    online = tiles("https://127.0.0.1:65321/{z}/{x}/{y}.png")  # where nothing answers
    (folder / "tiles.html").write_bytes(dumps(saved(), town(saved()), None, online))
    return folder


@pytest.fixture
def visitor(driver: Any, pages: Path) -> Iterator[Visitor]:
    """Give a visitor with a wide window in daylight; nothing may go wrong behind the scenes."""
    visitor = Visitor(driver, pages)
    visitor.window(1200, 800)
    visitor.media()
    visitor.errors()
    visitor.requests()
    yield visitor
    driver.get("about:blank")
    assert visitor.errors() == [], "the console is clean"
    schemes = {address.partition(":")[0] for address in visitor.requests()}
    assert schemes <= {"file", "data"}, "nothing but the file was asked for"
