"""What is asked of the day as a whole: from where, from when, how long, how one travels, themes."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from lens_routes.errors import AmbiguousError, LensRoutesError, NotFoundError
from lens_routes.explore.stage.dialogs import Ask, Choose, Read, aligned
from lens_routes.explore.stage.outlook import WAYS, way_called
from lens_routes.library.territory import waypoint
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.quantities.clocks import parse_clock
from lens_routes.text.quantities.lengths import parse_duration

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lens_routes.explore.stage.frame import Frame
    from lens_routes.explore.stage.host import Host
    from lens_routes.library import Draft
    from lens_routes.plan.waypoint import Waypoint

#: So many places are offered for words that nothing is called by.
OFFERED = 5


async def wishes(app: Host, screen: Frame) -> None:
    """Ask what is to be otherwise, and for the new value; in a worker."""
    draft, request = app.session.draft, app.session.draft.request
    themes = [app.territory.catalogue.theme_by_id[theme].said for theme in request.themes]
    rows: list[tuple[str, str, Callable[[Host, Draft], Awaitable[Draft | None]]]] = [
        (tr("From"), request.start.name, _start),
        (tr("Begins"), f"{request.at:%H:%M}", _begin),
        (tr("Lasts"), wording.duration(60 * request.minutes), _length),
        (tr("Travel"), way_called(request.mode), _mode),
        (tr("With"), _company_called(request.company), _company),
        (tr("Themes"), wording.listed(themes) or tr("anything"), _themes),
    ]
    labels = aligned([(name, value) for name, value, _ in rows])
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


async def ask_where(app: Host, typed: str = "") -> Waypoint | None:
    """Ask for a point; of several that are called so one is chosen, and of none what is near it."""
    example = tr("a place, a station, an address, latitude,longitude")
    words = await app.push_screen_wait(Ask(tr("From where?"), str, example, typed))
    if words is None:
        return None
    try:
        # What is at hand is found at once; the internet takes its time.
        return await asyncio.to_thread(app.locate, words) if app.online else app.locate(words)
    except AmbiguousError as error:
        title = tr("“{words}” may be several:", words=error.words)
        names = [str(choice["name"]) for choice in error.details]
        number = await app.push_screen_wait(Choose(title, names, typed=False))
        return None if number is None else app.locate(str(error.details[number]["id"]))
    except NotFoundError as error:
        return await _else_where(app, words, error)
    except LensRoutesError as error:
        return await _mended(app, words, error)


async def _else_where(app: Host, words: str, error: NotFoundError) -> Waypoint | None:
    """Offer what may be meant by words nothing here is called by."""
    if app.online:
        return await _mended(app, words, error)
    near = app.territory.search(words, typing=True)[:OFFERED]
    online, again = tr("Look for this address on the internet"), tr("Other words")
    title = tr("No place here is called “{words}”.", words=words)
    rows = [*(place.name for place in near), online, again]
    number = await app.push_screen_wait(Choose(title, rows, typed=False))
    if number is None:
        return None
    if number < len(near):
        return waypoint(near[number])
    if rows[number] == again:
        return await ask_where(app, words)
    try:
        return await asyncio.to_thread(app.locate, words, online=True)
    except LensRoutesError as failed:
        return await _mended(app, words, failed)


async def _mended(app: Host, words: str, error: LensRoutesError) -> Waypoint | None:
    """Tell what is wrong with words, and let them be mended."""
    told = Text(f"{error.message} {error.hint}".strip())
    await app.push_screen_wait(Read(tr("From where?"), told))
    return await ask_where(app, words)


async def _start(app: Host, _draft: Draft) -> Draft | None:
    found = await ask_where(app)
    if found is not None:
        app.set_out(found)
    return None if found is None else app.session.draft


async def _begin(app: Host, draft: Draft) -> Draft | None:
    read = partial(parse_clock, option=tr("The clock"))
    time = await app.push_screen_wait(Ask(tr("When does it begin?"), read, "9:30"))
    return None if time is None else draft.timed(time, draft.request.minutes)


async def _length(app: Host, draft: Draft) -> Draft | None:
    read = partial(parse_duration, option=tr("The length"))
    minutes = await app.push_screen_wait(Ask(tr("How long is it?"), read, "6h"))
    return None if minutes is None else draft.timed(draft.request.at, minutes)


async def _mode(app: Host, draft: Draft) -> Draft | None:
    number = await app.push_screen_wait(
        Choose(tr("How do you travel?"), [*map(way_called, WAYS)], typed=False)
    )
    return None if number is None else draft.travelling([*WAYS][number])


#: Whom one may be with.
COMPANIES: tuple[tuple[str, ...], ...] = ((), ("children",), ("wheelchair",))


def _company_called(company: tuple[str, ...]) -> str:
    named = {"children": tr("children"), "wheelchair": tr("a wheelchair")}
    return wording.listed([named[one] for one in company]) or tr("nobody in particular")


async def _company(app: Host, draft: Draft) -> Draft | None:
    number = await app.push_screen_wait(
        Choose(tr("Who comes along?"), [*map(_company_called, COMPANIES)], typed=False)
    )
    return None if number is None else draft.together(COMPANIES[number])


async def _themes(app: Host, draft: Draft) -> Draft | None:
    terms = app.territory.catalogue.themes
    names = [tr("anything"), *(wording.sentence(term.said) for term in terms)]
    number = await app.push_screen_wait(Choose(tr("Which theme?"), names))
    if number is None:
        return None
    return draft.about(() if number == 0 else (terms[number - 1].id,))
