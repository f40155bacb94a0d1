"""What tests of planning share."""

from __future__ import annotations

import pytest


@pytest.fixture
def first_of_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it eight o'clock on Friday 1 May 2026."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "2026-05-01T08:00")
