"""The map and the timetable follow each other: by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys
from tests.output.maps import saved

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

STOPS = saved().days[0].stops


def test_a_stop_of_the_timetable_opens_on_the_map(visitor: Visitor) -> None:
    """A click on a stop moves the map there, tells all of it and marks its row."""
    visitor.opens("day")
    visitor.clicks("#day1-stop3 .pick")
    assert visitor.find("#day1-stop3 .more").get_attribute("open")
    assert visitor.current() == "day1-stop3"
    x, y = visitor.middle(".mark.chosen")
    assert visitor.find(".mark.chosen").text == "3"
    assert (x, y) == pytest.approx(visitor.middle("#map"), abs=3)


def test_a_marker_marks_its_row(visitor: Visitor) -> None:
    """A click on a marker marks its row, brings it into view, and takes the focus there."""
    visitor.window(1200, 600)
    visitor.opens("day")
    row = "#day1-stop5"
    shown = "(r => r.top >= 0 && r.bottom <= innerHeight)(arguments[0].getBoundingClientRect())"
    assert not visitor.runs(shown, visitor.find(row))
    visitor.clicks(".mark button[aria-label^='5,']")
    assert visitor.current() == "day1-stop5"
    assert visitor.focus().text == STOPS[4].name
    assert visitor.sees(lambda: visitor.runs(shown, visitor.find(row)))


def test_the_timetable_follows_the_map(visitor: Visitor) -> None:
    """Who moves the map sees the stop nearest to its middle marked."""
    visitor.opens("day")
    assert visitor.current() is None
    visitor.drags_map(150, -120)
    marked = visitor.sees(visitor.current)
    middle = visitor.middle("#map")
    distances = {
        mark.text: sum((a - b) ** 2 for a, b in zip(place, middle, strict=True))
        for mark in visitor.all(".mark.stop button")
        if (place := (mark.rect["x"] + mark.rect["width"] / 2, mark.rect["y"] + 15))
    }
    nearest = min(distances, key=distances.__getitem__)
    assert marked in {f"day1-stop{nearest}", "day1-start"}


def test_a_way_shows_its_directions(visitor: Visitor) -> None:
    """A click on a way in the timetable opens its directions and draws it bolder on the map."""
    visitor.opens("day")
    visitor.clicks("#day1-leg2 .pick")
    assert visitor.find("#day1-leg2 details").get_attribute("open")
    assert len(visitor.all("#day1-leg2 details li")) == len(saved().days[0].legs[1].steps)
    assert len(visitor.all("path.way.chosen")) == 1
    assert visitor.current() == "day1-leg2"


def test_a_line_of_the_map_is_its_way(visitor: Visitor) -> None:
    """A click on a line of the map marks its way in the timetable; the line starts at its stop."""
    visitor.opens("day")
    line = """(path => {
        const at = (share) => {
            const there = path.getPointAtLength(share * path.getTotalLength());
            const { x, y } = there.matrixTransform(path.getScreenCTM());
            return [Math.round(x), Math.round(y)];
        };
        const shares = Array.from({ length: 99 }, (_, n) => (n + 1) / 100);
        const free = shares.find((share) => document.elementFromPoint(...at(share)) === path);
        return [at(0), at(free)];
    })(document.querySelectorAll("path.way.reach")[2])"""
    begin, free = visitor.runs(line)
    assert begin == pytest.approx(visitor.middle(".mark button[aria-label^='2,']"), abs=4)
    visitor.clicks_at(*free)
    assert visitor.current() == "day1-leg3"


def test_days_take_turns(visitor: Visitor) -> None:
    """A tab, by mouse or arrow keys, shows its day alone, in the timetable and on the map."""
    visitor.opens("two-days")
    assert visitor.find("#day1").is_displayed()
    assert not visitor.find("#day2").is_displayed()
    visitor.clicks("#tab2")
    assert visitor.find("#day2").is_displayed()
    assert not visitor.find("#day1").is_displayed()
    assert len(visitor.all(".mark.stop")) == len(STOPS)
    visitor.clicks(".mark button[aria-label^='2,']")
    assert visitor.current() == "day2-stop2"
    visitor.clicks("#tab2")
    visitor.presses(Keys.ARROW_RIGHT)
    assert visitor.focus().get_attribute("id") == "tab1"
    assert visitor.find("#tab1").get_attribute("aria-selected") == "true"
    assert visitor.find("#day1").is_displayed()


def test_without_streets_the_tour_stands_alone(visitor: Visitor) -> None:
    """A page without a base map works the same."""
    visitor.opens("bare")
    assert visitor.all("path.ground") == []
    visitor.clicks("#day1-stop2 .pick")
    assert visitor.current() == "day1-stop2"
