"""An online map beneath the tour: only if asked, and nothing but its host."""

from __future__ import annotations

import pytest
from tests.output.html_pages import map_data, parsed, words
from tests.output.maps import saved

from lens_routes.errors import UsageError
from lens_routes.output.html.page import dumps
from lens_routes.output.html.tiles import OPENSTREETMAP, tiles


def test_tiles_only_if_asked() -> None:
    """An online map opens the policy for its host alone."""
    page = dumps(saved(), None, None, tiles("osm"))
    assert "img-src data: https://tile.openstreetmap.org;" in page.decode()
    assert map_data(page)["tiles"] == OPENSTREETMAP
    other = dumps(saved(), None, None, tiles("https://data.example.org/t?z={z}&x={x}&y={y}"))
    assert "img-src data: https://data.example.org;" in other.decode()
    assert "pictures from data.example.org" in words(parsed(other))
    assert map_data(dumps(saved()))["tiles"] is None


@pytest.mark.parametrize(
    "address",
    ["", "ign", "http://a.org/{z}/{x}/{y}", "https://a.org/{z}/{x}", "https://a.org/{z}/{x}/{y}/{s}",
     "https://a.org; script-src */{z}/{x}/{y}", "https:///{z}/{x}/{y}"],
)  # fmt: skip
def test_what_is_no_address_of_tiles_is_refused(address: str) -> None:
    """A wrong address is a wrong usage; nothing of it reaches the policy."""
    with pytest.raises(UsageError, match="is no address of map tiles"):
        tiles(address)
