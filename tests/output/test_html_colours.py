"""The colours of the page: everything written can be read, by day and by night."""

from __future__ import annotations

import re

import pytest

from lens_routes.output.html.shell import ASSETS


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+):\s*(#[0-9a-f]{3,6})\b", css))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Return the contrast of two colours, by WCAG 2.2."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _schemes() -> list[dict[str, str]]:
    css = (ASSETS / "colours.css").read_text("utf-8")
    light = _colours(css.split("@media")[0])
    dark = light | _colours(re.split(r"prefers-color-scheme: dark\) {", css)[1].split("\n  }")[0])
    days = re.findall(r"\.colour-\d \{([^}]*)\}", css)
    own = [_colours(rules) for rules in days]
    return [light, dark, *(dark | c for c in own[:3]), *(light | c for c in own[3:])]


@pytest.mark.parametrize("number", range(8))
def test_writing_can_be_read(number: int) -> None:
    """Each colour of writing has 4.5 to 1 on each ground it stands on, in light and in dark."""
    scheme = _schemes()[number]
    for ink in ("--ink", "--quiet", "--good", "--care", "--link"):
        for ground in ("--paper", "--raised", "--tour-wash", "--care-wash"):
            assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
    assert contrast(scheme["--tour-ink"], scheme["--tour"]) >= 4.5
    for ground in ("--ground", "--street", "--main-road", "--green", "--water"):
        assert contrast(scheme["--tour"], scheme[ground]) >= 3, ground
        assert contrast(scheme["--ink"], scheme["--main-road"]) >= 4.5
        assert contrast(scheme["--label"], scheme["--ground"]) >= 4.5
