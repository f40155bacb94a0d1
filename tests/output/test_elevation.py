"""The drawing of a profile, in characters and as SVG."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from lens_routes.output.shared.elevation import profile_rows, profile_svg

HILL = [(0.0, 30.0), (500.0, 80.0), (1000.0, 30.0)]


def test_rows_show_the_hill() -> None:
    """The top row holds the summit alone, the bottom row is full."""
    rows = profile_rows(HILL, columns=21, rows=3)
    assert [len(row) for row in rows] == [21, 21, 21]
    assert rows[0].strip() == rows[0][7:14].strip() != ""
    assert rows[0][10] == "█"
    assert " " not in rows[-1]
    assert rows[-1][0] == rows[-1][-1] == "▁"


def test_flat_country_looks_flat() -> None:
    """Three metres are no mountain: a drawing has a least range."""
    (row,) = profile_rows([(0.0, 30.0), (500.0, 33.0), (1000.0, 30.0)], columns=20, rows=1)
    assert set(row) <= set("▁▂")


@pytest.mark.parametrize("profile", [[], [(0.0, 5.0)], [(0.0, 5.0), (0.0, 6.0)]])
def test_nothing_is_drawn_of_nothing(profile: list[tuple[float, float]]) -> None:
    """A leg without heights, or without length, has no drawing."""
    assert profile_rows(profile, 20) == []
    assert profile_svg(profile, 300, 60, "x") == ""


def test_svg_is_whole_and_says_what_it_shows() -> None:
    """It parses, has the size asked for, no ids, and words for who cannot see it."""
    text = profile_svg(HILL, 300, 60, 'Up & down "1"')
    root = ET.fromstring(text)  # noqa: S314  # our own
    assert root.get("viewBox") == "0 0 300 60"
    assert root.get("aria-label") == 'Up & down "1"'
    assert "id=" not in text
    words = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert words == ["80 m", "30 m", "0", "1.0 km"]
