"""How the page looks: by day and night, on a phone, on paper."""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from tests.output.maps import saved

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

STOPS = saved().days[0].stops


def test_a_ride_is_drawn_apart_from_walks(visitor: Visitor) -> None:
    """A train has the colour of its line and dots; the walks to it and from it have none."""
    visitor.opens("train")
    (ride,) = visitor.all("path.way.ride")
    assert ride.get_attribute("stroke") == "#0749ff"
    assert ride.value_of_css_property("stroke-dasharray") != "none"
    walk = visitor.find("path.way.walk")
    assert walk.value_of_css_property("stroke-dasharray") == "none"
    badge = visitor.find(".line")
    assert badge.value_of_css_property("background-color") == "rgba(7, 73, 255, 1)"


def test_dark_where_the_reader_likes_it_dark(visitor: Visitor) -> None:
    """The page and the map follow the system's colour scheme, also while it is open."""
    visitor.opens("day")

    def brightness(selector: str, what: str) -> int:
        colour = visitor.find(selector).value_of_css_property(what)
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    seen = (("html", "background-color"), ("#map", "background-color"), ("path.street", "stroke"))
    light = [brightness(*item) for item in seen]
    visitor.media(scheme="dark")
    dark = [brightness(*item) for item in seen]
    assert min(light) > 600
    assert max(dark) < 250
    assert brightness("h1", "color") > 600


@pytest.mark.parametrize("width", [320, 375])
def test_a_phone_shows_all_without_sideways_scrolling(visitor: Visitor, width: int) -> None:
    """On a narrow window the timetable is below the map, also what is chosen; all fits."""
    visitor.window(width, 640)
    visitor.opens("two-days")
    assert visitor.runs("document.documentElement.scrollWidth") <= width
    region, timetable = (visitor.find(selector).rect for selector in ("#map-region", "main"))
    assert region["y"] + region["height"] <= timetable["y"] + 1
    visitor.clicks("#day1-stop1 .pick")
    row = visitor.runs("arguments[0].getBoundingClientRect().toJSON()", visitor.find("#day1-stop1"))
    assert visitor.middle(".mark.chosen")[1] < row["top"] < 640
    assert visitor.runs("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_is_wider_than_the_page(visitor: Visitor, width: int) -> None:
    """Words of 97 letters are broken, in the timetable and the notices."""
    visitor.window(width, 800)
    visitor.opens("long")
    visitor.clicks("#day1-stop1 .pick")
    assert visitor.runs("document.documentElement.scrollWidth") <= width
    wider = "arguments[0].scrollWidth - arguments[0].clientWidth"
    assert visitor.runs(wider, visitor.find("main")) <= 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("page", ["day", "train", "two-days"])
def test_what_is_touched_is_large_enough_and_apart(visitor: Visitor, page: str, width: int) -> None:
    """Links and buttons measure 24 px at least (WCAG 2.5.8), and no mark covers another."""
    visitor.window(width, 800)
    visitor.opens(page)

    def boxes(selector: str) -> list[dict[str, float]]:
        found = "arguments[0].getBoundingClientRect().toJSON()"
        return [visitor.runs(found, node) for node in visitor.all(selector)]

    for box in boxes("a:not(.skip), button, summary"):
        assert box["width"] == 0 or min(box["width"], box["height"]) >= 24
    for a, b in combinations(boxes(".mark button"), 2):
        centres = math.dist(
            *((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in (a, b))
        )
        assert centres >= (a["width"] + b["width"]) / 2 - 0.5


def test_no_heading_is_empty(visitor: Visitor) -> None:
    """Every heading says something."""
    visitor.opens("day")
    assert all(node.get_property("textContent").strip() for node in visitor.all("h1, h2, h3"))


def test_paper_shows_the_map_then_the_timetable(visitor: Visitor) -> None:
    """Printed: the map of all, then all days with descriptions and directions; no buttons."""
    visitor.opens("two-days")
    visitor.media("print", scheme="dark")
    visitor.runs("dispatchEvent(new Event('beforeprint'))")
    assert all(node.is_displayed() for node in visitor.all("#day1, #day2, .about"))
    assert all(node.get_attribute("open") for node in visitor.all(".day details"))
    map_top = visitor.find("#map").rect["y"]
    assert map_top < min(node.rect["y"] for node in visitor.all(".row"))
    assert len(visitor.all(".mark.stop")) == 2 * len(STOPS)
    hidden = (".controls", ".tabs", ".skip")
    assert not any(visitor.find(selector).is_displayed() for selector in hidden)
    assert visitor.find("html").value_of_css_property("color") == "rgba(32, 36, 42, 1)"
    visitor.runs("dispatchEvent(new Event('afterprint'))")
    visitor.media()
    assert not visitor.find(".day details").get_attribute("open")
    assert len(visitor.all(".mark.stop")) == len(STOPS)


def test_it_prints(visitor: Visitor) -> None:
    """The browser makes pages of it, the map among them as lines, not as a picture."""
    visitor.opens("day")
    pdf = visitor.prints()
    assert pdf.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 5
    assert b"/Subtype /Image" not in pdf


def test_streets_have_their_names(visitor: Visitor) -> None:
    """Near enough, streets and waters bear their names."""
    visitor.opens("day")
    visitor.clicks("#day1-leg4 .pick")
    assert visitor.sees(
        lambda: any(
            name.startswith("Rue n°")
            for name in visitor.runs(
                "[...document.querySelectorAll('.labels text')].map(node => node.textContent)"
            )
        )
    )
