"""Whole screens as text, in both languages: read once and found good."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.explore.playing import Player, play

from lens_routes.text import language

if TYPE_CHECKING:
    from tests.conftest import Town

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (140, 40), (60, 20))


def _same(name: str, text: str) -> None:
    """Compare with a golden file; LENS_ROUTES_GOLDEN=write writes it anew, to be judged."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("LENS_ROUTES_GOLDEN") == "write":
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_the_screens_as_they_were_read(town: Town, lang: str, size: tuple[int, int]) -> None:
    """The first screen, and the planned day."""
    language.use(lang)
    name = f"{lang}-{size[0]}x{size[1]}"

    async def script(player: Player) -> None:
        await player.choose("musee")
        await player.app.workers.wait_for_complete()
        await player.pilot.pause()
        _same(f"look-{name}", player.text)
        await player.press("p")
        await player.planned()
        await player.app.workers.wait_for_complete()
        await player.pilot.pause()
        _same(f"day-{name}", player.text)

    play(town, script, size)
