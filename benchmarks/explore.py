"""How quick the screens are: the first one, a keystroke, the map; ``python -m benchmarks.explore``.

The first screen is timed in a terminal of its own (tmux), from the start of the program to the list
on the screen; keystrokes and maps in this process, over the shipped catalogue and over one of 2,000
places, in the processor time of the thread that draws: who else is at work does not count. Streets
are drawn where some are installed.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.toptw import write_block
from textual._compositor import CompositorUpdate

from lens_routes import explore
from lens_routes.explore.app import Explorer
from lens_routes.explore.stage.map_view import MapView
from lens_routes.library import Territory

if TYPE_CHECKING:
    from textual.screen import Screen

#: What is promised, seconds: the first screen, a keystroke with 2,000 places, a map.
FIRST_S, KEY_S, MAP_S = 1.0, 0.050, 0.030
MANY = 2000
KEYS = (
    "down",
    "down",
    "pagedown",
    "end",
    "home",
    "slash",
    *"louvre mine",
    "escape",
    "s",
    "r",
    "o",
    "o",
)


def first_screen(runs: int) -> list[float]:
    """Return how long the program takes to show its list, seconds, run by run."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        # Compiled as an installed program is; the first run compiles it, and is not counted.
        line = f"env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX={folder}/compiled"
        line += f" {sys.executable} -m lens_routes.cli.start explore"
        for number in range(runs + 1):
            tmux = ["tmux", "-f", os.devnull, "-S", f"{folder}/tmux{number}"]
            begin = time.perf_counter()
            screen = [*tmux, "new-session", "-d", "-x", "80", "-y", "24", line]
            subprocess.run(screen, check=True)  # noqa: S603
            while "places" not in _shown(tmux):
                time.sleep(0.005)
            found.append(time.perf_counter() - begin)
            subprocess.run([*tmux, "kill-server"], check=True)  # noqa: S603
    return found[1:]


def _shown(tmux: list[str]) -> str:
    look = [*tmux, "capture-pane", "-p"]
    done = subprocess.run(look, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout


def many(territory: Territory) -> Territory:
    """Return a territory with as many places as a whole region has."""
    places = territory.catalogue.places
    copies = (
        place._replace(id=f"{place.id}-{n}", name=f"{place.name} {n}", lon=place.lon + n / 1000)
        for n in range(-(-MANY // len(places)))
        for place in places
    )
    start = f"{territory.catalogue.default_start}-0"
    catalogue = replace(territory.catalogue, places=tuple(copies)[:MANY], default_start=start)
    return Territory(catalogue, territory.now)


class Watched(Explorer):
    """The program, with the moment it drew last."""

    CSS_PATH = str(Path(explore.__path__[0]) / "style.tcss")
    drawn_at = 0.0

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            # What a real terminal is written, this one leaves out.
            renderable.render_segments(self.console)
        self.drawn_at = time.thread_time()


async def keystrokes(territory: Territory) -> dict[str, float]:
    """Return how long each key takes until all that follows from it is drawn, seconds."""
    app = Watched(territory, territory.request())
    took = {}
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        app.around.warm_up(app.outlook)  # in the background while one looks around
        for number, key in enumerate(KEYS):
            begin = time.thread_time()
            app.simulate_key("space" if key == " " else key)
            await pilot.pause()
            await pilot.pause()
            took[f"{number:2} {key}"] = app.drawn_at - begin
    return took


async def maps(territory: Territory) -> list[float]:
    """Return how long the map takes to be drawn anew, its streets known, seconds."""
    app = Explorer(territory, territory.request())
    took = []
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        view = app.screen.query_one("#map", MapView)
        for _ in range(20):
            await app.workers.wait_for_complete()
            begin = time.thread_time()
            view.pan(1, 0)
            took.append(time.thread_time() - begin)
            await pilot.pause()
    return took


def main() -> None:
    """Measure, print, and fail where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="How often the program is started.")
    parser.add_argument("--docs", type=Path, help="Markdown file whose block is replaced.")
    options = parser.parse_args()
    runs = options.runs
    now = dt.datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Paris"))
    shipped = Territory.open(now=now)
    first = statistics.median(first_screen(runs))
    keys = asyncio.run(keystrokes(many(shipped)))
    slowest = max(keys, key=keys.__getitem__)
    drawn = asyncio.run(maps(shipped))
    rows = [
        (f"first screen, {len(shipped.catalogue.places)} places", first, FIRST_S),
        (f"a key, {MANY} places, median", statistics.median(keys.values()), KEY_S),
        (f"a key, {MANY} places, slowest ({slowest.split()[-1]})", keys[slowest], KEY_S),
        ("the map anew, median", statistics.median(drawn), MAP_S),
        ("the map anew, slowest", max(drawn), MAP_S),
    ]
    for what, took, limit in rows:
        print(f"{what:45} {1000 * took:7.0f} ms  (at most {1000 * limit:.0f})")
    if options.docs:
        lines = ["| what | bar | measured |", "| --- | --- | --- |"]
        lines += [f"| {w} | ≤ {1000 * b:.0f} ms | {1000 * s:.0f} ms |" for w, s, b in rows]
        write_block(options.docs, "explore", "\n".join(lines))
    sys.exit(any(took > limit for _, took, limit in rows))


if __name__ == "__main__":
    main()
