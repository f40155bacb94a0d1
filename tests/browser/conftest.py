"""A browser for the tests of the page, and pages to look at with it."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.visitor import Visitor
from tests.output.maps import saved, town, two_days, with_train

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
