"""What every screen finds at hand: the territory, the session, the way one looks, the desk."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.explore.stage.desk import Desk
from lens_routes.explore.stage.drawn import Drawn
from lens_routes.explore.stage.outlook import Around, Outlook
from lens_routes.explore.stage.session import Session, State
from lens_routes.library import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.library import Territory
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.request import Request

DARK, LIGHT = "textual-dark", "textual-light"


class Host(Drawn[None]):
    """The program as its screens know it.

    Parameters
    ----------
    territory
        The places, and what is known of the ways between them.
    request
        The day asked for; what is wanted is added to it.
    places
        The catalogue's file, for the process that plans.
    online
        Whether addresses may be looked up on the internet.
    """

    def __init__(
        self,
        territory: Territory,
        request: Request,
        *,
        places: Path | None = None,
        online: bool = False,
    ) -> None:
        super().__init__()
        self.title = "lens-routes"
        self.territory = territory
        self.online = online
        self.around = Around(territory)
        self.desk = Desk(places, territory.now)
        self.session = Session([State(Draft(request))], changed=self.keep_aside)
        #: One after the other, as they were told to.
        self._aside = ThreadPoolExecutor(max_workers=1)
        self.outlook = Outlook(request.start, territory.now)
        self.theme = LIGHT if _is_light(os.environ.get("COLORFGBG", "")) else DARK

    def keep_aside(self) -> None:
        """Keep the day on the screen until it is saved, or left on purpose; beside the screen."""
        from lens_routes.explore.stage import aside

        self._aside.submit(aside.keep, self.session.now)

    def forget_aside(self) -> None:
        """Forget the day kept aside."""
        from lens_routes.explore.stage import aside

        self._aside.submit(aside.forget)

    def take_up(self) -> bool:
        """Go on with a day that was lost with its window; tell whether there is one."""
        from lens_routes.explore.stage import aside

        if (state := aside.taken_up()) is None:
            return False
        self.session.take(state)
        request = self.session.draft.request
        day = dt.datetime.combine(request.date, request.at, self.territory.now.tzinfo)
        self.outlook = replace(self.outlook, origin=request.start, moment=day)
        return True

    def show_day(self) -> None:
        """Go to the planned day."""
        raise NotImplementedError

    def show_look(self) -> None:
        """Go back to the territory."""
        raise NotImplementedError

    def locate(self, words: str, *, online: bool = False) -> Waypoint:
        """Return the point words name; an address only *online*."""
        return self.territory.locate(words, online=online or self.online)

    def set_out(self, start: Waypoint) -> None:
        """Look around from a point, and plan from it."""
        self.outlook = replace(self.outlook, origin=start)
        self.session.change(self.session.draft.starting(start))

    def turn_clock(self, moment: dt.datetime) -> None:
        """Look at another moment, and plan for its day."""
        self.outlook = replace(self.outlook, moment=moment)
        draft = self.session.draft
        if moment.date() != draft.request.date:
            request = replace(draft.request, date=moment.date())
            self.session.change(replace(draft, request=request))


def _is_light(colours: str) -> bool:
    """Tell whether a terminal says that its background is light (the variable of rxvt)."""
    return colours.rpartition(";")[2] in {"7", "15"}
