"""Play a session on a terminal that is not there, and see what a person would see."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lens_routes.explore.app import Explorer
from lens_routes.explore.day.screen import DayScreen
from lens_routes.explore.day.timeline import Timeline
from lens_routes.explore.look.place_list import PlaceList
from lens_routes.explore.look.screen import LookScreen
from lens_routes.library import Territory

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.conftest import Town
    from textual.pilot import Pilot

NINE = dt.datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Paris"))
#: Nothing a session waits for takes longer, on whatever machine; what does is broken.
PATIENCE_S = 60.0


@dataclass
class Player:
    """A person at the keys."""

    app: Explorer
    pilot: Pilot[Any]

    async def press(self, *keys: str) -> None:
        """Press keys, and let the program answer each."""
        for one in keys:
            await self.pilot.press(one)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                await self.pilot.pause(0.01)

    async def planned(self) -> None:
        """Wait until planning is over."""
        await self.pilot.pause()
        plans = [worker for worker in self.app.workers if worker.group == "plan"]
        await self.until(lambda: not any(worker.is_running for worker in plans))
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def places(self) -> list[str]:
        """The ids of the places in the list."""
        return [one.place.id for one in self.look.query_one(PlaceList).places]

    @property
    def look(self) -> LookScreen:
        """The screen one begins with."""
        return next(s for s in self.app.screen_stack if isinstance(s, LookScreen))

    @property
    def day(self) -> DayScreen:
        """The screen of the day."""
        return next(s for s in self.app.screen_stack if isinstance(s, DayScreen))

    @property
    def visits(self) -> list[str]:
        """The ids of the visits of the day on the screen."""
        assert self.app.session.plan is not None
        return list(self.app.session.plan.visited)

    async def choose(self, place: str) -> None:
        """Go to a place of the list, or of the day."""
        if isinstance(self.app.screen, LookScreen):
            self.look.query_one(PlaceList).action_to(self.places.index(place))
        else:
            stops = self.day.shown.days[self.day.number].stops
            number = next(n for n, stop in enumerate(stops) if stop.place == place)
            timeline = self.day.query_one(Timeline)
            timeline.highlighted = timeline.get_option_index(str(number))
        await self.pilot.pause()


def play(
    town: Town,
    script: Callable[[Player], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
    **asked: Any,
) -> None:
    """Play a session over the made-up town."""

    async def session() -> None:
        territory = Territory.open(town.catalogue, NINE)
        request = territory.request(**{"minutes": 240, **asked})
        app = Explorer(territory, request, places=town.catalogue)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(Player(app, pilot))

    asyncio.run(session())
