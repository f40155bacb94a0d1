"""What is asked of the day as a whole: from where, from when, how long, how one travels, themes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from lens_routes.errors import LensRoutesError
from lens_routes.explore.stage.dialogs import Ask, Choose
from lens_routes.explore.stage.outlook import way_called
from lens_routes.library.draft import MODES
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.quantities import parse_clock, parse_duration

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lens_routes.explore.stage.frame import Frame
    from lens_routes.explore.stage.host import Host
    from lens_routes.library import Draft


async def wishes(app: Host, screen: Frame) -> None:
    """Ask what is to be otherwise, and for the new value; in a worker."""
    draft, request = app.session.draft, app.session.draft.request
    themes = [app.territory.catalogue.theme_by_id[theme].said for theme in request.themes]
    rows: list[tuple[str, str, Callable[[Host, Draft], Awaitable[Draft | None]]]] = [
        (tr("From"), request.start.name, _start),
        (tr("Begins"), f"{request.at:%H:%M}", _begin),
        (tr("Lasts"), wording.duration(60 * request.minutes), _length),
        (tr("Travel"), way_called(request.mode), _mode),
        (tr("Themes"), wording.listed(themes) or tr("anything"), _themes),
    ]
    labels = [Text.assemble((f"{name:<10}", "bold"), value) for name, value, _ in rows]
    number = await app.push_screen_wait(Choose(tr("What is asked of the day"), labels, typed=False))
    if number is None:
        return
    try:
        changed = await rows[number][2](app, draft)
    except LensRoutesError as error:
        screen.say(f"{error.message} {error.hint}".strip(), fault=True)
        return
    if changed is not None:
        app.session.change(changed)
        screen.refill()
        screen.say(tr("Asked; p plans it."))


async def _start(app: Host, draft: Draft) -> Draft | None:
    found = await app.push_screen_wait(
        Ask(tr("From where?"), app.locate, tr("a place, a station, latitude,longitude"))
    )
    return None if found is None else draft.starting(found)


async def _begin(app: Host, draft: Draft) -> Draft | None:
    read = partial(parse_clock, option=tr("The clock"))
    time = await app.push_screen_wait(Ask(tr("When does it begin?"), read, "9:30"))
    return None if time is None else draft.timed(time, draft.request.minutes)


async def _length(app: Host, draft: Draft) -> Draft | None:
    read = partial(parse_duration, option=tr("The length"))
    minutes = await app.push_screen_wait(Ask(tr("How long is it?"), read, "6h"))
    return None if minutes is None else draft.timed(draft.request.at, minutes)


async def _mode(app: Host, draft: Draft) -> Draft | None:
    number = await app.push_screen_wait(Choose(tr("How do you travel?"), [*map(way_called, MODES)]))
    return None if number is None else draft.travelling(MODES[number])


async def _themes(app: Host, draft: Draft) -> Draft | None:
    terms = app.territory.catalogue.themes
    names = [tr("anything"), *(wording.sentence(term.said) for term in terms)]
    number = await app.push_screen_wait(Choose(tr("Which theme?"), names))
    if number is None:
        return None
    return draft.about(() if number == 0 else (terms[number - 1].id,))
