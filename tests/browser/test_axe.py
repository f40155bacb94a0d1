"""axe, which looks for what keeps people out, finds nothing on the pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

AXE = Path(os.environ.get("LENS_ROUTES_READERS", "/nowhere"), "axe-core", "axe.min.js")


@pytest.mark.skipif(AXE.parts[1] == "nowhere", reason="LENS_ROUTES_READERS has no axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nobody_is_kept_out(visitor: Visitor, width: int, scheme: str) -> None:
    """With everything folded out, on a phone and a desk, in light and in dark."""
    visitor.window(width, 800)
    visitor.media(scheme=scheme)
    for page in ("train", "two-days", "long", "tours", "places"):
        visitor.opens(page)
        visitor.runs("document.querySelectorAll('details').forEach(node => { node.open = true; })")
        visitor.driver.execute_script(AXE.read_text("utf-8"))
        found = visitor.driver.execute_async_script(
            "axe.run(document, { resultTypes: ['violations'] }).then(arguments[0])"
        )
        told = [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]
        assert told == [], page
