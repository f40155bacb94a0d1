"""Tours of a batch and places of a catalogue are sifted without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def shown(visitor: Visitor) -> list[str]:
    return [card.get_attribute("id") for card in visitor.all(".tour:not([hidden]) h2")]


def test_tours_are_sifted_by_what_tells_them_apart(visitor: Visitor) -> None:
    """Of one kind any of the values will do, of several kinds each; pressed again it is undone."""
    visitor.opens("tours")
    assert shown(visitor) == ["short", "day", "two-days"]
    visitor.clicks("[data-kind=time] [data-value='0']")
    assert shown(visitor) == ["short"]
    visitor.clicks("[data-kind=time] [data-value=several]")
    assert shown(visitor) == ["short", "two-days"]
    visitor.clicks("[data-kind=mode] [data-value=ride]")
    assert shown(visitor) == ["two-days"]
    assert visitor.find("#count").text == "1 tour"
    visitor.clicks("[data-kind=mode] [data-value=ride]")
    visitor.clicks("[data-kind=theme] [data-value=Memory]")
    assert shown(visitor) == ["short"]
    visitor.clicks("[data-kind=theme] [data-value=Memory]")
    visitor.clicks("[data-kind=language] [data-value=fr]")
    assert shown(visitor) == ["short"]


def test_places_are_sifted(visitor: Visitor) -> None:
    """One theme leaves its places, on the map as in the list; the rest come back."""
    visitor.opens("places")
    visitor.clicks(".chips button")
    few = len(visitor.all(".place:not([hidden])"))
    assert 0 < few == len(visitor.all("path.dot")) < len(visitor.all(".place"))
    assert visitor.find("#count").text == f"{few} places"
    visitor.clicks(".chips button")
    assert not visitor.all(".place[hidden]")
