"""The page without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys
from tests.output.maps import saved

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

STOPS = saved().days[0].stops


def test_keys_alone_are_enough(visitor: Visitor) -> None:
    """Skip to the timetable, open a way, then a stop, and go on: without a mouse."""
    visitor.opens("day")
    visitor.presses(Keys.TAB)
    assert visitor.focus().text == "Skip to the timetable"
    visitor.presses(Keys.ENTER)
    visitor.presses(Keys.TAB)
    assert visitor.focus().text == saved().days[0].start.name
    visitor.presses(Keys.TAB)
    assert visitor.focus().text.startswith("More")
    visitor.presses(Keys.TAB, Keys.ENTER)
    assert visitor.current() == "day1-leg1"
    visitor.presses(Keys.TAB, Keys.ENTER)
    assert visitor.current() == "day1-stop1"
    assert visitor.focus().text == STOPS[0].name


def test_the_map_obeys_keys(visitor: Visitor) -> None:
    """Arrows move the map, plus and minus zoom, Tab reaches the markers, Enter opens one."""
    visitor.opens("day")
    visitor.presses(Keys.TAB, Keys.TAB)
    assert visitor.focus().get_attribute("id") == "map"
    marker = ".mark button[aria-label^='1,']"
    x, _ = visitor.middle(marker)
    visitor.presses(Keys.ARROW_RIGHT)
    visitor.sees(lambda: visitor.middle(marker)[0] < x - 40)
    gap = _apart(visitor)
    visitor.presses("+")
    visitor.sees(lambda: _apart(visitor) > 1.5 * gap)
    visitor.presses(Keys.TAB, Keys.TAB)
    assert visitor.focus().get_attribute("aria-label").startswith(f"1, {STOPS[0].name}, ")
    visitor.presses(Keys.ENTER)
    assert visitor.current() == "day1-stop1"
    assert visitor.focus().text == STOPS[0].name


def _apart(visitor: Visitor) -> float:
    first, second = (visitor.middle(f".mark button[aria-label^='{n},']") for n in (1, 2))
    return sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5


def test_focus_can_be_seen(visitor: Visitor) -> None:
    """Everything that takes the focus by Tab shows it by an outline."""
    visitor.opens("day")
    seen = set()
    for _ in range(30):
        visitor.presses(Keys.TAB)
        focus = visitor.focus()
        outline = visitor.runs(
            "[getComputedStyle(arguments[0]), getComputedStyle(arguments[0], '::after')]"
            ".some(style => style.outlineStyle !== 'none' && style.outlineWidth !== '0px')",
            focus,
        )
        assert outline, focus.get_attribute("outerHTML")
        seen.add(focus.tag_name)
    assert {"a", "button", "div", "summary"} >= seen >= {"a", "button"}


def test_buttons_can_be_hit(visitor: Visitor) -> None:
    """What is clicked is 24 pixels high and wide at least (WCAG 2.2, 2.5.8), on the map too."""
    visitor.opens("two-days")
    for button in visitor.all(".mark.stop button, .controls button, .tabs button"):
        assert min(button.size["width"], button.size["height"]) >= 24
