"""Words made safe for any file, and spelt in ASCII for old devices."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from tests.output.plans import plans, texts
from tests.support.effort import examples

from lens_routes.output.gpx.spelling import ascii_only
from lens_routes.output.shared.safe_text import isolate, line, tidy


@settings(deadline=None)
@given(text=texts())
def test_a_line_is_one_line_any_file_can_hold(text: str) -> None:
    """No control, no line break, nothing UTF-8 or XML forbids; cleaning again changes nothing."""
    clean = line(text)
    clean.encode()
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in clean)
    assert not any(ord(c) & 0xFFFE == 0xFFFE for c in clean)
    assert len(clean.splitlines()) <= 1
    assert line(clean) == clean


def test_what_words_are_made_of_stays() -> None:
    """Accents, no-break spaces, joined emoji and other scripts are left as they are."""
    for text in ("Cité n°\u00a012", "\U0001f469\u200d\U0001f467", "متحف", "東京", "l’été"):
        assert line(text) == text


def test_an_override_of_direction_does_not_leak() -> None:
    """A name that turns the writing around does not turn what follows it."""
    assert line("a\u202eb\u2067c") == "abc"
    assert isolate("متحف") == "\u2068متحف\u2069"
    assert isolate("Musée") == "Musée"


@settings(deadline=None, max_examples=examples(15))
@given(plan=plans())
def test_a_tidy_plan_differs_in_words_only(plan: object) -> None:
    """Times, positions and figures are untouched, and tidying twice is tidying once."""
    clean = tidy(plan)  # type: ignore[arg-type]  # the strategy's own type
    assert tidy(clean) == clean
    assert [d.legs[0].depart for d in clean.days] == [d.legs[0].depart for d in plan.days]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("Église Saint-Théodore", "Eglise Saint-Theodore"),
        ("9-9bis – fosse « 9 »", '9-9bis - fosse " 9 "'),
        ("Cœur d’Artois… n° 12", "Coeur d'Artois... no 12"),
        ("متحف", "mthf"),
        ("1. 東京", "1. DongJing"),
        ("— …", "Museum"),
        ("\u2068\u200d", "Museum"),
        ("© OpenStreetMap", "(c) OpenStreetMap"),
    ],
)
def test_ascii_keeps_what_can_be_read(text: str, spelt: str) -> None:
    """Accents come off, ligatures are spelt out, and what has no letters gets the other word."""
    assert ascii_only(text, "Museum") == spelt
