"""The installed timetables as one network, and what to say where they do not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError, NotInstalledError
from lens_routes.text import wording
from lens_routes.text.language import joined, tr
from lens_routes.timetable.network import installed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.timetable.network.network import Network
    from lens_routes.timetable.network.wishes import Wishes


def require_installed(names: Sequence[str] = ()) -> list[str]:
    """Return the names of the timetables wanted, all that are installed where none is named.

    Raises
    ------
    NotInstalledError
        None is installed.
    """
    wanted = list(names) or installed.names()
    if not wanted:
        raise NotInstalledError(tr("No timetable is installed."), command=("transit", "add", "ter"))
    return wanted


def open_network(names: Sequence[str] = (), wishes: Wishes | None = None) -> Network:
    """Return the installed timetables as one network; only those named, where any are.

    Parameters
    ----------
    names
        The timetables wanted.
    wishes
        What every journey has to keep to.

    Raises
    ------
    NotInstalledError
        None is installed, or one is damaged; the message names the command that helps.
    """
    wanted = require_installed(names)
    from lens_routes.timetable.network import store  # noqa: PLC0415  # most machines have none
    from lens_routes.timetable.network.network import Network  # noqa: PLC0415
    from lens_routes.timetable.network.wishes import NO_WISHES  # noqa: PLC0415

    timetables = [store.load(installed.path_of(name)) for name in wanted]
    return Network(timetables, wishes or NO_WISHES)


def require_date(network: Network, day: dt.date) -> None:
    """Make sure that some timetable covers a day, and that something runs on it.

    Raises
    ------
    NotInstalledError
        No timetable covers the day; the message says which days they cover.
    InfeasibleError
        Nothing runs that day; the message names the next day with a service.
    """
    metas = [timetable.meta for timetable in network.timetables]
    if not any(meta.first_day <= day <= meta.last_day for meta in metas):
        spans = joined(
            "; ",
            [
                tr(
                    "{name} covers {first} to {last}",
                    name=m.name,
                    first=wording.short_date(m.first_day),
                    last=wording.short_date(m.last_day),
                )
                for m in metas
            ],
        )
        raise NotInstalledError(
            tr(
                "No installed timetable covers {day}: {spans}.",
                day=wording.short_date(day),
                spans=spans,
            ),
            tr("Choose a date within, or fetch newer ones: lens-routes transit update"),
        )
    if not any(meta.runs_on(day) for meta in metas):
        following = _next_day(network, day)
        raise InfeasibleError(
            tr("Nothing runs on {day}.", day=wording.short_date(day)),
            tr("The next day with a service is {day}.", day=wording.short_date(following))
            if following
            else "",
        )


def _next_day(network: Network, day: dt.date) -> dt.date | None:
    return min((d for t in network.timetables if (d := t.meta.next_day(day))), default=None)
